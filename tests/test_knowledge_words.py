"""Words made ready for a search: short forms in full, sentences, stems."""

import pytest

from knowledge.errors import KnowledgeError
from knowledge.words import sentences, shorthand, spell_out, stems

SPELLED = {
    "short forms become full words": ("mgr wants the fcst b4 EOQ", "manager wants the forecast before end of quarter"),
    "a sign counts as a short form": ("call w/ legal b/c redlines", "call with  legal because redlines"),
    "a sign may stand right before a word": ("1:1 w/jen", "one-on-one with jen"),
    "the longer short form wins": ("w/o the EB, w/in the wk", "without the economic buyer, within the week"),
    "small letters are found in any case": ("QBR Mgr", "quarterly business review manager"),
    "capitals are found only as they stand": ("PS ps", "professional services ps"),
    "the end of a word is none": ("tomgr mgrx", "tomgr mgrx"),
    "a letter of R&D is none": ("R&D & sales", "R&D and sales"),
    "a mail address stays": ("ann@mgr.example", "ann@manager.example"),
    "a number sign before a figure stays": ("#3 of 5, boss wants a #", "#3 of 5, boss wants a number"),
    "letters that change their length stay": ("İzmir mgr", "İzmir manager"),
    "no short form changes nothing": ("The board meets in May.", "The board meets in May."),
    "nothing stays nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "full"), SPELLED.values(), ids=SPELLED)
def test_short_forms_are_spelled_out(text, full):
    assert spell_out(text) == full


def test_the_packaged_short_forms_load():
    assert shorthand()["qtr"] == "quarter"


BROKEN = {
    "no YAML": ("a: [", "no valid YAML"),
    "a list": ("- a\n", "no list of short forms"),
    "a short form that YAML reads as true": ("on: at\n", "must both be text"),
    "a meaning that is a number": ("k: 1000\n", "must both be text"),
}


@pytest.mark.parametrize(("text", "error"), BROKEN.values(), ids=BROKEN)
def test_a_broken_list_of_short_forms_says_what_is_wrong(tmp_path, text, error):
    path = tmp_path / "shorthand.yaml"
    path.write_text(text)
    with pytest.raises(KnowledgeError, match=error):
        shorthand(path)


SPLIT = {
    "at punctuation before a space": (
        "Champion left us. What now do I do?",
        ("Champion left us.", "What now do I do?"),
    ),
    "not inside a figure": ("worth 1.2M in may", ("worth 1.2M in may",)),
    "at line ends": ("acme slipped again\nglobex is on track", ("acme slipped again", "globex is on track")),
    "before numbers in brackets": (
        "three things: (1) legal is slow (2) she owes me",
        ("three things:", "(1) legal is slow", "(2) she owes me"),
    ),
    "short ends join the one before": ("he left the company. nothing. ok", ("he left the company. nothing. ok",)),
    "an empty text has none": (" \n ", ()),
}


@pytest.mark.parametrize(("text", "parts"), SPLIT.values(), ids=SPLIT)
def test_a_text_is_split_into_sentences(text, parts):
    assert sentences(text) == parts


def test_a_long_text_keeps_its_end():
    text = "\n".join(f"deal number {n} slipped" for n in range(1000))
    parts = sentences(text, 5)
    assert len(parts) == 5
    assert parts[-1].endswith("deal number 999 slipped")
    assert " ".join(parts).count("slipped") == 1000


def test_stems_join_forms_of_a_word_and_drop_words_that_say_nothing():
    assert stems("Downgrading the deals") == stems("downgraded deal")
    assert stems("don't") == stems("dont") == stems("don’t")
    assert stems("it is the") == []
