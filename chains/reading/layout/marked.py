"""What every step looks things up in: the notes cut up and their cues, and the places that may name an account.

A `Marked` is made once and goes through all of the reading; a `Candidate` points at tokens of it.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from chains.reading.layout.clauses import Clauses
from chains.reading.layout.tokens import Stream
from chains.reading.layout.units import Unit
from chains.reading.lexicon import Hit

Where = Literal["head", "heading", "prose", "dictated", "turn"]
Made = TypeVar("Made")


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
    _made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, make: "Callable[[Marked], Made]") -> Made:
        """Return what `make` gathers from the notes; it is gathered once."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    def opening(self, token: int, *groups: str) -> Hit | None:
        """Return the longest cue of these groups that opens at `token`."""
        here = self.at.get(token)
        if here is None:
            return None
        found = [h for h in here if h.group in groups]
        return max(found, key=lambda h: h.last) if found else None

    def between(self, first: int, last: int, *groups: str) -> list[Hit]:
        """Return the cues of these groups that lie within tokens first..last."""
        if first >= last:
            return []
        starts, hits = self.of(groups)
        at = bisect_left(starts, first)
        found = []
        while at < len(starts) and starts[at] < last:
            if hits[at].last <= last:
                found.append(hits[at])
            at += 1
        return found

    def of(self, groups: tuple[str, ...]) -> tuple[list[int], list[Hit]]:
        """Return the cues of these groups in their order, with the tokens they open at."""
        made: tuple[list[int], list[Hit]] | None = self._made.get(groups)
        if made is None:
            by_group = self.once(_by_group)
            hits = [h for _, h in sorted(placed for group in set(groups) for placed in by_group.get(group, ()))]
            made = self._made[groups] = [h.first for h in hits], hits
        return made


def _by_group(marked: Marked) -> dict[str, list[tuple[int, Hit]]]:
    """Return the cues of each group, each with its place among all."""
    found: dict[str, list[tuple[int, Hit]]] = {}
    for place, hit in enumerate(h for i in sorted(marked.at) for h in marked.at[i]):
        found.setdefault(hit.group, []).append((place, hit))
    return found
