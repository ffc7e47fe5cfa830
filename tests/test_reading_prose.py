"""Running text, dictation and talks: an invented note goes in, the facts a careful reader takes from it come out."""

from datetime import date
from typing import Any

import pytest

from chains.deals import Book, Conventions, Deal
from chains.reading import read

DICTATED = """\
ok so forecast for diane its monday may eleventh im in the car everything is monthly recurring and my target is \
ninety thousand for the quarter

first off kestrel cold chain twelve thousand four hundred a month thats a commit for may twenty ninth procurement \
has the order form and gwen tanner is the one selling it inside for us shes great

marlow and finch was eight thousand its six and a half now they cut the second warehouse upside june fifth their \
lawyer is still on the indemnity bit and our legal owes them an answer by thursday

then theres tallow creek brewing nine thousand no sorry nineteen thousand pipeline we did the demo on friday and i \
go back on the twentieth to show the cfo

orchard lane nurseries they went with birchwood so thats lost four thousand

quarry bay hotels closed last wednesday both signed seven thousand two hundred

oh on kestrel the date i said may twenty ninth make that june second because the cfo is away

dont count the pinehill thing thats marcs
"""

ONE_BLOCK = """\
Quick brain dump before the call. Everything here is ACV. Harrow Mill Textiles should land on 29 May, 140k, I'm \
calling it commit. It's been through legal twice and Petra Lindqvist, who holds the budget, said yes on Monday but \
there is nothing on paper. Behind that is Oakhaven Dental Group at 75k. That one slipped: I had it for 30 April, \
now it's 12 June because their ops director went on sick leave. Best case still. Ravi Menon is pushing for us in \
there, and he's getting me a slot with the new COO next Tuesday. The third one, Brightwell & Rowe, is small, 22k, \
proposal went out last week, call it fifty-fifty, end of June. They want 15% off and I can only give 10, so deal \
desk has to look at it by Friday. Sundial Logistics is dead. They kept what they had. Forty grand gone. Pelham Rail\
 came in on the 6th, PO in hand, 31k. Nothing new at Vantor Labs yet, first chat was yesterday, no numbers. Going \
back to Harrow Mill: they also want 60 days to pay, finance says ok by tomorrow hopefully. Simon's Kirkby deal \
isn't mine. Need to pick up the kids at 5.
"""

TALK = """\
Call transcript, 12 May
Tom: right, what have we got for June
Sal: Three that matter. Redcliff Foods, two hundred and ten thousand, ARR like everything I'll mention. I'm \
committed on that, June nineteenth
Tom: signed?
Sal: No, they've got the contract, their GC is reading it. Hannah Boyle is our champion there, she says end of next\
 week
Tom: and Larkspur
Sal: Larkspur Housing is eighty-five, upside. It was May twenty-second and it's gone to June twenty-sixth, their \
board didn't meet
Tom: who signs there
Sal: Derek Ode, he's the finance director, and no I haven't met him yet. I'm seeing him Thursday
Tom: okay. the third
Sal: Corvid Systems. One forty. Best case. They're running us against Tessaly and the price is a problem, they want\
 twenty percent off
Tom: what about Mason's thing, Ferngate
Sal: Not mine, that's Mason's
Tom: and you lost Ashby?
Sal: Yeah, Ashby Marine, sixty, went to Tessaly last week
"""

ONE_BREATH = """\
alright update for pauline all numbers are annual recurring revenue in euros target is four hundred k so where are \
we well silverbeck foods is signed both sides may fourth ninety five thousand great and then moorgate packaging a \
hundred and thirty thousand commit closes may twenty eighth contract is with their legal they have two open points \
on liability and our legal answers by friday and hazelwood clinics was sixty is now seventy two thousand best case \
june nineteenth ellen price is our champion the budget is with doctor hahn i have not met him and i am seeing ellen\
 on thursday and then dunmore grain forty thousand pipeline just a first call last week nothing else and tarn \
valley dairies is lost fifty five thousand no budget this year thats it
"""

PARAGRAPHS = """\
Hi Marta,

a few words before Friday. Prices are one-off unless I say otherwise.

I'm most sure about Bexhill Pumps. It's worth 64,000 and they want to sign on 29 May. The order is with their \
purchasing, they asked for net 45 and finance is fine with it. Anouk Visser has carried this one from the start, \
and her boss, Mr. Claes, signs it.

Less sure: Vandermolen Glass. It was meant to be 15 May, they've moved it to 19 June because the furnace rebuild is\
 late. 110,000, I'd keep it in best case. Our engineers still owe them the drawing, Wouter promised it for 20 May. \
I don't know who has the money there.

Then there are two little ones. Stokvis Catering (18,000) and Ravel Hotels (22,000) are both at 30%, both end of \
June.

What did close: Ooms Bakery, 41,000, PO came on 5 May. What didn't: Delft Ceramics went to Hydroline, 37,000.

Vandermolen again: they'd like a break clause after year one. I said I'd ask legal this week.
"""

TIMED = """\
[00:00] Nia: shall we just go down the list
[00:04] Owen (me): yeah. Tollgate Insurance, four-twenty, commit, end of May. MSA's signed, only the order form's \
out
[00:15] Nia: who's on it
[00:17] Owen: Beatriz Lima, she's the CIO and it's her budget. She told me it goes out tomorrow
[00:25] Nia: risk?
[00:27] Owen: none that I see
[00:30] Nia: ok. Pinnock?
[00:32] Owen: Pinnock Care slid. I told you May 29, they say July 10 now. one-ninety. still best case
[00:41] Nia: reason
[00:43] Owen: their security people sent a questionnaire with 300 questions and our security team is on holiday. \
Femi gives it back on the 22nd
[00:58] Nia: and Castlerock
[01:00] Owen: Castlerock Mutual I'd call pipeline, seventy-five, no date. They want to see the API first, the SE \
does a demo on the 21st
[01:12] Nia: anything in
[01:14] Owen: Weir & Sons, thirty-three, both signed on Monday
[01:20] Nia: is Halden yours
[01:22] Owen: no, Halden's with Steph
[01:30] Owen: all of that is ACV by the way
"""

ASIDES = """\
Monday notes for Ines. Everything's TCV, quota is 900k this quarter.

Good news first, Peregrine Mutual countersigned on Thursday so that's 310k in the bag, Lotte in our legal turned \
the paper in a day. Next, Osprey Water Authority: 275k, I'd had it as commit for 29 May. It won't make it. They \
need council approval and the council sits on 23 June, so I'm calling it best case for 26 June now. Our sponsor is \
Graham Petty, head of operations, he's solid. I asked Nadia (our VP) to ring his director before the 20th.

Then Heronsgate School, 58k. It's the one I worry about. Mrs Okafor left in April and nobody picked it up since; no\
 reply to three mails. Still in pipeline, date says 30 June but I don't believe it. Two weeks ago Plinth offered \
them the same for 40k.

Kite & Daughters want it, 120-130k, they've asked for data to be kept in Germany and a 90 day opt-out. Legal has \
both since Friday, comes back Wednesday. Contract's in negotiation, close 5 June, commit. Wren Labs? Lost, 45k, \
they built it themselves. 

Ines, don't share: Nadia is moving to Dublin in the autumn.
"""

COACHED = """\
Interview prep call
Coach: so tell me which deals matter
Me: okay so Ballard Freight is the monster, six hundred thousand, total contract. I had it in commit for June 12 \
and honestly it's more like upside now since they froze the budget last week
Coach: who froze it
Me: their CFO, Rita Sandoval. She has the last word. I see her next Wednesday
Coach: mhm, next one
Me: Pike Street Dental, forty-five, they're all in, verbal yes from the owner, Doug Marsh, contract goes out \
tomorrow. June 5. commit
Coach: what could kill it
Me: honestly nothing. Then Tern Island Ferries, one hundred and five. they do a pilot until May 29 and they compare\
 us with Navio. Best case, June 30
Coach: and Marlin?
Me: Marlin Bay Aquarium closed Friday, seventy, signed by both sides. And Grebe Textiles said no, twenty-two, they \
do nothing this year
Coach: And what about Ballard's lawyers
Me: oh right, Ballard's lawyers want unlimited liability, our legal's on it, Yusuf gets back to me Monday
"""

NOTES = {
    "dictated by paragraphs": (DICTATED, "USD", "MDY"),
    "one block of prose": (ONE_BLOCK, "GBP", "DMY"),
    "a talk": (TALK, "GBP", "DMY"),
    "dictated in one breath": (ONE_BREATH, "EUR", "MDY"),
    "a letter in paragraphs": (PARAGRAPHS, "EUR", "DMY"),
    "a talk with times": (TIMED, "USD", "MDY"),
    "prose with asides": (ASIDES, "EUR", "DMY"),
    "a rehearsal": (COACHED, "USD", "MDY"),
}


@pytest.fixture(scope="module")
def books() -> dict[str, Book]:
    orders: dict[str, Any] = {name: order for name, (_, _, order) in NOTES.items()}
    return {
        name: read(text, Conventions(date(2026, 5, 12), currency, orders[name], 1))
        for name, (text, currency, _) in NOTES.items()
    }


def deal(book: Book, account: str) -> Deal:
    return next(d for d in book.deals if d.account.value == account)


# note, account, amount, basis, category, close date, close date before
STANDING = [
    ("dictated by paragraphs", "Kestrel Cold Chain", 12400, "MRR", "commit", "2026-06-02", None),
    ("dictated by paragraphs", "Marlow and Finch", 6500, "MRR", "best_case", "2026-06-05", None),
    ("dictated by paragraphs", "Tallow Creek Brewing", 19000, "MRR", "pipeline", None, None),
    ("dictated by paragraphs", "Orchard Lane Nurseries", 4000, "MRR", "closed_lost", None, None),
    ("dictated by paragraphs", "Quarry Bay Hotels", 7200, "MRR", "closed_won", "2026-05-06", None),
    ("one block of prose", "Harrow Mill Textiles", 140000, "ACV", "commit", "2026-05-29", None),
    ("one block of prose", "Oakhaven Dental Group", 75000, "ACV", "best_case", "2026-06-12", "2026-04-30"),
    ("one block of prose", "Brightwell & Rowe", 22000, "ACV", "best_case", "2026-06-30", None),
    ("one block of prose", "Sundial Logistics", 40000, "ACV", "closed_lost", None, None),
    ("one block of prose", "Pelham Rail", 31000, "ACV", "closed_won", "2026-05-06", None),
    ("one block of prose", "Vantor Labs", None, None, "pipeline", None, None),
    ("a talk", "Redcliff Foods", 210000, "ARR", "commit", "2026-06-19", None),
    ("a talk", "Larkspur Housing", 85000, "ARR", "best_case", "2026-06-26", "2026-05-22"),
    ("a talk", "Corvid Systems", 140000, "ARR", "best_case", None, None),
    ("a talk", "Ashby Marine", 60000, "ARR", "closed_lost", None, None),
    ("dictated in one breath", "Silverbeck Foods", 95000, "ARR", "closed_won", "2026-05-04", None),
    ("dictated in one breath", "Moorgate Packaging", 130000, "ARR", "commit", "2026-05-28", None),
    ("dictated in one breath", "Hazelwood Clinics", 72000, "ARR", "best_case", "2026-06-19", None),
    ("dictated in one breath", "Dunmore Grain", 40000, "ARR", "pipeline", None, None),
    ("dictated in one breath", "Tarn Valley Dairies", 55000, "ARR", "closed_lost", None, None),
    ("a letter in paragraphs", "Bexhill Pumps", 64000, "one_time", "commit", "2026-05-29", None),
    ("a letter in paragraphs", "Vandermolen Glass", 110000, "one_time", "best_case", "2026-06-19", "2026-05-15"),
    ("a letter in paragraphs", "Stokvis Catering", 18000, "one_time", "pipeline", "2026-06-30", None),
    ("a letter in paragraphs", "Ravel Hotels", 22000, "one_time", "pipeline", "2026-06-30", None),
    ("a letter in paragraphs", "Ooms Bakery", 41000, "one_time", "closed_won", "2026-05-05", None),
    ("a letter in paragraphs", "Delft Ceramics", 37000, "one_time", "closed_lost", None, None),
    ("a talk with times", "Tollgate Insurance", 420000, "ACV", "commit", "2026-05-31", None),
    ("a talk with times", "Pinnock Care", 190000, "ACV", "best_case", "2026-07-10", "2026-05-29"),
    ("a talk with times", "Castlerock Mutual", 75000, "ACV", "pipeline", None, None),
    ("a talk with times", "Weir & Sons", 33000, "ACV", "closed_won", "2026-05-11", None),
    ("prose with asides", "Peregrine Mutual", 310000, "TCV", "closed_won", "2026-05-07", None),
    ("prose with asides", "Osprey Water Authority", 275000, "TCV", "best_case", "2026-06-26", "2026-05-29"),
    ("prose with asides", "Heronsgate School", 58000, "TCV", "pipeline", "2026-06-30", None),
    ("prose with asides", "Kite & Daughters", 125000, "TCV", "commit", "2026-06-05", None),
    ("prose with asides", "Wren Labs", 45000, "TCV", "closed_lost", None, None),
    ("a rehearsal", "Ballard Freight", 600000, "TCV", "best_case", "2026-06-12", None),
    ("a rehearsal", "Pike Street Dental", 45000, None, "commit", "2026-06-05", None),
    ("a rehearsal", "Tern Island Ferries", 105000, None, "best_case", "2026-06-30", None),
    ("a rehearsal", "Marlin Bay Aquarium", 70000, None, "closed_won", "2026-05-08", None),
    ("a rehearsal", "Grebe Textiles", 22000, None, "closed_lost", None, None),
]


@pytest.mark.parametrize(
    ("note", "account", "amount", "basis", "category", "close", "before"),
    STANDING,
    ids=[f"{r[0]}: {r[1]}" for r in STANDING],
)
def test_each_deal_has_its_own_facts(
    books: dict[str, Book], note: str, account: str, amount: int, basis: str, category: str, close: str, before: str
) -> None:
    found = deal(books[note], account)
    money = found.amount.value if found.amount else None
    assert (int(money.amount) if money else None) == amount
    assert (money.basis.value if money and money.basis else None) == basis
    assert (found.category.value.value if found.category else None) == category
    assert (str(found.close_date.value) if found.close_date else None) == close
    assert (str(found.previous_close_date.value) if found.previous_close_date else None) == before


def test_nobody_else_is_taken_for_a_deal(books: dict[str, Book]) -> None:
    named = {name: {d.account.value for d in book.deals} for name, book in books.items()}
    assert named == {name: {row[1] for row in STANDING if row[0] == name} for name in NOTES}


# note, account, part, who
PARTS = [
    ("one block of prose", "Harrow Mill Textiles", "economic_buyer", "Petra Lindqvist"),
    ("one block of prose", "Oakhaven Dental Group", "champion", "Ravi Menon"),
    ("a talk", "Redcliff Foods", "champion", "Hannah Boyle"),
    ("dictated in one breath", "Hazelwood Clinics", "economic_buyer", "Doctor Hahn"),
    ("a letter in paragraphs", "Bexhill Pumps", "champion", "Anouk Visser"),
    ("a letter in paragraphs", "Bexhill Pumps", "economic_buyer", "Mr. Claes"),
    ("a talk with times", "Tollgate Insurance", "economic_buyer", "Beatriz Lima"),
    ("prose with asides", "Osprey Water Authority", "champion", "Graham Petty"),
    ("a rehearsal", "Ballard Freight", "economic_buyer", "Rita Sandoval"),
]


@pytest.mark.parametrize(("note", "account", "part", "who"), PARTS, ids=[f"{r[1]}: {r[2]}" for r in PARTS])
def test_people_are_known_by_what_is_said_of_them(
    books: dict[str, Book], note: str, account: str, part: str, who: str
) -> None:
    assert (who, part) in {(p.value.name, p.value.role) for p in deal(books[note], account).people}


# note, account, owner, due day
STEPS = [
    ("one block of prose", "Oakhaven Dental Group", "Ravi Menon", date(2026, 5, 19)),
    ("one block of prose", "Brightwell & Rowe", "deal desk", date(2026, 5, 15)),
    ("a talk", "Larkspur Housing", "me", date(2026, 5, 14)),
    ("dictated in one breath", "Moorgate Packaging", "legal", date(2026, 5, 15)),
    ("a talk with times", "Castlerock Mutual", "SE", date(2026, 5, 21)),
    ("a rehearsal", "Ballard Freight", "Yusuf", date(2026, 5, 18)),
]


@pytest.mark.parametrize(("note", "account", "owner", "due"), STEPS, ids=[f"{r[1]}: {r[2]}" for r in STEPS])
def test_a_step_has_its_owner_and_day(books: dict[str, Book], note: str, account: str, owner: str, due: date) -> None:
    step = deal(books[note], account).next_step
    assert step is not None
    assert (step.value.owner, step.value.due) == (owner, due)


# note, account, risks or wishes that are told in other words
OPEN = [
    ("a talk", "Corvid Systems", {"competition", "pricing"}),
    ("dictated in one breath", "Hazelwood Clinics", {"no_economic_buyer"}),
    ("a letter in paragraphs", "Vandermolen Glass", {"timeline_slip", "opt_out"}),
    ("prose with asides", "Heronsgate School", {"champion_loss", "gone_dark", "competition"}),
    ("prose with asides", "Kite & Daughters", {"data_residency", "opt_out"}),
    ("a rehearsal", "Ballard Freight", {"budget", "legal", "contract_terms"}),
]


@pytest.mark.parametrize(("note", "account", "kinds"), OPEN, ids=[r[1] for r in OPEN])
def test_what_is_open_is_known_in_other_words(books: dict[str, Book], note: str, account: str, kinds: set[str]) -> None:
    found = deal(books[note], account)
    assert kinds <= {r.value.kind.value for r in found.risks} | {e.value.kind.value for e in found.exceptions}
