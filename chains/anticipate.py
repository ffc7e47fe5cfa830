"""What the answer leads to (B) and who else has to act (C): a `Book`, a `Request` and the scenarios come in,
`Anticipation`s go out, by the rules of knowledge/anticipations.yaml.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chains.accounts import names_account
from chains.deals import Book, Deal, DetailKind
from chains.drafts import Layer, Source
from chains.errors import KnowledgeFault
from chains.kinds import Category, ExceptionKind, RiskKind, StatementKind, Team, Topic
from chains.periods import Period, quarter_of
from chains.requests import Kind, Request
from chains.scenarios import Scenarios

CLOSED = (Category.CLOSED_WON, Category.CLOSED_LOST, Category.OMITTED)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Conditions(_Strict):
    """Hold the facts of one `when`; an empty field asks for nothing."""

    deals: Literal["counted", "moved", "relevant", "open", "any"] = "any"
    category: tuple[Category | Literal["none"], ...] = ()
    risk: tuple[RiskKind | Literal["any"], ...] = ()
    exception: tuple[ExceptionKind | Literal["any"], ...] = ()
    needs: tuple[Team | Literal["any"], ...] = ()
    missing: tuple[Literal["amount", "close_date", "next_step", "economic_buyer", "champion"], ...] = ()
    slipped: tuple[Literal["out", "over_quarter", "in"], ...] = ()
    was: tuple[Category, ...] = ()
    asked_about: bool | None = None
    details: tuple[DetailKind, ...] = ()
    target: bool | None = None
    gap: bool | None = None
    statements: tuple[StatementKind, ...] = ()
    says: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    always: bool | None = None

    @property
    def about_deals(self) -> bool:
        """Tell whether any condition is about a deal."""
        fields = ("category", "risk", "exception", "needs", "missing", "slipped", "was", "details")
        return self.deals != "any" or self.asked_about is not None or any(getattr(self, f) for f in fields)


class Rule(_Strict):
    """Hold one rule from a situation to a topic."""

    id: str
    topic: Topic
    layer: Layer
    kinds: tuple[Kind, ...] = Field(alias="for")
    when: Conditions
    unless: Conditions | None = None
    manager: str
    say: str
    weight: int = Field(ge=1, le=9)


class _RuleFile(_Strict):
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Anticipation:
    """Hold one thing to bring up unasked: the topic, why the manager will need it, and the deals it is about."""

    topic: Topic
    layer: Layer
    rule: str
    reason: str  # the question the manager will have
    say: str
    weight: int
    accounts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@lru_cache(maxsize=4)
def load_rules(path: Path | None = None) -> tuple[Rule, ...]:
    """Load the rules of `path`, or those that come with Foreword; raise KnowledgeFault naming the rule at fault."""
    source: Path | Traversable = path or files("knowledge") / "anticipations.yaml"
    way_out = f"Mend {source.name}; its first lines tell what a rule can hold."
    try:
        data = yaml.load(source.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        rules = _RuleFile.model_validate(data).rules
    except ValidationError as error:
        raise KnowledgeFault(f"{source.name}: {_first_fault(error, data)}.", way_out) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise KnowledgeFault(f"{source.name} cannot be read: {' '.join(str(error).split())}.", way_out) from error
    ids = [rule.id for rule in rules]
    if twice := next((i for i in ids if ids.count(i) > 1), None):
        raise KnowledgeFault(f"{source.name}: two rules are called '{twice}'.", way_out)
    return rules


def _first_fault(error: ValidationError, data: object) -> str:
    first = error.errors()[0]
    place = [str(part) for part in first["loc"]]
    rule = "the file"
    if len(place) >= 2 and place[0] == "rules" and place[1].isdigit() and isinstance(data, dict):
        entry = data["rules"][int(place[1])]
        rule = f"rule '{entry.get('id', place[1])}'" if isinstance(entry, dict) else f"rule {place[1]}"
        place = place[2:]
    # the branches of a union (an enumeration or a word) stand in the place; they tell a reader nothing
    named = ".".join(p for p in place if not re.search(r"[\[(]|^[A-Z]", p))
    return f"{rule}: {named or 'its form'}: {first['msg'][0].lower()}{first['msg'][1:]}"


def anticipate(
    book: Book, request: Request, scenarios: Scenarios, rules: tuple[Rule, ...] | None = None
) -> tuple[Anticipation, ...]:
    """Return what to bring up unasked, one entry a topic, the weightiest first."""
    deals = tuple(_told(d, book, request, scenarios.period) for d in book.deals)
    situation = _Situation(book, request, scenarios, deals)
    found: dict[Topic, Anticipation] = {}
    for rule in load_rules() if rules is None else rules:
        if request.kind not in rule.kinds:
            continue
        hit = situation.meets(rule)
        if hit is None:
            continue
        accounts, sources = hit
        before = found.get(rule.topic)
        if before is None:
            found[rule.topic] = Anticipation(
                rule.topic, rule.layer, rule.id, rule.manager, rule.say, rule.weight, accounts, sources
            )
        else:
            lead = rule if rule.weight > before.weight else None
            found[rule.topic] = Anticipation(
                rule.topic,
                lead.layer if lead else before.layer,
                lead.id if lead else before.rule,
                lead.manager if lead else before.reason,
                lead.say if lead else before.say,
                max(rule.weight, before.weight),
                tuple(dict.fromkeys((*before.accounts, *accounts))),
                tuple(dict.fromkeys((*before.sources, *sources))),
            )
    return tuple(sorted(found.values(), key=lambda a: -a.weight))


@dataclass(frozen=True, slots=True)
class _Situation:
    book: Book
    request: Request
    scenarios: Scenarios
    deals: tuple["_Told", ...]

    def meets(self, rule: Rule) -> tuple[tuple[str, ...], tuple[Source, ...]] | None:
        """Return the accounts and sources for which `rule` holds; None where it does not."""
        if not self._notes_meet(rule.when):
            return None
        if not rule.when.about_deals:
            if rule.unless is not None and self._notes_meet(rule.unless):
                return None
            spans = (
                s.spans for kind in rule.when.statements for s in self.book.said(kind) if _says(rule.when, s.value.text)
            )
            return (), tuple(span for some in spans for span in some)
        deals = [
            told.deal
            for told in self.deals
            if self._deal_meets(told, rule.when)
            and not (rule.unless is not None and self._deal_meets(told, rule.unless) and self._notes_meet(rule.unless))
        ]
        if not deals:
            return None
        return tuple(d.name for d in deals), tuple(s for d in deals for s in _spans(d, rule.when))

    def _notes_meet(self, when: Conditions) -> bool:
        gap = self.scenarios.gap
        tests = (
            when.target is None or when.target == (self.scenarios.target is not None),
            when.gap is None or when.gap == (gap is not None and gap > 0),
            not when.statements or any(_says(when, s.value.text) for k in when.statements for s in self.book.said(k)),
            not when.asked or any(_word_in(word, text) for word in when.asked for text in asked_texts(self.request)),
        )
        return all(tests)

    def _deal_meets(self, told: "_Told", when: Conditions) -> bool:
        return (
            (when.deals == "any" or when.deals in told.scopes)
            and (not when.category or told.category in when.category)
            and _any_of(when.risk, told.risks)
            and _any_of(when.exception, told.wanted)
            and _any_of(when.needs, told.teams)
            and (not when.missing or any(is_missing(told.deal, name) for name in when.missing))
            and (not when.slipped or bool(told.moves.intersection(when.slipped)))
            and (not when.was or told.was in when.was)
            and (when.asked_about is None or when.asked_about == told.asked)
            and (not when.details or any(d.value.kind in when.details for d in told.deal.details))
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """Hold what the rules look at in one deal, worked out once."""

    deal: Deal
    category: Category | Literal["none"]
    was: Category | None
    risks: frozenset[RiskKind]
    wanted: frozenset[ExceptionKind]
    teams: frozenset[Team]
    moves: frozenset[Literal["out", "over_quarter", "in"]]
    asked: bool
    scopes: frozenset[str]


def _told(deal: Deal, book: Book, request: Request, period: Period) -> _Told:
    category = deal.category.value if deal.category else None
    before = deal.previous_close_date
    asked = asked_about(deal, request)
    counted = deal.close_date is not None and period.start <= deal.close_date.value <= period.end
    moved = before is not None and (period.start <= before.value <= period.end or counted)
    scopes = {"counted": counted, "moved": moved, "relevant": counted or moved or asked, "open": category not in CLOSED}
    return _Told(
        deal=deal,
        category=category or "none",
        was=deal.previous_category.value if deal.previous_category else None,
        risks=deal.risk_kinds(),
        wanted=frozenset(e.value.kind for e in deal.exceptions),
        teams=frozenset(d.value.team for d in deal.dependencies),
        moves=slips(deal, book.conventions.fiscal_year_start),
        asked=asked,
        scopes=frozenset(name for name, holds in scopes.items() if holds),
    )


def slips(deal: Deal, fiscal_year_start: int = 1) -> frozenset[Literal["out", "over_quarter", "in"]]:
    """Return how the close date moved: out, over_quarter as well, in, or not at all."""
    if deal.close_date is None or deal.previous_close_date is None:
        return frozenset()
    now, before = deal.close_date.value, deal.previous_close_date.value
    if now == before:
        return frozenset()
    if now < before:
        return frozenset({"in"})
    if now > quarter_of(before, fiscal_year_start).end:
        return frozenset({"out", "over_quarter"})
    return frozenset({"out"})


def is_missing(deal: Deal, name: str) -> bool:
    """Tell whether the notes leave out that field of the deal."""
    match name:
        case "economic_buyer" | "champion":
            return deal.person(name) is None
        case _:
            return getattr(deal, name) is None


def asked_texts(request: Request) -> tuple[str, ...]:
    """Return what has been asked: the question and what the manager's own boss asks."""
    return tuple(t for t in (request.question, *request.manager.asked_by_their_boss) if t)


def asked_about(deal: Deal, request: Request) -> bool:
    """Tell whether the question, the manager's priorities or their boss name the deal."""
    texts = (*asked_texts(request), *request.manager.priorities)
    return any(names_account(text, deal) for text in texts)


def _any_of(wanted: Collection[object], held: Collection[object]) -> bool:
    return not wanted or any(one in held for one in wanted) or ("any" in wanted and bool(held))


def _word_in(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def _says(when: Conditions, text: str) -> bool:
    return not when.says or any(_word_in(word, text) for word in when.says)


def _spans(deal: Deal, when: Conditions) -> Iterable[Source]:
    facts = [
        *(r for r in deal.risks if when.risk),
        *(e for e in deal.exceptions if when.exception),
        *(d for d in deal.dependencies if when.needs),
        *(d for d in deal.details if d.value.kind in when.details),
    ]
    for fact in facts:
        yield from fact.spans
    for moved in (deal.previous_close_date, deal.close_date):
        if when.slipped and moved is not None:
            yield from moved.spans
    yield from deal.account.spans[:1]
