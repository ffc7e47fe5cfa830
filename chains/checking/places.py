"""What a text is taken apart into: sentences, and the places of figures and dates with what they are about."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chains.checking.pieces import Block, Piece
from chains.checking.topics import Anchor, NameHit
from chains.checking.words import Word
from chains.deals import Money
from chains.periods import Period
from chains.scan import Count, Duration, Mention, Percent


@dataclass(slots=True, eq=False)
class Sentence:
    """Hold a sentence with its words, names and clauses; `head` tells what it is mainly about."""

    start: int
    end: int
    block: Block
    words: list[Word]
    hits: list[NameHit]
    clauses: list[Piece]
    head: frozenset[int] = frozenset()  # named here, or carried
    named: frozenset[int] = frozenset()
    near: frozenset[int] = frozenset()
    inherited: frozenset[int] = frozenset()  # from a heading or the list item above
    steady: bool = False  # the block has named one topic and no other so far
    main: frozenset[int] = frozenset()  # what the block begins with
    beside: frozenset[int] = frozenset()  # named in the block up to here
    only: frozenset[int] = frozenset()  # the one deal of the notes, where a draft can be about no other


@dataclass(slots=True, eq=False)
class Place:
    """Hold a figure or date with its surroundings; `days` are all days it may mean."""

    mention: Mention
    sentence: Sentence
    clause: Piece
    anchor: Anchor
    kind: str  # "Money", "Percent", "Count", "Duration" or "date"
    days: frozenset[date] = frozenset()
    periods: tuple[Period, ...] = ()
    digits: frozenset[tuple[int, ...]] = frozenset()  # of its numbers: the same in thousands, lakhs and millions
    size: float = 0.0
    context: dict[str, float] = field(default_factory=dict)
    numbers: tuple[Decimal, ...] = field(init=False)  # that it may be quoted by: a range by both ends and its middle

    def __post_init__(self) -> None:
        """Note its numbers: each is compared with many."""
        self.numbers = _numbers(self.mention)

    @property
    def start(self) -> int:
        """Return where it starts."""
        return self.mention.start

    @property
    def figure(self) -> bool:
        """Tell a figure from a date or period."""
        return self.kind != "date"

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.mention.end


def _numbers(mention: Mention) -> tuple[Decimal, ...]:
    value = mention.value
    if isinstance(value, Money):
        ends = (value.amount, value.low, value.high)
        return tuple(dict.fromkeys(n for n in ends if n is not None))
    if isinstance(value, Count):
        return (value.number,)
    if isinstance(value, Percent | Duration):
        return (value.low,) if value.low == value.high else (value.low, value.high, (value.low + value.high) / 2)
    return ()


@dataclass(slots=True)
class Taken:
    """Hold a text taken apart."""

    text: str
    sentences: list[Sentence]
    places: list[Place]
    starts: list[int] = field(init=False)  # of the sentences

    def __post_init__(self) -> None:
        """Note where the sentences start."""
        self.starts = [s.start for s in self.sentences]

    def at(self, start: int) -> Sentence | None:
        """Return the sentence that holds the character at `start`."""
        index = bisect_right(self.starts, start) - 1
        found = self.sentences[index] if index >= 0 else None
        return found if found and start < found.end else None
