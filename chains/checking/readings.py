"""What else a date may mean: a mention of a day comes in, further days go out."""

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta

from chains.checking.pieces import Block
from chains.checking.places import Place
from chains.deals import Conventions
from chains.figures.tokens import meaning
from chains.scan import Count, Mention

_DAY_AND_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})\.?")


def dotted(text: str, mention: Mention, conventions: Conventions) -> frozenset[date]:
    """Return the days a number like 24.3 may mean as well: at a sentence's end its last mark is the full stop."""
    hit = _DAY_AND_MONTH.fullmatch(text[mention.start : mention.end])
    if hit is None or not (hit.group(0).endswith(".") or text[mention.end : mention.end + 1] == "."):
        return frozenset()
    found = set()
    for year in (-1, 0, 1):
        with suppress(ValueError):
            found.add(date(conventions.as_of.year + year, int(hit.group(2)), int(hit.group(1))))
    return frozenset(d for d in found if abs((d - conventions.as_of).days) < 300)


_DAY_ALONE = re.compile(
    r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?|(?:the )?[a-z]+(?:[- ][a-z]+)?(?:st|nd|rd|th)", re.IGNORECASE
)


def any_month(text: str, mention: Mention, days: frozenset[date]) -> frozenset[date]:
    """Return the days "the 25th" may mean: that of this month or of one or two beside it."""
    if not _DAY_ALONE.fullmatch(text[mention.start : mention.end]):
        return frozenset()
    found = set()
    for day in days:
        for months in (-3, -2, -1, 1, 2, 3, 4):
            index = day.year * 12 + day.month - 1 + months
            with suppress(ValueError):
                found.add(day.replace(year=index // 12, month=index % 12 + 1))
    return frozenset(found)


_PART_DAYS = {"early": range(1, 11), "mid": range(11, 21), "late": range(21, 32), "end": range(26, 32)}


def part_of_month(text: str, mention: Mention, days: frozenset[date]) -> frozenset[date]:
    """Return the days "early October" may mean in a draft: the notes may tell the very day."""
    told = re.split(r"[\s-]+", text[mention.start : mention.end].casefold())
    part = meaning("parts").get(told[0])
    if part not in _PART_DAYS:
        return frozenset()
    last = {day: monthrange(day.year, day.month)[1] for day in days}
    return frozenset(day.replace(day=number) for day in days for number in _PART_DAYS[part] if number <= last[day])


_WEEK_ON = re.compile(r"\s+(?:(?:of\s+)?next\s+)?week\b", re.IGNORECASE)


def week_on(text: str, mention: Mention, days: frozenset[date]) -> frozenset[date]:
    """Return the days "Friday week" and "Friday of next week" may mean as well."""
    return frozenset(d + timedelta(days=7) for d in days) if _WEEK_ON.match(text, mention.end) else frozenset()


_BESIDE_TODAY = {"yesterday": -1, "today": 0, "tomorrow": 1}


_HEAD_OF_LINE = 26  # characters before the day of a message: "Sent: Thu, "


def counted_from(text: str, mention: Mention, before: list["Place"], block: Block) -> frozenset[date]:
    """Return the day "yesterday" means in a message that begins with its own day."""
    step = _BESIDE_TODAY.get(text[mention.start : mention.end].casefold())
    if step is None:
        return frozenset()
    for place in reversed(before):
        line = text.rfind("\n", 0, place.start) + 1
        if place.days and not place.mention.bare and place.start - line <= _HEAD_OF_LINE:
            near = text[place.end : mention.start].count("\n")
            return frozenset(d + timedelta(days=step) for d in place.days) if near <= 8 else frozenset()
    return frozenset()


_UP_TO = re.compile(r"\s*(?:to|and|or|until|till|through|[-–])\s*(?:the\s+)?", re.IGNORECASE)


def day_behind(text: str, mention: Mention, before: list["Place"]) -> frozenset[date]:
    """Return the days of "from May 4 to 15": the second takes the month of the first."""
    number = mention.value.number if isinstance(mention.value, Count) else 0
    if (
        not before
        or not 1 <= number <= 31
        or number != int(number)
        or not _UP_TO.fullmatch(text[before[-1].end : mention.start])
    ):
        return frozenset()
    found = set()
    for day in before[-1].days:
        with suppress(ValueError):
            found.add(day.replace(day=int(number)))
    return frozenset(found)
