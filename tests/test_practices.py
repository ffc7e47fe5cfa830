"""Practices are looked up by the request, the deals' states and the notes' own words, each a query of its own."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from chains.deals import Book, Conventions, Deal, ExceptionWanted, Fact, Money, Risk, Statement
from chains.kinds import Category, ExceptionKind, RiskKind, StatementKind
from chains.practices import ScriptedLibrary, find_practices, queries_for, states_of
from chains.requests import Request

CONVENTIONS = Conventions(date(2026, 3, 13))


@dataclass(frozen=True)
class Found:
    id: str
    title: str = "A title"
    source: str = "An article"
    passage: str = ""


def book(deal: Deal, *statements: Statement) -> Book:
    return Book("", CONVENTIONS, (deal,), tuple(Fact(s) for s in statements))


AMOUNT = Fact(Money(Decimal(1000), "USD"))


@pytest.mark.parametrize(
    ("deal", "state"),
    [
        (Deal(Fact("Globex"), amount=AMOUNT, risks=(Fact(Risk(RiskKind.TIMELINE_SLIP, "pushed")),)), "slipped"),
        (Deal(Fact("Globex"), amount=AMOUNT, risks=(Fact(Risk(RiskKind.GONE_DARK, "no word")),)), "gone_dark"),
        (Deal(Fact("Globex"), amount=AMOUNT, category=Fact(Category.CLOSED_WON)), "won"),
        (Deal(Fact("Globex"), amount=AMOUNT, category=Fact(Category.CLOSED_LOST)), "lost"),
        (
            Deal(
                Fact("Globex"),
                amount=AMOUNT,
                category=Fact(Category.BEST_CASE),
                previous_category=Fact(Category.COMMIT),
            ),
            "downgraded",
        ),
        (
            Deal(
                Fact("Globex"),
                amount=AMOUNT,
                close_date=Fact(date(2026, 3, 1)),
                previous_close_date=Fact(date(2026, 4, 1)),
            ),
            "pulled_in",
        ),
        (
            Deal(Fact("Globex"), amount=AMOUNT, exceptions=(Fact(ExceptionWanted(ExceptionKind.DISCOUNT, "18%")),)),
            "discount_asked",
        ),
        (Deal(Fact("Globex")), "amount_missing"),
    ],
)
def test_a_deal_tells_its_state(deal: Deal, state: str) -> None:
    assert state in states_of(book(deal), Request("update"))


def test_the_request_the_states_and_the_notes_are_queries_of_their_own() -> None:
    deal = Deal(Fact("Globex"), amount=AMOUNT, risks=(Fact(Risk(RiskKind.GONE_DARK, "no word since 5/12, 4 emails")),))
    queries = queries_for(book(deal), Request("update", "How's Q1 looking?"))
    assert any("How's Q1 looking?" in q for q in queries)
    assert any("gone dark" in q for q in queries)
    assert "no word since 5/12, 4 emails" in queries


def test_an_ask_is_looked_up_by_its_own_words() -> None:
    ask = Statement(StatementKind.ASK, "want one dedicated SE for Q2 + Q3")
    library = ScriptedLibrary([Found("ask-ladder")])
    found = find_practices(book(Deal(Fact("Globex")), ask), Request("ask"), library)
    assert [p.id for p in found] == ["ask-ladder"]
    assert found[0].reason
    assert ask.text in library.asked[0][0]


def test_a_scripted_library_that_is_asked_too_often_is_an_error() -> None:
    with pytest.raises(LookupError):
        ScriptedLibrary().find(["anything"])
