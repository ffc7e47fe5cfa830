"""Clauses a writer can use: a deal's ground comes in; causes, the state of the paper, settled points and credit go
out."""

from chains.deals import Detail, DetailKind, Fact
from chains.reading.accounts.pieces import Piece
from chains.reading.concerns.risks import states
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit

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
