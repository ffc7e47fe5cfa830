"""What fills the hole that a deal leaves: a `Situation` comes in, the point about it goes out."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from chains.anticipate import Anticipation
from chains.deals import Deal
from chains.drafts import Point
from chains.kinds import Category, RiskKind, Topic
from chains.periods import quarter_of
from chains.planning.situation import Situation
from chains.planning.standing import BAD
from chains.scenarios import Hinge, Scenarios, work_out

_MANY_TIMES = 5


def replacement_points(s: Situation) -> Iterator[Point]:
    """Yield the point about a replacement, where one is called for."""
    topic = next((a for a in s.anticipations if a.topic is Topic.REPLACEMENT_PLAN), None)
    if topic is None:
        return
    holes, into_this = _holes(s, topic)
    if not holes:
        return
    other, secured = s.scenarios, []
    before = holes[0].previous_close_date
    if into_this and before is not None:
        other = work_out(s.book, quarter_of(before.value, s.book.conventions.fiscal_year_start))
        secured = [*other.won, *other.safe, *other.at_risk]
    fillers, counted = _fillers(s, other, holes), any(_was_counted(d) for d in holes)
    gone = sum((d.amount.value.amount for d in holes if d.amount), Decimal(0))
    facts = (
        ("block", "fill"),
        ("holes", tuple(holes)),
        ("fillers", fillers),
        ("gap", other.gap),
        ("spare", None if counted else _spare(other, fillers, gone)),
        ("secured", tuple(secured)),
        ("label", other.period.label),
        ("was_counted", counted),
        ("base", other.total.base if other.total else None),
    )
    names = tuple(d.name for d in holes)
    yield Point("replacement", "B", topic.reason, names, (Topic.REPLACEMENT_PLAN,), facts=facts, sources=topic.sources)


def _spare(scenarios: Scenarios, fillers: Sequence[Hinge], hole: Decimal) -> Decimal | None:
    """Return what the best case leaves once the gap to the target is closed; None where it is enough for both."""
    if not fillers or scenarios.total is None or not scenarios.gap or scenarios.gap <= 0:
        return None
    spare = scenarios.total.best - scenarios.total.base - scenarios.gap
    return None if spare >= hole else max(spare, Decimal(0))


def _fillers(s: Situation, other: Scenarios, holes: Sequence[Deal]) -> tuple[Hinge, ...]:
    """Return the fewest best case deals that could stand in, none that is counted already or has gone quiet."""
    kinds = {(d.amount.value.currency, d.amount.value.basis) for d in holes if d.amount}
    rest = sum((d.amount.value.amount for d in holes if d.amount), Decimal(0))
    gone = {d.name for d in holes}
    chosen: list[Hinge] = []
    hopes = [h for h in other.upside if (h.money.currency, h.money.basis) in kinds and h.account not in gone]
    # a deal many times the hole is decided on its own and nobody fills a hole with it
    hopes = [h for h in hopes if not is_quiet(h) and h.money.amount <= _MANY_TIMES * rest]
    while rest > 0 and hopes:
        enough = [h for h in hopes if h.money.amount >= rest]
        pick = min(enough, key=lambda h: h.money.amount) if enough else max(hopes, key=lambda h: h.money.amount)
        hopes.remove(pick)
        chosen.append(pick)
        rest -= pick.money.amount
    return tuple(chosen)


def _holes(s: Situation, topic: Anticipation) -> tuple[list[Deal], bool]:
    """Return the deals that leave a hole, and whether they left it in an earlier period by coming into this one."""
    by_name = {st.deal.name: st for st in s.standings}
    named = [by_name[a] for a in topic.accounts if a in by_name and by_name[a].deal.amount is not None]
    gone = [st.deal for st in named if st.group in BAD]
    if gone:
        return gone, False
    into = [st.deal for st in named if st.in_period and st.deal.previous_close_date is not None]
    if into:
        return into[:1], True
    return [st.deal for st in s.standings if st.group == "moved" and st.deal.amount is not None], False


def is_quiet(hinge: Hinge) -> bool:
    """Tell whether a deal has gone quiet: nothing can be filled with it."""
    return any(r.kind is RiskKind.GONE_DARK for r in hinge.risks)


def _was_counted(deal: Deal) -> bool:
    """Tell whether a deal was a commit, so that it leaves a hole in the number and not only in the best case."""
    told = (deal.category, deal.previous_category)
    return any(fact is not None and fact.value is Category.COMMIT for fact in told)
