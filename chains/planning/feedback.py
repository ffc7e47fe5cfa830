"""What a feedback talk asks, in order: a `Situation` comes in, `Point`s go out."""

from collections.abc import Iterator

from chains.drafts import Point
from chains.kinds import StatementKind, Topic
from chains.planning.situation import Situation

_TOPIC = {
    StatementKind.GOAL: Topic.GOAL_ALIGNMENT,
    StatementKind.QUESTION: Topic.GOAL_ALIGNMENT,
    StatementKind.EVIDENCE: Topic.EVIDENCE_OF_PROGRESS,
    StatementKind.SHORTCOMING: Topic.EVIDENCE_OF_PROGRESS,
}
_ORDER = (
    StatementKind.QUESTION, StatementKind.GOAL, StatementKind.EVIDENCE, StatementKind.SHORTCOMING, StatementKind.OFFER,
)  # fmt: skip


def feedback_points(situation: Situation) -> tuple[Point, ...]:
    """Return the points of a feedback talk: the questions first, then goals, evidence and what is owed."""
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
