"""Clauses of notes as sentences: a table of what a rep types after tidying, and what can stand in a text."""

import pytest

from chains.writing.grammar import shape
from chains.writing.soundness import sound

STANDS = [
    pytest.param("council hasn't voted", "the council hasn't voted", id="the one thing it is about gets its article"),
    pytest.param(
        "plant manager is on leave", "the plant manager is on leave", id="a thing of two words gets its article"
    ),
    pytest.param("legal is fine with it", "legal is fine with it", id="a team needs no article"),
    pytest.param("redlines are with them", "redlines are with them", id="several things need none here"),
    pytest.param("never got an answer", "I never got an answer", id="an adverb is no thing"),
    pytest.param("which has to be agreed", "", id="a clause that hangs on a word before it is left out"),
    pytest.param("the committee has to vote on", "", id="a clause without its object is left out"),
    pytest.param("who holds the purse", "", id="a question in other words is left out"),
    pytest.param("who decides is not known", "who decides is not known", id="not knowing is worth telling"),
    pytest.param("Old Mill is not", "", id="what is told apart by no more than its name is left out"),
    pytest.param(
        "they signed on Friday, we have not",
        "they signed on Friday, but we have not",
        id="two sides that differ are joined by but",
    ),
    pytest.param(
        "their lawyer wants a cap, our legal has it since Monday",
        "their lawyer wants a cap, and our legal has it since Monday",
        id="two clauses with their subjects are joined by and",
    ),
    pytest.param(
        "they want net 75, finance has to agree",
        "they want net 75, and finance has to agree",
        id="a team of ours opens a clause without an article",
    ),
    pytest.param(
        "they ask for 2 hours, our standard is 8, support has to say",
        "they ask for 2 hours (our standard is 8), and support has to say",
        id="our own measure goes into brackets",
    ),
    pytest.param("because the roof leaks", "", id="a reason without what it is the reason of is left out"),
    pytest.param("eighty thousand no wait ninety thousand is right", "", id="what is taken back is left out"),
    pytest.param("Would still bet on it", "I would still bet on it", id="what would be thought is thought by the rep"),
    pytest.param("it Would not count on May", "I would not count on May", id="a capital that was left over goes"),
    pytest.param("could slip to July", "it could slip to July", id="what could happen happens to the deal"),
    pytest.param("can't get the vendor form", "I can't get the vendor form", id="what the rep fails at gets its I"),
    pytest.param(
        "haven't heard from the dean since May", "I haven't heard from the dean since May", id="silence has a hearer"
    ),
    pytest.param("wouldn't have a clue mate", "", id="a shrug on the phone is no news"),
    pytest.param("beats me, honestly", "", id="a shrug in other words"),
    pytest.param(
        "the quote went out on Friday mate", "the quote went out on Friday", id="who is talked to goes from the end"
    ),
    pytest.param("they want they also want net 60", "they also want net 60", id="a wish begun twice is told once"),
    pytest.param("they redline came back", "the redline came back", id="a thing that came is no wish of theirs"),
    pytest.param("I order form is out", "the order form is out", id="a form that is out is not ordered"),
    pytest.param("docusign completed by both", "", id="a thing without a verb of its own is left out"),
    pytest.param("the kickoff done", "the kickoff is done", id="how a thing stands needs its verb"),
    pytest.param("their board approved", "their board approved", id="a board that approves acts by itself"),
    pytest.param("staying with who they have", "they are staying with who they have", id="who stays is the customer"),
    pytest.param("she want the price fixed", "she wants the price fixed", id="a wish goes with one person"),
    pytest.param("he did want a pilot", "he did want a pilot", id="a helping verb keeps the base form"),
    pytest.param("guarantee its prices by 31 December", "", id="an order to nobody is no sentence"),
    pytest.param("I run the demo on May 12 (me)", "I run the demo on May 12", id="who the rep is needs no bracket"),
    pytest.param("redlines", "", id="a bare thing is no sentence"),
    pytest.param("Mr. Orr, our sponsor, left", "Mr. Orr, our sponsor, left", id="who somebody is stays where it is"),
    pytest.param(
        "if the board agrees, they sign in May", "if the board agrees, they sign in May", id="an if is joined already"
    ),
]


@pytest.mark.parametrize(("clause", "wanted"), STANDS)
def test_a_clause_stands_as_a_sentence_or_is_left_out(clause: str, wanted: str) -> None:
    assert sound(clause) == wanted


SHAPES = [
    pytest.param("wants the fee frozen", "predicate", id="a wish is one also where a past form follows"),
    pytest.param("redlines sit with counsel", "sentence", id="several things and what they do"),
    pytest.param("docusign went out", "sentence", id="a thing that could be done, with its own verb"),
    pytest.param("get signed copies", "order", id="a past form that tells what kind of thing"),
    pytest.param("documents going around", "nominal", id="several things that are under way"),
    pytest.param("support (Mint) says by Friday", "sentence", id="a team with a name in brackets and what it does"),
    pytest.param("install crew fixes the date", "sentence", id="a crew called by what it does"),
]


@pytest.mark.parametrize(("clause", "wanted"), SHAPES)
def test_the_shape_of_a_clause(clause: str, wanted: str) -> None:
    assert shape(clause) == wanted
