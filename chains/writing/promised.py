"""Promises of both sides in words: points come in, a sentence each goes out, with an offer to finish what is open."""

import re
from collections.abc import Sequence
from datetime import date

from chains.deals import Commitment
from chains.drafts import Point, Sentence
from chains.planning.feedback import is_boss
from chains.requests import Manager
from chains.writing.asks import Draftlet, small
from chains.writing.grammar import verbs
from chains.writing.phrasing import Phrasing
from chains.writing.retell import Retell, ended
from chains.writing.voice import first_up


def promise_lines(points: Sequence[Point], phrasing: Phrasing, retell: Retell, day: date | None) -> Draftlet:
    """Return the promises, one bullet each where there are several."""
    made = Draftlet("promises", bullets=len(points) > 2)
    for point in points:
        facts = dict(point.facts)
        commitment: Commitment = facts["commitment"]  # type: ignore[assignment]
        texts = retell.sentences(commitment.text)
        if not texts:
            continue
        if point.role == "promise_yours":
            texts = [_DID.sub("you did", _AND_I.sub(r"\1 you did", t)) for t in texts]
            if texts[0].startswith("I ") and not _BY_ME.match(commitment.text):
                texts[0] = f"You {texts[0][2:]}"  # "him: share his own sheet" has lost another subject
        text = " ".join([_promise(point, commitment, texts[0], phrasing, retell.boss), *texts[1:]])
        if point.role == "promise_yours" and commitment.done is not True and facts["together"]:
            text = f"{text} {_together(str(facts['together']), phrasing, day)}"
        if made.sentences and _GOES_ON.match(texts[0]):
            weight, before = made.sentences[-1]  # "half written. You get it on Monday": the same promise still
            sources = (*before.sources, *point.sources)
            made.sentences[-1] = (weight, Sentence(f"{before.text} {' '.join(texts)}", sources, before.practices))
            continue
        made.sentences.append((8, Sentence(text, point.sources, point.practices)))
    if made.bullets:
        made.heading = phrasing.voice.say("lead.promises")
    return made


def _promise(point: Point, commitment: Commitment, text: str, phrasing: Phrasing, boss: Manager) -> str:
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


_BY_ME = re.compile(r"\s*(?:and |so )?(?:i|i'm|i'll|i've)\b", re.IGNORECASE)
_DID = re.compile(r"\b(?:she|he) did\b(?= *[,.(!]|$)")
_AND_I = re.compile(r"\b(and|but) I did\b(?= *[,.(])")
_GOES_ON = re.compile(r"(?:You|They) (?:get|have|see|will have|'ll have|'ll get) (?:it|them)\b")
_FROM_YOU = re.compile(r"^(?:and )?(?:from|on) your? ?(?:side)?\s*[:,]\s*", re.IGNORECASE)
_THIRD_PERSON = re.compile(r"(\w+)(?= )")


def _together(how: str, phrasing: Phrasing, day: date | None) -> str:
    if how == "together" and day is not None:
        near = phrasing.days.near(day)
        return phrasing.voice.say("together.day", day=near) if near != "tomorrow" else phrasing.voice.say("together")
    return phrasing.voice.say(how)
