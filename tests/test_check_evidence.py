"""An alarm needs evidence: what the notes hold in any guise passes, and the same sentence made wrong does not."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date

import pytest

from chains.check import check
from chains.deals import Conventions
from chains.drafts import Finding
from chains.reading import read

WEDNESDAY = date(2026, 10, 7)
DEALS = """\
Ashgrove Mills 140k commit 30/10
- what: renewal, close 28/10
Extras
- Torvane Foods: 62k best case 20/11, contract with their legal, terms not agreed yet
- Mallory Tiles 45k, was 31/12, now 15/1. Petra from legal answers the two questions tomorrow
target 300k, in so far 58k
"""


@dataclass(frozen=True)
class Held:
    """Hold a draft that the notes bear out, and words of it with others that they do not."""

    id: str
    notes: str
    draft: str
    right: str = ""
    wrong: str = ""
    order: str = "DMY"


HELD = (
    Held(
        "a running total goes on from the one before it",
        DEALS,
        "We have €58k. With Ashgrove Mills it's €198k.",
        "198",
        "189",
    ),
    Held(
        "and on to the deals of the sentences before",
        DEALS,
        "€58k is in. Ashgrove Mills brings €140k. Torvane Foods is €62k. Together they take us to €260k.",
        "€260k",
        "€290k",
    ),
    Held(
        "what only is next to a name with we is no amount of its own",
        DEALS,
        "With Ashgrove Mills we land at €198k of €300k.",
        "198",
        "189",
    ),
    Held(
        "a sum may stand before what it is made of",
        "Ridge Farm 24.6k signed\nbefore today 84.4k",
        "€109k is certain. We had €84.4k and Ridge Farm signed, €24.6k.",
        "109",
        "119",
    ),
    Held(
        "a part of a month holds the day of the notes",
        "Ridge Farm 24k, silent since 6 Oct",
        "Ridge Farm has been silent since early October.",
        "early",
        "late",
    ),
    Held(
        "the end of a month too",
        "Ridge Farm 24k, the bank takes till 30/10",
        "Ridge Farm waits for its bank until the end of October.",
        "the end of October",
        "mid-September",
    ),
    Held(
        "a day in figures that reads as a number",
        "Ridge Farm 24k, board only meets 22.10 and decides",
        "Ridge Farm's board meets on 22 October.",
        "22",
        "25",
    ),
    Held(
        "a difference of two lengths of time",
        "Ridge Farm 24k. they deliver in 34 weeks, we in 26",
        "At Ridge Farm they need 34 weeks and we 26, so we're eight weeks faster.",
        "eight",
        "nine",
    ),
    Held(
        "how long the quarter has left",
        "Ridge Farm 24k commit 18/12",
        "Ridge Farm, €24k, is commit, with twelve weeks to go.",
        "twelve",
        "nineteen",
    ),
    Held(
        "a number of a model is known",
        "Ridge Farm wants the LC-900, pool has an LC-700",
        "Ridge Farm wants the 900, and we have a 700.",
        "900",
        "950",
    ),
    Held("a short word is the long one", "Denton Hwy Dept 40k", "Denton Highway Dept, €40k.", "Highway", "Harbour"),
    Held(
        "a nationality stands for its country",
        "borrow the unit of the Danes for Ridge Farm 24k",
        "For Ridge Farm we borrow the unit from Denmark.",
    ),
    Held(
        "a title is no name",
        "Ridge Farm 24k, Sr Lynch decides",
        "At Ridge Farm (€24k) Sister Lynch decides.",
        "Lynch",
        "Lunch",
    ),
    Held("one who is addressed is no name", "Ridge Farm 24k", "Morning Steph. Ridge Farm stands at €24k."),
    Held(
        "a rival beside us is no secret",
        "Ridge Farm 24k. Pia Moss is torn between us and Sonitek",
        "At Ridge Farm (€24k) Pia Moss is torn between Sonitek and us.",
    ),
    Held(
        "the sentence tells itself what is open",
        "Ridge Farm 24k. waiting for Luke's report on the survey",
        "Luke surveyed Ridge Farm and owes his report.",
    ),
    Held(
        "a thing that is open is not done",
        DEALS,
        "Torvane Foods: the terms are not agreed.",
        "are not agreed",
        "are agreed",
    ),
    Held(
        "what somebody does tomorrow is not done",
        DEALS,
        "Petra answers the two questions of Mallory Tiles tomorrow.",
        "answers the two questions of Mallory Tiles tomorrow",
        "has answered the two questions of Mallory Tiles",
    ),
    Held(
        "a yes that is awaited is no yes",
        "Ridge Farm 24k, waiting on landlord ok for the line",
        "At Ridge Farm we need the landlord's permission.",
        "need",
        "have",
    ),
    Held(
        "a signature of ours to come has not come",
        "Ridge Farm 24k - Ed signed this morning, we countersign tmrw",
        "At Ridge Farm Ed has signed and we countersign tomorrow.",
        "we countersign tomorrow",
        "we have countersigned",
    ),
    Held(
        "a by-day is no deed",
        "Ridge Farm 24k. she wants them in before the rush, ie. delivered by 18/12",
        "Ridge Farm (€24k) needs everything delivered by 18 December.",
    ),
    Held(
        "a price that stands with others may be this one's too",
        "Ridge Farm 23,500 commit 30/10\nOld Mill cancelled, was 23,500\nHill House one more, same price, best case",
        "Hill House (€23,500) is best case.",
    ),
    Held(
        "a date of another deal is still found",
        DEALS,
        "Torvane Foods, €62k, is best case for 20 November.",
        "20 November",
        "30 October",
    ),
    Held(
        "what the notes give the category by word",
        "Ridge Farm 24k\n still commit",
        "Ridge Farm, €24k, is commit.",
        "commit",
        "best case",
    ),
    Held(
        "a move between two days that are told as such",
        "Ridge Farm 24k commit 14/11. shutdown is 22-24 October",
        "Ridge Farm, €24k: the tanks can be opened from 22 to 24 October.",
    ),
    Held("a million is no thousand", "Ridge Farm 115k commit 18/12", "Ridge Farm adds €115k.", "€115k", "€115m"),
)


def _found(held: Held, draft: str) -> list[Finding]:
    conventions = Conventions(WEDNESDAY, "EUR", "DMY" if held.order == "DMY" else "MDY")
    return [f for f in check(draft, read(held.notes, conventions)) if f.severity != "info"]


@pytest.mark.parametrize("held", HELD, ids=lambda h: h.id)
def test_what_the_notes_hold_raises_no_alarm(held: Held) -> None:
    assert not _found(held, held.draft), [f.message for f in _found(held, held.draft)]


@pytest.mark.parametrize("held", [h for h in HELD if h.wrong], ids=lambda h: h.id)
def test_the_same_sentence_made_wrong_does(held: Held) -> None:
    at = held.draft.index(held.right)
    draft = held.draft.replace(held.right, held.wrong, 1)
    assert any(f.start < at + len(held.wrong) and at < f.end for f in _found(held, draft))


@pytest.mark.parametrize(("order", "day"), [("DMY", "20 November"), ("MDY", "November 20")])
def test_a_finding_says_days_in_the_order_of_the_rep(order: str, day: str) -> None:
    notes = "Torvane Foods: 62k best case 20 Nov\nAshgrove Mills: 140k commit 30 Oct\n"
    held = Held("", notes, "", order=order)
    found = _found(held, "Torvane Foods, 62k, best case, 30 October.")
    assert any(day in f.fix for f in found), [f.fix for f in found]


_RUN = """
from datetime import date
from chains.check import check
from chains.deals import Conventions
from chains.reading import read
from tests.test_check_evidence import HELD
for held in HELD:
    book = read(held.notes, Conventions(date(2026, 10, 7), "EUR", "DMY"))
    for name in ("Petra", "Ashgrove", "Mallory"):
        print(check(held.draft.replace("Torvane", name).replace(held.right or "€", held.wrong or "$"), book))
"""


def test_every_run_finds_the_same() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", _RUN],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([".", *sys.path])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "7")
    }
    assert len(said) == 1
