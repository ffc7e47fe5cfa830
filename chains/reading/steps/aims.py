"""Whom a step is aimed at and what about, where its words leave that out: an action and its place come in, the action
with both goes out.

"The form has been sitting with their purchasing since April. I chase Thursday": chase their purchasing for the form.
"Their vendor number isn't set up. Renae rings me Friday": ring me about the vendor number. "She needs our W-9 and the
vendor form. Keisha sends both": send our W-9 and the vendor form.
"""

from chains.reading.accounts.pieces import Piece
from chains.reading.ground import NEGATIONS, Ground
from chains.reading.lexicon import wordlists
from chains.reading.steps.houses import house_before, opening
from chains.reading.steps.matters import NO_THING, plain, point_before, thing_before

_CHASES = frozenset("chase ping nudge push remind poke hassle press chivvy bug".split())
_FILLING = frozenset("them him her it again up once more back this that hard too".split())
_TELLS = frozenset("ring call phone text email update message".split())
_TO_ME = frozenset("me us back again".split())
_TO = frozenset("to with at".split())
_ABOUT = frozenset("on at into over about".split())
_OPEN = frozenset("missing open waiting stuck sitting lost need needs pending outstanding still only".split())
_LISTED = 9  # tokens of two things in a row


def aimed(ground: Ground, piece: Piece, text: str, since: int) -> str:
    """Return an action with whom and what it is about, from the words right before it."""
    words = text.casefold().split()
    if not words:
        return text
    if words[0] in _CHASES and all(w in _FILLING for w in words[1:]):
        whom = house_before(ground, since)
        thing = thing_before(ground, piece, since) if whom else ""
        return f"{words[0]} {whom}{f' for the {thing}' if thing and thing not in whom else ''}" if whom else text
    if words[0] in _TELLS and len(words) > 1 and all(w in _TO_ME for w in words[1:]):
        thing = _open_thing(ground, piece, since)
        return f"{text} about the {thing}" if thing else text
    if words[-1] == "them" and words[-2:-1] and words[-2] in _TO:
        whom = house_before(ground, since)
        return f"{text.rsplit(' ', 1)[0]} {whom}" if whom else text
    if words[-1] in ("it", "that") and 2 < len(words) < 6 and words[-2] in _ABOUT:
        matter = point_before(ground, piece, since)
        matter = matter if matter and not matter.startswith("whether") else _thing(ground, piece, since)
        return f"{text.rsplit(' ', 1)[0]} {matter}" if matter else text
    if words[-1] == "both" and len(words) < 4:
        pair = _pair_before(ground, since)
        return f"{text.rsplit(' ', 1)[0]} {pair}" if pair else text
    return text


def _thing(ground: Ground, piece: Piece, since: int) -> str:
    thing = thing_before(ground, piece, since)
    return f"the {thing}" if thing else ""


def _open_thing(ground: Ground, piece: Piece, since: int) -> str:
    """Return the thing named last where the words around it say that it is missing or open."""
    tokens, first = ground.tokens, opening(ground, since)
    thing = thing_before(ground, piece, since)
    if not thing:
        return ""
    head = thing.casefold().split()[-1]
    if set(thing.casefold().split()) & NO_THING:
        return ""
    at = next((i for i in range(since - 1, first - 1, -1) if tokens[i].low == head), None)
    if at is None:
        return ""
    _, last = ground.clause(at, piece)  # what is open is told of it: the permit is still missing
    return thing if {t.low for t in tokens[at + 1 : min(since, max(last, at + 1))]} & (NEGATIONS | _OPEN) else ""


def _pair_before(ground: Ground, since: int) -> str:
    """Return two things joined by "and" in the sentence before: our W-9 and the vendor form."""
    tokens, first = ground.tokens, opening(ground, since)
    for i in range(since - 1, first, -1):
        if tokens[i].low not in ("and", "&", "+"):
            continue
        left, right = i, i + 1
        while left > first and i - left < 4 and _of_a_thing(ground, left - 1):
            left -= 1
        while right < since and right - i < 6 and _of_a_thing(ground, right):
            right += 1
        if left < i and right > i + 1:
            return plain(ground, left, right)
    return ""


def _of_a_thing(ground: Ground, i: int) -> bool:
    token = ground.tokens[i]
    article = token.low in ("our", "the", "their", "a", "an")
    glued = token.low in ("-", "/") and ground.tokens[i - 1].end == token.start
    word = token.kind in ("word", "count", "duration", "percent") and token.low not in wordlists()["function"]
    return article or glued or word
