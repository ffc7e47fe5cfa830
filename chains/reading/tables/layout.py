"""The columns of one table by what they hold: a table comes in, a `Layout` to ask its rows by goes out."""

import re
from collections.abc import Iterator
from decimal import Decimal

from chains.deals import DateOrder
from chains.reading.tables.columns import Column, is_blank
from chains.reading.tables.shapes import Cell, Row, Table

_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")


class Layout:
    """Hold the columns of one table by role, the best first."""

    def __init__(self, table: Table, order: DateOrder) -> None:
        """Sort the columns of `table`; `order` is how the rep writes dates, where the table does not show its own."""
        self.roles: dict[str, list[Column]] = {}
        for column in sorted(table.columns, key=lambda c: c.rank):
            self.roles.setdefault(column.role, []).append(column)
        self.order = _order(table, self.roles) or order
        self.fractions = _fractional(table, self.roles)

    def first(self, row: Row, role: str) -> Cell | None:
        """Return the first filled cell of a role."""
        for column in self.roles.get(role, []):
            cell = row.cells[column.index]
            if cell.text and not is_blank(cell.text):
                return cell
        return None

    def cell(self, row: Row, role: str) -> Cell:
        return row.cells[self.roles[role][0].index]

    def true(self, row: Row, role: str) -> bool:
        return role in self.roles and self.cell(row, role).text.casefold() in (
            "true",
            "yes",
            "1",
            "wahr",
            "ja",
            "sí",
            "oui",
            "sim",
        )

    def false(self, row: Row, role: str) -> bool:
        return role in self.roles and self.cell(row, role).text.casefold() in (
            "false",
            "no",
            "0",
            "falsch",
            "nein",
            "non",
            "não",
            "",
        )


_GROUP = re.compile(r"(?P<name>.+?)\s*\(\d{1,5}(?: \w+)?\)")


def under_groups(rows: tuple[Row, ...]) -> Iterator[Row]:
    """Yield the rows of a grouped report: "Negotiation (2)" stands for the empty first cell of the rows below it."""
    group: Cell | None = None
    for row in rows:
        first = row.cells[0]
        match = _GROUP.fullmatch(first.text)
        if match and not any(c.text and any(map(str.isalpha, c.text)) for c in row.cells[1:]):
            group = Cell(first.start, first.end, match.group("name"))
        elif group and not first.text and any(c.text for c in row.cells):
            yield Row((group, *row.cells[1:]), row.spans)
        else:
            group = None
            yield row


def _order(table: Table, roles: dict[str, list[Column]]) -> DateOrder | None:
    """Return the order of day and month that the dates of the table show, or None."""
    indexes = [c.index for role in ("close_date", "next_step_date", "previous_close_date") for c in roles.get(role, [])]
    shown: set[DateOrder] = set()
    for row in table.rows:
        for i in indexes:
            match = _SLASHED.search(row.cells[i].text)
            if match:
                first, second = int(match.group(1)), int(match.group(2))
                if first > 12 >= second:
                    shown.add("DMY")
                elif second > 12 >= first:
                    shown.add("MDY")
    return shown.pop() if len(shown) == 1 else None


def _fractional(table: Table, roles: dict[str, list[Column]]) -> bool:
    """Tell whether the probabilities of a table are written as parts of one (0.6)."""
    texts = [r.cells[c.index].text for c in roles.get("probability", []) for r in table.rows]
    numbers = [Decimal(t) for t in (t.replace(",", ".") for t in texts) if re.fullmatch(r"\d{1,3}(\.\d{1,4})?", t)]
    return bool(numbers) and max(numbers) <= 1 and any(n not in (0, 1) for n in numbers)
