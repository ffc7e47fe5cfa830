"""Notes about the manager as words to the manager: "need Grace's yes, she said" comes in, "need your yes, you said"
goes out.

A pronoun is the manager's where nobody else has been named before it; everybody else stays as they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chains.reading.lexicon import wordlists
from chains.requests import Manager
from chains.wordfiles import load
from chains.writing.grammar import verbs

FAR = 14  # words after which a second verb may still belong to the same subject
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TITLE_ALONE = re.compile(r"((?:\b\w+ )?)\b(?:ma['’]?am|madam)\b", re.IGNORECASE)  # "if ma'am agrees"
_ROLE = re.compile(r"\byou \((?:my |our )?[A-Z][\w&/ ]{1,24}\)")  # "you (VP Sales)" knows what they are
_THIRD = re.compile(r"(?<=[a-z]{3})(?:ies|(?<=ch|sh|ss)es|(?<![siu])s)$")
_SUBJECT = {"she": "you", "he": "you", "shes": "you're", "hes": "you're", "she's": "you're", "he's": "you're"}
_GLUED = {"she'd": "you'd", "he'd": "you'd", "she'll": "you'll", "he'll": "you'll", "hed": "you'd", "shed": "you'd"}


@dataclass(frozen=True, slots=True)
class _Forms:
    verbs: dict[str, str]  # third person -> second
    before: dict[str, str]  # helping verb before its subject: "does she" -> "do you"
    adverbs: frozenset[str]
    no_noun: frozenset[str]  # after "her": it is the person, not what belongs to her
    participles: frozenset[str]
    no_person: frozenset[str]
    qualities: frozenset[str]
    answers: frozenset[str]
    times: frozenset[str]
    prepositions: frozenset[str]
    persons: frozenset[str]


@lru_cache(maxsize=1)
def _forms() -> _Forms:
    data: Any = load("chains.writing", "second_person.yaml")
    return _Forms(
        verbs=dict(data["verbs"]),
        before=dict(data["before"]),
        adverbs=frozenset(data["adverbs"]),
        no_noun=frozenset(data["no_noun"]),
        participles=frozenset(data["participles"]),
        no_person=frozenset(data["no_person"]),
        qualities=frozenset(data["qualities"]),
        answers=frozenset(data["answers"]),
        times=frozenset(data["times"]),
        prepositions=frozenset(data["prepositions"]),
        persons=frozenset(data["persons"]),
    )


def to_you(
    text: str,
    boss: Manager,
    people: Sequence[str] = (),
    deal: bool = False,
    things: frozenset[str] = frozenset(),
    asking: bool = False,
) -> str:
    """Return `text` spoken to the manager; `people` are others by name, `deal` says whose pronouns come first, `things`
    are words of accounts: with a capital, and yet nobody; `asking` says that it is a question put to the manager.

    In a sentence about a deal with people of its own a pronoun is theirs, unless it stands by a word such as "told".
    """
    if boss.name:
        text = re.sub(r"\s*\((?:(?:my|our) )?(?:mgr|manager|boss)\)", "", text)
        text = re.sub(rf"\b{re.escape(boss.name)}\b", boss.name.split()[-1], text)
        text = re.sub(rf"\b{re.escape(boss.name.split()[-1])} (?:sir|madam|ma['’]?am)\b", boss.name.split()[-1], text)
        text = _TITLE_ALONE.sub(lambda m: m[0] if m[1][:1].isupper() else f"{m[1]}{boss.name.split()[-1]}", text)
    tokens = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text)]
    others = {p.casefold() for name in people for p in name.split()} - {f.casefold() for f in boss.forms}
    pieces: list[str] = []
    position = 0
    named_other, named_here = deal, False
    own_name = [i for i, (_, _, w) in enumerate(tokens) if _whose(w.casefold(), w, boss) == "boss"]
    changes: dict[int, str] = {}
    for i, (_, _, word) in enumerate(tokens):
        low = word.casefold().replace("’", "'")
        kind = _whose(low, word, boss)
        if kind == "boss":
            named_other = named_here = False
        elif (
            low in others
            or low in _forms().persons
            or (_is_name(word, i, tokens, text) and low not in _forms().no_person and low not in things)
        ):
            named_other = named_here = True
        if kind == "":
            continue
        if kind == "pronoun":
            if low in ("her", "him") and _is_object_of_own(i, own_name, tokens, text):
                continue  # "Lamar can get her to say yes": he gets somebody else
            # "pings from him, none via Paul": who is called by name later on is not the one meant before
            later = any(j > i for j in own_name) and not any(j < i for j in own_name)
            asked_here = asking and bool(boss.pronoun)
            mine = any(j < i for j in own_name) and bool(boss.pronoun)
            named = (False, False) if asked_here or mine else (named_other, named_here)
            if boss.spoken_to or later or not _is_boss(low, boss, *named, i, tokens):
                continue
        put = _put(i, tokens, text)
        changes[i] = put
        if put in ("you", "you'd", "you'll") and i not in _objects(i, tokens, text):
            _agree(i, tokens, text, changes)
    for i, (start, end, _) in enumerate(tokens):
        if i in changes:
            pieces += [text[position:start], changes[i]]
            position = end
    pieces.append(text[position:])
    return _ROLE.sub("you", "".join(pieces)) if changes else text


def _is_object_of_own(i: int, own: Sequence[int], tokens: Sequence[tuple[int, int, str]], text: str) -> bool:
    """Tell whether "her" or "him" is what the manager, named before in the same clause, does something to."""
    last = max((j for j in own if j < i), default=-1)
    if last < 0:
        return False
    between = text[tokens[last][1] : tokens[i][0]]
    return not re.search(r"[,.;:!?]|['’]s\b|\b(?:and|but|if|that|who|when|because|so|i|we)\b", between, re.IGNORECASE)


def _whose(low: str, word: str, boss: Manager) -> str:
    bare = low.removesuffix("'s")
    for form in boss.forms:
        if len(form) == 1:
            if word == form:
                return "boss"
        elif bare == form.casefold() or low == form.casefold() + "s":
            return "boss"
    if low in _SUBJECT or low in _GLUED or low in ("her", "him", "his", "hers", "herself", "himself"):
        return "pronoun"
    return ""


def _is_boss(
    low: str, boss: Manager, named_other: bool, named_here: bool, i: int, tokens: Sequence[tuple[int, int, str]]
) -> bool:
    if boss.pronoun:
        female = low.startswith(("she", "her"))
        if female != (boss.pronoun == "she"):
            return False
    if not named_other:
        return bool(boss.name or boss.pronoun)
    if named_here:
        return False
    before = tokens[i - 1][2].casefold() if i else ""
    return before in ("told", "tell", "ask", "asked", "owe", "promised") and low in ("her", "him")


def _is_name(word: str, i: int, tokens: Sequence[tuple[int, int, str]], text: str) -> bool:
    """Tell whether a capital stands where none has to: in the middle of a sentence."""
    if not word[0].isupper() or word.isupper() or len(word) < 3 or word[1] in "'’":
        return False
    if i == 0:
        return word.casefold().removesuffix("'s") in wordlists()["first_names"]
    before = text[tokens[i - 1][1] : tokens[i][0]]
    return not any(c in before for c in ".!?:\n")


def _put(i: int, tokens: Sequence[tuple[int, int, str]], text: str) -> str:
    low = tokens[i][2].casefold().replace("’", "'")
    following = tokens[i + 1][2].casefold() if i + 1 < len(tokens) else ""
    gap = text[tokens[i][1] : tokens[i + 1][0]] if i + 1 < len(tokens) else "."
    if low in _GLUED:
        return _GLUED[low]
    if low in ("she's", "he's", "shes", "hes"):
        return "you've" if following in _forms().participles else "you're"
    if low in ("hers",):
        return "yours"
    if low in ("herself", "himself"):
        return "yourself"
    if low == "his" or (low.endswith("'s") and low not in _SUBJECT):
        return "your"
    if low == "her":
        second = tokens[i + 2][2].casefold() if i + 2 < len(tokens) else ""
        if following[:1].isdigit() and second.rstrip("s") in _forms().times:
            return "you"  # "told her 2 weeks ago"
        if following in _forms().qualities and second in _forms().answers:
            return "your"  # "her straight answer", but "ask her straight"
        return "you" if gap.strip() or not following or following in _forms().no_noun else "your"
    return "you"


def _objects(i: int, tokens: Sequence[tuple[int, int, str]], text: str) -> frozenset[int]:
    """Return `i` where the word is an object ("told him"), which no verb agrees with."""
    low = tokens[i][2].casefold()
    before = tokens[i - 1][2].casefold() if i else ""
    return frozenset({i}) if low in ("her", "him") or before in _forms().prepositions else frozenset()


def _agree(i: int, tokens: Sequence[tuple[int, int, str]], text: str, changes: dict[int, str]) -> None:
    """Put the verb that goes with the new "you" into its form: "she owes" -> "you owe", "does she" -> "do you"."""
    forms, known = _forms(), verbs()
    before = tokens[i - 1][2].casefold().replace("’", "'") if i else ""
    if i and before in forms.before and not text[tokens[i - 1][1] : tokens[i][0]].strip():
        changes[i - 1] = _like(tokens[i - 1][2], forms.before[before])
        return
    at = i + 1
    while at < len(tokens) and tokens[at][2].casefold() in forms.adverbs:
        at += 1
    if at >= len(tokens) or any(c in text[tokens[i][1] : tokens[at][0]] for c in ".,;:!?("):
        return
    word = tokens[at][2].casefold().replace("’", "'")
    new = forms.verbs.get(word) or (known.thirds.get(word) if word not in known.bases else None)
    if new is None and at == i + 1 and _THIRD.search(word) and tokens[i][2].casefold() in ("she", "he"):
        new = _THIRD.sub(lambda m: "y" if m[0] == "ies" else "", word)
    if new is None:
        return
    changes[at] = new
    # "she signs and sends": the second verb goes with the same subject
    for j in range(at + 1, min(at + FAR, len(tokens) - 1)):
        if tokens[j][2].casefold() == "and":
            second = tokens[j + 1][2].casefold()
            if second in known.thirds and second not in known.bases:
                changes[j + 1] = known.thirds[second]
            return


def _like(word: str, put: str) -> str:
    return put[:1].upper() + put[1:] if word[:1].isupper() else put
