"""What every step looks things up in: the notes cut up and their cues, and the places that may name an account.

A `Marked` is made once and goes through all of the reading; a `Candidate` points at tokens of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chains.reading.layout.clauses import Clauses
from chains.reading.layout.tokens import Stream
from chains.reading.layout.units import Unit
from chains.reading.lexicon import Hit

Where = Literal["head", "heading", "prose", "dictated", "turn"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold tokens `first` up to and without `last` that may name an account, and where they stand."""

    first: int
    last: int
    where: Where
    unit: int
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Hold everything later steps look things up in: tokens, units, clauses and the cues by token."""

    stream: Stream
    units: Sequence[Unit]
    clauses: Clauses
    hits: Sequence[Hit]
    at: dict[int, list[Hit]]  # cues by the token they open at
    cells: frozenset[int] = frozenset()  # units that are cells of a table

    def opening(self, token: int, *groups: str) -> Hit | None:
        """Return the longest cue of these groups that opens at `token`."""
        found = [h for h in self.at.get(token, ()) if h.group in groups]
        return max(found, key=lambda h: h.last) if found else None

    def between(self, first: int, last: int, *groups: str) -> list[Hit]:
        """Return the cues of these groups that lie within tokens first..last."""
        found = []
        for i in range(first, last):
            found += [h for h in self.at.get(i, ()) if h.group in groups and h.last <= last]
        return found
