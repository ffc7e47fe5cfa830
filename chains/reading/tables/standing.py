"""Where a row stands: a row and its layout come in, its category, stage and odds with their cells go out."""

from decimal import Decimal

from chains.deals import Fact
from chains.kinds import Category, Stage
from chains.reading.tables.cells import (
    has_words,
    is_sentence,
    probability_of,
)
from chains.reading.tables.columns import (
    category_of,
    is_blank,
    is_open_state,
    stage_of,
    state_of,
)
from chains.reading.tables.layout import Layout
from chains.reading.tables.legend import wording_of
from chains.reading.tables.reports import CellText, Reports
from chains.reading.tables.shapes import Cell, Row

_SENTENCE = 6  # words from which a stage cell is read like notes


def _closable(stage: Stage) -> bool:
    return stage not in (Stage.CLOSED_WON, Stage.CLOSED_LOST)


def _by_probability(value: Decimal) -> Category:
    return Category.COMMIT if value >= 80 else Category.BEST_CASE if value >= 50 else Category.PIPELINE


class Standings(Reports):
    """Read category, stage and probability of one row."""

    def _standing(
        self, row: Row, layout: Layout, account: str, texts: list[CellText]
    ) -> tuple[Fact[Category] | None, Fact[Stage] | None, Fact[Decimal] | None]:
        """Return category, stage and probability: a closed state wins, then the category told, then the probability."""
        stage, told = self._stage(row, layout, account, texts)
        probability = self._probability(row, layout, account)
        cell = layout.first(row, "category") or self._category_among_stages(row, layout)
        stated = self._category(cell.text) if cell else None
        if cell and stated is None and not self.legend and stage_of(cell.text) is None:
            stated = wording_of(cell.text)
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
