"""Fiscal calendar and dates as reps write them: text and the day it was written come in, dates and periods go out."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from chains.deals import Conventions

Tense = Literal["future", "past", "nearest"]


@dataclass(frozen=True, slots=True)
class Period:
    """Hold a stretch of days, both ends included, and what the writer called it ("Q1", "end of March", "H2")."""

    start: date
    end: date
    label: str


@dataclass(frozen=True, slots=True)
class DateMention:
    """Hold one date or period at `text[start:end]`; for a period `day` is its last day by the product's rule."""

    start: int
    end: int
    day: date
    period: Period | None = None
    vague: bool = False  # "next month", "a few weeks": named, but no date by the product's rule


def find_dates(text: str, conventions: Conventions, tense: Tense = "future") -> tuple[DateMention, ...]:
    """Find every date and period in `text`, in order and without overlap."""
    raise NotImplementedError


def quarter_of(day: date, fiscal_year_start: int = 1) -> Period:
    """Return the fiscal quarter that holds `day`, labelled Q1 to Q4."""
    raise NotImplementedError


def period_asked(question: str, conventions: Conventions) -> Period:
    """Return the period a question is about: the one it names, else the fiscal quarter that holds as_of."""
    raise NotImplementedError
