"""What moved between two weeks: pairs of books as data, changes as data."""

from datetime import date
from decimal import Decimal

import pytest

from chains.changes import changes, times_pushed
from chains.deals import Book, Conventions, Deal, Detail, Fact, Money, Span
from chains.kinds import Basis, Category

COMMIT, BEST, PIPELINE = Category.COMMIT, Category.BEST_CASE, Category.PIPELINE


def deal(
    name: str = "Brackwater",
    amount: int | None = 100_000,
    category: Category | None = COMMIT,
    close: date | None = date(2026, 6, 26),
    before: date | None = None,
    currency: str = "USD",
    basis: Basis | None = None,
    details: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
) -> Deal:
    return Deal(
        account=Fact(name),
        aliases=aliases,
        amount=None if amount is None else Fact(Money(Decimal(amount), currency, basis)),
        category=None if category is None else Fact(category),
        close_date=None if close is None else Fact(close),
        previous_close_date=None if before is None else Fact(before),
        details=tuple(Fact(Detail("context", text)) for text in details),
    )


def book(*deals: Deal) -> Book:
    return Book("", Conventions(date(2026, 6, 1)), deals)


CASES = [
    pytest.param(deal(), deal(), [], id="the same deal has not moved"),
    pytest.param(
        deal(),
        deal(close=date(2026, 7, 10)),
        [("pushed", date(2026, 6, 26), date(2026, 7, 10), None)],
        id="a later date is a push",
    ),
    pytest.param(
        deal(before=date(2026, 5, 29)),
        deal(close=date(2026, 7, 10)),
        [("pushed", date(2026, 6, 26), date(2026, 7, 10), 2)],
        id="a deal that last week's notes had pushed already is pushed a second time",
    ),
    pytest.param(
        deal(),
        deal(close=date(2026, 7, 10), details=("3rd push, site prep is late",)),
        [("pushed", date(2026, 6, 26), date(2026, 7, 10), 3)],
        id="how often is taken from the notes where they tell it",
    ),
    pytest.param(
        deal(before=date(2026, 7, 30)),
        deal(close=date(2026, 7, 10)),
        [("pushed", date(2026, 6, 26), date(2026, 7, 10), None)],
        id="having been pulled in before is no earlier push",
    ),
    pytest.param(
        deal(),
        deal(close=date(2026, 6, 12)),
        [("pulled_in", date(2026, 6, 26), date(2026, 6, 12), None)],
        id="an earlier date is pulled in",
    ),
    pytest.param(
        deal(),
        deal(amount=80_000),
        [("amount_down", Money(Decimal(100_000), "USD"), Money(Decimal(80_000), "USD"), None)],
        id="a smaller amount is down",
    ),
    pytest.param(deal(), deal(amount=80_000, currency="EUR"), [], id="amounts of two currencies are not compared"),
    pytest.param(
        deal(basis=Basis.MRR), deal(amount=9, basis=Basis.ARR), [], id="amounts of two bases are not compared"
    ),
    pytest.param(
        deal(), deal(category=BEST), [("category_down", COMMIT, BEST, None)], id="from commit to best case is down"
    ),
    pytest.param(
        deal(category=PIPELINE), deal(), [("category_up", PIPELINE, COMMIT, None)], id="from pipeline to commit is up"
    ),
    pytest.param(
        deal(),
        deal(category=Category.CLOSED_WON, close=date(2026, 5, 30)),
        [("won", COMMIT, Category.CLOSED_WON, None)],
        id="a win is not called pulled in as well",
    ),
    pytest.param(
        deal(),
        deal(category=Category.CLOSED_LOST, close=None),
        [("lost", COMMIT, Category.CLOSED_LOST, None)],
        id="a loss is a loss",
    ),
    pytest.param(deal(close=None), deal(), [], id="a date that was not told before has not moved"),
    pytest.param(
        deal("Brackwater Ltd"), deal("brackwater"), [], id="a legal form or a small letter makes no other account"
    ),
    pytest.param(
        deal("Brackwater Marine"),
        deal("BWM", aliases=("Brackwater Marine",)),
        [],
        id="an alias is enough to know a deal again",
    ),
]


@pytest.mark.parametrize(("before", "after", "wanted"), CASES)
def test_a_deal_that_moved_is_told_by_kind(before: Deal, after: Deal, wanted: list[tuple[object, ...]]) -> None:
    found = changes(book(after), book(before))
    assert [(c.kind, c.before, c.after, c.times) for c in found] == wanted


def test_new_and_gone_deals_are_told_and_the_bad_news_comes_first() -> None:
    last = book(deal("Gone & Sons"), deal("Quay Lime"), deal("Old Win", category=Category.CLOSED_WON))
    now = book(deal("Freshly Met"), deal("Quay Lime", close=date(2026, 9, 30)))
    found = changes(now, last)
    assert [(c.kind, c.account) for c in found] == [
        ("pushed", "Quay Lime"),
        ("gone", "Gone & Sons"),
        ("new", "Freshly Met"),
    ]


def test_a_change_says_whether_the_deal_was_in_the_forecast() -> None:
    found = changes(
        book(deal("A", category=BEST), deal("B", category=BEST)), book(deal("A"), deal("B", category=PIPELINE))
    )
    assert [(c.account, c.called) for c in found] == [("A", True), ("B", False)]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("2nd push: 6/19 -> 7/24", 2),
        ("slipped twice already", 2),
        ("this is the third time they moved", 3),
        ("pushed 4 times", 4),
        ("their push notifications fail", None),
        ("first meeting went well", None),
    ],
)
def test_how_often_a_date_was_pushed_is_read_from_the_notes(text: str, times: int | None) -> None:
    line = Span(0, len(text), text, 1)
    assert times_pushed(Deal(account=Fact("Quay Lime"), lines=(line,))) == times


FORMS = [
    ("Molkerei Nord eG", "Molkerei Nord"),
    ("Molkerei Nord", "Molkerei Nord eG"),
    ("Turnverein Aue e.V.", "Turnverein Aue eV"),
    ("Zelinka Sro", "Zelinka"),
    ("Harth OHG", "Harth"),
    ("Fabre & Cie", "Fabre"),
    ("Dorn UG", "Dorn"),
]


@pytest.mark.parametrize(("before", "now"), FORMS, ids=[f[0] for f in FORMS])
def test_a_legal_form_more_or_less_is_the_same_account(before: str, now: str) -> None:
    told = changes(book(deal(now, close=date(2026, 6, 26))), book(deal(before, close=date(2026, 6, 5))))
    assert [c.kind for c in told] == ["pushed"]
