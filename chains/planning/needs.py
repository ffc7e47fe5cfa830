"""What is needed from the manager: a `Situation` comes in, the points about it go out."""

from collections.abc import Iterator

from chains.deals import ME, Commitment, Fact
from chains.drafts import Point
from chains.kinds import Category, Team
from chains.planning.situation import Situation
from chains.planning.standing import Standing, is_crowded


def needs_points(s: Situation) -> Iterator[Point]:
    """Yield what only the manager can do and what they owe."""
    for standing in s.standings:
        deal = standing.deal
        teams = {d.value.team for d in deal.dependencies}
        category = deal.category.value if deal.category else None
        if category in (Category.CLOSED_LOST, Category.OMITTED) or not teams & {Team.MANAGER, Team.EXECUTIVE}:
            continue
        facts = (("block", "needs"), ("deal", deal))
        yield Point("needed", "C", "what only the manager can do", (deal.name,), facts=facts)
    owed = [c for c in s.book.commitments if c.value.owner != ME and c.value.done is not True and _to_me(c)]
    for commitment in owed:
        promised = (("block", "needs"), ("commitment", commitment.value))
        yield Point("owed", "C", "open from the manager's side", facts=promised, sources=commitment.spans)


def choice_points(s: Situation) -> Iterator[Point]:
    """Yield the choice that bad news leaves the manager: to step in, to get ahead of it, or to wait."""
    worst = next((st for st in s.standings if st.group == "moved" and _matters(st, s)), None)
    if worst is not None and s.manner.words >= 190 and not is_crowded(s.standings):
        facts = (("block", "fill"), ("deal", worst.deal))
        yield Point("choice", "B", "bad news leaves the manager a choice", (worst.deal.name,), facts=facts)


def _matters(standing: Standing, s: Situation) -> bool:
    """Tell whether a deal that moved out is worth the manager's own decision."""
    if standing.deal.amount is None or standing.deal.category is None:
        return False
    was = standing.deal.previous_category
    total = s.scenarios.total
    large = total is not None and 4 * standing.deal.amount.value.amount >= total.base
    return standing.asked or large or (was is not None and was.value is Category.COMMIT)


def _to_me(commitment: Fact[Commitment]) -> bool:
    return commitment.value.to in (None, ME, "you", "I")
