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
    ("Tarn Optics: $500 per seat, commit 3/31", {"amount": None}),
    ("Tarn Optics: 60k, 120 seats at $500 each, commit 3/31", {"amount": 60000}),
    ("Tarn Optics 30,000/day of capacity, commit 3/31", {"amount": None}),
    ("Tarn Optics 40k/yr, commit 3/31", {"amount": 40000}),
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


LOSSES = """Topic,Potential Customer,Est. Revenue,Actual Close Date,Description
Line 1,Corran Boats,85000,9/15/2025,The decision was purely about cost. No phased plan was proposed and may have helped.
Line 2,Tarn Optics,72000,8/22/2025,Post-loss feedback from the plant manager said our price was too high.
Line 3,Hazel Wharf Bakeries,34500,7/10/2025,They selected Skuaware over our proposal after a six-month evaluation.
Line 4,Polder Pumps,98700,10/5/2025,Integration by Q1 was the point. A pilot was offered.
Line 5,Linden Press,21000,11/18/2025,The evaluation ran from January 2025 to November 2025.
"""


def test_an_export_of_past_closes_some_told_to_be_lost_is_a_list_of_losses() -> None:
    deals = read(LOSSES, Conventions(AS_OF, "EUR", "MDY", 1)).deals
    assert [str(told(d, "category")) for d in deals] == ["closed_lost"] * 5
    assert [told(d, "previous_close_date") for d in deals] == [None] * 5


def test_the_same_export_with_dates_to_come_is_no_list_of_losses() -> None:
    deals = read(LOSSES, Conventions(date(2025, 6, 1), "EUR", "MDY", 1)).deals
    assert str(told(deals[3], "category")) != "closed_lost"


def test_a_company_that_a_status_mail_only_mentions_is_no_deal() -> None:
    mail = (
        "Subject: status\n\nWe are moving twenty turbines next month. This takes contracts with Polder Pumps"
        " (at least six), which I am working on.\nI have been in contact with Linden Press about the transformers.\n"
    )
    assert not read(mail, Conventions(AS_OF, "EUR", "MDY", 1)).deals


VOTES = [
    pytest.param("Their board voted yes last night.", set(), id="a board that has voted yes"),
    pytest.param("Board voted for it on Monday, contract is out.", set(), id="a board that has voted for it"),
    pytest.param("Board votes on it on 8 April.", {"approval"}, id="a board that votes later"),
]


@pytest.mark.parametrize(("words", "risks"), VOTES)
def test_a_vote_that_is_won_is_no_risk(words: str, risks: set[str]) -> None:
    assert told(only(f"Royal Elder Condos, 39k EUR, commit, 24/04. {words}", "DMY"), "risks") == risks


@pytest.mark.parametrize(
    ("said", "scale"),
    [("(all in millions)", 1_000_000), ("values in mio", 1_000_000), ("all figures in k", 1000), ("for Friday", 1000)],
)
def test_plain_figures_are_counted_in_what_the_notes_say(said: str, scale: int) -> None:
    notes = f"{said}\nSasame Foods 32 commit 12/3\nTarrow Mail 19 best case 30/3\nHalden Mills 8 pipeline 30/4\n"
    deals = read(notes, Conventions(date(2027, 2, 16), "JPY", "DMY")).deals
    assert [d.amount.value.amount for d in deals if d.amount] == [n * scale for n in (32, 19, 8)]
