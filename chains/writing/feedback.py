"""A feedback talk in words: the points of a `Plan` come in, `Section`s of sentences with their sources go out."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

import yaml

from chains.accounts import names_account
from chains.deals import Commitment, Deal, Fact, Span, Statement
from chains.drafts import Computed, Plan, Point, Section, Sentence, Source
from chains.kinds import StatementKind
from chains.planning.boss import Boss
from chains.planning.feedback import is_boss
from chains.planning.talks import boss_told, table
from chains.scan import scan
from chains.writing.asks import Draftlet, about_deal, fitted, small
from chains.writing.entries import entry
from chains.writing.grammar import shape, verbs
from chains.writing.phrasing import Phrasing
from chains.writing.retell import Retell, ended
from chains.writing.voice import FOLDER, first_up

LEAST_PARTS = 3  # questions in one sentence that get a line each
LEAST_THANKS = 3  # words that say what for
NEAR_FRONT = 7  # words within which a pronoun can mean a deal that was not named
MOST_AHEAD = 10  # days to the talk
_TALK = re.compile(
    r"\b(?:1[:-]?1|1on1|one on one|check.?in|review|talk|prep|memo|meeting|mtg|for|before)\b", re.IGNORECASE
)
_TOPIC = re.compile(r"(?:Ask you )?[Oo]n (?:the|my|our|that) [\w -]{3,30}[.?:]?$")
_NEXT_QUESTION = re.compile(r",\s+(?:and\s+)?(?=(?:what|how|when|where|why|which|who)\s)", re.IGNORECASE)
_FRAME = re.compile(r"(?:and |so )?(?:on|in|from|over|for) [\w ]{3,40}", re.IGNORECASE)  # "on a scale of 1 to 5"
# words that hang on a deal that is not named with them
_REFERS = re.compile(r"\b(?:it|they|their|them|there|that one|he|she|his|her|him)\b", re.IGNORECASE)
# a question that hangs on the one before it
_GOES_ON = re.compile(r"(?:or|which of those|what would make it|and if not|and why|why not)\b", re.IGNORECASE)
_WEIGHT = {"questions": 9, "goal": 8, "shortcoming": 8, "evidence": 7, "promises": 8, "offer": 6, "deals": 5, "rest": 4}


@lru_cache(maxsize=1)
def _forms() -> Any:
    text = (FOLDER / "question_forms.yaml").read_text(encoding="utf-8")
    data: Any = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return {
        "leads": [compiled(p) for p in data["leads"]],
        "starts": compiled(data["starts"]),
        "empty": [compiled(p) for p in data["empty"]],
        "turned": [(compiled(p), put) for p, put in data["turned"]],
        "scale": compiled(data["scale"]),
    }


def feedback_sections(plan: Plan, phrasing: Phrasing) -> tuple[Section, ...]:
    """Return the sections of a feedback talk."""
    retell = Retell(phrasing, boss_told(plan.points, phrasing.book, plan.request))
    day = talk_day(phrasing)
    found: list[Draftlet] = []
    for block, points in groupby(plan.points, key=lambda p: str(dict(p.facts)["block"])):
        members = list(points)
        if block == "questions":
            made = _questions(members, phrasing, retell)
        elif block == "deals":
            made = _deals(members, phrasing, retell)
        elif block == "promises":
            made = _promises(members, phrasing, retell, day)
        else:
            made = _told(block, members, phrasing, retell)
        if made.sentences:
            found.append(made)
    _open(found, phrasing, retell, day)
    return fitted(found, int(table()["most"]["feedback"]))


def talk_day(phrasing: Phrasing) -> date | None:
    """Return the day of the talk, where the first lines of the notes name one."""
    notes, as_of = phrasing.book.notes, phrasing.book.conventions.as_of
    for mention in scan(notes[:160], phrasing.book.conventions):
        value = mention.value
        line = notes[notes.rfind("\n", 0, mention.start) + 1 : mention.start]
        if type(value) is date and as_of < value <= as_of + timedelta(MOST_AHEAD) and _TALK.search(line):
            return value
    return None


def _questions(points: Sequence[Point], phrasing: Phrasing, retell: Retell) -> Draftlet:
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
    whole = len(parts) < LEAST_PARTS or any(len(p.split()) < LEAST_THANKS for p in parts)
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
    if forms["starts"].match(bare) or text.rstrip().endswith("?"):
        return f"{first_up(bare.rstrip(' .,;:!?'))}?", True
    return ended(first_up(bare)), False


def _attach(texts: list[str], said: str) -> None:
    """Add a remark to a question: "or peer reviews" goes into it, anything else behind it."""
    low = said.casefold()
    if low.startswith("or ") and texts[-1].endswith("?"):
        texts[-1] = f"{texts[-1][:-1]}, {said[:1].lower()}{said[1:].rstrip(' .?')}?"
    else:
        texts.append(said)


def _told(block: str, points: Sequence[Point], phrasing: Phrasing, retell: Retell) -> Draftlet:
    made = Draftlet(block)
    led = False
    about = ""  # the deal that the last sentence was about
    for point in points:
        statements: Sequence[Fact[Statement]] = dict(point.facts)["statements"]  # type: ignore[assignment]
        for fact in statements:
            for text in retell.told(fact):
                said = _goal(text, made, phrasing) if block == "goal" else text
                account = fact.value.account or ""
                if (
                    account
                    and account != about
                    and _REFERS.search(" ".join(text.split()[:NEAR_FRONT]))
                    and point.role != "credit"
                    and not led_by(text, phrasing)
                ):
                    said = f"{phrasing.names.short(account)}: {small(said)}"
                about = account
                if point.role == "credit":
                    said = _thanked(said, fact, phrasing)
                if not said:
                    continue
                if not led and phrasing.voice.has(f"lead.{block}") and not _says_itself(block, text):
                    said = phrasing.voice.say(f"lead.{block}", text=small(text))
                led = True
                if len(said.split()) < LEAST_THANKS and not made.sentences:
                    continue  # "My bad." says nothing by itself
                made.sentences.append((_WEIGHT.get(block, 4), Sentence(said, fact.spans, point.practices)))
    return made


def _goal(text: str, made: Draftlet, phrasing: Phrasing) -> str:
    """Return a goal as a sentence of its own; a second one without a verb is the rep's own."""
    said = _GOAL.sub(lambda m: f"The goal {m[1]}: {m[2]}", text)
    if made.sentences and ":" not in said and shape(said) == "nominal":
        return phrasing.voice.say("goal.own", text=small(said))
    return said


def led_by(text: str, phrasing: Phrasing) -> bool:
    """Tell whether a sentence names a deal itself."""
    return any(names_account(text, d) for d in phrasing.book.deals)


def _thanked(text: str, fact: Fact[Statement], phrasing: Phrasing) -> str:
    """Return a word of thanks: "say thx" goes, "that one" gets its name."""
    said = _SAY_THANKS.sub("", text).strip(" ,.")
    if len(said.split()) < LEAST_THANKS:
        return ""  # "Thanks, Ann" closes a mail
    line = fact.spans[0].line if fact.spans else 0
    deal = next((d for d in phrasing.book.deals if any(s.line == line for s in d.account.spans)), None)
    if deal is not None:
        said = re.sub(r"\b(?:that|this) one\b", phrasing.names.full(deal.name), said)
    if re.search(r"\b(?:you|your)\b", said):
        return phrasing.voice.say("thanks.you", text=small(said))
    return said if re.search(r"\bthank", said, re.IGNORECASE) else phrasing.voice.say("thanks", text=small(said))


_SAY_THANKS = re.compile(r"[,;:]?\s*(?:(?:please )?say (?:thx|thanks|thank you)|thanks|thx)\b", re.IGNORECASE)
# "That's the goal we agreed in June, call the quarter ...": told by itself it needs no "that"
_GOAL = re.compile(r"^(?:That's (?:the|our) )?[Gg]oal ((?:we|I) [^,:]{3,40})[,:] (.+)$")
_SAYS = {
    "goal": r"^what (?:I|we) |^the thing |^in \w+ we |\bgoal|\bagreed\b|\bI'd like to (?:run|lead|become|be)|\bI want to\b|\blong.?term\b",
    "evidence": r"^(?:on that|what I'd|what I (?:do )?have|so far|I have|I'm at|where I|by my calendar|my)\b",
    "shortcoming": r"^(?:my|I|what I don't have|to be honest|on me|that one is on me|I was wrong|what went wrong)\b",
    "offer": r"^(?:I|from now on|what I|could we|shall we|we|my)\b",
}


def _says_itself(block: str, text: str) -> bool:
    return re.search(_SAYS.get(block, "$^"), text, re.IGNORECASE) is not None


def _promises(points: Sequence[Point], phrasing: Phrasing, retell: Retell, day: date | None) -> Draftlet:
    made = Draftlet("promises", bullets=len(points) > 2)
    for point in points:
        facts = dict(point.facts)
        commitment: Commitment = facts["commitment"]  # type: ignore[assignment]
        texts = retell.sentences(commitment.text)
        if not texts:
            continue
        text = " ".join([_promise(point, commitment, texts[0], phrasing, retell.boss), *texts[1:]])
        if point.role == "promise_yours" and commitment.done is not True and facts["together"]:
            text = f"{text} {_together(str(facts['together']), phrasing, day)}"
        made.sentences.append((8, Sentence(text, point.sources, point.practices)))
    if made.bullets:
        made.heading = phrasing.voice.say("lead.promises")
    return made


def _promise(point: Point, commitment: Commitment, text: str, phrasing: Phrasing, boss: Boss) -> str:
    say = phrasing.voice.say
    text = _FROM_YOU.sub("", text) if point.role == "promise_yours" else text
    if point.role == "promise_yours" and (hit := _THIRD_PERSON.match(text)) and hit[1].casefold() in verbs().thirds:
        # "Ingrid: sends me two quotes" -> "You send me two quotes"
        text = f"You {verbs().thirds[hit[1].casefold()]}{text[hit.end() :]}"
    text = first_up(text)
    speaks = re.match(r"(?:I|You|In \w+ you|From your side|What I|Last|When we|At our)\b", text) is not None
    if point.role == "promise_mine":
        to = commitment.to
        if to and not is_boss(to, boss) and not speaks:
            return say("mine.to", who=to, text=small(text))
        return text if speaks else say("mine", text=small(text))
    if point.role == "promise_yours":
        if commitment.done is True:
            return say("yours.done", text=small(text))
        owe = re.match(r"You owe me (?P<what>[^,.:;]+)(?P<rest>.*)$", text)
        if owe:
            return ended(say("yours.open", what=owe["what"].strip(), rest=owe["rest"].rstrip(".") or None))
        return text if speaks else say("yours", text=small(text))
    if text.casefold().startswith(commitment.owner.casefold()):
        return text
    return say("other", who=first_up(commitment.owner), text=small(text))


_FROM_YOU = re.compile(r"^(?:and )?(?:from|on) your? ?(?:side)?\s*[:,]\s*", re.IGNORECASE)
_THIRD_PERSON = re.compile(r"(\w+)(?= )")


def _together(how: str, phrasing: Phrasing, day: date | None) -> str:
    if how == "together" and day is not None:
        near = phrasing.days.near(day)
        return phrasing.voice.say("together.day", day=near) if near != "tomorrow" else phrasing.voice.say("together")
    return phrasing.voice.say(how)


def _deals(points: Sequence[Point], phrasing: Phrasing, retell: Retell) -> Draftlet:
    made = Draftlet("deals", bullets=len(points) > 1)
    for point in points:
        facts = dict(point.facts)
        deal: Deal = facts["deal"]  # type: ignore[assignment]
        text, sources = entry(deal, facts["group"], facts["depth"], phrasing, "bullet")  # type: ignore[arg-type]
        text = about_deal(text, deal, retell.boss)
        made.sentences.append((5, Sentence(text, sources, point.practices)))
    if made.bullets:
        made.heading = phrasing.voice.say("lead.deals")
    return made


def _open(found: list[Draftlet], phrasing: Phrasing, retell: Retell, day: date | None) -> None:
    questions = next((m for m in found if m.role == "questions"), None)
    count = len(questions.sentences) if questions else 0
    name = retell.boss.name
    if not count:
        if name and found and found[0].sentences:
            weight, first = found[0].sentences[0]
            found[0].sentences[0] = (weight, Sentence(f"{name}, {small(first.text)}", first.sources, first.practices))
        return
    number = phrasing.voice.say(f"count.{count}") if phrasing.voice.has(f"count.{count}") else str(count)
    key = "open.day" if name and day else "open" if name else "open.nobody"
    said = phrasing.voice.say(
        key,
        name=name,
        day=phrasing.days.near(day) if day else None,
        on=phrasing.days.on(day) if day else None,
        count=number,
    )
    if count == 1:
        said = said.replace("one questions", "one question").replace("one things", "one thing")
        said = said.replace("think about them", "think about it").replace("have them", "have it")
    counted: tuple[Source, ...] = (Computed("questions", number),)
    found.insert(0, Draftlet("opening", [(9, Sentence(first_up(said), counted))]))
