"""Tables in notes: pasted text comes in, `Table`s with the place of every cell go out.

CSV with commas, semicolons, tabs or pipes (quoted fields too) and Markdown tables, with remarks above and below. A
line counts as a heading where its cells name columns that are known and a row that fits it follows.
"""

from chains.reading.tables.aligned import LEAST, by_place, chunks, lines_below
from chains.reading.tables.columns import clean
from chains.reading.tables.delimited import delimited_at
from chains.reading.tables.evidence import LOOKED_AT, by_evidence
from chains.reading.tables.markdown import is_rule, markdown_at
from chains.reading.tables.shapes import VALUE, Cell, Row, Table, columns_of, end_of_line, is_typed, trimmed
from chains.reading.talks.purposes import heading_kind

LONGEST_HEADING = 5000  # characters of a heading line; longer ones are prose or data

_MEMO_CELLS, _LEAST_LABELS = 2, 3  # cells of a row, kinds of labels
_LEAST_ALIGNED = 2  # rows below headings that only blanks part


def tables_in(notes: str) -> tuple[Table, ...]:
    """Find every table of deals in `notes`, in order."""
    found: list[Table] = []
    position, size = 0, len(notes)
    while position < size:
        end = end_of_line(notes, position)
        table = _table_at(notes, position, end)
        if table is None:
            position = end + 1
        else:
            found.append(table)
            position = max(table.end + 1, end + 1)
    return tuple(found)


def _table_at(notes: str, start: int, end: int) -> Table | None:
    if end - start < 5 or end - start > LONGEST_HEADING:
        return None
    piped = notes.find("|", start, end) >= 0
    if piped:
        following = end_of_line(notes, end + 1) if end < len(notes) else end
        if _is_memo(notes, start):
            return None  # "| ask | ... |", "| cost | ... |": labels with what is said, and no deals
        if end < len(notes) and following - end < LONGEST_HEADING and is_rule(notes[end + 1 : following]):
            return markdown_at(notes, start, end)
    for separator in ("\t", ";", "|", ","):
        if notes.find(separator, start, end) >= 0:
            table = delimited_at(notes, start, separator)
            if table:
                return table
    return _aligned(notes, start, end) if notes.find("  ", start, end) >= 0 else None


def _is_memo(notes: str, start: int) -> bool:
    """Tell whether the rows from here on are labels of an ask or a talk, each with its text."""
    kinds: list[str] = []
    filled = 0
    position = start
    while position < len(notes):
        end = end_of_line(notes, position)
        cells = [c.strip(" *_") for c in notes[position:end].strip(" |").split("|")]
        if len(cells) != _MEMO_CELLS:
            break
        if not is_rule(notes[position:end]):
            filled += 1
            kinds += [kind] if (kind := heading_kind(cells[0])) and kind != "deals" else []
        position = end + 1
    return len(set(kinds)) >= _LEAST_LABELS and 2 * len(kinds) >= filled


def _aligned(notes: str, start: int, end: int) -> Table | None:
    """Read a table whose columns are parted by blanks alone; its headings have to be known."""
    heads = chunks(notes, start, end)
    if len(heads) < LEAST:
        return None
    headings = tuple(Cell(a, b, clean(notes[a:b])) for a, b in heads)
    if any(VALUE.search(c.text) for c in headings):
        return None
    columns = columns_of(headings)
    if columns is None:
        return None
    rows: list[Row] = []
    last = end
    for line in lines_below(notes, end + 1, end_of_line):
        ranges = chunks(notes, *line)
        fitted = ranges if len(ranges) == len(heads) else by_place(notes, heads, line, start)
        if fitted is None:
            break
        cells = tuple(Cell(a, b, clean(notes[a:b])) for a, b in fitted)
        right, wrong = is_typed(columns, cells)
        if wrong >= right:
            break
        rows.append(Row(cells, ((line[0], trimmed(notes, *line)),)))
        last = line[1]
    if len(rows) < _LEAST_ALIGNED:
        return None
    columns = by_evidence(columns, [[c.text for c in r.cells] for r in rows[:LOOKED_AT]])
    return Table(start, last, columns, headings, tuple(rows))
