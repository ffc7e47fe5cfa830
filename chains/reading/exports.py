"""CRM exports and tables in notes: the notes and their conventions come in; deals with the cell of every fact, what
was not taken over and why, and the ranges that are read already go out.

Cells of free text (descriptions, next steps, comments) go out as well, each with its deal, so that their clauses can
be read like notes.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeVar

from chains.deals import ME, Conventions, DateOrder, Deal, Fact, Money, NextStep, Person, Risk, Role, Span, Unread
from chains.errors import NotesError
from chains.kinds import Category, RiskKind, Stage
from chains.numerals import digits
from chains.periods import DateMention, find_dates
from chains.reading.exports_columns import (
    AMOUNTS,
    Column,
    category_of,
    currency_of,
    is_blank,
    is_open_state,
    is_total,
    stage_of,
    state_of,
)
from chains.reading.exports_tables import Cell, Row, Table, record_at, tables_in
from chains.scan import parse_amount
from chains.tokens import any_of, words

T = TypeVar("T")


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
    """Find the tables of deals in `notes`, in order, each with its range, columns and rows."""
    return tables_in(notes)


def read_tables(notes: str, conventions: Conventions) -> TablesRead:
    """Read the deals out of every table in `notes`.

    Raise NotesError where the whole text is an export none of whose columns is known.
    """
    tables = tables_in(notes)
    if not tables:
        _refuse_unknown_export(notes)
        return TablesRead((), (), (), ())
    lines = _Lines(notes)
    reader = _Rows(notes, conventions, lines)
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


_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
_PLAIN_AMOUNT = re.compile(r"([$€£₹]?) ?(\d[\d,]*(?:\.\d{1,2})?)")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].{0,20})?")
_SERIAL = re.compile(r"4\d{4}|5[0-5]\d{3}")  # days since 1899-12-30, as spreadsheets count
_STRUCK = re.compile(r"~~([^~]{1,80})~~")
_BEFORE = re.compile(
    r"(?:\b(?:was|from|before|formerly|originally|orig|prev|previously|statt|vorher|war|antes|avant|au lieu de|instead of|not)\b[\s:.,]*)$",
    re.I,
)
_ARROW = re.compile(r"->|→|=>|>>|\bnow\b|\bjetzt\b", re.I)


class _Rows:
    """Read the rows of the tables of one text, one after the other."""

    def __init__(self, notes: str, conventions: Conventions, lines: _Lines) -> None:
        self.notes = notes
        self.conventions = conventions
        self.lines = lines
        self.found: list[_RowRead] = []
        self.unread: list[Unread] = []
        self.told: set[tuple[str, str]] = set()
        self.dates: dict[tuple[str, DateOrder], tuple[date | None, date | None]] = {}

    def read(self, table: Table) -> None:
        """Add the deals of one table."""
        roles: dict[str, list[Column]] = {}
        for column in table.columns:
            roles.setdefault(column.role, []).append(column)
        for columns in roles.values():
            columns.sort(key=lambda c: c.rank)
        layout = _Layout(roles, self._order(table, roles), _fractional(table, roles))
        for row in table.rows:
            self._row(row, layout)
        for start, end in table.odd:
            self.report(
                start,
                end,
                "The row has more cells than there are headings.",
                "Put names with a comma in quotation marks.",
            )
        self._unknown_columns(table, roles)

    def report(self, start: int, end: int, reason: str, way_out: str) -> None:
        self.unread.append(Unread(self.lines.span(start, end), f"{reason} {way_out}"))

    def _report_once(self, kind: str, cell: Cell, reason: str, way_out: str) -> None:
        """Report an unknown word at its first place only: a hundred rows of "Estimate" are one finding."""
        if (kind, cell.text.casefold()) not in self.told:
            self.told.add((kind, cell.text.casefold()))
            self.report(cell.start, cell.end, reason, way_out)

    def _order(self, table: Table, roles: dict[str, list[Column]]) -> DateOrder:
        """Return the order of day and month that the dates of the table show, else the rep's own."""
        indexes = [
            c.index for role in ("close_date", "next_step_date", "previous_close_date") for c in roles.get(role, [])
        ]
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
        return shown.pop() if len(shown) == 1 else self.conventions.date_order

    def _unknown_columns(self, table: Table, roles: dict[str, list[Column]]) -> None:
        unknown = [c for c in roles.get("unknown", []) if any(r.cells[c.index].text for r in table.rows)]
        unknown = [c for c in unknown if not any(_is_sentence(r.cells[c.index].text) for r in table.rows)]
        if unknown:
            names = ", ".join(c.heading for c in unknown)
            reason = f"Not known and not read: {'the column' if len(unknown) == 1 else 'the columns'} {names}."
            self.report(
                table.headings[0].start, table.headings[-1].end, reason, "Rename one to a usual heading if it matters."
            )

    # ---- one row ------------------------------------------------------------------------------------------------

    def _row(self, row: Row, layout: "_Layout") -> None:
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
        account = name.text
        aliases = tuple(t for t in ([second.text] if first and second and second.text != account else []))
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
                if cell.text and not is_blank(cell.text) and (role in ("text", "") or _is_sentence(cell.text)):
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
        self, row: Row, layout: "_Layout", account: str, line: Span, texts: list[CellText]
    ) -> tuple[Fact[Money] | None, Fact[Money] | None]:
        currency = self._currency(row, layout, account)
        cells = [(c, row.cells[c.index]) for role in AMOUNTS for c in layout.roles.get(role, [])]
        for column, cell in cells:
            if not cell.text or is_blank(cell.text):
                continue
            money, previous = self._money(cell.text, currency or column.currency, column)
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

    def _money(self, text: str, currency: str | None, column: Column) -> tuple[Money | None, Money | None]:
        """Read a cell's amount, and the one that it replaced ("~~80k~~ 92k", "92k (was 110)")."""
        home = currency or self.conventions.currency
        plain = _PLAIN_AMOUNT.fullmatch(text)
        if plain:
            home = currency_of(plain.group(1), home) or home if plain.group(1) else home
            value = digits(plain.group(2), home in any_of("decimal_comma"))
            if value:
                return Money(self._sized(value[0], column), home, column.basis), None
        struck = _STRUCK.search(text)
        previous = parse_amount(struck.group(1), self.conventions, home) if struck else None
        rest = _STRUCK.sub(" ", text)
        money = parse_amount(rest, self.conventions, home)
        if money is None:
            return None, None
        if currency and not _has_sign(rest):
            money = replace(money, currency=currency)
        money = self._with_column(money, column)
        if previous is None and (
            match := re.search(r"\b(?:was|statt|vorher|before|from|antes|avant)\b[^\d]{0,8}(\d.*)", rest, re.I)
        ):
            previous = parse_amount(match.group(1), self.conventions, home)
        if previous is not None:
            if previous.amount * 100 < money.amount and previous.amount < 10_000:
                previous = replace(previous, amount=previous.amount * 1000)
            previous = replace(previous, currency=money.currency, basis=previous.basis or money.basis)
        return money, previous

    def _sized(self, value: Decimal, column: Column) -> Decimal:
        whole = value.to_integral_value()
        value = whole if whole == value else value.normalize()
        return value * 1000 if column.thousands and value < 100_000 else value

    def _with_column(self, money: Money, column: Column) -> Money:
        sized = [None if v is None else self._sized(v, column) for v in (money.amount, money.low, money.high)]
        return replace(
            money, amount=sized[0] or money.amount, low=sized[1], high=sized[2], basis=money.basis or column.basis
        )

    def _currency(self, row: Row, layout: "_Layout", account: str) -> str | None:
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
        self, row: Row, layout: "_Layout", account: str, texts: list[CellText]
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
            self.dates[key] = self._read_dates(text, order)
        return self.dates[key]

    def _read_dates(self, text: str, order: DateOrder) -> tuple[date | None, date | None]:
        if match := _ISO.fullmatch(text):
            try:
                return date(*(int(g) for g in match.groups())), None
            except ValueError:
                return None, None
        if _SERIAL.fullmatch(text):
            return date(1899, 12, 30) + timedelta(days=int(text)), None
        found = [m for m in find_dates(text, replace(self.conventions, date_order=order)) if not m.vague]
        if not found and re.fullmatch(r"\d{1,2}[.]\d{1,2}", text):
            found = list(find_dates(text + ".", replace(self.conventions, date_order="DMY")))
        if not found:
            return None, None
        struck = _STRUCK.search(text)
        past = [
            m for m in found if _BEFORE.search(text[: m.start]) or (struck and struck.start() <= m.start < struck.end())
        ]
        current = [m for m in found if m not in past]
        if not past and len(current) > 1 and _ARROW.search(text[current[0].end : current[-1].start]):
            past, current = current[:-1], current[-1:]
        if not current:
            return None, past[-1].day
        return current[0].day, past[-1].day if past else None

    # ---- where it stands ----------------------------------------------------------------------------------------

    def _standing(
        self, row: Row, layout: "_Layout", account: str, texts: list[CellText]
    ) -> tuple[Fact[Category] | None, Fact[Stage] | None, Fact[Decimal] | None]:
        """Return category, stage and probability; a closed state wins, then the stated category, then the probability."""
        stage, told = self._stage(row, layout, account, texts)
        probability = self._probability(row, layout, account)
        cell = layout.first(row, "category")
        stated = category_of(cell.text) if cell else None
        if cell and stated is None and _words(cell.text):
            if stage is None and (found := stage_of(cell.text)) and found.exact:
                stage, told = self._fact(found.stage, cell), found.category
            else:
                way_out = "Say commit, best case, pipeline or omitted."
                self._report_once(
                    "category", cell, f"{account}: {cell.text[:40]} is no forecast category that is known.", way_out
                )
        if stage and stage.value in (Stage.CLOSED_WON, Stage.CLOSED_LOST) and stated not in (Category.OMITTED,):
            return Fact(Category(stage.value.value), stage.spans, inferred=stated is None), stage, probability
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

    def _stage(
        self, row: Row, layout: "_Layout", account: str, texts: list[CellText]
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
                    if _is_sentence(cell.text):
                        texts.append(CellText(account, cell.start, cell.end, "stage"))
                    elif found is None and not is_open_state(cell.text) and _words(cell.text):
                        reason = f"{account}: {cell.text[:40]} is no stage that is known."
                        self._report_once("stage", cell, reason, "Say where the deal stands in a remark.")
                if found:
                    return self._fact(found.stage, cell), found.category
        return None, None

    def _probability(self, row: Row, layout: "_Layout", account: str) -> Fact[Decimal] | None:
        cell = layout.first(row, "probability")
        if cell is None:
            return None
        match = re.match(r"~?\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*%?", cell.text)
        if match is None:
            return None
        value = Decimal(match.group(1).replace(",", "."))
        if value <= 1 and "%" not in cell.text and layout.fractions(row):
            value *= 100
        if value > 100:
            self.report(cell.start, cell.end, f"{account}: a probability over 100.", "Write a share from 0 to 100.")
            return None
        return self._fact(_trim(value), cell)

    # ---- next step and people -----------------------------------------------------------------------------------

    def _next_step(self, row: Row, layout: "_Layout", account: str, texts: list[CellText]) -> Fact[NextStep] | None:
        found: Fact[NextStep] | None = None
        when = layout.first(row, "next_step_date")
        due = self._dates_of(when.text, layout.order)[0] if when else None
        who = layout.first(row, "next_step_owner")
        for column in layout.roles.get("next_step", []):
            cell = row.cells[column.index]
            if not cell.text or is_blank(cell.text):
                continue
            texts.append(CellText(account, cell.start, cell.end, "next_step"))
            if found is None and _words(cell.text):
                conventions = replace(self.conventions, date_order=layout.order)
                step = split_step(cell.text, conventions)
                step = replace(step, due=step.due or due, owner=step.owner or (_owner(who.text) if who else None))
                cells = [cell, when] if when and due and step.due == due else [cell]
                found = self._fact(step, *cells)
        return found

    def _people(self, row: Row, layout: "_Layout", account: str, texts: list[CellText]) -> tuple[Fact[Person], ...]:
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
                if person is None or _NOT_MET.search(cell.text):
                    texts.append(CellText(account, cell.start, cell.end, role))
        return tuple(found)

    def _risks(
        self,
        row: Row,
        layout: "_Layout",
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
            ("economic_buyer", RiskKind.NO_ECONOMIC_BUYER, _NO_BUYER),
            ("champion", RiskKind.CHAMPION_LOSS, _GONE),
        ):
            for column in layout.roles.get(role, []):
                cell = row.cells[column.index]
                if cell.text and tells.search(cell.text):
                    found.append(self._fact(Risk(kind, cell.text), cell))
                    break
        return tuple(found)

    def _competitors(self, row: Row, layout: "_Layout") -> tuple[Fact[str], ...]:
        found: list[Fact[str]] = []
        for column in layout.roles.get("competition", []):
            cell = row.cells[column.index]
            text = cell.text
            if (
                not text
                or is_blank(text)
                or "~~" in text
                or re.match(r"(?i)(?:none|no\b|kein|nobody|n/a|out\b|not\b|aucun|ning[uú]n|nenhum)", text)
            ):
                continue
            found.extend(
                self._fact(name.strip(), cell)
                for name in re.split(r"\s*[,;/&]\s*|\s+and\s+", text)
                if name.strip() and len(name) < 60
            )
        return tuple(found)


class _Layout:
    """Hold the columns of one table by role, the best first."""

    def __init__(self, roles: dict[str, list[Column]], order: DateOrder, fractional: bool) -> None:
        self.roles = roles
        self.order = order
        self.fractional = fractional

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

    def fractions(self, row: Row) -> bool:
        return self.fractional


def _key(
    identity: Cell | None, account: str, second: Cell | None, amount: Fact[Money] | None, deal: Deal
) -> tuple[str, ...]:
    """Return what makes two rows one deal: the id, else account and opportunity, else account and amount."""
    if identity is not None:
        return ("id", identity.text.casefold())
    if second is not None and second.text != account:
        return ("names", account.casefold(), second.text.casefold())
    return (
        "row",
        account.casefold(),
        str(amount.value.amount if amount else ""),
        str(deal.close_date.value if deal.close_date else ""),
    )


def _fractional(table: Table, roles: dict[str, list[Column]]) -> bool:
    """Tell whether the probabilities of a table are written as parts of one (0.6)."""
    texts = [r.cells[c.index].text for c in roles.get("probability", []) for r in table.rows]
    numbers = [Decimal(t) for t in (t.replace(",", ".") for t in texts) if re.fullmatch(r"\d{1,3}(\.\d{1,4})?", t)]
    return bool(numbers) and max(numbers) <= 1 and any(n not in (0, 1) for n in numbers)


def _closable(stage: Stage) -> bool:
    return stage not in (Stage.CLOSED_WON, Stage.CLOSED_LOST)


def _by_probability(value: Decimal) -> Category:
    return Category.COMMIT if value >= 80 else Category.BEST_CASE if value >= 50 else Category.PIPELINE


def _trim(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _words(text: str) -> bool:
    """Tell whether a cell holds readable words and no code ("A/SkeDD5c3ejU==")."""
    return re.search(r"[^\W\d_]{2,}", text) is not None and not re.fullmatch(r"[\w+/=-]{18,}", text)


def _is_sentence(text: str) -> bool:
    return text.count(" ") >= 2 and _words(text)


def _has_sign(text: str) -> bool:
    return any(sign in text for sign in words()["currency_signs"]) or bool(
        set(re.findall(r"[^\W\d_]+", text.casefold())) & set(words()["currency_words"])
    )


_TO_VERB = re.compile(r"(?P<who>[^\W\d_][\w.'-]*(?: [A-Z][\w.'-]*| team)?) to (?P<what>[a-z].+)", re.S)
_IN_BRACKETS = re.compile(r"\s*\((?P<who>me|I|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)?)\)\s*")
_LEADING = re.compile(r"(?P<who>me|I|we)\b\s*(?::|-|–|to\b)?\s*(?P<what>.+)", re.S)
_DOES = re.compile(
    r"(?:[Oo]ur )?(?P<who>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?|legal|security|infosec|product|engineering|finance|marketing|deal desk|services|support)"
    r" (?:(?:will|must|has to|needs to) [a-z]+|(?:sends|signs|names|calls|gives|gets|confirms|returns|reviews|books|runs|shares|schedules|"
    r"brings|writes|answers|checks|asks|decides|approves|introduces|intros|tells|does|makes|sets|finds|picks|provides|delivers|updates|"
    r"prepares|talks|meets|takes|owes|turns|counts|responds|builds|drafts|presents|follows|kicks|releases))\b"
)
_COLON = re.compile(r"(?P<who>[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)?)\s*:\s*(?P<what>.+)", re.S)


def split_step(text: str, conventions: Conventions) -> NextStep:
    """Split a next-step cell in what is done, who does it and by when: "Legal to return redlines by Friday".

    The owner is None where the cell names none ("Pricing call w/ CFO 3/17").
    """
    mentions = [m for m in find_dates(text, conventions) if not m.vague]
    due, action = None, text
    if mentions:
        last = mentions[-1]
        due = last.day
        if last.period is None or last.day != last.period.end:
            action = _without_date(text, last)
    owner = None
    if match := _IN_BRACKETS.search(action):
        owner = _owner(match.group("who"))
        action = f"{action[: match.start()]} {action[match.end() :]}".strip()
    elif (match := _TO_VERB.fullmatch(action)) or (match := _COLON.fullmatch(action)):
        owner, action = _owner(match.group("who")), match.group("what")
    elif match := _LEADING.fullmatch(action):
        owner, action = ME, match.group("what")
    elif match := _DOES.match(action):
        owner = _owner(match.group("who"))
    action = " ".join(action.split()).strip(" ,;:-–—") or " ".join(text.split())
    return NextStep(action, owner, due)


def _without_date(text: str, mention: DateMention) -> str:
    """Take a date with the small words before it out of a text."""
    before = re.sub(
        r"[\s,(]*\b(?:by|on|due|due by|until|till|before|am|bis|zum|el|le|para el|para|até|em|antes de|for|at|-|–|:)\s*$",
        "",
        text[: mention.start],
        flags=re.I,
    )
    before = before.rstrip(" ,(-–:@")
    after = text[mention.end :].lstrip(" ),.;")
    return f"{before} {after}".strip() if before and after else before or after


def _owner(who: str) -> str | None:
    plain = who.strip()
    return ME if plain.casefold() in ("me", "i", "we", "ich", "yo", "moi", "eu") else plain or None


_TITLED = re.compile(r"(?P<name>[^(,;/]{2,60}?)\s*(?:\((?P<title>[^)]{1,60})\)?|[,;/–-]\s+(?P<after>.{2,60}))")
_NOT_MET = re.compile(r"(?i)\b(?:never|not|left|gone|quit|moved|no)\b|\?")
_NO_BUYER = re.compile(
    r"(?i)^\W*(?:\?+|tbd|unknown|unbekannt|desconocido|inconnu)\W*$|\b(?:not (?:yet )?(?:found|identified|known|met)|never met|none (?:identified|found|known)|no (?:eb|economic buyer|access|name|one)|nobody|unidentified|haven'?t met)\b"
)
_GONE = re.compile(r"(?i)\b(?:left|gone|quit|resigned|departed|laid off|moved on|no longer|weg|gegangen)\b")
_NO_NAME = re.compile(
    r"(?i)(?:gone|left|none|no\b|not\b|unknown|need|missing|tbd|\?|somebody|someone|vacant|kein|unbekannt|sin |nenhum|aucun|to be )"
)


def person_of(text: str, role: Role) -> Person | None:
    """Read a person from a cell ("Farrah Okonkwo (People Ops Lead)"); None where the cell names nobody."""
    struck = _STRUCK.sub(" ", text).strip()
    if not struck or _NO_NAME.match(struck) or not struck[0].isupper() or not _words(struck):
        return None
    match = _TITLED.fullmatch(struck)
    if match:
        title = match.group("title") or match.group("after")
        left = _GONE.search(title) is not None
        no_title = left or _NOT_MET.search(title) or any(ch.isdigit() for ch in title)
        return Person(match.group("name").strip(), role, None if no_title else title.strip(), left)
    return Person(" ".join(struck.split()), role) if len(struck) <= 60 else None


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
