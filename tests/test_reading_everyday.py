"""Everyday wordings: an invented note of a few lines goes in, the facts a careful reader takes from it come out."""

from datetime import date
from typing import Any

import pytest

from chains.deals import Conventions, Deal
from chains.reading import read

AS_OF = date(2026, 5, 11)


def book(note: str) -> dict[str, Deal]:
    return {d.account.value: d for d in read(note, Conventions(AS_OF, "EUR", "DMY", 1)).deals}


# what the notes say of all figures, basis of the deal below
BASES = [
    ("Every sum I mention is the fee per month, mind.", "MRR"),
    ("(euros. bought once, nothing recurring in any of it)", "one_time"),
    ("All my amounts are the lump sum.", "one_time"),
    ("All sums here are first-year value.", "ACV"),
    ("figures = whole contract, all 4 years together", "TCV"),
    ("My goal is 300k a month.", None),
]


@pytest.mark.parametrize(("said", "basis"), BASES, ids=[r[0] for r in BASES])
def test_what_all_figures_are_is_taken_from_one_sentence(said: str, basis: str | None) -> None:
    found = book(f"{said}\n\n- Hazel Wharf Bakeries 40k, commit, 29/5\n- Corran Boats 22k, upside, 12/6\n")
    assert {d.amount.value.basis if d.amount else None for d in found.values()} == {basis}


# line of a deal, the fields that have to be read
LINES: list[tuple[str, dict[str, Any]]] = [
    ("Corran Boats 22k, the order hit my inbox on 4/5", {"category": "closed_won", "close_date": date(2026, 5, 4)}),
    ("Corran Boats 22k, dropped us, sticking with their old winches", {"category": "closed_lost"}),
    ("Corran Boats 22k, I commit it, 29/5 is not possible anymore, it is 12/6 now",
     {"close_date": date(2026, 6, 12), "previous_close_date": date(2026, 5, 29)}),
    ("Corran Boats 22k, commit, 12/6. Security form is with Tom in SE, done by the 26th hopefully.",
     {"close_date": date(2026, 6, 12)}),
    ("Corran Boats 22k, commit, done by 12/6", {"close_date": date(2026, 6, 12)}),
    ("Corran Boats 22k. PO in process per Jules (procurement). 12/6", {"category": "commit", "stage": "procurement"}),
    ("Corran Boats 22k. pricing call Thurs. they compare us with Skua. 12/6 tight", {"close_date": date(2026, 6, 12)}),
    ("Corran Boats 22k, contract is at their notary, signature planned 12/6", {"close_date": date(2026, 6, 12)}),
    ("Corran Boats 22k, commit 12/6. If we don't turn the redlines by the 20th it's a July deal.",
     {"close_date": date(2026, 6, 12)}),
    ("Corran Boats 22k 12/6 trustees meet 5/6", {"close_date": date(2026, 6, 12)}),
    ("Corran Boats 22k – cancelled, budget cut", {"category": "closed_lost"}),
    ("Corran Boats 22k, was 29/5, moved to 12/6. Their finance committee was cancelled.",
     {"close_date": date(2026, 6, 12), "previous_close_date": date(2026, 5, 29)}),
    ("Corran Boats 22k, upside, 12/6, horse trading over terms", {"stage": "negotiation"}),
    ("Corran Boats 22k, he said yes but nothing is signed, the order comes 12/6", {"close_date": date(2026, 6, 12)}),
    ("Corran Boats 22k, upside, PO arrives 12/6", {"close_date": date(2026, 6, 12)}),
    ("Corran Boats 22k, upside, they want to go ahead for 12/6", {"close_date": date(2026, 6, 12)}),
    ("Corran Boats 22k upside twelfth of june in the system", {"close_date": date(2026, 6, 12)}),
    ("Corran Boats 22k upside thirty first of march in the system", {"close_date": date(2027, 3, 31)}),
    ("Corran Boats 22k, evaluation, 12/6. One open point in their security questionnaire",
     {"stage": "evaluation", "category": "pipeline"}),
    ("Corran Boats 22k, 90%, 12/6, just the signature is pending", {"category": "commit", "stage": "procurement"}),
]  # fmt: skip


@pytest.mark.parametrize(("line", "fields"), LINES, ids=[r[0] for r in LINES])
def test_a_line_in_everyday_words_is_read(line: str, fields: dict[str, Any]) -> None:
    found = book(f"- {line}\n- Hazel Wharf Bakeries 40k, commit, 29/5\n")["Corran Boats"]
    assert {k: getattr(found, k).value for k in fields} == fields


def test_items_hung_on_an_arrow_below_a_line_are_deals_of_the_rep() -> None:
    note = (
        "for Nadia, wed 13/5\n\nWHAT I WANT: 3k so Okonjo (outside engineer) can visit two sites:\n"
        " > Hazel Wharf Bakeries 40k, best case, 29/5\n > Corran Boats 22k, only had one intro call, 12/6\n"
    )
    assert set(book(note)) == {"Hazel Wharf Bakeries", "Corran Boats"}


def test_whom_the_notes_are_for_is_no_account() -> None:
    note = "For Nadia, tomorrow 11:00, Mon 11/5. Hazel Wharf Bakeries, 40k, commit for 29/5. Nothing else.\n"
    assert set(book(note)) == {"Hazel Wharf Bakeries"}


# a line that heads a list of deals, the category of each
LISTS = [
    ("goal 300k. closed so far: Hazel Wharf Bakeries (40k, 4/5), Corran Boats (22k, 6/5)", "closed_won"),
    ("Already booked - Hazel Wharf Bakeries 40k on 4/5 and Corran Boats 22k on 6/5", "closed_won"),
    ("Won this quarter: Hazel Wharf Bakeries (40k), Corran Boats (22k)", "closed_won"),
    ("in the bag = Hazel Wharf Bakeries 40k (4/5) + Corran Boats 22k (6/5)", "closed_won"),
    ("Lost: Hazel Wharf Bakeries (40k, price), Corran Boats (22k, no decision)", "closed_lost"),
    ("Pipeline so far: Hazel Wharf Bakeries (40k), Corran Boats (22k)", "pipeline"),
]


@pytest.mark.parametrize(("line", "category"), LISTS, ids=[r[0] for r in LISTS])
def test_what_heads_a_list_is_said_of_each_deal_in_it(line: str, category: str) -> None:
    found = book(f"Tern Ferries 90k commit 29/5\n\n{line}\n")
    standing = {name: deal.category.value for name, deal in found.items() if deal.category}
    assert standing == {"Tern Ferries": "commit", "Hazel Wharf Bakeries": category, "Corran Boats": category}
    days = [found[n].close_date for n in ("Hazel Wharf Bakeries", "Corran Boats")]
    wanted = [date(2026, 5, 4) if "4/5" in line else None, date(2026, 5, 6) if "6/5" in line else None]
    assert [day and day.value for day in days] == wanted


# what a line says of the rep's number, the accounts of the notes, the first and last day of what the number is for
GOALS = [
    ("Target Q2 £350k", [], "2026-04-01", "2026-06-30"),
    ("Q2 (Apr-Jun), quota 350k", [], "2026-04-01", "2026-06-30"),
    ("My quota for June is 350k", [], "2026-06-01", "2026-06-30"),
    ("For the quarter: 350 is my number.", [], "2026-04-01", "2026-06-30"),
    ("I'm carrying 350 for Q2", [], "2026-04-01", "2026-06-30"),
    ("350k is my number for the half", [], "2026-01-01", "2026-06-30"),
    ("My gap: need 350k, closed 130k so far", [], "2026-04-01", "2026-06-30"),
    ("(target 350k)", [], "2026-04-01", "2026-06-30"),
    ("- Q2 target 350k. open pipe is 700k = 2x. On 1 May it was 600k", [], "2026-04-01", "2026-06-30"),
    ("Their target price is 30k, the team number 3m", [], "", ""),
    ("Target 240k commit 29/5, waiting on PO", ["Target"], "", ""),
]


@pytest.mark.parametrize(("line", "accounts", "first", "last"), GOALS, ids=[r[0] for r in GOALS])
def test_a_goal_is_no_account_and_an_account_no_goal(line: str, accounts: list[str], first: str, last: str) -> None:
    found = read(f"{line}\nCorran Boats 22k commit 12/6\n", Conventions(AS_OF, "EUR", "DMY", 1))
    assert {d.name for d in found.deals} == {"Corran Boats", *accounts}
    assert [(t.value.start.isoformat(), t.value.end.isoformat()) for t in found.targets] == [(first, last)] * bool(
        first
    )


def test_one_word_above_indented_deals_gives_them_their_category() -> None:
    note = (
        "Commit\n  Corran Boats - 22 - PO in process. 29/5\nBest\n  Tern Ferries - 90 - pricing call Thursday\n"
        "Closed\n  Hazel Wharf Bakeries 40 (4/5)\nLost: Skua Labs - 60 - budget cut\n"
    )
    assert {n: d.category.value if d.category else None for n, d in book(note).items()} == {
        "Corran Boats": "commit",
        "Tern Ferries": "best_case",
        "Hazel Wharf Bakeries": "closed_won",
        "Skua Labs": "closed_lost",
    }


@pytest.mark.parametrize("name", ["Graça Pimentel", "Inès", "Mireille", "Sylvain Roy"])
def test_a_person_with_a_less_common_name_is_no_account(name: str) -> None:
    said = f"{name} said yes to the 40k on the phone, upside 22k for the second site."
    assert set(book(f"Hazel Wharf Bakeries, commit, 29/5. {said}\n")) == {"Hazel Wharf Bakeries"}


# a sentence below another deal, its account, category and day of the close
TOLD = [
    ("We lost Skua Labs, 60k, to Brightly. They never saw the value.", "Skua Labs", "closed_lost", None),
    ("Lost Skua Labs to Brightly, 60k, price.", "Skua Labs", "closed_lost", None),
    ("Unfortunately Skua Labs is dead, 60k.", "Skua Labs", "closed_lost", None),
    ("Got the Skua Schools PO on Thursday for 60k, thanks to Kim for jumping on that call.", "Skua Schools",
     "closed_won", date(2026, 5, 7)),
    ("the bad one is Skua Mills. 60, they're going with Geotrak, price", "Skua Mills", "closed_lost", None),
    ("Skua Mills 60k commit, they're going with us, PO Monday", "Skua Mills", "commit", None),
    ("WHAT COULD COME IN\nSkua Mills - 60k by 12/6. They want us to match Geotrak's price", "Skua Mills", "best_case",
     date(2026, 6, 12)),
    ("won last week Skua Schools 60k!", "Skua Schools", "closed_won", None),
    ("maybe: Third Skua Brewing 60k, 12/6", "Third Skua Brewing", "best_case", date(2026, 6, 12)),
    ("PO from Skua Schools came in Thursday (60k)", "Skua Schools", "closed_won", date(2026, 5, 7)),
]  # fmt: skip


@pytest.mark.parametrize(("line", "account", "category", "day"), TOLD, ids=[r[0] for r in TOLD])
def test_a_deal_won_or_lost_in_a_plain_sentence_is_read(
    line: str, account: str, category: str, day: date | None
) -> None:
    found = book(f"Corran Boats 22k, commit, 29/5.\n{line}\n")
    deal = found[account]
    assert set(found) == {"Corran Boats", account}
    assert (deal.category and deal.category.value, deal.amount and deal.amount.value.amount) == (category, 60000)
    assert (deal.close_date and deal.close_date.value) == day


# a line of its own, whether it must not travel
LABELLED = [
    ("Private - thinking of going to 4 days from July, haven't told HR.", True),
    ("Private: thinking of going to 4 days. And Nadia is difficult.", True),
    ("(personal) therapist at 4pm", True),
    ("Privat: Zahnarzt 15 Uhr", True),
    ("My wife's birthday tonight so not reachable after 17.", True),
    ("Private equity owner wants a review first", False),
]


@pytest.mark.parametrize(("line", "private"), LABELLED, ids=[r[0] for r in LABELLED])
def test_what_stands_behind_the_label_private_does_not_travel(line: str, private: bool) -> None:
    found = read(f"Corran Boats 22k, commit, 29/5\n\n{line}\n", Conventions(AS_OF, "EUR", "DMY", 1))
    assert " ".join(p.text for p in found.private) == (line if private else "")


def test_a_sentence_that_announces_deals_gives_each_of_them_its_category() -> None:
    note = (
        "We have two deals in commit. Corran Boats at 22k closes 29/5, signed off. Tern Ferries is 90k for 12/6; "
        "they asked for an SLA.\n\nIn upside there is Skua Labs (60k, 15/6). Also Hazel Wharf Bakeries (40k, 30/6).\n\n"
        "Plover Mills went from 29/5 to 10/7. 75k.\n"
    )
    assert {n: d.category.value if d.category else None for n, d in book(note).items()} == {
        "Corran Boats": "commit",
        "Tern Ferries": "commit",
        "Skua Labs": "best_case",
        "Hazel Wharf Bakeries": "best_case",
        "Plover Mills": None,
    }


# what is said of a deal in plain numbers, its amount
PLAIN = [
    ("Corran Boats moved to 12/6 from 29/5, third time. best case, 120.", 120_000),
    ("ok Corran Boats, that's the 175, they finally sent the msa back", 175_000),
    ("Corran Boats 180 commit. now it's 66 instead of 180.", 66_000),
    ("Corran Boats is in, 135k ARR. so 300 is the number, I have 31 plus Corran Boats.", 135_000),
    ("Corran Boats. Bigger one, 220. Their legal redlined the indemnity section.", 220_000),
]


@pytest.mark.parametrize(("line", "amount"), PLAIN, ids=[r[0] for r in PLAIN])
def test_plain_numbers_of_running_text_are_thousands(line: str, amount: int) -> None:
    deal = book(f"{line}\nHazel Wharf Bakeries 39k won.\n")["Corran Boats"]
    assert deal.amount is not None
    assert deal.amount.value.amount == amount


def test_a_label_above_and_a_team_are_said_of_whom_they_stand_by() -> None:
    note = "Commit: Corran Boats 22k 12/6; Tern Ferries 90k 15/6 - waiting on InfoSec, theirs not ours\n"
    note += "Best case: Skua Labs 60k 19/6\nSlipped: Plover Mills 75k, was 29/5, now 10/7.\n"
    found = book(note)
    slips = {n for n, d in found.items() if "timeline_slip" in {r.value.kind.value for r in d.risks}}
    assert (set(found), slips) == ({"Corran Boats", "Tern Ferries", "Skua Labs", "Plover Mills"}, {"Plover Mills"})


def test_a_row_of_a_frame_is_no_account() -> None:
    note = "Acct: Corran Boats\n amt 240k, commit 12/6\n MEDDPICC: M - saves 2 FTE; EB - Carol Dunn (CFO), met 4/5\n"
    note += "Acct: Tern Ferries\n amt TBD, pipeline, Q3\n"
    assert set(book(note)) == {"Corran Boats", "Tern Ferries"}


def test_the_matters_of_an_ask_are_not_about_the_deal_named_last() -> None:
    note = (
        "Why now: Corran Boats (22k, best case 12/6) and Tern Ferries (90k, commit 15/6) have evals open.\n"
        "Cost is about 14 days of Tess, no cash.\nI tried: recorded demos. Tern's architect said they didn't answer "
        "his questions.\nReturn: 112k of pipeline gets a real eval. With an engineer we won 4 of 5.\n"
        "Smaller: just Corran Boats, one day a week.\nBy 20/5 please, the plan for June closes on the 21st.\n"
    )
    found = book(note)
    read_as = {n: (d.category and d.category.value, d.close_date and d.close_date.value) for n, d in found.items()}
    assert read_as == {"Corran Boats": ("best_case", date(2026, 6, 12)), "Tern Ferries": ("commit", date(2026, 6, 15))}
    assert not any(d.risks for d in found.values())


# lines, the accounts in them with their categories
NAMED = [
    ("Molar & More won 28/4, 22k, both signed", {"Molar & More": "closed_won"}),
    ("met Pets & Us Tue, 60k pipeline 9/6", {"Pets & Us": "pipeline"}),
    ("Pardoe Glass 30k was commit. by then they had seen Zendora too. now best case 12/6",
     {"Pardoe Glass": "best_case"}),
    ("Pardoe Glass 30k, commit 12/6, they saw Zendora last week too", {"Pardoe Glass": "commit"}),
    ("HARROW MILLS DONE!! docusign completed by both 2 min ago. 38k", {"Harrow Mills": "closed_won"}),
    ("saw Kips Redwood deal in the channel, 200k?? jealous", {}),
    ("Heard about Jonas's Bluebird deal on the team call, 150k, wow", {}),
    ("Rule is one call per customer, so Nina said no, nicely", {}),
    ("from Tollgate Studios today:\n> Hi! If you can do 10% off the 88k we go ahead.\n> Sam\nso: best case",
     {"Tollgate Studios": "best_case"}),
    ("Hartley Boats wrote last night:\n> We would take the 30k package, start 1 July.\nbest case. I call them Mon",
     {"Hartley Boats": "best_case"}),
    ("Mail from Jo:\n> I need the 60k forecast by 12 June", {}),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "accounts"), NAMED, ids=[r[0].splitlines()[0] for r in NAMED])
def test_the_deals_of_the_rep_are_told_from_other_names(lines: str, accounts: dict[str, str]) -> None:
    found = book(f"Corran Boats 22k commit 12/6\n\n{lines}\n\nHazel Wharf Bakeries 40k, commit, 29/5\n")
    told = {name.title(): d.category.value.value if d.category else "" for name, d in found.items()}
    assert told == {"Corran Boats": "commit", "Hazel Wharf Bakeries": "commit", **accounts}


def test_what_leads_on_to_the_next_deal_is_no_step_of_it() -> None:
    found = book(
        "Dana: and Hazel?\nMe: Hazel Wharf Bakeries, forty k, commit, 29/5. next is Corran Boats, hundred and thirty,"
        " I'd say eighty per cent, thirtieth of June. nothing hanging there\nDana: ok\nMe: thanks\n"
    )["Corran Boats"]
    assert found.next_step is None
    assert found.close_date is not None
    assert found.close_date.value == date(2026, 6, 30)


# what is told of a deal, the risks left of it
OPEN = [
    ("their board voted yes last night, no blockers", []),
    ("the trustees voted for it on Monday", []),
    ("their partners have to sign off the spend", ["approval"]),
]


@pytest.mark.parametrize(("said", "risks"), OPEN, ids=[r[0] for r in OPEN])
def test_an_approval_is_a_risk_until_it_is_given(said: str, risks: list[str]) -> None:
    note = f"- Corran Boats 22k, commit, 12/6, {said}\n- Hazel Wharf Bakeries 40k, commit, 29/5\n"
    found = book(note)["Corran Boats"]
    assert [r.value.kind.value for r in found.risks] == risks


def test_a_later_entry_settles_what_an_earlier_one_left_open() -> None:
    found = book(
        "Mon 4/5\nHarrow Mills 40k commit 30/5, redlines stuck with our legal since Tuesday\n"
        "Pardoe Glass 20k commit 30/5, redlines stuck with our legal\n\n"
        "Fri 8/5\nHarrow: legal is through, nothing open anymore\n"
    )
    assert [[r.value.kind.value for r in d.risks] for d in found.values()] == [[], ["legal"]]
