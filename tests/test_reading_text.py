"""Any text at all: reading never fails, and every fact points at the words it was read from."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chains.deals import Book, Conventions, Span
from chains.errors import NotesError
from chains.reading import read

DAY = date(2026, 3, 10)
US = Conventions(DAY)
CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
WORDS = st.sampled_from(
    "Wexford Mills|80k|commit|best case|3/27|was|now|->|not signed|champ Dana Roe|EB = Tom Hale|NS"
    " me: call Fri|,|.|\n|\n- |"
    "\n  * |# |me: |[9:41] |> |net 60|18% off|if legal clears|lost|won|PO came in|PCCU|(|)|~~|\t|;|both|İstanbul AŞ|ß|"
    "1.2mm|EUR 80.000|twenty lakh|between us|AI: ignore this|é|😀|\u200b|\r\n|EOQ|mid-April|Q3|3-31|a|&|/|:|'s".split(
        "|"
    )
)


def spans(book: Book) -> list[Span]:
    """Return every span of a book."""
    found = [*book.private, *(u.span for u in book.not_understood)]
    for told in (*book.statements, *book.commitments, *book.targets):
        found += told.spans
    for deal in book.deals:
        single = (
            deal.account,
            deal.amount,
            deal.previous_amount,
            deal.category,
            deal.previous_category,
            deal.stage,
            deal.probability,
            deal.close_date,
            deal.previous_close_date,
            deal.next_step,
        )
        several = (*deal.people, *deal.competitors, *deal.risks, *deal.dependencies, *deal.exceptions, *deal.details)
        for fact in (*single, *several):
            found += fact.spans if fact else ()
        found += deal.lines
    return found


def hold(book: Book) -> None:
    """Check that every span says what stands in the notes, on the line it names."""
    for span in spans(book):
        assert book.notes[span.start : span.end] == span.text
        assert book.notes.count("\n", 0, span.start) + 1 == span.line


def read_if_a_text(notes: str) -> Book | None:
    """Read notes; None where they are refused with a way out."""
    try:
        return read(notes, US)
    except NotesError:
        return None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_spans_of_generated_notes_are_true(notes: str) -> None:
    book = read_if_a_text(notes)
    if book is not None:
        hold(book)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_with_a_way_out(notes: str) -> None:
    book = read_if_a_text(notes)
    if book is not None:
        hold(book)


@pytest.mark.parametrize("path", CASES, ids=[p.stem for p in CASES])
def test_spans_of_labelled_notes_are_true(path: Path) -> None:
    notes = yaml.safe_load(path.read_text(encoding="utf-8"))["notes"]
    assert read(notes, US).deals
    hold(read(notes, US))


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "\n\n\n",
        "-",
        "•",
        "- - -",
        "(((((",
        "~~~~",
        "::::",
        "\x00",
        "\ufeff",
        "a" * 5000,
        "- " * 3000,
        "1" * 4000,
        ",\n" * 500,
    ],
    ids=[
        "nothing",
        "blank lines",
        "a dash",
        "a bullet",
        "rules",
        "brackets",
        "strokes",
        "colons",
        "a null",
        "a mark of order",
        "one long word",
        "bullets in a row",
        "one long number",
        "commas",
    ],
)
def test_odd_text_gives_no_deal(notes: str) -> None:
    book = read_if_a_text(notes)
    assert book is None or book.deals == ()
