"""Counts in a draft: evidence and a place come in, what the notes count alike goes out, and findings about parts of a
whole ("2 of 5")."""

import re
from collections.abc import Iterator

from chains.checking.compare import (
    loose,
    main_number,
)
from chains.checking.evidence import Evidence, Noted
from chains.checking.found import finding
from chains.checking.places import Place, Taken
from chains.checking.sums import Sums
from chains.checking.told import alike, shown
from chains.checking.words import fold, idle_words, stem
from chains.deals import Money
from chains.drafts import Finding
from chains.scan import Count


def counted_alike(evidence: Evidence, place: Place) -> list[Noted]:
    """Return the counts of the notes that count the same thing."""
    value = place.mention.value
    assert isinstance(value, Count)
    unit = unit_stems(evidence.draft.text, place)
    if not unit:
        return []
    return [
        n
        for n in evidence.noted
        if isinstance(n.place.mention.value, Count) and unit & unit_stems(evidence.book.notes, n.place)
    ]


_BESIDE_COUNTED = frozenset(["more", "new", "old", "other", "most"])


def unit_stems(text: str, place: Place) -> frozenset[str]:
    """Return the words behind a number that say what it counts: "two more customer meetings"."""
    # the number may be written in two words, and what it counts may belong to the mention
    inside = [w for w in place.sentence.words if place.start < w.start < place.end]
    behind = [*inside, *(w for w in place.sentence.words if w.start >= place.end)][:4]
    value = place.mention.value
    found = [stem(fold(value.unit))] if isinstance(value, Count) and value.unit else []
    for word in behind:
        if word.start >= place.end and any(c in ",.;:()" for c in text[place.end : word.start]):
            break
        if word.folded in idle_words() and word.folded not in _BESIDE_COUNTED:
            break
        if word.folded not in idle_words() and not word.folded[0].isdigit():
            found.append(word.stem)
    return frozenset(found)


def other_count(evidence: Evidence, place: Place, same: list[Noted]) -> bool:
    """Tell whether the notes count the same thing, and never come to this number."""
    counted = counted_alike(evidence, place)
    stems = unit_stems(evidence.draft.text, place)
    return (
        bool(counted)
        and not any(n in counted or stems & unit_stems(evidence.book.notes, n.place) for n in same)
        and all(n.place.context.keys() & place.context.keys() or len(stems) > 1 for n in counted)
    )


def money_like(evidence: Evidence, sums: Sums, place: Place) -> bool:
    """Tell whether a bare number is a sum of money short of its thousands: "Q3 from 50 to 90"."""
    number = main_number(place.mention)
    for scale in (1, 1000, 100_000, 1_000_000):
        if number * scale in sums.totals or any(number * scale in sums.of(t) for t in sums.known):
            return True
    amounts = [a for t in place.anchor.topics | place.sentence.head for a in sums.of(t)][:8]
    amounts += [
        n
        for noted in evidence.noted
        if noted.allowed & (place.anchor.topics | place.sentence.head)
        for n in noted.place.numbers
        if isinstance(noted.place.mention.value, Money)
    ][:12]
    scales = (1000, 100_000, 1_000_000, 10_000_000)
    if any(abs(a - b) in {number * s for s in scales} for a in amounts for b in amounts if a != b):
        return True
    bare = [
        main_number(noted.place.mention)
        for noted in evidence.noted
        if noted.allowed & (place.anchor.topics | place.sentence.head)
        and loose(noted.place.mention)
        and noted.place.figure
    ]
    if any(abs(a / s - b) == number for a in amounts for b in bare for s in scales):
        return True
    beside = [
        main_number(p.mention)
        for p in evidence.draft.places
        if p is not place and p.sentence is place.sentence and p.figure
    ]
    if any(abs(a - t) == number * s for a in beside for t in sums.targets for s in scales):
        return True
    return any(number == abs(a - b) or number == a + b for a in beside for b in beside if a != b)


def written_out(evidence: Evidence, place: Place) -> bool:
    return shown(evidence, place)[:1].isalpha()


_OF = re.compile(r"\s*(?:of(?: the| my| our| those| these)?|out of(?: the| my| our)?|/)\s*", re.IGNORECASE)


def _pairs(taken: Taken) -> list[tuple[Place, Place]]:
    """Return the counts told as a part of another: "2 of 5", "four out of six"."""
    return [
        (one, two)
        for one, two in zip(taken.places, taken.places[1:], strict=False)
        if isinstance(one.mention.value, Count)
        and isinstance(two.mention.value, Count)
        and _OF.fullmatch(taken.text[one.end : two.start])
    ]


def wrong_parts(evidence: Evidence) -> Iterator[Finding]:
    """Yield parts of a whole where the notes tell another part of it."""
    noted = [((main_number(a.mention), main_number(b.mention)), a) for a, b in _pairs(evidence.notes)]
    for one, two in _pairs(evidence.draft):
        part, whole = main_number(one.mention), main_number(two.mention)
        known = any(main_number(n.place.mention) == whole for n in evidence.noted if n.place.figure)
        told = [(pair, place) for pair, place in noted if pair[1] == whole or (pair[0] == part and not known)]
        if not told or (part, whole) in {pair for pair, _ in told}:
            continue
        best = max(told, key=lambda t: alike(one, t[1]))[1]
        begin, end = best.start, best.end
        yield finding(
            evidence,
            "error",
            "figure",
            one.start,
            two.end,
            f"The notes say “{evidence.book.notes[begin : end + 12].strip()}” (line "
            f"{evidence.line(begin)}), not “{evidence.draft.text[one.start : two.end]}”.",
            "Write the number that the notes tell.",
        )
