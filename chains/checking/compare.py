"""When two figures mean the same: two values with their types come in, yes or no goes out."""

import re
from collections.abc import Set
from decimal import Decimal

from chains.checking.evidence import in_period, same_day
from chains.checking.places import Place
from chains.checking.words import cue
from chains.deals import Money
from chains.periods import Period
from chains.scan import Count, Duration, Mention, Percent

DAYS = {
    "minute": Decimal(0),
    "hour": Decimal(0),
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal(30),
    "quarter": Decimal(91),
    "year": Decimal(365),
}
MONTHS = {"month": Decimal(1), "quarter": Decimal(3), "year": Decimal(12)}


def has_currency(text: str, mention: Mention) -> bool:
    """Tell whether the money carries a currency of its own."""
    return bool(cue("currency").search(text[mention.start : mention.end]))


def is_about(text: str, start: int) -> bool:
    """Tell whether the figure that starts there is given as a rounded one."""
    return bool(cue("about").search(text[max(0, start - 24) : start])) or text[start : start + 1] in "~≈"


def rounds_to(said: Decimal, exact: Decimal, about: bool) -> bool:
    """Tell whether `said` is `exact` cut to three figures or more, or within 5% of it where it is given as about."""
    if said == exact:
        return True
    if not exact or not said:
        return False
    if about and abs(said - exact) <= abs(exact) / 20:
        return True
    figures = said.normalize().as_tuple()
    if len(figures.digits) >= 3 and isinstance(figures.exponent, int):
        return exact.quantize(Decimal(1).scaleb(figures.exponent)) == said
    return False


def main_number(mention: Mention) -> Decimal:
    """Return the one number of a figure, the middle of a range."""
    value = mention.value
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, Count):
        return value.number
    if isinstance(value, Percent | Duration):
        return (value.low + value.high) / 2
    return Decimal(0)


def loose(mention: Mention) -> bool:
    """Tell whether a number stands without anything that says what kind it is."""
    return mention.bare or (isinstance(mention.value, Count) and not mention.value.unit)


def same_figure(
    text: str, draft: Place, notes: str, place: Place, currencies: frozenset[str], scales: tuple[int, ...]
) -> bool:
    """Tell whether a figure of the draft is one of the notes; `currencies` are those an unsigned noted sum may be in,
    `scales` what a bare number may be short of.
    """
    said, noted = draft.mention, place.mention
    one, two = said.value, noted.value
    mine, theirs = draft.numbers, place.numbers
    if not mine or not theirs:
        return False
    if isinstance(one, Money) and isinstance(two, Money):
        wanted = {two.currency} if has_currency(notes, noted) else currencies
        if in_other_money(text, said, wanted):
            return False
        if one.low is not None and two.low is not None:
            return (one.low, one.high) == (two.low, two.high)
        if _any_same(mine, theirs, is_about(text, said.start)):
            return True
        # "150 -> now 120k": the thousands of a bare number stand with its neighbour
        return (noted.bare and _scaled(mine, theirs, scales)) or (said.bare and _scaled(theirs, mine, scales))
    if isinstance(one, Percent) and isinstance(two, Percent):
        if one.low != one.high and two.low != two.high:
            return (one.low, one.high) == (two.low, two.high)
        return _any_same(mine, theirs, is_about(text, said.start))
    if isinstance(one, Duration) and isinstance(two, Duration):
        if one.unit == two.unit:
            return bool(set(mine) & set(theirs))
        if one.unit in MONTHS and two.unit in MONTHS:
            return bool({m * MONTHS[one.unit] for m in mine} & {t * MONTHS[two.unit] for t in theirs})
        if "minute" in (one.unit, two.unit) or "hour" in (one.unit, two.unit):
            factor = {"minute": Decimal(1), "hour": Decimal(60), "day": Decimal(1440)}
            return (
                one.unit in factor
                and two.unit in factor
                and bool({m * factor[one.unit] for m in mine} & {t * factor[two.unit] for t in theirs})
            )
        return bool({m * DAYS[one.unit] for m in mine} & {t * DAYS[two.unit] for t in theirs})
    if {type(one), type(two)} == {Money, Count} and max(mine) >= 1000 and set(mine) & set(theirs):
        return True
    if loose(said) or loose(noted):
        if set(mine) & set(theirs):
            return not (
                (isinstance(one, Percent) and isinstance(two, Money))
                or (isinstance(one, Money) and isinstance(two, Percent))
            )
        if isinstance(one, Money) and isinstance(two, Count):
            return _scaled(mine, theirs, scales)
        if isinstance(one, Count) and isinstance(two, Money):
            return _scaled(theirs, mine, scales)
        return False
    if isinstance(one, Count) and isinstance(two, Count):
        return one.number == two.number
    return False


_DOLLARS = frozenset(["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "JMD", "BBD", "BSD", "FJD", "NAD"])


def in_other_money(text: str, said: Mention, wanted: Set[str]) -> bool:
    """Tell whether a sum says that it is in none of the wanted currencies; a bare "$" may be any dollar."""
    value = said.value
    if not isinstance(value, Money) or value.currency in wanted or not has_currency(text, said):
        return False
    shown = text[said.start : said.end]
    return not ("$" in shown and not re.search(r"[A-Za-z]\$|\b[A-Z]{3}\b", shown) and wanted & _DOLLARS)


def _scaled(full: tuple[Decimal, ...], short: tuple[Decimal, ...], scales: tuple[int, ...]) -> bool:
    return any(f == s * scale for f in full for s in short for scale in scales)


def _any_same(mine: tuple[Decimal, ...], theirs: tuple[Decimal, ...], about: bool) -> bool:
    return any(rounds_to(m, t, about) for m in mine for t in theirs)


def same_date(said: Place, noted: Place) -> bool:
    """Tell whether a date or period of the draft is one of the notes."""
    if said.periods and noted.periods:
        return any(_says_less(one, two) for one in said.periods for two in noted.periods)
    if said.periods:
        return any(in_period(one, noted.days) for one in said.periods)
    if noted.periods:
        return any(d in (two.start, two.end) for d in said.days for two in noted.periods)
    return same_day(said.days, noted.days)


def _says_less(one: Period, two: Period) -> bool:
    """Tell whether a period is the other one, in whichever year, or holds it."""
    same = (one.start.month, one.start.day, one.end.month, one.end.day) == (
        two.start.month,
        two.start.day,
        two.end.month,
        two.end.day,
    )
    return same or (one.start <= two.start and two.end <= one.end)
