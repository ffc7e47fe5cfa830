"""Where a deal stands in the forecast: its ground comes in; category, the one before, odds and stage go out.

What the rep states stands. Otherwise what happened tells: a signature, an order, a loss, odds, a verbal yes, papers.
"""

from dataclasses import dataclass
from decimal import Decimal

from chains.deals import Fact
from chains.kinds import Category, Stage
from chains.reading.ground import Ground
from chains.reading.standing.beliefs import believed
from chains.reading.standing.categories import stated_category
from chains.reading.standing.losses import lost_by
from chains.reading.standing.odds import odds_told
from chains.reading.standing.signatures import signed_by
from chains.reading.standing.stages import ORDER, stage_told


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold where a deal stands and what it was called before."""

    category: Fact[Category] | None
    before: Fact[Category] | None
    odds: Fact[Decimal] | None
    stage: Fact[Stage] | None
    won: bool
    lost: bool


def read_standing(
    ground: Ground,
    exported: Fact[Category] | None,
    exported_stage: Fact[Stage] | None,
    exported_odds: Fact[Decimal] | None,
) -> Standing:
    """Return category, previous category, odds and stage by the product's rules."""
    stated, before = stated_category(ground, exported)
    odds = odds_told(ground, exported_odds)
    signed = signed_by(ground)
    lost = lost_by(ground)
    stage = stage_told(ground, exported_stage)
    if signed is not None and signed.value == "one side" and (stage is None or stage.value in ORDER[:4]):
        stage = Fact(Stage.PROCUREMENT, signed.spans, inferred=True)  # half signed: only paper is left
    if (
        signed is not None
        and signed.value == "won"
        and (stated is None or stated is exported or stated.value not in (Category.CLOSED_LOST, Category.OMITTED))
    ):
        if stated is not None and stated.value is not Category.CLOSED_WON:
            before = before or stated
        category: Fact[Category] | None = Fact(
            Category.CLOSED_WON, signed.spans, inferred=stated is None or stated.value is not Category.CLOSED_WON
        )
    elif stated is not None and not (stated is exported and lost is not None):
        category = stated
    elif lost is not None:
        category = Fact(Category.CLOSED_LOST, lost.spans, inferred=True)
    else:
        category = _inferred(signed, odds, believed(ground), stage)
    won = category is not None and category.value is Category.CLOSED_WON
    gone = category is not None and category.value is Category.CLOSED_LOST
    if category is not None and (won or gone):
        stage = Fact(Stage.CLOSED_WON if won else Stage.CLOSED_LOST, category.spans, inferred=True)
    if before is not None and category is not None and before.value == category.value:
        before = None
    return Standing(category, before, odds, stage, won, gone)


def _inferred(
    signed: Fact[str] | None, odds: Fact[Decimal] | None, belief: Fact[Category] | None, stage: Fact[Stage] | None
) -> Fact[Category] | None:
    if signed is not None and signed.value == "one side":
        return Fact(Category.COMMIT, signed.spans, inferred=True)
    if odds is not None:
        value = odds.value
        named = Category.COMMIT if value >= 80 else Category.BEST_CASE if value >= 50 else Category.PIPELINE
        return Fact(named, odds.spans, inferred=True)
    if belief is not None or stage is None:
        return belief
    named = {
        Stage.VERBAL: Category.COMMIT, Stage.PROCUREMENT: Category.COMMIT,
        Stage.NEGOTIATION: Category.BEST_CASE, Stage.PROPOSAL: Category.BEST_CASE,
        Stage.CLOSED_WON: Category.CLOSED_WON, Stage.CLOSED_LOST: Category.CLOSED_LOST,
    }.get(stage.value, Category.PIPELINE)  # fmt: skip
    return Fact(named, stage.spans, inferred=True)
