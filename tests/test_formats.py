"""A draft reads the same in every format, and no word of the notes turns into markup."""

from html.parser import HTMLParser

import pytest

from chains.drafts import Draft, Section, Sentence
from chains.formats import FORMATS, markdown, written
from chains.requests import Request


def draft(*sections: Section) -> Draft:
    return Draft(Request("update"), sections, "embedded")


PROSE = Section("answer", (Sentence("Q1 lands at $229k."), Sentence("H&K signs <soon>.")))
ITEMS = Section("deals", (Sentence("Globex: 120k."), Sentence("Initech: 40k.")), "Commits", "bullets")


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ("markdown", "Q1 lands at $229k. H&K signs \\<soon>.\n\n**Commits**\n\n- Globex: 120k.\n- Initech: 40k."),
        ("plain", "Q1 lands at $229k. H&K signs <soon>.\n\nCommits\n\n- Globex: 120k.\n- Initech: 40k."),
        ("slack", "Q1 lands at $229k. H&amp;K signs &lt;soon&gt;.\n\n*Commits*\n• Globex: 120k.\n• Initech: 40k."),
        (
            "html",
            "<p>Q1 lands at $229k. H&amp;K signs &lt;soon&gt;.</p>\n<p><strong>Commits</strong></p>\n"
            "<ul>\n<li>Globex: 120k.</li>\n<li>Initech: 40k.</li>\n</ul>",
        ),
    ],
)
def test_sections_become_paragraphs_and_lists(form: str, wanted: str) -> None:
    assert written(draft(PROSE, ITEMS), form) == wanted  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("plain", "escaped"),
    [
        pytest.param("a *really* big one", "a \\*really\\* big one", id="stars are no emphasis"),
        pytest.param("_todo me_", "\\_todo me\\_", id="underscores round words are no emphasis"),
        pytest.param("go_2_freight", "go_2_freight", id="underscores inside a word stay"),
        pytest.param("# 1 priority", "\\# 1 priority", id="a hash at the start is no heading"),
        pytest.param("- not a list", "\\- not a list", id="a dash at the start is no list"),
        pytest.param("15. May works", "15\\. May works", id="a day at the start is no numbered list"),
        pytest.param("![x](http://example.com/a.png)", "!\\[x](http://example.com/a.png)", id="an image stays text"),
        pytest.param("~~Zscaler~~", "\\~~Zscaler\\~~", id="a strike-through stays text"),
        pytest.param("$120k, 18% & H&K", "$120k, 18% & H&K", id="figures and ampersands stay as they are"),
    ],
)
def test_words_of_the_notes_are_no_markdown(plain: str, escaped: str) -> None:
    assert markdown(plain) == escaped


def test_html_holds_no_tag_of_the_notes() -> None:
    nasty = draft(Section("answer", (Sentence('<img src=x onerror="alert(1)"> <b>Globex</b>'),), "<i>Head</i>"))
    tags: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(tag)

    Tags().feed(written(nasty, "html"))
    assert tags == ["p", "strong", "p"]


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_section_leaves_no_trace(form: str) -> None:
    assert written(draft(Section("deals", (), "Commits", "bullets"), PROSE), form) == written(draft(PROSE), form)  # type: ignore[arg-type]
