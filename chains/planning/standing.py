"""Where each deal stands for the period asked about: a `Book`, a `Request` and `Scenarios` come in, one `Standing` a
deal goes out, with how much room it deserves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from chains.anticipate import asked_about, slips
from chains.deals import ME, Book, Deal
from chains.kinds import Category, RiskKind
from chains.periods import Period
from chains.planning.manner import Manner
from chains.requests import Request
from chains.scenarios import Scenarios

Group = Literal[
    "moved", "down", "lost", "at_risk", "safe", "upside", "won", "pipeline", "later", "omitted", "won_before"
]
Depth = Literal["full", "short", "mention"]
BAD = ("moved", "down", "lost")
MOST_ROOM, LEAST_ROOM, SHORT_ROOM = 42, 18, 13  # words of remarks about a deal that is told in full, or in short
_MANY = 10  # deals
_FEW_LINES, _LINE_ROOM = 8, 22  # deals of which each can have a longer line; words of remarks in it
_OVERDRAFT = 40  # words by which a text may pass its length before deals lose their full room
_BRIEF = 140  # in a text of no more words no deal is told in full


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold a deal's group for the period, how much the reader cares, and how fully it is told."""

    deal: Deal
    group: Group
    weight: int
    depth: Depth = "short"
    in_period: bool = False
    asked: bool = False
    room: int = MOST_ROOM


# what gets more room, in this order: deals of some weight in full, then the later ones that somebody has to act on
_UPGRADES: tuple[tuple[Depth, Depth, int], ...] = (("short", "full", 4), ("mention", "short", 2), ("short", "full", 3))


def is_crowded(found: Sequence[Standing]) -> bool:
    """Tell whether there are more deals than the text has room for, so that everything else is kept short."""
    return len(found) > _MANY


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
    return "upside" if category is Category.BEST_CASE else "pipeline"


def standings(
    book: Book, request: Request, scenarios: Scenarios, told: Manner, raised: Mapping[str, int] | None = None
) -> tuple[Standing, ...]:
    """Return the standing of each deal in the order of the notes, told as fully as the manner allows.

    `raised` tells for each account how many things have to be said about it: it is never only mentioned then.
    """
    raised = raised or {}
    period = scenarios.period
    found: list[Standing] = []
    for deal in book.deals:
        group = group_of(deal, period)
        close = deal.close_date.value if deal.close_date else None
        inside = close is not None and period.start <= close <= period.end
        asked = asked_about(deal, request)
        depth = _least(group, asked, raised.get(deal.name, 0))
        if "bad" in told.blocks and group == "upside" and deal.risks:
            depth = "full"
        if told.layout == "lines":
            # each has its line, and no more
            depth = "full" if (asked and group == "moved") or len(book.deals) <= _FEW_LINES else "short"
        elif told.words <= _BRIEF and depth == "full":
            depth = "short"
        found.append(Standing(deal, group, _weight(deal, group, asked, book), depth, inside, asked))
    if told.layout == "lines":
        return tuple(replace(s, room=s.room if s.asked and s.group == "moved" else _LINE_ROOM) for s in found)
    return _with_room(found, told.words, book, scenarios)


def _least(group: Group, asked: bool, raised: int) -> Depth:
    if asked or group in ("moved", "down", "at_risk") or (raised > 1 and group == "upside"):
        return "full"
    if raised and group not in ("lost", "omitted"):
        return "short"
    return "mention" if group in ("lost", "omitted", "won_before", "pipeline", "later") else "short"


def _weight(deal: Deal, group: Group, asked: bool, book: Book) -> int:
    weight = {"moved": 8, "at_risk": 8, "down": 7, "upside": 4, "won": 3, "safe": 3, "pipeline": 2, "later": 1}.get(
        group, 0
    )
    risks = deal.risk_kinds() - {RiskKind.TIMELINE_SLIP}
    weight += 6 if asked else 0
    weight += 2 if risks and group in ("upside", "moved") else 0
    weight += 1 if deal.dependencies else 0
    weight += 2 if deal.exceptions else 0
    weight += 2 if any(d.value.kind == "credit" for d in deal.details) else 0
    weight += 2 if "in" in slips(deal, book.conventions.fiscal_year_start) else 0
    weight += 1 if deal.next_step else 0
    return weight


def _with_room(found: list[Standing], words: int, book: Book, scenarios: Scenarios) -> tuple[Standing, ...]:
    """Tell deals more fully while there is room, then give each remark less room until the text fits."""
    depth: dict[str, Depth] = {s.deal.name: s.depth for s in found}
    sized = [(s, _size(s.deal)) for s in found]
    frame = _frame(book, scenarios, found)

    def taken(room: int) -> int:
        return frame + sum(size.cost(depth[s.deal.name], room) for s, size in sized)

    left = words - frame - sum(size.cost(s.depth, MOST_ROOM) for s, size in sized)
    for less, more, least_weight in _UPGRADES if words > _BRIEF else ():
        for standing, size in sorted(sized, key=lambda pair: -pair[0].weight):
            cost = size.cost(more, MOST_ROOM) - size.cost(less, MOST_ROOM)
            if depth[standing.deal.name] != less or standing.weight < least_weight or left < cost:
                continue
            depth[standing.deal.name] = more
            left -= cost
    room = MOST_ROOM
    while room > LEAST_ROOM and taken(room) > words:
        room -= 4
    for standing in sorted(found, key=lambda s: s.weight):
        if taken(room) <= words + _OVERDRAFT:
            break
        if depth[standing.deal.name] == "full" and not standing.asked and standing.group not in ("moved", "at_risk"):
            depth[standing.deal.name] = "short"
    return tuple(replace(s, depth=depth[s.deal.name], room=room) for s in found)


def _frame(book: Book, scenarios: Scenarios, found: list[Standing]) -> int:
    """Return about how many words the figures, what is needed, and headings take."""
    words = 40 + 2 * min(len(found), 12)
    words += 12 if scenarios.target else 0
    words += 12 if scenarios.missing else 0
    words += 25 if any(s.group == "moved" for s in found) else 0
    return words + 10 * sum(c.value.owner != ME and c.value.done is not True for c in book.commitments)


@dataclass(frozen=True, slots=True)
class _Size:
    """Hold about how many words there are to say of a deal: in remarks, and of its next step and people."""

    remarks: int
    rest: int

    def cost(self, depth: Depth, room: int) -> int:
        """Return about how many words the deal takes at that depth."""
        if depth == "mention":
            return 7
        return 10 + min(SHORT_ROOM if depth == "short" else room, self.remarks) + self.rest


def _size(deal: Deal) -> _Size:
    # more than half of what the notes say of a deal are its figures, which stand in the lead
    there = sum(len(line.text.split()) for line in deal.lines) * 2 // 5 if deal.lines else 3 * len(deal.risks) + 8
    people = 5 if deal.person("champion") or deal.person("economic_buyer") else 0
    return _Size(there, (8 if deal.next_step else 0) + people)
