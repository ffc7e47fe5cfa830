"""Dates as reps write them: text and the day it was written come in, dates and periods go out.

The tokens are walked once from left to right; each form is a small method that says what it found and where it ends.
"""

import re
from datetime import timedelta
from functools import cache
from itertools import pairwise

from chains.deals import Conventions
from chains.figures.dates_base import DateMention, Found, relative_words
from chains.figures.dates_stretches import Stretches
from chains.figures.fiscal import Period, Tense, fiscal_year_of, half_of, month_of, quarter_of
from chains.figures.tokens import NUMBER, WORD, Tokens, meaning, words

__all__ = ["DateMention", "Period", "Tense", "dates_in", "find_dates", "period_asked", "quarter_of"]


def find_dates(text: str, conventions: Conventions, tense: Tense = "future") -> tuple[DateMention, ...]:
    """Find every date and period in `text`, in order and without overlap."""
    return tuple(mention for _, _, mention in dates_in(Tokens(text), conventions, tense))


def dates_in(
    tokens: Tokens, conventions: Conventions, tense: Tense = "future"
) -> tuple[tuple[int, int, DateMention], ...]:
    """Find every date in `tokens`; each with its first token and the one after its last."""
    return tuple(_Dates(tokens, conventions, tense).all())


class _Dates(Stretches):
    """Walk the tokens of one text; `at(i)` returns what starts at token `i`."""

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

    def at(self, i: int) -> Found | None:
        kind = self.t.kind[i]
        if kind == NUMBER:
            return self.number(i) or self.period_at(i)
        word = self.t.fold[i]
        if kind != WORD or word not in _openers():
            return None
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
            return self.week_of_month(i) or self.spelled_day(i) or self.period_at(i)
        if word in ("in", "within", "over"):
            return self.in_a_while(i)
        if word == "day" and self.t.fold[i + 1] == "after" and self.t.fold[i + 2] in self.days:
            day = self.as_of + timedelta(days=self.days[self.t.fold[i + 2]] + 1)
            return self.mention(i, i + 3, day)
        return self.period_at(i)


@cache
def _openers() -> frozenset[str]:
    """Return every word that a date can start with: all others are passed over at once."""
    listed = words()
    named = {*meaning("months", "weekdays", "days", "stretches", "parts"), *relative_words()}
    keyed = {*listed["weekdays_short"], *listed["ends"], *listed["ordinals"], *listed["cardinals"]}
    rest = {"in", "within", "over", "q", "h", "w", "wk", "kw", "cw", "fy", "cy", "cal", "calendar", "fiscal"}
    return frozenset(named | keyed | rest)


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
    for first, second in pairwise(named):
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
