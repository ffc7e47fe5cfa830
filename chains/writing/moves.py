"""What moved and what it asks of the manager: points about changes, holes and needs come in, sentences go out."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from chains.changes import Change
from chains.deals import Commitment, Deal, Money
from chains.drafts import Computed, Point, Source
from chains.kinds import Category, RiskKind
from chains.scenarios import Hinge, Scenarios
from chains.writing.entries import more
from chains.writing.leads import figure
from chains.writing.names import joined
from chains.writing.phrasing import Phrasing
from chains.writing.retelling import retold, step_words, with_person
from chains.writing.sums import Said, fact, hinge_sources
from chains.writing.voice import run_on

CATEGORY_WORDS = {
    Category.COMMIT: "commit",
    Category.BEST_CASE: "best case",
    Category.PIPELINE: "pipeline",
    Category.OMITTED: "omitted",
    Category.CLOSED_WON: "won",
    Category.CLOSED_LOST: "lost",
}
ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}


def change(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Say what moved with one deal since last time, then what there is to say about it today."""
    moves: tuple[Change, ...] = fact(point, "changes")
    name = phrasing.names.full(moves[0].account)
    parts: list[str] = []
    sources: list[Source] = []
    for moved in moves:
        key = f"change.{moved.kind}"
        if moved.called and phrasing.voice.has(f"{key}.called"):
            key = f"{key}.called"
        if moved.after is Category.OMITTED and phrasing.voice.has(f"{key}.omitted"):
            key = f"{key}.omitted"
        before = _value(moved.before, phrasing)
        nth = ORDINALS.get(moved.times) if moved.times else None
        parts.append(phrasing.voice.say(key, before=before, after=_value(moved.after, phrasing), nth=nth))
        sources.extend(moved.sources)
        if before:
            sources.append(Computed("before", before))
    text = f"{name}: {', '.join(parts)}"
    deal: Deal | None = fact(point, "deal")
    depth = fact(point, "depth")
    if deal is not None and depth != "mention":
        rest, told = more(deal, fact(point, "group"), depth, phrasing, fact(point, "room"))
        text, sources = run_on(text, rest), [*sources, *told]
    yield Said(text, tuple(sources))


def headline(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Answer a question that is after something else than the forecast."""
    kind: str = fact(point, "kind")
    deals: tuple[Deal, ...] = fact(point, "deals")
    scenarios: Scenarios = fact(point, "scenarios")
    listed = [phrasing.voice.say("item", name=phrasing.names.short(d.name), what=figure(d, phrasing)) for d in deals]
    key = f"headline.{kind}" if listed else f"headline.{kind}.none"
    if phrasing.voice.has(key):
        text = phrasing.voice.say(key, label=scenarios.period.label, list=joined(listed))
        yield Said(text, tuple(s for d in deals for f in (d.account, d.amount) if f for s in f.spans))


def boss_asks(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Answer in one plain sentence whether a deal is in the number."""
    deal: Deal = fact(point, "deal")
    group: str = fact(point, "group")
    scenarios: Scenarios = fact(point, "scenarios")
    kinds = sorted((r.value.kind for r in deal.risks), key=lambda k: k is RiskKind.TIMELINE_SLIP)
    risk = phrasing.voice.say(f"open.{kinds[0].value}") if kinds else None
    name = phrasing.names.short(deal.name)
    text = phrasing.voice.say(f"boss.{group}", name=name, open=risk, label=scenarios.period.label)
    yield Said(text, tuple(s for f in (deal.account, deal.category) if f for s in f.spans))


def _value(value: date | Money | Category | None, phrasing: Phrasing) -> str | None:
    match value:
        case None:
            return None
        case Category():
            return CATEGORY_WORDS[value]
        case Money():
            return phrasing.figures.money(value)
        case _:
            return phrasing.days.calendar(value)


def no_change(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Say that nothing moved."""
    yield Said(phrasing.voice.say("no_change"))


def replacement(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Say what fills the hole that a deal leaves, and how much stays open."""
    holes: tuple[Deal, ...] = fact(point, "holes")
    fillers: tuple[Hinge, ...] = fact(point, "fillers")
    secured: tuple[Hinge, ...] = fact(point, "secured")
    say, names = phrasing.voice.say, phrasing.names
    moneys = [d.amount.value for d in holes if d.amount]
    gone = sum((m.amount for m in moneys), Decimal(0))
    currency = moneys[0].currency

    def money(value: Decimal) -> str:
        return phrasing.figures.amount(value, currency)

    who = names.joined(d.name for d in holes)
    gone_source = Computed("hole", money(gone))
    if secured:
        total = sum((h.money.amount for h in secured), Decimal(0))
        yield Said(say("replace.hole", names=who, sum=money(gone), label=fact(point, "label")), (gone_source,))
        listed = joined([f"{names.short(h.account)} ({phrasing.figures.middle(h.money)})" for h in secured])
        several = money(total) if len(secured) > 1 else None
        sources = (Computed("rest of the period", money(total)), *hinge_sources(phrasing, secured))
        yield Said(say("replace.secured", list=listed, sum=several, label=fact(point, "label")), sources)
        return
    # right after the sentence that tells of the one deal that moved, it needs no name
    it = ".it" if len(holes) == 1 and phrasing.kept.get("follows") == holes[0].name else ""
    hole = f"{who} ({money(gone)})"
    counted = fact(point, "was_counted")
    base: Decimal | None = None if counted else fact(point, "base")
    facts = {"hole": hole, "base": money(base) if base else None}
    standing = (gone_source, *((Computed("base", money(base)),) if base else ()))
    if not fillers:
        yield Said(say(f"replace.none{it}", **facts), standing)
        return
    spare: Decimal | None = fact(point, "spare")
    if spare is not None:
        gap: Decimal = fact(point, "gap")
        facts |= {"fillers": names.joined(h.account for h in fillers), "gap": money(gap)}
        key = "replace.spare" if spare else f"replace.taken{'.one' if len(fillers) == 1 else ''}"
        left = (Computed("left beside the gap", money(spare)),) if spare else ()
        text = say(f"{key}{it}", **facts, spare=money(spare) if spare else None)
        yield Said(text, (*standing, Computed("gap", money(gap)), *left))
        return
    total = sum((h.money.amount for h in fillers), Decimal(0))
    sources = (*standing, Computed("replacement", money(total)), *hinge_sources(phrasing, fillers))
    facts["fillers"] = joined([f"{names.short(h.account)} ({phrasing.figures.middle(h.money)})" for h in fillers])
    if total >= gone:
        key = "replace.cover.one" if len(fillers) == 1 else "replace.cover"
        yield Said(say(f"{key}{it}", **facts), sources)
        return
    facts["rest"] = money(gone - total)
    many = ""
    if len(fillers) > 1:
        many, facts["sum"] = ".many", money(total)
    yield Said(say(f"replace.part{many}{it}", **facts), (*sources, Computed("still open", money(gone - total))))


def needed(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Say what only the manager can do."""
    deal: Deal = fact(point, "deal")
    step, _ = step_words(deal, phrasing)
    if step.startswith(("please", "could you")):
        spans = deal.next_step.spans if deal.next_step else ()
        name = phrasing.names.short(deal.name)
        step = with_person(step, deal, spans, (name,), phrasing) or step
        text = step if step.startswith("please") else f"{step}?"
        if name.casefold() not in text.casefold():
            text = phrasing.voice.say("needed.for", name=name, text=text)
        yield Said(text, deal.next_step.spans if deal.next_step else ())


def owed(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Say what is open from the manager's side."""
    commitment: Commitment = fact(point, "commitment")
    what = _thing_owed(retold(commitment.text, phrasing, whole_clause=False))
    if what:
        yield Said(phrasing.voice.say("owed", what=what))


def _thing_owed(text: str) -> str:
    """Return the thing itself: "she owes me the intro to Martin - still open" -> "the intro to Martin"."""
    thing = re.sub(r"^.*?\b(?:owed?s?|promised?)\s+(?:me|us)?\b[\s:,-]*", "", text, count=1, flags=re.IGNORECASE)
    thing = re.sub(
        r"[\s,;:–-]+(?:(?:is |that'?s )?still\b.*|open|nothing yet|not yet.*)$", "", thing, flags=re.IGNORECASE
    )
    if not thing or re.match(r"(?:the|a|an|my|our|your|his|her|to)\b", thing, re.IGNORECASE):
        return thing
    return f"the {thing}" if thing[:1].islower() else thing
