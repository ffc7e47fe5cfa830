"""What a rep sets by hand in the table of deals."""

from datetime import date
from decimal import Decimal

import pytest

from chains.deals import Book, Conventions, Deal, Fact, Money, NextStep, Person, Risk, Span
from chains.kinds import Basis, Category, RiskKind
from pages.mending import Edits, keyed, mended, row_of

NOTES = "Tallgrass Foods 48k ARR commit 3/27, Dana Reyes is on it, legal is stuck\nKestrel Air"


def span(text: str) -> tuple[Span, ...]:
    start = NOTES.index(text)
    return (Span.of(NOTES, start, start + len(text)),)


BOOK = Book(
    NOTES,
    Conventions(date(2026, 3, 13), "EUR"),
    (
        Deal(
            Fact("Tallgrass Foods", span("Tallgrass Foods")),
            amount=Fact(Money(Decimal(48000), "USD", Basis.ARR), span("48k ARR")),
            category=Fact(Category.COMMIT, span("commit")),
            close_date=Fact(date(2026, 3, 27), span("3/27")),
            next_step=Fact(NextStep("call legal", "me", date(2026, 3, 16))),
            people=(
                Fact(Person("Pam Ott", "champion", left=True)),
                Fact(Person("Dana Reyes", "champion"), span("Dana Reyes")),
            ),
            risks=(Fact(Risk(RiskKind.LEGAL, "legal is stuck"), span("legal is stuck")),),
        ),
        Deal(Fact("Kestrel Air", span("Kestrel Air"))),
    ),
)


def the_deal(changes: dict[str, object]) -> Deal:
    return mended(BOOK, Edits().with_changes("Tallgrass Foods", changes)).deals[0]


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        pytest.param({"amount": 50500.5}, "amount", Money(Decimal("50500.5"), "USD", Basis.ARR), id="a new amount"),
        pytest.param({"amount": 1200000.0}, "amount", Money(Decimal(1200000), "USD", Basis.ARR), id="a large amount"),
        pytest.param({"basis": "TCV"}, "amount", Money(Decimal(48000), "USD", Basis.TCV), id="the basis alone"),
        pytest.param({"currency": "INR"}, "amount", Money(Decimal(48000), "INR", Basis.ARR), id="the currency alone"),
        pytest.param(
            {"currency": None},
            "amount",
            Money(Decimal(48000), "EUR", Basis.ARR),
            id="no currency is the one that is set",
        ),
        pytest.param({"category": "Best case"}, "category", Category.BEST_CASE, id="a category"),
        pytest.param({"close_date": "2026-04-10"}, "close_date", date(2026, 4, 10), id="a day as the table sends it"),
        pytest.param(
            {"owner": "Miguel"},
            "next_step",
            NextStep("call legal", "Miguel", date(2026, 3, 16)),
            id="who does the next step",
        ),
        pytest.param({"due": None}, "next_step", NextStep("call legal", "me"), id="no day for the next step"),
    ],
)
def test_a_fact_set_by_hand_has_its_value_and_no_span(changes: dict[str, object], field: str, value: object) -> None:
    fact = getattr(the_deal(changes), field)
    assert (fact.value, fact.spans) == (value, ())


@pytest.mark.parametrize("field", ["amount", "category", "close_date", "next_step", "stage"])
def test_a_cell_made_empty_is_not_stated(field: str) -> None:
    assert getattr(the_deal({field: None}), field) is None


def test_a_new_champion_takes_the_place_of_the_one_there_and_not_of_the_one_who_left() -> None:
    deal = the_deal({"champion": "Sam Whitlow"})
    assert deal.person("champion") == Fact(Person("Sam Whitlow", "champion"))
    assert [p.value.name for p in deal.people] == ["Sam Whitlow", "Pam Ott"]


def test_a_risk_that_stays_keeps_its_span_and_one_that_is_added_has_none() -> None:
    deal = the_deal({"risks": ["Legal", "Gone dark"]})
    assert [(r.value.kind, bool(r.spans)) for r in deal.risks] == [(RiskKind.LEGAL, True), (RiskKind.GONE_DARK, False)]


def test_a_renamed_account_is_still_found_by_the_name_in_the_notes() -> None:
    book = mended(BOOK, Edits().with_changes("Tallgrass Foods", {"account": "Tallgrass Foods Group"}))
    assert book.deal("tallgrass foods") is book.deals[0]
    assert book.deals[0].name == "Tallgrass Foods Group"


def test_edits_on_edits_hold_together() -> None:
    edits = Edits().with_changes("Tallgrass Foods", {"amount": 1.0}).with_changes("Tallgrass Foods", {"category": None})
    deal = mended(BOOK, edits).deals[0]
    assert deal.amount is not None
    assert deal.amount.value.amount == 1
    assert deal.category is None
    assert edits.by_hand("Tallgrass Foods") == {"amount", "category"}
    assert mended(BOOK, edits.as_read("Tallgrass Foods")) == BOOK


def test_a_deal_is_added_taken_out_and_put_back() -> None:
    added = Edits().with_deal("Halden Labs").with_changes("Halden Labs", {"amount": 9000.0})
    assert [d.name for d in mended(BOOK, added).deals] == ["Tallgrass Foods", "Kestrel Air", "Halden Labs"]
    assert mended(BOOK, added.without_deal("Halden Labs")) == BOOK
    without = Edits().without_deal("Kestrel Air")
    assert [d.name for d in mended(BOOK, without).deals] == ["Tallgrass Foods"]
    assert mended(BOOK, without.with_deal("Kestrel Air")) == BOOK


def test_two_deals_of_one_account_are_edited_apart() -> None:
    twice = Book(NOTES, BOOK.conventions, (BOOK.deals[1], BOOK.deals[1]))
    edits = Edits().with_changes("Kestrel Air (2)", {"amount": 5.0})
    assert [(key, deal.amount is not None) for key, deal in keyed(twice, edits)] == [
        ("Kestrel Air", False),
        ("Kestrel Air (2)", True),
    ]


def test_edits_for_a_deal_that_is_gone_from_the_notes_wait_for_it() -> None:
    edits = Edits().with_changes("Tallgrass Foods", {"amount": 5.0})
    shorter = Book(NOTES, BOOK.conventions, BOOK.deals[1:])
    assert mended(shorter, edits) == shorter
    assert mended(BOOK, edits) != BOOK


def test_no_edit_changes_nothing() -> None:
    assert mended(BOOK, Edits()) == BOOK
    assert row_of(BOOK.deals[0])["champion"] == "Dana Reyes"
