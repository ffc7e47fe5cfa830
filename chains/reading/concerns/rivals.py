"""Other firms that want the deal: a deal's ground and the people in it come in; competitors' names, and the risk where
one is told to be in it, go out.

A cue tells of competition by itself ("they look at two others"). Here a name that is neither an account nor a person
tells it, with what is said of it: GuardNow is also inside, they compare with LabNube, a trial against CellarLoop. The
words stand in `rivals.yaml`.
"""

import itertools
from collections.abc import Sequence
from functools import lru_cache

from chains.deals import Fact, Risk
from chains.kinds import RiskKind
from chains.reading.accounts.pieces import Piece
from chains.reading.accounts.signs import seen_too
from chains.reading.ground import Ground
from chains.reading.lexicon import wordlists
from chains.reading.people.persons import Named
from chains.wordfiles import load

_NEAR = 3  # tokens between a name and what is said of it


Rival = tuple[Piece, int, int]  # a firm's name and where it stands


def rivals_told(ground: Ground, everybody: Sequence[Named]) -> list[Rival]:
    """Return the other firms that are told to want the deal too, in the order of the pieces."""
    taken = _people(everybody)
    found: list[Rival] = []
    for piece in ground.pieces:
        i, stop = piece.first, _end(ground, piece)
        while i < stop:
            last = _name(ground, i, stop, taken)
            if last > i and _told(ground, i, last):
                found.append((piece, i, last))
            i = max(last, i + 1)
    return found


def read_rival_risk(ground: Ground, told: Sequence[Rival]) -> Fact[Risk] | None:
    """Return the risk that another firm is told to be in the deal, or None."""
    for piece, i, last in told:
        if piece.rep and ground.task(piece) != "done" and not _over(ground, i):
            first, end = ground.marked.clauses.clause(i)
            text = ground.marked.stream.text(min(first, i), max(end, last)).strip(" ,;:-–()")
            return ground.fact(Risk(RiskKind.COMPETITION, " ".join(text.split())), i, last)
    return None


def read_competitors(ground: Ground, everybody: Sequence[Named], told: Sequence[Rival]) -> tuple[Fact[str], ...]:
    """Return the names of competitors: capitals in a clause that tells of competition or of a loss."""
    taken = _people(everybody)
    found: dict[str, Fact[str]] = {}
    for piece, hit in ground.hits("risk", "lost_to"):
        if hit.group == "risk" and hit.name != "competition":
            continue
        first, last = ground.clause(hit.first, piece)
        if hit.group == "lost_to":
            first, last = hit.last, min(piece.last, hit.last + 4)
        _gather(ground, first, last, taken, found)
    for _, i, last in told:
        name = ground.marked.stream.text(i, last)
        found.setdefault(name, ground.fact(name, i, last))
    return tuple(found.values())


def _people(everybody: Sequence[Named]) -> set[int]:
    return {i for p in everybody for i in range(p.first, p.last)}


def _gather(ground: Ground, first: int, last: int, taken: set[int], found: dict[str, Fact[str]]) -> None:
    i = first
    while i < last:
        if i in taken or not _may_compete(ground, i):
            i += 1
            continue
        j = i
        while j < last and _named_on(ground, j):
            j += 1
        name = ground.marked.stream.text(i, j)
        found.setdefault(name, ground.fact(name, i, j))
        i = j


def _may_compete(ground: Ground, i: int) -> bool:
    token = ground.tokens[i]
    if token.kind != "word" or not token.capital or (i in ground.named and i not in ground.foreign):
        return False
    if token.low in _no_firms():
        return False
    return not any(h.group in ("role", "team", "step") for h in ground.marked.at.get(i, ()))


def _named_on(ground: Ground, i: int) -> bool:
    token, words = ground.tokens[i], wordlists()
    if token.kind != "word" or token.low in words["function"]:
        return False
    return token.capital or token.low in words["company"]


def _end(ground: Ground, piece: Piece) -> int:
    """Return where the words about the deal end: what names nobody the rep sells to does not end them."""
    stop = ground.marked.clauses.sentences[piece.sentence].last
    last = piece.last
    if last < stop and (last in ground.foreign or last + 1 in ground.foreign):  # with Vendora
        while last < stop and (last not in ground.named or last in ground.foreign):
            last += 1
    return last


def _name(ground: Ground, i: int, stop: int, taken: set[int]) -> int:
    """Return the end of a name at token `i` that may be another firm's, or `i`."""
    if i in taken or not _may_compete(ground, i) or ground.tokens[i].low in wordlists()["first_names"]:
        return i
    j = i
    while j < stop and j not in taken and (j not in ground.named or j in ground.foreign) and _named_on(ground, j):
        j += 1
    return j


def _told(ground: Ground, first: int, last: int) -> bool:
    """Tell whether what stands around a name says that it wants the deal too."""
    opened, closed = ground.marked.clauses.clause(first)
    before = [t.low for t in ground.tokens[max(opened, first - _NEAR) : first] if t.kind == "word"]
    behind = [t.low for t in ground.tokens[last : min(closed, last + _NEAR + 1)] if t.kind == "word"]
    words = _words()
    if before and before[-1] in words["against"]:
        return True
    if before and before[-1] in words["with"]:
        clause = {t.low for t in ground.tokens[opened:closed]}
        if words["compared"] & set(before) or (words["meets"] & set(before) and words["they"] & clause):
            return True
    if seen_too(ground.tokens, first, last):
        return True
    if words["other"] & set(before[-2:]) and words["seller"] & set(before + behind):
        return True
    if before and before[-1] in words["has_in"] and behind[:1] == ["in"]:
        return len(behind) == 1 or behind[1] in words["in_when"]  # not "they have SAP in finance"
    wider = [t.low for t in ground.tokens[last : min(closed, last + 2 * _NEAR + 1)] if t.kind == "word"]
    within = wider if wider[:1] and wider[0] in words["has_in"] else behind  # has a unit in there
    if any(a == "in" and b in words["where"] for a, b in itertools.pairwise(within)):
        return True
    if behind[:1] and behind[0] in words["sells"]:
        return True
    if behind[:1] == ["s"] and words["sold"] & set(behind[1:3]):
        return True
    beside = [w for w in behind if w not in words["linking"]]
    if beside[:1] and beside[0] in words["in_it"]:
        return True
    return bool(words["also"] & set(behind[:2])) and bool(words["in_it"] & set(behind))


def _over(ground: Ground, i: int) -> bool:
    """Tell whether the clause says that the other firm is out."""
    first, last = ground.marked.clauses.clause(i)
    lows = ["", *(t.low for t in ground.tokens[first:last])]
    return any(
        low in _words()["out"] and not (low == "out" and before in _words()["not_out"])
        for before, low in itertools.pairwise(lows)
    )


@lru_cache(maxsize=1)
def _no_firms() -> frozenset[str]:
    words = wordlists()
    return words["function"] | words["ordinary"] | words["roles"] | words["labels"] | words["titles"]


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(map(str, words)) for name, words in load("chains.reading.concerns", "rivals.yaml").items()}
