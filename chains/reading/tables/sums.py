"""What a row is worth and when it closes: a row and its layout come in, amounts and dates with their cells go out."""

from dataclasses import replace
from datetime import date

from chains.deals import Fact, Money, Span
from chains.reading.tables.bases import basis_in_row
from chains.reading.tables.cells import (
    amounts_of,
)
from chains.reading.tables.columns import (
    AMOUNTS,
    currency_of,
    is_blank,
)
from chains.reading.tables.layout import Layout
from chains.reading.tables.reports import CellText, Reports
from chains.reading.tables.shapes import Row


class Sums(Reports):
    """Read amounts, currencies and dates of one row."""

    def _amount(
        self, row: Row, layout: Layout, account: str, line: Span, texts: list[CellText]
    ) -> tuple[Fact[Money] | None, Fact[Money] | None]:
        currency = self._currency(row, layout, account)
        cells = [(c, row.cells[c.index]) for role in AMOUNTS for c in layout.roles.get(role, [])]
        for column, cell in cells:
            if not cell.text or is_blank(cell.text):
                continue
            column = replace(column, thousands=True) if self.thousands else column
            money, previous = amounts_of(cell.text, self.conventions, currency or column.currency, column)
            if money is None:
                if len(cell.text) > 40 or not any(ch.isdigit() for ch in cell.text):
                    texts.append(CellText(account, cell.start, cell.end, "text"))
                self.report(cell.start, cell.end, f"{account}: this is no amount.", "Write it as a number.")
                return None, None
            if money.amount < 0:
                self.report(
                    cell.start,
                    cell.end,
                    f"{account}: the amount is negative and was not taken over.",
                    "Write what the deal is worth.",
                )
                return None, None
            if sum(ch.isalpha() for ch in cell.text) > 12:
                texts.append(CellText(account, cell.start, cell.end, "amount"))
            if money.basis is None:
                money = replace(money, basis=basis_in_row(row, self.basis_column, self.bases or {}))
            return self._fact(money, cell), self._fact(previous, cell) if previous else None
        if cells:
            cell = cells[0][1]
            at = cell if cell.end > cell.start else None
            self.report(
                at.start if at else line.start,
                at.end if at else line.end,
                f"{account} has no amount.",
                "Ask for it; it counts as nothing until then.",
            )
        return None, None

    def _currency(self, row: Row, layout: Layout, account: str) -> str | None:
        cell = layout.first(row, "currency")
        if cell is None:
            return None
        found = currency_of(cell.text, self.conventions.currency)
        if found is None:
            self.report(
                cell.start,
                cell.end,
                f"{account}: the currency {cell.text[:20]} is not known; {self.conventions.currency} was taken.",
                "Use its code of three letters.",
            )
        return found

    def _close(
        self, row: Row, layout: Layout, account: str, texts: list[CellText]
    ) -> tuple[Fact[date] | None, Fact[date] | None]:
        earlier_cell = layout.first(row, "previous_close_date")
        earlier = self._dates_of(earlier_cell.text, layout.order)[0] if earlier_cell else None
        told = self._fact(earlier, earlier_cell) if earlier and earlier_cell else None
        for column in layout.roles.get("close_date", []):
            cell = row.cells[column.index]
            if not cell.text or is_blank(cell.text):
                continue
            day, previous = self._dates_of(cell.text, layout.order)
            if day is None:
                way_out = "Write it as 2026-03-31."
                self.report(cell.start, cell.end, f"{account}: this is no date that can be read.", way_out)
                if sum(ch.isalpha() for ch in cell.text) > 12:
                    texts.append(CellText(account, cell.start, cell.end, "close_date"))
                return None, told
            before = self._fact(previous, cell) if previous and previous != day else told
            return self._fact(day, cell), before
        return None, told
