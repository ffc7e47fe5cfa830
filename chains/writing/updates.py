"""An update in words: the points of a `Plan` come in, `Section`s of sentences with their sources go out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from chains.changes import Change
from chains.deals import Commitment, Deal, Money, Target
from chains.drafts import Computed, Plan, Point, Section, Sentence, Source
from chains.kinds import Category
from chains.planning.manner import Layout, manner
from chains.scenarios import Hinge, Scenarios, Sums
from chains.writing.clauses import next_step
from chains.writing.entries import entry, figure
from chains.writing.figures import BASIS_WORDS, amount
from chains.writing.names import joined
from chains.writing.phrasing import Phrasing
from chains.writing.voice import run_on, sentence

CATEGORY_WORDS = {
    Category.COMMIT: "commit",
    Category.BEST_CASE: "best case",
    Category.PIPELINE: "pipeline",
    Category.OMITTED: "omitted",
    Category.CLOSED_WON: "won",
    Category.CLOSED_LOST: "lost",
}
_FEW = 4  # deals that are told in running text where the manager says nothing else
_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    sources: tuple[Source, ...] = ()


def update_sections(plan: Plan, phrasing: Phrasing) -> tuple[Section, ...]:
    """Return the sections of an update."""
    layout = _layout(plan)
    sections: list[Section] = []
    for block, points in groupby(plan.points, key=_block):
        sections.extend(_section(block, tuple(points), layout, phrasing, plan))
    if layout == "paragraph":
        everything = tuple(s for section in sections for s in section.sentences)
        return (Section("update", everything),)
    return tuple(sections)


def _layout(plan: Plan) -> Layout:
    told = manner(plan.request)
    if told.layout is not None:
        return told.layout
    deals = sum(p.role == "deal" for p in plan.points)
    return "prose" if deals <= _FEW else "bullets"


def _block(point: Point) -> str:
    return str(_fact(point, "block") or "")


def _fact(point: Point, name: str) -> Any:
    return next((value for key, value in point.facts if key == name), None)


def _section(block: str, points: Sequence[Point], layout: Layout, phrasing: Phrasing, plan: Plan) -> Iterator[Section]:
    deals = [p for p in points if p.role == "deal"]
    others = [p for p in points if p.role != "deal"]
    as_list = layout in ("bullets", "talk", "lines")
    if others:
        sentences = tuple(_sentences(others, phrasing))
        if block == "changes" and as_list:
            yield Section(block, sentences, phrasing.voice.say("heading.changes"), "bullets")
        elif layout == "talk":
            yield Section(block, sentences, layout="bullets")
        elif sentences:
            yield Section(block, sentences)
    if not deals:
        return
    told = tuple(_deal_sentences(deals, phrasing, "bullet" if as_list else "prose", plan))
    if as_list and len(told) > 1:
        yield Section(block, told, _heading(block, deals, layout, phrasing, plan), "bullets")
    else:
        yield Section(block, told)


def _heading(block: str, deals: Sequence[Point], layout: Layout, phrasing: Phrasing, plan: Plan) -> str:
    if layout == "lines":
        return ""
    label = plan.scenarios.period.label if plan.scenarios else None
    key = f"heading.{block}"
    if block == "bad" and _block(plan.points[0]) == "bad":
        key = "heading.bad.first"
    return f"{phrasing.voice.say(key, label=label)}:" if phrasing.voice.has(key) else ""


# --- sentences that are about the whole


def _sentences(points: Sequence[Point], phrasing: Phrasing) -> Iterator[Sentence]:
    for point in points:
        for said in _TELL[point.role](point, phrasing):
            if said.text:
                yield Sentence(
                    sentence(said.text), tuple(dict.fromkeys((*said.sources, *point.sources))), point.practices
                )


def _answer(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    scenarios: Scenarios = _fact(point, "scenarios")
    kinds: tuple[str, ...] = _fact(point, "kinds") or ()
    say, label, total = phrasing.voice.say, scenarios.period.label, scenarios.total
    if total is None:
        yield _Said(f"{label}, {say(_kinds_intro(scenarios))}")
        return
    counted = (*scenarios.won, *scenarios.safe, *scenarios.at_risk, *scenarios.upside)
    if not counted:
        yield _Said(say("answer.nothing", label=label))
        return
    base = _sum(total.base, total)
    basis = _basis(total, phrasing, counted)
    sources = (_computed("base", total.base, total), *_hinge_sources(scenarios.won, scenarios.safe, scenarios.at_risk))
    if "secured" in kinds:
        won = sum((h.money.amount for h in scenarios.won), Decimal(0))
        if won:
            lead = say("answer.secured", won=_sum(won, total), label=label)
        else:
            lead = say("answer.secured.none", label=label)
        yield _Said(_and(lead, basis), (_computed("won", won, total), *sources))
        if total.worst != won:
            yield _Said(
                say("answer.secured.safe", worst=_sum(total.worst, total)), (_computed("worst", total.worst, total),)
            )
        if total.base != total.worst:
            yield _Said(say("answer.secured.base", base=base), sources)
        return
    target = scenarios.target
    if "enough" in kinds and target is not None and scenarios.gap is not None:
        key = "answer.no" if scenarios.gap > 0 else "answer.yes"
        lead = say(key, base=base, target=_target(target))
    elif "enough" in kinds:
        lead = say("answer.open", base=base)
    elif "land" in phrasing.request.question.casefold():
        lead = say("answer.lands", label=label, base=base)
    else:
        lead = say("answer.at", label=label, base=base)
    yield _Said(_and(lead, basis), sources)
    if made := _made_of(scenarios, total, phrasing):
        yield _Said(made, sources)


def _made_of(scenarios: Scenarios, total: Sums, phrasing: Phrasing) -> str:
    won = [h.account for h in scenarios.won]
    commits = [h.account for h in (*scenarios.safe, *scenarios.at_risk)]
    names = phrasing.names.joined
    if len(won) + len(commits) < 2:
        return ""
    if len(won) + len(commits) <= 5:
        if won and commits:
            return phrasing.voice.say("made.names", won=names(won), commits=names(commits))
        if commits:
            return phrasing.voice.say("made.commits", commits=names(commits))
        return phrasing.voice.say("made.won", won=names(won))
    won_sum = sum((h.money.amount for h in scenarios.won), Decimal(0))
    if not won_sum:
        return ""
    return phrasing.voice.say("made.of", won=_sum(won_sum, total), commits=_sum(total.base - won_sum, total))


def _worst(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    scenarios: Scenarios = _fact(point, "scenarios")
    total = scenarios.total
    if total is None or not (scenarios.won or scenarios.safe or scenarios.at_risk):
        return
    if "secured" in (_fact(point, "kinds") or ()):
        return
    source = _computed("worst", total.worst, total)
    if not scenarios.at_risk:
        if scenarios.safe:
            yield _Said(phrasing.voice.say("worst.none"), (source,))
        return
    names = phrasing.names.joined(h.account for h in scenarios.at_risk)
    key = "worst.one" if len(scenarios.at_risk) == 1 else "worst.many"
    yield _Said(
        phrasing.voice.say(key, names=names, worst=_sum(total.worst, total)),
        (source, *_hinge_sources(scenarios.at_risk)),
    )


def _best(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    scenarios: Scenarios = _fact(point, "scenarios")
    total = scenarios.total
    if total is None or not scenarios.upside:
        return
    best = _sum(total.best, total)
    source = (_computed("best", total.best, total), *_hinge_sources(scenarios.upside))
    if len(scenarios.upside) > 4:
        yield _Said(phrasing.voice.say("best.count", best=best, count=str(len(scenarios.upside))), source)
        return
    key = "best.names" if len(scenarios.upside) == 1 else "best.many"
    names = phrasing.names.joined(h.account for h in scenarios.upside)
    yield _Said(phrasing.voice.say(key, best=best, names=names), source)


def _gap(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    scenarios: Scenarios = _fact(point, "scenarios")
    total, gap, target = scenarios.total, scenarios.gap, scenarios.target
    if total is None or gap is None or target is None:
        return
    say = phrasing.voice.say
    source = (_computed("gap", abs(gap), total),)
    if gap <= 0:
        key = "gap.over" if gap < 0 else "gap.none"
        yield _Said(say(key, gap=_sum(-gap, total), target=_target(target)), source)
        return
    yield _Said(say("gap.short", gap=_sum(gap, total), target=_target(target)), source)
    rest = target.money.amount - total.best
    alone = [h for h in scenarios.upside if h.money.amount >= gap]
    if rest > 0 and scenarios.upside:
        yield _Said(say("gap.still", rest=_sum(rest, total)), (_computed("gap to best", rest, total),))
    elif alone:
        smallest = min(alone, key=lambda h: h.money.amount)
        yield _Said(say("gap.close.one", name=phrasing.names.short(smallest.account)), source)
    elif scenarios.upside:
        yield _Said(say("gap.close.all"), source)


def _by_kind(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    scenarios: Scenarios = _fact(point, "scenarios")
    for line in scenarios.lines:
        kind = _kind_words(line, scenarios)
        upside = [h for h in scenarios.upside if _is_of(h, line, scenarios)]
        hopes = joined([f"{phrasing.names.short(h.account)} ({phrasing.figures.middle(h.money)})" for h in upside])
        sources = (_computed(f"base {kind}", line.base, line), _computed(f"worst {kind}", line.worst, line))
        if not line.base:
            if upside:
                yield _Said(phrasing.voice.say("by_kind.only", kind=kind, list=hopes), _hinge_sources(upside))
            continue
        key = "by_kind.line.risk" if line.worst != line.base else "by_kind.line"
        text = phrasing.voice.say(key, kind=kind, base=_sum(line.base, line), worst=_sum(line.worst, line))
        if upside:
            text = f"{text}; {phrasing.voice.say('by_kind.line.best', list=hopes)}"
        yield _Said(text, sources)


def _missing(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    key = "missing.one" if len(point.accounts) == 1 else "missing.many"
    yield _Said(phrasing.voice.say(key, names=phrasing.names.joined(point.accounts)))


def _weighs(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    scenarios: Scenarios = _fact(point, "scenarios")
    total = scenarios.total
    if total is None or not total.base:
        return
    inside = {h.account for h in (*scenarios.won, *scenarios.safe, *scenarios.at_risk)}
    key = "weighs" if point.accounts[0] in inside else "weighs.not"
    text = phrasing.voice.say(key, label=scenarios.period.label, base=_sum(total.base, total))
    yield _Said(text, (_computed("base", total.base, total),))


def _replacement(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    holes: tuple[Deal, ...] = _fact(point, "holes")
    fillers: tuple[Hinge, ...] = _fact(point, "fillers")
    secured: tuple[Hinge, ...] = _fact(point, "secured")
    label: str = _fact(point, "label")
    say, names = phrasing.voice.say, phrasing.names
    moneys = [d.amount.value for d in holes if d.amount]
    gone = sum((m.amount for m in moneys), Decimal(0))
    currency = moneys[0].currency
    who = names.joined(d.name for d in holes)
    hole = f"{who} ({amount(gone, currency)})"
    gone_source = Computed("hole", amount(gone, currency))
    if secured:
        total = sum((h.money.amount for h in secured), Decimal(0))
        yield _Said(say("replace.hole", names=who, sum=amount(gone, currency), label=label), (gone_source,))
        listed = joined([f"{names.short(h.account)} ({phrasing.figures.middle(h.money)})" for h in secured])
        yield _Said(say("replace.secured", list=listed, sum=amount(total, currency), label=label),
                    (Computed("rest of the period", amount(total, currency)), *_hinge_sources(secured)))  # fmt: skip
        return
    if not fillers:
        yield _Said(say("replace.none", hole=hole), (gone_source,))
        return
    total = sum((h.money.amount for h in fillers), Decimal(0))
    listed = names.joined(h.account for h in fillers)
    sources = (gone_source, Computed("replacement", amount(total, currency)), *_hinge_sources(fillers))
    if len(fillers) == 1:
        text = say("replace.one", hole=hole, fillers=f"{listed} ({amount(total, currency)})")
    else:
        text = say("replace.part", hole=hole, fillers=listed, sum=amount(total, currency))
    rest = gone - total
    if rest > 0:
        text = run_on(text, say("replace.rest", rest=amount(rest, currency)))
        sources = (*sources, Computed("still open", amount(rest, currency)))
    yield _Said(text, sources)


def _needed(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    deal: Deal = _fact(point, "deal")
    step = next_step(deal, phrasing)
    if step.startswith(("please", "could you")):
        yield _Said(step if step.startswith("please") else f"{step}?", deal.next_step.spans if deal.next_step else ())


def _owed(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    commitment: Commitment = _fact(point, "commitment")
    what = phrasing.tidy.clause(commitment.text)
    if what:
        yield _Said(phrasing.voice.say("owed", what=what))


def _choice(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    deal: Deal = _fact(point, "deal")
    due = deal.next_step.value.due if deal.next_step else None
    name = phrasing.names.short(deal.name)
    if due is None or due < phrasing.book.conventions.as_of:
        yield _Said(phrasing.voice.say("choice.open", name=name))
    else:
        yield _Said(phrasing.voice.say("choice", name=name, until=phrasing.days.near(due)))


# --- since last time


def _compared(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    now: Scenarios = _fact(point, "scenarios")
    before: Scenarios = _fact(point, "before")
    if now.total is None or before.total is None:
        return
    by = now.total.base - before.total.base
    key = "compared.same" if not by else "compared.up" if by > 0 else "compared.down"
    text = phrasing.voice.say(
        key,
        label=now.period.label,
        now=_sum(now.total.base, now.total),
        before=_sum(before.total.base, now.total),
        by=_sum(abs(by), now.total),
    )
    sources = (
        _computed("base", now.total.base, now.total),
        _computed("base last time", before.total.base, now.total),
        _computed("difference", abs(by), now.total),
    )
    yield _Said(text, sources)


def _change(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    change: Change = _fact(point, "change")
    key = f"change.{change.kind}"
    if change.called and phrasing.voice.has(f"{key}.called"):
        key = f"{key}.called"
    text = phrasing.voice.say(
        key,
        name=phrasing.names.full(change.account),
        before=_value(change.before, phrasing),
        after=_value(change.after, phrasing),
        nth=_ORDINALS.get(change.times) if change.times else None,
    )
    before = change.before
    was = (Computed("before", _value(before, phrasing) or ""),) if before is not None else ()
    yield _Said(text, (*change.sources, *was))


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


def _no_change(point: Point, phrasing: Phrasing) -> Iterator[_Said]:
    yield _Said(phrasing.voice.say("no_change"))


_TELL = {
    "answer": _answer,
    "worst": _worst,
    "best": _best,
    "gap": _gap,
    "by_kind": _by_kind,
    "missing": _missing,
    "weighs": _weighs,
    "replacement": _replacement,
    "needed": _needed,
    "owed": _owed,
    "choice": _choice,
    "compared": _compared,
    "change": _change,
    "no_change": _no_change,
}


# --- deals


def _deal_sentences(points: Sequence[Point], phrasing: Phrasing, form: str, plan: Plan) -> Iterator[Sentence]:
    mentions: list[Point] = []
    for point in points:
        if _fact(point, "depth") == "mention":
            mentions.append(point)
            continue
        deal: Deal = _fact(point, "deal")
        text, sources = entry(deal, _fact(point, "group"), _fact(point, "depth"), phrasing, form)
        yield Sentence(text, tuple(dict.fromkeys((*sources, *point.sources))), point.practices)
    for group, some in groupby(mentions, key=lambda p: str(_fact(p, "group"))):
        yield _several(group, tuple(some), phrasing, plan)


def _several(group: str, points: Sequence[Point], phrasing: Phrasing, plan: Plan) -> Sentence:
    items: list[str] = []
    for point in points:
        deal: Deal = _fact(point, "deal")
        close = phrasing.days.calendar(deal.close_date.value) if deal.close_date else None
        items.append(
            phrasing.voice.say("item", name=phrasing.names.full(deal.name), what=figure(deal, phrasing), date=close)
        )
    label = plan.scenarios.period.label if plan.scenarios else "this quarter"
    text = phrasing.voice.say(f"rest.{group}", list=joined(items), label=label)
    deals = [_fact(p, "deal") for p in points]
    sources = tuple(s for d in deals for f in (d.account, d.amount, d.close_date) if f for s in f.spans)
    return Sentence(sentence(text), sources, tuple(dict.fromkeys(i for p in points for i in p.practices)))


# --- sums


def _sum(value: Decimal, sums: Sums) -> str:
    return amount(value, sums.currency)


def _computed(name: str, value: Decimal, sums: Sums) -> Computed:
    return Computed(name, _sum(value, sums))


def _target(target: Target) -> str:
    return amount(target.money.amount, target.money.currency)


def _basis(total: Sums, phrasing: Phrasing, counted: Iterable[Hinge]) -> str:
    if total.basis is None:
        return ""
    told = {h.money.basis for h in counted}
    word = BASIS_WORDS[total.basis]
    if phrasing.figures.bare_basis is total.basis and told == {total.basis}:
        return phrasing.voice.say("answer.all_basis", basis=word)
    return word if told == {total.basis} else ""


def _and(lead: str, more: str) -> str:
    return f"{lead}, {more}" if more else lead


def _hinge_sources(*groups: Iterable[Hinge]) -> tuple[Source, ...]:
    return tuple(Computed(h.account, amount(h.money.amount, h.money.currency)) for group in groups for h in group)


def _kinds_intro(scenarios: Scenarios) -> str:
    return "by_kind.intro" if len({line.currency for line in scenarios.lines}) > 1 else "by_kind.intro.basis"


def _kind_words(line: Sums, scenarios: Scenarios) -> str:
    currencies = {x.currency for x in scenarios.lines}
    names = {"USD": "dollars", "EUR": "euros", "GBP": "pounds", "INR": "rupees", "CHF": "francs"}
    words = [names.get(line.currency, line.currency)] if len(currencies) > 1 else []
    bases = {x.basis for x in scenarios.lines if x.currency == line.currency}
    if line.basis is not None and (len(bases) > 1 or not words):
        words.append(BASIS_WORDS[line.basis])
    return " ".join(words)


def _is_of(hinge: Hinge, line: Sums, scenarios: Scenarios) -> bool:
    if hinge.money.currency != line.currency:
        return False
    same = [x for x in scenarios.lines if x.currency == line.currency]
    return len(same) == 1 or hinge.money.basis is line.basis
