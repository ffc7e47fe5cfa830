"""An ask in words: the points of a `Plan` come in, `Section`s of sentences with their sources go out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any

from chains.deals import Deal, Fact, Statement
from chains.drafts import Plan, Point, Section, Sentence
from chains.kinds import ExceptionKind, Topic
from chains.planning.talks import table
from chains.requests import Manager
from chains.scan import Percent, scan
from chains.wordfiles import load
from chains.writing.days import MONTHS, WEEKDAYS
from chains.writing.entries import entry
from chains.writing.grammar import is_order, shape, verbs
from chains.writing.needs import need_sentence
from chains.writing.phrasing import Phrasing
from chains.writing.retell import Retell, ended
from chains.writing.second_person import to_you
from chains.writing.soundness import hangs
from chains.writing.voice import first_up

LONG = 200
STEPS = 3  # times a deal is told shorter: in short, by its figures, not at all
_DEPTHS = ("full", "short", "mention")
TORN = 4  # words of a torn sentence
_HANGS = re.compile(r"\b(?:at|for|with|by|from|to|of|on|in)$", re.IGNORECASE)
# an ask that speaks for itself: in the first person, or to the manager
_ADDRESSES = re.compile(r"\b(?:I|I'd|I'm|we|you|your|please|could|can)\b", re.IGNORECASE)
_IT = re.compile(r"\b(?:ok|okay|approve|allow|grant|sign off on|clear) (?P<it>it|this|that)\b", re.IGNORECASE)
_OTHERWISE = re.compile(r",? otherwise(?=\.?$)")
_NOUNS = ("ing", "tion", "ment", "ness", "ance", "ence")  # ends of words that are no name at the start of a line
_STOP = re.compile(r"(?<=[.!?])\s+")
_DAYS = frozenset((*WEEKDAYS, *MONTHS))
# how much a text would miss a sentence; from 7 on it is never left out
_WEIGHT = {
    "ask": 9, "decide_by": 9, "smaller_step": 8, "next_steps": 8, "cost": 8, "return": 8, "proof": 7, "tried": 7,
    "why_now": 7, "on_refusal": 7, "context": 5,
}  # fmt: skip
_LEADS = {
    "why_now": "why",
    "cost": "cost",
    "return": "return",
    "proof": "proof",
    "tried": "tried",
    "smaller_step": "smaller",
    "next_steps": "next",
    "on_refusal": "refusal",
}


@dataclass(slots=True)
class Draftlet:
    """Hold a section while it is put together: sentences with how much the text would miss them."""

    role: str
    sentences: list[tuple[int, Sentence]] = field(default_factory=list)
    heading: str = ""
    bullets: bool = False


@lru_cache(maxsize=1)
def _forms() -> Any:
    data: Any = load("chains.writing", "ask_forms.yaml")
    return {
        "asks": [(re.compile(p, re.IGNORECASE), form) for p, form in data["asks"]],
        "empty": [re.compile(p, re.IGNORECASE) for p in data["empty"]],
        "small": frozenset(str(w) for w in data["small"]),
        "says": {block: re.compile(p, re.IGNORECASE) for block, p in data["says"].items()},
    }


def ask_sections(plan: Plan, phrasing: Phrasing) -> tuple[Section, ...]:
    """Return the sections of an ask."""
    retell = Retell(phrasing, plan.manager)
    most = int(table()["most"]["ask"])
    # the deals give way first: told shorter one by one, before anything of the ask itself is left out
    shorter = _least_first(plan.points) * STEPS
    found = _sections(plan, phrasing, retell, ())
    for count in range(1, len(shorter) + 1):
        if length(found, 7) <= most:
            break
        found = _sections(plan, phrasing, retell, shorter[:count])
    _greet(found, phrasing, retell.boss)
    return fitted(found, most)


def _sections(plan: Plan, phrasing: Phrasing, retell: Retell, shorter: Sequence[str]) -> list[Draftlet]:
    found: list[Draftlet] = []
    phrasing.kept.pop("told", None)  # what an earlier try has told is told anew
    for block, points in groupby(plan.points, key=lambda p: str(dict(p.facts)["block"])):
        members = list(points)
        if block in ("deals", "others"):
            found += _deals(block, members, phrasing, retell, shorter)
            continue
        made = Draftlet(block)
        for point in members:
            made.sentences += _statements(point, phrasing, retell)
        if made.sentences:
            found.append(made)
    return found


def _least_first(points: Sequence[Point]) -> list[str]:
    """Return the deals in the order in which they are told shorter: those beside the ask, then small ones."""

    def rank(point: Point) -> tuple[bool, bool, bool, Decimal]:
        facts = dict(point.facts)
        deal: Deal = facts["deal"]  # type: ignore[assignment]
        worth = deal.amount.value.amount if deal.amount else Decimal()
        return facts["block"] == "deals", bool(facts.get("asked")), facts["group"] in ("moved", "down"), worth

    return [p.accounts[0] for p in sorted((p for p in points if p.role == "deal"), key=rank)]


def length(found: Sequence[Draftlet], least: int = 0) -> int:
    """Return how many words the sections have in sentences that weigh at least `least`."""
    return sum(len(s.text.split()) for made in found for weight, s in made.sentences if weight >= least)


def _statements(point: Point, phrasing: Phrasing, retell: Retell) -> Iterator[tuple[int, Sentence]]:
    facts = dict(point.facts)
    if point.role == "ladder":
        day: date = facts["day"]  # type: ignore[assignment]
        deal = phrasing.names.short(point.accounts[0]) if point.accounts else None
        text = phrasing.voice.say(
            "ladder.open" if facts["open"] else "ladder", day=phrasing.days.calendar(day), deal=deal
        )
        yield 6, Sentence(text, point.sources, point.practices)
        return
    if point.role in ("need", "need_day", "need_cost", "need_without"):
        if (told := need_sentence(point, phrasing)) is not None:
            yield 9, told
        return
    if "statements" not in facts:
        yield 5, Sentence(phrasing.voice.say(point.role), point.sources, point.practices)
        return
    statements: Sequence[Fact[Statement]] = facts["statements"]  # type: ignore[assignment]
    weight = _WEIGHT.get(point.role, 4)
    if point.role == "context" and facts.get("only"):
        weight = _WEIGHT["why_now"]
    if point.role == "on_refusal" and Topic.SMALLER_FIRST_STEP in point.topics:
        weight = _WEIGHT["smaller_step"]  # the smaller way, where the notes tell no other
    led = False
    for fact in statements:
        for text in retell.told(fact):
            if any(p.search(text) for p in _forms()["empty"]) or _is_torn(text.rstrip(".")):
                continue
            if point.role == "ask":
                said = _ask(text, phrasing) if not led else text
            else:
                said = (
                    text
                    if led or (point.role == "cost" and facts["block"] == "ask")
                    else _led("why_now" if facts.get("only") else point.role, text, phrasing)
                )
                if point.role == "decide_by" and not led:
                    said = _dated(fact, said, phrasing)
            led = True
            yield weight, Sentence(said, fact.spans, point.practices)


def _is_torn(text: str) -> bool:
    """Tell whether a sentence hangs on what stood below it in the notes: "one each at"."""
    return hangs(text) or (len(text.split()) <= TORN and _HANGS.search(text) is not None and shape(text) == "nominal")


def _named(text: str, phrasing: Phrasing) -> str:
    """Return an ask with what the buyer wants instead of "it": "OK it" -> "OK 18% off for Globex"."""
    hit = _IT.search(text)
    wanting = [d for d in phrasing.book.deals if d.exceptions]
    if hit is None or len(wanting) != 1:
        return text
    wish = wanting[0].exceptions[0].value
    share = next((m for m in scan(wish.text, phrasing.book.conventions) if isinstance(m.value, Percent)), None)
    if wish.kind is not ExceptionKind.DISCOUNT or share is None:
        return text
    figure = wish.text[share.start : share.end]
    what = f"{figure} off for {phrasing.names.full(wanting[0].name)}"
    return f"{text[: hit.start('it')]}{what}{text[hit.end('it') :]}"


def _ask(text: str, phrasing: Phrasing) -> str:
    """Return the ask as a request: "want one SE for Q2" -> "I'd like one SE for Q2"."""
    bare = _named(text, phrasing).rstrip(".!?")
    for pattern, form in _forms()["asks"]:
        hit = pattern.match(bare)
        if hit:
            if form == "keep":
                return ended(first_up(bare))
            if form == "question":
                return f"{first_up(bare)}?"
            what = hit["what"].strip(" ,:;-")
            if form == "thing" and is_order(what):
                form = "do"
            return asked(phrasing.voice.say(f"ask.{form}", what=re.sub(r"^1 ", "one ", small(what))))
    if is_order(bare):
        return asked(phrasing.voice.say("ask.do", what=small(bare)))
    if shape(bare) == "nominal":
        return ended(first_up(phrasing.voice.say("ask.thing", what=small(bare))))
    if not _ADDRESSES.search(bare):
        return ended(first_up(phrasing.voice.say("ask.state", what=small(bare))))
    return text


def asked(text: str) -> str:
    """Return a request as a sentence, with a question mark where it is put as one."""
    said = first_up(text.rstrip(" .,;"))
    return f"{said}?" if said.casefold().startswith(("could you", "can you", "would you")) else ended(said)


def _dated(fact: Fact[Statement], text: str, phrasing: Phrasing) -> str:
    """Return the day of the answer as a sentence where the notes only name it ("by when: Thu 11/19, ...")."""
    mention = next(iter(scan(fact.value.text, phrasing.book.conventions)), None)
    if mention is None or mention.start > 2 or type(mention.value) is not date:
        return text
    day = phrasing.days.full(mention.value)
    rest = text.partition(",")[2] if text.startswith("On ") else text
    rest = rest.replace(day.partition(", ")[2], "", 1).strip(" ,.") if rest else ""
    return phrasing.voice.say("decide.day", day=day, rest=rest or None)


def _led(role: str, text: str, phrasing: Phrasing) -> str:
    """Return a paragraph's first sentence with what it is about, unless it says so itself."""
    block = _LEADS.get(role)
    if block is None:
        return text
    says = _forms()["says"].get(block)
    if says is not None and says.search(text):
        return text
    if block == "refusal":
        text = _OTHERWISE.sub("", text)  # "If it's a no: the deal dies" says it once
    return phrasing.voice.say(f"lead.{block}", text=small(text) if block != "why" else text)


def small(text: str) -> str:
    """Return the text with a small first letter, unless its first word is a name or a short form."""
    first = text.split(" ", 1)[0].rstrip(",:;.").replace("’", "'")
    if (
        first in ("I", "I'd", "I'm", "I'll", "I've")
        or any(c.isupper() for c in first[1:])
        or any(c.isdigit() for c in first)
    ):
        return text
    low = first.casefold().split("'")[0]
    known = (low in _common() or low.endswith(_NOUNS)) and first not in _DAYS
    return text[:1].lower() + text[1:] if known else text


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    from chains.reading.lexicon import wordlists

    lists = wordlists()
    return frozenset({*lists["function"], *lists["ordinary"], *verbs().bases, *verbs().thirds, *_forms()["small"]})


def _deals(
    block: str, points: Sequence[Point], phrasing: Phrasing, retell: Retell, shorter: Sequence[str]
) -> Iterator[Draftlet]:
    bullets = block == "deals" and len(points) > 1
    made = Draftlet(block, bullets=bullets)
    for point in points:
        facts = dict(point.facts)
        deal: Deal = facts["deal"]  # type: ignore[assignment]
        steps = shorter.count(deal.name)
        if steps == STEPS:
            continue
        depth = _DEPTHS[min(_DEPTHS.index(str(facts["depth"])) + steps, len(_DEPTHS) - 1)]
        text, sources = entry(deal, facts["group"], depth, phrasing, "bullet")  # type: ignore[arg-type]
        text = about_deal(text, deal, retell.boss)
        made.sentences.append((7 if block == "deals" else 2, Sentence(text, sources, point.practices)))
    if bullets and made.sentences:
        made.heading = phrasing.voice.say("lead.deals")
    yield made


def about_deal(text: str, deal: Deal, boss: Manager) -> str:
    """Return sentences about a deal spoken to the manager; its own people keep their pronouns."""
    people = tuple(p.value.name for p in deal.people)
    return " ".join(first_up(to_you(part, boss, people, deal=True)) for part in _STOP.split(text))


def _greet(found: Sequence[Draftlet], phrasing: Phrasing, boss: Manager) -> None:
    if not boss.name or not found or not found[0].sentences:
        return
    weight, first = found[0].sentences[0]
    text = phrasing.voice.say("greet", name=boss.name, text=small(first.text))
    found[0].sentences[0] = (weight, Sentence(text, first.sources, first.practices))


def fitted(found: Sequence[Draftlet], most: int) -> tuple[Section, ...]:
    """Return the sections, leaving out the least needed sentences until the text has at most `most` words."""
    ranked = sorted(
        (weight, -i, -j, len(s.text.split()))
        for i, made in enumerate(found)
        for j, (weight, s) in enumerate(made.sentences)
    )
    total = sum(n for *_, n in ranked)
    dropped: set[tuple[int, int]] = set()
    for weight, i, j, n in ranked:
        if total <= most or weight >= 7:
            break
        dropped.add((-i, -j))
        total -= n
    sections: list[Section] = []
    for i, made in enumerate(found):
        kept = tuple(s for j, (_, s) in enumerate(made.sentences) if (i, j) not in dropped)
        if not kept:
            continue
        if made.heading:
            sections.append(Section(made.role, (Sentence(made.heading),), layout="prose"))
        sections.append(Section(made.role, kept, layout="bullets" if made.bullets else "prose"))
    return tuple(sections)
