"""The number the rep is measured by: sentences of the notes come in, `Target`s with their period go out.

A quota is often written as bare thousands ("my number for the qtr = 600"); it is read in the scale of the deals.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from chains.deals import Conventions, Deal, Fact, Money, Span, Target
from chains.figures.fiscal import Period, fiscal_year_of, half_of, quarter_of
from chains.reading.layout.tokens import Stream, Token
from chains.reading.talks.purposes import Told, lexicon
from chains.scan import Count

REACH = 9  # tokens between "quota" and its figure
BACK = 4
LEAST = 50  # a bare quota in thousands
_PAIR = 2
_BETWEEN = frozenset("is s was my our the a new".split())
_FAR = 9  # tokens before "quota" in which a heading names the quarter
_SHORTEST = 85  # days of a quarter


def targets_of(
    notes: str, conventions: Conventions, stream: Stream, told: Sequence[Told], deals: Sequence[Deal]
) -> tuple[Fact[Target], ...]:
    """Return the rep's numbers in the order of the notes, one for each period; the later one holds."""
    words = lexicon()["targets"]
    cues, others, apart = (frozenset(words[name]) for name in ("cues", "others", "apart"))
    named = {d.name.casefold() for d in deals}  # Target is a customer of somebody
    cues, leads = cues - named, _leads()
    found: dict[tuple[date, date], Fact[Target]] = {}
    for one in told:
        tokens = stream.tokens[one.first : one.last]
        for i, token in enumerate(tokens):
            if token.low not in cues and token.low not in leads:
                continue
            if token.low not in cues or any(t.low in others for t in tokens[max(0, i - BACK) : i]):
                led = _led(tokens, i, conventions, deals) if one.rep else None
            elif i + 1 < len(tokens) and tokens[i + 1].low in apart:
                continue
            elif one.rep or frozenset(words["told"]) & {t.low for t in tokens[: i + 1]}:
                led = _behind(tokens, i, conventions, deals) or _ahead(tokens, i, conventions, deals)
            else:
                continue
            if led is None:
                continue
            at, money = led
            period = _period(tokens, i, at, conventions)
            fact = Fact(
                Target(money, period.start, period.end),
                (Span.of(notes, tokens[min(i, at)].start, tokens[max(i, at)].end),),
            )
            found[period.start, period.end] = fact
    return tuple(found.values())


def _ahead(
    tokens: Sequence[Token], i: int, conventions: Conventions, deals: Sequence[Deal]
) -> tuple[int, Money] | None:
    """Return the rep's own number behind its word: my quota for Q3 is 400k."""
    return _figure(tokens, i, conventions, deals) if _is_own(tokens, i) else None


def _behind(
    tokens: Sequence[Token], i: int, conventions: Conventions, deals: Sequence[Deal]
) -> tuple[int, Money] | None:
    """Return the rep's own number before its word: 400k is my number, against a 400k quota."""
    before = [j for j in range(max(0, i - BACK), i) if tokens[j].kind in ("money", "count")]
    if not before or any(t.low not in _BETWEEN for t in tokens[before[-1] + 1 : i]):
        return None
    value = tokens[before[-1]].value
    if (
        isinstance(value, Count)
        and not value.unit
        and value.number >= LEAST
        and tokens[i - 1].low in ("my", "our", "the")
    ):
        return before[-1], _scaled(Money(value.number, conventions.currency), True, deals)
    return (before[-1], _scaled(value, tokens[before[-1]].bare, deals)) if isinstance(value, Money) else None


def _led(tokens: Sequence[Token], i: int, conventions: Conventions, deals: Sequence[Deal]) -> tuple[int, Money] | None:
    """Return the number that words like "I'm carrying" lead to, in a sentence about the quarter and no single deal."""
    lead = next((r for r in _leads().get(tokens[i].low, ()) if _reads(tokens, i, r)), None)
    if lead is None:
        return None
    said = {w for t in tokens for w in t.text.casefold().split()}
    if not said & frozenset(lexicon()["targets"]["with"]):
        return None
    if any(d.name.casefold().split()[0] in said for d in deals) and not said & {"gap", "closed"}:
        return None
    at = i + len(lead)
    return _figure(tokens, at - 1, conventions, deals) if at < len(tokens) and tokens[at].kind != "word" else None


@lru_cache(maxsize=1)
def _leads() -> dict[str, list[list[str]]]:
    """Return the words that lead to a number, by the word they open with."""
    rows: dict[str, list[list[str]]] = {}
    for row in lexicon()["targets"]["leads"]:
        rows.setdefault(row.split()[0], []).append(row.split())
    return rows


def _reads(tokens: Sequence[Token], i: int, row: list[str]) -> bool:
    return [t.low for t in tokens[i : i + len(row)]] == row


def _is_own(tokens: Sequence[Token], i: int) -> bool:
    owners = frozenset(lexicon()["targets"]["owners"])
    if tokens[i].low == "quota":
        return True
    before = tokens[max(0, i - BACK) : i]
    return any(t.low in owners or t.kind == "date" for t in before) or i == 0 or tokens[i - 1].kind == "mark"


def _figure(
    tokens: Sequence[Token], i: int, conventions: Conventions, deals: Sequence[Deal]
) -> tuple[int, Money] | None:
    for j in range(i + 1, min(len(tokens), i + REACH)):
        token = tokens[j]
        if token.low in (",", ";", "(", ")") and j > i + _PAIR:
            return None
        if isinstance(token.value, Money):
            return j, _scaled(token.value, token.bare, deals)
        if isinstance(token.value, Count):
            # "goal: 12 opportunities" counts something else; nobody has a quota of two figures
            if token.value.unit or token.value.number < LEAST or tokens[i].low == "goal":
                return None
            return j, _scaled(Money(token.value.number, conventions.currency), True, deals)
    return None


def _quarter(period: Period) -> bool:
    """Tell whether a period is a quarter or longer."""
    return (period.end - period.start).days >= _SHORTEST


def _scaled(money: Money, bare: bool, deals: Sequence[Deal]) -> Money:
    """Read a bare figure in thousands where the deals are worth thousands: 600 beside deals of 80k is 600k."""
    amounts = sorted(d.amount.value.amount for d in deals if d.amount is not None)
    if not bare or not amounts or money.amount >= Decimal(10_000):
        return money
    middle = amounts[len(amounts) // 2]
    return replace(money, amount=money.amount * 1000) if middle >= Decimal(10_000) else money


def _period(tokens: Sequence[Token], i: int, at: int, conventions: Conventions) -> Period:
    near = [*tokens[max(0, i - BACK) : i], *tokens[i + 1 : at], *tokens[max(i, at) + 1 : max(i, at) + 5]]
    periods = [t.value for t in near if isinstance(t.value, Period)]
    whole = [t.value for t in tokens[max(0, i - _FAR) : i] if isinstance(t.value, Period) and _quarter(t.value)]
    if periods and not _quarter(periods[0]) and len(whole) == 1 and whole[0].holds(periods[0].end):
        return whole[0]  # "Q4 (Oct-Dec), quota 600k": the months only tell what the quarter is
    if periods:
        return periods[0]
    lows = {t.low for t in near}
    if lows & {"year", "annual", "fy", "yearly"}:
        return fiscal_year_of(conventions.as_of, conventions.fiscal_year_start)
    if lows & {"half", "h1", "h2"}:
        return half_of(conventions.as_of, conventions.fiscal_year_start)
    return quarter_of(conventions.as_of, conventions.fiscal_year_start)
