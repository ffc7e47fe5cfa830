"""Dates as reps write them: text and the day it was written come in, dates and periods go out.

The tokens are walked once from left to right; each form is a small method that says what it found and where it ends.
"""

import itertools
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from chains.deals import Conventions
from chains.fiscal import (
    Period,
    Tense,
    fiscal_year_of,
    half_of,
    month_of,
    months_on,
    pick,
    piece_in_year,
    piece_of_year,
    quarter_of,
    span_of_months,
    week_of,
)
from chains.tokens import BREAK, NUMBER, WORD, Tokens, any_of, meaning, words

__all__ = ["DateMention", "Period", "Tense", "dates_in", "find_dates", "period_asked", "quarter_of"]

# A date this far off would carry its year: "3/10" written on 3/12 is two days ago, not next year's.
FARTHEST = {"future": 335, "past": 300}
FARTHEST_MONTH = 230  # "an audit in Aug" written in December was last August

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\d/-])")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/%])(?!\.\d)")
_DASHED = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})(?![\d-])")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2})?)?(?![\d.])")
_CLOCK = re.compile(
    r"[T ,]{1,3}\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?[AaPp]\.?[Mm]\b)?(?: ?UTC|Z\b|[+-]\d{2}:?\d{2})?"
)
_QUARTER = re.compile(r"q[1-4]|[1-4]q")


@dataclass(frozen=True, slots=True)
class DateMention:
    """Hold one date or period at `text[start:end]`; for a period `day` is its last day by the product's rule."""

    start: int
    end: int
    day: date
    period: Period | None = None
    vague: bool = False  # "next month", "a few weeks": named, but no date by the product's rule
    bare: bool = False  # read from a day number or a weekday alone


def find_dates(text: str, conventions: Conventions, tense: Tense = "future") -> tuple[DateMention, ...]:
    """Find every date and period in `text`, in order and without overlap."""
    return tuple(mention for _, _, mention in dates_in(Tokens(text), conventions, tense))


def dates_in(
    tokens: Tokens, conventions: Conventions, tense: Tense = "future"
) -> tuple[tuple[int, int, DateMention], ...]:
    """Find every date in `tokens`; each with its first token and the one after its last."""
    return tuple(_Dates(tokens, conventions, tense).all())


@cache
def _relative() -> dict[str, str]:
    return {word: name for name in ("this", "next", "last") for word in words()[name]}


_Found = tuple[int, DateMention]  # the token after it, the mention


class _Dates:
    """Walk the tokens of one text; `at(i)` returns what starts at token `i`."""

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
        self.relative: dict[str, str] = _relative()
        self.ends: dict[str, str] = words()["ends"]
        self.short: dict[str, int] = words()["weekdays_short"]
        self.ordinals: dict[str, int] = words()["ordinals"]
        self.cardinals: dict[str, int] = words()["cardinals"]

    def all(self) -> list[tuple[int, int, DateMention]]:
        found: list[tuple[int, int, DateMention]] = []
        i, count, t = 0, len(self.t), self.t
        while i < count:
            hit = self.at(i)
            if hit is None:
                i += 1
                continue
            after, mention = hit
            if mention.period is None and not mention.bare:
                after, mention = self.with_weekday_behind(after, mention)
                self.last_day = (mention.end, mention.day)
            found.append((i, after, mention))
            i = after
            while i < count and t.start[i] < mention.end:
                i += 1
        return found

    def at(self, i: int) -> _Found | None:
        kind = self.t.kind[i]
        if kind == NUMBER:
            return self.number(i)
        if kind != WORD:
            return None
        word = self.t.fold[i]
        if word in self.weekdays or word in self.short:
            return self.weekday(i)
        if word in self.months:
            return self.month_first(i) or self.month_alone(i)
        if word in self.days:
            return self.day_word(i)
        if word in self.ends:
            return self.end_word(i)
        if word in self.parts:
            return self.part(i) or (self.relative_stretch(i) if word in self.relative else None)
        if word in self.stretches and self.t.fold[i + 1] in ("-", "end"):
            return self.stretch_end(i)
        if word in self.relative:
            return self.relative_weekday(i) or self.relative_stretch(i)
        if word in self.ordinals or word in self.cardinals:
            return self.spelled_day(i) or self.period_at(i)
        if word in ("in", "within", "over"):
            return self.in_a_while(i)
        if word == "day" and self.t.fold[i + 1] == "after" and self.t.fold[i + 2] in self.days:
            day = self.as_of + timedelta(days=self.days[self.t.fold[i + 2]] + 1)
            return self.mention(i, i + 3, day)
        return self.period_at(i)

    # ---- days ---------------------------------------------------------------------------------------------------

    def number(self, i: int) -> _Found | None:
        t = self.t
        start, piece = t.start[i], t.fold[i]
        before = t.text[start - 1 : start]
        digit_before = start > 1 and t.text[start - 2].isdigit()
        if before and (before.isalnum() or before in "/$€£" or (before in ".:" and digit_before)):
            return None
        if before == "-" and digit_before:
            return self.day_first(i)  # the second day of "9-20 March"
        following = t.fold[i + 1]
        glued = t.glued(i + 1)
        if glued and following in ("/", "-") and t.kind[i + 2] in (NUMBER, WORD):
            hit = self.numeric(i)
            if hit:
                return hit
        if "." in piece:
            hit = self.dotted(i)
            if hit:
                return hit
        if len(piece) <= 2:
            return self.day_first(i) or self.day_alone(i) or self.period_at(i)
        return self.period_at(i)

    def numeric(self, i: int) -> _Found | None:
        text, start = self.t.text, self.t.start[i]
        if match := _ISO.match(text, start):
            year, month, day = (int(g) for g in match.groups())
            found = _day(year, month, day)
            return self.up_to(i, match.end(), found, clock=True) if found else None
        if match := _DASHED.match(text, start):
            return self.written(i, match, clock=True)
        match = _SLASHED.match(text, start)
        if match is None or text[match.end() : match.end() + 1].isalpha():
            return None
        if match.group(3) is None and self.is_fraction(i, match):
            return None
        return self.written(i, match, clock=match.group(3) is not None)

    def dotted(self, i: int) -> _Found | None:
        text, start = self.t.text, self.t.start[i]
        match = _DOTTED.match(text, start)
        if match is None or text[match.end() : match.end() + 1].isalnum():
            return None
        _first, second, year = match.groups()
        order = "MDY" if self.order == "MDY" and int(second) > 12 else "DMY"
        if year is None:
            closed = text[match.end() - 1] == "."  # "30.9.", not "30.9"
            sentence_end = (
                closed and re.match(r"\s+[^\W\d_a-z]|\s*$", text[match.end() : match.end() + 20] or " ") is not None
            )
            cell = i == 0 or self.t.kind[i - 1] == BREAK or self.t.fold[i - 1] in ("|", ";", "(", "\t")
            asked = self.asked(i) or self.weekday_before(i) or (cell and closed and self.order == "DMY")
            if not asked and (not closed or sentence_end or self.order != "DMY") and not (closed and len(second) == 2):
                return None
            if asked and not closed and len(second) != 2:
                return None
            if text[match.end() : match.end() + 2].strip()[:1] in ("%", "€", "$", "£"):
                return None
        return self.written(i, match, order=order, clock=year is not None)

    def written(self, i: int, match: re.Match[str], order: str = "", clock: bool = False) -> _Found | None:
        first, second, year = match.groups()
        day = self.ordered(int(first), int(second), year, order or self.order, self.tense_at(i))
        return self.up_to(i, match.end(), day, clock) if day else None

    def ordered(self, first: int, second: int, year: str | None, order: str, tense: Tense) -> date | None:
        """Return the date of two numbers in the given order, in the other one only where that is the sole way."""
        pairs = [(first, second), (second, first)] if order == "MDY" else [(second, first), (first, second)]
        for month, day in pairs:
            found = self.near(month, day, tense) if year is None else _day(_full_year(year), month, day)
            if found:
                return found
        return None

    def up_to(self, i: int, end: int, day: date, clock: bool) -> _Found:
        if clock and (match := _CLOCK.match(self.t.text, end)):
            end = match.end()
        after = self.t.after(end, i + 1)
        return after, DateMention(self.t.start[i], end, day)

    def is_fraction(self, i: int, match: re.Match[str]) -> bool:
        """Tell whether "3/4" is a part of something and no date."""
        t = self.t
        first, second = int(match.group(1)), int(match.group(2))
        if self.weekday_before(i):
            return False
        asked = self.asked(i)
        if (first, second) == (24, 7):
            return not asked or self.order == "MDY"
        if first > 12 and second <= 12 and self.order == "MDY" and not asked:
            return True  # not in the order that the rep writes
        after = t.after(match.end(), i)
        word = t.word(after)
        if word in any_of("after_fraction") and not (asked and word not in ("of",)):
            return True
        if t.before(i) in any_of("before_fraction") or t.before(i) in ("a", "an"):
            return True
        small = first < second <= 5 and (first, second) != (3, 5)
        plural = word.endswith("s") and len(word) > 4 and not word.endswith("ss") and not t.capital(after)
        return small and plural and not asked

    def day_first(self, i: int) -> _Found | None:
        """Read "31 March", "31st of March", "31-Mar-26", and the first day of "9 to 20 March"."""
        t = self.t
        day = int(t.fold[i]) if t.fold[i].isdigit() and len(t.fold[i]) <= 2 else 0
        if not 1 <= day <= 31:
            return None
        j = self.past_ordinal(i + 1)
        if month := self.month_behind(j):
            after, number = month
            return self.day_and_month(i, after, number, day)
        k = j
        if t.fold[k] in (
            "-",
            "–",
            "—",
            "to",
            "and",
            "&",
            "bis",
            "al",
            "au",
            "or",
            "+",
            "until",
            "till",
            "through",
            "thru",
        ):
            k += 1
            if t.kind[k] == NUMBER and t.fold[k].isdigit() and len(t.fold[k]) <= 2 and day < int(t.fold[k]) <= 31:
                month = self.month_behind(self.past_ordinal(k + 1))
                if month:
                    found = self.with_year(month[0], month[1], day, i)
                    if found:
                        return j, DateMention(t.start[i], t.end[j - 1], found[1])
        return None

    def day_and_month(self, i: int, after: int, month: int, day: int) -> _Found | None:
        found = self.with_year(after, month, day, i)
        if found is None:
            return None
        end, when = found
        return end, DateMention(self.t.start[i], self.t.end[end - 1], when)

    def month_behind(self, j: int) -> tuple[int, int] | None:
        """Return what follows the month's name and its number where "of March", "-Mar" or "März" starts at `j`."""
        t = self.t
        if t.fold[j] in ("of", "de", "del", ".", "-", "/", "den") and (t.fold[j] not in ("-", "/", ".") or t.glued(j)):
            j += 1
        month = self.months.get(t.word(j))
        if month is None:
            return None
        if (
            t.fold[j] in ("may", "march", "mars", "mar")
            and not t.capital(j)
            and t.fold[j + 1] in ("be", "have", "not", "on", "in")
        ):
            return None  # "the 12 may be late"
        after = j + 1
        if t.fold[after] == "." and t.glued(after) and self.year(after + 1) is not None:
            after += 1
        return after, month

    def month_first(self, i: int) -> _Found | None:
        """Read "Mar 31", "March 31st, 2026", "july first", "december eleven"."""
        t = self.t
        month = self.months[t.fold[i]]
        j = i + 1
        if t.fold[j] == "." and t.glued(j) and t.kind[j + 1] == NUMBER:
            j += 1
        if t.fold[j] in ("-", "/") and t.glued(j) and t.glued(j + 1):
            j += 1
            if t.fold[j].isdigit() and len(t.fold[j]) == 2 and 0 <= int(t.fold[j]) - self.as_of.year % 100 <= 3:
                return None  # "Dec-26", as spreadsheets write a month of a year
        if t.fold[j] == "the":
            j += 1
        if t.kind[j] == NUMBER and t.fold[j].isdigit() and len(t.fold[j]) <= 2 and 1 <= int(t.fold[j]) <= 31:
            day, after = int(t.fold[j]), self.past_ordinal(j + 1)
            clock = t.fold[j + 1] == ":" and t.glued(j + 2) and t.kind[j + 2] == NUMBER
            if after == j + 1 and t.glued(j + 1) and (t.kind[j + 1] == WORD or t.fold[j + 1] == "%" or clock):
                return None  # "May 5pm", "March 20k", "May 5:30", but "June 29: Trumpf is in it"
            if t.fold[after] == "%" or (
                t.fold[i] in ("may", "march") and not t.capital(i) and not self.fits_day(after)
            ):
                return None
            return self.day_and_month(i, after, month, day)
        spelled = self.spelled(j)
        if spelled and (spelled[2] or not self.counted(spelled[0])):
            return self.day_and_month(i, spelled[0], month, spelled[1])
        return None

    def fits_day(self, after: int) -> bool:
        """Tell whether a day number may end before token `after` where the month may be a verb ("may 5 reps")."""
        return not self.t.word(after).endswith("s")

    def counted(self, j: int) -> bool:
        """Tell whether a thing follows that is counted: "december two calls"."""
        word = self.t.word(j)
        return word.endswith("s") and len(word) > 3 and word not in any_of("after_day")

    def with_year(self, after: int, month: int, day: int, i: int) -> tuple[int, date] | None:
        year = self.year(after)
        if year:
            found = _day(year[1], month, day)
            return (year[0], found) if found else None
        found = self.near(month, day, self.tense_at(i))
        return (after, found) if found else None

    def year(self, j: int) -> tuple[int, int] | None:
        """Read ", 2026", "2026", "'26", "-26" or "/26" at `j`."""
        t = self.t
        k = j
        glue = t.fold[k] in ("-", "/", "'", "’") and t.kind[k + 1] == NUMBER and t.glued(k + 1)
        if glue and (t.glued(k) or t.fold[k] in ("'", "’")):
            piece = t.fold[k + 1]
            if piece.isdigit() and len(piece) in (2, 4):
                return k + 2, _full_year(piece)
            return None
        if t.fold[k] == "," or t.fold[k] in ("de", "del", "of"):
            k += 1
        piece = t.fold[k]
        if t.kind[k] == NUMBER and len(piece) == 4 and piece.isdigit() and 1990 <= int(piece) <= 2049:
            if t.glued(k + 1) and (t.kind[k + 1] == WORD or t.fold[k + 1] in ("%", "-", "/")):
                return None
            return k + 1, int(piece)
        return None

    def past_ordinal(self, j: int) -> int:
        """Step over "st", "nd", "rd", "th" (or ".", "er", "º" as others write it) glued to a day number."""
        t = self.t
        if t.glued(j) and t.fold[j] in ("st", "nd", "rd", "th", "er", "º", "ª", "te", "ten"):
            return j + 1
        return j

    def spelled(self, j: int) -> tuple[int, int, bool] | None:
        """Read "thirty first", "eleven", "twentieth" at `j`: what follows, the day, whether it was an ordinal."""
        t = self.t
        word = t.word(j)
        if word in self.ordinals:
            return j + 1, self.ordinals[word], True
        number = self.cardinals.get(word)
        if number is None or not 1 <= number <= 31:
            return None
        k = j + 1
        if number in (20, 30):
            if t.fold[k] == "-":
                k += 1
            ones = t.word(k)
            if ones in self.ordinals and self.ordinals[ones] < 10:
                number, k = number + self.ordinals[ones], k + 1
                return (k, number, True) if number <= 31 else None
            if 0 < self.cardinals.get(ones, 0) < 10:
                number, k = number + self.cardinals[ones], k + 1
                return (k, number, False) if number <= 31 else None
            k = j + 1
        return k, number, False

    def spelled_day(self, i: int) -> _Found | None:
        """Read "thirtieth october", "the twenty eighth", "by the fifteenth"."""
        t = self.t
        if t.before(i) == "-":
            return None
        if (
            t.word(i + 1) in ("week", "wk")
            and t.fold[i + 2] == "of"
            and t.word(i + 3) in self.months
            and t.fold[i] in self.ordinals
        ):
            week_month = self.month_period(i + 3)
            number = self.ordinals[t.fold[i]]
            if week_month and number <= 4:
                start = week_month[1].start + timedelta(days=7 * (number - 1))
                week = Period(start, start + timedelta(days=6), self.label(i, week_month[0]))
                return self.mention(i, week_month[0], week.end, week)
        found = self.spelled(i)
        if found is None:
            return None
        after, day, ordinal = found
        if month := self.month_behind(after):
            # "nine march" is a day, "twenty may" too; "one may think" is not
            if ordinal or t.fold[month[0] - 1] != "may":
                return self.day_and_month(i, month[0], month[1], day)
        if not ordinal or (day < 4 and not self.asked(i - 1)):
            return None
        return self.lone_day(i, after, day)

    def day_alone(self, i: int) -> _Found | None:
        """Read "the 17th", "by 17th", "on the 3rd"."""
        t = self.t
        after = self.past_ordinal(i + 1)
        if after == i + 1 and self.announced(i):
            return self.lone_day(i, after, int(t.fold[i]))
        if after == i + 1 or not 1 <= int(t.fold[i]) <= 31 or t.fold[after - 1] in ("er", "te", "ten"):
            return None
        return self.lone_day(i, after, int(t.fold[i]))

    def announced(self, i: int) -> bool:
        """Tell whether a plain number is a day: "on the 24.", "by the 12,"."""
        t = self.t
        before = t.before(i) == "the" and t.before(i - 1) in ("on", "by", "until", "till", "til", "since", "from")
        closed = t.kind[i + 1] == BREAK or (t.fold[i + 1] in (".", ",", ";", ")") and not t.glued(i + 2))
        return before and closed and t.fold[i].isdigit() and 1 <= int(t.fold[i]) <= 31

    def lone_day(self, i: int, after: int, day: int) -> _Found | None:
        t = self.t
        the = t.before(i) == "the"
        weekday = self.weekday_before(i - 1 if the else i)
        asked = self.asked(i - 1 if the else i) and t.before(i) not in ("of", "for")
        if not (the or asked or weekday) or t.before(i) == "-":
            return None
        word = t.word(after)
        if word in any_of("not_day"):
            return None
        if word and not (asked and the) and day <= 12 and word not in any_of("after_day") and not t.capital(after):
            return None
        if t.fold[after] in ("of", "de") and (hit := self.day_of_month(i, after, day)):
            return hit
        anchor = self.corrects(i)
        tense = self.tense_at(i - 1 if the else i)
        when = self.near_day(day, tense, anchor)
        if when is None:
            return None
        return after, DateMention(t.start[i], t.end[after - 1], when, bare=True)

    def day_of_month(self, i: int, after: int, day: int) -> _Found | None:
        t = self.t
        step = {"this": 0, "next": 1, "last": -1}.get(self.relative.get(t.fold[after + 1], ""))
        if step is None or self.stretches.get(t.fold[after + 2]) != "month":
            return None
        first = months_on(self.as_of, step)
        when = _day(first.year, first.month, day)
        return self.mention(i, after + 3, when) if when else None

    def corrects(self, i: int) -> date | None:
        """Return the date before token `i` where the day number only corrects or continues it ("7/24, no, the 17th")."""
        if self.last_day is None:
            return None
        end, day = self.last_day
        between = self.t.text[end : min(self.t.start[i], end + 31)]
        if len(between) > 30 or "\n" in between:
            return None
        said = re.findall(r"[^\W\d_]+|->|=>|[-–—]", between.casefold())
        return day if all(word in any_of("corrects") for word in said) else None

    def near_day(self, day: int, tense: Tense, anchor: date | None) -> date | None:
        if anchor:
            return _day(anchor.year, anchor.month, day)
        near = [months_on(self.as_of, k) for k in (-2, -1, 0, 1, 2)]
        found = [d for first in near if (d := _day(first.year, first.month, day))]
        return self.choose(found, tense)

    def near(self, month: int, day: int, tense: Tense) -> date | None:
        """Return the date without a year that the tense means, or None where there is no such day."""
        years = (
            (self.as_of.year + k for k in (-4, -3, -2, -1, 0, 1, 2, 3, 4))
            if (month, day) == (2, 29)
            else (self.as_of.year + k for k in (-1, 0, 1))
        )
        return self.choose([d for year in years if (d := _day(year, month, day))], tense)

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

    # ---- weekdays and words for days ----------------------------------------------------------------------------

    def weekday(self, i: int) -> _Found | None:
        t = self.t
        word = t.fold[i]
        if self.recurs(i):
            return None
        j = i + 1
        if t.fold[j] == "." and t.glued(j) and t.kind[j + 1] != BREAK and len(word) <= 5:
            j += 1
        if t.fold[j] in any_of("times_of_day"):
            j += 1
        if t.fold[j] in (",", "("):
            j += 1
        if t.fold[j] in ("the", "den", "le", "el"):
            j += 1
        named = self.dated_behind(i, j)
        if named and (word not in self.short or named[1].day.weekday() == self.short[word]):
            return named
        if word in self.short or self.other_meaning(i):
            return None
        if anchored := self.weekday_after(i):
            return anchored
        return i + 1, DateMention(
            t.start[i], t.end[i], self.weekday_near(self.weekdays[word], self.tense_at(i)), bare=True
        )

    def weekday_after(self, i: int) -> _Found | None:
        """Read "the Monday after" and "that Friday" behind a written-out day: the next one from that day on."""
        t = self.t
        if self.last_day is None or t.start[i] - self.last_day[0] > 200:
            return None
        day = self.last_day[1]
        ahead = (self.weekdays[t.fold[i]] - day.weekday()) % 7
        if (
            t.word(i + 1) in ("after", "thereafter")
            and t.before(i) in ("the", "on")
            and t.fold[i + 2] not in ("the", "that")
        ):
            return i + 2, DateMention(t.start[i], t.end[i + 1], day + timedelta(days=ahead or 7), bare=True)
        if t.before(i) == "that":
            return i + 1, DateMention(t.start[i], t.end[i], day + timedelta(days=ahead), bare=True)
        return None

    def dated_behind(self, i: int, j: int) -> _Found | None:
        """Read the date at `j` that a weekday at `i` only announces; the date wins."""
        t = self.t
        hit: _Found | None = None
        if t.kind[j] == NUMBER:
            hit = self.number(j) or self.plain_day(i, j)
        elif t.word(j) in self.months:
            hit = self.month_first(j)
        elif t.word(j) in self.ordinals or t.word(j) in self.cardinals:
            hit = self.spelled_day(j)
        if hit is None or hit[1].period is not None:
            return None
        after, mention = hit
        end = mention.end
        if t.before(j) == "(" and t.fold[after] == ")":
            after, end = after + 1, t.end[after]
        elif t.before(j) == "(":
            return None
        day = mention.day
        if mention.bare and t.fold[i] in self.weekdays and day.weekday() != self.weekdays[t.fold[i]]:
            near = [months_on(self.as_of, k) for k in (-1, 0, 1)]
            fitting = [
                d for m in near if (d := _day(m.year, m.month, day.day)) and d.weekday() == self.weekdays[t.fold[i]]
            ]
            day = fitting[0] if fitting else day
        return after, DateMention(t.start[i], end, day)

    def plain_day(self, i: int, j: int) -> _Found | None:
        """Read "Thu 12" where the 12th is a Thursday near as_of."""
        t = self.t
        piece = t.fold[j]
        if (
            t.before(j) in (",", "(")
            or not piece.isdigit()
            or not 1 <= int(piece) <= 31
            or t.fold[i] not in self.weekdays
        ):
            return None
        if (t.glued(j + 1) and t.fold[j + 1] in (":", "%", "/", "-")) or (t.glued(j + 1) and t.kind[j + 1] == WORD):
            return None
        near = (months_on(self.as_of, k) for k in (-1, 0, 1, 2))
        days = [d for m in near if (d := _day(m.year, m.month, int(piece)))]
        when = self.choose([d for d in days if d.weekday() == self.weekdays[t.fold[i]]], self.tense_at(i))
        if when is None or self.counted(j + 1):
            return None
        return j + 1, DateMention(t.start[j], t.end[j], when, bare=True)

    def recurs(self, i: int) -> bool:
        t = self.t
        before = t.before(i)
        chained = before in ("and", "or", "&", "+", "/", ",") and self.recurring == i - 1
        if before in ("every", "each", "per", "any", "jeden", "cada", "chaque", "most") or chained:
            self.recurring = i + 1
            return True
        return False

    def other_meaning(self, i: int) -> bool:
        """Tell whether a short weekday is another word here: "sat down", "the sun", "monday.com", "Sun & Sage"."""
        t = self.t
        word, before, after = t.fold[i], t.before(i), t.fold[i + 1]
        if after == "." and t.glued(i + 1) and t.glued(i + 2) and t.kind[i + 2] == WORD:
            return True
        if word == "sat":
            return before in ("i", "he", "she", "we", "they", "it", "who", "that", "has", "have", "never") or after in (
                "in",
                "with",
                "down",
                "through",
                "thru",
                "next",
                "between",
                "for",
                "there",
                "idle",
            )
        if word == "sun":
            return before == "the" or after == "&" or (t.capital(i) and t.capital(i + 1) and after not in self.months)
        if word in ("mon", "wed", "mar"):
            return t.glued(i) and before == "-"
        return False

    def weekday_near(self, weekday: int, tense: Tense, same_day: bool = False) -> date:
        ahead = (weekday - self.as_of.weekday()) % 7
        if ahead == 0:
            return self.as_of if same_day else self.as_of + timedelta(days=-7 if tense == "past" else 7)
        if tense == "past" or (tense == "nearest" and ahead > 3):
            return self.as_of + timedelta(days=ahead - 7)
        return self.as_of + timedelta(days=ahead)

    def relative_weekday(self, i: int) -> _Found | None:
        """Read "this Fri", "next Fri" (Friday of next week), "last Monday"."""
        t = self.t
        weekday = self.weekdays.get(t.word(i + 1))
        if weekday is None:
            return None
        which = self.relative[t.fold[i]]
        hit = self.dated_behind(i + 1, i + 3 if t.fold[i + 2] == "the" else i + 2)
        if hit:
            return hit[0], replace(hit[1], start=t.start[i])
        if which == "next":
            day = week_of(self.as_of).start + timedelta(days=7 + weekday)
        elif which == "last":
            day = self.weekday_near(weekday, "past")
        else:
            day = self.weekday_near(weekday, self.tense_at(i) if t.fold[i] == "this" else "future", same_day=True)
        return i + 2, DateMention(t.start[i], t.end[i + 1], day, bare=True)

    def weekday_before(self, i: int) -> bool:
        before = self.t.before(i)
        return before in self.weekdays or before in self.short

    def with_weekday_behind(self, after: int, mention: DateMention) -> _Found:
        """Take in a weekday that follows its date: "3/17 (tue)", "Dec 11 Fri"."""
        t = self.t
        j = after + 1 if t.fold[after] == "(" else after
        weekday = self.weekdays.get(t.word(j))
        if weekday is None or weekday != mention.day.weekday() or "\n" in t.text[mention.end : t.start[j]]:
            return after, mention
        if j == after:
            follows = t.kind[j + 1] == NUMBER or t.word(j + 1) in self.months
            return (after, mention) if follows else (j + 1, replace(mention, end=t.end[j]))
        return (j + 2, replace(mention, end=t.end[j + 1])) if t.fold[j + 1] == ")" else (after, mention)

    def day_word(self, i: int) -> _Found | None:
        t = self.t
        if t.fold[i] == "morgen" and t.before(i) in ("guten", "am", "jeden"):
            return None
        return self.mention(i, i + 1, self.as_of + timedelta(days=self.days[t.fold[i]]))

    # ---- periods ------------------------------------------------------------------------------------------------

    def end_word(self, i: int) -> _Found:
        """Read "EOD", "EOW", "EOM march", "EOQ3", "EOY"."""
        t = self.t
        what = self.ends[t.fold[i]]
        after = i + 1
        named: tuple[int, Period] | None = None
        if what == "month":
            j = after + 1 if t.fold[after] in ("(", "of", "-") else after
            if t.word(j) in self.months:
                named = self.month_period(j)
                if named and t.fold[after] == "(" and t.fold[named[0]] == ")":
                    named = (named[0] + 1, named[1])
        elif what == "quarter" and t.kind[after] == NUMBER and t.glued(after) and t.fold[after] in "1234":
            named = after + 1, self.quarter(int(t.fold[after]), self.tense_at(i))
        elif what in ("quarter", "year", "half"):
            named = self.piece(after + 1) if t.fold[after] == "(" else self.piece(after)
            if named and t.fold[after] == "(" and t.fold[named[0]] == ")":
                named = (named[0] + 1, named[1])
        elif (
            what == "week"
            and self.relative.get(t.word(after)) == "next"
            and self.stretches.get(t.word(after + 1)) == "week"
        ):
            named = after + 2, week_of(self.as_of + timedelta(days=7))
        if what == "day":
            return self.mention(i, after, self.as_of)
        if named:
            after, period = named
        else:
            period = self.stretch(what, 0)
        day = self.friday(period) if what == "week" else period.end
        return self.mention(i, after, day, Period(period.start, period.end, t.text[t.start[i] : t.end[after - 1]]))

    def stretch_end(self, i: int) -> _Found | None:
        """Read "by quarter end", "at year-end", "month end"; "their own year end close" is none."""
        t = self.t
        j = i + 2 if t.fold[i + 1] == "-" else i + 1
        if (
            t.fold[j] != "end"
            or t.before(i) in ("own", "their", "our", "the", "a")
            or t.word(j + 1) in ("close", "closing", "party")
        ):
            return None
        what = self.stretches[t.fold[i]]
        period = self.stretch(what, 0)
        day = self.friday(period) if what == "week" else period.end
        return self.mention(i, j + 1, day, Period(period.start, period.end, self.label(i, j + 1)))

    def friday(self, week: Period) -> date:
        """Return the Friday of a week; of this one after Friday has passed, the next."""
        friday = week.start + timedelta(days=4)
        return friday + timedelta(days=7) if week.holds(self.as_of) and friday < self.as_of else friday

    def part(self, i: int) -> _Found | None:
        """Read "end of March", "mid-April", "early next month", "late Q3", "middle of the quarter", "Ende März"."""
        t = self.t
        part = self.parts[t.fold[i]]
        j = i + 1
        while j < i + 5 and t.fold[j] in any_of("part_fillers"):
            j += 1
        which = self.relative.get(t.word(j), "")
        if which and self.stretches.get(t.word(j + 1)):
            what = self.stretches[t.word(j + 1)]
            found: tuple[int, Period] | None = (j + 2, self.stretch(what, {"this": 0, "next": 1, "last": -1}[which]))
        elif t.word(j) in self.months:
            what, found = "month", self.month_period(j)
        elif piece := self.piece(j):
            months = (piece[1].end.year - piece[1].start.year) * 12 + piece[1].end.month - piece[1].start.month + 1
            what, found = {3: "quarter", 6: "half"}.get(months, "year"), piece
        elif t.word(j) in self.stretches and (j > i + 1 or part == "mid"):
            if t.fold[i] == "close" or (part == "mid" and j == i + 1 and not self.asked(i)):
                return None  # "mid year check-in"
            what = self.stretches[t.word(j)]
            found = j + 1, self.stretch(what, 0)
        else:
            return None
        if (
            found is None
            or (t.fold[i] in ("close", "mi", "in") and what != "month")
            or (t.fold[i] in ("close", "start", "beginning") and j == i + 1)
        ):
            return None
        after, period = found
        day = self.in_part(part, what, period)
        if day is None:
            return None
        vague = what in ("week", "day") and part == "early"
        label = " ".join(t.text[t.start[i] : t.end[after - 1]].split())
        return self.mention(i, after, day, Period(period.start, period.end, label), vague)

    def in_part(self, part: str, what: str, period: Period) -> date | None:
        """Return the day that a part of a period means: its last day, the 15th, the 5th, the 25th."""
        if what == "day":
            return period.end if part == "end" else None
        if what == "week":
            return {"mid": period.start + timedelta(days=2), "early": period.start + timedelta(days=1)}.get(
                part, self.friday(period)
            )
        if part == "end":
            return period.end
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
        first = {"early": period.start, "mid": months_on(period.start, months // 2), "late": period.end.replace(day=1)}[
            part
        ]
        return first.replace(day={"early": 5, "mid": 15, "late": 25}[part])

    def relative_stretch(self, i: int) -> _Found | None:
        """Read "next quarter", "this month", "last week", "this am", "next few weeks"."""
        t = self.t
        which = self.relative[t.fold[i]]
        word = t.word(i + 1)
        if which == "this" and t.fold[i] == "this" and word in ("am", "pm", "morning", "afternoon", "evening", "arvo"):
            return self.mention(i, i + 2, self.as_of)
        if which == "last" and word == "night":
            return self.mention(i, i + 2, self.as_of - timedelta(days=1))
        if which == "next" and word in ("few", "couple"):
            j = i + 3 if t.fold[i + 2] == "of" else i + 2
            if t.word(j).rstrip("s") in self.stretches:
                return self.mention(i, j + 1, self.as_of + timedelta(days=21), vague=True)
        after = i + 2
        if word in ("fiscal", "calendar"):
            word, after = t.word(i + 2), i + 3
        if t.fold[i] == "coming" and t.before(i) in ("is", "was", "are", "were", "be"):
            return None
        what = self.stretches.get(word)
        if word in self.months:
            return self.relative_month(i, which)
        if (
            what is None
            or what == "day"
            or word == "quarters"
            or (which == "last" and t.before(i) in ("the", "for", "in", "over", "my"))
        ):
            return None
        if t.fold[i] == "past" and t.before(i) != "this":
            return None
        period = self.stretch(what, {"this": 0, "next": 1, "last": -1}[which])
        if "calendar" in t.fold[i:after]:
            period = (
                Period(date(period.start.year, 1, 1), date(period.start.year, 12, 31), period.label)
                if what == "year"
                else period
            )
        day = self.friday(period) if what == "week" else period.end
        label = " ".join(t.text[t.start[i] : t.end[after - 1]].split())
        vague = which != "this" and what in ("week", "month", "year")
        return self.mention(i, after, day, Period(period.start, period.end, label), vague)

    def relative_month(self, i: int, which: str) -> _Found | None:
        """Read "this March", "next January", "last May"."""
        found = self.month_period(i + 1, tense="past" if which == "last" else "future")
        if found is None:
            return None
        after, period = found
        if which == "next" and period.holds(self.as_of):
            period = month_of(months_on(period.start, 12))
        return self.mention(i, after, period.end, Period(period.start, period.end, self.label(i, after)))

    def stretch(self, what: str, step: int) -> Period:
        """Return the day, week, month, quarter, half or fiscal year that lies `step` after the one holding as_of."""
        if what == "day":
            return Period(self.as_of + timedelta(days=step), self.as_of + timedelta(days=step), "")
        if what == "week":
            return week_of(self.as_of + timedelta(days=7 * step))
        if what == "month":
            return month_of(months_on(self.as_of, step))
        if what == "quarter":
            return quarter_of(months_on(self.as_of.replace(day=1), 3 * step), self.fiscal)
        if what == "half":
            return half_of(months_on(self.as_of.replace(day=1), 6 * step), self.fiscal)
        return fiscal_year_of(months_on(self.as_of.replace(day=1), 12 * step), self.fiscal)

    def month_alone(self, i: int) -> _Found | None:
        t = self.t
        word = t.fold[i]
        asked = t.before(i) in any_of("asks_for_date")
        joined = (t.before(i) in ("-", "–", "/") and t.before(i - 1) in self.months) or (
            t.fold[i + 1] in ("-", "–", "to", "/") and t.word(i + 2) in self.months
        )
        years = self.year(i + 1) is not None and t.fold[i + 1] not in ("of", "de")
        if word in any_of("months_doubtful") and not (asked or joined or years):
            return None
        if (
            word in ("may", "march")
            and not t.capital(i)
            and t.before(i) in ("to", "now", "this", "that", "from", "of")
            and not years
        ):
            return None
        if t.glued(i) and t.before(i) not in ("-", "–", "(", "/", "~", "[", ">", '"', ":"):
            return None
        if t.kind[i + 1] == NUMBER and not years and t.fold[i] in any_of("months_doubtful"):
            return None
        found = self.month_period(i)
        if found is None:
            return None
        after, period = found
        return self.mention(i, after, period.end, period)

    def month_period(self, i: int, tense: Tense | None = None) -> tuple[int, Period] | None:
        month = self.months[self.t.word(i)]
        after = i + 1
        if self.t.fold[after] == "." and self.t.glued(after) and self.t.kind[after + 1] == NUMBER:
            after += 1
        if year := self.year(after):
            after, number = year
            return after, month_of(date(number, month, 1), self.label(i, after))
        near = [month_of(date(self.as_of.year + k, month, 1), self.label(i, i + 1)) for k in (-1, 0, 1)]
        tense = tense or self.tense_at(i)
        found = pick(near, self.as_of, tense)
        if tense == "future" and (found.start - self.as_of).days > FARTHEST_MONTH and not self.awaited(i):
            found = pick(near, self.as_of, "past")
        return i + 1, found

    def period_at(self, i: int) -> _Found | None:
        """Read a quarter, a half-year, a fiscal year, a plain year or "KW 12" at `i`."""
        t = self.t
        if t.glued(i) and (t.kind[i - 1] == NUMBER or t.kind[i - 1] == WORD):
            return None
        word = t.fold[i]
        if (
            word in ("kw", "cw")
            and t.kind[i + 1] == NUMBER
            and t.fold[i + 1].isdigit()
            and 1 <= int(t.fold[i + 1]) <= 53
        ):
            return self.calendar_week(i)
        if (word in ("week", "wk", "w") and t.word(i + 1) in ("of", "commencing", "c")) or (
            word == "w" and t.fold[i + 1] == "/"
        ):
            return self.week_with(i)
        found = self.piece(i)
        if found is None:
            return None
        after, period = found
        return self.mention(i, after, period.end, period)

    def piece(self, i: int) -> tuple[int, Period] | None:
        """Read "Q1", "q two", "1Q", "Q1 FY27", "FY27 Q1", "Q3/26", "first quarter", "H2", "FY27", "in 2027" at `i`."""
        t = self.t
        word = t.fold[i]
        calendar = word in ("calendar", "cal", "cy") and self.is_piece_start(i + 1)
        j = i + 1 if calendar else i
        if t.word(j) in ("fy", "fiscal", "cy") or (t.kind[j] == NUMBER and len(t.fold[j]) == 4):
            year = self.named_year(j)
            if year is None:
                return None
            after, number = year
            k = after + 1 if t.fold[after] in ("-", "/", ",") and self.numbered(after + 1) else after
            numbered = self.numbered(k)
            fiscal = t.word(j) != "cy"
            if numbered and numbered[1] > 0 and not (k == after and t.kind[j] == NUMBER and t.kind[k] != WORD):
                return numbered[0], self.numbered_in(numbered, number, fiscal and t.kind[j] != NUMBER, i)
            if t.kind[j] == NUMBER:
                budget = t.word(after) in ("budget", "plan", "budgets", "fiscal", "renewal", "contract")
                if (
                    not (t.before(j) in any_of("asks_for_date") or t.before(j) in ("within", "throughout"))
                    and not budget
                ):
                    return None
                return after, Period(date(number, 1, 1), date(number, 12, 31), str(number))
            first = date(number if self.fiscal == 1 or not fiscal else number - 1, self.fiscal if fiscal else 1, 1)
            return after, span_of_months(first, 12, self.label(i, after))
        numbered = self.numbered(j)
        if numbered is None:
            return None
        after = numbered[0]
        k = after + 1 if t.fold[after] in ("of", "in", "/", "-", ",", "(") else after
        if k > after and t.fold[k] == "the" and t.word(k + 1) in ("year", "fiscal"):
            return k + (2 if t.word(k + 1) == "year" else 3), self.coming(numbered, i)
        signed = (t.fold[after] in ("/", "-") and t.glued(k)) or t.fold[after] in ("'", "’")
        year = self.named_year(k, short=signed or (t.kind[j] == NUMBER and t.glued(k)))  # "Q1/26", "1H27"
        if year and t.fold[after] == "(" and t.fold[year[0]] != ")":
            year = None
        if year:
            end = year[0] + 1 if t.fold[after] == "(" else year[0]
            period = self.numbered_in(
                numbered, year[1], t.word(k) in ("fy", "fiscal"), i, calendar or t.word(k) == "cy"
            )
            return end, Period(period.start, period.end, self.label(i, end))
        if calendar:
            found = piece_of_year(numbered[1], numbered[2], self.label(i, after), self.as_of, 1, self.tense_at(i))
            return after, found
        return after, self.coming(numbered, i)

    def coming(self, numbered: tuple[int, int, int], i: int) -> Period:
        _, number, months = numbered
        return piece_of_year(
            number, months, f"{'Q' if months == 3 else 'H'}{number}", self.as_of, self.fiscal, self.tense_at(i)
        )

    def quarter(self, number: int, tense: Tense) -> Period:
        return piece_of_year(number, 3, f"Q{number}", self.as_of, self.fiscal, tense)

    def numbered_in(
        self, numbered: tuple[int, int, int], year: int, fiscal: bool, i: int, calendar: bool = False
    ) -> Period:
        _, number, months = numbered
        label = f"{'Q' if months == 3 else 'H'}{number}"
        return piece_in_year(number, months, label, year, fiscal, self.as_of, 1 if calendar else self.fiscal)

    def is_piece_start(self, j: int) -> bool:
        return self.numbered(j) is not None

    def numbered(self, j: int) -> tuple[int, int, int] | None:
        """Read "Q1", "1Q", "q two", "quarter one", "third quarter", "3rd quarter", "H2": after, number, months."""
        t = self.t
        word = t.fold[j]
        if word in ("q", "h") and t.kind[j + 1] == NUMBER and t.glued(j + 1) and t.fold[j + 1] in ("1", "2", "3", "4"):
            number = int(t.fold[j + 1])
            if t.glued(j + 2) and t.kind[j + 2] == WORD and t.fold[j + 2] not in ("fy", "s"):
                return None
            return (j + 2, number, 3 if word == "q" else 6) if word == "q" or number <= 2 else None
        if t.kind[j] == NUMBER and word in ("1", "2", "3", "4") and t.glued(j + 1) and t.fold[j + 1] in ("q", "h"):
            if t.fold[j + 1] == "h" and not t.capital(j + 1):
                return None  # "2h" are two hours
            return j + 2, int(word), 3 if t.fold[j + 1] == "q" else 6
        if word in ("q", "quarter", "h") and t.kind[j + 1] == WORD and 1 <= self.cardinals.get(t.fold[j + 1], 0) <= 4:
            number = self.cardinals[t.fold[j + 1]]
            return (j + 2, number, 6 if word == "h" else 3) if word != "h" or number <= 2 else None
        if word == "quarter" and t.kind[j + 1] == NUMBER and t.fold[j + 1] in ("1", "2", "3", "4"):
            return j + 2, int(t.fold[j + 1]), 3
        number = self.ordinals.get(word, 0) if t.kind[j] == WORD else 0
        k = j + 1
        if (
            t.kind[j] == NUMBER
            and word in ("1", "2", "3", "4")
            and (t.glued(k) and t.fold[k] in ("st", "nd", "rd", "th", "."))
        ):
            number, k = int(word), k + 1
        if word in ("fiscal",):
            return None
        what = self.stretches.get(t.word(k))
        if (
            1 <= number <= 4
            and what in ("quarter", "half")
            and t.word(k) != "quarters"
            and (what == "quarter" or number <= 2)
        ):
            if what == "half" and (
                (t.fold[k + 1] == "of" and t.word(k + 2) != "the")
                or (t.fold[k + 1] == "of" and self.stretches.get(t.word(k + 3)) != "year")
            ):
                return None
            return k + 1, number, 3 if what == "quarter" else 6
        return None

    def named_year(self, j: int, short: bool = False) -> tuple[int, int] | None:
        """Read "FY27", "FY 2026/27", "fiscal 2027", "CY26", "2026", or "26" where a sign before it allows."""
        t = self.t
        k = j
        if t.word(j) in ("fy", "cy", "fiscal"):
            k = j + 1
            if t.word(k) == "year":
                k += 1
            if t.fold[k] in ("'", "’"):
                k += 1
            if t.kind[k] != NUMBER or not t.fold[k].isdigit() or len(t.fold[k]) not in (2, 4):
                return None
            after, year = k + 1, _full_year(t.fold[k])
            if (
                t.fold[after] in ("/", "-", "–")
                and t.glued(after)
                and t.kind[after + 1] == NUMBER
                and t.glued(after + 1)
            ):
                second = t.fold[after + 1]
                if second.isdigit() and len(second) in (2, 4) and _full_year(second) == year + 1:
                    return after + 2, year + 1
            return after, year
        if t.kind[j] == NUMBER and t.fold[j].isdigit():
            if (
                len(t.fold[j]) == 4
                and 1990 <= int(t.fold[j]) <= 2049
                and not (t.glued(j + 1) and (t.kind[j + 1] == WORD or t.fold[j + 1] in ("%", "-", "/", "€", "$")))
            ):
                return j + 1, int(t.fold[j])
            if short and len(t.fold[j]) == 2 and 15 <= int(t.fold[j]) <= 49:
                return j + 1, _full_year(t.fold[j])
        if t.fold[j] in ("'", "’") and t.kind[j + 1] == NUMBER and len(t.fold[j + 1]) == 2 and t.glued(j + 1):
            return j + 2, _full_year(t.fold[j + 1])
        return None

    def calendar_week(self, i: int) -> _Found | None:
        number = int(self.t.fold[i + 1])
        year = self.as_of.isocalendar().year
        try:
            weeks = [week_of(date.fromisocalendar(year + k, number, 1), f"KW {number}") for k in (-1, 0, 1)]
        except ValueError:  # a year without week 53
            return None
        week = pick(weeks, self.as_of, self.tense_at(i))
        return self.mention(i, i + 2, week.start + timedelta(days=4), week)

    def week_with(self, i: int) -> _Found | None:
        """Read "week of 3/16", "w/c 16/3": the week's Friday."""
        t = self.t
        j = i + 2
        if t.fold[i + 1] == "/":
            if t.fold[i + 2] != "c":
                return None
            j = i + 3
        if t.fold[j] == "the":
            j += 1
        hit = self.number(j) if t.kind[j] == NUMBER else self.month_first(j) if t.word(j) in self.months else None
        if hit is None or hit[1].period:
            return None
        week = week_of(hit[1].day, self.label(i, hit[0]))
        return hit[0], DateMention(t.start[i], hit[1].end, week.start + timedelta(days=4), week)

    def in_a_while(self, i: int) -> _Found | None:
        """Read "in a few weeks" (vague), "in 2 weeks", "in ten days"."""
        t = self.t
        j = i + 2 if t.fold[i + 1] in ("a", "the", "next") else i + 1
        if t.fold[j] in ("few", "couple", "some") or t.fold[i + 1] == "some":
            j += 2 if t.fold[j + 1] == "of" else 1
            if t.word(j).rstrip("s") in self.stretches:
                return self.mention(i, j + 1, self.as_of + timedelta(days=21), vague=True)
            return None
        if t.fold[i] != "in" or j != i + 1:
            return None
        number = (
            int(t.fold[j])
            if t.kind[j] == NUMBER and t.fold[j].isdigit() and len(t.fold[j]) < 3
            else self.cardinals.get(t.word(j), 0)
        )
        what = self.stretches.get(t.word(j + 1).removesuffix("s"))
        if (
            not number
            or what not in ("day", "week")
            or t.before(i) in ("met", "held", "done", "=")
            or t.fold[j + 2] in ("so", "=", "a")
        ):
            return None
        if self.tense == "past" or (
            t.word(j + 1) == t.word(j + 1).removesuffix("s") and number > 1 and t.word(j + 1) not in ("wk",)
        ):
            return None
        return self.mention(i, j + 2, self.as_of + timedelta(days=number * (7 if what == "week" else 1)))

    # ---- words around -------------------------------------------------------------------------------------------

    def mention(self, i: int, after: int, day: date, period: Period | None = None, vague: bool = False) -> _Found:
        return after, DateMention(self.t.start[i], self.t.end[after - 1], day, period, vague)

    def label(self, i: int, after: int) -> str:
        return " ".join(self.t.text[self.t.start[i] : self.t.end[after - 1]].split())

    def asked(self, i: int) -> bool:
        """Tell whether the word before token `i` asks for a date ("by", "until", "close")."""
        t = self.t
        before = t.before(i)
        if before in (":", "=", ">", "(") and i > 1:
            return before == ">" or t.before(i - 1) in any_of("asks_for_date")
        return before in any_of("asks_for_date")

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
        if word in any_of("nearest"):
            return "nearest"
        if word in any_of("past") and before not in any_of("not_yet"):
            return "past"
        loose = t.fold[i] in self.weekdays or t.before(i) in ("on", "the", "in")
        return "past" if loose and self.told_as_past(j) else self.tense

    def told_as_past(self, j: int) -> bool:
        """Tell whether the clause that ends at token `j` tells of something that has happened ("he told me yes on")."""
        t = self.t
        past = False
        for k in range(j, max(j - 12, -1), -1):
            word = t.fold[k]
            if t.kind[k] != WORD:
                if word in ".;:?!,()\n|>" or t.kind[k] == BREAK:
                    break
                continue
            if word in any_of("joins"):
                break
            if word in any_of("ahead"):
                return False
            regular = word.endswith("ed") and len(word) > 4 and word not in any_of("schedules")
            if (word in any_of("past") or regular) and t.before(k) not in any_of("not_yet") | any_of("determiners"):
                past = True
        return past

    def awaited(self, i: int) -> bool:
        """Tell whether the word before a month asks for something to come ("close in March", "by March")."""
        t = self.t
        j = i - 2 if t.before(i) in ("in", "of", "end", "early", "mid", "late", "-") else i - 1
        return t.word(j) in any_of("awaits")


def _full_year(piece: str) -> int:
    year = int(piece)
    return year if year >= 100 else 2000 + year if year < 70 else 1900 + year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_ASKED_PAST = re.compile(r"\b(?:did|was|were|went|landed|finished|ended|missed|closed out)\b", re.IGNORECASE)
_UP_TO = re.compile(
    r"\b(?:until|till?|by|through|thru|before|up to|bis|hasta|jusqu)\W{0,3}(?:the )?\W?$", re.IGNORECASE
)


def period_asked(question: str, conventions: Conventions) -> Period:
    """Return the period a question is about: the one it names, else the fiscal quarter that holds as_of.

    "until the 30th" is the running quarter up to that day.
    """
    own = quarter_of(conventions.as_of, conventions.fiscal_year_start)
    tense: Tense = "past" if _ASKED_PAST.search(question) else "future"
    tokens = Tokens(question)
    mentions = [m for _, _, m in dates_in(tokens, conventions, tense)]
    named = [m for m in mentions if m.period and not _since(question, m)]
    for first, second in itertools.pairwise(named):
        if (
            re.fullmatch(r"\s*(?:and|&|\+|to|-|–|,)\s*", question[first.end : second.start])
            and first.period
            and second.period
        ):
            label = question[first.start : second.end]
            return Period(min(first.period.start, second.period.start), max(first.period.end, second.period.end), label)
    long = [m for m in named if m.period and (m.period.end - m.period.start).days > 20]
    for mention in long or named:
        if mention.period and (
            mention.day == mention.period.end or (mention.period.end - mention.period.start).days < 7
        ):
            return mention.period
    alone = _plain_period(question, conventions)
    if alone:
        return alone
    for mention in mentions:
        if mention.day >= conventions.as_of and _UP_TO.search(question[: mention.start]):
            start = own.start if own.holds(mention.day) else min(own.start, mention.day)
            return (
                own
                if mention.day == own.end
                else Period(start, mention.day, f"until {mention.day:%b} {mention.day.day}")
            )
    return own


def _since(question: str, mention: DateMention) -> bool:
    before = question[: mention.start].rstrip().casefold()
    return before.endswith(("since", "than", "after", "vs", "to", "from last", "compared with"))


_PLAIN = re.compile(
    r"\b(?:the|my|our|your|this|full|whole|remaining)\s+(?:fiscal\s+|full\s+|whole\s+)?(month|half|year|fy)\b",
    re.IGNORECASE,
)


def _plain_period(question: str, conventions: Conventions) -> Period | None:
    match = _PLAIN.search(question)
    if match is None:
        return None
    what = match.group(1).casefold()
    if what == "month":
        return month_of(conventions.as_of)
    if what == "half":
        return half_of(conventions.as_of, conventions.fiscal_year_start)
    return fiscal_year_of(conventions.as_of, conventions.fiscal_year_start)
