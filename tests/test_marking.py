"""Notes cut in lines and marked parts."""

from datetime import date
from decimal import Decimal

import pytest

from chains.deals import Book, Conventions, Deal, Fact, Money, Span
from pages.marking import Part, Quote, fact_rows, marked_lines, money_text, quotes
from pages.mending import Edits

NOTES = "İzmir Tekstil 48k\n\nnext: call <b>Ayşe</b>"


def span(text: str) -> Span:
    start = NOTES.index(text)
    return Span.of(NOTES, start, start + len(text))


def test_lines_are_numbered_and_marked_where_the_spans_are() -> None:
    assert marked_lines(NOTES, {"fact": [span("48k"), span("Ayşe")]}) == (
        Quote(1, (Part("İzmir Tekstil "), Part("48k", "fact"))),
        Quote(2, ()),
        Quote(3, (Part("next: call <b>"), Part("Ayşe", "fact"), Part("</b>"))),
    )


def test_of_marks_that_overlap_the_last_named_wins() -> None:
    first = marked_lines(NOTES, {"fact": [span("İzmir Tekstil 48k")], "private": [span("48k")]})[0]
    assert first.parts == (Part("İzmir Tekstil ", "fact"), Part("48k", "private"))


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        pytest.param(["48k", "İzmir"], [1], id="two spans on a line make one quote"),
        pytest.param(["48k\n\nnext"], [1, 2, 3], id="a span over lines quotes each"),
        pytest.param(["Ayşe", "48k"], [1, 3], id="quotes follow the notes"),
        pytest.param([], [], id="no span, no quote"),
    ],
)
def test_quotes_are_the_lines_of_the_spans(texts: list[str], lines: list[int]) -> None:
    assert [q.line for q in quotes(NOTES, [span(t) for t in texts])] == lines


def test_a_long_line_is_cut_around_its_mark() -> None:
    notes = "a " * 400 + "48k" + " b" * 400
    quote = quotes(notes, [Span.of(notes, 800, 803)])[0]
    text = "".join(p.text for p in quote.parts)
    assert Part("48k", "fact") in quote.parts
    assert len(text) < 200
    assert text.startswith("… ")


def test_a_fact_says_whether_it_was_read_inferred_set_by_hand_or_not_stated() -> None:
    deal = Deal(
        Fact("İzmir Tekstil", (span("İzmir Tekstil"),)),
        amount=Fact(Money(Decimal(48000), "TRY"), (span("48k"),), inferred=True),
    )
    book = Book(NOTES, Conventions(date(2026, 3, 13)), (deal,))
    edits = Edits().with_changes("İzmir Tekstil", {"champion": "Ayşe"})
    rows = {row.name: row for row in fact_rows(book, edits, "İzmir Tekstil")}
    assert (rows["Account"].remark, rows["Account"].quotes[0].line) == ("", 1)
    assert rows["Amount"].remark == "follows from this line"
    assert (rows["Champion"].value, rows["Champion"].remark, rows["Champion"].quotes) == ("Ayşe", "set by you", ())
    assert (rows["Category"].value, rows["Category"].remark) == ("not stated", "")


@pytest.mark.parametrize(
    ("money", "text"),
    [
        pytest.param(Money(Decimal(120000), "USD"), "USD 120,000", id="whole"),
        pytest.param(Money(Decimal("99.5"), "EUR"), "EUR 99.50", id="with cents"),
        pytest.param(
            Money(Decimal(400000), "USD", low=Decimal(380000), high=Decimal(420000), approximate=True),
            "about USD 380,000 to 420,000, middle 400,000",
            id="a range",
        ),
    ],
)
def test_an_amount_is_written_in_full(money: Money, text: str) -> None:
    assert money_text(money) == text
