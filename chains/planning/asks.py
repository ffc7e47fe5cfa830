"""What an ask says, in order: a `Situation` comes in, `Point`s go out.

The ask and the day of the answer open it; reasons, price, proof and a smaller step follow in the order in which the
manager listens. What the notes leave out is a point of its own: it is asked for, never made up.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from chains.deals import Fact, Money, Statement
from chains.drafts import Layer, Point
from chains.kinds import StatementKind, Topic
from chains.planning.asked_deals import deal_points
from chains.planning.from_deals import ask_from_deals, needs_of
from chains.planning.ladder import UNTIL, ladder_points
from chains.planning.situation import Situation
from chains.planning.talks import THEIRS, blocks, is_private, said, tells_deal
from chains.reading.lexicon import wordlists
from chains.scan import Count, Duration, Percent, scan

_TOPIC = {
    StatementKind.COST: Topic.COST_AND_RETURN,
    StatementKind.RETURN: Topic.COST_AND_RETURN,
    StatementKind.SMALLER_STEP: Topic.SMALLER_FIRST_STEP,
    StatementKind.NEXT_STEPS: Topic.SMALLER_FIRST_STEP,
    StatementKind.DECIDE_BY: Topic.DECISION_BY_WHEN,
}
_REASON = {
    StatementKind.ASK: "what is wanted, in the first line",
    StatementKind.DECIDE_BY: "by when the answer is needed, and why then",
    StatementKind.WHY_NOW: "why now",
    StatementKind.COST: "what it costs",
    StatementKind.RETURN: "what comes back",
    StatementKind.PROOF: "why it should work",
    StatementKind.TRIED: "what has been tried without it",
    StatementKind.SMALLER_STEP: "a first step that is easy to allow",
    StatementKind.NEXT_STEPS: "the steps after the first, and what earns them",
    StatementKind.ON_REFUSAL: "what happens on no",
}
_OPEN = {
    "no_cost": (Topic.COST_AND_RETURN, "the notes tell no cost and no return"),
    "no_day": (Topic.DECISION_BY_WHEN, "the notes tell no day for the answer"),
}
_COSTING = (StatementKind.CONTEXT, StatementKind.WHY_NOW, StatementKind.OFFER, StatementKind.SMALLER_STEP)
_ANSWER = re.compile(r"\b(?:yes|no|ok|answer|decision|decide|approv\w+|sign|word)\b", re.IGNORECASE)
_TERMS = (
    StatementKind.COST,
    StatementKind.RETURN,
    StatementKind.SMALLER_STEP,
    StatementKind.ON_REFUSAL,
    StatementKind.DECIDE_BY,
)
# what stands under an ask and only reckons its price: "desk 190 a month, 5 months = 950"
_PRICED = re.compile(
    r"\d[\d.,]*k? ?(?:a|per|/) ?(?:month|mo|week|wk|year|yr|head|day|piece)\b|=\s*[$€£]?\d"
    r"|\d{3,}k? (?:for|in all|total)\b",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|me|my|mine|we|our|us)\b", re.IGNORECASE)
_TO_MANAGER = re.compile(r"\b(?:you|your|u|ur|she|he|her|his|him)\b", re.IGNORECASE)
LEAST_TERMS = 2  # kinds of words about price, return, ... that make notes an ask
LEAST_ASK = 4  # words
LEAST_LOOSE = 6
SHORT = 90  # words of notes of which nothing with a figure is left out
TITLE = 8  # words of a first line that only names the matter


def ask_points(situation: Situation) -> tuple[Point, ...]:
    """Return the points of an ask."""
    s = situation
    asks = _asks(s)
    priced = [f for f in asks[1:] if _PRICED.search(f.value.text) and not _MINE.search(f.value.text)]
    asks = [f for f in asks if f not in priced]
    if not asks and s.standings:
        # nothing is asked for in so many words: the deals make the ask
        return tuple(ask_from_deals(s))
    told: list[Fact[Statement]] = []
    parts: dict[str, list[Point]] = {"why": [], "cost": [], "proof": [], "smaller": [], "refusal": [], "rest": []}
    head = [_point(StatementKind.ASK, asks, "ask")] if asks else []
    if any(_has_day(f, s) for f in asks):
        head = [replace(head[0], topics=(*head[0].topics, Topic.DECISION_BY_WHEN))]
    if any(_has_price(f, s) for f in asks) or (head and _priced_elsewhere(s)):
        head = [replace(head[0], topics=(*head[0].topics, Topic.COST_AND_RETURN))]
    title = bool(asks) and all(_is_title(f, s) for f in asks)
    if asks and asks[0].value.kind is StatementKind.DECIDE_BY and needs_of(s):
        # only the day of the answer is told: what is asked for follows from the deals
        head = [*(p for p in ask_from_deals(s) if p.role == "need"), *head]
    told += asks
    for kind, block in (
        (StatementKind.DECIDE_BY, ""),
        (StatementKind.WHY_NOW, "why"),
        (StatementKind.COST, "cost"),
        (StatementKind.RETURN, "cost"),
        (StatementKind.TRIED, "proof"),
        (StatementKind.PROOF, "proof"),
        (StatementKind.SMALLER_STEP, "smaller"),
        (StatementKind.NEXT_STEPS, "smaller"),
        (StatementKind.ON_REFUSAL, "refusal"),
        (StatementKind.EVIDENCE, "why"),
        (StatementKind.GOAL, "why"),
        (StatementKind.QUESTION, "rest"),
        (StatementKind.OFFER, "rest"),
        (StatementKind.CREDIT, "rest"),
    ):
        statements = [f for f in said(s.book, kind) if f not in asks]
        if kind is StatementKind.COST:
            statements = sorted([*statements, *priced], key=lambda f: f.spans[0].start if f.spans else 0)
        if kind in (StatementKind.WHY_NOW, StatementKind.EVIDENCE, StatementKind.QUESTION, StatementKind.GOAL):
            statements = [f for f in statements if not tells_deal(f, s.book) and not _theirs(f)]
        if kind is StatementKind.QUESTION:
            statements = [f for f in statements if _asks_manager(f, s)]
        if not statements:
            continue
        told += statements
        point = _point(kind, statements, block or "ask")
        if kind is StatementKind.ON_REFUSAL and not said(s.book, StatementKind.SMALLER_STEP):
            # what happens on no is the smaller way, where the notes tell no other
            point = replace(point, topics=(*point.topics, Topic.SMALLER_FIRST_STEP))
        if title and kind is StatementKind.COST:
            # "trip money": what it costs says what is asked for
            head.insert(1, replace(point, facts=(("block", "ask"), *point.facts[1:])))
            continue
        (parts[block] if block else head).append(point)
    for point in _missing(s, told):
        key = str(dict(point.facts)["block"])
        parts.get(key, head).append(point)
    parts["smaller"] += ladder_points(s, asks)
    spans = [span for f in told for span in f.spans]
    parts["why"] += _context(s, told)
    parts["why"] += deal_points(s, told, spans)
    order = blocks("ask", s.request.manager.listens)
    return (*_with_loose(head, s), *(p for block in order for p in parts[block]))


def _theirs(fact: Fact[Statement]) -> bool:
    """Tell whether a sentence in a line about a deal is the customer's: "want to be able to leave after 12 months"."""
    return bool(fact.value.account) and _MINE.search(fact.value.text) is None


def _asks_manager(fact: Fact[Statement], s: Situation) -> bool:
    """Tell whether a question is one to the manager, and neither a heading nor put to somebody else."""
    text = fact.value.text
    names = {w.casefold() for w in re.findall(r"[A-Z]\w+", text)}
    called = re.match(r"(?:(?:hi|hey|oi|ola|hello)\s+)?([A-Z]\w+)\s*[,:]", text)
    others = called is not None and called[1].casefold() not in {f.casefold() for f in s.manager.forms}
    speaks = _TO_MANAGER.search(text) is not None or bool(names & {f.casefold() for f in s.manager.forms})
    return "?" in text and speaks and not others and len(text.split()) >= LEAST_ASK


def _asks(s: Situation) -> list[Fact[Statement]]:
    found = said(s.book, StatementKind.ASK)
    titles = [f for f in found if _is_title(f, s)]
    kept = [f for f in found if f not in titles] or found
    kept = [f for i, f in enumerate(kept) if not i or not tells_deal(f, s.book)]
    if kept:
        return kept
    # nobody marked the ask: the day of the answer or the smaller step names it best
    decide = [f for f in said(s.book, StatementKind.DECIDE_BY) if _ANSWER.search(f.value.text)]
    goals = [f for f in said(s.book, StatementKind.GOAL) if not tells_deal(f, s.book)]
    return (
        _before_price(s) or decide[:1] or goals[:1] or ([] if s.standings else said(s.book, StatementKind.CONTEXT)[:1])
    )


def _is_title(ask: Fact[Statement], s: Situation) -> bool:
    """Tell whether an ask is no more than the first line of the notes, which names the matter."""
    notes = s.book.notes
    first_line = notes.lstrip("\n").find("\n")
    lead = len(notes) - len(notes.lstrip("\n")) + (first_line if first_line >= 0 else 0)
    return bool(ask.spans) and ask.spans[0].start < lead and len(ask.value.text.split()) <= TITLE


def _before_price(s: Situation) -> list[Fact[Statement]]:
    """Return what stands right before the first word about price, return or smaller step: there the ask is."""
    told = sorted((f for f in s.book.statements if f.spans), key=lambda f: f.spans[0].start)
    terms = [i for i, f in enumerate(told) if f.value.kind in _TERMS and not tells_deal(f, s.book)]
    if len({told[i].value.kind for i in terms}) < LEAST_TERMS:
        return []
    before = [f for f in told[: terms[0]] if f.value.kind is StatementKind.CONTEXT and not is_private(s.book, f.spans)]
    return [f for f in before if len(f.value.text.split()) >= LEAST_ASK][-1:]


def _point(kind: StatementKind, statements: Sequence[Fact[Statement]], block: str) -> Point:
    layer: Layer = "A" if kind is StatementKind.ASK else "B"
    topics = (_TOPIC[kind],) if kind in _TOPIC else ()
    accounts = tuple(dict.fromkeys(f.value.account for f in statements if f.value.account))
    facts = (("block", block), ("statements", tuple(statements)))
    sources = tuple(span for f in statements for span in f.spans)
    return Point(kind.value, layer, _REASON.get(kind, kind.value), accounts, topics, facts, sources)


def _missing(s: Situation, told: Sequence[Fact[Statement]]) -> Iterator[Point]:
    kinds = {f.value.kind for f in told}
    if any(f.value.kind is StatementKind.ASK and _has_day(f, s) for f in told):
        kinds.add(StatementKind.DECIDE_BY)
    # a figure that stands in the text would speak against "no cost figure"
    if any(f.value.kind is StatementKind.ASK and _has_price(f, s) for f in told) or _priced_elsewhere(s):
        kinds.add(StatementKind.COST)
    wanted = (
        ("no_cost", "cost", {StatementKind.COST, StatementKind.RETURN}),
        ("no_day", "ask", {StatementKind.DECIDE_BY}),
    )
    for role, block, any_of in wanted:
        if not kinds & any_of:
            topic, reason = _OPEN[role]
            yield Point(role, "B", reason, (), (topic,), (("block", block),))


def _has_price(ask: Fact[Statement], s: Situation) -> bool:
    """Tell whether an ask itself says what it costs: "budget for the fair, 14.5k"."""
    return any(isinstance(m.value, Money) for m in scan(ask.value.text, s.book.conventions))


def _priced_elsewhere(s: Situation) -> bool:
    """Tell whether words about no deal carry the money: "6% is 20.4k what we give away"."""
    found = [f for f in s.book.statements if f.value.kind in _COSTING and not tells_deal(f, s.book)]
    return any(_has_price(f, s) and not is_private(s.book, f.spans) for f in found)


def _has_day(ask: Fact[Statement], s: Situation) -> bool:
    """Tell whether an ask itself says by when: "OK it by Thursday"."""
    text = ask.value.text
    return any(isinstance(m.value, date) and UNTIL.search(text[: m.start]) for m in scan(text, s.book.conventions))


def _context(s: Situation, told: Sequence[Fact[Statement]]) -> Iterator[Point]:
    """Yield what else the notes say about the matter, where it carries a figure, a date or a name of a deal told."""
    lines = {f.spans[0].line for f in told if f.value.kind is StatementKind.ASK and f.spans}
    context = [
        f
        for f in said(s.book, StatementKind.CONTEXT)
        if f not in told
        and not _names_colleague(f, s, told)
        and (_carries(f, s) or (f.spans[0].line in lines and any(c.isdigit() for c in f.value.text)))
    ]
    if context:
        # what stands before the ask is its reason, where the notes name no other
        only = not any(f.value.kind in (StatementKind.WHY_NOW, StatementKind.EVIDENCE) for f in told)
        facts = (("block", "why"), ("statements", tuple(context)), ("only", only))
        yield Point("context", "B", "what else bears on it", (), (), facts, tuple(x for f in context for x in f.spans))


def _names_colleague(fact: Fact[Statement], s: Situation, told: Sequence[Fact[Statement]]) -> bool:
    """Tell whether a loose remark is about a colleague who has no part in the ask: that is not the rep's to pass on."""
    own = {form.casefold() for form in s.manager.forms}
    asked = {w.casefold() for f in told for w in re.findall(r"[A-Z]\w+", f.value.text)}
    names = {m.casefold() for m in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", fact.value.text)}
    return bool((names & wordlists()["first_names"]) - own - asked)


def _carries(fact: Fact[Statement], s: Situation) -> bool:
    """Tell whether a loose remark says something to the matter: a figure in a whole sentence of the rep's own."""
    lines = [line for d in s.book.deals for line in d.lines]
    text = fact.value.text
    outside = not any(a.start < line.end and line.start < a.end for a in fact.spans for line in lines)
    figures = any(isinstance(m.value, Money | Percent | Count | Duration) for m in scan(text, s.book.conventions))
    least = LEAST_LOOSE if len(s.book.notes.split()) > SHORT else LEAST_ASK - 1
    return outside and figures and len(text.split()) >= least and not THEIRS.search(text)


def _with_loose(head: Sequence[Point], s: Situation) -> Iterator[Point]:
    """Tie topics that hang on no deal to the ask itself."""
    loose = tuple(
        a.topic for a in s.anticipations if not a.accounts and a.topic not in (*_TOPIC.values(), Topic.REPLACEMENT_PLAN)
    )
    for i, point in enumerate(head):
        if i == 0 and loose:
            topics = tuple(dict.fromkeys((*point.topics, *loose)))
            yield Point(point.role, point.layer, point.reason, point.accounts, topics, point.facts, point.sources)
        else:
            yield point
