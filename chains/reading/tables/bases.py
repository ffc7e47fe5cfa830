"""What the amounts of an export are amounts of, row by row: notes, tables and cells come in, bases go out.

A column can say it in plain words ("one-time", "MRR") or in the notes' own codes ("kit = one-off, monit. = MRR").
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from chains.figures.bases import basis_words
from chains.figures.tokens import Tokens
from chains.kinds import Basis
from chains.reading.tables.columns import Column, is_blank
from chains.reading.tables.shapes import Row, Table

ENOUGH = 0.6  # share of the filled cells that have to name a basis
LONGEST = 400  # characters of a line that can be a legend
_PLAIN = {
    "recurring": Basis.ARR,
    "subscription": Basis.ARR,
    "annual": Basis.ARR,
    "yearly": Basis.ARR,
    "per year": Basis.ARR,
    "monthly": Basis.MRR,
    "per month": Basis.MRR,
    "a month": Basis.MRR,
    "non-recurring": Basis.ONE_TIME,
    "nonrecurring": Basis.ONE_TIME,
    "one off": Basis.ONE_TIME,
    "once": Basis.ONE_TIME,
    "purchase": Basis.ONE_TIME,
    "einmalig": Basis.ONE_TIME,
    "jährlich": Basis.ARR,
    "monatlich": Basis.MRR,
}
_DEFINED = re.compile(
    r"(?<![\w=])(?P<code>[^\W_][\w.+/-]{0,11})\s*(?:=|->|→|:|means|heißt|stands for|is)\s*(?P<what>[^,;|\n=]{2,40})"
)


def bases_in(notes: str, covered: Sequence[tuple[int, int]]) -> dict[str, Basis]:
    """Return what each code stands for, folded, from lines outside the tables."""
    found: dict[str, Basis] = {}
    position = 0
    for start, end in [*covered, (len(notes), len(notes))]:
        for line in notes[position:start].split("\n"):
            at = 0
            while len(line) <= LONGEST and (match := _DEFINED.search(line, at)):
                at = match.start("what")
                meant = basis_of(match.group("what"))
                if meant is not None and basis_of(match.group("code")) is None:
                    found.setdefault(_folded(match.group("code")), meant)
        position = end
    return found


@cache
def basis_of(text: str) -> Basis | None:
    """Return the basis that a few words name: "one-off", "ARR", "recurring (ARR)"; None where they name none."""
    said = " ".join(text.casefold().split()).strip(" .()'\"")
    for plain, basis in _PLAIN.items():
        if said == plain or said.startswith((plain + " ", plain + " (")):
            return basis
    tokens = Tokens(said)
    told = basis_words(tokens, 1) or basis_words(tokens, 0)
    return told[0] if told else None


def basis_column(table: Table, columns: Sequence[Column], codes: Mapping[str, Basis]) -> Column | None:
    """Return the column whose cells name a basis, or None."""
    for column in columns:
        cells = [r.cells[column.index].text for r in table.rows if not is_blank(r.cells[column.index].text)]
        named = sum(1 for c in cells if basis_at(c, codes) is not None)
        if cells and named >= ENOUGH * len(cells):
            return column
    return None


def basis_in_row(row: Row, column: Column | None, codes: Mapping[str, Basis]) -> Basis | None:
    """Return the basis that a row's own cell gives its amount."""
    return basis_at(row.cells[column.index].text, codes) if column is not None else None


def basis_at(text: str, codes: Mapping[str, Basis]) -> Basis | None:
    """Return the basis that one cell names, in the notes' codes or in plain words."""
    if len(text) > 30:
        return None
    return codes.get(_folded(text)) or basis_of(text)


def _folded(text: str) -> str:
    return text.casefold().strip(" .")
