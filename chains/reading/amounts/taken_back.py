"""Figures that are taken back: tokens come in, whether one is struck, corrected or replaced by the next goes out."""

from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground

ARROWS = frozenset(["->", "→", "=>", "⇒", ">>"])

PEN = frozenset("no nope scratch sorry actually wait correction oops rather make".split())

SMALL = frozenset(
    "at is s for about around roughly now still its it worth approx ca circa a of was stands that to so".split()
)


def taken_back(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a sentence takes something back: scratch that, Tin Roof is 85; *201, fat fingers."""
    sentence = ground.marked.clauses.sentences[piece.sentence]
    tokens = ground.tokens
    lows = [t.low for t in tokens[sentence.first : min(i, sentence.first + 4)]]
    if lows[:1] == ["no"] or any(
        w in ("scratch", "correction", "sorry", "oops", "actually", "wait", "typo", "edit", "mali") for w in lows
    ):
        return True
    starred = tokens[i - 1].low == "*" and tokens[i - 1].end == tokens[i].start and i - 1 == sentence.first
    if starred and ground.marked.units[piece.unit].first.speaker:
        return True
    behind = [t.low for t in tokens[i + 1 : min(i + 9, sentence.last)]]
    return any(
        w in ("typo", "typos", "mistyped", "misread", "fingers", "fingered", "meant", "swapped", "transposed")
        for w in behind
    )


def arrow_between(ground: Ground, first: int, last: int) -> bool:
    between = ground.tokens[first + 1 : last]
    return len(between) <= 5 and any(t.low in ARROWS for t in between) and not any(t.kind == "date" for t in between)


def corrected_between(ground: Ground, first: int, last: int) -> bool:
    """Tell whether a figure is taken back for the next: 200k?? no 120k; twenty no sorry eighteen."""
    between = ground.tokens[first + 1 : last]
    words = [t.low for t in between if t.kind == "word"]
    if not words or len(words) > 4 or len(between) > 7:
        return False
    if words[0] in ("to",) and words == ["to"]:
        return ground.marked.opening(first - 1, "number_cue") is not None or ground.tokens[first - 1].low == "from"
    return (
        words[0] in PEN
        and all(w in PEN | SMALL | {"i", "mean", "arr", "that", "not"} for w in words)
        and "not" not in words[:1]
    )


def is_struck(ground: Ground, i: int) -> bool:
    """Tell whether a token stands between ~~ marks."""
    tokens = ground.tokens
    open_mark = any(tokens[j].low == "~~" for j in range(max(0, i - 4), i))
    close_mark = any(tokens[j].low == "~~" for j in range(i + 1, min(i + 5, len(tokens))))
    return (open_mark and close_mark and tokens[i - 1].low in ("~~",)) or (
        open_mark and close_mark and tokens[i + 1].low == "~~"
    )
