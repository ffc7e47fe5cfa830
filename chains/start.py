"""Where the parts are joined: `Settings` come in, an opened library, writer or whole pipeline goes out.

The command line and the page both start here, so that there is one way to put Foreword together.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chains.errors import KnowledgeFault
from chains.settings import Settings
from chains.writing import Writer

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from chains.pipeline import Job, Outcome
    from chains.practices import Passage
    from knowledge.library import Library

EMBEDDED = "embedded"


@contextmanager
def open_library(settings: Settings) -> Iterator["Library"]:
    """Open the knowledge base in the data folder; its faults come out as KnowledgeFault."""
    from knowledge.errors import KnowledgeError
    from knowledge.library import Library

    try:
        yield Library(settings.data_folder / "knowledge")
    except KnowledgeError as error:
        raise KnowledgeFault(error.message, error.way_out) from error


class OpenedLibrary:
    """Find passages and tell faults of the knowledge base in the words of the chains."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._library: Library | None = None

    def find(self, queries: Sequence[str], n: int = 5, *, states: Sequence[str] = ()) -> "Sequence[Passage]":
        """Return the `n` passages that fit the queries best; open the knowledge base at the first call."""
        with open_library(self._settings) as fresh:
            if self._library is None:
                self._library = fresh
            return self._library.find(queries, n, states=states)

    @property
    def notices(self) -> Sequence[str]:
        """Return what the knowledge base has to say to the user, empty while it is closed."""
        return tuple(self._library.notices) if self._library else ()


def ready(settings: Settings, writer: str | None = None) -> "Runnable[Job, Outcome]":
    """Join the pipeline: `writer` is "embedded", a model's name, or None for what the settings say."""
    from chains.pipeline import pipeline

    embedded = embedded_writer()
    name = writer or settings.model or EMBEDDED
    chosen = embedded if name == EMBEDDED else model_writer(settings, name)
    return pipeline(chosen, OpenedLibrary(settings), None if chosen is embedded else embedded)


def embedded_writer() -> Writer:
    """Return the writer that needs no key and no network."""
    from chains.writing.embedded import EmbeddedWriter

    return EmbeddedWriter()


def model_writer(settings: Settings, name: str) -> Writer:
    """Return the writer that asks the model `name` at the base URL of the settings."""
    from chains.writing.model import ModelWriter

    return ModelWriter(name, settings)
