"""What an ask says, in order: a `Situation` comes in, `Point`s go out."""

from collections.abc import Iterator

from chains.drafts import Point
from chains.kinds import StatementKind, Topic
from chains.planning.situation import Situation

_TOPIC = {
    StatementKind.COST: Topic.COST_AND_RETURN,
    StatementKind.RETURN: Topic.COST_AND_RETURN,
    StatementKind.SMALLER_STEP: Topic.SMALLER_FIRST_STEP,
    StatementKind.DECIDE_BY: Topic.DECISION_BY_WHEN,
}
_ORDER = (
    StatementKind.ASK, StatementKind.DECIDE_BY, StatementKind.WHY_NOW, StatementKind.COST, StatementKind.RETURN,
    StatementKind.PROOF, StatementKind.SMALLER_STEP, StatementKind.ON_REFUSAL,
)  # fmt: skip


def ask_points(situation: Situation) -> tuple[Point, ...]:
    """Return the points of an ask: what is wanted first, then its reasons, its price and a smaller step."""
    return (*_statements(situation), *_deals(situation))


def _statements(s: Situation) -> Iterator[Point]:
    for kind in _ORDER:
        for fact in s.book.said(kind):
            topics = (_TOPIC[kind],) if kind in _TOPIC else ()
            facts = (("block", kind.value), ("text", fact.value.text))
            yield Point(kind.value, "A", kind.value.replace("_", " "), (), topics, facts, fact.spans)


def _deals(s: Situation) -> Iterator[Point]:
    for standing in s.standings:
        topics = tuple(a.topic for a in s.anticipations if standing.deal.name in a.accounts)
        facts = (("block", "deals"), ("deal", standing.deal), ("group", standing.group), ("depth", standing.depth))
        yield Point("deal", "B", "the deals behind it", (standing.deal.name,), topics, facts)
