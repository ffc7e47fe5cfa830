"""Who and what next: a row and its layout come in; its next step, people, risks and rivals go out."""

from dataclasses import replace
from datetime import date

from chains.deals import ME, Fact, NextStep, Person, Risk, Role
from chains.kinds import RiskKind, Stage
from chains.reading.tables.cells import (
    has_words,
    is_gone,
    is_unsure,
    no_buyer,
    owner_of,
    person_of,
    rivals_of,
    split_step,
)
from chains.reading.tables.columns import is_blank, stage_of, state_of
from chains.reading.tables.layout import Layout
from chains.reading.tables.reports import CellText, Reports
from chains.reading.tables.shapes import Cell, Row


def _is_done(text: str) -> bool:
    found = stage_of(text)
    return found is not None and found.stage is Stage.CLOSED_WON


class People(Reports):
    """Read next step, people, risks and competitors of one row."""

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
                same = self.conventions.date_order == layout.order
                conventions = self.conventions if same else replace(self.conventions, date_order=layout.order)
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
