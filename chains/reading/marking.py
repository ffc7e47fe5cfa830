"""Notes cut up for all of the reading: notes, their conventions and their tables come in, a `Marked` goes out.

Cells of free text are units of their own behind the others, so that what they say is read like any remark.
"""

from chains.deals import Conventions
from chains.reading.layout.clauses import cut
from chains.reading.layout.legends import with_legend
from chains.reading.layout.marked import Marked
from chains.reading.layout.outline import lay_out
from chains.reading.layout.tokens import tokenize
from chains.reading.layout.units import Line, Unit
from chains.reading.lexicon import Hit, cues
from chains.reading.places import Lines
from chains.reading.private.business import without_business
from chains.reading.tables.reports import CellText
from chains.reading.tables.rows import TablesRead


def mark(notes: str, conventions: Conventions, lines: Lines, tables: TablesRead) -> tuple[Marked, dict[int, CellText]]:
    """Cut the notes up and find every cue; with the cells of free text by their units."""
    stream = tokenize(notes, conventions, _closed(tables))
    units = lay_out(notes, tables.covered)
    cells: dict[int, CellText] = {}
    for text in tables.texts:
        line = Line(text.start, text.end, lines.number(text.start), 0, after_blank=True)
        cells[len(units)] = text
        units.append(Unit(len(units), text.start, text.end, (line,), None, None))
    clauses = cut(stream, units)
    hits = with_legend(stream.tokens, clauses.find(cues()), clauses.sentence_of)
    hits = without_business(stream.tokens, hits, clauses.sentence_of)
    at: dict[int, list[Hit]] = {}
    for hit in hits:
        at.setdefault(hit.first, []).append(hit)
    return Marked(stream, units, clauses, hits, at, frozenset(cells)), cells


def _closed(tables: TablesRead) -> list[tuple[int, int]]:
    """Return what tables cover without their cells of free text: the ranges that are read already."""
    open_cells = sorted({(t.start, t.end) for t in tables.texts})
    found: list[tuple[int, int]] = []
    place = 0
    for start, end in tables.covered:
        position = start
        while place < len(open_cells) and open_cells[place][0] < end:
            first, last = open_cells[place]
            if first > position:
                found.append((position, first))
            position = max(position, last)
            place += 1
        if position < end:
            found.append((position, end))
    return found
