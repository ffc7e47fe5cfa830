"""What columns hold whose headings are not known, by their cells: columns and rows come in, columns go out.

A role is given only where most cells show it and no heading has it: shares, dates, stages, categories, currencies,
amounts.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from chains.reading.tables.columns import AMOUNTS, Column, category_of, currency_codes, is_blank, stage_of, when_of
from chains.reading.tables.legend import wording_of

ENOUGH = 0.6  # share of the filled cells that have to fit
LOOKED_AT = 60  # rows
_SHARE = re.compile(r"~?\d{1,3}(?:[.,]\d)?\s?%")
_DAY = re.compile(
    r"\d{4}-\d{2}-\d{2}\b.{0,12}|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4}|\.)?(?:\s?[,(].{1,24}|\s(?:was|war|era)\b.{1,20})?"
    r"|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.?[ -][^\W\d_]{3,10}\.?(?:[ -,]+\d{2,4})?|[^\W\d_]{3,9}\.? \d{1,2}(?:,? \d{4})?"
    r"|(?i:q[1-4](?: ?\d{2,4})?|eo[mqy])"
)
_SUM = re.compile(
    r"(?:~|ca\.? ?)?(?:[A-Za-z]{0,3}[$€£₹¥] ?\d[\d.,' \u00a0\u202f]*(?:k|m|mio)?"
    r"|\d[\d.,' \u00a0\u202f]*\s?(?:[kK]\b|[mM]\b|[€$£₹]|[A-Z]{3}\b)[^\d]{0,12}"
    r"|\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d{4,9}(?:[.,]\d{1,2})?)"
)
_SIGNS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("probability", lambda t: _SHARE.fullmatch(t) is not None),
    ("close_date", lambda t: _DAY.fullmatch(t) is not None),
    ("currency", lambda t: t.upper() in currency_codes() and len(t) == 3),
    ("category", lambda t: len(t) < 30 and (category_of(t) or wording_of(t)) is not None),
    ("stage", lambda t: len(t) < 40 and (found := stage_of(t)) is not None and (found.exact or " " in t)),
    ("stage", lambda t: len(t) < 40 and (category_of(t) is not None or stage_of(t) is not None)),  # both in one column
    ("amount", lambda t: len(t) < 30 and _SUM.fullmatch(t) is not None),
)


def by_evidence(columns: tuple[Column, ...], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Give unknown columns the role that their cells show, where no other column has it."""
    columns = _shares_apart(_by_figures(columns, rows), rows)
    if not any(c.role == "unknown" for c in columns):
        return columns
    taken = {"amount" if c.role in AMOUNTS else c.role for c in columns}
    found = list(columns)
    for i, column in enumerate(columns):
        if column.role != "unknown":
            continue
        cells = [row[i] for row in rows[:LOOKED_AT] if i < len(row) and row[i] and not is_blank(row[i])]
        for role, shows in _SIGNS:
            if role not in taken and cells and sum(map(shows, cells)) >= ENOUGH * len(cells):
                found[i] = replace(column, role=role)
                taken.add(role)
                break
    return tuple(found)


def _shares_apart(columns: tuple[Column, ...], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Take a column of categories for the odds where its cells are shares: how sure | 90%."""
    if any(c.role == "probability" for c in columns):
        return columns
    found = list(columns)
    for i, column in enumerate(columns):
        cells = [row[i] for row in rows[:LOOKED_AT] if i < len(row) and row[i] and not is_blank(row[i])]
        if column.role == "category" and sum(_SHARE.fullmatch(c) is not None for c in cells) > len(cells) // 2:
            found[i] = replace(column, role="probability")
    return tuple(found)


_PLAIN = re.compile(r"~?\d{1,4}(?:[.,]\d{1,2})?\s?[kK]?")  # 96, where the notes say that all is in thousands


_FOUR = 4  # digits from which a plain figure is an amount as it stands


def _by_figures(
    columns: tuple[Column, ...], rows: Sequence[Sequence[str]], *, any_heading: bool = False
) -> tuple[Column, ...]:
    """Take a column of plain figures for the amount where there is none: the one called "now", or what deals are about.

    With `any_heading` also a column whose heading is not known.
    """
    if any(c.role in AMOUNTS for c in columns) or not any(c.role == "account" for c in columns):
        return columns
    found = list(columns)
    figured: list[int] = []
    for i, column in enumerate(columns):
        cells = [row[i] for row in rows[:LOOKED_AT] if i < len(row) and row[i] and not is_blank(row[i])]
        if column.role not in ("unknown", "previous_close_date", "opportunity") or not cells:
            continue
        if sum(_PLAIN.fullmatch(c) is not None for c in cells) >= ENOUGH * len(cells):
            figured.append(i)
            found[i] = replace(column, role="ignored")
    now = [i for i in figured if when_of(columns[i].heading) == "now"]
    told = [i for i in figured if columns[i].role == "opportunity"]
    open_columns = now or told or [i for i in figured if any_heading and when_of(columns[i].heading) != "then"]
    if not open_columns:
        return columns
    place = open_columns[-1]
    cells = [row[place] for row in rows[:LOOKED_AT] if place < len(row) and _PLAIN.fullmatch(row[place])]
    small = all(len(re.sub(r"\D.*", "", c.lstrip("~"))) < _FOUR for c in cells)  # no deal is worth 96 of anything
    found[place] = replace(columns[place], role="amount", thousands=small)
    return tuple(found)


def from_cells(columns: tuple[Column, ...], rows: Sequence[Sequence[str]]) -> tuple[Column, ...] | None:
    """Return the columns of a table none of whose headings need be known, or None where its cells show no deals."""
    shown = by_evidence(_by_figures(columns, rows, any_heading=True), rows)
    roles = {c.role for c in shown}
    if not ({"amount", *AMOUNTS} & roles and {"close_date", "stage", "category", "probability"} & roles):
        return None
    if "account" in roles or "opportunity" in roles:
        return shown
    for i, column in enumerate(shown):
        cells = [row[i] for row in rows[:LOOKED_AT] if i < len(row)]
        if (
            column.role == "unknown"
            and all(c[:1].isalnum() and any(map(str.isalpha, c)) for c in cells)
            and len(set(cells)) == len(cells)
        ):
            return tuple(replace(c, role="account") if c is column else c for c in shown)
    return None
