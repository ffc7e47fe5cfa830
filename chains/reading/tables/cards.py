"""Cards in notes: text that repeats the same labels ("Acct: ... $: ... When: ...") comes in, one `Table` for each run
of cards goes out, a row for each card.

A card opens with a label that names the account or the deal and goes on until the next one; the labels are read like
the headings of an export.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chains.reading.tables.columns import NAMES, USEFUL, Column, clean, heading_of
from chains.reading.tables.shapes import Cell, Row, Table

LONGEST_NAME = 80
_LABEL = re.compile(
    r"[ \t]*(?:[-*•>] ?)?[*_]{0,2}(?P<label>[^\W\d_][\w .'’/&#-]{0,26}?|[$€£₹])[*_]{0,2}"
    r"[ \t]*[:=][*_]{0,2}(?:[ \t]+|$)(?P<value>[^\n]*)"
)
_RULE = re.compile(r"[ \t]*(?:[-=_*~#+][ \t]?){2,}[ \t]*")


@dataclass(frozen=True, slots=True)
class _Field:
    label: Cell
    value: Cell


@dataclass(frozen=True, slots=True)
class _Card:
    fields: tuple[_Field, ...]
    end: int

    @property
    def start(self) -> int:
        return self.fields[0].label.start

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the folded labels, a repeated one with its number."""
        seen: dict[str, int] = {}
        found = []
        for field in self.fields:
            name = field.label.text.casefold()
            seen[name] = seen.get(name, 0) + 1
            found.append(name if seen[name] == 1 else f"{name} {seen[name]}")
        return tuple(found)


def cards_in(notes: str, covered: Sequence[tuple[int, int]] = ()) -> tuple[Table, ...]:
    """Find every run of at least two cards in `notes` outside the `covered` ranges, in order."""
    cards = _cards(notes, covered)
    opening: dict[str, list[_Card]] = {}
    for card in cards:
        opening.setdefault(card.labels[0], []).append(card)
    alike = max(opening.values(), key=len, default=[])
    shared = {label for c in alike for label in c.labels[1:] if sum(label in o.labels for o in alike) > 1}
    useful = {heading_of(label, 0).role for label in shared} & {*USEFUL}
    if len(alike) < 2 or len(useful) < 2:
        return ()
    runs: list[list[_Card]] = []
    for card in alike:
        between = notes[runs[-1][-1].end : card.start] if runs else "x"
        if any(line.strip() and not _RULE.fullmatch(line) for line in between.split("\n")):
            runs.append([])
        runs[-1].append(card)
    return tuple(_table(notes, run) for run in runs)


def _cards(notes: str, covered: Sequence[tuple[int, int]]) -> list[_Card]:
    found: list[_Card] = []
    fields: list[_Field] = []
    position, gap = 0, False
    place = 0

    def close() -> None:
        if len(fields) > 1:
            found.append(_Card(tuple(fields), fields[-1].value.end))
        fields.clear()

    for line in notes.splitlines(keepends=True):
        start, position = position, position + len(line)
        while place < len(covered) and covered[place][1] <= start:
            place += 1
        if place < len(covered) and covered[place][0] < position:
            close()
            continue
        end = start + len(line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
        if not notes[start:end].strip():
            gap = True
            continue
        match = _LABEL.match(notes, start, end)
        if match is None or len(match.group("label").split()) > 3:
            if _RULE.fullmatch(notes, start, end) or gap:
                close()
            elif fields:  # a line that was only wrapped
                last = fields[-1]
                fields[-1] = replace(last, value=_cell(notes, last.value.start, end))
            gap = False
            continue
        label, value = _cell(notes, *match.span("label")), _cell(notes, match.start("value"), end)
        if heading_of(label.text, 0).role in NAMES and value.text and not _described(fields, label):
            close()
            fields = [_Field(label, value)] if len(value.text) <= LONGEST_NAME else []
        elif fields and not (gap and not _known(label.text)):
            fields.append(_Field(label, value))
        elif fields:
            close()
        gap = False
    close()
    return found


def _known(label: str) -> bool:
    return heading_of(label, 0).role not in ("unknown", "ignored")


def _described(fields: Sequence[_Field], label: Cell) -> bool:
    """Tell whether the open card only goes on to say what its account buys: Account: ..., Deal: ..."""
    roles = [heading_of(f.label.text, 0).role for f in fields]
    said = {f.label.text.casefold() for f in fields}
    return (
        bool(fields)
        and roles[0] in NAMES
        and heading_of(label.text, 0).role not in roles
        and label.text.casefold() not in said
    )


def _cell(notes: str, start: int, end: int) -> Cell:
    while start < end and notes[start] in " \t\u00a0":
        start += 1
    while end > start and notes[end - 1] in " \t\u00a0":
        end -= 1
    inside = notes[start:end]
    return Cell(start, end, clean(" ".join(inside.split()) if "\n" in inside else inside))


def _table(notes: str, cards: Sequence[_Card]) -> Table:
    labels = list(dict.fromkeys(label for card in cards for label in card.labels))
    columns: list[Column] = []
    for index, label in enumerate(labels):
        column = heading_of(label, index)
        columns.append(replace(column, role="text") if column.role in ("", "unknown", "ignored") else column)
    rows = []
    for card in cards:
        told = dict(zip(card.labels, (f.value for f in card.fields), strict=True))
        missing = Cell(card.end, card.end, "")
        rows.append(Row(tuple(told.get(label, missing) for label in labels), ((card.start, card.end),)))
    headings = tuple(f.label for f in cards[0].fields)
    return Table(cards[0].start, cards[-1].end, tuple(columns), headings, tuple(rows))
