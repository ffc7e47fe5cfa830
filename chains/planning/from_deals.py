"""What deals themselves ask for: a `Situation` comes in, points of an ask (what is needed for which deal, its worth, by
when) and of a feedback talk (questions about slips, losses and gaps) go out.

They speak where the notes hold deals and no ask or question of the rep's own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chains.deals import ME, Deal, Span
from chains.drafts import Computed, Point, Source
from chains.kinds import Category, ExceptionKind, RiskKind, Team, Topic
from chains.planning.situation import Situation
from chains.planning.standing import Standing
from chains.planning.talks import is_private

MOST_NEEDS = 3
MOST_NAMED = 3
# what only a manager can grant or bring about comes first
_RANK = {Team.MANAGER: 0, Team.EXECUTIVE: 0, Team.DEAL_DESK: 1, Team.LEGAL: 1, Team.SECURITY: 1, Team.FINANCE: 1}
_GRANTED = (ExceptionKind.DISCOUNT, ExceptionKind.PRICE_LOCK)
_SETTLED = re.compile(
    r"\b(?:already|ok'?d|approved|agreed|fine with|ok with|happy with|accepted|done)\b", re.IGNORECASE
)
_CLOSED = (Category.CLOSED_WON, Category.CLOSED_LOST, Category.OMITTED)


Facts = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Need:
    """Hold what one deal needs: `what` is a team or what the buyer wants beyond standard."""

    what: str
    deal: Deal
    due: date | None
    spans: tuple[Span, ...]
    team: Team | None = None


def needs_of(s: Situation) -> tuple[Need, ...]:
    """Return what the open deals need most from our side, one thing a deal."""
    found: list[tuple[tuple[int, int, int], Need]] = []
    for place, standing in enumerate(s.standings):
        category = standing.deal.category.value if standing.deal.category else None
        if category in _CLOSED:
            continue
        best = min(_needs(standing, s), key=lambda n: n[0], default=None)
        if best is not None:
            rank, need = best
            found.append(((0 if standing.asked else 1, rank - standing.weight, place), need))
    return tuple(need for _, need in sorted(found, key=lambda x: x[0])[:MOST_NEEDS])


def _needs(standing: Standing, s: Situation) -> Iterator[tuple[int, Need]]:
    deal = standing.deal
    for fact in deal.dependencies:
        if is_private(s.book, fact.spans) or _SETTLED.search(fact.value.text):
            continue
        team = fact.value.team
        if fact.value.person and fact.value.due and team not in _RANK:
            continue  # "demo 3/5, Jamal runs it": arranged already
        due = _ahead(fact.value.due, s) or _step_day(deal, s)
        yield _RANK.get(team, 3), Need(f"team.{team.value}", deal, due, fact.spans, team)
    for wish in deal.exceptions:
        if is_private(s.book, wish.spans) or _SETTLED.search(_line_of(wish.spans, s)):
            continue
        kind = wish.value.kind
        yield 1 if kind in _GRANTED else 2, Need(f"wish.{kind.value}", deal, _step_day(deal, s), wish.spans)


def _line_of(spans: Sequence[Span], s: Situation) -> str:
    """Return the piece of a line behind a wish, up to the next stop: there the notes say that it is settled."""
    if not spans:
        return ""
    notes, start = s.book.notes, spans[0].start
    stop = min((at for mark in ".;\n" if (at := notes.find(mark, spans[0].end)) >= 0), default=len(notes))
    return notes[start:stop]


def _ahead(day: date | None, s: Situation) -> date | None:
    return day if day is not None and day > s.book.conventions.as_of else None


def _step_day(deal: Deal, s: Situation) -> date | None:
    """Return the day of the next step where it is ours."""
    step = deal.next_step.value if deal.next_step else None
    people = {p.value.name.casefold() for p in deal.people if p.value.role != "colleague"}
    if step is None or (step.owner or ME).casefold() in people:
        return None
    return _ahead(step.due, s)


def ask_from_deals(s: Situation) -> Iterator[Point]:
    """Yield the ask that the deals make: what is needed, by when, what it costs and what hangs on it."""
    needs = needs_of(s)
    deals = [n.deal for n in needs]
    if not needs:
        troubled = sorted(
            (st for st in s.standings if st.deal.category is None or st.deal.category.value not in _CLOSED),
            key=lambda st: (not st.asked, -len(st.deal.risks), -st.weight),
        )
        deals = [st.deal for st in troubled[:1]]
        if not deals:
            return
    names = tuple(d.name for d in deals)
    spans: tuple[Source, ...] = tuple(x for n in needs for x in n.spans)
    told: Facts = (("block", "ask"), ("needs", needs), ("deals", tuple(deals)))
    yield Point("need", "A", "what the deals need from our side", names, (Topic.DECISION_BY_WHEN,), told, spans)
    closing = min(
        (d.close_date.value for d in deals if d.close_date and d.close_date.value > s.book.conventions.as_of),
        default=None,
    )
    due = min((n.due for n in needs if n.due is not None), default=None)
    if due is not None or closing is not None:
        which = next((n.deal for n in needs if n.due == due), None) if due is not None else None
        which = which or next((d for d in deals if d.close_date and d.close_date.value == closing), deals[0])
        told = (("block", "ask"), ("due", due), ("closing", None if due else closing), ("deal", which))
        yield Point("need_day", "A", "by when", (which.name,), (Topic.DECISION_BY_WHEN,), told)
    for deal in deals:
        standing = next(st for st in s.standings if st.deal is deal)
        raised = tuple(a.topic for a in s.anticipations if deal.name in a.accounts)
        told = (("block", "deals"), ("deal", deal), ("group", standing.group), ("depth", "full"))
        yield Point("deal", "B", "the ask hangs on it", (deal.name,), raised, told)
    teams = tuple(dict.fromkeys(n.team for n in needs if n.team not in (None, Team.MANAGER)))
    told = (("block", "cost"), ("teams", teams), ("deals", tuple(deals)))
    worth: tuple[Source, ...] = (Computed("at stake", _sum_text(deals)),) if len(deals) > 1 else ()
    yield Point("need_cost", "B", "what it costs and what hangs on it", names, (Topic.COST_AND_RETURN,), told, worth)
    held = next(
        (n.deal for n in needs if n.deal.close_date and n.deal.close_date.value > s.book.conventions.as_of), None
    )
    if held is not None:
        told = (("block", "cost"), ("deal", held))
        yield Point("need_without", "B", "what happens on no", (held.name,), (), told)


def at_stake(deals: Sequence[Deal]) -> bool:
    """Tell whether the amounts of deals can be added up: one currency, one basis, none missing."""
    moneys = [d.amount.value for d in deals if d.amount is not None]
    return len(moneys) == len(deals) > 1 and len({(m.currency, m.basis) for m in moneys}) == 1


def _sum_text(deals: Sequence[Deal]) -> str:
    return str(sum(d.amount.value.amount for d in deals if d.amount is not None)) if at_stake(deals) else ""


def questions_from_deals(s: Situation) -> Iterator[Point]:
    """Yield questions that hang on what happened to deals: slips, losses, missing people, silence."""
    open_ones = [st for st in s.standings if st.deal.category is None or st.deal.category.value not in _CLOSED]
    slipped = [
        st
        for st in open_ones
        if st.deal.previous_close_date
        and st.deal.close_date
        and st.deal.close_date.value > st.deal.previous_close_date.value
    ]
    lost = [st for st in s.standings if st.group == "lost"]
    for role, found in (("ask_slip", slipped), ("ask_lost", lost)):
        if found:
            yield _question(role, [max(found, key=lambda st: st.weight).deal], s)
    for role, kind in (
        ("ask_buyer", RiskKind.NO_ECONOMIC_BUYER),
        ("ask_single", RiskKind.SINGLE_THREADED),
        ("ask_silent", RiskKind.GONE_DARK),
    ):
        held = [st.deal for st in open_ones if kind in st.deal.risk_kinds()]
        if held:
            yield _question(role, held[:MOST_NAMED], s)


def _question(role: str, deals: Sequence[Deal], s: Situation) -> Point:
    names = tuple(d.name for d in deals)
    facts = (("block", "questions"), ("deals", tuple(deals)))
    raised = tuple(a.topic for a in s.anticipations if set(names) & set(a.accounts))
    topics = tuple(dict.fromkeys((Topic.GOAL_ALIGNMENT, *raised)))
    spans: tuple[Source, ...] = tuple(x for d in deals for x in (*d.account.spans[:1],))
    return Point(role, "A", "a question that hangs on what happened", names, topics, facts, spans)
