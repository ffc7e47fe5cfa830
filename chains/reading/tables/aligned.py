"""Tables that are set out with blanks only: pasted text comes in, the cells of each line by its column go out.

    Account                 Amount   Category    Close
    Silver Birch Clinics    92,000   Commit      7/31/2026

Two blanks part the cells; where a cell is empty or reaches its neighbour, the place under the headings tells.
"""

import re
from collections.abc import Callable, Sequence

_CHUNK = re.compile(r"\S+(?:[ \u00a0]\S+)*")
RULE = re.compile(r"[ \t]*[-=_]{2,}[-=_ \t]*")
LEAST = 3  # columns


def chunks(notes: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of a line that two or more blanks part."""
    return [(m.start(), m.end()) for m in _CHUNK.finditer(notes, start, end)]


def by_place(
    notes: str, headings: Sequence[tuple[int, int]], line: tuple[int, int], top: int
) -> list[tuple[int, int]] | None:
    """Return the range of each cell of a line, empty ones too, or None where they do not fit under the headings.

    `headings` are ranges in the line that starts at `top`, `line` the range of the line to fit.
    """
    start, end = line
    spans = [(a - top, b - top) for a, b in headings]
    pieces: list[tuple[int, int]] = []
    for first, last in chunks(notes, start, end):
        for column, _ in spans[1:]:
            cut = start + column
            if first < cut < last and notes[cut - 1] == " ":
                pieces.append((first, cut - 1))
                first = cut
        pieces.append((first, last))
    cells: list[tuple[int, int] | None] = [None] * len(spans)
    place = 0
    for first, last in pieces:
        open_columns = range(place, len(spans))
        if not open_columns:
            return None
        best = min(open_columns, key=lambda k: _apart((first - start, last - start), spans[k]))
        cells[best] = (first, last)
        place = best + 1
    return [cell if cell is not None else (end, end) for cell in cells]


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many places two ranges stand apart, 0 where they overlap."""
    return max(0, other[0] - one[1], one[0] - other[1])


def lines_below(notes: str, position: int, line_end: Callable[[str, int], int]) -> list[tuple[int, int]]:
    """Return the lines from `position` up to the next blank one, without rules."""
    found: list[tuple[int, int]] = []
    while position < len(notes):
        end = line_end(notes, position)
        if not notes[position:end].strip():
            break
        if not RULE.fullmatch(notes, position, end):
            found.append((position, end))
        position = end + 1
    return found
