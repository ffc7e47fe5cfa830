"""A `Plan` to a `Draft`: points and their facts come in, sentences with their sources go out."""

from collections.abc import Iterator
from typing import Protocol

from chains.deals import Book
from chains.drafts import Draft, Plan


class Writer(Protocol):
    """The seam to whoever words the plan."""

    @property
    def name(self) -> str:
        """Return "embedded" or the model's name."""
        ...

    def write(self, plan: Plan, book: Book) -> Iterator[str | Draft]:
        """Yield pieces of text as they are written, where the writer has any to show, and last the whole draft.

        Raise ModelError where no usable text comes; pieces already yielded are then void.
        """
        ...


class ScriptedWriter:
    """Write what was handed in, one draft (or fault) a call; running out of them is an error."""

    name = "scripted"

    def __init__(self, *answers: Draft | Exception) -> None:
        self._answers = list(answers)

    def write(self, plan: Plan, book: Book) -> Iterator[str | Draft]:
        """Yield the next draft, its sentences first; raise where a fault is next."""
        if not self._answers:
            raise LookupError("the scripted writer has no answer left")
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        yield from (s.text for section in answer.sections for s in section.sentences)
        yield answer
