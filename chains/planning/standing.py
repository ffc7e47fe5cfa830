"""Where each deal stands for the period asked about: a `Book`, a `Request` and `Scenarios` come in, one `Standing` a
deal goes out, with how much room it deserves.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from chains.anticipate import asked_about, slips
from chains.deals import Book, Deal
from chains.kinds import Category, RiskKind
from chains.periods import Period
from chains.requests import Request
from chains.scenarios import Scenarios

Group = Literal["moved", "down", "lost", "at_risk", "safe", "upside", "won", "later", "omitted", "won_before"]
Depth = Literal["full", "short", "mention"]
BAD = ("moved", "down", "lost")
# a word or two over what deals of that depth come to, taken from drafts
WORDS: dict[Depth, int] = {"full": 46, "short": 21, "mention": 7}


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold a deal's group for the period, how much the reader cares, and how fully it is told."""

    deal: Deal
    group: Group
    weight: int
    depth: Depth = "short"
    in_period: bool = False
    asked: bool = False


# what gets more room, in this order: deals of some weight in full, then the later ones that somebody has to act on
_UPGRADES: tuple[tuple[Depth, Depth, int], ...] = (("short", "full", 4), ("mention", "short", 2), ("short", "full", 3))


def group_of(deal: Deal, period: Period) -> Group:
    """Return the group of a deal for `period`."""
    category = deal.category.value if deal.category else None
    close = deal.close_date.value if deal.close_date else None
    before = deal.previous_close_date.value if deal.previous_close_date else None
    inside = close is not None and period.start <= close <= period.end
    if category is Category.CLOSED_LOST:
        return "lost"
    if category is Category.OMITTED:
        return "omitted"
    if category is Category.CLOSED_WON:
        return "won" if inside or close is None else "won_before"
    was_inside = before is not None and period.start <= before <= period.end
    if not inside and was_inside and close is not None and before is not None and close > before:
        return "moved"
    if not inside:
        return "later"
    was = deal.previous_category.value if deal.previous_category else None
    if was is Category.COMMIT and category is not Category.COMMIT:
        return "down"
    if category is Category.COMMIT:
        return "at_risk" if deal.risks else "safe"
    return "upside" if category is Category.BEST_CASE else "later"


def standings(
    book: Book, request: Request, scenarios: Scenarios, words: int, raised: Collection[str] = ()
) -> tuple[Standing, ...]:
    """Return the standing of each deal in the order of the notes, told as fully as `words` words allow.

    `raised` are the accounts that something has to be said about: they are never only mentioned.
    """
    period = scenarios.period
    found: list[Standing] = []
    for deal in book.deals:
        group = group_of(deal, period)
        close = deal.close_date.value if deal.close_date else None
        inside = close is not None and period.start <= close <= period.end
        asked = asked_about(deal, request)
        least = _least(group, asked, deal.name in raised)
        found.append(Standing(deal, group, _weight(deal, group, asked, book), least, inside, asked))
    return _with_room(found, words)


def _least(group: Group, asked: bool, raised: bool) -> Depth:
    if asked or group in ("moved", "down", "at_risk"):
        return "full"
    if raised and group not in ("lost", "omitted"):
        return "short"
    return "mention" if group in ("lost", "omitted", "won_before", "later") else "short"


def _weight(deal: Deal, group: Group, asked: bool, book: Book) -> int:
    weight = {"moved": 8, "at_risk": 8, "down": 7, "upside": 4, "won": 3, "safe": 3, "later": 1}.get(group, 0)
    risks = deal.risk_kinds() - {RiskKind.TIMELINE_SLIP}
    weight += 6 if asked else 0
    weight += 2 if risks and group in ("upside", "moved") else 0
    weight += 1 if deal.dependencies else 0
    weight += 2 if deal.exceptions else 0
    weight += 2 if any(d.value.kind == "credit" for d in deal.details) else 0
    weight += 2 if "in" in slips(deal, book.conventions.fiscal_year_start) else 0
    weight += 1 if deal.next_step else 0
    return weight


def _with_room(found: list[Standing], words: int) -> tuple[Standing, ...]:
    # the figures, what is needed and the frame take about sixty words of their own
    room = words - 60 - sum(WORDS[s.depth] for s in found)
    depth: dict[str, Depth] = {s.deal.name: s.depth for s in found}
    for less, more, least_weight in _UPGRADES:
        for standing in sorted(found, key=lambda s: -s.weight):
            cost = WORDS[more] - WORDS[less]
            if depth[standing.deal.name] != less or standing.weight < least_weight or room < cost:
                continue
            depth[standing.deal.name] = more
            room -= cost
    return tuple(Standing(s.deal, s.group, s.weight, depth[s.deal.name], s.in_period, s.asked) for s in found)
