"""An update in words: the points of a `Plan` come in, `Section`s of sentences with their sources go out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from chains.deals import Deal
from chains.drafts import Plan, Point, Section, Sentence, Source
from chains.kinds import Category
from chains.planning.manager import is_passed_on
from chains.planning.manner import Manner, manner
from chains.writing import moves, sums
from chains.writing.by_kind import by_kind
from chains.writing.entries import entry, more
from chains.writing.leads import figure, told_date
from chains.writing.names import joined
from chains.writing.phrasing import Phrasing
from chains.writing.sums import Said, fact
from chains.writing.voice import run_on, sentence

_IMPLIED = {"commits": Category.COMMIT, "upside": Category.BEST_CASE}  # what the heading of a block tells
_OPENERS = frozenset(
    "at not yes no on for we're we all with nothing there what of the in end year my this next out here i".split()
)
_BETS = ("bets", "not_bets")
_GROUPS = ("won", "commits", "upside")  # blocks that stand as lists beside each other
_WHY = 12  # words on why a deal is lost
_NAMED = 6  # deals of one kind that are only mentioned and yet named; the smaller ones are counted
_TELL: Mapping[str, Callable[[Point, Phrasing], Iterator[Said]]] = {
    "answer": sums.answer,
    "worst": sums.worst,
    "best": sums.best,
    "gap": sums.gap,
    "by_kind": by_kind,
    "missing": sums.missing,
    "undated": sums.undated,
    "bets": sums.bets,
    "weighs": sums.weighs,
    "compared": sums.compared,
    "replacement": moves.replacement,
    "needed": moves.needed,
    "owed": moves.owed,
    "boss_asks": moves.boss_asks,
    "change": moves.change,
    "no_change": moves.no_change,
    "headline": moves.headline,
}


def update_sections(plan: Plan, phrasing: Phrasing) -> tuple[Section, ...]:
    """Return the sections of an update."""
    told = manner(plan.request, len(phrasing.book.deals))
    phrasing.kept["needed"] = frozenset(name for p in plan.points if p.role == "needed" for name in p.accounts)
    sections: list[Section] = []
    for block, some in groupby(plan.points, key=lambda p: str(fact(p, "block"))):
        points = tuple(some)
        if block == "fill" and sections and sections[-1].role == "bad" and sections[-1].layout == "prose":
            sections[-1] = _filled(sections[-1], points, plan, phrasing)
        else:
            sections.extend(_sections(block, points, told, phrasing, plan))
    sections = _greeted(sections, told, phrasing)
    if told.layout == "paragraph":
        return (Section("update", tuple(s for section in sections for s in section.sentences)),)
    return tuple(sections)


def _greeted(sections: list[Section], told: Manner, phrasing: Phrasing) -> list[Section]:
    """Call the manager by name where the text opens with a sentence and is not passed on as it is."""
    name = phrasing.manager.called
    if not name or not sections or sections[0].layout != "prose" or not sections[0].sentences:
        return sections
    if told.layout == "talk" or is_passed_on(phrasing.request):
        return sections
    first = sections[0].sentences[0]
    text = phrasing.voice.say("greet", name=name, text=_small(first.text))
    opened = replace(sections[0], sentences=(replace(first, text=text), *sections[0].sentences[1:]))
    return [opened, *sections[1:]]


def _small(text: str) -> str:
    """Return an opening sentence as it goes on after a name."""
    return f"{text[:1].lower()}{text[1:]}" if text.split(" ", 1)[0].strip(",:").casefold() in _OPENERS else text


def _sections(block: str, points: Sequence[Point], told: Manner, phrasing: Phrasing, plan: Plan) -> Iterator[Section]:
    general = [p for p in points if p.role != "deal"]
    kinds = next((i for i, p in enumerate(general) if p.role == "by_kind"), None)
    if kinds is not None and told.layout in ("bullets", "lines"):
        # each kind of money has a line of its own
        before, lines = tuple(_sentences(general[:kinds], phrasing)), tuple(_sentences([general[kinds]], phrasing))
        yield Section(block, tuple(_opening_lines(before)))
        yield Section(block, lines, "", "bullets")
        general = general[kinds + 1 :]
    about_all = () if block == "asked" else tuple(_sentences(general, phrasing))
    if about_all:
        listed = told.layout == "talk" or (block == "changes" and told.as_list)
        heading = f"{phrasing.voice.say('heading.changes')}:" if block == "changes" and listed else ""
        yield Section(block, about_all, heading, "bullets" if listed else "prose")
    deals = [p for p in points if p.role == "deal"]
    if block == "asked":
        yield Section(block, (*_deal_sentences(deals, phrasing, "prose", plan), *_sentences(general, phrasing)))
        return
    several = sum(fact(p, "depth") != "mention" for p in deals) > 1
    several = several or (
        told.layout == "bullets" and block in _GROUPS and fact(deals[0], "depth") != "mention" if deals else False
    )
    if not deals:
        return
    alone = told.layout == "lines" and block in ("bad", "later") and len(deals) == 1
    if (
        told.as_list
        and not alone
        and (several or told.layout in ("talk", "lines") or block in (*_BETS, *dict(told.echoes)))
    ):
        heading = _heading(block, told, phrasing, plan)
        yield Section(block, tuple(_deal_sentences(deals, phrasing, "bullet", plan)), heading, "bullets")
    else:
        yield Section(block, tuple(_deal_sentences(deals, phrasing, "prose", plan)))


def _opening_lines(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences that stand before a list, the last one with a colon."""
    for i, said in enumerate(sentences):
        yield replace(said, text=f"{said.text.rstrip('.')}:") if i == len(sentences) - 1 else said


def _filled(bad: Section, points: Sequence[Point], plan: Plan, phrasing: Phrasing) -> Section:
    """Return the paragraph about what moved with what fills the hole, before the deals that are only mentioned."""
    told = [p for p in plan.points if p.role == "deal" and fact(p, "block") == "bad" and fact(p, "depth") != "mention"]
    if len(told) == 1:
        phrasing.kept["follows"] = told[0].accounts[0]
    at = min(len(told), len(bad.sentences))
    fill = tuple(_sentences(points, phrasing))
    phrasing.kept.pop("follows", None)
    return replace(bad, sentences=(*bad.sentences[:at], *fill, *bad.sentences[at:]))


def _heading(block: str, told: Manner, phrasing: Phrasing, plan: Plan) -> str:
    if told.layout == "lines" and block not in _BETS:
        return ""
    echoes = dict(told.echoes)
    if block in echoes:
        return f"{echoes[block]}:"
    label = plan.scenarios.period.label if plan.scenarios else None
    return f"{phrasing.voice.say(f'heading.{block}', label=label)}:" if phrasing.voice.has(f"heading.{block}") else ""


def _sentences(points: Sequence[Point], phrasing: Phrasing) -> Iterator[Sentence]:
    for point in points:
        for said in _TELL[point.role](point, phrasing):
            if said.text:
                sources = tuple(dict.fromkeys((*said.sources, *point.sources)))
                yield Sentence(sentence(said.text), sources, point.practices)


def _deal_sentences(points: Sequence[Point], phrasing: Phrasing, form: str, plan: Plan) -> Iterator[Sentence]:
    implied = _IMPLIED.get(str(fact(points[0], "block"))) if form == "bullet" else None
    ordered = sorted(points, key=lambda p: fact(p, "depth") == "mention")
    for is_mention, some in groupby(ordered, key=lambda p: fact(p, "depth") == "mention"):
        if is_mention:
            for group, members in groupby(some, key=lambda p: str(fact(p, "group"))):
                told = tuple(members)
                yield _lost(told, phrasing) if group == "lost" else _several(group, told, phrasing, plan)
            continue
        for point in some:
            deal: Deal = fact(point, "deal")
            text, sources = entry(
                deal, fact(point, "group"), fact(point, "depth"), phrasing, form, fact(point, "room"), implied
            )
            yield Sentence(text, tuple(dict.fromkeys((*sources, *point.sources))), point.practices)


def _lost(points: Sequence[Point], phrasing: Phrasing) -> Sentence:
    """Name lost deals, each with a few words on why where the notes have them."""
    parts: list[str] = []
    sources: list[Source] = []
    for point in points:
        deal: Deal = fact(point, "deal")
        why, told = more(deal, "lost", "full", phrasing, _WHY)
        name, what = phrasing.names.full(deal.name).removeprefix("Lost "), figure(deal, phrasing)
        lead = phrasing.voice.say("lost", name=name, what=what)
        small = f"{why[:1].lower()}{why[1:]}"
        parts.append(sentence(f"{lead}: {small}") if _plain_start(why) else run_on(lead, why))
        sources += [*told, *(s for f in (deal.account, deal.amount) if f for s in f.spans)]
    practices = tuple(dict.fromkeys(i for p in points for i in p.practices))
    return Sentence(" ".join(parts), tuple(dict.fromkeys(sources)), practices)


def _plain_start(text: str) -> bool:
    return text.split(" ", 1)[0] in ("They", "It", "Their", "The", "No", "Price", "Budget")


def _size(point: Point) -> Decimal:
    deal: Deal = fact(point, "deal")
    return deal.amount.value.amount if deal.amount else Decimal(0)


def _several(group: str, points: Sequence[Point], phrasing: Phrasing, plan: Plan) -> Sentence:
    items: list[str] = []
    sentences: list[Sentence] = []
    rest = max(0, len(points) - _NAMED) if len(points) > _NAMED + 1 else 0
    if rest:
        points = sorted(points, key=_size, reverse=True)[:_NAMED]
    deals: list[Deal] = [fact(p, "deal") for p in points]
    for point, deal in zip(points, deals, strict=True):
        close = told_date(deal.close_date, phrasing) if group != "lost" else None
        what = figure(deal, phrasing)
        items.append(phrasing.voice.say("item", name=phrasing.names.full(deal.name), what=what, date=close))
        told = (deal.account, deal.amount, deal.close_date)
        sentences.append(Sentence("", tuple(s for f in told if f for s in f.spans), point.practices))
    label = plan.scenarios.period.label if plan.scenarios else None
    closes = [d.close_date.value for d in deals if d.close_date]
    if group == "later" and plan.scenarios and any(day < plan.scenarios.period.start for day in closes):
        group = "other"
    if rest:
        items.append(phrasing.voice.say("item.more", count=str(rest)))
    key = f"rest.{group}" if len(items) > 1 else f"rest.{group}.one"
    text = phrasing.voice.say(key, list=joined(items), label=label)
    return replace(
        sentences[0],
        text=sentence(text),
        sources=tuple(dict.fromkeys(s for x in sentences for s in x.sources)),
        practices=tuple(dict.fromkeys(i for x in sentences for i in x.practices)),
    )
