"""The questions of a feedback talk in words: points come in, one question each with what belongs to it goes out."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from chains.deals import Deal, Fact, Span, Statement
from chains.drafts import Point, Sentence
from chains.kinds import StatementKind
from chains.wordfiles import load
from chains.writing.asks import Draftlet, small
from chains.writing.grammar import shape
from chains.writing.phrasing import Phrasing
from chains.writing.retell import Retell, ended
from chains.writing.voice import first_up

LEAST_WORDS = 3  # words of one of several questions
LEAST_THING = 4  # words of a thing that is an item of its own
LEAST_PARTS = 3  # questions in one sentence that get a line each
_TOPIC = re.compile(r"(?:Ask you )?[Oo]n (?:the|my|our|that) [\w -]{3,30}[.?:]?$")
# "what I want from you isn't praise" asks nothing
_STATES = re.compile(r"what (?:I|we|you|they) \w+\b[^?]*\b(?:is|isn't|was|wasn't|are|aren't|isnt)\b", re.IGNORECASE)
_NEXT_QUESTION = re.compile(r",\s+(?:and\s+)?(?=(?:what|how|when|where|why|which|who)\s)", re.IGNORECASE)
_FRAME = re.compile(r"(?:and |so )?(?:on|in|from|over|for) [\w ]{3,40}", re.IGNORECASE)  # "on a scale of 1 to 5"
# a question that hangs on the one before it
_GOES_ON = re.compile(
    r"(?:or|which of those|what would make it|and if not|if (?:not|so|yes|no)\b|and why|why not)\b", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _forms() -> Any:
    data: Any = load("chains.writing", "question_forms.yaml")

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return {
        "leads": [compiled(p) for p in data["leads"]],
        "starts": compiled(data["starts"]),
        "empty": [compiled(p) for p in data["empty"]],
        "turned": [(compiled(p), put) for p, put in data["turned"]],
        "scale": compiled(data["scale"]),
        "within": compiled(data["within"]),
        "things": [(compiled(p), put) for p, put in data["things"]],
    }


def question_bullets(points: Sequence[Point], phrasing: Phrasing, retell: Retell) -> Draftlet:
    """Return the questions, one bullet each; a remark goes with the question before it."""
    bullets: list[tuple[list[str], list[Span], tuple[str, ...]]] = []
    loose: list[tuple[int, Sentence]] = []
    waiting: list[tuple[str, tuple[Span, ...]]] = []
    opening = ""
    for point in points:
        facts = dict(point.facts)
        if "statements" not in facts:
            bullets.append(([_put(point, phrasing)], list(point.sources), point.practices))  # type: ignore[arg-type]
            continue
        statements: Sequence[Fact[Statement]] = facts["statements"]  # type: ignore[assignment]
        for fact in statements:
            for text in (part for said in retell.told(fact) for part in _parted(said)):
                if _TOPIC.match(text):
                    opening = text.rstrip(".?!")  # "on the enterprise goal": what follows is asked about it
                    continue
                said, is_question = _question(f"{opening}, {small(text)}" if opening else text)
                opening = ""
                if not said:
                    continue
                if is_question and not (bullets and _GOES_ON.match(said) and not waiting):
                    bullets.append(
                        (
                            [*(t for t, _ in waiting), said],
                            [*(x for _, f in waiting for x in f), *fact.spans],
                            point.practices,
                        )
                    )
                    waiting = []
                elif not is_question and fact.value.kind in (StatementKind.ASK, StatementKind.GOAL):
                    # "I'd like to lead the south from October": the question about it follows
                    waiting.append((_wish(said), fact.spans))
                elif bullets and _stands_alone(fact, said, bullets[-1][1]):
                    bullets.append(([_as_question(said)], [*fact.spans], point.practices))
                elif bullets:
                    _attach(bullets[-1][0], said)
                    bullets[-1][1].extend(fact.spans)
                else:
                    loose.append((6, Sentence(said, fact.spans, point.practices)))
    for text, held in waiting:
        if bullets:
            _attach(bullets[-1][0], text)
            bullets[-1][1].extend(held)
        else:
            loose.append((6, Sentence(text, held)))
    made = Draftlet("questions", bullets=len(bullets) > 1)
    all_texts = " ".join(t for texts, _, _ in bullets for t in texts)
    for texts, spans, practices in bullets:
        if re.search(r"\b(?:scale|1 to 10)\b", texts[0]) and not re.search(
            r"higher|one point|a point|one better|one more|point better|one up", all_texts
        ):
            texts.append(phrasing.voice.say("point_higher"))
        made.sentences.append((9, Sentence(" ".join(texts), tuple(dict.fromkeys(spans)), practices)))
    if loose and not made.bullets:
        made.sentences = [*loose, *made.sentences]
    return made


def _stands_alone(fact: Fact[Statement], said: str, before: Sequence[Span]) -> bool:
    """Tell whether a thing is an item of its own among the questions: "- one thing to get better at"."""
    if fact.value.kind is not StatementKind.QUESTION or shape(said) != "nominal" or len(said.split()) < LEAST_THING:
        return False
    return bool(before) and bool(fact.spans) and fact.spans[0].line != before[-1].line


def _as_question(said: str) -> str:
    what = said.rstrip(" .")
    put: str = next(put for pattern, put in _forms()["things"] if pattern.search(what))
    return put.format(what=what)


def _put(point: Point, phrasing: Phrasing) -> str:
    """Return a question that is not the rep's own, about a deal where one is meant."""
    deals: Sequence[Deal] = dict(point.facts).get("deals", ())  # type: ignore[assignment]
    if not deals:
        return phrasing.voice.say(point.role)
    first = deals[0]
    told = {"name": phrasing.names.full(first.name), "names": phrasing.names.joined([d.name for d in deals], False)}
    if first.previous_close_date is not None and first.close_date is not None:
        told |= {
            "old": phrasing.days.calendar(first.previous_close_date.value),
            "new": phrasing.days.calendar(first.close_date.value),
        }
    if first.amount is not None:
        told["amount"] = phrasing.figures.money(first.amount.value)
    said = phrasing.voice.say(point.role, **told)
    return said.replace(" has gone", " have gone") if len(deals) > 1 else said


def _wish(said: str) -> str:
    """Return an ambition as a sentence: "Lead of the team by 2027." -> "My goal is lead of the team by 2027."."""
    return f"I'd like to be {small(said)}" if _ROLE.match(said) else said


_ROLE = re.compile(r"(?:team )?(?:lead|head|manager|director|principal)\b (?:of|for|in)\b", re.IGNORECASE)


def _parted(text: str) -> list[str]:
    """Part a sentence that asks several things: "how does he ..., what was he ..., and what does ..."."""
    parts = _NEXT_QUESTION.split(text.rstrip(" ?."))
    if len(parts) > 1 and _FRAME.fullmatch(parts[0]):
        parts = [f"{parts[0]}, {parts[1]}", *parts[2:]]
    whole = len(parts) < LEAST_PARTS or any(len(p.split()) < LEAST_WORDS for p in parts)
    return [text] if whole else [f"{p}?" for p in parts]


def _question(text: str) -> tuple[str, bool]:
    """Return a sentence as a question, and whether it is one; an announcement comes back empty."""
    forms = _forms()
    bare = text.strip()
    if any(p.search(bare.rstrip(".?!:")) for p in forms["empty"]):
        return "", False
    changed = True
    while changed:
        changed = False
        for pattern in forms["leads"]:
            hit = pattern.match(bare)
            if hit:
                bare, changed = hit["q"], True
    for pattern, put in forms["turned"]:
        bare = pattern.sub(put, bare)
    if forms["scale"].match(bare):
        bare = forms["scale"].sub("on a scale of 1 to 10, ", bare)
    if _STATES.match(bare) and not text.rstrip().endswith("?"):
        return ended(first_up(bare)), False
    if forms["starts"].match(bare) or forms["within"].search(bare) or text.rstrip().endswith("?"):
        return f"{first_up(bare.rstrip(' .,;:!?'))}?", True
    return ended(first_up(bare)), False


def _attach(texts: list[str], said: str) -> None:
    """Add a remark to a question: "or peer reviews" goes into it, anything else behind it."""
    low = said.casefold()
    if low.startswith("or ") and texts[-1].endswith("?"):
        texts[-1] = f"{texts[-1][:-1]}, {said[:1].lower()}{said[1:].rstrip(' .?')}?"
    else:
        texts.append(said)
