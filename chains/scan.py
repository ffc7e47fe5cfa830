"""Typed tokens: any text (notes or a draft) comes in with its conventions, `Mention`s with values go out.

The reader finds facts with these and the check compares drafts with notes by them, so both mean the same by "120k".
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from chains.deals import Conventions, Money
from chains.periods import Period, Tense


@dataclass(frozen=True, slots=True)
class Percent:
    """Hold a percentage, 0.5 for 0.5%; a range has both ends, a single value has low == high."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Count:
    """Hold a number with what it counts in the singular ("seat", "recruiter", "email"), or "" where nothing tells."""

    number: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Duration:
    """Hold a length of time ("9 days", "two quarters", "net 60" is 60 days); low == high but for ranges."""

    low: Decimal
    high: Decimal
    unit: Literal["minute", "hour", "day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Hold one typed token at `text[start:end]`.

    `value` is Money, Percent, Count, Duration, date or Period. `bare` is True for money that carries neither a
    currency sign or word nor a magnitude (a plain 500 that a rule or a neighbour made an amount), and for a date
    read from a day number or weekday alone.
    """

    start: int
    end: int
    value: Money | Percent | Count | Duration | date | Period
    bare: bool = False


def scan(text: str, conventions: Conventions, tense: Tense = "future") -> tuple[Mention, ...]:
    """Find every figure, date, period and duration in `text`, in order and without overlap.

    `tense` decides the year of a day and month without one: "future" the coming one, "past" the one before as_of,
    "nearest" whichever is closer.
    """
    raise NotImplementedError
