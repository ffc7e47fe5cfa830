"""The little grammar that clauses of notes need: words come in, inflected verbs and the shape of a clause go out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

from chains.reading.lexicon import wordlists
from chains.wordfiles import load

_WE = frozenset(("i", "we", "they"))  # what follows is a verb even where it could be a thing
_BETWEEN = frozenset(("also", "still", "only", "just", "now", "always", "never", "really", "both", "all"))
_MANY = frozenset(("i", "we", "you", "they", "both", "all", "who", "people", "some", "most"))
_AFTER_THINGS = frozenset(("with", "from", "at", "in", "on", "for", "since", "of", "are", "were", "due", "out"))
# pasts that are never an adjective before a thing: "docusign went out" has its verb, "get signed copies" has not
_PLAIN_PASTS = frozenset("went came sat took fell began ran".split())
# what follows "'s" where it stands for "is" or "has"
_AFTER_IS = frozenset("with out in on at off up back still not now been being a an the too also only just fine".split())
Shape = Literal["sentence", "order", "predicate", "past", "ing", "nominal"]
_WORD = re.compile(r"[^\W_]+(?:['’.\-/&][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Verbs:
    """Hold what verbs.yaml says, by form."""

    bases: frozenset[str]
    thirds: dict[str, str]  # third person -> base
    pasts: dict[str, str]  # past -> base
    third_of: dict[str, str]
    things_too: frozenset[str]
    helping: frozenset[str]
    of_the_customer: frozenset[str]
    of_the_rep: frozenset[str]
    subjects: frozenset[str]
    mostly_verbs: frozenset[str]
    objects: frozenset[str]
    customer_did: frozenset[str]
    of_a_person: frozenset[str]


@lru_cache(maxsize=1)
def verbs() -> Verbs:
    """Load the verbs that come with Foreword."""
    data: Any = load("chains.writing", "verbs.yaml")
    doubling = set(data["doubling"])
    third_of: dict[str, str] = {}
    pasts: dict[str, str] = {}
    for base in data["regular"]:
        third_of[base] = _regular_third(base)
        pasts.setdefault(_regular_past(base, base in doubling), base)
    for base, forms in data["irregular"].items():
        third_of[base] = forms[0]
        for form in forms[1:]:
            pasts[form] = base
    return Verbs(
        bases=frozenset(third_of),
        thirds={third: base for base, third in third_of.items()},
        pasts=pasts,
        third_of=third_of,
        things_too=frozenset(data["things_too"]),
        helping=frozenset(data["helping"]),
        of_the_customer=frozenset(data["of_the_customer"]),
        of_the_rep=frozenset(data["of_the_rep"]),
        subjects=frozenset(data["subjects"]),
        mostly_verbs=frozenset(data["mostly_verbs"]),
        objects=frozenset(data["objects"]),
        customer_did=frozenset(data["customer_did"]),
        of_a_person=frozenset(data["of_a_person"]),
    )


_JOINING = frozenset(("to", "and", "it", "them", "her", "him", "if", "whether", "that", "what", "who", "how"))
_ASIDE = re.compile(r"^([\w'’]+(?: [\w'’]+)?) \([^()]*\)")  # who a team is, beside its name: "support (Mint) says"


def words(text: str) -> list[str]:
    """Return the words of a text as they stand."""
    return [m[0] for m in _WORD.finditer(text.replace("’", "'"))]


def small_start(text: str) -> str:
    """Return a sentence as it goes on after a colon: with a small letter, unless it opens on a name or "I"."""
    first = text.split(" ", 1)[0]
    low = first.casefold().split("'")[0].split("’")[0]
    lists = wordlists()
    known = verbs()
    common = low in known.subjects or low in known.bases or low in lists["function"] or low in lists["ordinary"]
    common = common or (low.endswith("s") and (low[:-1] in known.bases or low[:-1] in lists["ordinary"]))
    named = low == "i" or not first[1:].islower() or (low in lists["first_names"] and low not in lists["function"])
    return f"{text[:1].lower()}{text[1:]}" if common and not named else text


def third_person(base: str) -> str:
    """Return the form that goes with one person: send -> sends."""
    return verbs().third_of.get(base) or _regular_third(base)


def plural_verb(word: str) -> str:
    """Return a verb as it stands after "they": wants -> want, is -> are, signed -> signed; "" where it is no verb."""
    low, known = word.lower(), verbs()
    fixed = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "wasn't": "weren't"}
    fixed |= {"hasn't": "haven't", "doesn't": "don't"}
    if low in fixed:
        return fixed[low]
    if low in known.thirds:
        return known.thirds[low]
    return low if low in known.pasts or low in known.helping else ""


def shape(clause: str) -> Shape:
    """Tell how a clause is built.

    sentence: has its subject and verb; order: opens with a base form ("send the grid"); predicate: with a third person
    ("wants net 60"); past: with a past form ("dropped the conveyor"); ing: "waiting for ..."; nominal: no verb.
    """
    known, all_words = verbs(), words(_ASIDE.sub(r"\1", clause))
    lows = [w.lower() for w in all_words]
    if not lows:
        return "nominal"
    first = lows[0]
    a_verb = first in known.bases or first in known.thirds or first in known.pasts or first in known.helping
    if first in known.subjects or (all_words[0][:1].isupper() and not a_verb):
        return "sentence" if _has_verb(lows[1:]) or _has_verb(lows[:3]) else "nominal"
    named = _names_somebody(all_words)
    if first in known.bases and not _is_thing(lows, named):
        return "sentence" if _has_doer(lows) else "order"
    if first in known.helping and "'" not in first:
        return "predicate"
    if known.thirds.get(first) in known.of_the_customer and len(lows) > 1:
        return "predicate"  # "wants the price frozen"
    if (
        known.thirds.get(first) in known.of_a_person - known.things_too
        and lows[1:2]
        and ("'" in lows[1] or not _has_verb(lows[1:2]))
    ):
        return "predicate"  # "says he'll know in May"
    if first in known.thirds and lows[1:2] and lows[1].endswith("ing"):
        return "nominal"  # "documents going around"
    if first in known.thirds and lows[1:2] and lows[1] in known.bases - known.things_too:
        return "sentence"  # several things and what they do: "redlines sit with our legal"
    if first in known.thirds and len(lows) > 1 and not _has_verb(lows[1:4]):
        # "redlines with their legal" are things, "wants 18% off" is not
        things = known.thirds[first] in known.things_too and lows[1] in _AFTER_THINGS
        return "nominal" if things else "predicate"
    if first in known.pasts and first not in known.bases and first not in ("been", "gone", "frozen"):
        return "past"
    if (
        first.endswith("ing")
        and len(first) > 5
        and first not in ("pricing", "meeting", "onboarding", "funding", "timing")
    ):
        return "sentence" if _has_helping(lows[1:]) else "ing"
    return "sentence" if first in known.helping or _has_verb(lows[1:]) or _has_verb(lows[:3]) else "nominal"


def is_order(action: str) -> bool:
    """Tell whether an action opens with a verb ("send the grid") and not with a thing ("demo", "call with Ann")."""
    all_words = words(_ASIDE.sub(r"\1", action))
    lows = [w.lower() for w in all_words]
    named = _names_somebody(all_words)
    return bool(lows) and lows[0] in verbs().bases and not _is_thing(lows, named) and not _has_doer(lows)


def _names_somebody(all_words: Sequence[str]) -> bool:
    """Tell whether the second word is a name or its initial, and no short form such as PO."""
    second = all_words[1] if len(all_words) > 1 else ""
    return second[:1].isupper() and (len(second) == 1 or not second.isupper())


def _has_doer(lows: list[str]) -> bool:
    """Tell whether those who do it stand first, called by what they do: "install crew fixes the date"."""
    known = verbs()
    does = any(w in known.thirds and known.thirds[w] not in known.things_too for w in lows[1:4])
    return does and lows[0] in known.things_too and not _JOINING & set(lows[1:4])


def _is_thing(lows: list[str], named: bool = False) -> bool:
    known = verbs()
    if lows[1:2] and lows[1] in _PLAIN_PASTS:
        return True
    if lows[0] not in known.things_too:
        return False
    if len(lows) > 1 and (lows[1] in known.thirds or lows[1] in known.helping):
        return True  # "order comes when ...": its own verb follows
    if lows[0] not in known.mostly_verbs and len(lows) > 1:
        # "review the draft" is done, "tender result" is a thing
        return lows[1] not in known.objects and not named
    if len(lows) == 1:
        return lows[0] not in ("call", "sign", "answer", "test", "order", "start")
    # "call Jeff", "review the draft", but "call with Jeff", "demo on site", "review meeting"
    after = lows[1]
    if after in (
        "with",
        "w",
        "of",
        "for",
        "at",
        "is",
        "to",
        "and",
        "deck",
        "form",
        "meeting",
        "call",
        "session",
        "readout",
    ):
        return not (
            lows[0] in ("answer", "start", "run", "look", "work", "walk") and after in ("to", "for", "with", "at")
        )
    if after in ("on", "in", "by", "from"):
        return lows[0] not in ("sign", "follow", "kick", "look", "call", "check", "work")
    return False


def _has_verb(lows: list[str]) -> bool:
    known = verbs()
    if any(w in known.helping or w in known.thirds or w in known.pasts for w in lows[:12]):
        return True
    if any(
        before.endswith("'s") and (word in _AFTER_IS or word in known.pasts or (word.endswith("ing") and len(word) > 5))
        for before, word in pairwise(lows[:12])
    ):
        return True  # "our quote's with them"
    if any(
        a in _WE and b in _BETWEEN and c in known.bases for a, b, c in zip(lows, lows[1:], lows[2:12], strict=False)
    ):
        return True  # "they also want net 60"
    # a plural subject takes a base form: "both want", "governors meet"
    return any(
        word in known.bases
        and (before in _WE or (word not in known.things_too and (before in _MANY or before.endswith("s"))))
        for before, word in pairwise(lows[:12])
    )


def _has_helping(lows: list[str]) -> bool:
    return any(w in verbs().helping for w in lows)


def _regular_third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{base}es"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}s"


def _regular_past(base: str, doubles: bool) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if doubles else f"{base}ed"
