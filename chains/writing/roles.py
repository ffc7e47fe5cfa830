"""Who plays which part in a deal: an `Entry` with its sentences comes in, the same sentences with the part beside the
name go out, and a sentence about whoever has not been named.
"""

import re
from collections.abc import Iterator, Sequence

from chains.deals import Fact, Person
from chains.planning.standing import Group
from chains.reading.lexicon import wordlists
from chains.writing.structure import lists
from chains.writing.telling import Entry

_AFTER = re.compile(r"(?=[.;]?$| (?!(?:and|or|in|from|at|of|on|over|is|was|are|as|who|their|the|our)\b)[a-z])")
# what somebody is done to: "I get Doug the samples", "an hour with Ann on Monday"
_OBJECT = re.compile(
    r"\b(?:get|got|send|sent|hand|give|gave|show|ring|call|meet|met|bring|see|owe|walk|chase|tell|ask|phone|visit|with|from|to|for)"
    r"(?: (?:Mr|Mrs|Ms|Dr|Herr|Frau|Ing|Eng)\.?)? $"
)
_AFTER_OBJECT = re.compile(r"(?=[.;]?$| (?!\(|(?:and|or|of|in|from|at|is|was|has|who)\b))")
_BRACKET = re.compile(r" \(([^()]+)\)")
_CALLED = re.compile(r"([A-Z][\w'’-]+) $")
_SHORT_PART = 2  # letters of a name that could be anybody's


def with_roles(sentences: Sequence[str], told: Entry) -> list[str]:
    """Return sentences that say what part somebody plays where they first name them: "Ann Orr, our champion, calls"."""
    said = list(sentences)
    for role, fact in _parts(told):
        so_far = " ".join(_BRACKET.sub("", text) for text in said)
        word = "" if lists().tells_role[role].search(so_far) else told.phrasing.voice.say(f"role.{role}")
        for i, text in enumerate(said):
            put = _with_role(text, fact.value, word)
            if put != text:
                said[i] = put
                told.take(fact)
                break
    return said


def _parts(told: Entry) -> Iterator[tuple[str, Fact[Person]]]:
    champion, buyer = told.deal.person("champion"), told.deal.person("economic_buyer")
    if champion is not None and not champion.value.left:
        yield "champion", champion
    if buyer is not None and (champion is None or champion.value.name != buyer.value.name):
        yield "economic_buyer", buyer


def _with_role(text: str, person: Person, word: str) -> str:
    """Return a sentence with a person's full name and part at their first mention, or the sentence as it is."""
    parts = [p for p in person.name.split() if len(p) > _SHORT_PART and p[:1].isupper() and not p.endswith(".")]
    untitled = " ".join(p for p in person.name.split() if not p.endswith("."))
    first_two = " ".join(person.name.split()[:2])
    forms = [f for f in dict.fromkeys((person.name, untitled, first_two, *parts)) if f]
    hit = next((h for f in forms if (h := re.search(rf"(?<![\w'’]){re.escape(f)}(?![\w'’-])", text))), None)
    if hit is None or not word:
        return text
    before, name, after = text[: hit.start()], hit[0], text[hit.end() :]
    if re.search(r"\b(?:and|or|not)$", before.rstrip()):
        return text
    if (other := _CALLED.search(before)) and other[1] not in person.name and not _is_common(other[1]):
        return text  # somebody else of that name
    aside = ""
    if bracket := _BRACKET.match(after):
        parts = [p.strip() for p in bracket[1].split(",")]
        rest = [p for p in parts if p.casefold() not in lists().role_words]
        if len(rest) < len(parts):
            aside, after = f" ({', '.join(rest)})" if rest else "", after[bracket.end() :]
    is_object = _OBJECT.search(before) is not None
    if not (_AFTER_OBJECT if is_object else _AFTER).match(after):
        return text
    alone = not re.search(r"[A-Z][\w.'’-]*$", before.rstrip())  # no "Dr." or other part of the name stands before it
    stop = after[:1] in ("", ".", ";")
    return f"{before}{person.name if alone and name != untitled else name}{aside}, {word}{'' if stop else ','}{after}"


def _is_common(word: str) -> bool:
    return word.casefold() in wordlists()["function"] or word.casefold() in wordlists()["ordinary"]


def _is_known(name: str, role: str, told: Entry, sentences: Sequence[str]) -> bool:
    """Tell whether the reader knows by now who somebody is."""
    return told.names(name) and lists().tells_role[role].search(" ".join(sentences)) is not None


def people(told: Entry, group: Group, sentences: Sequence[str]) -> str:
    """Return who champions the deal and who holds the money, where that has not been said yet."""
    deal, phrasing = told.deal, told.phrasing
    champion, buyer = deal.person("champion"), deal.person("economic_buyer")
    c = champion.value.name if champion and not _is_known(champion.value.name, "champion", told, sentences) else None
    b = buyer.value.name if buyer and not _is_known(buyer.value.name, "economic_buyer", told, sentences) else None
    if buyer and b and buyer.value.title:
        b = f"{b} ({phrasing.tidy.spelled(buyer.value.title)})"
    if champion and buyer and champion.value.name == buyer.value.name:
        b = None  # both parts in one person are rarely meant: the surer one is told
    for fact, said in ((champion, c), (buyer, b)):
        if said:
            told.take(fact)
    if c and b:
        return phrasing.voice.say("people.both", champion=c, buyer=b)
    if c:
        key = "people.champion.still" if group in ("moved", "down") else "people.champion"
        return phrasing.voice.say(key, champion=c)
    return phrasing.voice.say("people.buyer", buyer=b) if b else ""
