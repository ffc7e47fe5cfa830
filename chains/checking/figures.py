"""Figures and dates in a draft that the notes do not bear out: evidence comes in, findings go out.

Each is looked for by value and type, then by the deal it is given to, then by the part it plays there."""

from collections.abc import Iterator
from functools import cache

from chains.checking.amounts import check_amount
from chains.checking.compare import loose, same_date
from chains.checking.counts import counted_alike, money_like, other_count, unit_stems, written_out, wrong_parts
from chains.checking.days import check_day, impossible_dates
from chains.checking.evidence import Evidence, Noted
from chains.checking.places import Place
from chains.checking.shares import count_follows, duration_follows, percent_follows
from chains.checking.sums import Sums
from chains.checking.swapped import rival
from chains.checking.told import given_elsewhere, not_in_notes, same_value
from chains.checking.totals import wrong_labels, wrong_moves, wrong_totals
from chains.checking.units import other_basis, other_currency, other_rate, other_stretch
from chains.checking.words import cue, lexicon, stem
from chains.deals import Money
from chains.drafts import Finding
from chains.scan import Count, Duration, Percent


def check_figures(evidence: Evidence, sums: Sums) -> Iterator[Finding]:
    """Yield what is wrong with each figure and date of the draft."""
    for place in evidence.draft.places:
        if _is_list_number(evidence, place) or _is_offer(evidence, place):
            continue
        if (
            isinstance(place.mention.value, Count)
            and place.days
            and any(same_date(place, n.place) for n in evidence.noted)
        ):
            continue
        same = [n for n in evidence.comparable(place) if same_value(evidence, place, n)]
        found = _figure(evidence, sums, place, same) if place.figure else check_day(evidence, place, same)
        if found is None and same:
            found = other_rate(evidence, place, same) or rival(evidence, sums, place, same)
        if found is None and isinstance(place.mention.value, Money):
            found = (
                other_currency(evidence, place)
                or other_basis(evidence, place, same)
                or other_stretch(evidence, place, same)
                or wrong_labels(evidence, sums, place, same)
            )
        if found is not None:
            yield found
    yield from impossible_dates(evidence)
    yield from wrong_totals(evidence, sums)
    yield from wrong_parts(evidence)
    yield from wrong_moves(evidence)


def _is_offer(evidence: Evidence, place: Place) -> bool:
    """Tell whether a figure claims nothing: a scale to answer on, "two questions", five minutes to talk, no money."""
    value = place.mention.value
    text = evidence.draft.text
    if isinstance(value, Money):
        return value.amount == 0
    if place.kind == "date" and place.mention.bare:
        return text[place.sentence.start : place.sentence.end].rstrip(" *_)").endswith("?")
    if isinstance(value, Count):
        near = cue("scale").finditer(text, max(0, place.start - 8), place.end + 8)
        if any(h.start() <= place.start < h.end() for h in near):
            return True
        return value.number <= 6 and bool(unit_stems(text, place) & _own_nouns())
    if isinstance(value, Duration) and value.unit == "minute" and value.high <= 30:
        talk = value.high <= 10 and cue("talk").search(text, place.sentence.start, place.sentence.end)
        return bool(talk) or not any(
            isinstance(n.place.mention.value, Duration) and n.place.mention.value.unit == "minute"
            for n in evidence.noted
        )
    return False


@cache
def _own_nouns() -> frozenset[str]:
    """Return what a text counts of its own: questions, points, requests."""
    return frozenset(stem(w) for w in lexicon("reckoning")["own_nouns"])


def _is_list_number(evidence: Evidence, place: Place) -> bool:
    text = evidence.draft.text
    return (
        isinstance(place.mention.value, Count)
        and place.start == place.sentence.block.start
        and text[place.end : place.end + 1] in ".)"
    )


def _figure(evidence: Evidence, sums: Sums, place: Place, same: list[Noted]) -> Finding | None:
    value = place.mention.value
    topics = place.anchor.topics
    mine = [n for n in same if n.allowed & topics] if topics else same
    if isinstance(value, Money):
        return check_amount(evidence, sums, place, same, mine)
    if (
        same
        and (mine or isinstance(value, Count))
        and not (isinstance(value, Count) and other_count(evidence, place, same))
    ):
        return None
    if isinstance(value, Percent):
        if mine or percent_follows(sums, place):
            return None
        return given_elsewhere(evidence, place, same) if same else not_in_notes(evidence, place)
    if isinstance(value, Duration):
        if same or duration_follows(sums, place):
            return None
        return not_in_notes(evidence, place)
    if isinstance(value, Count):
        counted = counted_alike(evidence, place)
        if count_follows(sums, place, bool(counted)) or (value.number <= 3 and not counted):
            return None
        if loose(place.mention) and money_like(evidence, sums, place):
            return None
        if value.number <= 12 and written_out(evidence, place) and not counted:
            return None
        return not_in_notes(evidence, place)
    return None
