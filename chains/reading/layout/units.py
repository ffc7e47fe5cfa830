"""The layout of notes in two shapes: a `Line` with what opens it, and a `Unit` of lines put down in one go."""

from dataclasses import dataclass
from typing import NamedTuple

HEADS = 7  # the level of a line that heads what follows without being marked as a heading


class Line(NamedTuple):
    """Hold one line: where its text starts and ends, how deep it stands and what opens it."""

    start: int  # of the text after indentation, quote mark, bullet, time and speaker
    end: int
    number: int
    indent: int
    bullet: str = ""
    heading: int = 0  # 1..6 for a Markdown heading, 7 for a line that heads what follows
    speaker: str = ""
    timed: bool = False
    header: str = ""  # the name of an e-mail header
    quoted: bool = False
    after_blank: bool = False
    keyed: bool = False  # holds one field of what stands above: "Amount: 80k"
    task: str = ""  # "open" or "done" for a line with a box to tick
    entry: bool = False  # stands behind the day of a diary's entry
    day: bool = False  # is nothing but the day of a diary's entry
    section: bool = False  # heads several deals: "Commit", "WON (3)"


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold one stretch of the notes and its place in the layout."""

    index: int
    start: int
    end: int
    lines: tuple[Line, ...]
    parent: int | None  # the index of the unit it stands under
    heading_of: int | None  # the index of the heading it stands under

    @property
    def first(self) -> Line:
        """Return its first line."""
        return self.lines[0]
