"""States, dates and remarks in rough notes: invented lines go in, whose deals they are and where they stand go out."""

from datetime import date
from typing import Any

import pytest

from chains.deals import Book, Conventions, Deal
from chains.reading import read

AS_OF = date(2026, 5, 11)
EXPORT = """Account;Deal;Amount;Close;Stage
Corran Boats AG;winches;40,000;2026-06-12;Contract
Corran Boats AG;winches first try;25,000;2026-05-29;Proposal
Hazel Wharf Bakeries;ovens;90,000;2026-06-19;Proposal
Seilbahn Sankt Odilo;motors;150,000;2026-06-26;Negotiation
"""


def book(note: str) -> Book:
    return read(note, Conventions(AS_OF, "EUR", "DMY", 1))


def deals(note: str) -> dict[str, Deal]:
    return {d.account.value: d for d in book(note).deals}


# line, the account, the fields that have to be read
LINES: list[tuple[str, str, dict[str, Any]]] = [
    ("LOST Corran Boats 22k, too late", "Corran Boats", {"category": "closed_lost"}),
    ("WON Corran Boats 22k", "Corran Boats", {"category": "closed_won"}),
    ("BC Corran Boats 22k, commit", "BC Corran Boats", {"category": "commit"}),
    ("COMMIT Corran Boats 22k, 12/6", "Corran Boats", {"category": "commit", "close_date": date(2026, 6, 12)}),
    ("Corran Boats 22k, proposal out 4/5 and they pick on 12/6", "Corran Boats", {"close_date": date(2026, 6, 12)}),
    ("Corran Boats 22k, was 29/5, I had to move it to 12/6", "Corran Boats",
     {"close_date": date(2026, 6, 12), "previous_close_date": date(2026, 5, 29)}),
    ("Corran Boats 22k, commit, EOQ. Mirka in legal says not before next wed", "Corran Boats",
     {"close_date": date(2026, 6, 30)}),
    ("Corran Boats 22k, they sign on 12.6. and not 29.5., nothing open", "Corran Boats",
     {"close_date": date(2026, 6, 12), "previous_close_date": date(2026, 5, 29)}),
]  # fmt: skip


@pytest.mark.parametrize(("line", "name", "fields"), LINES, ids=[r[0] for r in LINES])
def test_a_state_or_date_of_a_line_is_read(line: str, name: str, fields: dict[str, Any]) -> None:
    found = deals(f"- {line}\n- Hazel Wharf Bakeries 40k, commit, 29/5\n")
    assert set(found) == {name, "Hazel Wharf Bakeries"}
    assert {k: getattr(found[name], k).value for k in fields} == fields


# remark under the export, accounts and amounts that stay
REMARKS = [
    ("nothing new", [40000, 25000, 90000, 150000]),
    ("Corran Boats is in there twice, the 25 one is dead, 40 is right", [40000, 90000, 150000]),
    ("Hazel Wharf is Ludmila's so not me", [40000, 25000, 150000]),
    ("St. Odilo: without the spare motor it is 120,000", [40000, 25000, 90000, 120000]),
]


@pytest.mark.parametrize(("remark", "amounts"), REMARKS, ids=[r[0] for r in REMARKS])
def test_a_remark_under_an_export_overrides_its_rows(remark: str, amounts: list[int]) -> None:
    assert [d.amount.value.amount for d in book(f"{EXPORT}\n{remark}\n").deals if d.amount] == amounts


def test_the_row_that_stays_is_not_lost_and_the_other_is_reported() -> None:
    found = book(f"{EXPORT}\nCorran Boats is in there twice, the 25 one is dead, 40 is right\n")
    assert {d.category.value for d in found.deals if d.category and d.account.value == "Corran Boats AG"} == {"commit"}
    assert any("first try" in u.span.text for u in found.not_understood)


def test_a_struck_date_in_a_cell_is_the_one_before() -> None:
    table = (
        "| Account | Amount | Close | Where |\n|---|---|---|---|\n"
        "| Corran Boats | 22k | ~~19/6~~ 24/7 | best case |\n"
        "| Hazel Wharf Bakeries | 40k | 29/5 | commit |\n"
    )
    moved = deals(table)["Corran Boats"]
    assert (moved.close_date and moved.close_date.value) == date(2026, 7, 24)
    assert (moved.previous_close_date and moved.previous_close_date.value) == date(2026, 6, 19)


# what is told of a name, whether it is a deal of the rep's
NAMES = [
    ("we show them the line at Corran Boats (ref customer, they said yes to hosting)", False),
    ("Corran Boats is Ludmila's (30k), she tells you herself", False),
    ("Corran Boats 30k, best case, 12/6", True),
]


@pytest.mark.parametrize(("line", "ours"), NAMES, ids=[r[0] for r in NAMES])
def test_a_name_is_a_deal_only_where_it_is_ours(line: str, ours: bool) -> None:
    found = deals(f"- Hazel Wharf Bakeries 40k, commit, 29/5\n- {line}\n")
    assert ("Corran Boats" in found) is ours


# what is told, the risk that is open
RISKS = [
    ("who decides there we do not know", "no_economic_buyer"),
    ("so price is really the problem", "pricing"),
    ("Tidewinch is the other bidder", "competition"),
    ("champ Odo Brandl left end of April and nobody followed", "champion_loss"),
    ("their new CFO froze all software spend", "budget"),
]


@pytest.mark.parametrize(("said", "kind"), RISKS, ids=[r[0] for r in RISKS])
def test_a_risk_in_running_words_is_read(said: str, kind: str) -> None:
    found = deals(f"- Corran Boats 22k, best case, 12/6. {said}\n- Hazel Wharf Bakeries 40k, commit, 29/5\n")
    assert kind in {r.value.kind for r in found["Corran Boats"].risks}


NUMBERED = """Opp ID,Account,Amount,Stage,Close Date
4471,Gorsley Mills,80000,Negotiation,2026-03-27
4472,Pellworth Dairy,45000,Proposal,2026-03-20
4480,Tarrow Boats,30000,Proposal,2026-04-10

"""


@pytest.mark.parametrize(
    ("remarks", "told"),
    [
        ("4471: down to 72k, they dropped a line", {"Gorsley Mills": (72000, "best_case", "2026-03-27")}),
        ("#4472 - moved to 24 April, the budget froze", {"Pellworth Dairy": (45000, "best_case", "2026-04-24")}),
        ("opp 4480 is lost, went to Vendora", {"Tarrow Boats": (30000, "closed_lost", "2026-04-10")}),
        ("4480 is 28k now\n4471: commit", {"Tarrow Boats": (28000, "best_case", "2026-04-10")}),
        ("2026 is tight, 4490 is nobody's", {"Gorsley Mills": (80000, "best_case", "2026-03-27")}),
    ],
)
def test_a_remark_goes_by_the_id_of_an_exports_row(remarks: str, told: dict[str, tuple[int, str, str]]) -> None:
    deals = {d.name: d for d in read(NUMBERED + remarks, Conventions(date(2026, 3, 10), "EUR", "DMY")).deals}
    assert len(deals) == 3
    for name, (amount, category, close) in told.items():
        deal = deals[name]
        facts = (deal.amount, deal.category, deal.close_date)
        values = [fact.value for fact in facts if fact is not None]
        assert [str(getattr(v, "amount", v)) for v in values] == [str(amount), category, close]
