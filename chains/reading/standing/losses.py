"""Whether a deal is told to be lost: its ground comes in, the words that say so go out."""

from chains.deals import Fact
from chains.reading.accounts.pieces import Piece
from chains.reading.dates.led import MEETINGS
from chains.reading.ground import Ground
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import Hit, wordlists

_BELIEVED = frozenset("thought feared assumed figured expected believed supposedly dachte pensaba".split())

_CHOSE = frozenset(
    (
        "chose chosen picked selected went going awarded given giving gave give handed signed signs signing bought "
        "opted opting plumped settled prefer preferred prefers renewed renewing renews"
    ).split()
)

_CHOOSERS = frozenset("they he she board owner owners customer client".split())

_GONE_ON = frozenset("to out through back up over quiet dark live well into in".split())


def lost_by(ground: Ground) -> Fact[str] | None:
    tokens = ground.tokens
    for piece, hit in ground.hits("lost_to"):
        if ground.negated(hit.first, piece) and "no" not in tokens[hit.first].low:
            continue
        if ground.conditional(hit.first, piece):
            continue
        behind = tokens[hit.last : min(hit.last + 2, piece.last)]
        low = tokens[hit.first].low
        if behind and behind[0].low in ("us", "our"):
            continue
        if low == "stuck" and any(
            t.low in ("is", "s", "are", "its", "sits", "still", "got") for t in ground.before(hit.first, piece, 2)
        ):
            continue  # "the paper is stuck with their purchasing"
        if low == "gone" and hit.last - hit.first == 1 and _gone_alone(ground, piece, hit):
            return ground.fact("lost", hit.first, hit.last)
        if tokens[hit.last - 1].low == "gone" and behind and behind[0].low in _GONE_ON:
            continue  # the contract's gone to Priyanka
        if any(t.low in _BELIEVED for t in ground.before(hit.first, piece, 5)) or (behind and behind[0].low == "air"):
            continue
        if (
            low in _CHOSE
            or (low in _CHOOSERS and tokens[hit.last - 1].low in _CHOSE)
            or (low == "decided" and hit.last - hit.first == 2)
            or (low == "gone" and hit.last - hit.first <= 2)
        ):
            if (
                not behind
                or not (
                    (_named_rival(ground, behind[0]) and (behind[0].low,) not in ground.people)
                    or behind[0].low in ("another", "a", "someone", "somebody", "the")
                )
                or any(h.group == "stage" and h.name != "proposal" for h in ground.marked.at.get(hit.first, ()))
            ):
                continue
            if low in ("went", "gone") and tokens[hit.first + 1].low == "to" and not _about_price(ground, piece, hit):
                continue
        if (
            low == "we"
            and behind
            and behind[0].kind == "word"
            and behind[0].low not in ("it", "this", "them", "to", "the", "on")
        ):
            continue
        if (
            low in ("cancelled", "canceled", "killed")
            and hit.first > piece.first
            and tokens[hit.first - 1].kind != "mark"
            and tokens[hit.first - 1].low not in ("was", "is", "got", "they", "deal", "project", "s")
        ):
            continue
        if low in ("cancelled", "canceled") and any(t.low in MEETINGS for t in ground.before(hit.first, piece, 4)):
            continue  # their finance committee was cancelled
        if low == "said" and any(
            t.low in ("board", "legal", "to") for t in [*ground.before(hit.first, piece, 2), *behind]
        ):
            continue
        if low in ("died", "dead") and behind and behind[0].low in ("line", "set", "in", "end"):
            continue
        return ground.fact("lost", hit.first, hit.last)
    return None


def _gone_alone(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether "gone" is all that is said of a deal: Ybor. gone, closed the shop."""
    first, last = ground.clause(hit.first, piece)
    if piece.unit in ground.marked.cells or ground.marked.units[piece.unit].first.keyed:
        return False
    opening = next((j for j in range(hit.first - 1, -1, -1) if ground.tokens[j].kind != "mark"), -1)
    if opening not in ground.own and ground.tokens[opening].kind != "money" and opening < first:
        return False
    return all(
        j in ground.own
        or t.kind in ("mark", "money")
        or t.low in ("gone", "is", "s", "it", "they", "are", "all", "now")
        for j, t in enumerate(ground.tokens[first:last], first)
    )


def _named_rival(ground: Ground, token: Token) -> bool:
    """Tell whether a word names somebody: by its capital, or in dictation by being no everyday word."""
    if token.capital or not ground.marked.clauses.spoken:
        return token.capital
    return token.kind == "word" and not any(token.low in wordlists()[name] for name in ("function", "ordinary"))


def _about_price(ground: Ground, piece: Piece, hit: Hit) -> bool:
    lows = [t.low for t in ground.tokens[hit.last : min(hit.last + 6, piece.last)]]
    dated = any(t.kind == "date" for t in ground.tokens[hit.last : min(hit.last + 3, piece.last)])
    return (
        dated
        or len([w for w in lows if w not in (".", ",") and not w.startswith("<")]) <= 1
        or "price" in lows
        or "instead" in lows
    )
