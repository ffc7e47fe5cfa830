"""Who acts where no contact opens the clause: tokens of a deal come in; the owner and where the doing opens go out.

"Our Tiago rewrites it", "the route team delivers Monday", "mae does the training" in notes without capitals, "need deal
desk's number by Friday". What a word is follows from its place and its ending, not from a list of verbs.
"""

from collections.abc import Sequence

from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import base_verbs, wordlists
from chains.reading.people.groups import GROUPS, may_be_a_name, third_form, unlisted
from chains.reading.people.persons import Named, in_small_letters, person_at

_OUR = frozenset("our my".split())
_BEFORE_GROUP = frozenset("our the own my their his her".split())
_GROUP_WORDS = 3  # words before the noun that makes a group
_BEHIND_VERB = frozenset(
    "a an the it this that them him her us me up off out in on over back through down by with for to at into all both "
    "our their his my your each every another some what which who when where how if whether about around round new "
    "first second final one two three yes no ok before after until till".split()
)
_MODALS = frozenset("will must should shall needs need has have to gotta".split())


def acts(ground: Ground, i: int, last: int) -> bool:
    """Tell whether a doing opens at a token by its form and by what follows: measures up, walks it, will send."""
    if i >= last:
        return False
    token = ground.tokens[i]
    if token.kind != "word" or not token.text.islower():
        return False
    if token.low in _MODALS:
        return i + 1 < last and ground.tokens[i + 1].kind == "word" and ground.tokens[i + 1].low not in ("not", "no")
    if token.low in base_verbs():
        return True
    return third_form(token) and _governs(ground, i, last)


def _governs(ground: Ground, i: int, last: int) -> bool:
    """Tell whether what follows a word is what a verb is followed by: an object, a particle, a day, the end."""
    if i + 1 >= last:
        return False
    following = ground.tokens[i + 1]
    return following.kind in ("date", "count") or following.low in _BEHIND_VERB or following.capital


def our_own(ground: Ground, first: int, last: int) -> Named | None:
    """Return the colleague named behind "our": our Tiago rewrites it."""
    if first + 2 >= last or ground.tokens[first].low not in _OUR:
        return None
    job = ground.tokens[first + 1]  # our jurist Wouter sends the last version
    first += job.kind == "word" and job.text.islower() and first + 3 < last and ground.tokens[first + 2].capital
    person = person_at(ground.marked, first + 1, last, ground.named)
    token = ground.tokens[first + 1]
    if person is None or not (token.low in wordlists()["first_names"] or may_be_a_name(token)):
        return None
    return person if token.low in wordlists()["first_names"] or acts(ground, person.last, last) else None


def group_at(ground: Ground, first: int, last: int) -> tuple[int, int] | None:
    """Return the tokens of a group of people that acts: route team | delivers, commissioning lads | start."""
    tokens, words = ground.tokens, wordlists()
    start = first + (tokens[first].low in _BEFORE_GROUP)
    for i in range(start, min(last - 1, start + _GROUP_WORDS + 1)):
        token = tokens[i]
        if token.low in GROUPS:
            return (start, i + 1) if i > start and acts(ground, i + 1, last) else None
        if token.kind != "word" or token.low in words["function"] or i in ground.named:
            return None
        if token.low in base_verbs() and base_verbs()[token.low] != token.low:
            return None
    return None


def small_name(ground: Ground, piece: Piece, first: int, last: int) -> Named | None:
    """Return who opens a clause in notes without capitals: mae does the training, paolo (se) tests by Friday."""
    token, words = ground.tokens[first], wordlists()
    called = token.low in words["first_names"] or unlisted(ground.marked, first)
    if token.kind != "word" or not called or first in ground.named:
        return None
    if token.low in base_verbs() or token.low in words["ordinary"] or not in_small_letters(ground, piece):
        return None
    if ground.marked.opening(first, "team", "topic", "category", "stage", "step") is not None:
        return None
    for count in (2, 1):
        person = person_at(ground.marked, first, min(first + count, last), ground.named, flat=True)
        if person is None or person.last - first != count:
            continue
        if acts(ground, past_company(ground, person.last, last), last):
            return person
        if ground.tokens[person.last].low in ("(", ",", "our", "in", "from"):
            return person
    return None


def past_company(ground: Ground, i: int, last: int) -> int:
    """Return where the verb stands behind a name with who is with them: luis and the boys | put it up."""
    tokens = ground.tokens
    if i < last and tokens[i].low in ("there", "over"):
        return i + 1 + (i + 1 < last and tokens[i + 1].low == "there")
    if i + 1 < last and tokens[i].low in ("and", "&", "+", "with"):
        j = i + 1 + (tokens[i + 1].low in ("the", "his", "her", "our"))
        return j + 1 if j < last and tokens[j].kind == "word" and not acts(ground, j, last) else i
    return i


_ASKS = frozenset("need needs awaiting await chasing chase".split())
_WAITS = frozenset("waiting wait".split())


def needed_from(
    ground: Ground, piece: Piece, start: int, last: int, everybody: Sequence[Named]
) -> tuple[str, int, str] | None:
    """Return who has to give what the rep needs, where the thing opens, and the verb: need deal desk's number by ..."""
    tokens = ground.tokens
    i = start
    if tokens[i].low in ("i", "we", "still") and i + 1 < last:
        i += 1
    if tokens[i].low == "still" and i + 1 < last:
        i += 1
    if tokens[i].low in _WAITS and i + 1 < last and tokens[i + 1].low in ("on", "for"):
        i += 2
    elif tokens[i].low in _ASKS:
        i += 1
    else:
        return None
    if i >= last or not any(t.kind == "date" for t in tokens[i:last]):
        return None
    asked = one_asked(ground, i, last, everybody)
    if asked is None:
        return None
    name, stop = asked
    if stop < last and tokens[stop].low == "s":
        return (name, stop + 1, "give") if stop + 1 < last and tokens[stop + 1].kind == "word" else None
    if stop + 1 < last and tokens[stop].low == "to":
        return name, stop + 1, ""
    return None


def given_by(
    ground: Ground, piece: Piece, start: int, last: int, everybody: Sequence[Named]
) -> tuple[str, int, int] | None:
    """Return from whom a thing is due and the thing: the number from deal desk due the 17th."""
    tokens = ground.tokens
    for i in range(start + 1, min(last - 1, start + 7)):
        if tokens[i].kind != "word" or base_verbs().get(tokens[i].low, tokens[i].low) != tokens[i].low:
            return None
        if tokens[i].low == "with" or any(p.last == i for p in everybody):
            return None  # a visit with Reto from our engineering
        if tokens[i].low != "from":
            continue
        asked = one_asked(ground, i + 1, last, everybody)
        if asked is None or not all(
            t.kind in ("date", "mark", "count") or t.low in _ONLY_WHEN for t in tokens[asked[1] : last]
        ):
            return None
        return (asked[0], start, i) if any(t.kind == "date" for t in tokens[asked[1] : last]) else None
    return None


_ONLY_WHEN = frozenset("due by on is until till expected promised latest before for at the".split())


def one_asked(ground: Ground, i: int, last: int, everybody: Sequence[Named]) -> tuple[str, int] | None:
    """Return the person, team or group that opens at a token, with its end."""
    tokens = ground.tokens
    person = next((p for p in everybody if p.first == i), None)
    if person is None and (tokens[i].low in wordlists()["first_names"] or may_be_a_name(tokens[i])):
        person = person_at(ground.marked, i, last, ground.named)
    if person is not None:
        stop = person.last
        if stop < last and tokens[stop].low in ("in", "from", "at", "(") and ground.marked.opening(stop + 1, "team"):
            hit = ground.marked.opening(stop + 1, "team")
            stop = hit.last + (hit.last < last and tokens[hit.last].low == ")") if hit is not None else stop
        return person.name, stop
    j = i + (tokens[i].low in ("our", "the"))
    hit = ground.marked.opening(j, "team")
    if hit is not None:
        return ground.marked.stream.text(j, hit.last), hit.last
    k = j
    while k < min(last - 2, j + _GROUP_WORDS) and _noun(tokens[k]):
        k += 1
    told_to = k > j and k + 1 < last and tokens[k].low == "to" and acts(ground, k + 1, last)
    return (ground.marked.stream.text(j, k), k) if told_to else None


def _noun(token: Token) -> bool:
    return token.kind == "word" and token.low not in wordlists()["function"] and token.low not in base_verbs()
