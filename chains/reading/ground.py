"""What one deal's fields are read from: its pieces of the notes, with the questions all readers of fields ask.

`Ground` comes from the scopes; facts with their spans go out of the modules that read it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from chains.deals import Conventions, Fact, Span
from chains.reading.accounts.pieces import Piece
from chains.reading.layout.marked import Marked
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import Hit
from chains.reading.places import Lines

NEGATIONS = frozenset("not no never nothing none nobody without nor neither nowhere hardly".split())
CONDITIONS = frozenset("if unless once until till when whenever before assuming provided should after".split())


_ANSWERED = frozenset("no , they we he she i it that".split())  # "no, ..." answers and negates nothing


@dataclass(frozen=True, slots=True)
class Ground:
    """Hold the pieces about one account and the tokens that name it."""

    marked: Marked
    pieces: Sequence[Piece]
    named: frozenset[int]  # tokens that name this or another account
    conventions: Conventions
    lines: Lines
    dialogue: bool = False
    scale: int = 1000  # what small plain figures of these notes are counted in
    own: frozenset[int] = frozenset()  # tokens that name this account
    people: frozenset[tuple[str, ...]] = frozenset()  # folded names that stand somewhere for a person
    foreign: frozenset[int] = frozenset()  # those of `named` that name nobody the rep sells to
    tokens: Sequence[Token] = field(init=False, repr=False)  # all of the notes

    def __post_init__(self) -> None:
        """Take the tokens out: they are looked at ten thousand times."""
        object.__setattr__(self, "tokens", self.marked.stream.tokens)

    def span(self, first: int, last: int) -> Span:
        """Return the span of tokens `first` up to and without `last`."""
        tokens = self.marked.stream.tokens
        return self.lines.span(tokens[first].start, tokens[last - 1].end)

    def fact(self, value: Any, first: int, last: int, *, inferred: bool = False) -> Fact[Any]:
        """Return a fact read from those tokens."""
        return Fact(value, (self.span(first, last),), inferred)

    def hits(self, *groups: str, lent: bool = False) -> Iterator[tuple[Piece, Hit]]:
        """Yield the cues of these groups in all pieces, in order; lent pieces only where asked."""
        starts, hits = self.marked.of(groups)
        if not hits:
            return
        for piece in self.pieces:
            if (piece.lent and not lent) or not piece.rep:
                continue
            for at in range(bisect_left(starts, piece.first), bisect_left(starts, piece.last)):
                if hits[at].last <= piece.last:
                    yield piece, hits[at]

    def clause(self, token: int, piece: Piece) -> tuple[int, int]:
        """Return the clause of a token, within its piece."""
        first, last = self.marked.clauses.clause(token)
        return max(first, piece.first), min(last, piece.last)

    def task(self, piece: Piece) -> str:
        """Return "open" or "done" for a box to tick about the deal, "" where the line is the deal itself."""
        unit = self.marked.units[piece.unit]
        if not unit.first.task or any(i in self.own for i in self.marked.stream.within(unit.start, unit.end)):
            return ""
        return unit.first.task

    def negated(self, first: int, piece: Piece, reach: int = 4) -> bool:
        """Tell whether a negation stands shortly before a token, in the same clause."""
        start, _ = self.clause(first, piece)
        for i in range(first - 1, max(start, first - reach) - 1, -1):
            if self.tokens[i].kind == "money":
                return False  # "the board did not meet ninety thousand still best case"
            if self.tokens[i].low in NEGATIONS and not (
                self.tokens[i].low == "no" and self.tokens[i + 1].low in _ANSWERED
            ):
                return True
        return False

    def conditional(self, first: int, piece: Piece) -> bool:
        """Tell whether a token stands in an if, until or once clause."""
        start, _ = self.clause(first, piece)
        return any(t.low in CONDITIONS for t in self.tokens[max(start, first - 8) : first])

    def counted(self, token: int, piece: Piece) -> bool:
        """Tell whether a token says it of some of several: 2 of 3 signed, 4 of 5 won."""
        before = self.before(token, piece, 4)
        parts = [t.value.number for t in before if t.kind == "count"]
        return len(parts) > 1 and any(t.low in ("of", "/") for t in before) and parts[-2] <= parts[-1]

    def before(self, token: int, piece: Piece, count: int) -> list[Token]:
        """Return up to `count` tokens before one, within the piece."""
        return list(self.tokens[max(piece.first, token - count) : token])
