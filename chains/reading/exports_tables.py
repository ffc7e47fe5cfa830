"""Tables in notes: pasted text comes in, `Table`s with the place of every cell go out.

CSV with commas, semicolons, tabs or pipes (quoted fields too) and Markdown tables, with remarks above and below. A
line counts as a heading where its cells name columns that are known and a row that fits it follows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chains.reading.exports_aligned import LEAST, by_place, chunks, lines_below
from chains.reading.exports_columns import (
    AMOUNTS,
    NAMES,
    USEFUL,
    Column,
    category_of,
    clean,
    heading_of,
    is_blank,
    is_subitem,
    stage_of,
)
from chains.reading.exports_evidence import LOOKED_AT, by_evidence, from_cells

LONGEST_HEADING = 5000  # characters of a heading line; longer ones are prose or data
_LEAST_ALIGNED = 2  # rows below headings that only blanks part
_CODE = 3  # letters of a short form, which may be the end of a name that was cut: Co.
_PEEKED = 12  # rows looked at below headings that are not known
LONGEST_CELL = 20_000  # characters of a quoted cell; beyond that the quotation mark was a slip
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_AMOUNT = re.compile(
    r"[^\w\d]{0,3}(?:[A-Za-z]{1,4}\.?\$? ?|[€£$₹¥~≈(−-] ?){0,3}"
    r"\d[\d.,'’ \u00a0\u202f]{0,24}[^\d]{0,30}(?:\d.{0,30})?"
)
_DATE = re.compile(
    r".{0,20}\d{1,4}[-/. ]\D{0,12}\d{1,4}.{0,40}|.{0,12}\b[A-Za-zÀ-ÿ]{3,10}\.?[ -]\d{1,4}.{0,20}"
    r"|(?i:.{0,12}\b(?:q[1-4]|eo[mqyw]|h[12])\b.{0,12})|\d{5}|\d{1,2}\. ?\w+.{0,6}"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one cell: `notes[start:end]` is what stands between the separators, `text` the same as a person reads it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row, a cell for each column, and the pieces of the notes it covers; `below` are tasks under it."""

    cells: tuple[Cell, ...]
    spans: tuple[tuple[int, int], ...]
    below: tuple["Below", ...] = ()


@dataclass(frozen=True, slots=True)
class Below:
    """Hold one task of a board under its deal, with the columns of its own headings."""

    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Hold one table at `notes[start:end]` with what its columns are; `odd` are rows that do not fit the headings."""

    start: int
    end: int
    columns: tuple[Column, ...]
    headings: tuple[Cell, ...]
    rows: tuple[Row, ...]
    odd: tuple[tuple[int, int], ...] = ()


def tables_in(notes: str) -> tuple[Table, ...]:
    """Find every table of deals in `notes`, in order."""
    found: list[Table] = []
    position, size = 0, len(notes)
    while position < size:
        end = _line_end(notes, position)
        table = _table_at(notes, position, end)
        if table is None:
            position = end + 1
        else:
            found.append(table)
            position = max(table.end + 1, end + 1)
    return tuple(found)


def _line_end(notes: str, position: int) -> int:
    end = notes.find("\n", position)
    return len(notes) if end < 0 else end


def _table_at(notes: str, start: int, end: int) -> Table | None:
    if end - start < 5 or end - start > LONGEST_HEADING:
        return None
    piped = notes.find("|", start, end) >= 0
    if piped:
        following = _line_end(notes, end + 1) if end < len(notes) else end
        if end < len(notes) and following - end < LONGEST_HEADING and _is_rule(notes[end + 1 : following]):
            return _markdown(notes, start, end)
    for separator in ("\t", ";", "|", ","):
        if notes.find(separator, start, end) >= 0:
            table = _delimited(notes, start, separator)
            if table:
                return table
    return _aligned(notes, start, end) if notes.find("  ", start, end) >= 0 else None


def _is_rule(line: str) -> bool:
    return "-" in line and _RULE.fullmatch(line.rstrip("\r")) is not None


# ---- rows and cells -------------------------------------------------------------------------------------------------


def _cell(notes: str, start: int, end: int) -> Cell:
    while start < end and notes[start] in " \t\r\ufeff\u00a0":
        start += 1
    while end > start and notes[end - 1] in " \t\r\u00a0":
        end -= 1
    return Cell(start, end, clean(notes[start:end]))


def record_at(notes: str, position: int, separator: str) -> tuple[tuple[Cell, ...], int]:
    """Return the cells of the record at `position` and the offset of its line break; quoted cells may hold breaks."""
    end = _line_end(notes, position)
    if notes.find('"', position, end) < 0:
        cells, start = [], position
        while True:
            stop = notes.find(separator, start, end)
            if stop < 0:
                cells.append(_cell(notes, start, end))
                return tuple(cells), end
            cells.append(_cell(notes, start, stop))
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
                end = _line_end(notes, closing)
            stop = notes.find(separator, closing + 1, end)
        else:
            stop = notes.find(separator, start, end)
            cells.append(_cell(notes, start, end if stop < 0 else stop))
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


def _markdown_cells(notes: str, start: int, end: int) -> tuple[Cell, ...]:
    stop = end
    while stop > start and notes[stop - 1] in " \t\r":
        stop -= 1
    while start < stop and notes[start] in " \t>":
        start += 1
    if notes[start : start + 1] == "|":
        start += 1
    if stop > start and notes[stop - 1] == "|" and notes[stop - 2 : stop - 1] != "\\":
        stop -= 1
    cells, position = [], start
    while True:
        bar = notes.find("|", position, stop)
        while bar > 0 and notes[bar - 1] == "\\":
            bar = notes.find("|", bar + 1, stop)
        if bar < 0:
            cells.append(_cell(notes, position, stop))
            return tuple(cells)
        cells.append(_cell(notes, position, bar))
        position = bar + 1


# ---- headings -------------------------------------------------------------------------------------------------------


def columns_of(cells: tuple[Cell, ...], markdown: bool = False) -> tuple[Column, ...] | None:
    """Return what the columns under these headings hold, or None where they are no headings of a table of deals."""
    if not 2 <= len(cells) <= 200 or any(len(c.text) > 60 for c in cells):
        return None
    columns = tuple(heading_of(c.text, i) for i, c in enumerate(cells))
    roles = {c.role for c in columns}
    named = [c for c in columns if c.role in NAMES]
    useful = [c for c in columns if c.role in USEFUL]
    known = sum(1 for c in columns if c.role not in ("", "unknown"))
    filled = sum(1 for c in columns if c.role)
    if markdown and named:
        return columns if useful or "" in roles or filled <= 3 else None
    if named and useful and 2 * known >= filled:
        return columns
    if (
        len({c.role for c in useful}) >= 2
        and 2 * known >= filled
        and roles & {*AMOUNTS, "stage", "close_date", "category"}
    ):
        free = next((c for c in columns if c.role in ("unknown", "", "contact", "id")), None)
        if free is not None:
            return tuple(Column(c.index, "account", c.heading) if c is free else c for c in columns)
    return None


def _typed(columns: tuple[Column, ...], cells: tuple[Cell, ...]) -> tuple[int, int]:
    """Return how many cells look like their column says, and how many do not."""
    right = wrong = 0
    for column, cell in zip(columns, cells, strict=False):
        text = cell.text
        if not text or column.role not in _TYPED:
            continue
        if is_blank(text):
            continue
        fits = _fits(column.role, text)
        right, wrong = right + fits, wrong + (not fits)
    return right, wrong


_TYPED = {*AMOUNTS, "close_date", "probability", "money_other", "stage", "category", "currency", "next_step_date"}


def _fits(role: str, text: str) -> bool:
    if role == "close_date" or role == "next_step_date":
        return len(text) < 60 and _DATE.fullmatch(text) is not None
    if role == "stage" or role == "category":
        forecast = role == "category" and len(text) > _CODE and category_of(text) is not None
        return len(text) < 40 and (forecast or stage_of(text) is not None)
    if role == "currency":
        return len(text) <= 4
    if role == "probability":
        return len(text) < 12 and text[:1].isdigit()
    return len(text) < 60 and _AMOUNT.fullmatch(text) is not None


# ---- delimited text -------------------------------------------------------------------------------------------------


_BULLET = re.compile(r"[-*•+>–]\s")
_VALUE = re.compile(r"\d[\d.,]*\s?(?:k|m|mio|mn|lakh|cr)\b|(?<![\d/.])\d{1,2}[/.]\d{1,2}(?![\d])", re.IGNORECASE)


def _delimited(notes: str, start: int, separator: str) -> Table | None:
    headings, end = record_at(notes, start, separator)
    if separator != "\t" and (_BULLET.match(headings[0].text) or any(_VALUE.search(c.text) for c in headings)):
        return None  # "- Globex: 120k, commit, close 3/27" has values where a table has headings
    columns = columns_of(headings) or _unheaded(notes, headings, end, separator)
    if columns is None or (separator == "," and headings[-1].text.endswith(":")):
        return None  # "State, all monthly (MRR), so she has it:" leads into lines of text
    rows: list[Row] = []
    odd: list[tuple[int, int]] = []
    shown = [c.text.casefold() for c in headings]
    last, position, after_gap = end, end + 1, False
    while position < len(notes):
        line_end = _line_end(notes, position)
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
            rows.append(Row(fitted, ((position, _trimmed(notes, position, stop)),)))
        else:
            odd.append((position, _trimmed(notes, position, stop)))
        last, position, after_gap = stop, stop + 1, False
    if not rows or (not any(_typed(columns, r.cells)[0] for r in rows) and len(columns) < 4):
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


def _trimmed(notes: str, start: int, end: int) -> int:
    while end > start and notes[end - 1] in " \t\r":
        end -= 1
    return end


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
    if count == wanted < len(whole) and _typed(columns, cells)[1] and (fitted := _rejoined(notes, columns, whole)):
        return "row", fitted
    if count == wanted:
        right, wrong = _typed(columns, cells)
        if right >= wrong and (right or not _is_prose(notes, cells, separator)):
            return ("end" if strict and not right else "row"), cells
        return ("end" if strict or _is_prose(notes, cells, separator) else "row"), cells
    if count > wanted:
        fitted = _rejoined(notes, columns, cells)
        if fitted:
            return "row", fitted
        return ("odd" if count <= 2 * wanted and _typed(columns, cells)[0] >= 2 and not strict else "end"), cells
    right, wrong = _typed(columns, cells)
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
        return cells if not _typed(columns, cells)[1] else None
    extra = len(cells) - len(columns)
    if extra > 3:
        return None
    best: tuple[tuple[int, bool], tuple[Cell, ...]] | None = None
    for i in range(len(columns)):
        start, end = cells[i].start, cells[i + extra].end
        joined = (*cells[:i], Cell(start, end, clean(notes[start:end])), *cells[i + extra + 1 :])
        right, wrong = _typed(columns, joined)
        fit = right, columns[i].role in NAMES  # a name is what a separator cuts, before a date or a stage
        if right and not wrong and (best is None or fit > best[0]):
            best = fit, joined
    return best[1] if best else None


# ---- set out with blanks --------------------------------------------------------------------------------------------


def _aligned(notes: str, start: int, end: int) -> Table | None:
    """Read a table whose columns are parted by blanks alone; its headings have to be known."""
    heads = chunks(notes, start, end)
    if len(heads) < LEAST:
        return None
    headings = tuple(Cell(a, b, clean(notes[a:b])) for a, b in heads)
    if any(_VALUE.search(c.text) for c in headings):
        return None
    columns = columns_of(headings)
    if columns is None:
        return None
    rows: list[Row] = []
    last = end
    for line in lines_below(notes, end + 1, _line_end):
        ranges = chunks(notes, *line)
        fitted = ranges if len(ranges) == len(heads) else by_place(notes, heads, line, start)
        if fitted is None:
            break
        cells = tuple(Cell(a, b, clean(notes[a:b])) for a, b in fitted)
        right, wrong = _typed(columns, cells)
        if wrong >= right:
            break
        rows.append(Row(cells, ((line[0], _trimmed(notes, *line)),)))
        last = line[1]
    if len(rows) < _LEAST_ALIGNED:
        return None
    columns = by_evidence(columns, [[c.text for c in r.cells] for r in rows[:LOOKED_AT]])
    return Table(start, last, columns, headings, tuple(rows))


# ---- Markdown -------------------------------------------------------------------------------------------------------


def _markdown(notes: str, start: int, end: int) -> Table | None:
    headings = _markdown_cells(notes, start, end)
    columns = columns_of(headings, markdown=True)
    lines = list(_markdown_lines(notes, _line_end(notes, end + 1) + 1))
    if not lines:
        return None
    last = lines[-1][1]
    bodies = [_markdown_cells(notes, a, b) for a, b in lines]
    said = [[c.text for c in body] for body in bodies]
    if columns is None:
        turned = _turned(headings, bodies, start, last)
        columns = from_cells(tuple(heading_of(c.text, i) for i, c in enumerate(headings)), said)
        if turned is not None or columns is None:
            return turned
    columns = by_evidence(columns, said)
    width = len(columns)
    rows = []
    for (a, b), cells in zip(lines, bodies, strict=True):
        if [c.text for c in cells] == [c.text for c in headings] or all(not c.text for c in cells):
            continue
        padding = tuple(Cell(cells[-1].end, cells[-1].end, "") for _ in range(width - len(cells)))
        if len(cells) > width:
            tail = Cell(cells[width - 1].start, cells[-1].end, clean(notes[cells[width - 1].start : cells[-1].end]))
            cells = (*cells[: width - 1], tail)
        rows.append(Row(cells + padding, ((a, _trimmed(notes, a, b)),)))
    return Table(start, last, columns, headings, tuple(rows)) if rows else None


def _markdown_lines(notes: str, position: int) -> Iterator[tuple[int, int]]:
    while position < len(notes):
        end = _line_end(notes, position)
        if notes.find("|", position, end) < 0:
            return
        if not _is_rule(notes[position:end]):
            yield position, end
        position = end + 1


def _turned(headings: tuple[Cell, ...], bodies: list[tuple[Cell, ...]], start: int, end: int) -> Table | None:
    """Read a table with the deals side by side: the first column holds the headings."""
    labels = [heading_of(cells[0].text, i + 1) for i, cells in enumerate(bodies)]
    useful = {c.role for c in labels if c.role in USEFUL}
    if len(useful) < 3 or len(headings) < 2 or heading_of(headings[0].text, 0).role in USEFUL:
        return None
    columns = (Column(0, "account", headings[0].text), *labels)
    rows = []
    for i, name in enumerate(headings[1:], start=1):
        if not name.text:
            continue
        cells = [name, *(body[i] if i < len(body) else Cell(body[-1].end, body[-1].end, "") for body in bodies)]
        rows.append(Row(tuple(cells), tuple((c.start, c.end) for c in cells if c.end > c.start)))
    return Table(start, end, columns, headings, tuple(rows)) if rows else None
