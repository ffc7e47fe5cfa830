"""Exports, tables and cards with remarks: which row a remark joins and what it changes."""

from datetime import date

import pytest

from chains.deals import Conventions, Deal
from chains.kinds import Basis, Category, Stage
from chains.reading import read

US = Conventions(date(2026, 6, 15))
EUROPE = Conventions(date(2026, 9, 14), "EUR", "DMY")
UK = Conventions(date(2026, 6, 10), "GBP", "DMY")


def brief(deal: Deal) -> str:
    """Write a deal in one line: account, amount, category, close date, the close date before."""
    money = deal.amount.value if deal.amount else None
    basis = f" {money.basis.value}" if money and money.basis else ""
    return " | ".join(
        [
            deal.name,
            f"{money.amount.normalize():f} {money.currency}{basis}" if money else "-",
            deal.category.value.value if deal.category else "-",
            deal.close_date.value.isoformat() if deal.close_date else "-",
            deal.previous_close_date.value.isoformat() if deal.previous_close_date else "-",
        ]
    )


NOTES = [
    (
        "a remark names a row by one word of its account, by initials, by a number, or by an article and a word",
        US,
        "Opportunity;Account;Amount;Stage;Close\n"
        "Readers;Quarry Lane Prisons;92000;Negotiation;6/26/2026\n"
        "Cams;St. Olaf's Cathedral;31000;Proposal;6/30/2026\n"
        "Lockers;Twelve Oaks Marina;18400;Demo;6/29/2026\n"
        "App;Moss & Wren Clinics;55000;Demo;7/31/2026\n\n"
        "Quarry Lane isn't 6/26, it's 7/10. 88 not 92.\n"
        "the cathedral: treasurer said yes on the phone. call it commit\n"
        "12 Oaks is best case now\n"
        "M&W moved to 8/14\n",
        [
            "Quarry Lane Prisons | 88000 USD | best_case | 2026-07-10 | 2026-06-26",
            "St. Olaf's Cathedral | 31000 USD | commit | 2026-06-30 | -",
            "Twelve Oaks Marina | 18400 USD | best_case | 2026-06-29 | -",
            "Moss & Wren Clinics | 55000 USD | pipeline | 2026-08-14 | 2026-07-31",
        ],
    ),
    (
        "amounts are in thousands where a line says so, remarks in the same scale, a share is no amount",
        EUROPE,
        "all values in thousands, one-time\n\n"
        "account;value;close;prob\n"
        "Sägewerk Tann AG;1 450;30.09.2026;90\n"
        "Kranbau Ost GmbH;86,5;30.09.2026;60\n\n"
        "Tann: 1 380 now, one line less\n"
        "Kranbau - I say 45 and not 60\n",
        [
            "Sägewerk Tann AG | 1380000 EUR one_time | commit | 2026-09-30 | -",
            "Kranbau Ost GmbH | 86500 EUR one_time | pipeline | 2026-09-30 | -",
        ],
    ),
    (
        "German remarks move and cut what the row says",
        EUROPE,
        "Kunde | Wert | Abschluss | Stand\n"
        "Hafenbau Möwe GmbH | 120.000 | 30.09.2026 | Vertrag\n"
        "Molkerei Grünthal eG | 85.500 | 15.10.2026 | Angebot\n\n"
        "Möwe: nur noch 110, der Kran fällt weg\n"
        "Grünthal - verschoben auf 30.11., neuer Einkaufsleiter\n",
        [
            "Hafenbau Möwe GmbH | 110000 EUR | commit | 2026-09-30 | -",
            "Molkerei Grünthal eG | 85500 EUR | best_case | 2026-11-30 | 2026-10-15",
        ],
    ),
    (
        "cards with codes that a line above defines; a remark below is newer",
        UK,
        "codes: IN = commit, HOPE = best case, SKIP = leave out of the number. ACV across the board\n\n"
        "Acct: Saltmarsh Ferries (SMF)\nWorth: 140k -> 120k (one boat less)\nGrade: IN\nWhen: 30/6\n\n"
        "Acct: Linden Court Flats\nWorth: 38k\nGrade: HOPE\nWhen: 24/7\n\n"
        "Acct: Abbey Dental\nWorth: tbc\nGrade: SKIP\nWhen: -\n\n"
        "SMF slipped to 14/7, their lawyer is away\n",
        [
            "Saltmarsh Ferries | 120000 GBP ACV | commit | 2026-07-14 | 2026-06-30",
            "Linden Court Flats | 38000 GBP ACV | best_case | 2026-07-24 | -",
            "Abbey Dental | - | omitted | - | -",
        ],
    ),
    (
        "a copied row is one deal; a deal that the export lacks is added; others' deals and look-alikes are not",
        US,
        "Deal\tAccount\tAmount\tStage\tClose\n"
        "Gates\tHeron Bay Clinics\t55000\tProposal\t6/30/2026\n"
        "Gates (copy)\tHeron Bay Clinics\t55000\tProposal\t6/30/2026\n"
        "Doors\tFerry Point Casino\t70000\tNegotiation\t7/31/2026\n\n"
        "not in the export: Osprey Dive Schools, 20k, best case, 7/17\n"
        "Blackbird Yachts 400k = Lena's\n"
        "dont mix up Heron Bay w/ Heron Hill Jail (75k)\n"
        "keep Ferry Ramen (12k, Jonas's) out of it\n",
        [
            "Heron Bay Clinics | 55000 USD | best_case | 2026-06-30 | -",
            "Ferry Point Casino | 70000 USD | best_case | 2026-07-31 | -",
            "Osprey Dive Schools | 20000 USD | best_case | 2026-07-17 | -",
        ],
    ),
    (
        "columns whose headings are in unknown words are read by their cells",
        EUROPE,
        "| Müşteri | Tutar | Bitiş | Durum |\n|---|---|---|---|\n"
        "| Limanköy Tersane | 80.000 € | 15/10/2026 | Negotiation |\n"
        "| Çamlık Hastanesi | 45.000 € | 30/09/2026 | Proposal |\n",
        [
            "Limanköy Tersane | 80000 EUR | best_case | 2026-10-15 | -",
            "Çamlık Hastanesi | 45000 EUR | best_case | 2026-09-30 | -",
        ],
    ),
    (
        "a signature that a remark takes back, one that is waited for, and one that was feared lost",
        US,
        "Account,Amount,Category,Close,Comments\n"
        "Camp Yarrow Lodge,61500,Commit,6/18/2026,signed both sides\n"
        'Wolverine Gears,48000,Commit,6/30/2026,"PO in their system, waiting on one signature"\n'
        'Gumtree Village,40000,Pipeline,7/31/2026,"thought it was dead, it isn\'t"\n\n'
        "Yarrow: they signed thursday, we didn't. still commit\n",
        [
            "Camp Yarrow Lodge | 61500 USD | commit | 2026-06-18 | -",
            "Wolverine Gears | 48000 USD | commit | 2026-06-30 | -",
            "Gumtree Village | 40000 USD | pipeline | 2026-07-31 | -",
        ],
    ),
]


@pytest.mark.parametrize(("told", "conventions", "notes", "wanted"), NOTES, ids=[n[0] for n in NOTES])
def test_remarks_join_their_row_and_change_it(told, conventions, notes, wanted):
    assert [brief(d) for d in read(notes, conventions).deals] == wanted


EXPORT = (
    "Deal Name,Account Name,Amount,Stage,Closing Date\n"
    "EHS suite 4 sites,Delmar Foods,96000,Contract sent,12/11/2026\n"
    "CM,Orchard Mills,70000,Negotiation,12/15/2026\n"
    "EHS suite,Delmar Foods,96000,Contract sent,12/11/2026\n\n"
)

# remark below the export, the accounts that stay
REMARKS = [
    ("nothing to add", ["Delmar Foods", "Orchard Mills", "Delmar Foods"]),
    ("Delmar is in there twice (one deal!) and Orchard is Tom's, not mine.", ["Delmar Foods"]),
    ("Delmar Foods is listed twice, it's the same deal", ["Orchard Mills", "Delmar Foods"]),
    ("The second Delmar row is a duplicate. Orchard: commit now", ["Orchard Mills", "Delmar Foods"]),
    ("* Delmar = 104 now. the two rows are one deal", ["Orchard Mills", "Delmar Foods"]),
    ("Delmar is fine as it stands, Orchard is Priya's not mine", ["Delmar Foods", "Delmar Foods"]),
    ("Orchard Mills belongs to Priya, but Delmar is mine", ["Delmar Foods", "Delmar Foods"]),
]


@pytest.mark.parametrize(("remark", "accounts"), REMARKS, ids=[r[0] for r in REMARKS])
def test_a_remark_takes_out_just_the_row_it_names(remark, accounts):
    assert [d.name for d in read(EXPORT + remark + "\n", US).deals] == accounts


# what heads the accounts, the cells below, what is read of them
VALUES = [
    ("deal (all ARR)", ["Castle Medical 45k", "Tully & Marsh 52k"],
     ["Castle Medical 45000 ARR", "Tully & Marsh 52000 ARR"]),
    ("account", ["Pardoe Glass, £120k ARR", "Hallam Tiles (30k)"],
     ["Pardoe Glass 120000 ARR", "Hallam Tiles 30000 None"]),
    ("Customer", ["Pardoe Glass - 120,000", "Hallam Tiles: GBP 30k"],
     ["Pardoe Glass 120000 None", "Hallam Tiles 30000 None"]),
    ("account", ["Studio 54", "Area 51", "Route 66"], ["Studio 54", "Area 51", "Route 66"]),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "cells", "wanted"), VALUES, ids=[r[1][0] for r in VALUES])
def test_an_amount_behind_the_account_in_its_cell_is_its_own(heading, cells, wanted):
    rows = "".join(f"| {cell} | best case 30/6 |\n" for cell in cells)
    deals = read(f"| {heading} | status |\n|---|---|\n{rows}", UK).deals
    told = [f" {d.amount.value.amount} {d.amount.value.basis}" if d.amount else "" for d in deals]
    assert [d.name + t for d, t in zip(deals, told, strict=True)] == wanted


def test_a_task_under_a_row_of_a_board_is_its_next_step():
    notes = (
        "Name\tAccount\tStatus\tValue\tExpected close\tOwner\n"
        "Fleet\tRidgeway Malls\tProposal\t$310,000\t2026-12-18\tJo Amar\n"
        "Subitems\tName\tOwner\tStatus\tDue\n"
        "\tROI sheet\tJo Amar\tWorking on it\t2026-10-23\n"
        "Pair\tBishop & Crane\tVerbal\t$92,000\t2026-11-30\tJo Amar\n"
    )
    first, second = read(notes, Conventions(date(2026, 10, 20))).deals
    assert first.next_step is not None
    assert (first.next_step.value.action, first.next_step.value.owner) == ("ROI sheet", "me")
    assert first.next_step.value.due == date(2026, 10, 23)
    assert second.name == "Bishop & Crane"


def test_a_won_row_of_cards_keeps_its_basis_and_stage():
    notes = (
        "everything one-time\n\nCustomer: Tolliver Clinic\nAmt: 38,000\nCall: WON, both signed 6/2\n\n"
        "Customer: Basil Bakers\nAmt: 12,000\nCall: was commit, best case now\n"
    )
    won, down = read(notes, US).deals
    assert [won.stage and won.stage.value, won.amount and won.amount.value.basis] == [Stage.CLOSED_WON, Basis.ONE_TIME]
    assert down.category
    assert down.category.value is Category.BEST_CASE
