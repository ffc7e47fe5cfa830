"""Deals told in plain sentences: invented notes come in, the accounts with their amounts are looked at."""

from datetime import date

import pytest

from chains.deals import Conventions
from chains.reading import read


def _told(notes: str) -> dict[str, int | None]:
    book = read(notes, Conventions(date(2026, 3, 10)))
    return {d.account.value: int(d.amount.value.amount) if d.amount else None for d in book.deals}


@pytest.mark.parametrize(
    ("notes", "deals"),
    [
        pytest.param(
            "Had a good call with Vandelay today. 75k ARR, they want to start in January. Budget owner is Jim.",
            {"Vandelay": 75000},
            id="a call with the customer, the amount in the next sentence",
        ),
        pytest.param(
            "Spoke to Anna at Brindle Works this morning. She's keen on the 60k package but her boss Raj needs to see"
            " it.\n\nMet the team from Bluebird Foods on Tuesday. They have 110k set aside.\n\n"
            "Quick one on Tessellate: no news. I'll ring Marco again on Monday.",
            {"Brindle Works": 60000, "Bluebird Foods": 110000, "Tessellate": None},
            id="a person at the customer, a team, a topic",
        ),
        pytest.param(
            "talked to sarah from northwick, shes happy w the pilot, 25k to start\n\n"
            "ridgeline called, budget got cut so its 40k not 65k now\n\nnothing new from stannard",
            {"northwick": 25000, "ridgeline": 40000, "stannard": None},
            id="all in small letters",
        ),
        pytest.param(
            "Tarrow came back to us and they're in for 90k. Contract goes out Friday. Meanwhile Delacroix & Sons is"
            " still thinking, it's a 45k deal and I'd call it best case.",
            {"Tarrow": 90000, "Delacroix & Sons": 45000},
            id="from one customer to the next in one paragraph",
        ),
        pytest.param(
            "Had lunch with Peter Lang of Lang Optics. He'd take the 33k option if we throw in training.",
            {"Lang Optics": 33000},
            id="a person of a firm that bears the name",
        ),
        pytest.param(
            "Went to see Tidewater on Monday\nnice people, they run 14 boats\nquote is 31k\n\n"
            "Went to see Gullwing after that\ndidn't like the price (47k)",
            {"Tidewater": 31000, "Gullwing": 47000},
            id="a thought a line",
        ),
        pytest.param(
            "Heard back from Pembroke County. The 68k is approved by council. Also heard from Dovetail, who picked"
            " someone else, that was 24k.",
            {"Pembroke County": 68000, "Dovetail": 24000},
            id="a customer that picked someone else is ours all the same",
        ),
        pytest.param(
            "The Harrier deal is 27k and closes Friday. The Quillon renewal is 19k, no drama there.",
            {"Harrier": 27000, "Quillon": 19000},
            id="the X deal, the Y renewal",
        ),
        pytest.param(
            "Closest is Farrow, $56k, where their lawyer is the last hurdle. Everything else is early: Umber, Vireo,"
            " Wexley, all first calls.",
            {"Farrow": 56000, "Umber": None, "Vireo": None, "Wexley": None},
            id="early ones in a row",
        ),
        pytest.param(
            "Granby asked us for pricing, came to 36k. Linden said no. Sleat is a maybe for Q2.",
            {"Granby": 36000, "Linden": None, "Sleat": None},
            id="a sentence that ends in no",
        ),
        pytest.param(
            "Monday I was at Steinhof Brewery, they liked the demo and asked for an offer over 46k. Tuesday at Rhein"
            " Glass there was no one from purchasing in the room, deal size is around 90k.",
            {"Steinhof Brewery": 46000, "Rhein Glass": 90000},
            id="a day and a place each",
        ),
        pytest.param(
            "I think Castellan will come in this month, 58k. Meadowbank won't, that's 44k I had in commit.",
            {"Castellan": 58000, "Meadowbank": 44000},
            id="what I think a customer will do",
        ),
        pytest.param(
            "Sheldon - 300k, still in security review\nBrant - 120k, demo next week\nAkerly: new! intro by Lars",
            {"Sheldon": 300000, "Brant": 120000, "Akerly": None},
            id="a line like the others, with nothing told yet",
        ),
        pytest.param(
            "- lost Pennine to Zoraxa :( 31k\n- Whitby Seafoods! out of nowhere, they want 3 licences, 7.5k",
            {"Pennine": 31000, "Whitby Seafoods": 7500},
            id="lost to somebody",
        ),
        pytest.param(
            "Lots going on at Sandstone. New CIO, new budget, and they now want all three sites. It was 40k, now 110k.",
            {"Sandstone": 110000},
            id="a role is no customer",
        ),
        pytest.param(
            "dropped in on gilmore roofing this morning, they'll take it, 11k. then over to pratt lumber, 16k.",
            {"gilmore roofing": 11000, "pratt lumber": 16000},
            id="visits in small letters",
        ),
        pytest.param(
            "Nice surprise: Torvald at Nordhavn Shipping emailed that they'll go with us. 115k. Less nice, Bexley"
            " Council put everything on hold, so the 70k is off the table for now.",
            {"Nordhavn Shipping": 115000, "Bexley Council": 70000},
            id="good news and bad news",
        ),
        pytest.param(
            "Marisol from Casa Verde told me that Initrex is also pitching, but they're twice as expensive. We stand at"
            " 52k.",
            {"Casa Verde": 52000},
            id="who else is pitching",
        ),
        pytest.param(
            "We're in the final two at Metro Housing, against Brickwise. 190k over three years.",
            {"Metro Housing": 190000},
            id="whom we are up against",
        ),
        pytest.param(
            "I had a first call with a company called Ruby Lane, they do jewellery, could become 10k. Also still"
            " waiting on Exe Estuary, 21k.",
            {"Ruby Lane": 10000, "Exe Estuary": 21000},
            id="a company called so, and one that keeps me waiting",
        ),
        pytest.param(
            "* Bramley - verbal. 48k. Waiting on DocuSign\n* Russet - slow. 17k.\n"
            "* Codlin - Steve took this one over from me last week",
            {"Bramley": 48000, "Russet": 17000},
            id="one that a colleague took over",
        ),
        pytest.param(
            "Close on Whitlow. Their controller, Gwen Tate, asked for one more reference and I gave her Solara. 68k.",
            {"Whitlow": 68000},
            id="a reference that I gave",
        ),
        pytest.param(
            "Had two no-shows today, Prism and Delfin. Rescheduled Prism for Friday (it's the 29k one), Delfin is 12k.",
            {"Prism": 29000, "Delfin": 12000},
            id="two names and what was done to one",
        ),
        pytest.param(
            "Crestline: paid pilot running, 15k. Dockside: we're one of three, 82k. Emberly: Ian left, 40k.",
            {"Crestline": 15000, "Dockside": 82000, "Emberly": 40000},
            id="a name and a colon, several in a paragraph",
        ),
        pytest.param(
            "Quick recap of my calls: Denholm (Sue) still reviewing, 38k. Eskdale (Martin) wants to add two users, now"
            " 14k. Fallowfield (new CFO) starts from scratch, 72k.",
            {"Denholm": 38000, "Eskdale": 14000, "Fallowfield": 72000},
            id="who is dealt with, in brackets",
        ),
        pytest.param(
            "end of day\nkappa logistics: they're in, 41k, sending docs\nlambda foods: need a cheaper option than the"
            " 29k\nsigma bank: radio silence",
            {"kappa logistics": 41000, "lambda foods": 29000, "sigma bank": None},
            id="small letters, a line like the others",
        ),
        pytest.param(
            "Visited two hospitals. St. Alban's General wants a pilot in radiology, 20k. Mercy West has frozen"
            " everything until July, there was 75k planned.",
            {"St. Alban's General": 20000, "Mercy West": 75000},
            id="a saint's hospital",
        ),
    ],
)
def test_customers_of_plain_sentences_are_deals(notes: str, deals: dict[str, int | None]) -> None:
    assert _told(notes) == deals


@pytest.mark.parametrize(
    "notes",
    [
        "- Halden Mills 80k, commit, 3/27. Spoke to Anna at the plant, visit with Reto from engineering on Monday.",
        "- Halden Mills 80k, commit, 3/27. Quick update from Legal tomorrow.",
        "- Halden Mills 80k, commit, 3/27. Their contact there, Trent Oakes, gave me a verbal.",
        "Halden Mills, 80k, commit, 3/27. Met Tess Moran (ops director, our champion there), 96k is too much.",
        "Halden Mills, 80k, commit, 3/27. Her CFO, Bill Haskins, signs for anything over 50k.",
        "Halden Mills, 80k, commit, 3/27. Last year when Prabal was on leave nobody covered and we lost 10k.",
        "Halden Mills, 80k, commit, 3/27. Ran into the Bellwether people at the expo too, but that's Corey's account.",
        "Halden Mills, 80k, commit, 3/27. Had a call with Siobhan, she signs. Met Warrick too, he wants references.",
    ],
)
def test_people_and_teams_that_were_met_are_no_deals(notes: str) -> None:
    assert _told(notes) == {"Halden Mills": 80000}


def test_a_person_brings_back_the_customer_they_are_at() -> None:
    notes = (
        "Spoke to Anna at Brindle Works, 60k, she likes it. Spoke to Ben at Vexel, 40k, he's not sure. Anna wants to"
        " sign on March 20.\n\nLater today: Ben texted, he wants a discount."
    )
    told = {d.account.value: [s.text for s in d.lines] for d in read(notes, Conventions(date(2026, 3, 10))).deals}
    assert "Anna wants to sign on March 20." in told["Brindle Works"]
    assert "Later today: Ben texted, he wants a discount." in told["Vexel"]


def test_a_name_that_two_customers_share_brings_back_neither() -> None:
    notes = "Spoke to Anna at Brindle Works, 60k. Spoke to Anna at Vexel, 40k.\n\nAnna asked for a discount."
    told = {d.account.value: [s.text for s in d.lines] for d in read(notes, Conventions(date(2026, 3, 10))).deals}
    assert not any("Anna asked for a discount." in lines for lines in told.values())


@pytest.mark.parametrize(
    "notes",
    [
        "For my 1:1 with Dana: I'd like to talk about the SE situation. Jamal is booked until April and Kofi only does"
        " EMEA. I also want to talk about my promotion, Priya from HR said the window closes in May.",
        "Training with Gong on Thursday, Highspot rollout next week, and Zoom is moving to Teams. QBR deck due Friday.",
        "Talked with Legal about the new MSA template. Finance wants POs before kickoff from now on.",
        "LinkedIn campaign brought 12 leads. Met Joe from Accenture for coffee, he may refer people to us.",
    ],
)
def test_notes_without_a_deal_give_none(notes: str) -> None:
    assert _told(notes) == {}
