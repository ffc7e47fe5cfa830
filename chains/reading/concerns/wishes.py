"""What the buyer wants beyond standard: a deal's ground comes in, exceptions go out, one of a kind."""

from chains.deals import ExceptionWanted, Fact
from chains.kinds import ExceptionKind
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit

_WANTING = frozenset(
    "want wants wanted ask asks asked asking need needs demand demands insist insists request requested expect expects"
    " discount pushing push unless or looking hoping wish".split()
)
_WRITTEN = frozenset("want wants need needs contract commit commitment written promise promised guarantee".split())


def read_exceptions(ground: Ground) -> tuple[Fact[ExceptionWanted], ...]:
    """Return what the buyer wants beyond standard, in the notes' words."""
    found: dict[ExceptionKind, Fact[ExceptionWanted]] = {}
    for piece, hit in ground.hits("exception", lent=True):
        kind = ExceptionKind(hit.name)
        if kind in found or hit.first in ground.named or not _wanted(ground, piece, hit, kind):
            continue
        first, last = ground.clause(hit.first, piece)
        text = ground.marked.stream.text(min(first, hit.first), max(last, hit.last)).strip(" ,;:-–()")
        found[kind] = ground.fact(ExceptionWanted(kind, " ".join(text.split())), hit.first, hit.last)
    return tuple(found.values())


def _wanted(ground: Ground, piece: Piece, hit: Hit, kind: ExceptionKind) -> bool:
    tokens = ground.tokens
    first, last = ground.clause(hit.first, piece)
    lows = [t.low for t in tokens[first:last]]
    before = [t.low for t in tokens[max(first, hit.first - 5) : hit.first]]
    behind = [t.low for t in tokens[hit.last : min(hit.last + 4, piece.last)]]
    if tokens[hit.first].low != "no" and any(w in ("not", "nobody", "no", "never") for w in before[-4:]):
        return any(w in ("ok", "okd", "agreed", "approved") for w in behind)
    if "our" in behind[:2] and any(w in ("std", "standard") for w in behind[:3]):
        return False
    if (
        before[-2:] == ["instead", "of"]
        or "dropped" in behind[:1]
        or ("dropped" in lows and kind is not ExceptionKind.DISCOUNT)
    ):
        return False
    if kind is ExceptionKind.DISCOUNT:
        sentence = ground.marked.clauses.sentences[piece.sentence]
        around = tokens[max(sentence.first, hit.first - 8) : min(sentence.last, hit.last + 4)]
        closing = [t.low for t in tokens[max(sentence.first, sentence.last - 4) : sentence.last]]
        said = any(w in _WANTING for w in closing) and any(w in ("they", "he", "she", "their") for w in closing)
        return said or any(t.low in _WANTING for t in around)  # 15% off and ..., that's what they want
    if kind is ExceptionKind.ROADMAP and tokens[hit.first].low in ("roadmap", "road") and hit.last - hit.first <= 2:
        return any(t.low in _WRITTEN for t in tokens[piece.first : piece.last])
    return True
