"""What is needed from the manager: a `Situation` comes in, the points about it go out."""

from collections.abc import Iterator

from chains.deals import ME, Commitment, Fact
from chains.drafts import Point
from chains.kinds import Category, Team
from chains.planning.manager import without_title
from chains.planning.situation import Situation

_PRONOUNS = ("you", "she", "he", "they")


def needs_points(s: Situation) -> Iterator[Point]:
    """Yield what only the manager can do and what they owe."""
    for standing in s.standings:
        deal = standing.deal
        teams = {d.value.team for d in deal.dependencies}
        category = deal.category.value if deal.category else None
        if category in (Category.CLOSED_LOST, Category.OMITTED) or not teams & {Team.MANAGER, Team.EXECUTIVE}:
            continue
        if standing.depth == "full" and not _asks_for_needs(s):
            continue  # it stands with its deal
        facts = (("block", "needs"), ("deal", deal))
        yield Point("needed", "C", "what only the manager can do", (deal.name,), facts=facts)
    owed = [c for c in s.book.commitments if c.value.done is not True and _to_me(c) and _is_managers(c, s)]
    for commitment in owed:
        promised = (("block", "needs"), ("commitment", commitment.value))
        yield Point("owed", "C", "open from the manager's side", facts=promised, sources=commitment.spans)


def _asks_for_needs(s: Situation) -> bool:
    """Tell whether the manager wants what is needed from them in a place of its own."""
    return "needs" in s.manner.blocks or "needs" in s.asked.kinds


def _is_managers(commitment: Fact[Commitment], s: Situation) -> bool:
    """Tell whether it is the manager who owes it: nobody who has a part in a deal, and no other name than theirs."""
    owner = commitment.value.owner
    if owner == ME:
        return False
    called = without_title(s.manager.called).split()[:1]
    named = len(owner) > 1 and owner[:1].isupper() and owner.casefold() not in _PRONOUNS
    if not named or (called and owner.split()[:1] == called):
        return True
    parts = [d.next_step.value.owner or "" for d in s.book.deals if d.next_step]
    parts += [x.value.person or "" for d in s.book.deals for x in d.dependencies]
    parts += [p.value.name for d in s.book.deals for p in d.people]
    return not called and owner.casefold() not in {w.casefold() for part in parts for w in (part, *part.split())}


def _to_me(commitment: Fact[Commitment]) -> bool:
    return commitment.value.to in (None, ME, "you", "I")
