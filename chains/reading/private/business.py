"""Which words of private life are business where they stand: tokens and their cues come in, the cues that hold go out.

"Yoga at 6" is private, "yoga studios come later, they want 14 seats" is a customer's trade. A word that can be either
is private where the writer speaks of themselves or where nothing in its sentence is business.
"""

from collections.abc import Sequence

from chains.reading.layout.tokens import Token
from chains.reading.lexicon import Hit, wordlists

_MYSELF = frozenset("i me my mine myself".split())
_THEIRS = frozenset("they their them theirs customer customers client clients buyer buyers our we us".split())
_SURE = frozenset("category stage signed exception role lost_to".split())
_GROUPS = _SURE | {"risk"}
_MOVED = frozenset("was now moved slipped instead pushed".split())
_MEALS = frozenset("lunch dinner breakfast coffee drinks beer beers curry golf".split())
_COMPANY = frozenset("team people guys folks crew brothers sisters board owners management".split())
_TYPES = frozenset(["money", "percent"])


def without_business(tokens: Sequence[Token], hits: Sequence[Hit], sentence_of: Sequence[int]) -> list[Hit]:
    """Return the cues without those of private life that their sentence shows to be business."""
    doubtful = [h for h in hits if h.group == "private" and h.name == "either"]
    if not doubtful:
        return list(hits)
    cues: dict[int, list[Hit]] = {}
    for hit in hits:
        if hit.group in _GROUPS:
            cues.setdefault(sentence_of[hit.first], []).append(hit)
    words: dict[int, list[int]] = {}
    wanted = {sentence_of[h.first] for h in doubtful}
    for i, sentence in enumerate(sentence_of):
        if sentence in wanted:
            words.setdefault(sentence, []).append(i)
    dropped = {
        h for h in doubtful if _business(tokens, h, words[sentence_of[h.first]], cues.get(sentence_of[h.first], ()))
    }
    return [h for h in hits if h not in dropped]


def _business(tokens: Sequence[Token], hit: Hit, inside: Sequence[int], cues: Sequence[Hit]) -> bool:
    """Tell whether the sentence round a cue is about a customer's trade or the deal, and not about the writer."""
    lists = wordlists()
    others = [i for i in inside if not hit.first <= i < hit.last]
    lows = {tokens[i].low for i in others}
    near = {t.low for t in tokens[max(inside[0], hit.first - 3) : hit.first]}
    if near & _MYSELF or (lows & _MYSELF and not lows & _THEIRS):
        return False
    if tokens[hit.first].low in _MEALS and _with_a_customer(tokens, hit.last, inside[-1] + 1):
        return True
    following = tokens[hit.last] if hit.last <= inside[-1] else None
    if following is not None and following.kind == "word" and (following.low in lists["trade"]):
        return True
    if lows & (_THEIRS | lists["trade"] | lists["roles"]) or any(tokens[i].kind in _TYPES for i in others):
        return True
    days = sum(1 for i in others if tokens[i].kind == "date")
    if days > 1 and lows & _MOVED:
        return True  # was 30/6, now 7/8, till the vet lifts the ban
    if any(tokens[i].low in lists["company"] and tokens[i].capital for i in inside):
        return True
    told = [h for h in cues if not hit.first <= h.first < hit.last]
    return any(h.group in _SURE or (h.group == "risk" and h.last - h.first > 1) for h in told)


def _with_a_customer(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a meal is with somebody who is called by no first name: lunch with the Hagen brothers."""
    run = tokens[first : min(first + 7, last)]
    if not any(t.low in ("with", "at") for t in run[:2]):
        return False
    names = [t for t in run if t.kind == "word" and t.capital]
    return any(t.low in _COMPANY for t in run) or any(t.low not in wordlists()["first_names"] for t in names)
