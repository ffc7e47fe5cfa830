"""Who plays which part in a deal: an `Entry` with its sentences comes in, the same sentences with the part beside the
name go out, and a sentence about whoever has not been named.
"""

import re
from collections.abc import Iterator, Sequence

from chains.deals import Fact, Person
from chains.planning.standing import Group
from chains.writing.structure import lists
from chains.writing.telling import Entry

_AFTER = re.compile(r"(?=[.;]?$| (?!(?:and|or|in|from|at|of|on|over|is|was|are|as|who|their|the|our)\b)[a-z])")
_BRACKET = re.compile(r" \(([^()]+)\)")
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
    parts = [p for p in person.name.split() if len(p) > _SHORT_PART and p[:1].isupper()]
    untitled = " ".join(p for p in person.name.split() if not p.endswith("."))
    forms = [person.name, untitled, *parts] if untitled else [person.name, *parts]
    hit = next((h for f in forms if (h := re.search(rf"(?<![\w'’]){re.escape(f)}(?![\w'’-])", text))), None)
    if hit is None or not word:
        return text
    before, name, after = text[: hit.start()], hit[0], text[hit.end() :]
    if re.search(r"\b(?:and|or|not)$", before.rstrip()):
        return text
    if (bracket := _BRACKET.match(after)) and bracket[1].casefold() in lists().role_words:
        after = after[bracket.end() :]
    if not _AFTER.match(after):
        return text
    alone = not re.search(r"[A-Z][\w.'’-]*$", before.rstrip())  # no "Dr." or other part of the name stands before it
    stop = after[:1] in ("", ".", ";")
    return f"{before}{person.name if alone and name != untitled else name}, {word}{'' if stop else ','}{after}"


def people(told: Entry, group: Group) -> str:
    """Return who champions the deal and who holds the money, where neither has been named yet."""
    deal, phrasing = told.deal, told.phrasing
    champion, buyer = deal.person("champion"), deal.person("economic_buyer")
    c = champion.value.name if champion and not told.names(champion.value.name) else None
    b = buyer.value.name if buyer and not told.names(buyer.value.name) else None
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
