"""CRM exports and tables in notes: the notes and their conventions come in; deals with the cell of every fact, what
was not taken over and why, and the ranges that are read already go out.

Cells of free text (descriptions, next steps, comments) go out as well, each with its deal, so that their clauses can
be read like notes.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from chains.deals import ME, Conventions, DateOrder, Deal, Fact, Money, NextStep, Person, Risk, Role, Span, Unread
from chains.errors import NotesError
from chains.kinds import Basis, Category, RiskKind, Stage
from chains.reading.exports_bases import bases_in, basis_column, basis_in_row
from chains.reading.exports_cards import cards_in
from chains.reading.exports_cells import (
    amounts_of,
    dates_of,
    has_words,
    is_gone,
    is_sentence,
    is_unsure,
    no_buyer,
    owner_of,
    person_of,
    probability_of,
    rivals_of,
    split_step,
)
from chains.reading.exports_columns import (
    AMOUNTS,
    Column,
    category_of,
    cell_words,
    currency_of,
    is_blank,
    is_open_state,
    is_total,
    stage_of,
    state_of,
)
from chains.reading.exports_layout import Layout, under_groups
from chains.reading.exports_legend import legend_in, thousands_in
from chains.reading.exports_records import record_at
from chains.reading.exports_shapes import Cell, Row, Table
from chains.reading.exports_tables import tables_in

T = TypeVar("T")
_COPIED = r"\s*[-–_(\[]?\s*\b(?:%s)\b(?:\s*\d+)?\s*[)\]]?\s*$"
_ARCHIVE = 2000  # rows from which an export is more than anybody forecasts in a week
_SENTENCE = 6  # words from which a stage cell is read like notes


@dataclass(frozen=True, slots=True)
class CellText:
    """Point at a cell of free text that belongs to a deal; `role` is the column ("next_step", "text", "stage", ...)."""

    account: str
    start: int
    end: int
    role: str


class TablesRead(NamedTuple):
    """Hold what the tables of some notes gave; `covered` are the ranges that a reader of free text skips."""

    deals: tuple[Deal, ...]
    unread: tuple[Unread, ...]
    covered: tuple[tuple[int, int], ...]
    texts: tuple[CellText, ...]


def find_tables(notes: str, conventions: Conventions) -> tuple[Table, ...]:
    """Find the tables and cards of deals in `notes`, in order, each with its range, columns and rows."""
    tables = tables_in(notes)
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
    lines = _Lines(notes)
    covered = [(t.start, t.end) for t in tables]
    reader = _Rows(notes, conventions, lines, covered)
    for table in tables:
        reader.read(table)
    deals, repeated = _without_repeats(reader.found, lines)
    unread = sorted([*reader.unread, *repeated], key=lambda u: u.span.start)
    kept = {id(d.deal) for d in deals}
    texts = tuple(t for row in reader.found if id(row.deal) in kept for t in row.texts)
    return TablesRead(tuple(d.deal for d in deals), tuple(unread), tuple((t.start, t.end) for t in tables), texts)


class _Lines:
    """Make spans with line numbers without counting the lines anew each time."""

    def __init__(self, notes: str) -> None:
        self.notes = notes
        self.breaks = [m.start() for m in re.finditer("\n", notes)]

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, self.notes[start:end], bisect_right(self.breaks, start - 1) + 1)


@dataclass(frozen=True, slots=True)
class _RowRead:
    deal: Deal
    key: tuple[str, ...]  # what makes the row the same deal as another
    texts: tuple[CellText, ...]
    row: Span


def _without_repeats(found: list[_RowRead], lines: _Lines) -> tuple[list[_RowRead], list[Unread]]:
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


class _Rows:
    """Read the rows of the tables of one text, one after the other."""

    def __init__(
        self,
        notes: str,
        conventions: Conventions,
        lines: _Lines,
        covered: list[tuple[int, int]],
    ) -> None:
        self.notes = notes
        self.covered = covered
        legend, thousands = legend_in(notes, covered), thousands_in(notes, covered)
        self.legend = legend
        self.thousands = thousands
        self.long = False  # whether the table being read is an archive
        self.conventions = conventions
        self.lines = lines
        self.found: list[_RowRead] = []
        self.unread: list[Unread] = []
        self.told: set[tuple[str, str]] = set()
        self.dates: dict[tuple[str, DateOrder], tuple[date | None, date | None]] = {}
        self.bases: dict[str, Basis] | None = None  # the notes' codes for bases, read when a table may use them
        self.basis_column: Column | None = None

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

    def report(self, start: int, end: int, reason: str, way_out: str) -> None:
        self.unread.append(Unread(self.lines.span(start, end), f"{reason} {way_out}"))

    def _report_once(self, kind: str, cell: Cell, reason: str, way_out: str) -> None:
        """Report an unknown word at its first place only: a hundred rows of "Estimate" are one finding."""
        if (kind, cell.text.casefold()) not in self.told:
            self.told.add((kind, cell.text.casefold()))
            self.report(cell.start, cell.end, reason, way_out)

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

    # ---- one row ------------------------------------------------------------------------------------------------

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

    def _fact(self, value: T, *cells: Cell, inferred: bool = False) -> Fact[T]:
        return Fact(value, tuple(self.lines.span(c.start, c.end) for c in cells), inferred)

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

    # ---- dates --------------------------------------------------------------------------------------------------

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

    def _dates_of(self, text: str, order: DateOrder) -> tuple[date | None, date | None]:
        """Return the date of a cell and the one that it replaced."""
        key = (text, order)
        if key not in self.dates:
            self.dates[key] = dates_of(text, replace(self.conventions, date_order=order))
        return self.dates[key]

    # ---- where it stands ----------------------------------------------------------------------------------------

    def _standing(
        self, row: Row, layout: Layout, account: str, texts: list[CellText]
    ) -> tuple[Fact[Category] | None, Fact[Stage] | None, Fact[Decimal] | None]:
        """Return category, stage and probability: a closed state wins, then the category told, then the probability."""
        stage, told = self._stage(row, layout, account, texts)
        probability = self._probability(row, layout, account)
        cell = layout.first(row, "category") or self._category_among_stages(row, layout)
        stated = self._category(cell.text) if cell else None
        if cell and stated is None and is_sentence(cell.text):
            texts.append(CellText(account, cell.start, cell.end, "category"))
        elif cell and stated is None and has_words(cell.text):
            if stage is None and (found := stage_of(cell.text)) and found.exact:
                stage, told = self._fact(found.stage, cell), found.category
            else:
                way_out = "Say commit, best case, pipeline or omitted."
                self._report_once(
                    "category", cell, f"{account}: {cell.text[:40]} is no forecast category that is known.", way_out
                )
        if stage and stage.value in (Stage.CLOSED_WON, Stage.CLOSED_LOST) and stated not in (Category.OMITTED,):
            return Fact(Category(stage.value.value), stage.spans), stage, probability
        if stated in (Category.CLOSED_WON, Category.CLOSED_LOST) and cell and stage is None:
            stage = self._fact(Stage(stated.value), cell, inferred=True)
        elif stated in (Category.CLOSED_WON, Category.CLOSED_LOST) and cell and stage and _closable(stage.value):
            stage = self._fact(Stage(stated.value), cell)
        if cell and stated:
            return self._fact(stated, cell), stage, probability
        if probability:
            return Fact(_by_probability(probability.value), probability.spans, inferred=True), stage, probability
        if stage and told:
            return Fact(told, stage.spans, inferred=True), stage, None
        return None, stage, None

    def _category_among_stages(self, row: Row, layout: Layout) -> Cell | None:
        """Return the cell of a stage or status column that names a forecast category ("🟢 Commit")."""
        cells = (layout.first(row, role) for role in ("stage", "state"))
        told = (
            c
            for c in cells
            if c and (c.text.casefold() in self.legend or (stage_of(c.text) is None and not is_open_state(c.text)))
        )
        return next((c for c in told if self._category(c.text)), None)

    def _category(self, text: str) -> Category | None:
        """Return the category that a cell names, by the notes' own codes first."""
        return self.legend.get(text.casefold()) or category_of(text)

    def _stage(
        self, row: Row, layout: Layout, account: str, texts: list[CellText]
    ) -> tuple[Fact[Stage] | None, Category | None]:
        state = layout.first(row, "state")
        ended = state_of(state.text) if state else None
        if state and ended:
            return self._fact(ended, state), Category(ended.value)
        if layout.true(row, "is_won"):
            return self._fact(Stage.CLOSED_WON, layout.cell(row, "is_won")), Category.CLOSED_WON
        if layout.true(row, "is_closed") and layout.false(row, "is_won"):
            return self._fact(Stage.CLOSED_LOST, layout.cell(row, "is_closed")), Category.CLOSED_LOST
        for role in ("stage", "state"):
            for column in layout.roles.get(role, []):
                cell = row.cells[column.index]
                if not cell.text or is_blank(cell.text) or (role == "state" and is_open_state(cell.text)):
                    continue
                found = stage_of(cell.text)
                if found is None or not found.exact:
                    if is_sentence(cell.text):
                        texts.append(CellText(account, cell.start, cell.end, "stage"))
                    elif found is None and not is_open_state(cell.text) and not self._category(cell.text):
                        reason = f"{account}: {cell.text[:40]} is no stage that is known."
                        self._report_once("stage", cell, reason, "Say where the deal stands in a remark.")
                if found and (found.exact or cell.text.count(" ") < _SENTENCE):
                    return self._fact(found.stage, cell), found.category
        return None, None

    def _probability(self, row: Row, layout: Layout, account: str) -> Fact[Decimal] | None:
        cell = layout.first(row, "probability")
        value = probability_of(cell.text, layout.fractions) if cell else None
        if cell is None or value is None:
            return None
        if value > 100:
            self.report(cell.start, cell.end, f"{account}: a probability over 100.", "Write a share from 0 to 100.")
            return None
        return self._fact(value, cell)

    # ---- next step and people -----------------------------------------------------------------------------------

    def _next_step(self, row: Row, layout: Layout, account: str, texts: list[CellText]) -> Fact[NextStep] | None:
        found: Fact[NextStep] | None = None
        when = layout.first(row, "next_step_date")
        due = self._dates_of(when.text, layout.order)[0] if when else None
        who = layout.first(row, "next_step_owner")
        for column in layout.roles.get("next_step", []):
            cell = row.cells[column.index]
            if not cell.text or is_blank(cell.text):
                continue
            step = None
            if found is None and has_words(cell.text):
                conventions = replace(self.conventions, date_order=layout.order)
                step = split_step(cell.text, conventions)
            if not (self.long and step):  # who else has to help is told of a week's deals, not of an archive
                texts.append(CellText(account, cell.start, cell.end, "next_step"))
            if step is not None:
                step = replace(step, due=step.due or due, owner=step.owner or (owner_of(who.text) if who else None))
                cells = [cell, when] if when and due and step.due == due else [cell]
                found = self._fact(step, *cells)
        return found or self._task(row, layout)

    def _task(self, row: Row, layout: Layout) -> Fact[NextStep] | None:
        """Return the first open task under a row as its next step; a task of the row's own owner is the rep's."""
        owners = {row.cells[c.index].text.casefold() for c in layout.roles.get("ignored", [])}
        for task in row.below:
            told: dict[str, Cell] = {}
            for column, cell in zip(task.columns, task.cells, strict=False):
                if cell.text and not is_blank(cell.text):
                    told.setdefault(column.role, cell)
            name, when, who = told.get("opportunity"), told.get("close_date"), told.get("ignored")
            state = told.get("state") or told.get("stage")
            if name is None or (state and (state_of(state.text) or _is_done(state.text))):
                continue
            due = self._dates_of(when.text, layout.order)[0] if when else None
            owner = None if who is None else ME if who.text.casefold() in owners else who.text
            return self._fact(NextStep(name.text, owner, due), *(c for c in (name, when) if c))
        return None

    def _people(self, row: Row, layout: Layout, account: str, texts: list[CellText]) -> tuple[Fact[Person], ...]:
        found: list[Fact[Person]] = []
        roles: tuple[Role, ...] = ("champion", "economic_buyer", "contact")
        for role in roles:
            for column in layout.roles.get(role, []):
                cell = row.cells[column.index]
                if not cell.text or is_blank(cell.text):
                    continue
                person = person_of(cell.text, role)
                if person:
                    found.append(self._fact(person, cell))
                if person is None or is_unsure(cell.text):
                    texts.append(CellText(account, cell.start, cell.end, role))
        return tuple(found)

    def _risks(
        self,
        row: Row,
        layout: Layout,
        close: Fact[date] | None,
        previous: Fact[date] | None,
        rivals: tuple[Fact[str], ...],
    ) -> tuple[Fact[Risk], ...]:
        """Return the open risks that the cells themselves tell: a later date, a rival, a buyer or champion missing."""
        found = [Fact(Risk(RiskKind.COMPETITION, r.value), r.spans) for r in rivals]
        if close and previous and close.value > previous.value:
            text = close.spans[0].text
            found.append(Fact(Risk(RiskKind.TIMELINE_SLIP, text), close.spans))
        for role, kind, tells in (
            ("economic_buyer", RiskKind.NO_ECONOMIC_BUYER, no_buyer),
            ("champion", RiskKind.CHAMPION_LOSS, is_gone),
        ):
            for column in layout.roles.get(role, []):
                cell = row.cells[column.index]
                if cell.text and tells(cell.text):
                    found.append(self._fact(Risk(kind, cell.text), cell))
                    break
        return tuple(found)

    def _competitors(self, row: Row, layout: Layout) -> tuple[Fact[str], ...]:
        cells = [row.cells[c.index] for c in layout.roles.get("competition", [])]
        return tuple(self._fact(name, c) for c in cells if not is_blank(c.text) for name in rivals_of(c.text))


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


def _is_done(text: str) -> bool:
    found = stage_of(text)
    return found is not None and found.stage is Stage.CLOSED_WON


def _closable(stage: Stage) -> bool:
    return stage not in (Stage.CLOSED_WON, Stage.CLOSED_LOST)


def _by_probability(value: Decimal) -> Category:
    return Category.COMMIT if value >= 80 else Category.BEST_CASE if value >= 50 else Category.PIPELINE


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
