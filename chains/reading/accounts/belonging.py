"""Whose a unit is by its place: the layout and the mentions come in, the account that it stands under goes out."""

from chains.reading.accounts.cuts import LEADING
from chains.reading.accounts.mentions import FOREIGN, Mention
from chains.reading.layout.marked import Marked
from chains.reading.layout.sections import flowing


def units_above(marked: Marked, index: int) -> list[int]:
    found: list[int] = []
    unit = marked.units[index]
    place = unit.parent
    while place is not None and len(found) < 8:
        found.append(place)
        place = marked.units[place].parent
    if unit.heading_of is not None:
        found.append(unit.heading_of)
    return found


def owner_of(
    marked: Marked, index: int, owners: dict[int, tuple[int | None, bool]],
    by_sentence: dict[int, list[Mention]], sentences_of: dict[int, list[int]],
) -> tuple[int | None, bool]:  # fmt: skip
    """Return the account that the layout gives a unit to: its own head, or that of what it stands under."""
    head = next(
        (m for m in by_sentence.get(sentences_of[index][0], []) if m.head or _opens(marked, m, sentences_of[index][0])),
        None,
    )
    if head is not None:
        parted = _parted(marked, index, head.account, by_sentence, sentences_of)
        return head.account, not (flowing(marked, marked.units[index]) or parted)
    for above in units_above(marked, index):
        owner, structural = owners.get(above, (None, False))
        if owner is not None and structural:
            return owner, True
    if marked.units[index].first.quoted:
        told = _announced(marked, index, by_sentence, sentences_of)
        if told is not None:
            return told, True
    return None, False


def _parted(
    marked: Marked, index: int, account: int, by_sentence: dict[int, list[Mention]], sentences_of: dict[int, list[int]]
) -> bool:
    """Tell whether a plain paragraph goes on from the account that it opens with to others."""
    if marked.units[index].first.bullet or marked.units[index].first.heading:
        return False
    return any(
        m.told and m.account not in (account, FOREIGN) and (place or m.opens >= 0)
        for place, sentence in enumerate(sentences_of[index])
        for m in by_sentence.get(sentence, [])
    )


def _announced(
    marked: Marked, index: int, by_sentence: dict[int, list[Mention]], sentences_of: dict[int, list[int]]
) -> int | None:
    """Return the account whose mails a quotation is said to be: "Their mails, Acme, newest on top:"."""
    place = index - 1
    while place >= 0 and marked.units[place].first.quoted:
        place -= 1
    if place < 0 or not marked.stream.notes[marked.units[place].start : marked.units[place].end].rstrip().endswith(":"):
        return None
    last = sentences_of.get(place, [])[-1:]
    named = {m.account for sentence in last for m in by_sentence.get(sentence, [])}
    return next(iter(named)) if len(named) == 1 and FOREIGN not in named else None


def _opens(marked: Marked, mention: Mention, sentence: int) -> bool:
    """Tell whether a mention opens its sentence, but for small words and marks before it."""
    first = marked.clauses.sentences[sentence].first
    return all(t.kind == "mark" or t.low in LEADING for t in marked.stream.tokens[first : mention.first])
