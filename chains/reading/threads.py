"""Which words of a mail thread are older: marked notes come in, how far back each unit lies goes out.

Replies quote what they answer, newest first as a rule; what an older mail says must not replace what a newer one
corrects.
"""

from datetime import date

from chains.periods import Period
from chains.reading.names import Marked

_OPENING = frozenset(("from", "von", "de", "wrote"))
_DATED = frozenset(("date", "sent", "gesendet", "datum", "enviado", "envoyé"))


def ages(marked: Marked) -> dict[int, int]:
    """Return for each unit how far back it lies: 0 for the newest; empty where the notes are no thread."""
    blocks: list[int] = []  # the block of each unit; a block is one mail
    days: dict[int, date] = {}
    block, body = 0, False
    for unit in marked.units:
        header = unit.first.header
        if header in _OPENING and body:
            block, body = block + 1, False
        elif not header:
            body = True
        if header in _DATED and block not in days:
            within = marked.stream.within(unit.start, unit.end)
            values = [t.value for t in marked.stream.tokens[within.start : within.stop] if t.kind == "date"]
            if values:
                days[block] = values[0].end if isinstance(values[0], Period) else values[0]
        blocks.append(block)
    known = [days[b] for b in sorted(days)]
    upward = len(known) > 1 and known[-1] > known[0]  # oldest mail first
    found: dict[int, int] = {}
    for unit, place in zip(marked.units, blocks, strict=True):
        depth = _depth(marked, unit.first.start)
        found[unit.index] = (block - place if upward else place) + depth
    return found if any(found.values()) else {}


def _depth(marked: Marked, start: int) -> int:
    """Return how many quote marks open the line of a unit."""
    notes = marked.stream.notes
    opening = notes[notes.rfind("\n", 0, start) + 1 : start]
    return opening.count(">") if opening.lstrip().startswith(">") else 0
