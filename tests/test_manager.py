"""Whom a text is for: heads of notes as reps write them, and the name that the text calls."""

from datetime import date

import pytest

from chains.deals import Conventions
from chains.plan import plan
from chains.planning.manager import find_manager, is_passed_on, without_title
from chains.reading import read
from chains.requests import Kind, ManagerProfile, Request

DEAL = "\n- Orrin Foundry 64k commit 6/5, champ Imke Sool\n- Quay Lime 120k best case 6/26\n"
HEADS = [
    pytest.param("Q2 for Marit before her 3pm", "Marit", id="for, with what comes next"),
    pytest.param("Hi Joost,\nquick one.", "Joost", id="a greeting"),
    pytest.param("From: Ana Reis\nTo: Bruno Salt\nSubject: Q2", "Bruno", id="the To line of a mail"),
    pytest.param("From: Ana Reis\nTo: Ana Reis\nSubject: for Bruno: Q2", "Bruno", id="a mail to oneself"),
    pytest.param("Yara wants Q2 by noon", "Yara", id="who wants it"),
    pytest.param("fcst call w/ Doug tues", "Doug", id="who the call is with"),
    pytest.param("Call with Madam Ngozi, Tuesday", "Madam Ngozi", id="with a title before the name"),
    pytest.param("(for Suresh sir, Q2 review)", "Suresh sir", id="with a title after it"),
    pytest.param("Orla, here are my deals", "Orla", id="called at the start"),
    pytest.param("Q2 as of today", "", id="nobody"),
    pytest.param("call with Imke tues", "", id="a champion is not the manager"),
    pytest.param("for signature this week", "", id="a thing is not the manager"),
]


@pytest.mark.parametrize(("head", "wanted"), HEADS)
def test_the_head_of_notes_tells_whom_they_are_for(head: str, wanted: str) -> None:
    assert (
        find_manager(read(head + DEAL, Conventions(date(2026, 5, 4))), Request("update", "How is Q2?")).called == wanted
    )


# notes that name two people, the manager in an update ("" where nobody is sure) and in a talk
TWO = [
    pytest.param("Legal redlines with Priya in legal.\nKaren asked about the number.", "Karen", "Karen", id="asked"),
    pytest.param("from Rosa, Thursday\n> Jon asked me in the review why it moved", "", "Rosa", id="a mail of theirs"),
    pytest.param("Quick one for Anand before I leave. Told Russ too.", "Anand", "Anand", id="a colleague"),
    pytest.param(
        "call w/ Tobias (my mentor)\n1:1 with Paul, need Paul's yes. Paul owes me an answer.", "", "Paul", id="a mentor"
    ),
]


@pytest.mark.parametrize(("notes", "update", "talk"), TWO)
@pytest.mark.parametrize("kind", ["update", "ask", "feedback"])
def test_all_texts_from_the_same_notes_are_for_the_same_manager(kind: Kind, notes: str, update: str, talk: str) -> None:
    made = plan(read(notes + DEAL, Conventions(date(2026, 5, 4))), Request(kind, ""))
    assert (made.manager.called, made.manager.name) == (update, talk)


def test_a_name_that_is_set_counts_before_the_notes() -> None:
    request = Request("update", "How is Q2?", ManagerProfile(name="Petra Lund"))
    assert find_manager(read("for Marit" + DEAL, Conventions(date(2026, 5, 4))), request).called == "Petra"


def test_a_text_that_is_passed_on_calls_nobody() -> None:
    assert is_passed_on(Request("update", "", ManagerProfile("something she can paste upward")))
    assert not is_passed_on(Request("update", "", ManagerProfile("short, numbers first")))


def test_others_speak_of_somebody_without_their_title() -> None:
    assert without_title("Suresh sir") == "Suresh"
