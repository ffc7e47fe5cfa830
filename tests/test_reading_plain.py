"""Everyday wordings of a rep: invented notes come in, the facts read from them are looked at."""

from datetime import date

import pytest

from chains.deals import Book, Conventions, Deal
from chains.reading import read


def _book(notes: str, as_of: str = "2026-06-05") -> Book:
    return read(notes, Conventions(date.fromisoformat(as_of), "EUR", "DMY", 1))


def _deal(words: str) -> Deal:
    (deal,) = _book(f"- Halcyon Labs 130k, 24/6, {words}").deals
    return deal


@pytest.mark.parametrize(
    ("told", "basis"),
    [
        ("EUR, per-annum recurring for all of them.", "ARR"),
        ("Every amt = total over the 3 yr term.", "TCV"),
        ("Everything = supply + install, ex VAT.", "one_time"),
        ("The rest (pumps at purchase price, one payment):", "one_time"),
    ],
)
def test_a_sentence_gives_all_figures_their_basis(told: str, basis: str) -> None:
    book = _book(f"{told}\n\n- Halcyon Labs 130k, commit 24/6\n- Verdant Inns 75k, pipeline\n")
    assert [d.amount.value.basis.value for d in book.deals if d.amount and d.amount.value.basis] == [basis, basis]


def test_a_basis_of_one_deal_is_not_that_of_all() -> None:
    book = _book("- Halcyon Labs 130k a year, commit 24/6\n- Verdant Inns 75k, pipeline, talked to all of them\n")
    assert [d.amount.value.basis for d in book.deals if d.amount][1] is None


def test_bare_numbers_that_count_deals_off_are_no_part_of_the_names() -> None:
    notes = (
        "[8:03] Ines: q2 for the boss\n[8:04] Ines: 1 Halcyon Labs 130k commit 24/6\n"
        "[8:05] Ines: 2 Verdant Inns 75k pipeline 30/9\n[8:06] Ines: ok. 3 Tallow Works 40k best case 26/6\n"
    )
    assert [d.account.value for d in _book(notes).deals] == ["Halcyon Labs", "Verdant Inns", "Tallow Works"]


def test_a_single_number_in_a_name_stays() -> None:
    assert [d.account.value for d in _book("- 1 Harbour Row 130k, commit 24/6").deals] == ["1 Harbour Row"]


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("still committing it", "commit"),
        ("50/50", "best_case"),
        ("dropped us for Vendora", "closed_lost"),
        ("order form signed both sides 2/6", "closed_won"),
        ("deposit in and both names on it", "closed_won"),
    ],
)
def test_where_a_deal_stands(words: str, category: str) -> None:
    deal = _deal(words)
    assert deal.category is not None
    assert deal.category.value.value == category


@pytest.mark.parametrize(
    ("words", "field", "kind"),
    [
        ("the rate frozen until 2030 is their wish", "exceptions", "price_lock"),
        ("wants 10% and four training days thrown in", "exceptions", "onboarding"),
        ("they keep saying we cost too much", "risks", "pricing"),
        ("Vendora gave a quote too", "risks", "competition"),
        ("their entity gets folded into the parent", "risks", "reorg"),
        ("their infosec found two holes in our scan, not closed yet", "risks", "security_review"),
    ],
)
def test_wishes_and_risks(words: str, field: str, kind: str) -> None:
    assert kind in {fact.value.kind.value for fact in getattr(_deal(f"best case. {words}"), field)}


def test_terms_set_against_each_other_are_no_rival() -> None:
    assert not _deal("best case. wants to pay in 6 installments vs 50% down").risks


@pytest.mark.parametrize(
    ("words", "owner", "due"),
    [
        ("With me: paper over to the CFO by 12/6.", "me", date(2026, 6, 12)),
        ("Boyko's install crew gives the start date by 12/6.", "Boyko", date(2026, 6, 12)),
        ("Implementation starts 12/6, Dorian's team.", "Dorian", date(2026, 6, 12)),
        ("Our engineers have to redraw the plan, Siona does that by 12/6.", "Siona", date(2026, 6, 12)),
    ],
)
def test_who_does_the_next_step(words: str, owner: str, due: date) -> None:
    step = _deal(f"commit. {words}").next_step
    assert step is not None
    assert (step.value.owner, step.value.due) == (owner, due)


def test_a_date_that_becomes_another_is_the_one_before() -> None:
    (deal,) = _book("- Halcyon Labs 130k, commit. 26/6 becomes 30/7, they wait").deals
    days = [fact.value for fact in (deal.close_date, deal.previous_close_date) if fact is not None]
    assert days == [date(2026, 7, 30), date(2026, 6, 26)]


def test_the_holder_may_stand_within_the_wording() -> None:
    people = _deal("commit. The money is Chira Oban's to spend.").people
    assert [(p.value.role, p.value.name) for p in people] == [("economic_buyer", "Chira Oban")]
