"""The figures and dates of a text: a text comes in, typed mentions go out, the cells of an export by themselves."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from chains.checking.words import cue
from chains.deals import Conventions, Money
from chains.periods import DateMention, find_dates
from chains.scan import Count, Duration, Mention, scan


@lru_cache(maxsize=4)  # draft after draft is held against the same notes
def mentions_in(text: str, conventions: Conventions) -> tuple[Mention, ...]:
    """Return the figures and dates of a text in order, plain numbers and fortnights with them."""
    mentions = _with_plain_numbers(text, _apart(text, _scan(text, conventions)))
    return tuple(sorted([*mentions, *_fortnights(text)], key=lambda m: m.start))


@lru_cache(maxsize=4)
def past_days(text: str, conventions: Conventions) -> dict[tuple[int, int], DateMention]:
    """Return the dates of a text by their places, read as lying behind: one without a year may mean either."""
    return {(m.start, m.end): m for m in find_dates(text, conventions, "past")}


_FORTNIGHT = re.compile(r"\b(?:a )?fortnight(?:'s)?\b", re.IGNORECASE)


def _fortnights(text: str) -> list[Mention]:
    two = Duration(Decimal(2), Decimal(2), "week")
    return [Mention(hit.start(), hit.end(), two) for hit in _FORTNIGHT.finditer(text)]


_PLAIN_NUMBER = re.compile(r"(?<![\w.,:/#'’-])\d+(?:\.\d+)?(?![\w/:]|[.,-]\d|['’]\d)")


def _with_plain_numbers(text: str, mentions: list[Mention]) -> list[Mention]:
    """Add numbers that are no figure of any kind by themselves: they still have to stand in the notes."""
    found = list(mentions)
    starts = [m.start for m in mentions]
    for hit in _PLAIN_NUMBER.finditer(text):
        index = bisect_right(starts, hit.start()) - 1
        if (index >= 0 and hit.start() < mentions[index].end) or (
            index + 1 < len(mentions) and mentions[index + 1].start < hit.end()
        ):
            continue
        if len(hit.group()) < 12:
            found.append(Mention(hit.start(), hit.end(), Count(Decimal(hit.group())), bare=True))
    return sorted(found, key=lambda m: m.start)


_CELLS = {mark: re.compile(rf'"(?:[^"\n]|"")*"|[^{mark}\n]+') for mark in (",", ";", "\t")}


def _scan(text: str, conventions: Conventions) -> list[Mention]:
    """Scan a text; the cells of a row of an export by themselves, as "180000,7/31/2026" is no number."""
    found: list[Mention] = []
    begin = 0
    for start, end, mark in [*rows(text), (len(text), len(text), ",")]:
        if begin < start:
            found += [_moved(m, begin) for m in scan(text[begin:start], conventions)]
        for cell in _CELLS[mark].finditer(text, start, end):
            if any(c.isdigit() for c in cell.group()):
                found += [_moved(m, cell.start()) for m in scan(cell.group(), conventions)]
        begin = end
    return found


def _moved(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by) if by else mention


def rows(text: str) -> list[tuple[int, int, str]]:
    """Return the lines of an export, three or more with marks of one kind, and the mark between their cells."""
    found: dict[int, tuple[int, int, str]] = {}
    lines: list[tuple[int, int, str]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        lines.append((at, at + len(line), line))
        at += len(line)
    for mark in ("\t", ";", ","):
        run: list[tuple[int, int]] = []
        for start, end, line in [*lines, (at, at, "")]:
            cells = line.count(mark)
            # no blank behind the marks: prose has one
            if cells >= 3 and line.count(mark + " ") * 2 <= cells:
                run.append((start, end))
                continue
            if len(run) >= 3:
                for first, last in run:
                    found.setdefault(first, (first, last, mark))
            run = []
    return sorted(found.values())


_CHANGED_TO = re.compile(r"\s*(?:to|->|→|=>)\s*(?:now\s+)?", re.IGNORECASE)


def _apart(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Take "from 280k to 310k" as two sums; a range that is no change stays one."""
    found: list[Mention] = []
    for mention in mentions:
        value = mention.value
        middle = _CHANGED_TO.search(text, mention.start, mention.end)
        if (
            not isinstance(value, Money)
            or value.low is None
            or value.high is None
            or middle is None
            or not (
                "to" not in middle.group().casefold()
                or cue("changed_from").search(text[max(0, mention.start - 24) : mention.start])
            )
        ):
            found.append(mention)
            continue
        first = Money(value.low, value.currency, value.basis)
        second = Money(value.high, value.currency, value.basis)
        if _digits(text[mention.start : middle.start()]) == _digits(f"{value.high.normalize():f}"):
            first, second = second, first
        found.append(replace(mention, end=middle.start(), value=first))
        found.append(replace(mention, start=middle.end(), value=second))
    return found


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text).rstrip("0")
