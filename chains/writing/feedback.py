"""A feedback talk in words: the points of a `Plan` come in, `Section`s of sentences with their sources go out."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from chains.accounts import names_account
from chains.deals import Deal, Fact, Statement
from chains.drafts import Computed, Plan, Point, Section, Sentence, Source
from chains.planning.talks import table
from chains.scan import scan
from chains.writing.asks import Draftlet, about_deal, fitted, small
from chains.writing.entries import entry
from chains.writing.grammar import shape
from chains.writing.phrasing import Phrasing
from chains.writing.promised import promise_lines
from chains.writing.questions import question_bullets
from chains.writing.retell import Retell
from chains.writing.voice import first_up

LEAST_THANKS = 3  # words that say what for
NEAR_FRONT = 7  # words within which a pronoun can mean a deal that was not named
MOST_AHEAD = 10  # days to the talk
_TALK = re.compile(
    r"\b(?:1[:-]?1|1on1|one on one|check.?in|review|talk|prep|memo|meeting|mtg|for|before)\b", re.IGNORECASE
)
# words that hang on a deal that is not named with them
_REFERS = re.compile(r"\b(?:it|they|their|them|there|that one|he|she|his|her|him)\b", re.IGNORECASE)
_WEIGHT = {"questions": 9, "goal": 8, "shortcoming": 8, "evidence": 7, "promises": 8, "offer": 6, "deals": 5, "rest": 4}


def feedback_sections(plan: Plan, phrasing: Phrasing) -> tuple[Section, ...]:
    """Return the sections of a feedback talk."""
    retell = Retell(phrasing, plan.manager)
    day = talk_day(phrasing)
    found: list[Draftlet] = []
    for block, points in groupby(plan.points, key=lambda p: str(dict(p.facts)["block"])):
        members = list(points)
        if block == "questions":
            made = question_bullets(members, phrasing, retell)
        elif block == "deals":
            made = _deals(members, phrasing, retell)
        elif block == "promises":
            made = promise_lines(members, phrasing, retell, day)
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


_SAY_THANKS = re.compile(
    r"[,;:]?\s*(?:(?:please |(?:I )?(?:must|should) |need to |have to )?say (?:thx|thanks|thank you)|thanks|thx)\b",
    re.IGNORECASE,
)
# "That's the goal we agreed in June, call the quarter ...": told by itself it needs no "that"
_GOAL = re.compile(r"^(?:That's (?:the|our) )?[Gg]oal ((?:we|I) [^,:]{3,40})[,:] (.+)$")
_SAYS = {
    "goal": r"^what (?:I|we) |^the thing |^in \w+ we |"
    r"\bgoal|\bagreed\b|\bI'd like to (?:run|lead|become|be)|\bI want to\b|\blong.?term\b",
    "evidence": r"^(?:on that|what I'd|what I (?:do )?have|so far|I have|I'm at|where I|by my calendar|my)\b",
    "shortcoming": r"^(?:my|I|what I don't have|to be honest|on me|that one is on me|I was wrong|what went wrong)\b",
    "offer": r"^(?:I|from now on|what I|could we|shall we|we|my)\b",
}


def _says_itself(block: str, text: str) -> bool:
    return re.search(_SAYS.get(block, "$^"), text, re.IGNORECASE) is not None


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
