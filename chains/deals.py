"""What notes hold: rough text comes in with its conventions, a `Book` of `Deal`s goes out, each fact with its place.

Everything here is frozen; later stages read it and never change it. Offsets are half-open character offsets into
the notes exactly as they were pasted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from chains.kinds import Basis, Category, ExceptionKind, RiskKind, Stage, StatementKind, Team

T = TypeVar("T", covariant=True)
DateOrder = Literal["MDY", "DMY"]
Role = Literal["champion", "economic_buyer", "contact", "colleague"]
ME = "me"  # the rep, wherever an owner is named


@dataclass(frozen=True, slots=True)
class Conventions:
    """Hold what the rep has set once: the day the notes were written and how figures and dates in them are meant."""

    as_of: date
    currency: str = "USD"  # ISO 4217, where the notes write none
    date_order: DateOrder = "MDY"  # how 3/4 is read
    fiscal_year_start: int = 1  # month number; quarters count from it


@dataclass(frozen=True, slots=True)
class Span:
    """Point at a piece of the notes: `notes[start:end] == text`; `line` counts from 1."""

    start: int
    end: int
    text: str
    line: int

    @classmethod
    def of(cls, notes: str, start: int, end: int) -> "Span":
        """Return the span of `notes[start:end]` with its line number."""
        return cls(start, end, notes[start:end], notes.count("\n", 0, start) + 1)


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """Hold a value, the spans it was read from, and whether it stands there or follows from what stands there."""

    value: T
    spans: tuple[Span, ...] = ()
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Money:
    """Hold an amount in one currency; for a range `amount` is the middle and `low`, `high` its ends."""

    amount: Decimal
    currency: str
    basis: Basis | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """Hold what happens next; `owner` is `me`, a name, a team or None."""

    action: str
    owner: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Hold a person as the notes name them, with the part they play in the deal and their title where told."""

    name: str
    role: Role
    title: str | None = None
    left: bool = False  # they were there and are gone


@dataclass(frozen=True, slots=True)
class Risk:
    """Hold one open risk and the words that tell it."""

    kind: RiskKind
    text: str


@dataclass(frozen=True, slots=True)
class Dependency:
    """Hold what a team on our side has to do for the deal."""

    team: Team
    text: str
    person: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ExceptionWanted:
    """Hold what the buyer wants beyond standard, in the notes' words."""

    kind: ExceptionKind
    text: str


DetailKind = Literal["cause", "status", "solved", "credit", "competitor", "context"]


@dataclass(frozen=True, slots=True)
class Detail:
    """Hold a clause about the deal that a writer can use: why it moved, where the paper stands, what is settled,
    who deserves credit, which competitor is in it, or anything else that may travel."""

    kind: DetailKind
    text: str


@dataclass(frozen=True, slots=True)
class Deal:
    """Hold one deal as the notes tell it; None is "not stated"."""

    account: Fact[str]  # the fullest form in the notes
    aliases: tuple[str, ...] = ()  # every other form the notes use, in order of appearance
    amount: Fact[Money] | None = None
    previous_amount: Fact[Money] | None = None
    category: Fact[Category] | None = None
    previous_category: Fact[Category] | None = None
    stage: Fact[Stage] | None = None
    probability: Fact[Decimal] | None = None  # 0 to 100
    close_date: Fact[date] | None = None
    previous_close_date: Fact[date] | None = None
    next_step: Fact[NextStep] | None = None
    people: tuple[Fact[Person], ...] = ()
    competitors: tuple[Fact[str], ...] = ()
    risks: tuple[Fact[Risk], ...] = ()
    dependencies: tuple[Fact[Dependency], ...] = ()
    exceptions: tuple[Fact[ExceptionWanted], ...] = ()
    details: tuple[Fact[Detail], ...] = ()
    lines: tuple[Span, ...] = ()  # every clause of the notes that is about this deal, in order

    @property
    def name(self) -> str:
        """Return the account as a reader would say it."""
        return self.account.value

    def person(self, role: Role) -> Fact[Person] | None:
        """Return the first person in that role who is still there, or None."""
        return next((p for p in self.people if p.value.role == role and not p.value.left), None)

    def risk_kinds(self) -> frozenset[RiskKind]:
        """Return the kinds of the open risks."""
        return frozenset(r.value.kind for r in self.risks)


@dataclass(frozen=True, slots=True)
class Commitment:
    """Hold a promise between the rep and somebody else; `owner` is who has to deliver (`me` or a name)."""

    owner: str
    to: str | None
    text: str
    due: date | None = None
    done: bool | None = None  # None: not told


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold a sentence of the notes that is for an ask, a feedback talk or the frame of an update."""

    kind: StatementKind
    text: str
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Hold the number the rep is measured by, for a period."""

    money: Money
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Unread:
    """Point at something that was not understood or not taken over, with the reason and what a person can do."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Book:
    """Hold all that was read from one paste of notes."""

    notes: str
    conventions: Conventions
    deals: tuple[Deal, ...] = ()
    statements: tuple[Fact[Statement], ...] = ()
    commitments: tuple[Fact[Commitment], ...] = ()
    targets: tuple[Fact[Target], ...] = ()
    private: tuple[Span, ...] = field(default=())  # remarks that must not travel
    not_understood: tuple[Unread, ...] = ()

    def deal(self, account: str) -> Deal | None:
        """Return the deal with that account or alias (case folded), or None."""
        wanted = account.casefold()
        return next((d for d in self.deals if wanted in {n.casefold() for n in (d.name, *d.aliases)}), None)

    def said(self, kind: StatementKind) -> Iterator[Fact[Statement]]:
        """Yield the statements of one kind in the order of the notes."""
        return (s for s in self.statements if s.value.kind == kind)
