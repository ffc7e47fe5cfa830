"""Dates and periods in a draft: evidence and a place come in, a finding goes out where it is another deal's, the former
one, or no day of the notes."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from chains.checking.compare import DAYS, numbers
from chains.checking.evidence import Evidence, Noted, told_as_former, told_as_new
from chains.checking.found import finding
from chains.checking.texts import Place
from chains.checking.told import (
    given_elsewhere,
    in_row,
    not_in_notes,
    only_deal,
    quote_fact,
    quoted,
    same_value,
    shown,
    sure,
)
from chains.checking.words import cue, words
from chains.drafts import Finding
from chains.figures.tokens import meaning
from chains.kinds import Category
from chains.periods import Period, quarter_of
from chains.scan import Duration


def check_day(evidence: Evidence, place: Place, same: list[Noted]) -> Finding | None:
    topics = place.anchor.topics
    mine = [n for n in same if n.allowed & topics] if topics else same
    decided = _other_decision(evidence, place)
    if decided is not None:
        return decided
    if mine:
        return _former_date(evidence, place, mine) or _other_day(evidence, place, mine)
    wrong = _not_its_date(evidence, place)
    if wrong is not None:
        return wrong
    if not same and _written_there(evidence, place):
        return None
    if _plain_day(evidence, place) or _is_length(evidence, place) or _is_number(evidence, place):
        return None
    if _day_follows(evidence, place) or _same_day_told(evidence, place, same):
        return None
    if same:
        return given_elsewhere(evidence, place, same)
    return not_in_notes(evidence, place)


def _other_decision(evidence: Evidence, place: Place) -> Finding | None:
    """Return a finding where the day by which an answer is needed is not the one the notes tell."""
    text, notes = evidence.draft.text, evidence.book.notes
    if (place.anchor.topics and not place.anchor.carried) or not cue("decide_said").search(
        text[max(place.sentence.start, place.start - 50) : place.start]
    ):
        return None
    if (
        not cue("for_reader").search(text[place.sentence.start : place.sentence.end])
        or max(place.days, default=evidence.book.conventions.as_of) < evidence.book.conventions.as_of
    ):
        return None  # "the board said yes on 18 February", "legal gives its answer on Monday"
    told = [
        n
        for n in evidence.by_kind.get("date", ())
        if cue("decide_noted").search(notes[max(n.place.sentence.start, n.place.start - 60) : n.place.start])
    ]
    if not told or any(same_value(evidence, place, n) for n in told):
        return None
    return finding(
        evidence,
        "error",
        "date",
        place.start,
        place.end,
        f"The notes need the answer by {quoted(evidence, told[0])}, not by “{shown(evidence, place)}”.",
        "Write the day of the notes.",
    )


def _other_day(evidence: Evidence, place: Place, mine: list[Noted]) -> Finding | None:
    """Return a finding where a day the notes tell for something else is given as the close date."""
    deal = only_deal(evidence, place)
    text, notes = evidence.draft.text, evidence.book.notes
    if deal is None or deal.close_date is None or deal.close_date.value in place.days or not sure(place):
        return None
    if isinstance(place.mention.value, Period) or not cue("closes_on").search(
        text[max(place.sentence.start, place.start - 40) : place.start]
    ):
        return None
    if any(
        n.tabular
        or n.now
        or n.was
        or cue("closing").search(notes[max(n.place.sentence.start, n.place.start - 25) : n.place.start])
        for n in mine
    ):
        return None
    if not any(deal.close_date.value in n.place.days for n in evidence.noted):
        return None
    return finding(
        evidence,
        "error",
        "date",
        place.start,
        place.end,
        f"“{shown(evidence, place)}” is not when the notes have {deal.name} close (line {mine[0].line} "
        f"has it for something else); "
        f"they say {quote_fact(evidence, deal.close_date)}.",
        f"Write {deal.close_date.value:%B} {deal.close_date.value.day}.",
    )


def _not_its_date(evidence: Evidence, place: Place) -> Finding | None:
    """Return a finding where a deal is given a close date that its notes do not hold."""
    deal = only_deal(evidence, place)
    text = evidence.draft.text
    if (
        deal is None
        or deal.close_date is None
        or not (sure(place) or not place.anchor.topics)
        or told_as_former(text, place.start, place.end, place.clause.start)
    ):
        return None
    closes = deal.close_date.value
    if evidence.book.conventions.as_of in place.days and not any(c.isdigit() for c in shown(evidence, place)):
        return None  # "it's best case today" tells where it stands, not when it closes
    topic = evidence.topics.deals.index(deal)
    # the reader is believed where the notes hold that day for the deal
    if not any(
        topic in n.allowed and (closes in n.place.days or any(p.end == closes for p in n.place.periods))
        for n in evidence.noted
    ):
        return None
    value = place.mention.value
    if closes in place.days or (isinstance(value, Period) and value.start <= closes <= value.end):
        return None
    before = text[max(place.sentence.start, place.start - 40) : place.start]
    won = deal.category is not None and deal.category.value is Category.CLOSED_WON and cue("won_on").search(before)
    if not (won or cue("closes_on").search(before) or in_row(evidence, place) or cue("moved_to").search(before)):
        return None
    return finding(
        evidence,
        "error",
        "attribution",
        place.start,
        place.end,
        f"“{shown(evidence, place)}” is not when the notes have {deal.name} close; they say "
        f"{quote_fact(evidence, deal.close_date)}.",
        f"Write {closes:%B} {closes.day}.",
    )


def _plain_day(evidence: Evidence, place: Place) -> bool:
    """Tell whether a date needs no note: today, tomorrow, this quarter, a month a day of the notes lies in."""
    conventions = evidence.book.conventions
    value = place.mention.value
    near = {conventions.as_of + timedelta(days=n) for n in (-1, 0, 1)}
    if isinstance(value, date):
        said = words(shown(evidence, place))
        if place.mention.bare and not any(c.isdigit() for c in shown(evidence, place)) and said:
            days = {d.weekday() for d in place.days}
            names = frozenset(w for day in days for w in _weekday_words(day))
            if _names_weekday(evidence, place, names):
                return True
        return bool(place.days & {conventions.as_of}) or (
            bool(place.days & near) and not any(c.isdigit() for c in shown(evidence, place))
        )
    if isinstance(value, Period):
        if value.start <= conventions.as_of <= value.end:
            return True
        named = {w for period in place.periods for w in _month_words(period)}
        if named & evidence.folded and any(w.folded in named for w in words(shown(evidence, place))):
            return True
        this = quarter_of(conventions.as_of, conventions.fiscal_year_start)
        following = quarter_of(this.end + timedelta(days=1), conventions.fiscal_year_start)
        former = quarter_of(this.start - timedelta(days=1), conventions.fiscal_year_start)
        if (value.start, value.end) in {(p.start, p.end) for p in (following, former)}:
            # the quarter beside this one, where a day of the notes lies in it
            told = {d for n in evidence.noted for d in n.place.days} | {
                p.end for n in evidence.noted for p in n.place.periods
            }
            return not place.anchor.tight and any(value.start <= d <= value.end for d in told)
        return (value.end - value.start).days > 100
    return False


_SAME = re.compile(r"\b(?:same (?:day|date|week|month|time|deadline)|ditto|likewise)\b", re.IGNORECASE)


def _same_day_told(evidence: Evidence, place: Place, same: list[Noted]) -> bool:
    """Tell whether the notes give a deal the day of the one before it: "Globex on 9/25. Initech, 42k, same day"."""
    topics = place.anchor.topics
    notes = evidence.book.notes
    return bool(same) and any(
        s.named & topics and _SAME.search(notes, s.start, s.end) for s in evidence.notes.sentences
    )


def _written_there(evidence: Evidence, place: Place) -> bool:
    """Tell whether the notes write a day in figures that were taken for no date: "demo 24-11"."""
    if place.periods or place.mention.bare:
        return False
    for day in place.days:
        pair = (day.day, day.month) if evidence.book.conventions.date_order == "DMY" else (day.month, day.day)
        if re.search(rf"(?<![\d.,-])0?{pair[0]}-0?{pair[1]}(?![\d-])", evidence.book.notes):
            return True
    return False


def _is_number(evidence: Evidence, place: Place) -> bool:
    """Tell whether what reads as a day is a number that the notes have: "on crane 3 till 9 October"."""
    told = shown(evidence, place)
    return told.isdigit() and told in evidence.folded


def _day_follows(evidence: Evidence, place: Place) -> bool:
    """Tell whether a day comes a told length of time after another: 60 days from December 1 are January 30."""
    index = evidence.draft.sentences.index(place.sentence)
    window = evidence.draft.sentences[max(0, index - 2) : index + 2]
    near = [p for p in evidence.draft.places if p is not place and any(p.sentence is s for s in window)]
    if place.anchor.topics and not place.anchor.carried:
        return False
    begins = {d for p in near for d in p.days}
    lengths = [
        p.mention.value
        for p in near
        if isinstance(p.mention.value, Duration) and cue("stretch").search(evidence.draft.text[p.start - 12 : p.start])
    ]
    slack = {"day": 0, "week": 0, "month": 2}
    return any(
        abs((day - begin).days - int(length.high * DAYS[length.unit])) <= slack[length.unit]
        for length in lengths
        if length.unit in slack
        for begin in begins
        for day in place.days
    )


_IN_DAYS = re.compile(r"(?:in|within|after) (?:the )?(\w+)[ -](?:day|week|month)s?", re.IGNORECASE)


def _is_length(evidence: Evidence, place: Place) -> bool:
    """Tell whether "in 30 days" is a length of time that the notes tell, and no day: "they pay in 30 days"."""
    hit = _IN_DAYS.fullmatch(shown(evidence, place))
    if hit is None:
        return False
    if hit.group(1).isalpha():
        return hit.group(1).casefold() in evidence.folded
    alike = [*evidence.by_kind.get("Count", ()), *evidence.by_kind.get("Duration", ())]
    return any(str(n) == hit.group(1) for noted in alike for n in numbers(noted.place.mention))


def _names_weekday(evidence: Evidence, place: Place, names: frozenset[str]) -> bool:
    """Tell whether the notes name that weekday where they speak of the place's deal, or anywhere where it has none."""
    topics = place.anchor.topics if sure(place) else frozenset()
    for sentence in evidence.notes.sentences:
        if any(w.folded in names for w in sentence.words):
            around = sentence.named | sentence.near | sentence.head | evidence.read_at(sentence.start, sentence.end)
            if not topics or not around or around & topics:
                return True
    return False


def impossible_dates(evidence: Evidence) -> Iterator[Finding]:
    """Yield days and quarters that no calendar has: April 50, Q8."""
    notes = evidence.book.notes
    for hit in cue("impossible_day").finditer(evidence.draft.text):
        if hit.group().casefold() in notes.casefold():
            continue
        yield finding(
            evidence,
            "error",
            "date",
            hit.start(),
            hit.end(),
            f"There is no “{hit.group()}” in the calendar.",
            "Write the day or quarter of the notes.",
        )


def _month_words(period: Period) -> frozenset[str]:
    if (period.end - period.start).days > 31:
        return frozenset()
    return frozenset(meaning_of_month(period.start.month))


@cache
def meaning_of_month(month: int) -> frozenset[str]:
    """Return the words that name a month."""
    return frozenset(w for w, number in meaning("months").items() if number == month)


@cache
def _weekday_words(weekday: int) -> frozenset[str]:
    return frozenset(w for w, day in meaning("weekdays").items() if day == weekday)


def _former_date(evidence: Evidence, place: Place, mine: list[Noted]) -> Finding | None:
    """Return a finding where the date a deal stood at before is given as the one that holds, or the other way round."""
    text = evidence.draft.text
    if len(place.anchor.topics) != 1 or not isinstance(place.mention.value, date):
        return None
    (topic,) = place.anchor.topics
    deal = evidence.topics.deals[topic]
    if deal is None or deal.close_date is None or deal.previous_close_date is None:
        return None
    now, was = deal.close_date.value, deal.previous_close_date.value
    former = told_as_former(text, place.start, place.end, place.clause.start)
    fresh = told_as_new(text, place.start) or bool(
        cue("closes_on").search(text[max(0, place.start - 40) : place.start])
    )
    told_was = any(n.was for n in mine) and not any(n.now and not n.was for n in mine)
    if was in place.days and now not in place.days and fresh and not former and told_was:
        return finding(
            evidence,
            "error",
            "date",
            place.start,
            place.end,
            f"“{shown(evidence, place)}” is when {deal.name} was to close before; the notes now say "
            f"{quote_fact(evidence, deal.close_date)}.",
            f"Write {now:%B} {now.day}.",
        )
    if (
        now in place.days
        and was not in place.days
        and re.search(r"\bfrom\s*$", text[max(0, place.start - 6) : place.start])
    ):
        return finding(
            evidence,
            "error",
            "date",
            place.start,
            place.end,
            f"“{shown(evidence, place)}” is when {deal.name} closes now, not what it was moved from; that "
            f"was {quote_fact(evidence, deal.previous_close_date)}.",
            f"Write {was:%B} {was.day}.",
        )
    return None
