"""What every form of date needs: the tokens of a text and its conventions come in; the year, the tense and the choice
of the day that is meant go out."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from chains.deals import Conventions
from chains.figures.fiscal import Period, Tense, months_on
from chains.figures.tokens import BREAK, NUMBER, WORD, Tokens, any_of, meaning, words

# A date this far off would carry its year: "3/10" written on 3/12 is two days ago, not next year's.
FARTHEST = {"future": 335, "past": 300}


@dataclass(frozen=True, slots=True)
class DateMention:
    """Hold one date or period at `text[start:end]`; for a period `day` is its last day by the product's rule."""

    start: int
    end: int
    day: date
    period: Period | None = None
    vague: bool = False  # "next month", "a few weeks": named, but no date by the product's rule
    bare: bool = False  # read from a day number or a weekday alone


Found = tuple[int, DateMention]  # the token after it, the mention


class DateForms:
    """Hold the tokens of one text and what their words mean."""

    def __init__(self, tokens: Tokens, conventions: Conventions, tense: Tense) -> None:
        self.t = tokens
        self.as_of = conventions.as_of
        self.order = conventions.date_order
        self.fiscal = conventions.fiscal_year_start
        self.tense = tense
        self.last_day: tuple[int, date] | None = None  # where the last written-out day ended, and which it was
        self.recurring = -1  # the token after a weekday that recurs ("every Tue and Fri")
        self.months: dict[str, int] = meaning("months")
        self.weekdays: dict[str, int] = meaning("weekdays")
        self.days: dict[str, int] = meaning("days")
        self.stretches: dict[str, str] = meaning("stretches")
        self.parts: dict[str, str] = meaning("parts")
        self.relative: dict[str, str] = relative_words()
        self.ends: dict[str, str] = words()["ends"]
        self.short: dict[str, int] = words()["weekdays_short"]
        self.ordinals: dict[str, int] = words()["ordinals"]
        self.cardinals: dict[str, int] = words()["cardinals"]

    def near_day(self, day: int, tense: Tense, anchor: date | None) -> date | None:
        if anchor:
            return day_of(anchor.year, anchor.month, day)
        near = [months_on(self.as_of, k) for k in (-2, -1, 0, 1, 2)]
        found = [d for first in near if (d := day_of(first.year, first.month, day))]
        return self.choose(found, tense)

    def near(self, month: int, day: int, tense: Tense) -> date | None:
        """Return the date without a year that the tense means, or None where there is no such day."""
        years = (
            (self.as_of.year + k for k in (-4, -3, -2, -1, 0, 1, 2, 3, 4))
            if (month, day) == (2, 29)
            else (self.as_of.year + k for k in (-1, 0, 1))
        )
        return self.choose([d for year in years if (d := day_of(year, month, day))], tense)

    def choose(self, days: list[date], tense: Tense) -> date | None:
        if not days:
            return None
        closest = min(days, key=lambda d: (abs((d - self.as_of).days), d < self.as_of))
        if tense == "future":
            fitting = min((d for d in days if d >= self.as_of), default=closest)
        elif tense == "past":
            fitting = max((d for d in days if d <= self.as_of), default=closest)
        else:
            return closest
        return closest if abs((fitting - self.as_of).days) > FARTHEST[tense] else fitting

    def year(self, j: int) -> tuple[int, int] | None:
        """Read ", 2026", "2026", "'26", "-26" or "/26" at `j`."""
        t = self.t
        k = j
        glue = t.fold[k] in ("-", "/", "'", "’") and t.kind[k + 1] == NUMBER and t.glued(k + 1)
        quoted = t.fold[k] in ("'", "’")
        named = t.word(k - 1) in self.months and t.kind[k - 2] != NUMBER  # "Dec-26", not "9 March-20"
        if glue and (quoted or (t.glued(k) and (named or t.fold[k - 2] in ("-", "/")))):
            piece = t.fold[k + 1]
            if piece.isdigit() and len(piece) in (2, 4):
                return k + 2, full_year(piece)
            return None
        if t.fold[k] == "," or t.fold[k] in ("de", "del", "of"):
            k += 1
        piece = t.fold[k]
        if t.kind[k] == NUMBER and len(piece) == 4 and piece.isdigit() and 1990 <= int(piece) <= 2049:
            if t.glued(k + 1) and (t.kind[k + 1] == WORD or t.fold[k + 1] in ("%", "-", "/")):
                return None
            return k + 1, int(piece)
        return None

    def asked(self, i: int) -> bool:
        """Tell whether the word before token `i` asks for a date ("by", "until", "close")."""
        t = self.t
        before = t.before(i)
        if before in (":", "=", ">", "(") and i > 1:
            return before == ">" or t.before(i - 1) in any_of("asks_for_date")
        return before in any_of("asks_for_date")

    def weekday_before(self, i: int) -> bool:
        before = self.t.before(i)
        return before in self.weekdays or before in self.short

    def tense_at(self, i: int) -> Tense:
        """Return the tense that the words before token `i` tell ("since 5/12", "was 3/27"), else that of the call."""
        if self.tense != "future":
            return self.tense
        t = self.t
        j = i - 1
        while j >= 0 and (t.fold[j] in ("on", "the", "at", "in", "am", "(", "of", "end") or t.fold[j] in self.weekdays):
            j -= 1
        if j < 0 or t.kind[j] != WORD:
            return self.tense
        word, before = t.fold[j], t.before(j)
        if word in any_of("nearest") and not (word == "until" and t.fold[i] in self.weekdays):
            return "nearest"
        if word in any_of("past") and before not in any_of("not_yet"):
            return "past"
        loose = t.fold[i] in self.weekdays or t.fold[i] == "this" or t.before(i) in ("on", "the", "in")
        return "past" if loose and self.told_as_past(j) else self.tense

    def told_as_past(self, j: int) -> bool:
        """Tell whether the clause that ends at token `j` tells of something that has happened ("he told me yes on")."""
        t = self.t
        if t.fold[j] in any_of("ahead_of_day"):
            return False
        past = False
        for k in range(j, max(j - 12, -1), -1):
            word = t.fold[k]
            if t.kind[k] != WORD:
                if word in ".;:?!,()\n|>" or t.kind[k] == BREAK:
                    break
                continue
            if word in any_of("joins"):
                break
            if word in any_of("ahead") or (word in any_of("conditions") and not past):
                return False
            regular = word.endswith("ed") and len(word) > 4 and word not in any_of("schedules")
            if (word in any_of("past") or regular) and t.before(k) not in any_of("not_yet") | any_of("determiners"):
                past = True
        return past

    def mention(self, i: int, after: int, day: date, period: Period | None = None, vague: bool = False) -> Found:
        return after, DateMention(self.t.start[i], self.t.end[after - 1], day, period, vague)

    def label(self, i: int, after: int) -> str:
        return " ".join(self.t.text[self.t.start[i] : self.t.end[after - 1]].split())


@cache
def relative_words() -> dict[str, str]:
    """Return "this", "next" or "last" for every word that says so."""
    return {word: name for name in ("this", "next", "last") for word in words()[name]}


def full_year(piece: str) -> int:
    """Return the year that two or four figures mean."""
    year = int(piece)
    return year if year >= 100 else 2000 + year if year < 70 else 1900 + year


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
