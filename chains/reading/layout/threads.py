"""Which words of a mail thread are older, and which only ask: marked notes come in, how far back each unit lies goes
out, and the quoted units that the text behind them answers.

Replies quote what they answer, newest first as a rule; what an older mail says must not replace what a newer one
corrects.
"""

from collections.abc import Sequence
from datetime import date

from chains.periods import Period
from chains.reading.layout.marked import Marked

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
        depth = _depth(marked, unit.first.start) if unit.first.quoted else 0
        found[unit.index] = (block - place if upward else place) + depth
    return found if any(found.values()) else {}


_ASKING = frozenset("tell and what where update any how status give also then next remind explain".split())
_NAMED = 4  # words of a quoted line that is nothing but the name
_SHORT = 9  # words up to which a quoted line that asks nothing still only names what the answer is about
_BLOCK = 3  # quoted units in a row that one answer follows


def answered(marked: Marked) -> frozenset[int]:
    """Return the quoted units that the text right behind them answers, where replies stand between the lines."""
    units, notes = marked.units, marked.stream.notes
    blocks: list[list[int]] = []
    block: list[int] = []
    for unit in units:
        if unit.first.header:
            block = []
        elif unit.first.quoted:
            block.append(unit.index)
        else:
            if block and unit.index == block[-1] + 1:
                blocks.append(block[-_BLOCK:])
            block = []
    found: set[int] = set()
    for block in blocks:
        for index in block:
            text = notes[units[index].start : units[index].end].rstrip()
            words = text.split()
            shortly = text.endswith("?") and len(words) <= _SHORT - 2
            if shortly or (len(blocks) > 1 and ("?" in text or _wants_to_know(words))):
                found.add(index)
    return frozenset(found)


def _wants_to_know(words: Sequence[str]) -> bool:
    """Tell whether a quoted line asks without its mark: Tell me about Globex, and Initech."""
    opening = words[0].casefold().strip(",.:") if words else ""
    return 0 < len(words) <= _SHORT and (opening in _ASKING or len(words) <= _NAMED)


def _depth(marked: Marked, start: int) -> int:
    """Return how many quote marks open the line of a unit."""
    notes = marked.stream.notes
    opening = notes[notes.rfind("\n", 0, start) + 1 : start]
    return opening.count(">") if opening.lstrip().startswith(">") else 0
