"""Tables with separators: the offset of a line that could be their heading comes in, the `Table` goes out.

A line counts as a heading where its cells name columns that are known and a row that fits it follows.
"""

import re
from dataclasses import replace

from chains.reading.tables.columns import NAMES, Column, clean, heading_of, is_subitem
from chains.reading.tables.evidence import LOOKED_AT, by_evidence, from_cells
from chains.reading.tables.records import record_at
from chains.reading.tables.shapes import VALUE, Below, Cell, Row, Table, columns_of, end_of_line, is_typed, trimmed

_PEEKED = 12  # rows looked at below headings that are not known

_BULLET = re.compile(r"[-*•+>–]\s")


def delimited_at(notes: str, start: int, separator: str) -> Table | None:
    headings, end = record_at(notes, start, separator)
    if separator != "\t" and (_BULLET.match(headings[0].text) or any(VALUE.search(c.text) for c in headings)):
        return None  # "- Globex: 120k, commit, close 3/27" has values where a table has headings
    columns = columns_of(headings) or _unheaded(notes, headings, end, separator)
    if columns is None or (separator == "," and headings[-1].text.endswith(":")):
        return None  # "State, all monthly (MRR), so she has it:" leads into lines of text
    rows: list[Row] = []
    odd: list[tuple[int, int]] = []
    shown = [c.text.casefold() for c in headings]
    last, position, after_gap = end, end + 1, False
    while position < len(notes):
        line_end = end_of_line(notes, position)
        if not notes[position:line_end].strip(" \t\r" if separator != "\t" else " \r"):
            if after_gap:
                break
            after_gap, position = True, line_end + 1
            continue
        cells, stop = record_at(notes, position, separator)
        if [c.text.casefold() for c in cells] == shown:
            if not rows:
                return None  # headings over headings: the lower ones are read on their own
            last, position, after_gap = stop, stop + 1, False
            continue
        if rows and is_subitem(cells[0].text) and len(cells) > 1:
            below, stop = _below(notes, cells, stop, separator)
            rows[-1] = replace(rows[-1], below=below)
            last, position, after_gap = stop, stop + 1, False
            continue
        if after_gap and separator == "," and _spaced(notes, cells) > 2 * _spaced(notes, headings):
            break  # a remark with as many commas as the table has columns
        kind, fitted = _judge(notes, columns, cells, separator, strict=after_gap)
        if kind == "end" or (kind == "row" and _is_group_title(notes, fitted, stop, separator)):
            break
        if kind == "row":
            rows.append(Row(fitted, ((position, trimmed(notes, position, stop)),)))
        else:
            odd.append((position, trimmed(notes, position, stop)))
        last, position, after_gap = stop, stop + 1, False
    if not rows or (not any(is_typed(columns, r.cells)[0] for r in rows) and len(columns) < 4):
        return None
    begin = _with_separator_line(notes, start)
    columns = by_evidence(columns, [[c.text for c in r.cells] for r in rows[:LOOKED_AT]])
    return Table(begin, last, columns, headings, tuple(rows), tuple(odd))


def _below(notes: str, headings: tuple[Cell, ...], end: int, separator: str) -> tuple[tuple[Below, ...], int]:
    """Return the tasks under a deal of a board and where they end: rows with an empty first cell below "Subitems"."""
    columns = tuple(heading_of(c.text, i) for i, c in enumerate(headings))
    found: list[Below] = []
    while end + 1 < len(notes):
        cells, stop = record_at(notes, end + 1, separator)
        if len(cells) < 2 or cells[0].text or not cells[1].text:
            break
        padding = tuple(Cell(cells[-1].end, cells[-1].end, "") for _ in range(len(columns) - len(cells)))
        found.append(Below(columns, (*cells, *padding)))
        end = stop
    return tuple(found), end


def _unheaded(notes: str, headings: tuple[Cell, ...], end: int, separator: str) -> tuple[Column, ...] | None:
    """Return columns by the cells below where the headings are in words that are not known."""
    width = len(headings)
    if not 3 <= width <= 60 or any(not c.text or len(c.text) > 30 or any(map(str.isdigit, c.text)) for c in headings):
        return None
    bodies: list[list[str]] = []
    while end + 1 < len(notes) and len(bodies) < _PEEKED:
        cells, end = record_at(notes, end + 1, separator)
        if len(cells) != width:
            break
        bodies.append([c.text for c in cells])
    if len(bodies) < (3 if separator == "," else 2) or _is_prose(notes, headings, separator):
        return None
    return from_cells(tuple(heading_of(c.text, i) for i, c in enumerate(headings)), bodies)


def _with_separator_line(notes: str, start: int) -> int:
    """Take in the line "sep=;" that spreadsheets put above an export."""
    above = notes.rfind("\n", 0, max(start - 1, 0)) + 1
    return above if start and re.fullmatch(r"\ufeff?sep=.\s*", notes[above:start]) else start


def _is_group_title(notes: str, cells: tuple[Cell, ...], stop: int, separator: str) -> bool:
    """Tell whether a row with one filled cell only announces the headings that follow it."""
    if sum(1 for c in cells if c.text) != 1 or stop + 1 >= len(notes):
        return False
    following, _ = record_at(notes, stop + 1, separator)
    return columns_of(following) is not None


def _judge(
    notes: str, columns: tuple[Column, ...], cells: tuple[Cell, ...], separator: str, strict: bool
) -> tuple[str, tuple[Cell, ...]]:
    """Tell whether a record is a "row" of the table (its cells fitted to the columns), "odd", or the table's "end"."""
    wanted, count = len(columns), len(cells)
    if count == 1 or (not any(map(_has_figures, cells)) and columns_of(cells) is not None):
        return "end", cells
    whole = cells
    while count > wanted and not cells[-1].text:
        cells, count = cells[:-1], count - 1
    if count == wanted < len(whole) and is_typed(columns, cells)[1] and (fitted := _rejoined(notes, columns, whole)):
        return "row", fitted
    if count == wanted:
        right, wrong = is_typed(columns, cells)
        if right >= wrong and (right or not _is_prose(notes, cells, separator)):
            return ("end" if strict and not right else "row"), cells
        return ("end" if strict or _is_prose(notes, cells, separator) else "row"), cells
    if count > wanted:
        fitted = _rejoined(notes, columns, cells)
        if fitted:
            return "row", fitted
        return ("odd" if count <= 2 * wanted and is_typed(columns, cells)[0] >= 2 and not strict else "end"), cells
    right, wrong = is_typed(columns, cells)
    sure = right > wrong if separator == "\t" else right and not wrong  # a sheet leaves its last empty cells out
    if sure and not (strict and right < 2) and not _is_prose(notes, cells, separator):
        end = cells[-1].end
        return "row", cells + tuple(Cell(end, end, "") for _ in range(wanted - count))
    return "end", cells


def _has_figures(cell: Cell) -> bool:
    """Tell whether a cell holds a figure, as headings do not: to look up every cell as a heading would be slow."""
    return sum(map(str.isdigit, cell.text[:12])) >= 3


def _is_prose(notes: str, cells: tuple[Cell, ...], separator: str) -> bool:
    """Tell whether the record is a sentence with commas: a space behind most of them and words in a row."""
    spaced = _spaced(notes, cells)
    long = sum(1 for c in cells if c.text.count(" ") >= 4)
    if separator == ",":
        return (spaced * 2 > len(cells) - 1 and long > 0) or long * 2 > len(cells)
    return long * 2 > len(cells)


def _spaced(notes: str, cells: tuple[Cell, ...]) -> int:
    """Return how many cells have a space before them, as commas in a sentence do."""
    return sum(1 for c in cells[1:] if notes[c.start - 1 : c.start] == " ")


_THOUSANDS_CUT = re.compile(r"[^\d\n]{0,6}\d{1,3}"), re.compile(r"\d{3}(?:\.\d{1,2})?")


def _amounts_joined(notes: str, cells: tuple[Cell, ...], wanted: int) -> tuple[Cell, ...]:
    """Join amounts that were cut at their own comma ("$ 88" and "500.00") as long as there are cells too many."""
    joined: list[Cell] = []
    left = len(cells) - wanted
    for cell in cells:
        before = joined[-1] if joined else None
        cut = before is not None and before.end + 1 == cell.start
        if (
            before
            and cut
            and left
            and _THOUSANDS_CUT[0].fullmatch(before.text)
            and _THOUSANDS_CUT[1].fullmatch(cell.text)
        ):
            joined[-1] = Cell(before.start, cell.end, clean(notes[before.start : cell.end]))
            left -= 1
        else:
            joined.append(cell)
    return tuple(joined)


def _rejoined(notes: str, columns: tuple[Column, ...], cells: tuple[Cell, ...]) -> tuple[Cell, ...] | None:
    """Join cells that a comma inside a name or an amount has split; None where that gives no row that fits."""
    cells = _amounts_joined(notes, cells, len(columns))
    if len(cells) == len(columns):
        return cells if not is_typed(columns, cells)[1] else None
    extra = len(cells) - len(columns)
    if extra > 3:
        return None
    best: tuple[tuple[int, bool], tuple[Cell, ...]] | None = None
    for i in range(len(columns)):
        start, end = cells[i].start, cells[i + extra].end
        joined = (*cells[:i], Cell(start, end, clean(notes[start:end])), *cells[i + extra + 1 :])
        right, wrong = is_typed(columns, joined)
        fit = right, columns[i].role in NAMES  # a name is what a separator cuts, before a date or a stage
        if right and not wrong and (best is None or fit > best[0]):
            best = fit, joined
    return best[1] if best else None
