"""Forecast categories in a draft: a claim comes in, a finding goes out where the notes put the deal elsewhere."""

from chains.checking.evidence import Evidence
from chains.checking.found import finding
from chains.checking.statuses import CategoryClaim
from chains.drafts import Finding
from chains.kinds import Category


def check_category(evidence: Evidence, claim: CategoryClaim) -> Finding | None:
    if claim.category in (Category.CLOSED_WON, Category.CLOSED_LOST):
        return None
    topics = claim.anchor.topics or evidence.told_by_amount(claim.sentence)
    if len(topics) != 1:
        return None
    (topic,) = topics
    deal = evidence.topics.deals[topic]
    text = evidence.draft.text
    before = text[max(0, claim.start - 20) : claim.start].casefold()
    if (
        claim.category is Category.PIPELINE
        and before.rstrip().endswith(("new", "my", "our", "the", "total"))
        and "in the" not in before
    ):
        return None
    told = [(c, line) for c, line, allowed in evidence.categories if topic in allowed]
    was = {c.category for c, _ in told if c.was}
    now = {c.category for c, _ in told if not c.was}
    if deal is None or deal.category is None:
        # the reader knows of none: the words of the notes have to tell one, and this deal's alone
        only = {c.category: line for c, line, allowed in evidence.categories if allowed == topics}
        if claim.was or len(now) != 1 or claim.category in now | was or not now <= only.keys():
            return None
        (other,) = now
        return _wrong_category(evidence, claim, evidence.topics.names[topic], f"is {_name(other)} (line {only[other]})")
    holds = deal.category.value
    if claim.was:
        if claim.category is holds and was and claim.category not in was:
            return _wrong_category(evidence, claim, deal.name, f"was {_name(min(was))} before")
        return None
    if claim.category is holds or claim.category in now:
        return None
    # the reader is believed where the words of the notes agree with it
    if holds not in now and not (
        holds in (Category.CLOSED_WON, Category.CLOSED_LOST) and _stands_for(evidence, topic, holds)
    ):
        return None
    line = next((ln for c, ln in told if c.category is holds), None)
    where = f" (line {line})" if line else (f" (line {deal.category.spans[0].line})" if deal.category.spans else "")
    return _wrong_category(evidence, claim, deal.name, f"is {_name(holds)}{where}")


def _stands_for(evidence: Evidence, topic: int, category: Category) -> bool:
    """Tell whether the words of the notes say that a deal is won or lost."""
    groups = ("losing",) if category is Category.CLOSED_LOST else ("winning", "signing")
    return any(n.claim.group in groups and n.claim.state == "done" and topic in n.allowed for n in evidence.claims)


def _name(category: Category) -> str:
    return category.value.replace("_", " ")


def _wrong_category(evidence: Evidence, claim: CategoryClaim, deal: str, told: str) -> Finding:
    return finding(
        evidence,
        "error",
        "status",
        claim.start,
        claim.end,
        f"“{evidence.draft.text[claim.start : claim.end]}” is not where the notes put {deal}: it {told}.",
        "Say the category that the notes tell.",
    )
