"""Clauses a writer can use: a deal's ground comes in; causes, the state of the paper, settled points, credit and
competitors' names go out."""

from collections.abc import Sequence

from chains.deals import Detail, DetailKind, Fact
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit, wordlists
from chains.reading.people import Named
from chains.reading.risks import states
from chains.reading.scopes import Piece

_KINDS: dict[str, DetailKind] = {"cause": "cause", "credit": "credit", "all_clear": "status"}
_PAPER = frozenset(("procurement", "verbal", "proposal"))


def read_details(ground: Ground) -> tuple[Fact[Detail], ...]:
    """Return clauses of the notes, each with what it tells."""
    found: list[Fact[Detail]] = []
    seen: set[tuple[str, int]] = set()
    for piece, hit in ground.hits("cause", "credit", "all_clear", "stage", "topic"):
        kind = _kind(ground, piece, hit)
        if kind is None:
            continue
        first, last = ground.clause(hit.first, piece)
        if kind == "cause":
            first, last = hit.first, min(ground.marked.clauses.sentences[piece.sentence].last, piece.last)
        if (kind, first) in seen:
            continue
        seen.add((kind, first))
        text = " ".join(ground.marked.stream.text(first, last).strip(" ,;:-–()|").split())
        if text:
            found.append(ground.fact(Detail(kind, text), first, last))
    return tuple(found)


def _kind(ground: Ground, piece: Piece, hit: Hit) -> DetailKind | None:
    if hit.group == "stage":
        return "status" if hit.name in _PAPER else None
    if hit.group == "topic":
        first, last = ground.clause(hit.first, piece)
        opened, solved = states(ground, piece, first, last)
        return "solved" if solved and not opened else None
    if hit.group == "cause" and ground.tokens[hit.first].low in ("since", "as", "after"):
        return None
    return _KINDS[hit.group]


def read_competitors(ground: Ground, everybody: Sequence[Named]) -> tuple[Fact[str], ...]:
    """Return the names of competitors: capitals in a clause that tells of competition or of a loss."""
    taken = {i for p in everybody for i in range(p.first, p.last)}
    found: dict[str, Fact[str]] = {}
    for piece, hit in ground.hits("risk", "lost_to"):
        if hit.group == "risk" and hit.name != "competition":
            continue
        first, last = ground.clause(hit.first, piece)
        if hit.group == "lost_to":
            first, last = hit.last, min(piece.last, hit.last + 4)
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
    return tuple(found.values())


def _may_compete(ground: Ground, i: int) -> bool:
    token, words = ground.tokens[i], wordlists()
    if token.kind != "word" or not token.capital or i in ground.named:
        return False
    if any(token.low in words[name] for name in ("function", "ordinary", "roles", "labels", "titles")):
        return False
    return not any(h.group in ("role", "team", "step") for h in ground.marked.at.get(i, ()))


def _named_on(ground: Ground, i: int) -> bool:
    token, words = ground.tokens[i], wordlists()
    if token.kind != "word" or token.low in words["function"]:
        return False
    return token.capital or token.low in words["company"]
