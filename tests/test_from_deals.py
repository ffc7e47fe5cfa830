"""Asks and talks out of notes that hold deals and nothing asked for: what is needed, for which deal, by when."""

from datetime import date

import pytest

from chains.deals import Conventions
from chains.drafts import Draft
from chains.formats import written
from chains.plan import plan
from chains.reading import read
from chains.requests import Request
from chains.writing.embedded import EmbeddedWriter

AS_OF = Conventions(date(2026, 4, 8))
UPDATE = """1:1 w/ Karen, weds 4/8 (all ARR)
- Tallow Foods 120k, commit 4/30. redlines came back monday, our legal still has to turn them
- Brightwater Dairy - 95k, best case, 5/29. want 12% off, price is the only thing open
- Copse Lane Homes 60k, best case, 6/12, was 5/15. no EB identified yet
- Marl Quarries won 4/2, 44k
- Petrel Lines 80k, lost to Dockwise on 3/30
"""


def drafted(kind: str, notes: str, question: str = "") -> str:
    book, request = read(notes, AS_OF), Request("ask" if kind == "ask" else "feedback", question)
    *_, draft = EmbeddedWriter().write(plan(book, request), book)
    assert isinstance(draft, Draft)
    return written(draft, "plain")


@pytest.mark.parametrize(
    "words",
    ["Karen", "legal on Tallow Foods", "12% off for Brightwater Dairy", "April 30", "$215k", "Without it|won't hold"],
    ids=["to whom", "a team's time", "what only a manager grants", "by when", "what hangs on it", "what happens on no"],
)
def test_an_ask_is_made_out_of_what_the_deals_need(words: str) -> None:
    text = drafted("ask", UPDATE)
    assert any(w in text for w in words.split("|")), text


@pytest.mark.parametrize(
    "words", ["Marl Quarries", "Petrel Lines", "What it costs I still"], ids=["won", "lost", "filler"]
)
def test_what_needs_nothing_stays_out_of_the_ask(words: str) -> None:
    assert words not in drafted("ask", UPDATE)


@pytest.mark.parametrize(
    "words",
    ["Copse Lane Homes", "Petrel Lines", "economic buyer", "?"],
    ids=["the slip", "the loss", "who is missing", "questions"],
)
def test_questions_are_made_out_of_what_happened(words: str) -> None:
    assert words in drafted("feedback", UPDATE)


def test_deals_without_a_need_ask_for_help_with_the_one_in_trouble() -> None:
    notes = "for Karen\n- Tallow Foods 120k, commit 4/30\n- Copse Lane Homes 60k, best case 6/12, gone dark"
    text = drafted("ask", notes)
    assert "your help with" in text
    assert "Copse Lane Homes" in text


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ("need 15% for Hollis Print, they're at 92k list, close 4/30, Jamie only lets me do 8. deal dies otherwise",
         ["15%", "Hollis Print", "$92k", "April 30", "deal dies"]),
        ("Lena asks what i need for may. brain dump\n3 days of Arjun (SE), 5/18 to 5/20, at Cordova Steel\n"
         "cordova 310k ARR, commit 5/29\nif he cant they slide to june\nneed to know by thu 4/16",
         ["3 days of Arjun", "Cordova Steel", "April 16", "slide to June"]),
        ("talk to Marcy about my number. 750 for q2. lost 6 weeks to jury duty. would like 120 off, carry it to q3",
         ["Marcy", "120 off", "6 weeks"]),
    ],
    ids=["one line", "chat", "quota"],
)  # fmt: skip
def test_a_terse_ask_says_what_it_is_for_which_deal_and_by_when(notes: str, words: list[str]) -> None:
    text = drafted("ask", notes)
    assert not [w for w in words if w not in text], text


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ("1:1 w/ Una, fri\ndown the road: lead of the north team by 2027. what would she need to see by then?",
         "lead of the north team by 2027. What would you need to see by then?"),
        ("for Una\non a scale of 1 to 5, how well do I qualify, and what would make it one better?",
         "On a scale of 1 to 5, how well do I qualify"),
        ("1:1 w/ Una, fri\nsaid last time\n- me: a call sheet, sent 2\n- Una: sends me two quotes to copy from",
         "You send me two quotes"),
        ("1:1 w/ Una, fri. I've no idea if Una thinks Kent is a good patch badly worked or a bad patch",
         "Do you think Kent is a good patch"),
        ("1:1 w/ Una (she is in on fri)\nwhat did Trevor ask her about my deals that she couldn't answer?",
         "What did Trevor ask you about my deals that you couldn't answer?"),
    ],
    ids=["ambition before its question", "a scale of five", "her promise to me", "no idea if", "somebody else named"],
)  # fmt: skip
def test_questions_and_promises_are_put_to_the_manager(notes: str, words: str) -> None:
    assert words in drafted("feedback", notes)


def test_a_colleagues_pronoun_stays_theirs() -> None:
    notes = ("ask for Sandhya: Nandini covers two of my deals in May. It comes to 5 hours a week of her time. "
             "need her yes by 4/17")  # fmt: skip
    assert "of your time" not in drafted("ask", notes)
