"""Markdown tables: the offset of their first line comes in, the `Table` goes out; one that lies on its side is turned
upright."""

import re
from collections.abc import Iterator

from chains.reading.tables.columns import USEFUL, Column, clean, heading_of
from chains.reading.tables.evidence import by_evidence, from_cells
from chains.reading.tables.shapes import Cell, Row, Table, cell_at, columns_of, end_of_line, trimmed

_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


def is_rule(line: str) -> bool:
    return "-" in line and _RULE.fullmatch(line.rstrip("\r")) is not None


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
            cells.append(cell_at(notes, position, stop))
            return tuple(cells)
        cells.append(cell_at(notes, position, bar))
        position = bar + 1


def markdown_at(notes: str, start: int, end: int) -> Table | None:
    headings = _markdown_cells(notes, start, end)
    columns = columns_of(headings, markdown=True)
    lines = list(_markdown_lines(notes, end_of_line(notes, end + 1) + 1))
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
        rows.append(Row(cells + padding, ((a, trimmed(notes, a, b)),)))
    return Table(start, last, columns, headings, tuple(rows)) if rows else None


def _markdown_lines(notes: str, position: int) -> Iterator[tuple[int, int]]:
    while position < len(notes):
        end = end_of_line(notes, position)
        if notes.find("|", position, end) < 0:
            return
        if not is_rule(notes[position:end]):
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
