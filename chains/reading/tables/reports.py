"""What the readers of rows share: the text with its lines comes in; facts with their places and reports of what was not
taken over go out.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from chains.deals import Conventions, DateOrder, Fact, Unread
from chains.kinds import Basis
from chains.reading.places import Lines
from chains.reading.tables.cells import dates_of
from chains.reading.tables.columns import Column
from chains.reading.tables.legend import legend_in, told_in
from chains.reading.tables.shapes import Cell

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CellText:
    """Point at a cell of free text that belongs to a deal; `role` is the column ("next_step", "text", "stage", ...)."""

    account: str
    start: int
    end: int
    role: str


class Reports:
    """Hold one text, what its tables say once for all, and what was not taken over."""

    def __init__(
        self,
        notes: str,
        conventions: Conventions,
        lines: Lines,
        covered: list[tuple[int, int]],
    ) -> None:
        self.notes = notes
        self.covered = covered
        legend, thousands = legend_in(notes, covered), told_in("in_thousands", notes, covered)
        self.legend = legend
        self.thousands = thousands
        self.long = False  # whether the table being read is an archive
        self.conventions = conventions
        self.lines = lines
        self.unread: list[Unread] = []
        self.told: set[tuple[str, str]] = set()
        self.dates: dict[tuple[str, DateOrder], tuple[date | None, date | None]] = {}
        self.bases: dict[str, Basis] | None = None  # the notes' codes for bases, read when a table may use them
        self.basis_column: Column | None = None

    def report(self, start: int, end: int, reason: str, way_out: str) -> None:
        self.unread.append(Unread(self.lines.span(start, end), f"{reason} {way_out}"))

    def _report_once(self, kind: str, cell: Cell, reason: str, way_out: str) -> None:
        """Report an unknown word at its first place only: a hundred rows of "Estimate" are one finding."""
        if (kind, cell.text.casefold()) not in self.told:
            self.told.add((kind, cell.text.casefold()))
            self.report(cell.start, cell.end, reason, way_out)

    def _fact(self, value: T, *cells: Cell, inferred: bool = False) -> Fact[T]:
        return Fact(value, tuple(self.lines.span(c.start, c.end) for c in cells), inferred)

    def _dates_of(self, text: str, order: DateOrder) -> tuple[date | None, date | None]:
        """Return the date of a cell and the one that it replaced."""
        key = (text, order)
        if key not in self.dates:
            self.dates[key] = dates_of(text, replace(self.conventions, date_order=order))
        return self.dates[key]
