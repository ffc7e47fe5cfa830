"""What reps say of a deal in words of their own: a line goes in; when it closes, where it stands and what its amount
is an amount of come out."""

from datetime import date

import pytest

from chains.deals import Conventions, Deal
from chains.reading import read

AS_OF = date(2026, 3, 19)  # a Thursday


def deal(line: str) -> Deal:
    (found,) = read(f"Tarn Cabins 40k. {line}", Conventions(AS_OF, "EUR", "DMY", 1)).deals
    return found


APRIL, MARCH = date(2026, 4, 24), date(2026, 3, 27)

# what is said, the close date, the one before
DAYS: list[tuple[str, date | None, date | None]] = [
    ("Realistically the 24th of April", APRIL, None),
    ("They want it by 24/4", APRIL, None),
    ("I've put 24 April in the system", APRIL, None),
    ("We expect him 24 April", APRIL, None),
    ("Forget 27 March, think 24 April", APRIL, MARCH),
    ("24 April. Before I said 27 March", APRIL, MARCH),
    ("24 April (had 27 March in sfdc)", APRIL, MARCH),
    ("I'd told her 27 March, it's now 24 April", APRIL, MARCH),
    ("They'd told us 27/3, next board is 22/4 so 24/4", APRIL, MARCH),
    ("Instead of 27/3 it will be 24/4", APRIL, MARCH),
    ("We wanted to close 27 March but the grant is late, so we pass to 24 April", APRIL, MARCH),
    ("I'd pencilled 27 March, realistically the fourth week of April, 24/4 say", APRIL, MARCH),
    ("It's not going to be 27 March. 24 April and not later", APRIL, MARCH),
    ("Was set for 27/3, now it is 24.04 because the bank has to approve", APRIL, MARCH),
    ("Close Fri 24.4., was 27.03 and I do not like it", APRIL, MARCH),
    ("If yes we sign 24/4", APRIL, None),
    ("24/4 still holds", APRIL, None),
    ("27 March was the plan, the owner is overseas. 24 April.", APRIL, MARCH),
    ("Earlier told 27 March. Exams are on so 24 April", APRIL, MARCH),
    ("Last week I wrote 27 March, please change it to 24 April", APRIL, MARCH),
    ("Told you 27/3, can't be before 24/4", APRIL, MARCH),
    ("I think November, the 13th perhaps", date(2026, 11, 13), None),
    ("They'd need the board. 24 April then.", APRIL, None),
    ("24 April final.", APRIL, None),
    ("She told me it goes out tomorrow", None, None),
    ("The crm says 24/4 but they have been dark since January", APRIL, None),
    ("Was 27/3 now 24/4, nothing moves till the vet lifts the ban", APRIL, MARCH),
    ("24/4. From January nobody answers me", APRIL, None),
    ("24/4. We need 2 men, 4 weeks, from 8 May, no more", APRIL, None),
    ("docusign back Mon both sides", date(2026, 3, 16), None),
    ("Survey on 24 April", None, None),
    ("The vet visits 24/4 and they want me back 8 May", None, None),
    ("The heating has to be back before 24/4", None, None),
    ("We count the beds from 24 April", None, None),
    ("Both have signed, arrived Monday", date(2026, 3, 16), None),
    ("PO landed, demo on 24/4 for the new people", None, None),
]


@pytest.mark.parametrize(("said", "close", "before"), DAYS, ids=[r[0] for r in DAYS])
def test_talk_of_a_day_is_of_the_close_where_nothing_else_is_spoken_of(
    said: str, close: date | None, before: date | None
) -> None:
    found = deal(said)
    assert found.close_date == close or (found.close_date is not None and found.close_date.value == close)
    assert (found.previous_close_date.value if found.previous_close_date else None) == before


# what is said, the category, the stage
STANDINGS: list[tuple[str, str | None, str | None]] = [
    ("It should land", "commit", None),
    ("I'd put my house on it", "commit", None),
    ("In.", "commit", None),
    ("I'd call this solid", "commit", None),
    ("Could go either way", "best_case", None),
    ("fifty fifty", "best_case", None),
    ("60/40 for us", "best_case", None),
    ("They pay 50/50", None, None),
    ("I'd not count on it", "pipeline", None),
    ("Lovely people, miles off though", "pipeline", None),
    ("No chance this year", "omitted", None),
    ("I don't want it in the number", "omitted", None),
    ("out", "omitted", None),
    ("If the bank agrees it should land", None, None),
    ("2 of 3 signed", None, None),
    ("4 of 5 won this year", None, None),
    ("Without one: 1 out of 6 lost", None, None),
    ("Purchase order is promised for 27/3", None, None),
    ("Legal both sides done", None, None),
    ("They've chosen us, contract follows", "commit", "verbal"),
    ("They've chosen Northhaul", "closed_lost", "closed_lost"),
    ("Six times out of ten we get it", "best_case", None),
    ("Still fairly sure", "best_case", None),
    ("Don't hold your breath", "pipeline", None),
    ("PO'd Friday", "closed_won", "closed_won"),
    ("They paid the deposit 16/3", "closed_won", "closed_won"),
    ("Nope, doing it themselves", "closed_lost", "closed_lost"),
    ("They've gone bust", "closed_lost", "closed_lost"),
    ("Came in Tuesday!", "closed_won", "closed_won"),
    ("Deposit's cleared this morning", "closed_won", "closed_won"),
    ("They bought!", "closed_won", "closed_won"),
    ("Their answers came in Tuesday", None, None),
    ("They signed with Northhaul", "closed_lost", "closed_lost"),
    ("They've given it to Northhaul", "closed_lost", "closed_lost"),
    ("They bought a used one", "closed_lost", "closed_lost"),
    ("The director pulled the funding. It's over", "closed_lost", "closed_lost"),
    ("No, they're sticking with their old supplier", "closed_lost", "closed_lost"),
    ("Lost in February, the insurer wanted a fire rating", "closed_lost", "closed_lost"),
    ("Their lawyer is on page 30 of 44", "commit", "procurement"),
    ("The price is being discussed, they want a break clause", "best_case", "negotiation"),
    ("They're running ours next to another one until Friday", "pipeline", "evaluation"),
    ("Upside, in a bakeoff with two others", "best_case", "evaluation"),
    ("Its stuck with their purchasing, 24/4 still the date", "commit", "procurement"),
    ("Had tea with the owner", "pipeline", "discovery"),
    ("I owe them a quote", None, None),
    ("Our lawyer is on leave", None, None),
]


@pytest.mark.parametrize(("said", "category", "stage"), STANDINGS, ids=[r[0] for r in STANDINGS])
def test_a_deal_stands_where_the_reps_own_words_put_it(said: str, category: str | None, stage: str | None) -> None:
    found = deal(said)
    assert (found.category.value if found.category else None) == category
    assert (found.stage.value if found.stage else None) == stage


# the amount as told, what it is an amount of
AMOUNTS = [
    ("a year", "ARR"),
    ("ACV commit", "ACV"),
    (", paid once", "one_time"),
    ("p.a.", "ARR"),
    ("pm", "MRR"),
    (", commit", None),
]


@pytest.mark.parametrize(("behind", "basis"), AMOUNTS, ids=[r[0] for r in AMOUNTS])
def test_everyday_words_beside_a_figure_say_what_it_is_paid_for(behind: str, basis: str | None) -> None:
    (found,) = read(f"Tarn Cabins 40k {behind}", Conventions(AS_OF, "EUR", "DMY", 1)).deals
    assert found.amount is not None
    assert found.amount.value.basis == basis


HEADS = [("$ (one time, no tax)", "one_time"), ("k€/y", "ARR"), ("€ per month", "MRR"), ("value", None)]


@pytest.mark.parametrize(("heading", "basis"), HEADS, ids=[r[0] for r in HEADS])
def test_a_columns_heading_says_what_its_amounts_are(heading: str, basis: str | None) -> None:
    table = f"| job | {heading} | where |\n|---|---|---|\n"
    rows = "| Tarn Cabins | 40,000 | commit |\n| Hazel Wharf | 22,000 | commit |\n"
    found = read(table + rows, Conventions(AS_OF, "EUR", "DMY", 1)).deals
    assert [d.amount.value.basis if d.amount else "none" for d in found] == [basis, basis]


def test_a_box_to_tick_before_a_deal_makes_no_step_of_its_days() -> None:
    lines = "[ ] Tarn Cabins - 40k - upside - they meet 17/4. 24/4\n[ ] Hazel Wharf - 22k. Used to say 27/3, 24/4 now\n"
    found = read(lines, Conventions(AS_OF, "EUR", "DMY", 1)).deals
    assert [d.close_date.value if d.close_date else None for d in found] == [APRIL, APRIL]


# the line that explains the letters or signs, the cell, the category
LEGENDS = [
    ("mine: in (both signed) / sure (commit) / maybe (best case) / early (pipeline)", "in", "closed_won"),
    ("G = going to sign, L = long shot, X = gone", "L", "pipeline"),
    ("✅ in the house / 🟢 will come / 🔴 dead", "🟢", "commit"),
    ("✅ in the house / 🟢 will come / 🔴 dead", "🔴", "closed_lost"),
]


@pytest.mark.parametrize(("legend", "cell", "category"), LEGENDS, ids=[f"{r[1]} of {r[0]}" for r in LEGENDS])
def test_a_list_is_read_by_its_own_letters_and_signs(legend: str, cell: str, category: str) -> None:
    table = f"{legend}\n\n| who | k€ | when (old) | when | my bet |\n|---|---|---|---|---|\n"
    rows = f"| Tarn Cabins | 40 | 27.3 | 24.4 | {cell} |\n| Hazel Wharf | 22 | | 24.4 | {cell} |\n"
    tarn, hazel = read(table + rows, Conventions(AS_OF, "EUR", "DMY", 1)).deals
    assert tarn.category is not None
    assert tarn.category.value == category
    if category != "closed_lost":
        assert tarn.previous_close_date is not None
        assert tarn.previous_close_date.value == MARCH
    assert hazel.previous_close_date is None
    assert hazel.close_date is not None
