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
from chains.reading.layout.tokens import Stream, Token
from chains.reading.lexicon import Cues, Hit, Pattern, compiled, wordlists
from chains.reading.talks.purposes import Told, lexicon

_ARROW = re.compile(r"\s*(?P<who>[^\W\d_][\w.'’]{0,20})\s*(?:->|=>|>>?|→)\s*(?P<to>[^\W\d_][\w.'’]{0,20})\s*[:\-–]\s*")
# under a heading of promises the arrow alone says who: "me > the template by 30/4", "her > two demos"
_ARROW_OWNER = re.compile(
    r"\s*(?P<who>me|mine|myself|you|yours|she|he|her|hers|him|his|[A-Z]\w{2,14})\s*(?:->|=>|>>?|→|=)\s+", re.IGNORECASE
)
_OWNER = re.compile(
    r"\s*[*_]{0,2}(?:(?P<who>[^\W\d_][\w.'’]{0,20})[*_]{0,2}\s*:|(?P<self>me|you|she|he|[A-Z]\w{1,14})\s+[-–]\s)\s*[*_]{0,2}\s*"
)
# "Bram promised: his old board deck"
_PROMISED = re.compile(
    r"\s*(?P<who>[^\W\d_][\w.'’]{0,20}) (?:promised|owes|still owes|owed)(?: me)?\s*[:–-]\s*", re.IGNORECASE
)
_THEIRS = re.compile(r"\b(she|he|you)\b(?=.*\b(?:me|promised|said)\b)|\b(?:from|on) (her|his|him|you)\b", re.IGNORECASE)
_NOBODY = frozenset({"what", "nobody", "they", "who", "everybody", "we"})
_SELF = frozenset({"me", "mine", "i", "myself", "ich", "we"})
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
        if not one.rep or one.kind in ("private", "label"):
            continue
        arrow = _ARROW.match(notes, one.start, one.end)
        said_so = _PROMISED.match(notes, one.start, one.end)
        if said_so and _who(said_so["who"]).casefold() in (*customers, *_NOBODY):
            said_so = None
        named = _OWNER.match(notes, one.start, one.end) if "promise" in one.scores else None
        if named is None and "promise" in one.scores and arrow is None:
            named = _ARROW_OWNER.match(notes, one.start, one.end)
        if arrow:
            owner, to, unit = _who(arrow["who"]), _who(arrow["to"]), one.unit
            promise = _Promise(owner, to, stream.at(arrow.end()), one.last, arrow.end(), [(arrow.end(), one.end)])
        elif named:
            owner, to, unit = _who(named["who"] or named.groupdict().get("self") or ME), None, one.unit
            promise = _Promise(owner, None, stream.at(named.end()), one.last, named.end(), [(named.end(), one.end)])
        elif said_so and one.first < one.last:
            owner, to, unit = _who(said_so["who"]), None, -1
            promise = _Promise(
                owner, None, stream.at(said_so.end()), one.last, said_so.end(), [(said_so.end(), one.end)]
            )
        elif one.kind == "promise" and (one.answers or one.label == "promise"):
            promise = _Promise(
                _of_label(notes, one), None, stream.at(one.start), one.last, one.start, [(one.start, one.end)]
            )
        elif one.unit == unit and owner:
            promise = _Promise(owner, to, one.first, one.last, one.start, [(one.start, one.end)])
        else:
            run = _run(told, place - 1)
            said = _said(stream, one, run[-1].last, customers)
            if said is None:
                continue
            owner_here, hit = said
            # dictated text is parted within the promise: it reaches to where its cue ends
            reach = [t for t in run if t.first < hit.last]
            used.update(range(place - 1, place - 1 + len(reach)))
            place += len(reach) - 1
            promise = _Promise(owner_here, None, hit.first, reach[-1].last, one.start, [(one.start, reach[-1].end)])
            one = reach[-1]
        if _is_nothing(stream, promise):
            used.add(place - 1)
            continue
        used.add(place - 1)
        while (
            place < len(told)
            and len(promise.ends) < _MORE
            and not _OWNER.match(notes, told[place].start, told[place].end)
            and _tells_how(stream, told[place], one)
        ):
            promise.ends.append((told[place].start, told[place].end))
            promise.last = told[place].last
            used.add(place)
            place += 1
        found.append(_commitment(notes, stream, promise))
    return tuple(found), frozenset(used)


def _run(told: Sequence[Told], place: int) -> Sequence[Told]:
    """Return the sentence at `place` and, where it is dictated, those that go on from it."""
    stop = place + 1
    while stop < len(told) and stop - place < _MORE and told[stop].dictated and told[stop].unit == told[place].unit:
        stop += 1
    return told[place:stop] if told[place].dictated else told[place : place + 1]


def _said(stream: Stream, one: Told, stop: int, customers: frozenset[str]) -> tuple[str, Hit] | None:
    """Return who promises and the cue that opens in the sentence."""
    lows, places = [], []
    for i in range(one.first, stop):
        if stream.tokens[i].kind != "mark":
            lows.append(stream.tokens[i].low)
            places.append(i)
    hits = _cues().find(lows, places, [0] * len(lows))
    for hit in sorted(hits, key=lambda h: h.first):
        if hit.first >= one.last:
            return None
        if hit.group == "i_promise_first" and hit.first != places[0]:
            continue
        if hit.group.startswith("i_promise"):
            if _to_somebody_else(stream, one, hit, customers):
                continue
            after = stream.tokens[hit.last].low if hit.last < len(stream.tokens) else ""
            before = stream.tokens[hit.first - 1].low if hit.first > one.first else ""
            lists = lexicon()["promises"]
            if after in lists["no_promise_after"] or before in lists["no_promise_before"]:
                continue
            return ME, hit
        if one.deal and any(stream.tokens[i].low in customers for i in range(one.first, hit.first + 1)):
            return None
        subject = _subject(stream, one, hit.first)
        if subject is None or subject.casefold() in customers:
            return None
        return subject, hit
    return None


def _to_somebody_else(stream: Stream, one: Told, hit: Hit, customers: frozenset[str]) -> bool:
    """Tell whether "I owe her" is owed to a customer or to somebody named before in the sentence."""
    words = {stream.tokens[i].low for i in range(hit.first, hit.last)}
    after = stream.tokens[hit.last].low if hit.last < len(stream.tokens) else ""
    if not words & {"her", "him", "them"} and not (words & {"owe", "told"} and after in ("her", "him")):
        return False
    return any(
        stream.tokens[i].low in customers or stream.tokens[i].low in wordlists()["first_names"]
        for i in range(one.first, hit.first)
    )


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
    states = {*lists["done"], *lists["open"], *lists["part"]}
    if words[0] == "and" and one.dictated:
        words = words[1:]
    if not words or words[0] in ("what", "ask", "could"):
        return False
    return words[0] in lists["goes_on"] or len(words) <= 2 or (len(words) <= 9 and bool(states & set(words)))


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
    words = [t.low for t in stream.tokens[promise.first : promise.last] if t.kind != "mark"]
    told = [w for w in words if w not in ("owe", "owes", "owed", "me", "her", "him", "you")]
    return any(w in _NOTHING for w in told[:2]) and "since" not in words and len(words) <= 8


def _of_label(notes: str, one: Told) -> str:
    """Return whose promise a label tells: "she owes me:" -> she; the rep's where it names nobody."""
    label = notes[notes.rfind("\n", 0, one.start) + 1 : one.start]
    hit = _THEIRS.search(label)
    said = (hit[1] or hit[2]).casefold() if hit else ME
    return {"her": "she", "his": "he", "him": "he"}.get(said, said)


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
