"""Lists, chats and mails as reps paste them: invented notes come in, the deals read from them are looked at."""

from datetime import date

import pytest

from chains.deals import Book, Conventions
from chains.reading import read

CHAT = """Marlon Teo
  9:41 AM
need my numbers for Bea by noon. all ACV, euros
Ines Kraft
  9:42 AM
shoot
Marlon Teo
  9:44 AM
Fjordline Ferries 120k. they're in my number, 28/6

Tallow & Wick: 45k, could go either way, 30/6. Gerda is our woman in there
Ines Kraft
  9:45 AM
my Nordvik thing is 90k too, june
Marlon Teo
  9:47 AM
oops Fjordline is 112k
Brisa Hotels 70k went to 15/8 (was 20/6), CFO has not released the money
"""
UNTIMED = """Priya
ok so for the call. everything monthly
Tom
go
Priya
Copper Kettle Inns 4k, commit, closes jun 20. waiting on their PO
Tom
and Harrow?
Priya
Harrow Mills 6.5k, was may 30, now jul 10
"""
STARRED = """[9/3/26, 19:57:40] Nadia: Llanfair Quarries 95k, best case, 17/4
[9/3/26, 19:58:02] Nadia: *59k
[9/3/26, 19:58:30] Greg: ouch. your number's 400 yeah
[9/3/26, 19:59:00] Nadia: 400 yep
[9/3/26, 19:59:30] Nadia: and Peat & Daughters 44k, commit, 27/3
"""
JOURNAL = """tues 10/3
x Oakhurst Realty 22k signed both sides 9/3
> Pine & Post 64k commit, 27/3 -> 10/4, legal holding it
. Mercer Vet Group 35k, best case 30/3. call Lena thurs
! boss wants total by 5
x mail Dana
"""
ARROWS = """COMMIT
> Lindgren Tools 75k 25/9
>> redlines back from them fri
>> who decides the money: Maja Holm
> Sable Shipping 110k, 30/9
UPSIDE
> Quill Press 44k, 30/9
"""
WEEKS = """k$, ARR. number = 350
cmt = in my call, up = upside

done
* Dogwood Nurseries - 38 - WON, signed both ways 10/7

wk of 13/7
* Palmetto Sod - 74 - cmt - 17/7 - sig page is with their owner
* Mesa Turf - 60 - stretch - 30/7

strike from fcst
* Larkspur Gardens - 55 - was in for 31/7, not calling it
"""
THREAD = """From: Ruben Ash
Sent: Tuesday, 14 April 2026 18:02
Subject: RE: where are we

Correction: Bramble Foods is 64k, not 46k. Still commit, 30 April.
Pylon Fitness has now moved to 22 May (I had it at 30 April).

-----Original Message-----
From: Ruben Ash
Sent: Tuesday, 14 April 2026 12:10
Subject: RE: where are we

this is what I have, annual values:
- Bramble Foods 46k, commit, 30 April
- Pylon Fitness 38k, best case, 30 April
"""
ASKED = """Odile Marchand
Yesterday 17:20
k EUR. Lots of noise today so quickly:
Fonderie Belmont 310, commit, 26/6
Ateliers Kervan 120, upside, was 29/5, now 30/6

Tom Pryce
Yesterday 17:24
And I wonder about mine, should I? I also have Delft Pumps 88
"""
BETWEEN = """commit
 + Pembroke Tiles, $84k, 11/6
maybe
 + Stonebridge U. - $61.5k - 12/6
not counting
 + Polder Foods 70k - ghosting us since 9/5
"""
QUOTED = """First the mails from Lake Labs, newest on top:

> 18/11, Dr. Wanner:
> Please make the confirmation over EUR 182,000 and not 190,000. I place the order on 4/12.
>> 11/11, Dr. Wanner:
>> We have not yet decided on the 190,000.

- Lake Labs: so again commit.
- Lake Labs North (the sister house): EUR 44,000, commit, 11/12.
"""


def _book(notes: str, as_of: str) -> Book:
    return read(notes, Conventions(date.fromisoformat(as_of), date_order="DMY"))


def _told(notes: str, as_of: str) -> dict[str, tuple[int | None, str | None, str | None]]:
    found = {}
    for deal in _book(notes, as_of).deals:
        amount = int(deal.amount.value.amount) if deal.amount else None
        category = deal.category.value.value if deal.category else None
        found[deal.name] = (amount, category, deal.close_date.value.isoformat() if deal.close_date else None)
    return found


@pytest.mark.parametrize(
    ("notes", "as_of", "deals"),
    [
        pytest.param(
            CHAT,
            "2026-06-11",
            {
                "Fjordline Ferries": (112000, "commit", "2026-06-28"),
                "Tallow & Wick": (45000, "best_case", "2026-06-30"),
                "Brisa Hotels": (70000, None, "2026-08-15"),
            },
            id="a chat with name, time and text on lines of their own",
        ),
        pytest.param(
            UNTIMED,
            "2026-06-03",
            {
                "Copper Kettle Inns": (4000, "commit", "2026-06-20"),
                "Harrow Mills": (6500, None, "2026-07-10"),
            },
            id="a chat that lost its times",
        ),
        pytest.param(
            STARRED,
            "2026-03-09",
            {
                "Llanfair Quarries": (59000, "best_case", "2026-04-17"),
                "Peat & Daughters": (44000, "commit", "2026-03-27"),
            },
            id="a starred correction, and a quota that is no amount",
        ),
        pytest.param(
            JOURNAL,
            "2026-03-10",
            {
                "Oakhurst Realty": (22000, "closed_won", "2026-03-09"),
                "Pine & Post": (64000, "commit", "2026-04-10"),
                "Mercer Vet Group": (35000, "best_case", "2026-03-30"),
            },
            id="the signs of a bullet journal are bullets and no quotation",
        ),
        pytest.param(
            ARROWS,
            "2026-09-08",
            {
                "Lindgren Tools": (75000, "commit", "2026-09-25"),
                "Sable Shipping": (110000, "commit", "2026-09-30"),
                "Quill Press": (44000, "best_case", "2026-09-30"),
            },
            id="a list with arrows for bullets",
        ),
        pytest.param(
            WEEKS,
            "2026-07-13",
            {
                "Dogwood Nurseries": (38000, "closed_won", "2026-07-10"),
                "Palmetto Sod": (74000, "commit", "2026-07-17"),
                "Mesa Turf": (60000, "best_case", "2026-07-30"),
                "Larkspur Gardens": (55000, "omitted", "2026-07-31"),
            },
            id="headings by week, short forms that the notes define",
        ),
        pytest.param(
            THREAD,
            "2026-04-14",
            {
                "Bramble Foods": (64000, "commit", "2026-04-30"),
                "Pylon Fitness": (38000, "best_case", "2026-05-22"),
            },
            id="the newest mail on top has the last word",
        ),
        pytest.param(
            ASKED,
            "2026-06-09",
            {
                "Fonderie Belmont": (310000, "commit", "2026-06-26"),
                "Ateliers Kervan": (120000, "best_case", "2026-06-30"),
            },
            id="the rep is who gives the figures, also where the other says I more often",
        ),
        pytest.param(
            BETWEEN,
            "2026-06-01",
            {
                "Pembroke Tiles": (84000, "commit", "2026-06-11"),
                "Stonebridge U.": (61500, "best_case", "2026-06-12"),
                "Polder Foods": (70000, "omitted", None),
            },
            id="headings between lists, without a blank line",
        ),
        pytest.param(
            QUOTED,
            "2026-11-19",
            {
                "Lake Labs": (182000, "commit", "2026-12-04"),
                "Lake Labs North": (44000, "commit", "2026-12-11"),
            },
            id="quoted mails that a line announces, and a sister house",
        ),
    ],
)
def test_pastes_give_their_deals(
    notes: str, as_of: str, deals: dict[str, tuple[int | None, str | None, str | None]]
) -> None:
    assert _told(notes, as_of) == deals


@pytest.mark.parametrize(
    ("opening", "basis"),
    [
        ("all ARR, in k", "ARR"),
        ("everything yearly", "ARR"),
        ("everything monthly. k", "MRR"),
        ("k EUR, everything recurring", "ARR"),
        ("tudo ARR", "ARR"),
        ("k$, ARR. FY starts feb", "ARR"),
        ("ACV unless I say otherwise", "ACV"),
        ("this is what I have, annual values:", "ARR"),
    ],
)
def test_a_basis_told_once_holds_for_every_amount(opening: str, basis: str) -> None:
    book = _book(f"{opening}\n\n- Halcyon Labs 130k, commit 24/6\n- Verdant Inns 75k, pipeline\n", "2026-06-05")
    assert [d.amount.value.basis.value for d in book.deals if d.amount and d.amount.value.basis] == [basis, basis]


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("in my call", "commit"),
        ("stretch", "best_case"),
        ("could go either way", "best_case"),
        ("75% for me", "best_case"),
        ("long shot", "pipeline"),
        ("not calling it", "omitted"),
        ("out of my forecast", "omitted"),
        ("they signed 1/6, our Mette in finance has not", "commit"),
        ("signed both ways 1/6", "closed_won"),
    ],
)
def test_a_category_in_other_words(words: str, category: str) -> None:
    (deal,) = _book(f"- Halcyon Labs 130k, {words}", "2026-06-05").deals
    assert deal.category is not None
    assert deal.category.value.value == category


@pytest.mark.parametrize(
    ("words", "role", "name"),
    [
        ("Warrick is still our bloke in there", "champion", "Warrick"),
        ("Chloe (my insider) says hi", "champion", "Chloe"),
        ("padrinho inside = Sônia Prates", "champion", "Sônia Prates"),
        ("Dr. Lins has the purse", "economic_buyer", "Dr. Lins"),
        ("who decides the money: Maja Holm", "economic_buyer", "Maja Holm"),
        ("EB: superintendent Lyle Booker", "economic_buyer", "Lyle Booker"),
    ],
)
def test_people_by_what_is_said_of_them(words: str, role: str, name: str) -> None:
    (deal,) = _book(f"- Halcyon Labs 130k, commit 24/6\n   - {words}", "2026-06-05").deals
    assert [(p.value.role, p.value.name) for p in deal.people if p.value.role == role] == [(role, name)]


@pytest.mark.parametrize(
    ("notes", "private"),
    [
        ("- Halcyon Labs 80k commit 24/6. Dana may be out by summer - keep to yourself", "Dana may be out by summer"),
        ("- Halcyon Labs 80k commit 24/6\n- their boss is splitting from his wife\n- not for anyone", "splitting"),
        ("- Halcyon Labs 80k commit 24/6. Between us: Rick is worn out. He missed two calls.", "He missed two calls"),
        ("- Halcyon Labs 80k commit 24/6\n\nIn confidence: Prof. Hart stops working next summer.", "Prof. Hart stops"),
        ("- Halcyon Labs 80k commit 24/6. (Bridget finds Marama slow. Never repeat.)", "Bridget finds Marama slow"),
    ],
)
def test_a_mark_of_confidence_covers_the_remark_it_is_put_to(notes: str, private: str) -> None:
    book = _book(notes, "2026-06-05")
    assert any(private in span.text for span in book.private)
    assert all("80k" not in span.text for span in book.private)


@pytest.mark.parametrize(
    "notes",
    [
        "Memo regarding restricted activities - David has prepared a draft for review.",
        "Policies - Gregg has been working on a credit policy.",
        "North Zone: 15 MW +/- 10% per settlement interval",
        "The potential upside is rumored to be large.",
        "Included is the Larchmont credit of $83000 in prior period adjustments.",
        "Siew Ling (boss) joins by video on 17/3 only",
        "it keeps crashing in UAT. upside still",
    ],
)
def test_topics_documents_and_people_are_no_deals(notes: str) -> None:
    assert _book(notes, "2026-02-05").deals == ()
