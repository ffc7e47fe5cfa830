"""Dictated words with their commas and stops: a run of words without marks comes in, the same words in clauses go out.

A second verb that stands in no group with the first has a subject of its own: the clause is cut before that subject.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chains.wordfiles import load
from chains.writing.grammar import verbs

SAID = 4  # words between "said" and what is said
SHORT = 4  # words of a clause that gets a comma and no stop
_QUARTER = re.compile(r"[QH][1-4]$")


@dataclass(frozen=True, slots=True)
class _Lists:
    auxiliaries: frozenset[str]
    pronouns: frozenset[str]
    determiners: frozenset[str]
    links: frozenset[str]
    prepositions: frozenset[str]
    adverbs: frozenset[str]
    stops: frozenset[str]
    commas: frozenset[str]
    never_before: frozenset[str]
    no_nouns: frozenset[str]
    no_verbs: frozenset[str]
    saying: frozenset[str]
    sounds: frozenset[str]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    data: Any = load("chains.writing", "dictation.yaml")
    return _Lists(**{name: frozenset(str(w) for w in data[name]) for name in _Lists.__slots__})


def punctuated(text: str) -> str:
    """Return the text with a comma or stop wherever a new clause opens."""
    words, ends = _without_sounds(text.split(" "))
    cuts = {**_cuts(words), **ends}
    out: list[str] = []
    start = 0
    for i, word in enumerate(words):
        if i in cuts and out:
            stop = cuts[i] == "." and i - start >= SHORT
            out[-1] += "." if stop else ","
            start = i
            if stop:
                word = word[:1].upper() + word[1:]
        out.append(word)
    return " ".join(out)


def _without_sounds(words: Sequence[str]) -> tuple[list[str], dict[int, str]]:
    """Return the words without "ok" and "um", and the places where such a sound ended a thought."""
    kept: list[str] = []
    ends: dict[int, str] = {}
    for i, word in enumerate(words):
        low = word.casefold()
        owned = low == "ok" and kept and kept[-1].casefold() in _lists().determiners  # "I need your ok"
        if low not in _lists().sounds or owned or (low in ("right", "well") and i + 1 < len(words)):
            kept.append(word)
        elif len(kept) >= SHORT and i + 2 < len(words) and kept[-1].casefold() not in _lists().never_before:
            ends[len(kept)] = "."
    return kept, ends


def _cuts(words: Sequence[str]) -> dict[int, str]:
    lists = _lists()
    lows = [w.casefold() for w in words]
    cuts: dict[int, str] = {}
    since = 0  # where the clause started
    hangs = False  # the clause opened with "if" or "when": what follows belongs to it
    order = 1 if lows[:1] == ["please"] and len(lows) > 1 else 0
    thing = not order and lows[0] in verbs().things_too if lows else True
    verb = order if lows and lows[order] in verbs().bases and not thing else -1
    ordered = lows[order] if verb == order else ""
    for i, low in enumerate(lows):
        before = lows[i - 1] if i else ""
        left = len(words) - i
        if low in lists.stops and i - since >= 3 and left >= 3 and before not in lists.never_before:
            cuts[i] = "," if hangs and low == "then" else "."
            since, verb, hangs = i, -1, False
        elif low in lists.commas and left >= 2 and before not in lists.never_before:
            close = i - since < (2 if low == "not" else SHORT)
            if close or (low == "not" and (before in lists.auxiliaries or "'" in before)):
                continue
            cuts[i] = ","
            since, verb = i, -1
        elif i > order and low == ordered and i - since >= 2:
            cuts[i] = ","
            since = i
        elif low == "and":
            if verb >= 0 and i - since >= SHORT and left >= 3 and _opens_clause(lows, i + 1):
                cuts[i] = ","
                since = i
            verb = -1
        elif low in lists.links:
            hangs = hangs or low in ("if", "when", "unless")
            verb = -1
        elif _is_finite(lows, i):
            at = _subject(words, lows, i, verb) if verb >= 0 else None
            if at is not None and lows[verb] in lists.saying and at - verb <= SAID:
                at = None  # "told you I would": what is said hangs on the saying
            tied = at is not None and (lows[at - 1] in lists.never_before or lows[at - 1] in lists.prepositions)
            if at is not None and at - since >= 2 and not tied:
                cuts[at] = "," if hangs else "."
                since, hangs = at, False
            verb = i
    return cuts


def _opens_clause(lows: Sequence[str], i: int) -> bool:
    """Tell whether a subject with its verb follows: "and they are", "and their board has"."""
    lists = _lists()
    for j in range(i, min(i + 5, len(lows))):
        if j > i and _is_finite(lows, j):
            starts = lows[i] in lists.pronouns or lows[i] in lists.determiners
            return starts or _QUARTER.match(lows[i].upper()) is not None
        if lows[j] in lists.links or lows[j] in lists.prepositions:
            return False
    return False


def _is_finite(lows: Sequence[str], i: int) -> bool:
    """Tell whether a finite verb stands here that is not just a part of a group ("has not approved", "to send")."""
    lists, known = _lists(), verbs()
    low = lows[i]
    tail = low.rpartition("'")[2] if "'" in low else ""
    if tail in ("s", "re", "m", "ll", "d", "ve") and low[: -len(tail) - 1] in lists.pronouns:
        return True
    if low in lists.no_verbs:
        return False
    j = i - 1
    while j >= 0 and lows[j] in lists.adverbs:
        j -= 1
    before = lows[j] if j >= 0 else ""
    if low in lists.auxiliaries or low.endswith("n't"):
        return before not in lists.auxiliaries
    if before in lists.auxiliaries or before == "to" or before in lists.determiners or "'" in before:
        return False
    if low in known.thirds and low not in known.bases:
        return True
    if low in known.pasts and low not in known.bases:
        return True
    return low in known.bases and before in ("i", "we", "they", "you")


def _subject(words: Sequence[str], lows: Sequence[str], i: int, verb: int) -> int | None:
    """Return where the subject of the verb at `i` starts; None where it has none of its own."""
    lists = _lists()
    if "'" in lows[i] and lows[i].partition("'")[0] in lists.pronouns:
        at = i
    else:
        j = i - 1
        while j > verb and lows[j] in lists.adverbs:
            j -= 1
        if j <= verb:
            return None
        if lows[j] in lists.pronouns:
            at = j
            # "the week I said": a relative clause belongs to what stands before it
            if at >= 2 and (lows[at - 2] in lists.determiners or lows[at - 2] in ("only", "first", "last", "best")):
                return None
        else:
            while j > verb and _is_noun(words[j], lows[j]):
                j -= 1
            if j > verb and lows[j] in lists.determiners:
                j -= 1
            at = j + 1
            if at >= i:
                return None
    while at - 1 > verb and lows[at - 1] in ("only", "now", "there", "so", "ok", "right", "also") and at - 1 > verb + 1:
        at -= 1
        if lows[at] == "there":
            at += 1
            break
    return at if at > verb + 1 or lows[at] in lists.pronouns else None


def _is_noun(word: str, low: str) -> bool:
    lists = _lists()
    if _QUARTER.match(word):
        return True
    return word.isalpha() and not (
        low in lists.determiners
        or low in lists.prepositions
        or low in lists.links
        or low in lists.no_nouns
        or low in lists.pronouns
        or low in lists.adverbs
        or low == "and"
    )
