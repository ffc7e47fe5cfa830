"""Records of a file with separators: an offset comes in, the cells of the record that opens there go out.

A quoted cell may hold separators, doubled quotes and line breaks.
"""

from chains.reading.tables.columns import clean
from chains.reading.tables.shapes import Cell, cell_at, end_of_line

LONGEST_CELL = 20_000  # characters of a quoted cell; beyond that the quotation mark was a slip


def record_at(notes: str, position: int, separator: str) -> tuple[tuple[Cell, ...], int]:
    """Return the cells of the record at `position` and the offset of its line break; quoted cells may hold breaks."""
    end = end_of_line(notes, position)
    if notes.find('"', position, end) < 0:
        cells, start = [], position
        while True:
            stop = notes.find(separator, start, end)
            if stop < 0:
                cells.append(cell_at(notes, start, end))
                return tuple(cells), end
            cells.append(cell_at(notes, start, stop))
            start = stop + 1
    return _quoted_record(notes, position, end, separator)


def _quoted_record(notes: str, position: int, end: int, separator: str) -> tuple[tuple[Cell, ...], int]:
    cells: list[Cell] = []
    start = position
    while True:
        opening = start
        while opening < end and notes[opening] in " \ufeff":
            opening += 1
        closing = _closing_quote(notes, opening, separator) if notes[opening : opening + 1] == '"' else -1
        if closing >= 0:
            inside = notes[opening + 1 : closing].replace('""', '"')
            cells.append(Cell(opening + 1, closing, clean(" ".join(inside.split()) if "\n" in inside else inside)))
            if closing >= end:
                end = end_of_line(notes, closing)
            stop = notes.find(separator, closing + 1, end)
        else:
            stop = notes.find(separator, start, end)
            cells.append(cell_at(notes, start, end if stop < 0 else stop))
        if stop < 0:
            return tuple(cells), end
        start = stop + 1


def _closing_quote(notes: str, opening: int, separator: str) -> int:
    """Return where the quotation mark at `opening` closes: before a separator or a line's end; -1 where it does not."""
    position, limit = opening + 1, min(len(notes), opening + LONGEST_CELL)
    for _ in range(100):  # quotation marks inside the cell
        position = notes.find('"', position, limit)
        if position < 0:
            return -1
        if notes[position + 1 : position + 2] == '"':
            position += 2
            continue
        behind = notes[position + 1 : position + 6].lstrip(" \r")
        if not behind or behind[0] in (separator, "\n"):
            return position
        position += 1
    return -1
