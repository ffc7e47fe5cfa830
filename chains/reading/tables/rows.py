"""CRM exports and tables in notes: the notes and their conventions come in; deals with the cell of every fact, what
was not taken over and why, and the ranges that are read already go out.

Cells of free text (descriptions, next steps, comments) go out as well, each with its deal, so that their clauses can
be read like notes.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from chains.deals import Conventions, Deal, Fact, Money, Span, Unread
from chains.errors import NotesError
from chains.kinds import Stage
from chains.reading.places import Lines
from chains.reading.tables.bases import bases_in, basis_column
from chains.reading.tables.cards import cards_in
from chains.reading.tables.cells import (
    is_sentence,
)
from chains.reading.tables.columns import (
    Column,
    cell_words,
    is_blank,
    is_total,
)
from chains.reading.tables.layout import Layout, under_groups
from chains.reading.tables.people import People
from chains.reading.tables.records import record_at
from chains.reading.tables.reports import CellText
from chains.reading.tables.shapes import Cell, Row, Table
from chains.reading.tables.standing import Standings
from chains.reading.tables.sums import Sums
from chains.reading.tables.tables import tables_in
from chains.reading.tables.values import with_values_apart

_COPIED = r"\s*[-–_(\[]?\s*\b(?:%s)\b(?:\s*\d+)?\s*[)\]]?\s*$"


_ARCHIVE = 2000  # rows from which an export is more than anybody forecasts in a week


class TablesRead(NamedTuple):
    """Hold what the tables of some notes gave; `covered` are the ranges that a reader of free text skips.

    `numbers` are the ids of rows with their accounts: remarks under an export go by them.
    """

    deals: tuple[Deal, ...]
    unread: tuple[Unread, ...]
    covered: tuple[tuple[int, int], ...]
    texts: tuple[CellText, ...]
    numbers: tuple[tuple[str, str], ...] = ()


def find_tables(notes: str, conventions: Conventions) -> tuple[Table, ...]:
    """Find the tables and cards of deals in `notes`, in order, each with its range, columns and rows."""
    tables = tuple(with_values_apart(t) for t in tables_in(notes))
    cards = cards_in(notes, [(t.start, t.end) for t in tables])
    return tuple(sorted([*tables, *cards], key=lambda t: t.start)) if cards else tables


def read_tables(notes: str, conventions: Conventions) -> TablesRead:
    """Read the deals out of every table in `notes`.

    Raise NotesError where the whole text is an export none of whose columns is known.
    """
    tables = find_tables(notes, conventions)
    if not tables:
        _refuse_unknown_export(notes)
        return TablesRead((), (), (), ())
    lines = Lines(notes)
    covered = [(t.start, t.end) for t in tables]
    reader = _Rows(notes, conventions, lines, covered)
    for table in tables:
        reader.read(table)
    deals, repeated = _without_repeats(reader.found, lines)
    unread = sorted([*reader.unread, *repeated], key=lambda u: u.span.start)
    kept = {id(d.deal) for d in deals}
    texts = tuple(t for row in reader.found if id(row.deal) in kept for t in row.texts)
    numbers = tuple((d.key[1], d.deal.name) for d in deals if d.key[0] == "id")
    ranges = tuple((t.start, t.end) for t in tables)
    return TablesRead(tuple(d.deal for d in deals), tuple(unread), ranges, texts, numbers)


@dataclass(frozen=True, slots=True)
class _RowRead:
    deal: Deal
    key: tuple[str, ...]  # what makes the row the same deal as another
    texts: tuple[CellText, ...]
    row: Span


def _without_repeats(found: list[_RowRead], lines: Lines) -> tuple[list[_RowRead], list[Unread]]:
    """Keep the later of two rows for the same deal, at the place of the first; report the one left out."""
    at: dict[tuple[str, ...], int] = {}
    kept: list[_RowRead] = []
    reports: list[Unread] = []
    for row in found:
        if row.key not in at:
            at[row.key] = len(kept)
            kept.append(row)
            continue
        earlier = kept[at[row.key]]
        same = earlier.deal.amount == row.deal.amount or _values(earlier.deal) == _values(row.deal)
        what = "is the same" if same else "differs"
        reason = f"A later row (line {row.row.line}) is for the same deal and {what}: the later one counts."
        reports.append(Unread(earlier.row, reason + " If they are two deals, give each a name or id of its own."))
        kept[at[row.key]] = row
    return kept, reports


def _values(deal: Deal) -> tuple[object, ...]:
    return tuple(f.value if f else None for f in (deal.amount, deal.stage, deal.category, deal.close_date))


class _Rows(Sums, Standings, People):
    """Read the rows of the tables of one text, one after the other."""

    def __init__(self, notes: str, conventions: Conventions, lines: Lines, covered: list[tuple[int, int]]) -> None:
        """Take what `Reports` takes; `covered` are the ranges of the tables."""
        super().__init__(notes, conventions, lines, covered)
        self.found: list[_RowRead] = []

    def read(self, table: Table) -> None:
        """Add the deals of one table."""
        layout = Layout(table, self.conventions.date_order)
        self.long = len(table.rows) > _ARCHIVE
        spare = [c for role in ("unknown", "ignored", "opportunity") for c in layout.roles.get(role, [])]
        if spare and self.bases is None:
            self.bases = bases_in(self.notes, self.covered)
        self.basis_column = basis_column(table, spare, self.bases or {})
        for row in under_groups(table.rows):
            self._row(row, layout)
        for start, end in table.odd:
            self.report(
                start,
                end,
                "The row has more cells than there are headings.",
                "Put names with a comma in quotation marks.",
            )
        self._unknown_columns(table, layout.roles)

    def _unknown_columns(self, table: Table, roles: dict[str, list[Column]]) -> None:
        spare = [c for c in roles.get("unknown", []) if c is not self.basis_column]
        unknown = [c for c in spare if any(r.cells[c.index].text for r in table.rows)]
        unknown = [c for c in unknown if not any(is_sentence(r.cells[c.index].text) for r in table.rows)]
        if unknown:
            names = ", ".join(c.heading for c in unknown)
            reason = f"Not known and not read: {'the column' if len(unknown) == 1 else 'the columns'} {names}."
            self.report(
                table.headings[0].start, table.headings[-1].end, reason, "Rename one to a usual heading if it matters."
            )

    def _row(self, row: Row, layout: Layout) -> None:
        first = layout.first(row, "account")
        second = layout.first(row, "opportunity")
        name = first or second
        line = self.lines.span(row.spans[0][0], row.spans[-1][1] if len(row.spans) == 1 else row.spans[0][1])
        if name is None:
            if any(c.text for c in row.cells):
                self.report(
                    line.start, line.end, "The row names no account.", "Give it a name, or leave it out if it is a sum."
                )
            return
        if is_total(name.text):
            self.report(line.start, line.end, "A sum and no deal.", "Nothing to do.")
            return
        account, short = _bracketed(name.text)
        aliases = tuple(t for t in ([second.text] if first and second and second.text != account else []))
        aliases = (*aliases, short) if short else aliases
        texts: list[CellText] = []
        amount, previous_amount = self._amount(row, layout, account, line, texts)
        close, previous = self._close(row, layout, account, texts)
        category, stage, probability = self._standing(row, layout, account, texts)
        closed = stage is not None and stage.value in (Stage.CLOSED_WON, Stage.CLOSED_LOST)
        deal = Deal(
            account=Fact(account, (self.lines.span(name.start, name.end),)),
            aliases=aliases,
            amount=amount,
            previous_amount=previous_amount,
            category=category,
            stage=stage,
            probability=probability,
            close_date=close,
            previous_close_date=previous,
            next_step=self._next_step(row, layout, account, texts),
            people=self._people(row, layout, account, texts),
            competitors=(rivals := self._competitors(row, layout)),
            risks=() if closed else self._risks(row, layout, close, previous, rivals),
            lines=tuple(self.lines.span(a, b) for a, b in row.spans),
        )
        for role in ("text", "", "unknown"):
            for column in layout.roles.get(role, []):
                cell = row.cells[column.index]
                if cell.text and not is_blank(cell.text) and (role in ("text", "") or is_sentence(cell.text)):
                    texts.append(CellText(account, cell.start, cell.end, role or "text"))
        if layout.true(row, "is_deleted"):
            self.report(
                line.start,
                line.end,
                f"{account} is marked as deleted in the export and was read all the same.",
                "Leave the row out if it is gone.",
            )
        identity = layout.first(row, "id")
        self.found.append(_RowRead(deal, _key(identity, account, second, amount, deal), tuple(texts), line))


def _key(
    identity: Cell | None, account: str, second: Cell | None, amount: Fact[Money] | None, deal: Deal
) -> tuple[str, ...]:
    """Return what makes two rows one deal: the id, else account and opportunity, else account and amount."""
    if identity is not None:
        return ("id", identity.text.casefold())
    if second is not None and second.text != account:
        return ("names", account.casefold(), cell_words("copies", _COPIED).sub("", second.text.casefold()).strip(" -_"))
    return (
        "row",
        account.casefold(),
        str(amount.value.amount if amount else ""),
        str(deal.close_date.value if deal.close_date else ""),
    )


_SHORT = re.compile(r"(?P<name>.{4,}?)\s*\((?:aka |a\.k\.a\. )?(?P<short>[A-Z][\w&.-]{1,9})\)")


def _bracketed(text: str) -> tuple[str, str]:
    """Return a name without the short form behind it in brackets, and the short form: Tri-Creeks Rescue (TCR)."""
    match = _SHORT.fullmatch(text)
    if match is None:
        return text, ""
    letters = iter(match.group("name").casefold())
    fits = all(c in letters for c in match.group("short").casefold() if c.isalnum())
    return (match.group("name"), match.group("short")) if fits else (text, "")


def _refuse_unknown_export(notes: str) -> None:
    """Raise NotesError where the text is a table from first to last line and no column of it is known."""
    lines = [line for line in notes.split("\n", 400) if line.strip()][:400]
    if len(lines) < 3:
        return
    for separator in ("\t", ";", ","):
        width = lines[0].count(separator)
        if width < 2 or any(len(part) > 60 or part[:1] == " " for part in lines[0].split(separator)[1:]):
            continue
        headings, _ = record_at(lines[0], 0, separator)
        if any(re.search(r"\d{2}", c.text) for c in headings) or any(not c.text for c in headings[:1]):
            continue
        same = sum(1 for line in lines if len(record_at(line, 0, separator)[0]) == len(headings))
        if same >= 0.9 * len(lines):
            raise NotesError(
                "This is a table, and none of its columns is known.",
                "Name the columns as a CRM does, at least account, amount, stage and close date.",
            )
