"""The practices that fit: a `Book` and a `Request` come in, the practices found for them go out, each with why.

Three kinds of query are asked and fused: the request in its own words, the states the deals are in, and the notes'
own words where something is at stake.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from chains.deals import Book, Deal
from chains.drafts import PracticeFound
from chains.kinds import Category, ExceptionKind, RiskKind, StatementKind, Team
from chains.requests import Request

MOST_WORDS = 5  # clauses of the notes that are asked as they stand: each is a search of its own


class Passage(Protocol):
    """A passage that a library found."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def passage(self) -> str: ...


class Library(Protocol):
    """The seam to the knowledge base: queries in, passages out, best first."""

    def find(self, queries: Sequence[str], n: int = 5, *, states: Sequence[str] = ()) -> Sequence[Passage]:
        """Return the `n` passages that fit the queries best, taken together."""
        ...

    @property
    def notices(self) -> Sequence[str]:
        """Return what the user should know, such as a part of the playbook that could not be read."""
        ...


class ScriptedLibrary:
    """Answer with passages that were handed in, one list a call; running out of them is an error."""

    def __init__(self, *answers: Sequence[Passage]) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        self.notices: tuple[str, ...] = ()

    def find(self, queries: Sequence[str], n: int = 5, *, states: Sequence[str] = ()) -> Sequence[Passage]:
        """Return the next answer and keep what was asked."""
        self.asked.append((tuple(queries), tuple(states)))
        if not self._answers:
            raise LookupError("the scripted library has no answer left")
        return self._answers.pop(0)[:n]


# what a rep would call the state; the keys are the states that cards name
_RISK_STATES = {
    RiskKind.TIMELINE_SLIP: "slipped",
    RiskKind.GONE_DARK: "gone_dark",
    RiskKind.CHAMPION_LOSS: "champion_lost",
    RiskKind.NO_ECONOMIC_BUYER: "no_economic_buyer",
    RiskKind.SINGLE_THREADED: "single_threaded",
    RiskKind.LEGAL: "legal_stuck",
    RiskKind.SECURITY_REVIEW: "security_review",
    RiskKind.BUDGET: "budget_open",
    RiskKind.APPROVAL: "approval_open",
    RiskKind.COMPETITION: "competition",
    RiskKind.PRICING: "pricing",
    RiskKind.NO_NEXT_STEP: "no_next_step",
    RiskKind.RESOURCING: "resource_ask",
}
_KIND_STATES = {"update": ("forecast_update",), "ask": ("resource_ask",), "feedback": ("feedback_ask",)}
_KIND_WORDS = {
    "update": "weekly update on my deals for my manager to forward",
    "ask": "asking my manager for help, a decision or resources",
    "feedback": "asking my manager for direct feedback on my work and goals",
}


def states_of(book: Book, request: Request) -> tuple[str, ...]:
    """Return the states of the request and its deals, the most pressing and most frequent first."""
    counted: dict[str, int] = {}
    for state in (s for deal in book.deals for s in _deal_states(deal)):
        counted[state] = counted.get(state, 0) + 1
    kinds = list(_KIND_STATES[request.kind])
    if book.targets and request.kind == "update":
        kinds.append("gap_to_number")
    if any(c.value.owner != "me" and c.value.done is not True for c in book.commitments):
        kinds.append("commitment_overdue")
    if any(book.said(StatementKind.CREDIT)):
        kinds.append("credit_due")
    ranked = sorted(counted, key=lambda s: -counted[s])
    return tuple(dict.fromkeys([*kinds, *ranked]))


def queries_for(book: Book, request: Request) -> tuple[str, ...]:
    """Return the queries to ask: the request, the states in words, then telling clauses of the notes."""
    states = states_of(book, request)
    asked = " ".join(part for part in (_KIND_WORDS[request.kind], request.question) if part)
    in_words = ", ".join(s.replace("_", " ") for s in states[:6])
    wanted = (StatementKind.ASK, StatementKind.QUESTION, StatementKind.GOAL, StatementKind.SHORTCOMING)
    said = [s.value.text for kind in wanted for s in book.said(kind)]
    telling = [r.value.text for d in book.deals for r in d.risks] + [
        e.value.text for d in book.deals for e in d.exceptions
    ]
    own = said[:3] + telling if request.kind == "update" else said + telling
    return tuple(dict.fromkeys(q for q in (asked, in_words, *own[:MOST_WORDS]) if q.strip()))


def find_practices(book: Book, request: Request, library: Library, n: int = 8) -> tuple[PracticeFound, ...]:
    """Find the `n` practices that fit, best first, each with the reason it was found."""
    states = states_of(book, request)
    queries = queries_for(book, request)
    found = library.find(queries, n, states=states)
    because = ", ".join(s.replace("_", " ") for s in states[:4])
    return tuple(PracticeFound(p.id, p.title, p.source, f"fits: {because}", p.passage) for p in found)


def _deal_states(deal: Deal) -> Iterable[str]:
    category = deal.category.value if deal.category else None
    yield from (_RISK_STATES[r] for r in deal.risk_kinds() if r in _RISK_STATES)
    if category is Category.CLOSED_WON:
        yield "won"
    if category is Category.CLOSED_LOST:
        yield "lost"
    if category is Category.BEST_CASE and deal.previous_category and deal.previous_category.value is Category.COMMIT:
        yield "downgraded"
    if deal.close_date and deal.previous_close_date and deal.close_date.value < deal.previous_close_date.value:
        yield "pulled_in"
    kinds = {e.value.kind for e in deal.exceptions}
    if ExceptionKind.DISCOUNT in kinds:
        yield "discount_asked"
    if kinds - {ExceptionKind.DISCOUNT}:
        yield "exception_asked"
    if deal.amount is None and category not in (Category.CLOSED_LOST, Category.OMITTED):
        yield "amount_missing"
    teams = {d.value.team for d in deal.dependencies}
    if Team.EXECUTIVE in teams:
        yield "exec_ask"
    if teams - {Team.MANAGER, Team.EXECUTIVE}:
        yield "cross_team"
