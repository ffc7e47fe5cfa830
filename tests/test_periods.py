"""Dates and periods: each row is a text, the day it was written and what it means."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains.deals import Conventions
from chains.figures.fiscal import Tense
from chains.periods import find_dates, period_asked, quarter_of

THURSDAY = date(2026, 3, 12)
US = Conventions(THURSDAY)
EUROPE = Conventions(THURSDAY, "EUR", "DMY")
FEBRUARY_YEAR = Conventions(THURSDAY, fiscal_year_start=2)
OCTOBER_YEAR = Conventions(date(2026, 9, 16), "EUR", "DMY", 10)


def days(text: str, conventions: Conventions = US, tense: Tense = "future") -> list[str]:
    return [m.day.isoformat() for m in find_dates(text, conventions, tense)]


ONE_DAY = [
    ("a day and month in figures, month first", "close 3/31", US, "2026-03-31"),
    ("a day and month in figures, day first", "close 3/4", EUROPE, "2026-04-03"),
    ("a year of two figures", "3/31/26", US, "2026-03-31"),
    ("points with a year", "30.9.26", EUROPE, "2026-09-30"),
    ("points without a year", "close 30.9. and done", EUROPE, "2026-09-30"),
    ("points alone in a cell", "30.9.", EUROPE, "2026-09-30"),
    ("an ISO date", "by 2026-03-31", US, "2026-03-31"),
    ("an ISO timestamp", "2026-03-31T09:30:00Z", US, "2026-03-31"),
    ("a date with a clock time", "26/06/2026 17:00", EUROPE, "2026-06-26"),
    ("the month's name first", "Mar 31", US, "2026-03-31"),
    ("the day first", "31 March", US, "2026-03-31"),
    ("an ordinal with of", "31st of March", US, "2026-03-31"),
    ("a dictated month and day", "march thirty first", US, "2026-03-31"),
    ("a dictated day and month", "thirtieth october", US, "2026-10-30"),
    ("a dictated cardinal day", "december eleven", US, "2026-12-11"),
    ("a dictated ordinal day", "July first", US, "2026-07-01"),
    ("an ordinal alone", "the 17th", US, "2026-03-17"),
    ("a dictated ordinal alone", "by the twenty eighth", US, "2026-03-28"),
    ("a plain day behind on the", "he counts them on the 24.", US, "2026-03-24"),
    ("hyphens as spreadsheets write them", "12-Mar-26", US, "2026-03-12"),
    ("today", "countersigned today", US, "2026-03-12"),
    ("this morning", "countersigned this am", US, "2026-03-12"),
    ("tomorrow in short", "wfh tmrw", US, "2026-03-13"),
    ("yesterday in short", "PO came in yest", US, "2026-03-11"),
    ("a German month", "31. März", EUROPE, "2026-03-31"),
    ("a French month", "15 août", EUROPE, "2026-08-15"),
    ("a French first", "1er avril", EUROPE, "2026-04-01"),
    ("a Portuguese date", "15 de agosto de 2026", EUROPE, "2026-08-15"),
    ("a decomposed accent", "15 aou\u0302t", EUROPE, "2026-08-15"),
    ("a weekday that is still to come", "chase Tomas by mon", US, "2026-03-16"),
    ("this Friday", "this Fri", US, "2026-03-13"),
    ("next Friday is next week's", "next Fri", US, "2026-03-20"),
    ("Thursday written on a Thursday is the next one", "by thurs", US, "2026-03-19"),
    ("last Monday", "last Monday", US, "2026-03-09"),
    ("a weekday and its date are one mention", "tue 3/17", US, "2026-03-17"),
    ("a weekday and a wrong date: the date wins", "Mon 3/17", US, "2026-03-17"),
    ("a weekday with a dictated day", "friday the twentieth", US, "2026-03-20"),
    ("a weekday, a part of the day and a date", "Thu arvo 3/19", US, "2026-03-19"),
    ("a weekday in brackets behind its date", "3/17 (tue)", US, "2026-03-17"),
    ("a German short weekday", "mo 16/3", EUROPE, "2026-03-16"),
    ("a past weekday told by its verb", "redlines came back from their counsel mon", US, "2026-03-09"),
    ("a past weekday told by on", "he told me yes on Monday", US, "2026-03-09"),
    ("a weekday after a word that looks like a past", "I send the revised quote fri", US, "2026-03-13"),
    ("end of the week is Friday", "EOW", US, "2026-03-13"),
    ("end of the day", "EOD", US, "2026-03-12"),
    ("end of the month", "EOM", US, "2026-03-31"),
    ("end of the quarter", "EOQ", US, "2026-03-31"),
    ("end of the fiscal year", "EOY", FEBRUARY_YEAR, "2027-01-31"),
    (
        "end of the fiscal year in another spelling",
        "EOFY",
        Conventions(date(2026, 5, 28), "AUD", "DMY", 7),
        "2026-06-30",
    ),
    ("end of a named month", "EOM march", US, "2026-03-31"),
    ("end of March in words", "end of March", US, "2026-03-31"),
    ("the middle of April", "mid-April", US, "2026-04-15"),
    ("early April", "early April", US, "2026-04-05"),
    ("late April", "late April", US, "2026-04-25"),
    ("end of next month", "end of next month", US, "2026-04-30"),
    ("by year end", "by year end", US, "2026-12-31"),
    ("end of Q3", "end of Q3", US, "2026-09-30"),
    ("a German end of month", "Ende März", EUROPE, "2026-03-31"),
    ("a calendar week", "KW 12", EUROPE, "2026-03-20"),
    ("the week of a day", "week of 3/16", US, "2026-03-20"),
    ("a day after a slip of the pen", "the 17th", US, "2026-03-17"),
    ("since tells the past", "dark since 11/30", US, "2025-11-30"),
    ("signed tells the past", "signed 11/30", US, "2025-11-30"),
    ("closed won on a spelled day tells the past", "closed won on december nineteenth", US, "2025-12-19"),
    ("was may lie ahead", "was 3/30", US, "2026-03-30"),
    ("a date a few days back is not next year's", "close 3/10", US, "2026-03-10"),
    ("a leap day without a year", "2/29", US, "2028-02-29"),
    ("a month alone ends on its last day", "close June", US, "2026-06-30"),
    ("a month that has just passed", "audit finding in Jan", US, "2026-01-31"),
    ("a plain year behind until", "frozen til 2027", US, "2027-12-31"),
    ("two weeks from now", "in 2 weeks", US, "2026-03-26"),
]


@pytest.mark.parametrize(("text", "conventions", "day"), [c[1:] for c in ONE_DAY], ids=[c[0] for c in ONE_DAY])
def test_one_date_is_read(text: str, conventions: Conventions, day: str) -> None:
    assert days(text, conventions) == [day]


SEVERAL = [
    ("both ends of a day range", "9 to 20 March", US, ["2026-03-09", "2026-03-20"]),
    ("both ends of a range in figures", "5/4 - 5/15", US, ["2026-05-04", "2026-05-15"]),
    ("old and new", "was 3/30 now 4/30", US, ["2026-03-30", "2026-04-30"]),
    ("a corrected day keeps its month", "7/24, sorry, the 17th", US, ["2026-07-24", "2026-07-17"]),
    ("the Monday after a date", "yes by 4/24, kickoff is the monday after", US, ["2026-04-24", "2026-04-27"]),
    ("that Friday behind a date", "by wed 5/27, he closes it that friday", US, ["2026-05-27", "2026-05-29"]),
    ("two weekdays with dates", "mon 3/23, tues 3/24", US, ["2026-03-23", "2026-03-24"]),
    ("both ends with the month first", "from May 4 to 15", US, ["2026-05-04", "2026-05-15"]),
    ("both ends with the month first and a hyphen", "June 9-20", US, ["2026-06-09", "2026-06-20"]),
    ("a count behind a date is no day", "May 4 to 15 reps", US, ["2026-05-04"]),
    (
        "a day that goes on from a past one",
        "told me on March 4, I put it in the CRM on the 9th",
        US,
        ["2026-03-04", "2026-03-09"],
    ),
    ("the week of a month", "first week of July", US, ["2026-07-07"]),
    ("months joined by a hyphen", "on my patch apr-may", US, ["2026-04-30", "2026-05-31"]),
]


@pytest.mark.parametrize(("text", "conventions", "found"), [c[1:] for c in SEVERAL], ids=[c[0] for c in SEVERAL])
def test_several_dates_are_read_in_order(text: str, conventions: Conventions, found: list[str]) -> None:
    assert days(text, conventions) == found


NO_DATE = [
    ("round the clock", "24/7 support", US),
    ("round the clock, day first", "24/7 coverage", EUROPE),
    ("a fraction of something", "1/2 of the seats", US),
    ("thirds", "2/3 of the team", US),
    ("a part that is done", "3/4 done", US),
    ("a count of logos", "2/5 logos", US),
    ("half and half", "50/50", US),
    ("a version", "v2.3 is out", US),
    ("a scale", "1-10", US),
    ("may, the verb", "legal may push back", US),
    ("march, the verb", "we march on", US),
    ("sat, the verb", "she sat down with procurement", US),
    ("the sun", "the sun is out", US),
    ("a name with Sun", "Sun & Sage Hotels", US),
    ("a website", "monday.com", US),
    ("something that recurs", "every Wed by 5", US),
    ("two days that recur", "every Tuesday and Friday by noon", US),
    ("a second push", "the 2nd push", US),
    ("a floor", "on the 3rd floor", US),
    ("a decimal at the end of a sentence", "grew 2.5. Then it fell", EUROPE),
    ("an amount with points", "145.000,-", EUROPE),
    ("April, the colleague", "April owes me the list", US),
    ("a phone number", "415-555-0100", US),
    ("a day that does not exist", "2/30", US),
    ("a so before a date is no Sunday", "so it moved", EUROPE),
    ("two hours", "2h reaction time", US),
]


@pytest.mark.parametrize(("text", "conventions"), [c[1:] for c in NO_DATE], ids=[c[0] for c in NO_DATE])
def test_what_only_looks_like_a_date_is_none(text: str, conventions: Conventions) -> None:
    assert days(text, conventions) == []


PERIODS = [
    ("a quarter", "Q1", US, "2026-01-01", "2026-03-31"),
    ("a quarter that is over means the coming one", "Q4", FEBRUARY_YEAR, "2026-11-01", "2027-01-31"),
    ("a dictated quarter", "q two", US, "2026-04-01", "2026-06-30"),
    ("a quarter with a fiscal year", "Q1 FY27", FEBRUARY_YEAR, "2026-02-01", "2026-04-30"),
    ("a fiscal year in front of its quarter", "FY27 Q1", FEBRUARY_YEAR, "2026-02-01", "2026-04-30"),
    ("a quarter with a calendar year", "Q1/27", US, "2027-01-01", "2027-03-31"),
    ("a quarter the other way round", "2Q", US, "2026-04-01", "2026-06-30"),
    ("an ordinal quarter", "third quarter", US, "2026-07-01", "2026-09-30"),
    ("a fiscal quarter that starts in October", "Q4", OCTOBER_YEAR, "2026-07-01", "2026-09-30"),
    ("a half-year", "H2", US, "2026-07-01", "2026-12-31"),
    ("a half-year with its year", "1H27", US, "2027-01-01", "2027-06-30"),
    ("a fiscal year", "FY27", FEBRUARY_YEAR, "2026-02-01", "2027-01-31"),
    ("a calendar quarter in a fiscal house", "calendar Q2", FEBRUARY_YEAR, "2026-04-01", "2026-06-30"),
    ("this quarter", "this quarter", FEBRUARY_YEAR, "2026-02-01", "2026-04-30"),
    ("next quarter", "next qtr", US, "2026-04-01", "2026-06-30"),
    ("a month", "in June", US, "2026-06-01", "2026-06-30"),
    ("a month with its year", "Nov '26", US, "2026-11-01", "2026-11-30"),
]


@pytest.mark.parametrize(("text", "conventions", "start", "end"), [c[1:] for c in PERIODS], ids=[c[0] for c in PERIODS])
def test_a_period_has_both_its_ends(text: str, conventions: Conventions, start: str, end: str) -> None:
    (mention,) = find_dates(text, conventions)
    assert mention.period is not None
    assert (mention.period.start.isoformat(), mention.period.end.isoformat()) == (start, end)
    assert mention.day == mention.period.end


@pytest.mark.parametrize("text", ["next month", "in a few weeks", "in a couple of weeks", "next week"])
def test_a_vague_date_says_so(text: str) -> None:
    (mention,) = find_dates(text, US)
    assert mention.vague


TENSES: list[tuple[str, str, Tense, str]] = [
    ("the coming day", "11/30", "future", "2026-11-30"),
    ("the past day", "11/30", "past", "2025-11-30"),
    ("the nearer day", "11/30", "nearest", "2025-11-30"),
    ("the past weekday", "on monday", "past", "2026-03-09"),
    ("the past quarter", "Q4", "past", "2025-12-31"),
    ("the running quarter counts as past too", "Q1", "past", "2026-03-31"),
]


@pytest.mark.parametrize(("text", "tense", "day"), [c[1:] for c in TENSES], ids=[c[0] for c in TENSES])
def test_the_tense_decides_the_year(text: str, tense: Tense, day: str) -> None:
    assert days(text, US, tense) == [day]


def test_a_bare_weekday_is_marked_and_a_dated_one_is_not() -> None:
    assert [m.bare for m in find_dates("by fri or by fri 3/20", US)] == [True, False]


QUARTERS = [
    (1, "2026-03-12", "Q1"),
    (2, "2026-03-12", "Q1"),
    (2, "2026-01-31", "Q4"),
    (10, "2026-09-16", "Q4"),
    (4, "2026-03-31", "Q4"),
]


@pytest.mark.parametrize(("start", "day", "label"), QUARTERS)
def test_the_fiscal_quarter_of_a_day(start: int, day: str, label: str) -> None:
    found = quarter_of(date.fromisoformat(day), start)
    assert found.label == label
    assert found.holds(date.fromisoformat(day))


ASKED = [
    ("a quarter by name", "How's Q1 looking?", US, "2026-01-01", "2026-03-31"),
    ("the next quarter", "What does next quarter look like?", US, "2026-04-01", "2026-06-30"),
    ("this month", "What closes this month?", US, "2026-03-01", "2026-03-31"),
    ("up to a day", "What can still land until the 30th?", US, "2026-01-01", "2026-03-30"),
    ("up to the quarter's last day", "What lands by 3/31?", US, "2026-01-01", "2026-03-31"),
    ("a quarter and a day in it", "What still lands in Q4 until the 30th?", OCTOBER_YEAR, "2026-07-01", "2026-09-30"),
    ("the half", "Will we make the half?", US, "2026-01-01", "2026-06-30"),
    ("the year", "And the rest of the year?", FEBRUARY_YEAR, "2026-02-01", "2027-01-31"),
    ("two quarters at once", "How do Q3 and Q4 look?", US, "2026-07-01", "2026-12-31"),
    ("a quarter that is over, asked in the past", "How did Q4 go?", US, "2025-10-01", "2025-12-31"),
    ("no period at all", "Where do we stand?", US, "2026-01-01", "2026-03-31"),
    ("a meeting's day is no period", "For Thursday's call: where do we stand?", US, "2026-01-01", "2026-03-31"),
    (
        "what changed since last week is about the quarter",
        "What changed since last week?",
        US,
        "2026-01-01",
        "2026-03-31",
    ),
]


@pytest.mark.parametrize(("question", "conventions", "start", "end"), [c[1:] for c in ASKED], ids=[c[0] for c in ASKED])
def test_the_period_that_a_question_is_about(question: str, conventions: Conventions, start: str, end: str) -> None:
    found = period_asked(question, conventions)
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)


PIECES = st.sampled_from(
    [
        "3/4",
        "30.9.",
        "the 17th",
        "Q1",
        "end of ",
        "next ",
        "Fri",
        "march",
        "İ",
        "ß",
        "thirty",
        "first",
        "2026",
        "-",
        "/",
        ".",
        ",",
        " ",
        "\n",
        "FY",
        "'26",
        "of",
        "EOM",
        "mid-",
        "every ",
        "to ",
        "31",
        "sat",
        "may",
        "KW 12",
        "0",
        "99",
        "in a few weeks",
        "(",
        ")",
    ]
)


@given(
    st.lists(PIECES | st.text(max_size=6), max_size=14).map("".join),
    st.sampled_from(["MDY", "DMY"]),
    st.integers(1, 12),
)
@settings(max_examples=400, deadline=None)
def test_mentions_stand_in_order_inside_any_text(text: str, order: str, start: int) -> None:
    conventions = Conventions(THURSDAY, date_order="DMY" if order == "DMY" else "MDY", fiscal_year_start=start)
    last = 0
    for mention in find_dates(text, conventions):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
