"""How notes are laid out: notes come in, `Unit`s go out, one a bullet, paragraph, chat turn or heading.

A unit is a stretch of the notes that one writer put down in one go. Lines that were only wrapped belong to one unit.
"""

from collections.abc import Sequence

from chains.reading.layout.lines import lines_of
from chains.reading.layout.units import HEADS, Line, Unit
from chains.reading.lexicon import wordlists

_RAGGED = 18  # how much shorter than the widest a wrapped line may be
_UNENDED = frozenset(
    "a an the of to for with at by from in into and or but because that which who whose than as is are was were be been"
    " has have had will would can could should must may their our his her my your its this these those not no if"
    " when".split()
)


def lay_out(notes: str, covered: Sequence[tuple[int, int]] = ()) -> list[Unit]:
    """Return the units of `notes` in order, without the ranges that tables cover."""
    lines = lines_of(notes, covered)
    return _nest(_join(notes, lines))


def _join(notes: str, lines: Sequence[Line]) -> list[list[Line]]:
    """Put wrapped lines together: a line that had to end where the next word would not have fitted."""
    groups: list[list[Line]] = []
    run_end, widest, even = 0, 0, False
    for i, line in enumerate(lines):
        if i >= run_end:  # lines that hang together: nothing but the first opens anything new
            run_end = i + 1
            while run_end < len(lines) and not _opens(lines[run_end]):
                run_end += 1
            widths = [x.end - x.start + x.indent for x in lines[i:run_end]]
            widest = max(widths)
            even = all(width >= widest - _RAGGED for width in widths[:-1])
        elif even and groups and _continues(notes, groups[-1][-1], line, widest):
            groups[-1].append(line)
            continue
        groups.append([line])
    return groups


def _opens(line: Line) -> bool:
    return bool(line.after_blank or line.bullet or line.heading or line.speaker or line.header or line.keyed)


def _continues(notes: str, before: Line, line: Line, widest: int) -> bool:
    if before.heading or before.header:
        return False
    if before.quoted != line.quoted or not 45 <= widest <= 125:
        return False
    if before.bullet and line.indent <= before.indent:
        return False
    if not before.bullet and line.indent != before.indent:
        return False
    if (before.keyed and ending_of(notes, before) in ".;") or "|" in notes[before.start : before.end]:
        return False
    text = notes[line.start : line.end]
    first = text.split(None, 1)[0] if text.split() else ""
    width = before.end - before.start + before.indent + len(before.bullet)
    if width < 40 or width + 1 + len(first) <= widest - 4 or ending_of(notes, before) in ".!?:;":
        return False
    # a line that was only wrapped goes on with a plain word, or breaks off behind a comma or a small word
    words = wordlists()
    low = first.strip(",.;:!?()'\"").casefold()
    plain = first[:1].islower() and (low in words["function"] or low in words["ordinary"] or low in words["company"])
    before_last = notes[before.start : before.end].rsplit(None, 1)[-1].casefold()
    return plain or ending_of(notes, before) == "," or before_last in _UNENDED


def ending_of(notes: str, line: Line) -> str:
    """Return the last character of a line."""
    return notes[line.end - 1 : line.end]


def _nest(groups: Sequence[list[Line]]) -> list[Unit]:
    units: list[Unit] = []
    stack: list[int] = []  # indices of the units that the next one may stand under, by depth
    headings: list[int] = []
    going_on = _going_on([lines[0] for lines in groups])
    for index, lines in enumerate(groups):
        line = lines[0]
        if line.heading:
            while headings and units[headings[-1]].first.heading >= line.heading:
                headings.pop()
            parent_heading = headings[-1] if headings else None
            headings.append(index)
            stack = []
            units.append(Unit(index, line.start, lines[-1].end, tuple(lines), None, parent_heading))
            continue
        if line.speaker and line.timed:
            stack = []
        if headings and line.after_blank and not line.bullet and not line.indent:
            top = units[headings[-1]].first
            if top.heading == HEADS and not top.section and not top.day:
                headings.pop()
        while stack and not _under(units[stack[-1]].first, line) and going_on.get(index) != stack[-1]:
            stack.pop()
        if line.after_blank and not (stack and line.indent > units[stack[-1]].first.indent):
            stack = []
        parent = stack[-1] if stack else None
        units.append(Unit(index, line.start, lines[-1].end, tuple(lines), parent, headings[-1] if headings else None))
        stack.append(index)
    return units


_LEAST = 2  # items that go on below their first line


def _going_on(lines: Sequence[Line]) -> dict[int, int]:
    """Return the plain lines right below an item of a list with the item, where the items of these notes go on so.

    "1) Acme 80k" and, no deeper, "They want to pay late", then "2) Globex 40k".
    """
    found: dict[int, int] = {}
    item: int | None = None
    between: set[int] = set()  # items with plain lines before the next one
    last: int | None = None
    for index, line in enumerate(lines):
        if line.bullet:
            above = lines[index - 1] if index and not line.after_blank else None
            if above is not None and not (above.bullet or above.heading or above.header or index - 1 in found):
                return {}  # a plain line heads the items right below it
            between |= {last} & set(found.values()) if last is not None else set()
            item = last = index
        elif line.after_blank or line.heading or line.speaker or line.header or line.keyed or line.quoted:
            item = None
        elif item is not None and line.indent == lines[item].indent and not lines[item].quoted:
            found[index] = item
    return found if len(between) >= _LEAST else {}


def _under(above: Line, line: Line) -> bool:
    """Tell whether `line` stands below `above`: deeper in, or a bullet of another kind right under a bare line."""
    if line.indent > above.indent + (1 if above.bullet else 0):
        return True
    if line.quoted and not above.quoted:
        return not line.after_blank
    if line.keyed and not above.keyed and not line.bullet:
        return line.indent >= above.indent and not line.after_blank
    return line.indent >= above.indent and bool(line.bullet) and not above.bullet and not line.after_blank
