"""What frames the sentences of an ask or a talk: announcements, titles, remarks on the notes, quoted questions."""

from datetime import date

import pytest

from chains.deals import ME, Conventions
from chains.kinds import StatementKind as Kind
from chains.planning.manager import find_manager
from chains.reading import read
from chains.requests import Request

AS_OF = Conventions(date(2026, 4, 8))


def said(notes: str, kind: Kind) -> list[str]:
    return [s.value.text for s in read(notes, AS_OF).statements if s.value.kind is kind]


@pytest.mark.parametrize(
    "notes",
    [
        "One request only.\nA loaner rig for the yard, six weeks from 4/20.",
        "Here's what I'm after:\na loaner rig for the yard, six weeks from 4/20",
        "The ask, before I forget it again. A loaner rig for the yard, six weeks from 4/20.",
        "One thing please. A loaner rig for the yard, six weeks from 4/20.",
        "in one line: a loaner rig for the yard, six weeks from 4/20",
    ],
    ids=["one request only", "here's what", "the ask, before", "one thing please", "in one line"],
)
def test_what_an_announcement_leads_to_is_the_ask(notes: str) -> None:
    assert any("loaner rig" in text for text in said(notes, Kind.ASK))


REPLIES = """(my answers under Una's questions)
> Sam, what would help you most?
Two days of Ana a week until the end of June.

> What does it cost us?
Nothing in cash, she has the days.

> What do I get for it?
Three demos a week instead of one.

> Has anyone done this before?
Joss did in the autumn, eleven demos and four orders.

> If I say no?
Then only the Tuesdays.

> By when?
Fri 4/17, the rota is fixed on the Monday.
"""


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.ASK, "Two days of Ana"),
        (Kind.COST, "Nothing in cash"),
        (Kind.RETURN, "Three demos a week"),
        (Kind.PROOF, "Joss did in the autumn"),
        (Kind.DECIDE_BY, "Fri 4/17"),
    ],
    ids=["ask", "cost", "return", "proof", "by when"],
)
def test_an_answer_under_a_quoted_question_is_what_was_asked(kind: Kind, words: str) -> None:
    assert any(words in text for text in said(REPLIES, kind))


@pytest.mark.parametrize(
    "remark",
    [
        "All sums are first-year value.",
        "(amounts in kEUR, all ARR)",
        "everything one-off",
        "figs = ACV ex vat",
        "for Corinne, tomorrow 11:00, Wed 8 Apr",
        "#wl-scratch, wed 8 apr",
        "[not sent, wed 4/8, still scribbling]",
    ],
)
def test_a_remark_about_the_notes_is_no_statement(remark: str) -> None:
    notes = f"{remark}\nask: two loaner scanners until june\n"
    told = [s.value.text for s in read(notes, AS_OF).statements]
    assert told == ["two loaner scanners until june"]


def test_times_at_the_start_of_lines_are_no_words_of_the_notes() -> None:
    notes = "09:12 prep for Una\n09:13 ask: two loaner scanners\n09:15 cost: 6k freight\n09:20 need her yes by 4/17\n"
    assert said(notes, Kind.COST) == ["6k freight"]


def test_what_a_customer_wants_is_not_the_ask() -> None:
    notes = "ask: one week of Ana\n\n- Tallow Foods 80k, best case, 5/29. Want 2 months of training, ours is 2 weeks."
    assert said(notes, Kind.ASK) == ["one week of Ana"]


@pytest.mark.parametrize(
    ("notes", "owner", "words"),
    [
        ("promised last time: a call sheet every friday. sent two of three", ME, "call sheet"),
        (
            "said last time (3/11)\n- me: recap within a day, 5 of 7\n- Una: two sample quotes, nothing yet",
            "Una",
            "quotes",
        ),
        ("Una promised: her old board deck. not seen yet", "Una", "board deck"),
        ("What we said in March: me - recap the same day. You - join two demos, you did one", "You", "join two demos"),
    ],
    ids=["mine by default", "under a heading", "name promised", "me and you"],
)
def test_promises_are_read_with_who_made_them(notes: str, owner: str, words: str) -> None:
    promises = [c.value for c in read(notes, AS_OF).commitments]
    assert any(p.owner == owner and words in p.text for p in promises), promises


@pytest.mark.parametrize(
    ("notes", "name"),
    [
        ("ask: 2 trips to Surabaya, need her yes by 4/17\n- Tallow Foods 80k", ""),
        ("To: Sam Reed\nFrom: Sam Reed\n\nask Marama on Friday: what to cut? Marama heard it from Bea.", "Marama"),
        ("to Henrik, friday.\nwant one engineer until june", "Henrik"),
        ("To: Beto\nFrom: Camila\n\nOi Beto, is it clear?? want to send to Helena tmrw\n"
         "what Helena gets: redlines in 5 days. need Helena's yes by 4/17", "Helena"),
        ("Siew Ling (boss) wants it by friday. Siew Ling joins by video. need her ok by 4/17", "Siew Ling"),
        ("so i already told him. for thurs with Paolo: what do i improve", "Paolo"),
    ],
    ids=["a place is nobody", "to oneself", "to a name", "shown to a colleague", "two words", "no plain word"],
)  # fmt: skip
def test_the_manager_is_found_by_how_the_notes_speak_of_them(notes: str, name: str) -> None:
    assert find_manager(read(notes, AS_OF), Request("ask", "")).name == name
