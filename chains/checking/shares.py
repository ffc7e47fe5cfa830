"""Counts, percentages and lengths of time that follow from others: sums and a place come in, yes or no goes out."""

import itertools
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from chains.checking.compare import DAYS, is_about, main_number
from chains.checking.evidence import Evidence
from chains.checking.groups import block_below
from chains.checking.places import Place
from chains.checking.sums import Sums, asked_for
from chains.checking.words import cue
from chains.deals import Money
from chains.kinds import Category
from chains.periods import quarter_of
from chains.scan import Count, Duration, Percent


def count_follows(found: Sums, place: Place, counted: bool) -> bool:
    """Tell whether a count in the draft follows from others: how many deals there are, what is left, how many in all.

    `counted` says that the notes count the same thing: then only the figures beside it count.
    """
    evidence = found.evidence
    number = main_number(place.mention)
    beside = [
        main_number(p.mention)
        for p in evidence.draft.places
        if p is not place and isinstance(p.mention.value, Count | Percent) and p.sentence is place.sentence
    ]
    if any(number in (one + two, abs(one - two)) for one, two in itertools.combinations(beside, 2)):
        return True
    if cue("times").match(evidence.draft.text, place.end) and _is_ratio(found, place, number):
        return True
    if cue("points").match(evidence.draft.text, place.end) or cue("points").search(
        evidence.draft.text[place.start : place.end]
    ):
        told = [(n.line, main_number(n.place.mention)) for n in evidence.noted if n.place.kind in ("Percent", "Count")]
        if any(i == j and abs(a - b) == number for (i, a), (j, b) in itertools.combinations(told, 2)):
            return True
    if counted:
        return False
    counts = [len(evidence.book.deals), len(place.sentence.named), len(block_below(evidence, place.sentence))]
    for category in Category:
        counts.append(sum(1 for d in evidence.book.deals if d.category and d.category.value is category))
    if (number in counts and place.sentence.block.kind != "row") or _rest(evidence, place, int(number)):
        return True
    return any(
        number == abs(n - m) or number == n + m
        for n in beside
        for noted in evidence.noted
        if isinstance(noted.place.mention.value, Count)
        for m in noted.place.numbers
    )


def _is_ratio(found: Sums, place: Place, number: Decimal) -> bool:
    """Tell whether a number is how many times one sum beside it goes into another: "14 times our share"."""
    beside = {
        main_number(p.mention)
        for p in found.evidence.draft.places
        if isinstance(p.mention.value, Money) and abs(p.start - place.start) < 300
    }
    beside |= {a for t in place.sentence.near for a in found.of(t)[:2]}
    slack = number / 20 if is_about(found.evidence.draft.text, place.start) else Decimal("0.06")
    return any(two and abs(one / two - number) <= slack for one, two in itertools.permutations(beside, 2))


def _rest(evidence: Evidence, place: Place, number: int) -> bool:
    """Tell whether a number is how many deals there are besides those that the sentence names."""
    if not cue("besides").match(evidence.draft.text, place.end) and not cue("besides").search(
        evidence.draft.text[place.start : place.end]
    ):
        return False
    conventions = evidence.book.conventions
    quarter = quarter_of(conventions.as_of, conventions.fiscal_year_start)
    deals = evidence.book.deals
    inside = [d for d in deals if d.close_date is not None and quarter.start <= d.close_date.value <= quarter.end]
    totals = {len(deals), len(inside), len(deals) - len(inside)}
    for category in Category:
        for group in (deals, inside, [d for d in deals if d not in inside]):
            totals.add(sum(1 for d in group if d.category and d.category.value is category))
    totals.add(sum(1 for d in deals if not d.category or d.category.value not in _CLOSED))
    return any(total - named == number for total in totals for named in range(1, len(place.sentence.named) + 1))


_CLOSED = (Category.CLOSED_WON, Category.CLOSED_LOST, Category.OMITTED)


def _last_place(said: Decimal) -> Decimal:
    """Return the size of the last figure a percentage is told to, one at most: 0.1 for 1.5%."""
    exponent = said.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent)) if isinstance(exponent, int) else Decimal(1)


def percent_follows(found: Sums, place: Place) -> bool:
    """Tell whether a percentage in the draft is the share or change of amounts that the draft gives beside it."""
    evidence = found.evidence
    value = place.mention.value
    assert isinstance(value, Percent)
    said = (value.low + value.high) / 2
    cues = asked_for(evidence, place)
    topics = place.anchor.topics
    shares = [
        (n.line, main_number(n.place.mention))
        for n in evidence.noted
        if isinstance(n.place.mention.value, Percent) and (not topics or n.allowed & topics)
    ]
    if "change" in cues and any(said == abs(a - b) for (i, a), (j, b) in itertools.combinations(shares, 2) if i == j):
        return True
    if "rest" in cues and any(said == 100 - s for _, s in shares):
        return True
    text = evidence.draft.text
    about = is_about(text, place.start)

    def fits(part: Decimal, whole: Decimal) -> bool:
        if not whole:
            return False
        share = part / whole * 100
        return abs(said - share) < (Decimal(2) if about and said >= 10 else Decimal("0.51") * _last_place(said))

    monies = [p for p in evidence.draft.places if isinstance(p.mention.value, Money) and p.sentence is place.sentence]
    if len({main_number(p.mention) for p in monies}) < 2:
        monies = [
            p for p in evidence.draft.places if isinstance(p.mention.value, Money) and abs(p.start - place.start) < 200
        ]
    counts = [p for p in evidence.draft.places if isinstance(p.mention.value, Count) and p.sentence is place.sentence]
    for group in (monies, counts):
        for one, two in itertools.permutations(dict.fromkeys(main_number(p.mention) for p in group), 2):
            if fits(one, two) or fits(abs(one - two), two):
                return True
    beside = [main_number(p.mention) for p in monies if p.sentence is place.sentence]
    if len(set(beside)) > 1:
        return False  # the sentence says what it is a share of
    wholes = [a for t in place.sentence.named | place.sentence.near | topics for a in found.of(t)[:2]] + found.targets
    if any(fits(one, two) or fits(two, one) for one in beside for two in wholes if one != two):
        return True
    totals = [t for t in found.totals if t]
    if "target" in cues and any(fits(one, two) for one in [*totals, *beside] for two in found.targets):
        return True
    if not re.match(r"\s*(?:of|share|from)\b", text[place.end : place.end + 8]):
        return False
    for topic in place.anchor.topics | place.sentence.head:
        for amount in found.of(topic)[:1]:
            if any(amount < total and fits(amount, total) for total in totals):
                return True
    return False


def _meant(place: Place) -> frozenset[date]:
    """Return the days a date means: a day without a month the one nearest, not all it may mean."""
    value = place.mention.value
    return frozenset([value]) if place.mention.bare and type(value) is date else place.days


def _in_one_breath(evidence: Evidence, unit: str) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield lengths of time of the notes and the plain numbers beside them: "five years, we have three"."""
    lengths = [n for n in evidence.by_kind.get("Duration", ()) if n.place.mention.value.unit == unit]  # type: ignore[union-attr]
    for one in lengths:
        for two in evidence.by_kind.get("Count", ()):
            if two.place.sentence is one.place.sentence:
                yield main_number(one.place.mention), main_number(two.place.mention)


_OF_MONTH = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?\w")


_FIRST = re.compile(r"\b(?:first|last)\s+$", re.IGNORECASE)


def duration_follows(found: Sums, place: Place) -> bool:
    """Tell whether a length of time in the draft lies between two days that the draft names beside it, or today."""
    evidence = found.evidence
    value = place.mention.value
    assert isinstance(value, Duration)
    text = evidence.draft.text
    alike = [
        main_number(n.place.mention)
        for n in evidence.noted
        if isinstance(n.place.mention.value, Duration) and n.place.mention.value.unit == value.unit
    ][:10]
    numbers_beside = [
        main_number(p.mention)
        for p in evidence.draft.places
        if p is not place and p.sentence is place.sentence and isinstance(p.mention.value, Duration | Count)
    ]
    if any(value.low == value.high == abs(a - b) for a, b in itertools.combinations(numbers_beside, 2)):
        return True
    if "sum" in asked_for(evidence, place):
        for size in (2, 3, 4):
            if any(sum(some) == value.low for some in itertools.combinations(alike, size)):
                return True
    of_month = _OF_MONTH.match(text, place.end)
    if of_month and _FIRST.search(text, max(0, place.start - 8), place.start):
        return True  # "the first eleven days of December": the month is looked at by itself
    beside = sorted({d for p in evidence.draft.places if p.sentence is place.sentence for d in _meant(p)})
    if value.unit in ("day", "week") and any(
        value.low * DAYS[value.unit] in ((b - a).days, (b - a).days + 1) for a, b in itertools.combinations(beside, 2)
    ):
        return True
    unit = re.compile(rf"\s+(?:[^\W\d]+\s+)?{value.unit}s?\b", re.IGNORECASE)
    alike += [
        main_number(n.place.mention)  # "15 dev weeks"
        for n in evidence.by_kind.get("Count", ())
        if unit.match(evidence.book.notes, n.place.end)
    ][:10]
    if cue("less").search(text[place.sentence.start : place.sentence.end]) and (
        any(value.low == abs(one - two) for one, two in itertools.combinations(alike, 2))
        or any(value.low == abs(one - two) for one, two in _in_one_breath(evidence, value.unit))
    ):
        return True
    if not cue("length").search(text[place.sentence.start : place.sentence.end]):
        return False
    index = evidence.draft.sentences.index(place.sentence)
    window = evidence.draft.sentences[max(0, index - 1) : index + 2]
    conventions = evidence.book.conventions
    said = {conventions.as_of}
    left = (conventions.as_of, quarter_of(conventions.as_of, conventions.fiscal_year_start).end)  # "three weeks to go"
    for other in evidence.draft.places:
        if any(other.sentence is s for s in window):
            said |= _meant(other)
    for deal in evidence.deals(place.anchor.topics or place.sentence.head):
        said |= {f.value for f in (deal.close_date, deal.previous_close_date) if f is not None}
    here = frozenset(d for p in evidence.draft.places if p.sentence is place.sentence for d in _meant(p))
    topics = place.anchor.topics or place.sentence.head
    told = {d for n in evidence.noted if topics and n.allowed & topics for d in n.place.days}
    low, high = value.low * DAYS[value.unit], value.high * DAYS[value.unit]
    slack = {"day": 0, "week": 3, "month": 12, "quarter": 20, "year": 40}.get(value.unit, 0)
    pairs = itertools.chain([left], itertools.combinations(said, 2), itertools.product(here, told))
    return any(low - slack <= abs((a - b).days) <= high + slack for a, b in pairs if a != b)
