"""Places in the notes: offsets come in; spans with their line numbers, and ranges without overlaps, go out."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from chains.deals import Span


class Lines:
    """Make spans with line numbers without counting the lines anew each time."""

    def __init__(self, notes: str) -> None:
        self.notes = notes
        self._starts = [0, *(m.end() for m in re.finditer("\n", notes))]

    def number(self, offset: int) -> int:
        """Return the line that holds an offset, counted from 1."""
        return bisect_right(self._starts, offset)

    def span(self, start: int, end: int) -> Span:
        """Return the span of `notes[start:end]`."""
        return Span(start, end, self.notes[start:end], self.number(start))


def merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges in order, those that overlap put together."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
