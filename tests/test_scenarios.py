"""Scenarios follow the rule: which deals count, what pulls base to worst, and what is never added up."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from chains.deals import Book, Conventions, Deal, Fact, Money, Risk, Target
from chains.kinds import Basis, Category, RiskKind
from chains.periods import Period
from chains.scenarios import work_out

Q1 = Period(date(2026, 1, 1), date(2026, 3, 31), "Q1")


def deal(
    name: str,
    thousands: int | None,
    category: Category | None,
    close: date | None = date(2026, 3, 31),
    *risks: RiskKind,
    currency: str = "USD",
    basis: Basis | None = Basis.ARR,
) -> Deal:
    return Deal(
        Fact(name),
        amount=None if thousands is None else Fact(Money(Decimal(thousands * 1000), currency, basis)),
        category=Fact(category) if category else None,
        close_date=Fact(close) if close else None,
        risks=tuple(Fact(Risk(r, r.value)) for r in risks),
    )


def sums(*deals: Deal) -> tuple[int, int, int] | None:
    total = work_out(Book("", Conventions(date(2026, 2, 24)), deals), Q1).total
    return total and (int(total.worst), int(total.base), int(total.best))


@pytest.mark.parametrize(
    ("deals", "wanted"),
    [
        pytest.param([deal("A", 64, Category.CLOSED_WON)], (64000, 64000, 64000), id="won counts in every case"),
        pytest.param([deal("A", 45, Category.COMMIT)], (45000, 45000, 45000), id="a commit without a risk is safe"),
        pytest.param(
            [deal("A", 120, Category.COMMIT, Q1.end, RiskKind.LEGAL)],
            (0, 120000, 120000),
            id="an open risk takes a commit out of the worst case",
        ),
        pytest.param([deal("A", 88, Category.BEST_CASE)], (0, 0, 88000), id="best case only lifts the best"),
        pytest.param([deal("A", 90, Category.PIPELINE)], (0, 0, 0), id="pipeline never counts"),
        pytest.param([deal("A", 90, None)], (0, 0, 0), id="without a category it never counts"),
        pytest.param([deal("A", 90, Category.OMITTED)], (0, 0, 0), id="omitted never counts"),
        pytest.param([deal("A", 90, Category.CLOSED_LOST)], (0, 0, 0), id="lost never counts"),
        pytest.param(
            [deal("A", 90, Category.COMMIT, date(2026, 4, 1))], (0, 0, 0), id="a close after the period is out"
        ),
        pytest.param([deal("A", 90, Category.COMMIT, None)], (0, 0, 0), id="without a close date it is out"),
        pytest.param(
            [deal("A", 10, Category.COMMIT, basis=None), deal("B", 5, Category.COMMIT)],
            (15000, 15000, 15000),
            id="an amount whose basis is not told joins the one that is",
        ),
        pytest.param(
            [deal("A", 10, Category.COMMIT), deal("B", 5, Category.COMMIT, currency="EUR")],
            None,
            id="two currencies are never added",
        ),
        pytest.param(
            [deal("A", 10, Category.COMMIT), deal("B", 5, Category.COMMIT, basis=Basis.MRR)],
            None,
            id="two bases are never added",
        ),
        pytest.param(
            [deal("A", 10, Category.COMMIT), deal("B", 5, Category.PIPELINE, currency="EUR")],
            (10000, 10000, 10000),
            id="a currency that does not count does not mix",
        ),
    ],
)
def test_the_rule(deals: list[Deal], wanted: tuple[int, int, int] | None) -> None:
    assert sums(*deals) == wanted


def test_a_missing_amount_is_told_and_counts_as_nothing() -> None:
    found = work_out(Book("", Conventions(date(2026, 2, 24)), (deal("A", None, Category.COMMIT),)), Q1)
    assert found.missing == ("A",)
    assert found.total is not None
    assert found.total.base == 0


def test_the_gap_is_the_target_minus_base() -> None:
    target = Fact(Target(Money(Decimal(500_000), "USD"), Q1.start, Q1.end))
    book = Book("", Conventions(date(2026, 2, 24)), (deal("A", 467, Category.COMMIT),), targets=(target,))
    assert work_out(book, Q1).gap == Decimal(33_000)


def test_the_labelled_cases_give_their_scenarios() -> None:
    from chains.periods import period_asked
    from evals.cases import load_cases

    checked = 0
    for case in load_cases(Path(__file__).parent / "cases"):
        if case.expect.scenarios is None:
            continue
        total = work_out(case.book(), period_asked(case.request.question or "", case.conventions())).total
        wanted = case.expect.scenarios
        assert total is not None, case.id
        assert (total.worst, total.base, total.best) == (wanted.worst, wanted.base, wanted.best), case.id
        checked += 1
    assert checked >= 3
