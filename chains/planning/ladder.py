"""The steps of a big ask: the ask and the smaller step told come in, the day on which both sides look goes out."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from chains.deals import Fact, Statement
from chains.drafts import Computed, Point, Source
from chains.kinds import Category, StatementKind, Topic
from chains.periods import Period
from chains.planning.situation import Situation
from chains.planning.talks import first_place, said, table
from chains.scan import Duration, scan

_DAYS = {"day": 1, "week": 7}
UNTIL = re.compile(r"\b(?:until|till|til|thru|through|to|by)\s*$", re.IGNORECASE)
_EACH = re.compile(r"\s*(?:a|per|each|every|/)\s*(?:wk|week|mo|month|day|quarter)\b", re.IGNORECASE)
# the notes have said already when both look at it
_LOOKS = re.compile(
    r"\b(?:we (?:then )?(?:look|see|talk|review|check|decide)|look again|review it|talk again)\b", re.IGNORECASE
)


def is_big(asks: Sequence[Fact[Statement]]) -> bool:
    """Tell whether an ask is one for people or a team: those are climbed to in steps."""
    return any(first_place(table()["big"], a.value.text) is not None for a in asks)


def ladder_points(s: Situation, asks: Sequence[Fact[Statement]]) -> Iterator[Point]:
    """Yield the step after the first one of a big ask: the day on which both look at what it brought."""
    steps = said(s.book, StatementKind.SMALLER_STEP)
    if not is_big(asks) or any(_LOOKS.search(f.value.text) for f in steps):
        return
    if said(s.book, StatementKind.NEXT_STEPS):
        return  # the rep has built it
    if not steps and said(s.book, StatementKind.ON_REFUSAL):
        return  # what happens on no is the smaller way
    day = _end_of(steps, s)
    accounts: tuple[str, ...] = ()
    computed = True
    if not steps:
        # no smaller step is told: the next deal to be decided is where a first part can be judged
        dated = sorted(
            (d.close_date.value, d.name)
            for d in s.book.deals
            if d.close_date
            and d.close_date.value > s.book.conventions.as_of
            and d.category
            and d.category.value in (Category.COMMIT, Category.BEST_CASE, Category.PIPELINE)
        )
        if not dated:
            return
        day, accounts, computed = dated[0][0], (dated[0][1],), False
    if day is None or day <= s.book.conventions.as_of:
        return
    facts = (("block", "smaller"), ("day", day), ("open", not steps))
    sources: tuple[Source, ...] = tuple(span for f in steps for span in f.spans)
    if computed:
        sources = (*sources, Computed("the end of the first step", day.isoformat()))
    reason = "a big ask is climbed to in steps"
    yield Point("ladder", "B", reason, accounts, (Topic.SMALLER_FIRST_STEP,), facts, sources)


def _end_of(steps: Sequence[Fact[Statement]], s: Situation) -> date | None:
    """Return the day on which the first step ends: told ("through 5/29"), or its start with its length added."""
    for step in steps:
        text = step.value.text
        started: date | None = None
        length: timedelta | None = None
        for mention in scan(text, s.book.conventions):
            value = mention.value
            if isinstance(value, Duration) and _EACH.match(text[mention.end :]):
                continue  # "2 days a week" is how much, not how long
            if isinstance(value, Duration) and value.unit in _DAYS and value.low == value.high:
                length = timedelta(days=int(value.low) * _DAYS[value.unit])
            elif type(value) is date or isinstance(value, Period):
                day = value.end if isinstance(value, Period) else value
                if UNTIL.search(text[: mention.start]):
                    return day
                started = started or (value.start if isinstance(value, Period) else value)
        if started is not None and length is not None:
            return started + length
    return None
