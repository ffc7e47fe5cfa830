"""What only all deals together tell: the deals of the notes come in, those a seller would call deals go out.

A company that a status mail only mentions is no deal. An export of past closes without a stage, some of which are told
to be lost and none to be won, is a list of losses.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from chains.deals import Deal, Fact
from chains.kinds import Category, Stage

FEWEST = 5  # rows of a list of losses
SHARE = 4  # at least one row in so many is told to be lost
_TELLING = ("category", "stage", "probability", "previous_close_date", "previous_amount", "next_step")


def without_mentions(deals: Sequence[Deal]) -> list[Deal]:
    """Return the deals without names that are only mentioned, where the notes are no seller's: they price nothing."""
    if any(d.amount or d.close_date or (d.category and not d.category.inferred) for d in deals):
        return list(deals)
    return [d for d in deals if _is_deal(d)]


def _is_deal(deal: Deal) -> bool:
    """Tell whether anything of a deal is told: what it is worth, where it stands, when it closes, a step or a part."""
    parts = any(p.value.role in ("champion", "economic_buyer") for p in deal.people)
    return parts or any(getattr(deal, name) is not None for name in _TELLING)


def as_list_of_losses(deals: Sequence[Deal], exported: Sequence[Deal], as_of: date) -> list[Deal]:
    """Return the deals, all rows of an export lost where its past closes and what is told of some of them say so."""
    rows = {d.account.spans for d in exported}
    own = [d for d in deals if d.account.spans in rows]
    past = all(d.close_date is not None and d.close_date.value <= as_of for d in exported)
    plain = not any(d.category or d.stage or d.probability for d in exported)
    lost = [d for d in own if d.category is not None and d.category.value is Category.CLOSED_LOST]
    won = any(d.category is not None and d.category.value is Category.CLOSED_WON for d in own)
    if len(exported) < FEWEST or not past or not plain or won or len(lost) * SHARE < len(own):
        return list(deals)
    return [_lost(d) if d.account.spans in rows and d not in lost else d for d in deals]


def _lost(deal: Deal) -> Deal:
    spans = deal.close_date.spans if deal.close_date else deal.account.spans
    return replace(
        deal,
        category=Fact(Category.CLOSED_LOST, spans, inferred=True),
        stage=Fact(Stage.CLOSED_LOST, spans, inferred=True),
        previous_category=None,
        previous_close_date=None,
        next_step=None,
        risks=(),
        dependencies=(),
        exceptions=(),
    )
