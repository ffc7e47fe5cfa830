"""The fields of a deal: an invented note about one deal goes in, what a careful reader takes from it comes out."""

from datetime import date
from typing import Any

import pytest

from chains.deals import Conventions, Deal
from chains.reading import read

AS_OF = date(2026, 3, 13)


def only(note: str, order: str = "MDY") -> Deal:
    found = read(note, Conventions(AS_OF, "EUR", "DMY" if order == "DMY" else "MDY", 1)).deals
    assert found, "no deal was read"
    return found[0]


def told(deal: Deal, name: str) -> Any:
    if name == "basis":
        return deal.amount.value.basis if deal.amount else None
    if name == "amount":
        return int(deal.amount.value.amount) if deal.amount else None
    if name in ("risks", "exceptions"):
        return {str(f.value.kind) for f in getattr(deal, name)}
    fact = getattr(deal, name)
    return fact.value if fact else None


AHEAD: list[tuple[str, dict[str, Any]]] = [
    ("Tarn Optics 80k, demo went well, next step: proposal by friday", {"category": "pipeline", "stage": "evaluation"}),
    ("Tarn Optics 80k, first call done, will send proposal after the workshop", {"stage": "discovery"}),
    ("Tarn Optics 80k, working on the quote, close 6/30", {"stage": None, "category": None}),
    ("Tarn Optics 80k, they have our proposal, sign by 6/30", {"stage": "proposal", "category": "best_case"}),
    ("Tarn Optics 80k, proposal went out Monday, chasing it", {"stage": "proposal"}),
]  # fmt: skip

WORTH: list[tuple[str, dict[str, Any]]] = [
    ("Tarn Optics: 120k, total contract, commit 3/31", {"amount": 120000, "basis": "TCV"}),
    ("Tarn Optics: total contract 120k over 3 years, commit 3/31", {"amount": 120000, "basis": "TCV"}),
    ("Tarn Optics 120k total contract value, commit 3/31", {"amount": 120000, "basis": "TCV"}),
    ("Tarn Optics 120k over the whole term, commit 3/31", {"amount": 120000, "basis": "TCV"}),
]

STANDING: list[tuple[str, dict[str, Any]]] = [
    ("Tarn Optics 80k, out for sig w/ their GC, 3/31", {"category": "commit", "close_date": date(2026, 3, 31)}),
    ("Tarn Optics 80k, gut says 60, 4/15", {"category": "best_case"}),
    ("Tarn Optics 80k, probability around 40, decision in May", {"category": "pipeline"}),
    ("PO in hand from Tarn Optics, 80k, came in 3/11", {"category": "closed_won", "close_date": date(2026, 3, 11)}),
    ("PO from Tarn Optics hit the inbox this morning, 80k", {"category": "closed_won"}),
    ("Tarn Optics 80k, pushed twice now: first 1/30, then 2/27, currently 4/30. Commit",
     {"close_date": date(2026, 4, 30), "previous_close_date": date(2026, 2, 27)}),
    ("Tarn Optics 80k commit. 3/31, and yes I know it was 2/28 and 1/31 before that",
     {"close_date": date(2026, 3, 31), "previous_close_date": date(2026, 2, 28)}),
    ("Tarn Optics 80k closing 3/27 (CRM has 3/31), commit",
     {"close_date": date(2026, 3, 27), "previous_close_date": date(2026, 3, 31)}),
    ("Tarn Optics, 80k, was commit for 3/13, now it's a stretch for 4/10",
     {"category": "best_case", "close_date": date(2026, 4, 10), "previous_close_date": date(2026, 3, 13)}),
    ("Tarn Optics 80k: had it for 3/20 but Gail wants it after the audit so 4/10. still commit",
     {"close_date": date(2026, 4, 10), "previous_close_date": date(2026, 3, 20)}),
    ("Tarn Optics 80k, no longer 3/31. Now thinking 4/24. commit stays", {"close_date": date(2026, 4, 24)}),
    ("Tarn Optics 80k. Not before May they tell me, I had April 15. upside",
     {"close_date": date(2026, 5, 31), "previous_close_date": date(2026, 4, 15)}),
    ("Tarn Optics 80k is 3/31 or bust, best case", {"close_date": date(2026, 3, 31)}),
    ("Tarn Optics 80k, negotiating price, hoping for 3/31", {"stage": "negotiation", "close_date": date(2026, 3, 31)}),
    ("Tarn Optics 80k, the RFP answer went in, award 5/15", {"category": "best_case", "close_date": date(2026, 5, 15)}),
    ("Tarn Optics 80k I'd call it 30 percent, June-ish", {"category": "pipeline", "close_date": date(2026, 6, 30)}),
    ("Tarn Optics 80k, thumbs up on the call, DocuSign out Monday, 3/31", {"close_date": date(2026, 3, 31)}),
    ("Tarn Optics 80k. Their side has inked it, Dan our CFO hasn't. 3/31", {"stage": "procurement"}),
    ("Tarn Optics 80k. paper's signed both ways as of Tuesday", {"close_date": date(2026, 3, 10)}),
    ("Tarn Optics went dark, 80k, I pull it from the forecast", {"category": "omitted"}),
    ("Tarn Optics 80k, 3/31. we had the security review, so today we cannot sign", {"close_date": date(2026, 3, 31)}),
]  # fmt: skip

EUROPEAN: list[tuple[str, dict[str, Any]]] = [
    ("Tarn Optik, 80k, Abschluss 24.3. Contact Frau Meier. Commit.", {"close_date": date(2026, 3, 24)}),
    ("Tarn Optik, 80k, 24.3. Contract is out for signature.", {"close_date": date(2026, 3, 24)}),
    ("Tarn Optiek 80k, was 31/3 nu 15/4, upside",
     {"close_date": date(2026, 4, 15), "previous_close_date": date(2026, 3, 31)}),
    ("Gebr. Tarn 80k commit 31/3", {"account": "Gebr. Tarn", "amount": 80000}),
]  # fmt: skip


@pytest.mark.parametrize(("note", "fields"), AHEAD, ids=[r[0] for r in AHEAD])
def test_a_stage_that_lies_ahead_is_not_the_stage(note: str, fields: dict[str, Any]) -> None:
    deal = only(note)
    assert {k: told(deal, k) for k in fields} == fields


@pytest.mark.parametrize(("note", "fields"), WORTH, ids=[r[0] for r in WORTH])
def test_what_an_amount_is_of_is_read(note: str, fields: dict[str, Any]) -> None:
    deal = only(note)
    assert {k: told(deal, k) for k in fields} == fields


@pytest.mark.parametrize(("note", "fields"), STANDING, ids=[r[0] for r in STANDING])
def test_where_a_deal_stands_and_when_it_closes(note: str, fields: dict[str, Any]) -> None:
    deal = only(note)
    assert {k: told(deal, k) for k in fields} == fields


def test_who_holds_the_money_stands_before_the_verb() -> None:
    deal = only("Tarn Optics 80k. CFO Lena Marsh controls the budget, Otto Brandt (plant manager) is pushing for us.")
    assert [p.value.name for p in deal.people if p.value.role == "economic_buyer"] == ["Lena Marsh"]


@pytest.mark.parametrize(("note", "fields"), EUROPEAN, ids=[r[0] for r in EUROPEAN])
def test_european_ways_of_writing_are_read(note: str, fields: dict[str, Any]) -> None:
    deal = only(note, "DMY")
    assert {k: told(deal, k) for k in fields} == fields


def test_a_column_of_codes_that_the_notes_explain_gives_each_amount_its_basis() -> None:
    note = (
        "two kinds of money: hw = one-off, sub. = MRR\n\n"
        "| who | what | amt | close |\n|---|---|---|---|\n"
        "| Tarn Optics | hw | 80k | 3/31 |\n| Corran Boats | sub. | 4k | 3/31 |\n"
    )
    deals = read(note, Conventions(AS_OF, "EUR", "MDY", 1)).deals
    assert [told(d, "basis") for d in deals] == ["one_time", "MRR"]
