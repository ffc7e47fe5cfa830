"""Days that need no note: evidence and a date of a draft come in, yes or no goes out.

Today, a day that follows from others, a length of time or a number that only reads as a day.
"""

import re
from datetime import date, timedelta
from functools import cache

from chains.checking.compare import DAYS
from chains.checking.evidence import Evidence, Noted
from chains.checking.places import Place
from chains.checking.told import (
    shown,
    sure,
)
from chains.checking.words import cue, words
from chains.figures.tokens import meaning
from chains.periods import Period, quarter_of
from chains.scan import Duration


def needs_no_note(evidence: Evidence, place: Place, same: list[Noted]) -> bool:
    """Tell whether a date that is not the deal's own needs no note; `same` are the equal days of the notes."""
    return (
        (not same and _written_there(evidence, place))
        or _plain_day(evidence, place)
        or _is_length(evidence, place)
        or _is_number(evidence, place)
        or _day_follows(evidence, place)
        or _same_day_told(evidence, place, same)
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
    """Tell whether the notes write a day in figures that were taken for no date: "demo 24-11", "on 22.10 and"."""
    if place.periods or place.mention.bare:
        return False
    for day in place.days:
        pair = (day.day, day.month) if evidence.book.conventions.date_order == "DMY" else (day.month, day.day)
        if re.search(rf"(?<![\d.,/-])0?{pair[0]}([./-])0?{pair[1]}(?!\d|[./,-]\d)", evidence.book.notes):
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
    return any(str(n) == hit.group(1) for noted in alike for n in noted.place.numbers)


def _names_weekday(evidence: Evidence, place: Place, names: frozenset[str]) -> bool:
    """Tell whether the notes name that weekday where they speak of the place's deal, or anywhere where it has none."""
    topics = place.anchor.topics if sure(place) else frozenset()
    for sentence in evidence.notes.sentences:
        if any(w.folded in names for w in sentence.words):
            around = sentence.named | sentence.near | sentence.head | evidence.read_at(sentence.start, sentence.end)
            if not topics or not around or around & topics:
                return True
    return False


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
