"""The whole way as one LangChain Runnable: a `Job` comes in, an `Outcome` with the checked `Draft` goes out.

    read the notes | find the practices | plan the points | write the draft | check it

`invoke` returns the outcome; `stream` yields the text while a model writes it and, last, the outcome with its draft.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda

from chains.check import check
from chains.deals import Book, Conventions
from chains.drafts import Computed, Draft, Plan, PracticeFound
from chains.errors import KnowledgeFault, ModelError, PromptError
from chains.formats import written
from chains.plan import plan
from chains.practices import Library, find_practices
from chains.reading import read
from chains.requests import Request
from chains.tracing import no_tracing
from chains.writing import Writer

NO_DEAL = "No deal was found in these notes. Name each account with what you know: amount, close date, where it stands."


@dataclass(frozen=True, slots=True)
class Job:
    """Hold what a rep hands in: notes (or a book they have mended) and what is wanted."""

    notes: str
    conventions: Conventions
    request: Request
    last: Book | None = None  # last week's book, where there is one
    book: Book | None = None  # read already, perhaps mended by hand


@dataclass(frozen=True, slots=True)
class Work:
    """Hold what the stages before writing have come to."""

    job: Job
    book: Book
    practices: tuple[PracticeFound, ...] = ()
    remark: str = ""
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold a piece of text while it is written and, at the end, the draft and the book it stands on."""

    piece: str = ""
    draft: Draft | None = None
    book: Book | None = None

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.piece + other.piece, other.draft or self.draft, other.book or self.book)


def pipeline(writer: Writer, library: Library | None, fallback: Writer | None = None) -> Runnable[Job, Outcome]:
    """Join the stages; `fallback` writes where `writer` raises ModelError, `library` None leaves practices out."""
    no_tracing()
    return (
        RunnableLambda(_read, name="read")
        | RunnableLambda(_find(library), name="find practices")
        | RunnableLambda(_plan, name="plan")
        | RunnableGenerator(_write(writer, fallback), name="write")
        | RunnableGenerator(_check, name="check")
    )


def _read(job: Job) -> Work:
    book = job.book or read(job.notes, job.conventions)
    return Work(job, book, remark="" if book.deals or job.request.kind != "update" else NO_DEAL)


def _find(library: Library | None) -> Callable[[Work], Work]:
    def find(work: Work) -> Work:
        if library is None:
            return work
        try:
            found = find_practices(work.book, work.job.request, library)
            return replace(work, practices=found, remark=_joined(work.remark, *library.notices))
        except KnowledgeFault as error:  # a draft without practices is better than none
            return replace(work, remark=_joined(work.remark, f"No practices this time: {error}"))

    return find


def _plan(work: Work) -> Work:
    return replace(work, plan=plan(work.book, work.job.request, work.practices, work.job.last))


def _write(writer: Writer, fallback: Writer | None) -> Callable[[Iterator[Work]], Iterator[Outcome]]:
    def write(works: Iterator[Work]) -> Iterator[Outcome]:
        for work in works:
            assert work.plan is not None
            remark = work.remark
            try:
                for piece in writer.write(work.plan, work.book):
                    yield _outcome(piece, work.book, remark)
            except (ModelError, PromptError) as error:
                if fallback is None:
                    raise
                remark = _joined(remark, f"Written without {writer.name}: {error}")
                for piece in fallback.write(work.plan, work.book):
                    yield _outcome(piece, work.book, remark)

    return write


def _outcome(piece: str | Draft, book: Book, remark: str) -> Outcome:
    if isinstance(piece, str):
        return Outcome(piece)
    return Outcome("", replace(piece, remark=_joined(remark, piece.remark)), book)


def _joined(*remarks: str) -> str:
    return " ".join(r for r in remarks if r)


def _check(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    for outcome in outcomes:
        if outcome.draft is None or outcome.book is None:
            yield outcome
            continue
        before = _of_last_time(outcome.draft)
        findings = tuple(f for f in check(written(outcome.draft), outcome.book) if f.text not in before)
        yield replace(outcome, draft=replace(outcome.draft, findings=findings))


def _of_last_time(draft: Draft) -> frozenset[str]:
    """Return the values that a draft states of last time's notes: today's have nothing on them."""
    sources = (source for section in draft.sections for sentence in section.sentences for source in sentence.sources)
    return frozenset(s.value for s in sources if isinstance(s, Computed) and s.name in ("before", "base last time"))
