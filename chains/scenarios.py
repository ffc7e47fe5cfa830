"""Worst, base and best case for a period: a `Book` and a `Period` come in, `Scenarios` go out, each sum with the
deals it hangs on.

The rule: a deal counts where its close date lies in the period and it is neither omitted nor lost. Worst is closed
won plus every commit without an open risk, base is closed won plus every commit, best is base plus best case.
Pipeline and uncategorised deals never count. Amounts of different currencies or bases are never added.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chains.deals import Book, Deal, Money, Risk, Target
from chains.kinds import Basis, Category
from chains.periods import Period

COUNTED = (Category.CLOSED_WON, Category.COMMIT, Category.BEST_CASE)


@dataclass(frozen=True, slots=True)
class Hinge:
    """Hold a deal that a scenario hangs on: what it is worth and the open risks that could take it away."""

    account: str
    money: Money
    category: Category
    risks: tuple[Risk, ...] = ()
    owner: str | None = None  # who moves it next


@dataclass(frozen=True, slots=True)
class Sums:
    """Hold the three sums of one currency and basis."""

    currency: str
    basis: Basis | None
    worst: Decimal
    base: Decimal
    best: Decimal


@dataclass(frozen=True, slots=True)
class Scenarios:
    """Hold the scenarios of one period.

    `total` is None where the counted deals mix currencies or bases; then `lines` has one entry for each kind.
    """

    period: Period
    lines: tuple[Sums, ...]
    won: tuple[Hinge, ...]
    safe: tuple[Hinge, ...]  # commits without an open risk
    at_risk: tuple[Hinge, ...]  # commits with one: what pulls base to worst
    upside: tuple[Hinge, ...]  # best case: what would lift base to best
    missing: tuple[str, ...]  # accounts that count in the period and have no amount
    outside: tuple[str, ...]  # open deals whose close date lies outside the period or is not stated
    target: Target | None = None

    @property
    def total(self) -> Sums | None:
        """Return the sums where there is one kind of money, else None."""
        return self.lines[0] if len(self.lines) == 1 else None

    @property
    def gap(self) -> Decimal | None:
        """Return the target minus base, in the target's currency; None without a target or a single total."""
        if self.target is None or self.total is None or self.target.money.currency != self.total.currency:
            return None
        return self.target.money.amount - self.total.base


def work_out(book: Book, period: Period) -> Scenarios:
    """Work out the scenarios of `period` from the deals of `book`."""
    groups: dict[str, list[Hinge]] = {"won": [], "safe": [], "at_risk": [], "upside": []}
    missing: list[str] = []
    outside: list[str] = []
    for deal in book.deals:
        category = deal.category.value if deal.category else None
        if category in (Category.OMITTED, Category.CLOSED_LOST):
            continue
        if deal.close_date is None or not period.start <= deal.close_date.value <= period.end:
            if category is not Category.CLOSED_WON:
                outside.append(deal.name)
            continue
        if category not in COUNTED:
            continue
        if deal.amount is None:
            missing.append(deal.name)
            continue
        groups[_group(deal)].append(_hinge(deal, deal.amount.value, category))
    counted = [hinge for group in groups.values() for hinge in group]
    return Scenarios(
        period=period,
        lines=tuple(_sums(counted, book.conventions.currency)),
        won=tuple(groups["won"]),
        safe=tuple(groups["safe"]),
        at_risk=tuple(groups["at_risk"]),
        upside=tuple(groups["upside"]),
        missing=tuple(missing),
        outside=tuple(outside),
        target=_target(book, period, tuple(_days(book, {h.account for h in counted}))),
    )


def _group(deal: Deal) -> str:
    match deal.category.value if deal.category else None:
        case Category.CLOSED_WON:
            return "won"
        case Category.COMMIT:
            return "at_risk" if deal.risks else "safe"
        case _:
            return "upside"


def _hinge(deal: Deal, money: Money, category: Category) -> Hinge:
    owner = deal.next_step.value.owner if deal.next_step else None
    return Hinge(deal.name, money, category, tuple(r.value for r in deal.risks), owner)


def _sums(hinges: list[Hinge], currency: str) -> Iterable[Sums]:
    # an amount whose basis is not told joins the one basis that is; only two told bases are a mixture
    kinds: dict[tuple[str, Basis | None], list[Hinge]] = {}
    for hinge in hinges:
        kinds.setdefault((hinge.money.currency, hinge.money.basis), []).append(hinge)
    for code in {c for c, _ in kinds}:
        told = [b for c, b in kinds if c == code and b is not None]
        if len(told) == 1 and (code, None) in kinds:
            kinds[code, told[0]] += kinds.pop((code, None))
    if not kinds:
        yield Sums(currency, None, Decimal(0), Decimal(0), Decimal(0))
    for (code, basis), members in kinds.items():
        won = sum((h.money.amount for h in members if h.category is Category.CLOSED_WON), Decimal(0))
        safe = sum((h.money.amount for h in members if h.category is Category.COMMIT and not h.risks), Decimal(0))
        risky = sum((h.money.amount for h in members if h.category is Category.COMMIT and h.risks), Decimal(0))
        hoped = sum((h.money.amount for h in members if h.category is Category.BEST_CASE), Decimal(0))
        yield Sums(code, basis, won + safe, won + safe + risky, won + safe + risky + hoped)


def _days(book: Book, accounts: set[str]) -> Iterable[date]:
    return (d.close_date.value for d in book.deals if d.name in accounts and d.close_date)


def _target(book: Book, period: Period, closes: Sequence[date]) -> Target | None:
    """Return the rep's number for a period.

    "Year end" and its last quarter end on one day: the quarter's number holds where all that counts closes in it.
    """
    told = [t.value for t in book.targets if t.value.end == period.end]
    exact = next((t for t in told if t.start == period.start), None)
    within = (t for t in told if t.start > period.start and closes and all(day >= t.start for day in closes))
    return exact or next(within, None)
