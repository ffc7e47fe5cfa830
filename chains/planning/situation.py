"""All that planning looks at, in one frozen object: what was read, asked and worked out."""

from dataclasses import dataclass

from chains.anticipate import Anticipation
from chains.changes import Change
from chains.deals import Book
from chains.planning.manner import Asked, Manner
from chains.planning.standing import Standing
from chains.requests import Manager, Request
from chains.scenarios import Scenarios


@dataclass(frozen=True, slots=True)
class Situation:
    """Hold all that planning a text looks at."""

    book: Book
    request: Request
    scenarios: Scenarios
    asked: Asked
    manner: Manner
    standings: tuple[Standing, ...]
    anticipations: tuple[Anticipation, ...]
    manager: Manager
    changes: tuple[Change, ...] | None = None  # None: no book of last week
    last: Scenarios | None = None  # last week's scenarios for the same period
