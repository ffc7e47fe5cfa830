"""How likely a deal is said to be: a deal's ground comes in, the last share that is meant as odds goes out."""

from decimal import Decimal

from chains.deals import Fact
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.layout.tokens import Token

_ODDS = frozenset(
    (
        "prob probability probably odds chance chances likelihood confidence confident likely sure at say stays now "
        "me my gut feel feeling id i would give put guess its it maybe perhaps roughly about around "
        "is call it p"
    ).split()
)

_NOT_ODDS = frozenset(
    (
        "off discount less more reduction up down upfront growth cheaper higher lower rebate cut increase of uplift "
        "margin attainment quota"
    ).split()
)

_WHOLE = 100
_TEN = 10
_SPLITS = frozenset("pay payment payments terms split instalments upfront deposit milestone".split())


def odds_told(ground: Ground, exported: Fact[Decimal] | None) -> Fact[Decimal] | None:
    tokens = ground.tokens
    current = exported
    for piece in ground.pieces:
        if piece.lent or not piece.rep:
            continue
        for i in range(piece.first, piece.last):
            token = tokens[i]
            if token.kind == "percent":
                if _is_odds(ground, piece, i):
                    current = ground.fact((token.value.low + token.value.high) / 2, i, i + 1)
            elif (tenths := _tenths(ground, piece, i)) is not None:
                current = ground.fact(*tenths)
            elif (shares := _two_shares(ground, piece, i)) is not None:
                current = ground.fact(*shares)
            elif token.kind == "count" and not token.value.unit:
                number = token.value.number
                said = i > piece.first and tokens[i - 1].low == "say"  # the export gave a share: say 40 now
                if _gut(ground, piece, i) or (said and exported is not None and 0 < number <= 100):
                    current = ground.fact(number, i, i + 1)
    return current


def _tenths(ground: Ground, piece: Piece, i: int) -> tuple[Decimal, int, int] | None:
    """Return odds told in tenths, with their place: six times out of ten, 8 in 10."""
    tokens = ground.tokens
    number = _plain_number(tokens[i])
    behind = [t.low for t in tokens[i + 1 : min(i + 4, piece.last)] if t.low != "times"]
    if number is None or not 0 < number < _TEN or behind[:2] not in (["out", "of"], ["in", "<count>"]):
        return None
    last = next((j for j in range(i + 1, min(i + 6, piece.last)) if _plain_number(tokens[j]) == _TEN), None)
    return (number * 10, i, last + 1) if last is not None else None


def _two_shares(ground: Ground, piece: Piece, i: int) -> tuple[Decimal, int, int] | None:
    """Return the first of two shares that make a whole, with its place: 50/50, 60-40 for us, fifty fifty."""
    tokens = ground.tokens
    first = _plain_number(tokens[i])
    if first is None or first % 5 or first >= _WHOLE:
        return None
    j = i + 2 if i + 1 < piece.last and tokens[i + 1].low in ("/", "-", "–", ":", "to") else i + 1
    second = _plain_number(tokens[j]) if j < piece.last else None
    if second is None or first + second != _WHOLE or (j == i + 1 and first != second):
        return None
    if j + 1 < piece.last and tokens[j + 1].low in ("/", "-", "%"):
        return None  # 20/40/40
    if any(t.low in _SPLITS for t in tokens[max(piece.first, i - 4) : min(piece.last, j + 4)]):
        return None
    return first, i, j + 1


def _plain_number(token: Token) -> Decimal | None:
    if token.kind == "count" and not token.value.unit:
        number: Decimal = token.value.number
        return number
    return Decimal(token.text) if token.text.isascii() and token.text.isdigit() and len(token.text) == 2 else None


def _gut(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a plain number is a share by what is said before it: gut says 60, I'd give it 70."""
    tokens = ground.tokens
    number = tokens[i].value.number
    before = [t.low for t in ground.before(i, piece, 3)]
    felt = any(w in ("gut", "probability", "prob", "odds", "likelihood", "chance") for w in before) or before[-2:] in (
        ["give", "it"],
        ["i", "give"],
        ["would", "say"],
        ["i", "say"],
        ["odds", "of"],
        ["chances", "at"],
        ["confidence", "is"],
    )
    following = tokens[i + 1] if i + 1 < piece.last else None
    alone = following is None or following.kind in ("mark", "date")
    return bool(felt and alone and 5 <= number <= 95 and number % 5 == 0)


def _is_odds(ground: Ground, piece: Piece, i: int) -> bool:
    tokens = ground.tokens
    behind = [t.low for t in tokens[i + 1 : min(i + 3, piece.last)]]
    before = [t.low for t in ground.before(i, piece, 3)]
    if any(w in _NOT_ODDS for w in behind[:1]) or (
        any(w in ("discount", "wants", "want", "only", "give", "by", "within") for w in before)
        and before[-2:] not in (["give", "it"], ["give", "this"], ["only", "at"])
    ):
        return False
    first, last = ground.clause(i, piece)
    alone = all(
        j == i
        or t.kind in ("mark", "money", "date", "count")
        or j in ground.named
        or t.low in _ODDS
        or t.low in ("and", "or", "for", "still")
        for j, t in enumerate(tokens[first:last], first)
    )
    if alone:
        return True
    beside = tokens[i - 1].kind == "money" or i - 1 in ground.named
    if i > piece.first and beside and i + 1 < piece.last and tokens[i + 1].kind in ("date", "mark"):
        return True  # "saguaro estates twenty eight thousand ninety percent march thirteenth its only ..."
    if any(w in _ODDS for w in before[-2:]) and not (
        behind
        and tokens[i + 1].kind == "word"
        and behind[0]
        not in ("now", "and", "but", "prob", "probability", "likely", "for", "commit", "close", "chance", "sure")
    ):
        return True
    if any(w in ("prob", "probability", "likely", "chance", "sure", "confident", "odds") for w in behind):
        return True
    return any(h.group == "category" for h in ground.marked.between(first, last, "category")) and last - first <= 6
