"""Which words are an account and which words belong to which deal, in the forms that reps write."""

from datetime import date

import pytest

from chains.deals import Conventions
from chains.reading import read

AS_OF = date(2026, 10, 16)


def _rows(notes: str) -> list[str]:
    book = read(notes, Conventions(AS_OF, "USD", "MDY", 1))
    return [
        f"{d.account.value} | {format(d.amount.value.amount, '.0f') if d.amount else '-'}"
        f" | {d.category.value.value if d.category else '-'} | {d.close_date.value if d.close_date else '-'}"
        for d in book.deals
    ]


@pytest.mark.parametrize(
    ("told", "notes", "rows"),
    [
        (
            "the last word of a name, in a later entry",
            "Banco Jequitiba 1.2m, best case 10/30.\n\nwed\nJequitiba: their committee meets late, it is 11/13 now.\n",
            ["Banco Jequitiba | 1200000 | best_case | 2026-11-13"],
        ),
        (
            "without its accents and in capitals",
            "Rede Pão Dourado 210k in signature, 10/23.\n\nthu\nPAO DOURADO SIGNED 10/15, both sides.\n",
            ["Rede Pão Dourado | 210000 | closed_won | 2026-10-15"],
        ),
        (
            "with and without the owner's s",
            "- St Enda's Regional Hospital 186k, commit 10/30\n- Corrib Inns 61k, best case 11/20\n\n"
            "St Endas moved to 11/6\n",
            [
                "St Enda's Regional Hospital | 186000 | commit | 2026-11-06",
                "Corrib Inns | 61000 | best_case | 2026-11-20",
            ],
        ),
        (
            "with the owner's s but no apostrophe",
            "- Tolland Paints 40k, best case 11/20\n- Marsh Joinery 25k, commit 10/30\n\n"
            "Tollands lawyer sent it back, they now say 12/4.\n",
            ["Tolland Paints | 40000 | best_case | 2026-12-04", "Marsh Joinery | 25000 | commit | 2026-10-30"],
        ),
    ],
    ids=lambda v: v if isinstance(v, str) and "\n" not in v else None,
)
def test_a_part_of_a_name_is_that_account(told: str, notes: str, rows: list[str]) -> None:
    assert _rows(notes) == rows


@pytest.mark.parametrize(
    ("told", "notes", "rows"),
    [
        (
            "a name in the first sentence and all facts below",
            "Just out of Wattle Ridge Aged Care, sitting in the car park. They want us.\n\n"
            "Money hasn't moved, $312k for the four homes. I'm leaving it in commit for 10/30.\n",
            ["Wattle Ridge Aged Care | 312000 | commit | 2026-10-30"],
        ),
        (
            "a title over headings that name fields",
            "OKLAHOMA REDI-MIX\n\nBackground: they run 9 plants.\n\nStatus\n- quote sent 9/28, $96k ARR\n- best case\n"
            "- they wanted to decide by 10/30, now 11/20\n\nPeople\n- Tammy Voss, office manager\n",
            ["OKLAHOMA REDI-MIX | 96000 | best_case | 2026-11-20"],
        ),
        (
            "a place of work after small words, then a role without a name",
            "back from Pembury Grammar. they're in.\n\nit's less than I said though, 37k.\n\n"
            "the bursar wants it on the agenda. after that the PO, so call it October 30. I'd still say commit.\n",
            ["Pembury Grammar | 37000 | commit | 2026-10-30"],
        ),
        (
            "what is asked and what it costs stands apart from the deal",
            "Thornveld Paper Mills, the long version\n\nWhat I want from her: we carry half of the pilot, $180k.\n\n"
            "Where it stands. $4.8m over three years. I have it as best case, 10/30.\n\n"
            "If $180k is too much: one line only, $90k.\n",
            ["Thornveld Paper Mills | 4800000 | best_case | 2026-10-30"],
        ),
    ],
    ids=lambda v: v if isinstance(v, str) and "\n" not in v else None,
)
def test_notes_about_one_deal_are_about_it_in_every_paragraph(told: str, notes: str, rows: list[str]) -> None:
    assert _rows(notes) == rows


@pytest.mark.parametrize(
    "name",
    [
        "ferrous pipe and steel",
        "bar none brewing",
        "all in one plumbing",
        "beyond borders freight",
        "up north timber",
        "farmers bank of ada",
        "trinity pipe works",
        "two brothers roofing",
    ],
)
def test_all_words_before_the_amount_are_the_name_where_one_says_what_kind_of_firm_it_is(name: str) -> None:
    notes = f"- {name} 180k commit 10/30\n- pelican marine 72k best case\n"
    assert _rows(notes) == [f"{name} | 180000 | commit | 2026-10-30", "pelican marine | 72000 | best_case | -"]


@pytest.mark.parametrize(
    ("told", "notes", "names"),
    [
        (
            "a heading over named deals",
            "examples bad:\nAldbrook Pallets 58k, best case, 10/30\nHumber Bay Seafoods, 40k, best case 11/20\n",
            ["Aldbrook Pallets", "Humber Bay Seafoods"],
        ),
        (
            "a heading of small words in capitals",
            "IF TIME\n* Yarra Bend Wines, $41k. Proposal went out. upside 12/6\n* ask for the case study\n",
            ["Yarra Bend Wines"],
        ),
        (
            "a department",
            "Thornbury Mutual, 70k, commit for 11/12. Creative's done there. Procurement has lost our form.\n",
            ["Thornbury Mutual"],
        ),
        (
            "a person with a part of several words",
            "Agrovale Growers: call with Helena Prado, financial director, she decides. 480k, commit, 10/27.\n",
            ["Agrovale Growers"],
        ),
        (
            "a word that takes something back",
            "Me: BlueTern Foods 90k\nMe: sry 95k. pipeline, close 10/31\nMe: Mithila Snacks 60k commit 10/30\n",
            ["BlueTern Foods", "Mithila Snacks"],
        ),
    ],
    ids=lambda v: v if isinstance(v, str) and "\n" not in v else None,
)
def test_what_is_no_account(told: str, notes: str, names: list[str]) -> None:
    assert [row.split(" | ")[0] for row in _rows(notes)] == names


def test_plain_lines_below_a_numbered_item_go_on_with_it() -> None:
    notes = (
        "1) Molino Tre Ponti  240k\nWe are negotiating since three weeks. Close I think 12/18, best case\n\n"
        "2) Marchal et Fils, 212k\nThe owner said yes, nothing written. Commit, 11/30\n\n3) Forno Castello 74k, lost\n"
    )
    assert _rows(notes) == [
        "Molino Tre Ponti | 240000 | best_case | 2026-12-18",
        "Marchal et Fils | 212000 | commit | 2026-11-30",
        "Forno Castello | 74000 | closed_lost | -",
    ]


@pytest.mark.parametrize(
    ("told", "notes", "rows"),
    [
        (
            "was and now",
            "amounts in k\n\ncustomer;was;now;sign by;my feeling\nAldermaas Dairy;90;96;10/30;sure\n"
            "Fjordbruk AS;150;120;11/20;maybe\nTessaro Marble;-;35;12/18;too early\n",
            [
                "Aldermaas Dairy | 96000 | commit | 2026-10-30",
                "Fjordbruk AS | 120000 | best_case | 2026-11-20",
                "Tessaro Marble | 35000 | pipeline | 2026-12-18",
            ],
        ),
        (
            "what, how sure, when",
            "who | what | how sure | when\nOrrin Glass | 44 | 90% | 10/28\nPike Schools | 120 | 50% | 11/30\n",
            ["Orrin Glass | 44000 | commit | 2026-10-28", "Pike Schools | 120000 | best_case | 2026-11-30"],
        ),
    ],
    ids=lambda v: v if isinstance(v, str) and "\n" not in v else None,
)
def test_a_table_in_the_reps_own_words(told: str, notes: str, rows: list[str]) -> None:
    assert _rows(notes) == rows


@pytest.mark.parametrize(
    ("told", "notes", "rows"),
    [
        (
            "nothing but the next sentences tell where it stands",
            "Larkin Roads: 88k, commit, 10/30.\n\nDidn't get to Wexler Imports. Still 40k, still best case, 11/20.\n",
            ["Larkin Roads | 88000 | commit | 2026-10-30", "Wexler Imports | 40000 | best_case | 2026-11-20"],
        ),
        (
            "an answer to what will be asked",
            "Larkin Roads: 88k, commit, 10/30.\n\nHer first question will be Stonebridge. Answer: it's in, $240k,"
            " signed 9/29, both sides.\n",
            ["Larkin Roads | 88000 | commit | 2026-10-30", "Stonebridge | 240000 | closed_won | 2026-09-29"],
        ),
    ],
    ids=lambda v: v if isinstance(v, str) and "\n" not in v else None,
)
def test_a_paragraph_that_names_one_customer_is_about_it(told: str, notes: str, rows: list[str]) -> None:
    assert _rows(notes) == rows


def test_ticks_open_the_items_of_a_list_beside_dashes() -> None:
    notes = "x  Borealis Homes - signed 10/13, both. 71k\n-  Gasper Cold Chain - 128k commit 11/4\n-  snow tires\n"
    assert _rows(notes) == [
        "Borealis Homes | 71000 | closed_won | 2026-10-13",
        "Gasper Cold Chain | 128000 | commit | 2026-11-04",
    ]


def test_a_name_that_a_manager_asks_for_in_full_is_the_one_answered_in_short() -> None:
    notes = (
        "Me: Nandi Cements - 42k, best case 10/30\nMohan: what happened to Surya Textiles\n"
        "Me: Surya lost sir, they took a local vendor. 11k\n"
    )
    assert [row.split(" | ")[:2] for row in _rows(notes)] == [["Nandi Cements", "42000"], ["Surya Textiles", "11000"]]


def test_speech_goes_from_stop_to_stop() -> None:
    notes = (
        "hey so driving home quick recap first stop was muskogee pecan company they are ready sixty eight thousand"
        " so commit for november thirteenth third was supposed to be red fork machine but he cancelled on me hes at"
        " twenty five thousand pipeline no date and number four is brand new willow and finch bakery they called us"
        " thats eight thousand discovery call on friday\n"
    )
    assert [row.split(" | ")[:3] for row in _rows(notes)] == [
        ["Muskogee Pecan Company", "68000", "commit"],
        ["Red Fork Machine", "25000", "pipeline"],
        ["Willow and Finch Bakery", "8000", "pipeline"],
    ]
