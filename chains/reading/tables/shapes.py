"""What tables are made of: the cells, rows and columns that the readers of tables share.

A `Table` holds its columns and rows with the place of every cell.
"""

import re
from dataclasses import dataclass

from chains.reading.tables.columns import (
    AMOUNTS,
    NAMES,
    USEFUL,
    Column,
    category_of,
    clean,
    heading_of,
    is_blank,
    stage_of,
)

_CODE = 3  # letters of a short form, which may be the end of a name that was cut: Co.

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


def end_of_line(notes: str, position: int) -> int:
    end = notes.find("\n", position)
    return len(notes) if end < 0 else end


def cell_at(notes: str, start: int, end: int) -> Cell:
    while start < end and notes[start] in " \t\r\ufeff\u00a0":
        start += 1
    while end > start and notes[end - 1] in " \t\r\u00a0":
        end -= 1
    return Cell(start, end, clean(notes[start:end]))


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


def is_typed(columns: tuple[Column, ...], cells: tuple[Cell, ...]) -> tuple[int, int]:
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


VALUE = re.compile(r"\d[\d.,]*\s?(?:k|m|mio|mn|lakh|cr)\b|(?<![\d/.])\d{1,2}[/.]\d{1,2}(?![\d])", re.IGNORECASE)


def trimmed(notes: str, start: int, end: int) -> int:
    while end > start and notes[end - 1] in " \t\r":
        end -= 1
    return end
