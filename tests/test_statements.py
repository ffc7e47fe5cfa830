"""What is read beside deals: statements, promises of both sides and the rep's number, from notes in any style."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains.deals import Conventions
from chains.kinds import StatementKind as Kind
from chains.reading import read

AS_OF = Conventions(date(2026, 4, 8))


@pytest.mark.parametrize(
    ("notes", "kind", "words"),
    [
        ("ask: two loaner scanners for the north until june", Kind.ASK, "two loaner scanners"),
        ("i want Ruth to let me hand the schools over to Ines", Kind.ASK, "hand the schools over"),
        ("why - inbound fell from 12 mtgs/mo to 4", Kind.WHY_NOW, "inbound fell from 12"),
        ("cost: 6k freight, nothing else", Kind.COST, "6k freight"),
        ("it costs us about 6k", Kind.COST, "costs us about 6k"),
        ("give: two more first meetings a week", Kind.RETURN, "two more first meetings"),
        ("what does she get: a clean report every friday", Kind.RETURN, "clean report"),
        ("last time we did this it took four days and they signed", Kind.PROOF, "four days"),
        ("if thats too much: one scanner, only until may", Kind.SMALLER_STEP, "one scanner"),
        ("plan B if 5 is too many: three days", Kind.SMALLER_STEP, "if 5 is too many: three days"),
        ("need her yes by 4/17 because the truck has to be booked", Kind.DECIDE_BY, "yes by 4/17"),
        ("if she says no i borrow the one in leeds on fridays", Kind.ON_REFUSAL, "borrow the one in leeds"),
        ("goal we set in january: 6 new schools by EOY", Kind.GOAL, "6 new schools"),
        ("so far 4 of 6", Kind.EVIDENCE, "4 of 6"),
        ("my miss: told nobody until the 12th", Kind.SHORTCOMING, "told nobody"),
        ("ask her: what would she cut first?", Kind.QUESTION, "what would she cut first"),
        ("from now on a slip is a text the same day", Kind.OFFER, "text the same day"),
        ("Priti in support saved that one, thanks to her", Kind.CREDIT, "saved that one"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.value,
)
def test_a_sentence_is_read_for_what_it_is_for(notes: str, kind: Kind, words: str) -> None:
    told = [s.value for s in read(notes, AS_OF).statements]
    assert any(s.kind is kind and words in s.text for s in told), told


def test_a_label_over_a_list_counts_for_its_items() -> None:
    notes = "for Ruth\n\nask:\n- Wei takes the order forms\n- infosec fills in the forms, I review\n\ncost: none"
    asks = [s.value.text for s in read(notes, AS_OF).statements if s.value.kind is Kind.ASK]
    assert asks == ["Wei takes the order forms", "infosec fills in the forms, I review"]


def test_short_items_with_figures_join_the_sentence_above_them() -> None:
    notes = "my week, out of the calendar:\n- 55% renewals\n- 25% new logos\n- 20% internal\n"
    (told,) = (s for s in read(notes, AS_OF).statements if s.value.kind is Kind.EVIDENCE)
    assert told.value.text == "my week, out of the calendar: 55% renewals, 25% new logos, 20% internal"
    assert [s.text for s in told.spans][1:] == ["55% renewals", "25% new logos", "20% internal"]


TALK = """09:10 Noor: so what do you want from Ruth?
09:10 Sam: one loaner scanner until june
09:11 Noor: she is a dragon about those
09:12 Noor: and what does she get
09:12 Sam: it is back the day before the fair
09:13 Noor: and if that's too big?
09:13 Sam: then two weeks, only for Oakfield
(Sam = me)
"""


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.ASK, "one loaner scanner until june"),
        (Kind.RETURN, "it is back the day before the fair"),
        (Kind.SMALLER_STEP, "then two weeks, only for Oakfield"),
    ],
    ids=["what do you want", "what does she get", "if that's too big"],
)
def test_a_question_of_the_other_side_tells_what_the_answer_is(kind: Kind, words: str) -> None:
    assert words in {s.value.text for s in read(TALK, AS_OF).statements if s.value.kind is kind}


def test_words_of_the_other_side_are_not_taken_over() -> None:
    assert not any("dragon" in s.value.text for s in read(TALK, AS_OF).statements)


@pytest.mark.parametrize(
    ("notes", "owner", "due", "done"),
    [
        ("i promised her three references by 4/30 -> 2 done", "me", date(2026, 4, 30), True),
        ("i said a slip list every monday, sent it twice", "me", None, True),
        ("Bill owes me the price sheet, havent seen it", "Bill", None, False),
        ("she said she'd join the Oakfield call, hasnt happened", "she", None, False),
        ("me -> Ruth: list of ten objections by 4/17, 6 written", "me", date(2026, 4, 17), None),
        ("Ruth -> me: intro to the partner lead - done 4/2 thx", "Ruth", None, True),
        ("Ruth > me: a yes or no on the fair, open since march", "Ruth", None, False),
        ("He promised a decision in January. Still waiting.", "he", None, False),
    ],
    ids=lambda value: str(value),
)
def test_promises_are_kept_with_owner_day_and_state(
    notes: str, owner: str, due: date | None, done: bool | None
) -> None:
    (promise,) = read(notes, AS_OF).commitments
    assert (promise.value.owner, promise.value.due, promise.value.done) == (owner, due, done)


@pytest.mark.parametrize(
    "notes",
    [
        "i said commit 4/27 and it still is",
        "it came in the week i said it would",
        "she owes me: nothing open",
        "what i said in january was two contacts in every deal",
    ],
)
def test_not_everything_said_is_a_promise(notes: str) -> None:
    assert read(notes, AS_OF).commitments == ()


def test_a_customers_promise_is_a_next_step_and_no_promise_to_the_rep() -> None:
    notes = "Oakfield Schools 80k commit 5/29, champ Ben Ruiz, Ben promised to send the PO by 5/22"
    assert read(notes, AS_OF).commitments == ()


@pytest.mark.parametrize(
    ("notes", "amount", "start", "end"),
    [
        ("my Q2 number = 1.1M", 1_100_000, date(2026, 4, 1), date(2026, 6, 30)),
        ("quota 450k this quarter", 450_000, date(2026, 4, 1), date(2026, 6, 30)),
        ("Oakfield 80k commit 5/29\nFernhill 60k\nmy number = 600", 600_000, date(2026, 4, 1), date(2026, 6, 30)),
    ],
    ids=["a quarter by name", "the quarter of the notes", "bare thousands in the scale of the deals"],
)  # fmt: skip
def test_the_number_is_read_with_its_period(notes: str, amount: int, start: date, end: date) -> None:
    (target,) = read(notes, AS_OF).targets
    assert (target.value.money.amount, target.value.start, target.value.end) == (Decimal(amount), start, end)


@pytest.mark.parametrize(
    "notes",
    ["goal we set: 4 new logos by EOY", "plan B if 18 is too rich: 14%", "the team number is 4M", "his quota is 900k"],
)
def test_a_number_that_is_not_the_reps_own_is_no_target(notes: str) -> None:
    assert read(notes, AS_OF).targets == ()


PIECES = st.sampled_from(
    ["ask:", "- ", "\n", "\n\n", "i want ", "need her yes by 4/17", "1) what ", "2) how ", "one what two where ",
     "me -> Ruth: ", "Ruth owes me ", "my number = 600 ", "cost: 6k ", "if thats too much ", "hasnt ", "“", "İ",
     "\u200b", "🙂 ", "because so then and not ", "12:30 Sam: ", "## promised", "**Why**: ", "a" * 40,
     "| a | b |\n|--|--|\n"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=30).map("".join))
@settings(max_examples=150, deadline=None)
def test_spans_are_the_notes_own_words_whatever_the_notes(notes: str) -> None:
    book = read(notes, AS_OF)
    for fact in (*book.statements, *book.commitments, *book.targets):
        assert all(notes[s.start : s.end] == s.text for s in fact.spans)
