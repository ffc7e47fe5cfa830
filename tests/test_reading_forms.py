"""Notes whose form decides whose words are whose: invented notes come in, the deals read from them are looked at.

Each row gives, for each deal, its account, amount, category, close date and the close date before; "-" where the notes
tell none.
"""

from datetime import date

import pytest

from chains.deals import Book, Conventions, Deal
from chains.reading import read


def _book(notes: str, as_of: str, order: str = "DMY", currency: str = "EUR") -> Book:
    return read(notes, Conventions(date.fromisoformat(as_of), currency, "MDY" if order == "MDY" else "DMY", 1))


def _row(deal: Deal) -> str:
    told = (
        deal.account.value,
        "-" if deal.amount is None else f"{deal.amount.value.amount:.0f}",
        "-" if deal.category is None else deal.category.value.value,
        "-" if deal.close_date is None else deal.close_date.value.isoformat(),
        "-" if deal.previous_close_date is None else deal.previous_close_date.value.isoformat(),
    )
    return " | ".join(told)


def _rows(notes: str, as_of: str, order: str = "DMY") -> list[str]:
    return [_row(deal) for deal in _book(notes, as_of, order).deals]


_FILL = (
    "okay so this is the run through for the forecast talk and i am in the car so bear with me first up is millbrook"
    " dental group forty thousand commit for the twelfth of june nothing open there and their practice manager has"
    " the order form in her hand and she sends it back to us this week "
)


@pytest.mark.parametrize(
    ("said", "row"),
    [
        (
            "then penmarric college thats the one that slipped it was the fifteenth of may and now its the third of"
            " july because the governors did not meet ninety thousand still best case",
            "Penmarric College | 90000 | best_case | 2026-07-03 | 2026-05-15",
        ),
        (
            "next one is tollan valley hospital they were meant to be the twentieth of may thats gone to the"
            " thirtieth of june since the new director wants to read it all again one hundred and ten thousand upside",
            "Tollan Valley Hospital | 110000 | best_case | 2026-06-30 | 2026-05-20",
        ),
        (
            "and the last one is quenby stone works thats only a first meeting no amount and no date there yet",
            "Quenby Stone Works | - | pipeline | - | -",
        ),
        (
            "then there is harrow sand and gravel sixty two five best case for the nineteenth of june",
            "Harrow Sand and Gravel | 62500 | best_case | 2026-06-19 | -",
        ),
        (
            "so our finance has to okay that then orrin freight lines thirty five thousand i have that as commit as"
            " well for the twenty sixth of june",
            "Orrin Freight Lines | 35000 | commit | 2026-06-26 | -",
        ),
    ],
)
def test_speech_turns_to_a_deal_before_it_tells_anything_of_it(said: str, row: str) -> None:
    first = "Millbrook Dental Group | 40000 | commit | 2026-06-12 | -"
    assert _rows(_FILL + said, "2026-05-20") == [first, row]


def test_what_follows_the_end_of_the_round_is_no_figure_of_the_last_deal() -> None:
    said = "then quenby stone works thats only a first meeting no amount yet and thats it oh and fetch the kids at six"
    assert _rows(_FILL + said, "2026-05-20")[1] == "Quenby Stone Works | - | pipeline | - | -"


@pytest.mark.parametrize(
    ("mail", "rows"),
    [
        (
            "Hi Trish, answers in the middle of your mail.\n\n> Where are we on Banksia Retirement?\nCommitted, 88k,"
            " 11/12.\n\n> And Wagga Grain Terminals, last I heard it was 5/12?\nNot any more, 5/12 was too tight, they"
            " now say 30/1. Amount 150k is the same. Best case.\n\n> Anything else from me?\nNo thanks.\n",
            [
                "Banksia Retirement | 88000 | commit | 2026-12-11 | -",
                "Wagga Grain Terminals | 150000 | best_case | 2027-01-30 | 2026-12-05",
            ],
        ),
        (
            "From: Corey\nTo: Angela\nSubject: RE: Q4\n\nmy answers start with >>\n\n> 1. Is Ashford Hills School still"
            " closing in November?\n>> Yes. 66k, commit, 30/11.\n> 2. What's up with Gilpin Water?\n>> Moved. Was"
            " 27/11, is now 18/12. 120k, best case.\n> 3. Are you coming to the barbecue?\n>> Yes, 2 adults.\n",
            [
                "Ashford Hills School | 66000 | commit | 2026-11-30 | -",
                "Gilpin Water | 120000 | best_case | 2026-12-18 | 2026-11-27",
            ],
        ),
        (
            ">> Tell me about Quarrybank Kennels\n> 40k, commit, closes 30/11.\n>> And is Rowanlea Theatre stuck?\n"
            "> No, 25k best case, 4/12, they wait for the trustees.\n>> Who covers your leave?\n> Marta does.\n",
            [
                "Quarrybank Kennels | 40000 | commit | 2026-11-30 | -",
                "Rowanlea Theatre | 25000 | best_case | 2026-12-04 | -",
            ],
        ),
        (
            "> What happened at Tideway Pumps?\n\nLost, 45k, they chose another.\n\n> Does Marsh Joinery still sign?\n"
            "\nYes, 64k, commit, 27/11. Contract out for signature.\n",
            [
                "Tideway Pumps | 45000 | closed_lost | - | -",
                "Marsh Joinery | 64000 | commit | 2026-11-27 | -",
            ],
        ),
        (
            "Subject: Fwd: clause 9\n\nLiam, fyi below, so Wharfside Cold Stores is still a commit for me, 72k a year,"
            " 30 November.\n\n---------- Forwarded message ---------\nFrom: Joan Entwistle\n\nHi Ben,\nOur solicitor"
            " would like clause 9 changed.\nJoan\n",
            ["Wharfside Cold Stores | 72000 | commit | 2026-11-30 | -"],
        ),
    ],
)
def test_an_answer_between_the_lines_is_about_the_deal_that_the_line_above_asks_for(mail: str, rows: list[str]) -> None:
    assert _rows(mail, "2026-11-10") == rows


def test_whom_a_question_speaks_to_is_no_deal() -> None:
    mail = (
        "> Rhiannon, one thing please. What would help you?\nLess small accounts, £61k in all, none before July.\n\n"
        "> How is Gorse Hill Water?\n£230k, best case, 19/6.\n"
    )
    assert _rows(mail, "2026-04-14") == ["Gorse Hill Water | 230000 | best_case | 2026-06-19 | -"]
