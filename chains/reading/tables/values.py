"""Amounts that stand behind the account in its own cell: a table comes in, the same with a column for them goes out.

"Globex 45k", "Initech (£30k ARR)"; what the heading says of them ("deal (all ARR)") is said of the new column.
"""

import re
from dataclasses import replace

from chains.figures.tokens import words
from chains.kinds import Basis
from chains.reading.tables.bases import basis_of
from chains.reading.tables.columns import AMOUNTS, Column, is_blank, is_total
from chains.reading.tables.shapes import Cell, Row, Table

ENOUGH = 0.6  # share of the accounts that have to end with an amount
_GAP = r"[\s,;:=(\[~≈–—-]+"
_VALUE = re.compile(
    rf"(?P<name>.*?[^\W\d_].*?)(?P<gap>{_GAP})"
    r"(?P<value>(?:(?P<code>[^\W\d_]{1,4})?(?P<sign>[€£$¥₹])?\s?)"
    r"(?P<number>\d[\d.,'’]*)\s?(?P<scale>k|m|mio|mn|mm|mil|lakh|lacs?|cr)?(?![\w%])\s?(?P<after>[^)\]]*?))[)\].]*",
    re.IGNORECASE,
)
_LEAST = 1000  # what a number without sign or scale has to be, to be an amount and no house number
_YEARS = range(1900, 2100)


def with_values_apart(table: Table) -> Table:
    """Part the amounts from the accounts of a table that has no column of amounts; else return it as it is."""
    if any(c.role in AMOUNTS for c in table.columns):
        return table
    column = next((c for c in table.columns if c.role == "account"), None) or next(
        (c for c in table.columns if c.role == "opportunity"), None
    )
    if column is None:
        return table
    named = [r for r in table.rows if not is_blank(r.cells[column.index].text) and r.cells[column.index].text]
    named = [r for r in named if not is_total(r.cells[column.index].text)]
    parted = [_parted(r.cells[column.index]) for r in named]
    if not parted or sum(1 for p in parted if p) < ENOUGH * len(parted):
        return table
    rows = [_with_value(row, column.index) for row in table.rows]
    extra = Column(len(table.columns), "amount", column.heading, basis=_basis_in(column.heading))
    headings = (*table.headings, table.headings[column.index])
    return replace(table, columns=(*table.columns, extra), headings=headings, rows=tuple(rows))


def _with_value(row: Row, index: int) -> Row:
    cells = list(row.cells)
    cell = cells[index]
    parts = _parted(cell)
    cells[index], value = parts if parts else (cell, Cell(cell.end, cell.end, ""))
    return replace(row, cells=(*cells, value))


def _parted(cell: Cell) -> tuple[Cell, Cell] | None:
    """Return the name and the amount of one cell, or None where it ends with no amount."""
    match = _VALUE.fullmatch(cell.text)
    at = cell.end - len(cell.text)
    if match is None or cell.end - cell.start != len(cell.text):
        return None
    code, number = (match["code"] or "").casefold(), match["number"]
    known = words()["currency_words"]
    if code and code not in known and not match["sign"]:
        return None
    after = match["after"].strip()
    if after and basis_of(after) is None and not _currency_then_basis(after):
        return None
    plain = re.sub(r"\D", "", number)
    large = len(plain) > 3 and int(plain) >= _LEAST and int(plain) not in _YEARS
    if not (match["scale"] or match["sign"] or code in known or after or large):
        return None
    name = match["name"].rstrip()
    first, last = match.span("value")
    return Cell(at, at + len(name), name), Cell(at + first, at + last, match["value"])


def _currency_then_basis(after: str) -> bool:
    first, _, rest = after.partition(" ")
    known = first.casefold() in words()["currency_words"] or first in words()["currency_signs"]
    return known and (not rest or basis_of(rest) is not None)


def _basis_in(heading: str) -> Basis | None:
    said = heading.casefold().replace("(", " ").replace(")", " ").split()
    return next((b for i in range(len(said)) if (b := basis_of(" ".join(said[i:])))), None)
