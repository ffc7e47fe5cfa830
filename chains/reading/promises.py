"""Promises of both sides: sentences with their kinds come in, `Commitment`s with owner, due day and state go out.

The customer's promises are next steps of deals and none of these.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from chains.deals import ME, Commitment, Conventions, Deal, Fact, Span
from chains.reading.lexicon import Cues, Pattern, compiled
from chains.reading.purposes import Told, lexicon
from chains.reading.tokens import Stream, Token

_ARROW = re.compile(r"\s*(?P<who>[^\W\d_][\w.'’]{0,20})\s*(?:->|=>|>>?|→)\s*(?P<to>[^\W\d_][\w.'’]{0,20})\s*[:\-–]\s*")
_SELF = frozenset({"me", "i", "myself", "ich", "we"})
_LIMITS = frozenset({"by", "until", "till", "before", "due", "for"})
_NOTHING = frozenset({"nothing", "none"})
_MORE = 3  # sentences after a promise that may still tell how it went


@dataclass(slots=True)
class _Promise:
    owner: str
    to: str | None
    first: int  # tokens
    last: int
    start: int
    ends: list[tuple[int, int]]  # the ranges it is told in


def commitments_of(
    notes: str, conventions: Conventions, stream: Stream, told: Sequence[Told], deals: Sequence[Deal]
) -> tuple[tuple[Fact[Commitment], ...], frozenset[int]]:
    """Return the commitments, and the places in `told` that they were read from."""
    found: list[Fact[Commitment]] = []
    used: set[int] = set()
    customers = _customers(deals)
    owner, to, unit = "", None, -1  # what a list of promises has named last
    place = 0
    while place < len(told):
        one = told[place]
        place += 1
        if not one.rep or one.kind == "private":
            continue
        arrow = _ARROW.match(notes, one.start, one.end)
        if arrow:
            owner, to, unit = _who(arrow["who"]), _who(arrow["to"]), one.unit
            promise = _Promise(owner, to, stream.at(arrow.end()), one.last, arrow.end(), [(arrow.end(), one.end)])
        elif one.unit == unit and owner:
            promise = _Promise(owner, to, one.first, one.last, one.start, [(one.start, one.end)])
        else:
            said = _said(stream, one, customers, deals)
            if said is None:
                continue
            owner_here, first = said
            start = stream.tokens[first].start if first < len(stream.tokens) else one.end
            promise = _Promise(owner_here, None, first, one.last, start, [(one.start, one.end)])
        if _is_nothing(stream, promise):
            used.add(place - 1)
            continue
        used.add(place - 1)
        while place < len(told) and len(promise.ends) < _MORE and _tells_how(stream, told[place], one):
            promise.ends.append((told[place].start, told[place].end))
            promise.last = told[place].last
            used.add(place)
            place += 1
        found.append(_commitment(notes, stream, promise))
    return tuple(found), frozenset(used)


def _said(stream: Stream, one: Told, customers: frozenset[str], deals: Sequence[Deal]) -> tuple[str, int] | None:
    """Return who promises and the token where the promise starts, by the cue that stands in the sentence."""
    lows, places = [], []
    for i in range(one.first, one.last):
        if stream.tokens[i].kind != "mark":
            lows.append(stream.tokens[i].low)
            places.append(i)
    hits = _cues().find(lows, places, [0] * len(lows))
    for hit in sorted(hits, key=lambda h: h.first):
        if hit.group == "i_promise_first" and hit.first != places[0]:
            continue
        if hit.group.startswith("i_promise"):
            after = stream.tokens[hit.last].low if hit.last < one.last else ""
            if after in lexicon()["promises"]["no_promise_after"]:
                continue
            return ME, hit.first
        if one.deal and any(stream.tokens[i].low in customers for i in range(one.first, hit.first + 1)):
            return None
        subject = _subject(stream, one, hit.first)
        if subject is None or subject.casefold() in customers:
            return None
        return subject, hit.first
    return None


def _subject(stream: Stream, one: Told, at: int) -> str | None:
    """Return the word before a cue that can promise: a name as it stands, or she / he / they."""
    for i in range(at, max(one.first - 1, at - 5), -1):
        token = stream.tokens[i]
        if token.kind != "word":
            continue
        if token.low in ("she", "he", "they"):
            return token.low
        if token.text[:1].isupper() and token.low not in ("i", "last", "still"):
            return token.text
        if i == one.first and len(token.low) > 1 and i < at:
            return token.text
    return None


def _tells_how(stream: Stream, one: Told, before: Told) -> bool:
    """Tell whether a sentence right after a promise says no more than how it went ("Still waiting")."""
    if one.unit != before.unit or one.label or one.kind == "private":
        return False
    words = [stream.tokens[i].low for i in range(one.first, one.last) if stream.tokens[i].kind != "mark"]
    if not words or len(words) > 12:
        return False
    lists = lexicon()["promises"]
    states = {*lists["done"], *lists["open"]}
    return words[0] in states or (
        len(words) <= 6 and bool(states & set(words)) and words[0] not in ("i", "what", "ask")
    )


def _commitment(notes: str, stream: Stream, promise: _Promise) -> Fact[Commitment]:
    tokens = stream.tokens[promise.first : promise.last]
    due = _due(tokens)
    spans = tuple(Span.of(notes, a, b) for a, b in (_tight(notes, a, b) for a, b in promise.ends) if b > a)
    text = " ".join(s.text for s in spans) if spans else notes[promise.start : promise.start]
    return Fact(Commitment(promise.owner, promise.to, text, due, _done(tokens)), spans)


def _tight(notes: str, start: int, end: int) -> tuple[int, int]:
    while start < end and notes[start] in " \t\r\n-–—*•>+":
        start += 1
    while end > start and notes[end - 1] in " \t\r\n":
        end -= 1
    return start, end


def _due(tokens: Sequence[Token]) -> date | None:
    for before, token in pairwise(tokens):
        if token.kind == "date" and before.low in _LIMITS and isinstance(token.value, date):
            return token.value
        if token.kind == "date" and before.low in _LIMITS and hasattr(token.value, "end"):
            end: date = token.value.end
            return end
    return None


def _done(tokens: Sequence[Token]) -> bool | None:
    lists = lexicon()["promises"]
    lows = [t.low for t in tokens]
    if any(low in lists["open"] for low in lows):
        return False
    return True if any(low in lists["done"] for low in lows) else None


def _is_nothing(stream: Stream, promise: _Promise) -> bool:
    """Tell whether it says that nothing is owed."""
    words = [t.low for t in stream.tokens[promise.first : promise.last] if t.kind == "word"]
    return any(w in _NOTHING for w in words[:5]) and "since" not in words and len(words) <= 8


def _who(name: str) -> str:
    return ME if name.casefold() in _SELF else name


def _customers(deals: Sequence[Deal]) -> frozenset[str]:
    """Return the folded words of the names of the customers' people."""
    return frozenset(
        word.casefold()
        for d in deals
        for p in d.people
        if p.value.role != "colleague"
        for word in p.value.name.split()
        if len(word) > 2
    )


@lru_cache(maxsize=1)
def _cues() -> Cues:
    lists = lexicon()["promises"]
    return Cues(
        [
            Pattern(group, str(row), compiled(row))
            for group in ("i_promise", "i_promise_first", "they_promise")
            for row in lists[group]
        ]
    )
