"""One account to its `Deal`: its ground, its row of an export and the basis of its figures come in.

Where remarks and the export tell the same field, each reader of a field says which of them counts.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from chains.deals import ME, Deal, Fact, Money, NextStep, Person, Risk
from chains.kinds import Basis, Category, RiskKind, Stage
from chains.reading.accounts.mentions import Mention
from chains.reading.accounts.registry import Account
from chains.reading.amounts.worth import read_amount
from chains.reading.concerns.details import read_details
from chains.reading.concerns.risks import read_risks
from chains.reading.concerns.rivals import read_competitors, read_rival_risk, rivals_told
from chains.reading.concerns.wishes import read_exceptions
from chains.reading.dates.closing import read_closing
from chains.reading.ground import Ground
from chains.reading.people.roles import read_people
from chains.reading.people.teams import read_dependencies
from chains.reading.standing.forecast import read_standing
from chains.reading.steps.next_step import read_step, step_tokens


def read_deal(
    ground: Ground,
    account: Account,
    mention: Mention | None,
    row: Deal | None,
    basis: Basis | None,
    cells: frozenset[int],
) -> Deal:
    base = row or Deal(account=Fact(account.name, (ground.span(mention.first, mention.last),) if mention else ()))
    stated = base.category if base.category and not base.category.inferred else None
    standing = read_standing(ground, stated, base.stage, base.probability)
    category = standing.category or base.category
    closed = standing.won or standing.lost
    people, everybody = read_people(ground)
    left = base.next_step if not standing.won or (base.next_step and base.next_step.value.due) else None
    step = None if standing.lost else read_step(ground, everybody, left)
    steps = step_tokens(ground) | cells
    if step is not None and base.close_date is not None:
        steps |= _days_of(ground, step)  # beside an export's close date, the day of somebody's step is no new one
    closing = read_closing(ground, standing.won, standing.lost, base.close_date, steps)
    amount, before = read_amount(ground, base.amount, base.probability)
    risks = read_risks(ground, moved_out=closing.moved_out, closed=closed)
    told = rivals_told(ground, everybody)
    rival = None if closed else read_rival_risk(ground, told)
    if rival is not None and rival.value.kind not in {r.value.kind for r in risks}:
        risks = (*risks, rival)
    stage = _with_paper(standing.stage or base.stage, risks, category)
    return replace(
        base,
        account=Fact(account.name, base.account.spans),
        aliases=tuple(dict.fromkeys(a for a in (*base.aliases, *account.aliases) if a != account.name)),
        amount=_with_basis(amount, basis),
        previous_amount=_with_basis(before, basis) or base.previous_amount,
        category=category,
        previous_category=standing.before,
        stage=stage,
        probability=standing.odds,
        close_date=closing.close,
        previous_close_date=closing.before or _moved_from(base.previous_close_date, closing.close, standing.lost),
        next_step=step,
        people=_merged_people(people, base),
        competitors=(
            *base.competitors,
            *(
                c
                for c in read_competitors(ground, everybody, told)
                if c.value not in {b.value for b in base.competitors}
            ),
        ),
        risks=risks
        if closed
        else (*risks, *(r for r in base.risks if r.value.kind not in {x.value.kind for x in risks})),
        dependencies=() if standing.lost else read_dependencies(ground, everybody),
        exceptions=() if closed else read_exceptions(ground),
        details=read_details(ground),
        lines=tuple(dict.fromkeys((*base.lines, *(ground.span(p.first, p.last) for p in ground.pieces if not p.lent)))),
    )


def _days_of(ground: Ground, step: Fact[NextStep]) -> frozenset[int]:
    """Return the tokens that say when a named person's step is due."""
    if step.value.owner in (None, ME):
        return frozenset()
    within = (ground.marked.stream.within(s.start, s.end) for s in step.spans)
    return frozenset(i for tokens in within for i in tokens if ground.tokens[i].kind == "date")


_PAPER = (RiskKind.LEGAL, RiskKind.PROCUREMENT, RiskKind.SECURITY_REVIEW)


def _moved_from(told: Fact[date] | None, close: Fact[date] | None, lost: bool) -> Fact[date] | None:
    """Return what an export gives as the date before, unless it is the same day or the deal is lost."""
    same = told is not None and close is not None and told.value == close.value
    return None if lost or same else told


def _with_paper(
    stage: Fact[Stage] | None, risks: Sequence[Fact[Risk]], category: Fact[Category] | None
) -> Fact[Stage] | None:
    """Take an open point of legal, security or procurement for the stage where nothing but a trial is told."""
    paper = next((r for r in risks if r.value.kind in _PAPER), None)
    if paper is None:
        return stage
    committed = category is not None and category.value is Category.COMMIT
    if stage is None or (committed and stage.value in (Stage.DISCOVERY, Stage.EVALUATION)):
        return Fact(Stage.PROCUREMENT, paper.spans, inferred=True)
    return stage


def _merged_people(people: Sequence[Fact[Person]], base: Deal) -> tuple[Fact[Person], ...]:
    """Put the people of remarks and cells together: a part that remarks give away goes before the export's."""
    roles = {p.value.role for p in people if p.value.role in ("champion", "economic_buyer")}
    kept = [p for p in base.people if p.value.role not in roles]
    named = {p.value.name for p in kept}
    return (*(p for p in people if p.value.role in roles or p.value.name not in named), *kept)


def _with_basis(amount: Fact[Money] | None, basis: Basis | None) -> Fact[Money] | None:
    if amount is None or basis is None or amount.value.basis is not None:
        return amount
    return replace(amount, value=replace(amount.value, basis=basis))
