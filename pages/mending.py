"""What a rep sets right by hand: a `Book` as read and their `Edits` come in, the mended `Book` goes out.

A fact that was set by hand carries no span: it stands nowhere in the notes. Edits are kept by the account as it was
read, so they hold when the notes are read again and when the account itself is renamed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from chains.deals import Book, Deal, Dependency, ExceptionWanted, Fact, Money, NextStep, Person, Risk, Role
from chains.kinds import Basis, Category, ExceptionKind, RiskKind, Stage, Team
from pages.words import spoken

Changes = Mapping[str, Any]  # field of the table -> value in the types of `Row`
Row = dict[str, Any]
FIELDS = (
    "account",
    "amount",
    "currency",
    "basis",
    "category",
    "close_date",
    "next_step",
    "owner",
    "due",
    "champion",
    "economic_buyer",
    "stage",
    "risks",
    "dependencies",
    "exceptions",
)
# columns of the table that make up one fact of a deal
TOGETHER = {"currency": "amount", "basis": "amount", "owner": "next_step", "due": "next_step"}


@dataclass(frozen=True, slots=True)
class Edits:
    """Hold what was set by hand: changed fields of each deal by its key, deals added and keys of deals taken out."""

    changes: Mapping[str, Changes] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    removed: frozenset[str] = frozenset()

    def with_changes(self, key: str, changes: Changes) -> "Edits":
        """Return edits in which `changes` hold for the deal `key` beside what was set before."""
        return replace(self, changes={**self.changes, key: {**self.changes.get(key, {}), **changes}})

    def with_deal(self, account: str) -> "Edits":
        """Return edits with one more deal; taken out before, it comes back."""
        if account in self.removed:
            return replace(self, removed=self.removed - {account})
        return replace(self, added=(*self.added, account))

    def without_deal(self, key: str) -> "Edits":
        """Return edits in which the deal `key` is taken out."""
        if key in self.added:
            kept = {k: v for k, v in self.changes.items() if k != key}
            return replace(self, added=tuple(a for a in self.added if a != key), changes=kept)
        return replace(self, removed=self.removed | {key})

    def as_read(self, key: str) -> "Edits":
        """Return edits in which nothing of the deal `key` was changed."""
        return replace(self, changes={k: v for k, v in self.changes.items() if k != key})

    def by_hand(self, key: str) -> frozenset[str]:
        """Return the facts of the deal `key` that were set by hand."""
        if key in self.added:
            return frozenset(FIELDS)
        return frozenset(TOGETHER.get(name, name) for name in self.changes.get(key, {}))


def mended(book: Book, edits: Edits) -> Book:
    """Return `book` with `edits` in it; facts set by hand have no spans."""
    return replace(book, deals=tuple(deal for _, deal in keyed(book, edits)))


def keyed(book: Book, edits: Edits) -> tuple[tuple[str, Deal], ...]:
    """Return every deal of the mended book under its key: the account as read, numbered where it stands twice."""
    pairs: list[tuple[str, Deal]] = []
    for deal in (*book.deals, *(Deal(Fact(name)) for name in edits.added)):
        key, count = deal.name, 1
        while key in {k for k, _ in pairs}:
            count += 1
            key = f"{deal.name} ({count})"
        pairs.append((key, deal))
    return tuple(
        (key, _with(deal, edits.changes.get(key, {}), book)) for key, deal in pairs if key not in edits.removed
    )


def row_of(deal: Deal) -> Row:
    """Return the deal as one row of the table: plain values, None where it is not stated."""
    money = deal.amount.value if deal.amount else None
    step = deal.next_step.value if deal.next_step else None
    champion, buyer = deal.person("champion"), deal.person("economic_buyer")
    return {
        "account": deal.name,
        "amount": float(money.amount) if money else None,
        "currency": money.currency if money else None,
        "basis": spoken(money.basis) if money and money.basis else None,
        "category": spoken(deal.category.value) if deal.category else None,
        "close_date": deal.close_date.value if deal.close_date else None,
        "next_step": step.action if step else None,
        "owner": step.owner if step else None,
        "due": step.due if step else None,
        "champion": champion.value.name if champion else None,
        "economic_buyer": buyer.value.name if buyer else None,
        "stage": spoken(deal.stage.value) if deal.stage else None,
        "risks": list(dict.fromkeys(spoken(r.value.kind) for r in deal.risks)),
        "dependencies": list(dict.fromkeys(spoken(d.value.team) for d in deal.dependencies)),
        "exceptions": list(dict.fromkeys(spoken(e.value.kind) for e in deal.exceptions)),
    }


def _with(deal: Deal, changes: Changes, book: Book) -> Deal:
    if not changes:
        return deal
    now = row_of(deal) | dict(changes)
    touched = {TOGETHER.get(name, name) for name in changes}
    made: dict[str, Any] = {}
    if "account" in touched and (name := _text(now["account"])) and name != deal.name:
        made["account"] = Fact(name)
        made["aliases"] = tuple(dict.fromkeys((*deal.aliases, deal.name)))
    if "amount" in touched:
        made["amount"] = _money(deal, now, book)
    if "category" in touched:
        made["category"] = _one(Category, now["category"])
    if "stage" in touched:
        made["stage"] = _one(Stage, now["stage"])
    if "close_date" in touched:
        made["close_date"] = Fact(day) if (day := _day(now["close_date"])) else None
    if "next_step" in touched:
        action = _text(now["next_step"])
        made["next_step"] = Fact(NextStep(action, _text(now["owner"]), _day(now["due"]))) if action else None
    people = deal.people
    roles: tuple[Role, ...] = ("champion", "economic_buyer")
    for role in roles:
        if role in touched:
            # who left stays in the story; who stands there now is who was set
            kept = tuple(p for p in people if p.value.role != role or p.value.left)
            named = _text(now[role])
            people = (*((Fact(Person(named, role)),) if named else ()), *kept)
    made["people"] = people
    if "risks" in touched:
        made["risks"] = _several(RiskKind, now["risks"], deal.risks, lambda v: v.kind, lambda k: Risk(k, _words(k)))
    if "dependencies" in touched:
        made["dependencies"] = _several(
            Team, now["dependencies"], deal.dependencies, lambda v: v.team, lambda k: Dependency(k, _words(k))
        )
    if "exceptions" in touched:
        made["exceptions"] = _several(
            ExceptionKind, now["exceptions"], deal.exceptions, lambda v: v.kind, lambda k: ExceptionWanted(k, _words(k))
        )
    return replace(deal, **made)


def _money(deal: Deal, now: Row, book: Book) -> Fact[Money] | None:
    if now["amount"] is None:
        return None
    before = deal.amount.value if deal.amount else None
    amount = Decimal(str(now["amount"])).normalize()
    if before and before.amount == amount:
        amount = before.amount
    else:
        before = None  # a new figure is neither a range nor roughly so
        amount = amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount
    currency = _text(now["currency"]) or book.conventions.currency
    basis = _member(Basis, now["basis"])
    return Fact(replace(before, currency=currency, basis=basis) if before else Money(amount, currency, basis))


def _several(
    kinds: Any, wanted: object, known: tuple[Fact[Any], ...], kind_of: Callable[[Any], Any], make: Callable[[Any], Any]
) -> tuple[Fact[Any], ...]:
    """Keep the facts whose kind is still wanted, with their spans; make those that are new."""
    chosen = [m for m in (_member(kinds, w) for w in (wanted if isinstance(wanted, list) else [])) if m is not None]
    kept = tuple(f for f in known if kind_of(f.value) in chosen)
    there = {kind_of(f.value) for f in kept}
    return (*kept, *(Fact(make(kind)) for kind in dict.fromkeys(chosen) if kind not in there))


def _one(kinds: Any, label: object) -> Fact[Any] | None:
    member = _member(kinds, label)
    return None if member is None else Fact(member)


def _member(kinds: Any, label: object) -> Any:
    return next((m for m in kinds if spoken(m) == label), None)


def _words(kind: Any) -> str:
    return str(kind.value).replace("_", " ")


def _text(value: object) -> str | None:
    return (str(value).strip() or None) if value is not None else None


def _day(value: object) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value[:10]) if value else None
    return value if isinstance(value, date) else None
