"""Dates and periods in a draft: evidence and a place come in, a finding goes out where it is another deal's, the former
one, or no day of the notes."""

import re
from collections.abc import Iterator
from datetime import date

from chains.checking.evidence import Evidence, Noted, told_as_former, told_as_new
from chains.checking.found import finding
from chains.checking.places import Place
from chains.checking.plain_days import needs_no_note
from chains.checking.told import (
    given_elsewhere,
    in_row,
    not_in_notes,
    only_deal,
    quote_fact,
    quoted,
    said_day,
    same_value,
    shown,
    sure,
)
from chains.checking.words import cue
from chains.deals import Deal
from chains.drafts import Finding
from chains.kinds import Category
from chains.periods import Period


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
    if needs_no_note(evidence, place, same):
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
    text = evidence.draft.text
    if deal is None or deal.close_date is None or deal.close_date.value in place.days or not sure(place):
        return None
    if isinstance(place.mention.value, Period) or not cue("closes_on").search(
        text[max(place.sentence.start, place.start - 40) : place.start]
    ):
        return None
    if any(n.was or _closing(evidence, n) for n in mine):
        return None
    if not any(deal.close_date.value in n.place.days and _closing(evidence, n) for n in evidence.noted):
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
        f"Write {said_day(evidence, deal.close_date.value)}.",
    )


def _closing(evidence: Evidence, noted: Noted) -> bool:
    """Tell whether the words of the notes may give a day as a close date."""
    before = evidence.book.notes[max(noted.place.sentence.start, noted.place.start - 25) : noted.place.start]
    return noted.tabular or noted.now or cue("closing").search(before) is not None


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
    moved = cue("moved_to").search(before) or _from_former(evidence, place, deal)
    if not (won or moved or cue("closes_on").search(before) or in_row(evidence, place)):
        return None
    return finding(
        evidence,
        "error",
        "attribution",
        place.start,
        place.end,
        f"“{shown(evidence, place)}” is not when the notes have {deal.name} close; they say "
        f"{quote_fact(evidence, deal.close_date)}.",
        f"Write {said_day(evidence, closes)}.",
    )


_FROM_TO = re.compile(r"\bfrom\b[^.;]{3,30}\b(?:to|until)\s*$", re.IGNORECASE)


def _from_former(evidence: Evidence, place: Place, deal: Deal) -> bool:
    """Tell whether a day is what the deal's former close date became: "from 12 June to 3 July"."""
    if deal.previous_close_date is None or not _FROM_TO.search(evidence.draft.text[place.start - 40 : place.start]):
        return False
    was = deal.previous_close_date.value
    return any(was in p.days for p in evidence.draft.places if p.sentence is place.sentence and p.start < place.start)


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
            f"Write {said_day(evidence, now)}.",
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
            f"Write {said_day(evidence, was)}.",
        )
    return None
