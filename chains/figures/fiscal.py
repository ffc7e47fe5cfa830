"""The fiscal calendar: a day and the month the fiscal year starts in come in, `Period`s go out."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Tense = Literal["future", "past", "nearest"]


@dataclass(frozen=True, slots=True)
class Period:
    """Hold a stretch of days, both ends included, and what the writer called it ("Q1", "end of March", "H2")."""

    start: date
    end: date
    label: str

    def holds(self, day: date) -> bool:
        """Tell whether `day` lies in the period."""
        return self.start <= day <= self.end


def months_on(day: date, months: int) -> date:
    """Return the first day of the month that lies `months` after that of `day`; dates past the calendar's end stay."""
    index = day.year * 12 + day.month - 1 + months
    year = min(max(index // 12, 1), 9998)
    return date(year, index % 12 + 1, 1)


def span_of_months(start: date, months: int, label: str) -> Period:
    """Return the period of whole months from the first day `start`."""
    return Period(start, months_on(start, months) - timedelta(days=1), label)


def month_of(day: date, label: str = "") -> Period:
    """Return the calendar month that holds `day`."""
    return span_of_months(day.replace(day=1), 1, label or f"{day:%B}")


def week_of(day: date, label: str = "this week") -> Period:
    """Return the week, Monday to Sunday, that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6), label)


def fiscal_year_of(day: date, fiscal_year_start: int = 1) -> Period:
    """Return the fiscal year that holds `day`, labelled by the calendar year it ends in ("FY27")."""
    year = day.year if day.month >= fiscal_year_start else day.year - 1
    whole = span_of_months(date(max(year, 1), fiscal_year_start, 1), 12, "")
    return Period(whole.start, whole.end, f"FY{whole.end.year % 100:02d}")


def quarter_of(day: date, fiscal_year_start: int = 1) -> Period:
    """Return the fiscal quarter that holds `day`, labelled Q1 to Q4."""
    number = (day.month - fiscal_year_start) % 12 // 3
    start = months_on(day, -((day.month - fiscal_year_start) % 3))
    return span_of_months(start, 3, f"Q{number + 1}")


def half_of(day: date, fiscal_year_start: int = 1) -> Period:
    """Return the fiscal half-year that holds `day`, labelled H1 or H2."""
    number = (day.month - fiscal_year_start) % 12 // 6
    start = months_on(day, -((day.month - fiscal_year_start) % 6))
    return span_of_months(start, 6, f"H{number + 1}")


def piece_of_year(
    number: int, months: int, label: str, as_of: date, fiscal_year_start: int, tense: Tense = "future"
) -> Period:
    """Return the `number`-th quarter (months=3) or half (6) without a year: the one that holds or follows `as_of`.

    With tense "past" it is the one that holds or precedes it, with "nearest" the closer of both.
    """
    year = fiscal_year_of(as_of, fiscal_year_start).start
    found = [span_of_months(months_on(year, 12 * k + months * (number - 1)), months, label) for k in (-1, 0, 1)]
    return pick(found, as_of, tense)


def piece_in_year(
    number: int, months: int, label: str, year: int, fiscal: bool, as_of: date, fiscal_year_start: int
) -> Period:
    """Return the `number`-th quarter or half of a year that is written out.

    "FY27" is the fiscal year that ends in 2027. A plain "2026" beside it may also be the year it starts in: whichever
    of both lies closer to `as_of`.
    """
    first = date(year if fiscal_year_start == 1 else year - 1, fiscal_year_start, 1)
    named = span_of_months(months_on(first, months * (number - 1)), months, label)
    if fiscal or fiscal_year_start == 1:
        return named
    started = span_of_months(months_on(named.start, 12), months, label)
    return min((p for p in (named, started)), key=lambda p: _distance(p, as_of))


def pick(periods: list[Period], as_of: date, tense: Tense) -> Period:
    """Return the period that the tense means: "future" holds or follows as_of, "past" holds or precedes it."""
    if tense == "future":
        fitting = [p for p in periods if p.end >= as_of] or periods[-1:]
    elif tense == "past":
        fitting = [p for p in reversed(periods) if p.start <= as_of] or periods[:1]
    else:
        fitting = sorted(periods, key=lambda p: _distance(p, as_of))
    return fitting[0]


def _distance(period: Period, as_of: date) -> int:
    if period.holds(as_of):
        return 0
    return min(abs((period.start - as_of).days), abs((period.end - as_of).days))
