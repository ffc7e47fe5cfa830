"""A draft in the rep's hands keeps its sources where its words still stand."""

import pytest

from chains.deals import Span
from chains.drafts import Draft, Section, Sentence
from chains.formats import written
from chains.requests import Request
from pages.rework import placed, plain, reworked

A = Sentence("Base case is $168k.", (Span(0, 4, "base", 1),))
B = Sentence("Worst is $48k, e.g. without Marlowe.", (Span(5, 9, "wors", 2),))
C = Sentence("Legal: turn the cap by Mar 18.", (Span(10, 14, "lega", 3),))
D = Sentence("Me: send the quote.", (Span(15, 19, "me s", 4),))
DRAFT = Draft(
    Request("update"),
    (Section("answer", (A, B)), Section("next", (C, D), "Who does what", "bullets")),
    "embedded",
)


def shapes(draft: Draft) -> list[tuple[str, str, list[tuple[str, bool]]]]:
    return [(s.heading, s.layout, [(x.text, bool(x.sources)) for x in s.sentences]) for s in draft.sections]


def test_a_text_as_written_is_the_draft_itself() -> None:
    assert reworked(DRAFT, plain(DRAFT) + "\n") is DRAFT


@pytest.mark.parametrize(
    ("old", "new", "sections"),
    [
        pytest.param(
            "Worst is $48k, e.g. without Marlowe.",
            "Worst is $48k.",
            [
                ("", "prose", [(A.text, True), ("Worst is $48k.", False)]),
                ("Who does what", "bullets", [(C.text, True), (D.text, True)]),
            ],
            id="a sentence said otherwise stands on the rep's word",
        ),
        pytest.param(
            "Base case is",
            "Hi Karen,\nBase case is",
            [
                ("", "prose", [("Hi Karen,", False)]),
                ("", "prose", [(A.text, True), (B.text, True)]),
                ("Who does what", "bullets", [(C.text, True), (D.text, True)]),
            ],
            id="a greeting on a line of its own stays one",
        ),
        pytest.param(
            "- Me: send the quote.",
            "- Me: send the quote.\n- Karen: call Tom.",
            [
                ("", "prose", [(A.text, True), (B.text, True)]),
                ("Who does what", "bullets", [(C.text, True), (D.text, True), ("Karen: call Tom.", False)]),
            ],
            id="one more bullet",
        ),
        pytest.param(
            "Base case is $168k. ",
            "",
            [
                ("", "prose", [(B.text, True)]),
                ("Who does what", "bullets", [(C.text, True), (D.text, True)]),
            ],
            id="a sentence taken out",
        ),
        pytest.param(
            "Who does what\n\n",
            "",
            [("", "prose", [(A.text, True), (B.text, True)]), ("", "bullets", [(C.text, True), (D.text, True)])],
            id="a heading taken out",
        ),
        pytest.param(
            "Worst is",
            "More soon. Worst is",
            [
                ("", "prose", [(A.text, True), ("More soon.", False), (B.text, True)]),
                ("Who does what", "bullets", [(C.text, True), (D.text, True)]),
            ],
            id="a sentence put between two",
        ),
    ],
)
def test_what_was_edited_stands_on_the_rep_and_the_rest_on_the_notes(
    old: str, new: str, sections: list[tuple[str, str, list[tuple[str, bool]]]]
) -> None:
    assert shapes(reworked(DRAFT, plain(DRAFT).replace(old, new))) == sections


def test_an_emptied_text_has_no_section() -> None:
    assert reworked(DRAFT, " \n").sections == ()


def test_an_edited_text_is_copied_in_every_format() -> None:
    edited = reworked(DRAFT, plain(DRAFT).replace("Me: send the quote.", "Me: send <the> *quote*."))
    assert "<li>Me: send &lt;the&gt; *quote*.</li>" in written(edited, "html")
    assert "- Me: send \\<the> \\*quote\\*." in written(edited, "markdown")


def test_each_sentence_is_placed_where_it_stands_in_the_plain_text() -> None:
    text = plain(DRAFT)
    assert [text[p.start : p.end] for p in placed(DRAFT)] == [A.text, B.text, C.text, D.text]


def test_a_sentence_that_repeats_its_heading_is_placed_after_it() -> None:
    draft = Draft(Request("ask"), (Section("a", (Sentence("Next"),), "Next"), Section("b", (Sentence("Next"),))), "x")
    assert [p.start for p in placed(draft)] == [5, 11]
