"""What the figures of a deal are figures of: a piece of its ground comes in; each figure with its part goes out.

A part is amount, now (it replaces), was or other: costs, quotas and other firms' prices are other.
"""

from dataclasses import dataclass
from decimal import Decimal

from chains.deals import Money
from chains.reading.accounts.pieces import Piece
from chains.reading.amounts.plain import (
    at_name,
    ends_range,
    in_scale,
    is_plain,
    number_spaced,
    of_odds,
    of_one,
    stands_alone,
    stands_by_itself,
    tenths_behind,
    with_tenths,
)
from chains.reading.amounts.taken_back import ARROWS, arrow_between, corrected_between, is_struck, taken_back
from chains.reading.ground import Ground

_NEAR = 4

_LISTS = frozenset("board list table forecast sheet call number quarter".split())  # 30k off the board

_BEHIND_OTHER = frozenset("loaded each apiece off discount quota gap short budget".split())


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold one figure with its part: amount, now (it replaces), was, or other."""

    token: int
    money: Money
    part: str
    stated: bool  # with currency, magnitude or at the name itself


def figures_in(ground: Ground, piece: Piece, known: Money | None, odds: Decimal | None = None) -> list[Figure]:
    """Return the figures of a piece in order, each with its part."""
    tokens = ground.tokens
    places = [
        i
        for i in range(piece.first, piece.last)
        if i not in ground.named and (tokens[i].kind == "money" or is_plain(ground, i, piece))
    ]
    partner = next((tokens[i].value for i in places if tokens[i].kind == "money" and not tokens[i].bare), None) or known
    found: list[Figure] = []
    tails = {i + 1 for i in places if number_spaced(ground, i) or tenths_behind(ground, i)}
    places = [i for i in places if i not in tails and not of_odds(ground, i, odds) and not of_one(ground, i)]
    for place, i in enumerate(places):
        token = tokens[i]
        earlier = places[place - 1] if place else None
        later = places[place + 1] if place + 1 < len(places) else None
        part = _part(ground, piece, i + 1 if i + 1 in tails else i, earlier, later)
        if place and ends_range(ground, places[place - 1], i):
            continue
        if token.kind == "money":
            money: Money | None = token.value
            if token.bare:
                money = in_scale(ground, money.amount, partner, money, known, odds is None) if money else None
        else:
            ranged = later is not None and ends_range(ground, i, later)
            if part not in ("now", "was") and not ranged and not stands_alone(ground, i, piece):
                continue
            number = number_spaced(ground, i) or token.value.number
            if ranged and later is not None:
                number = (number + tokens[later].value.number) / 2
            money = in_scale(ground, with_tenths(ground, i, number), partner, None, known, odds is None)
        if money is None:
            continue
        found.append(Figure(i, money, part, token.kind == "money"))
    return found


def _part(ground: Ground, piece: Piece, i: int, earlier: int | None, later: int | None) -> str:
    tokens = ground.tokens
    if is_struck(ground, i):
        return "was"
    if (
        i > 0
        and tokens[i - 1].low == "="
        and tokens[i].kind == "count"
        and sum(
            1 for t in tokens[ground.marked.clauses.sentences[piece.sentence].first : i] if t.kind in ("count", "money")
        )
        > 1
    ):
        return "other"  # the sum of a list
    if later is not None and arrow_between(ground, i, later):
        return "was"
    if earlier is not None and arrow_between(ground, earlier, i):
        return "now"
    if later is not None and corrected_between(ground, i, later):
        return "was"
    if earlier is not None and corrected_between(ground, earlier, i):
        return "now"
    first, last = ground.marked.clauses.clause(i)
    first, last = max(first, piece.first), min(last, piece.last)
    if tokens[i - 1].low in ARROWS and i > piece.first and at_name(ground, i, piece):
        return "now"  # Globex -> 276
    if tokens[i - 1].low == "=" and earlier is not None and i - 1 > piece.first:
        return "now"  # now only 2 sites = 12.500
    near = _cue_before(ground, i, max(piece.first, (earlier + 1) if earlier is not None else piece.first))
    if near == "was":
        return "was"
    behind = tokens[i + 1 : min(i + 4, piece.last)]
    if tokens[i].kind == "count" and taken_back(ground, piece, i) and stands_by_itself(ground, i, piece):
        return "now"  # One eighty. No, one eighteen.
    if (at_name(ground, i, piece) or i <= piece.first + 1) and taken_back(ground, piece, i):
        return "now"
    if (behind and behind[0].low in ("not", "instead")) or (
        len(behind) > 1 and behind[0].low in (",", "now", "and") and behind[1].low in ("not", "instead", "no")
    ):
        return "now"
    if behind and behind[0].low in ("each", "apiece") and _of_several(ground, piece):
        return "amount"  # A and B are 85k each
    struck = len(behind) > 2 and behind[0].low == "off" and behind[1].low == "the" and behind[2].low in _LISTS
    if behind and behind[0].low in _BEHIND_OTHER and not struck:
        return "other"
    goal = next((t.low for t in behind if t.low not in ("is", "s", "was", "my", "the", "our")), "")
    if goal in ("number", "target", "quota", "goal"):
        return "other"  # 300 is my number
    if behind and behind[0].low == "now":
        return "now"
    if near in ("other", "loose"):
        return "amount" if at_name(ground, i, piece) else near
    if near == "now":
        return "now"
    opening = ground.marked.between(piece.first, i, "frame")
    if any(h.name == "talk" for h in opening) and not at_name(ground, i, piece):
        return "loose"
    return "amount"


def _of_several(ground: Ground, piece: Piece) -> bool:
    """Tell whether a piece opens with several accounts, so that "each" means each of them."""
    named = [i for i in range(piece.first, min(piece.last, piece.first + 12)) if i in ground.named]
    return any(i not in ground.own for i in named) and any(i in ground.own for i in named)


def _cue_before(ground: Ground, i: int, stop: int) -> str:
    """Return the part that the nearest cue before a figure gives it, within a few words and its sentence."""
    best: tuple[int, int, str] | None = None
    for j in range(max(stop, i - 7), i):
        for hit in ground.marked.at.get(j, ()):
            if hit.group != "number_cue" or hit.last > i or i - hit.last > _NEAR or hit.first in ground.named:
                continue
            if hit.name not in ("other", "loose") and i - hit.last > 2:
                continue
            if hit.name == "was" and any(k in ground.own for k in range(hit.last, i)):
                continue  # "vs Globex 72k" compares with the deal, not with a former amount
            if any(t.kind in ("date", "money") or t.low in (",", "(", ")", ":") for t in ground.tokens[hit.last : i]):
                continue
            rank = (hit.last, hit.last - hit.first, hit.name)
            best = max(best, rank) if best else rank
    return best[2] if best else ""
