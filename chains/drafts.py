"""What is said and what was written: `Point`s in a `Plan`, `Sentence`s in a `Draft`, `Finding`s about it.

Plan and wording are apart: a plan holds facts, order and reasons; a draft holds words, each with its sources.
"""

from dataclasses import dataclass
from typing import Literal

from chains.deals import Span
from chains.kinds import Topic
from chains.requests import NOBODY, Manager, Request
from chains.scenarios import Scenarios

Layer = Literal["A", "B", "C"]
Severity = Literal["error", "warning", "info"]
Format = Literal["markdown", "plain", "slack", "html"]


@dataclass(frozen=True, slots=True)
class Computed:
    """Name a value that code worked out (never a model), as it may be said: `("base", "$229k")`."""

    name: str
    value: str


Source = Span | Computed


@dataclass(frozen=True, slots=True)
class PracticeFound:
    """Hold a practice of the knowledge base and why it was found for this request."""

    id: str
    title: str
    source: str  # article and publisher, or the playbook's file and heading
    reason: str
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """Hold one point to make: where it belongs, why the manager needs it, and the facts it stands on.

    `role` says what the realizer does with it (e.g. "answer", "scenario", "bad_news", "deal", "exception", "capacity",
    "ask", "cost", "question"); `accounts` are the deals it is about; `facts` are named values for the wording.
    """

    role: str
    layer: Layer
    reason: str
    accounts: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    facts: tuple[tuple[str, object], ...] = ()
    sources: tuple[Source, ...] = ()
    practices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold what will be said, in order, before any wording."""

    request: Request
    points: tuple[Point, ...]
    topics: tuple[Topic, ...]
    scenarios: Scenarios | None
    practices: tuple[PracticeFound, ...]
    manager: Manager = NOBODY


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold one sentence with what it stands on."""

    text: str
    sources: tuple[Source, ...] = ()
    practices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Hold a run of sentences: a paragraph (`layout="prose"`) or a list, one item each (`layout="bullets"`).

    `role` is what the section is for; `heading` may be empty: then none is shown.
    """

    role: str
    sentences: tuple[Sentence, ...]
    heading: str = ""
    layout: Literal["prose", "bullets"] = "prose"


@dataclass(frozen=True, slots=True)
class Finding:
    """Point at something in a draft (`start`, `end`: offsets into its text) that the notes do not bear out."""

    severity: Severity
    kind: str  # figure, date, attribution, name, status, sum, unit, private, ...
    start: int
    end: int
    text: str
    message: str  # what was found and what the notes say instead, with the line
    fix: str  # what to do


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold a written text: its sections with sources, who wrote it, and what the check found."""

    request: Request
    sections: tuple[Section, ...]
    writer: str  # "embedded" or the model's name
    topics: tuple[Topic, ...] = ()
    practices: tuple[PracticeFound, ...] = ()
    scenarios: Scenarios | None = None
    findings: tuple[Finding, ...] = ()
    prompt: str = ""  # prompt name and hash where a model wrote
    remark: str = ""  # one sentence to the rep, e.g. why the embedded writer took over
