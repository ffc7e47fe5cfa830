"""How sure the rep is in words of their own: a deal's ground comes in, the category that the last of them stand for
goes out.

"Should land", "could go either way", "would not bank on it". A belief about a meeting, a price or a delivery is none
about the deal.
"""

from chains.deals import Fact
from chains.kinds import Category
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit

_TURNED = {Category.COMMIT: Category.PIPELINE, Category.BEST_CASE: Category.PIPELINE}
_ALONE = frozenset("maybe probably likely early cold hopeful optimistic unlikely winnable".split())


def believed(ground: Ground) -> Fact[Category] | None:
    """Return the category of the last belief that is about the deal, or None."""
    found: Fact[Category] | None = None
    for piece, hit in ground.hits("belief"):
        if hit.first in ground.named or not _of_the_deal(ground, piece, hit):
            continue
        category = Category(hit.name)
        if ground.negated(hit.first, piece, 3):
            turned = _TURNED.get(category)
            if turned is None:
                continue
            category = turned
        found = ground.fact(category, hit.first, hit.last, inferred=True)
    return found or _one_word(ground)


_SAID_ALONE = {
    "in": Category.COMMIT,
    "sure": Category.COMMIT,
    "certain": Category.COMMIT,
    "maybe": Category.BEST_CASE,
    "possible": Category.BEST_CASE,
    "early": Category.PIPELINE,
    "out": Category.OMITTED,
}


def _one_word(ground: Ground) -> Fact[Category] | None:
    """Return what a sentence of one word says of the deal: "In.", "out"."""
    found: Fact[Category] | None = None
    for piece in ground.pieces:
        sentence = ground.marked.clauses.sentences[piece.sentence]
        words = [j for j in range(sentence.first, sentence.last) if ground.tokens[j].kind != "mark"]
        if piece.lent or not piece.rep or len(words) != 1 or words[0] in ground.named:
            continue
        category = _SAID_ALONE.get(ground.tokens[words[0]].low)
        if category is not None:
            found = ground.fact(category, words[0], words[0] + 1, inferred=True)
    return found


def _of_the_deal(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether a belief stands by itself or has the deal for its subject, no doing of somebody."""
    tokens = ground.tokens
    sentence = ground.marked.clauses.sentences[piece.sentence]
    supposed = any(t.low in ("if", "unless") for t in tokens[sentence.first : hit.first])
    if supposed or ground.conditional(hit.first, piece):
        return False  # if legal clears it they could sign 3/20, not counting on it
    if hit.last - hit.first > 1 or tokens[hit.first].low not in _ALONE:
        return not _asked(ground, hit)
    first, last = ground.clause(hit.first, piece)
    others = [j for j in range(first, last) if j != hit.first and tokens[j].kind != "mark"]
    if tokens[hit.first].low in ("maybe", "probably", "likely") and hit.last < last and tokens[hit.last].kind != "mark":
        return False  # maybe 40k
    return all(
        j in ground.own or tokens[j].kind in ("money", "date", "percent") or tokens[j].low in _BESIDE for j in others
    )


_BESIDE = frozenset(
    "but still i it is s say think feel would very quite too so told now for by in me that this".split()
)


def _asked(ground: Ground, hit: Hit) -> bool:
    """Tell whether it is a question: will it land?"""
    behind = ground.tokens[hit.last] if hit.last < len(ground.tokens) else None
    return behind is not None and behind.low == "?"
