"""The page walked without a browser: what is pressed and typed, and what stands there afterwards."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from chains.kinds import Category

ROOT = Path(__file__).resolve().parent.parent
NOTES = """fri 3/13 pipeline
- Marlowe Freight: 120k ARR, commit, close 3/27. redlines are with our legal. champion Dana Reyes
- Kestrel Air: 90k ARR, best case, close 3/30. they want 15% off. me: revised quote out monday
"""

pytestmark = pytest.mark.usefixtures("in_own_environment")


@pytest.fixture
def page() -> Iterator[AppTest]:
    at = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=30).run()
    assert not at.exception
    yield at
    assert not at.exception


def press(page: AppTest, label: str) -> None:
    next(b for b in page.button if b.label == label).click().run()


def has_button(page: AppTest, label: str) -> bool:
    return any(b.label == label for b in page.button)


def field(widgets: Any, name: str) -> Any:
    """Return the widget that holds the value `name`; the end of its key turns."""
    return next(w for w in widgets if w.key and w.key.rsplit("-", 1)[0] == name)


def paste(page: AppTest, notes: str, as_of: date = date(2026, 3, 13)) -> None:
    field(page.text_area, "notes").set_value(notes)
    field(page.date_input, "as_of").set_value(as_of)
    page.run()


def show(page: AppTest, view: str) -> None:
    field(page.segmented_control, "view").set_value(view).run()


def set_cells(page: AppTest, row: int, **cells: object) -> None:
    key = page.session_state["table_of"]
    page.session_state[key] = {"edited_rows": {row: cells}, "added_rows": [], "deleted_rows": []}
    page.run()


def texts(page: AppTest) -> str:
    """Return all that the page shows as HTML of its own: facts, sources, findings."""
    return "\n".join(h.proto.body for h in page.get("html"))


def accounts(page: AppTest) -> list[str]:
    return list(page.data_editor[0].value["account"])


def test_a_new_page_says_what_to_do_and_offers_a_sample(page: AppTest) -> None:
    assert "Paste your notes" in texts(page)
    assert has_button(page, "Try sample notes")
    assert not page.error


def test_pasted_notes_become_deals_and_a_draft(page: AppTest) -> None:
    paste(page, NOTES)
    press(page, "Read the deals")
    assert accounts(page) == ["Marlowe Freight", "Kestrel Air"]
    assert "<mark>" in texts(page)
    field(page.text_input, "question").set_value("How's Q1 looking?")
    press(page, "Write the draft")
    assert field(page.segmented_control, "view").value == "draft"
    draft = page.session_state["draft"]
    assert draft.request.question == "How's Q1 looking?"
    assert "Marlowe Freight" in page.session_state["draft_text"]


def test_the_draft_is_written_in_one_press_without_reading_first(page: AppTest) -> None:
    paste(page, NOTES)
    press(page, "Write the draft")
    assert "Kestrel Air" in page.session_state["draft_text"]


def test_a_cell_set_by_hand_reaches_the_deal_and_the_next_draft(page: AppTest) -> None:
    paste(page, NOTES)
    press(page, "Read the deals")
    set_cells(page, 0, amount=77000.0, category="Best case")
    assert "set by you" in texts(page)
    assert "USD 77,000 ARR" in texts(page)
    press(page, "Write the draft")
    deal = page.session_state["draft_book"].deals[0]
    assert (deal.amount.value.amount, deal.category.value) == (77000, Category.BEST_CASE)
    assert "77k" in page.session_state["draft_text"] or "77,000" in page.session_state["draft_text"]
    show(page, "deals")
    assert list(page.data_editor[0].value["amount"]) == [77000.0, 90000.0]
    field(page.pills, "deal").set_value("Marlowe Freight").run()
    press(page, "Undo my changes to it")
    assert list(page.data_editor[0].value["amount"]) == [120000.0, 90000.0]


def test_cells_set_one_after_the_other_all_hold(page: AppTest) -> None:
    paste(page, NOTES)
    press(page, "Read the deals")
    set_cells(page, 0, champion="Sam Whitlow")
    set_cells(page, 1, next_step="call Jo")
    show(page, "draft")
    show(page, "deals")
    assert page.data_editor[0].value["champion"][0] == "Sam Whitlow"
    assert page.data_editor[0].value["next_step"][1] == "call Jo"


def test_a_deal_is_added_and_one_that_is_none_taken_out_and_put_back(page: AppTest) -> None:
    paste(page, NOTES)
    press(page, "Read the deals")
    field(page.text_input, "new_account").set_value("Halden Labs")
    press(page, "Add it")
    assert accounts(page) == ["Marlowe Freight", "Kestrel Air", "Halden Labs"]
    field(page.pills, "deal").set_value("Kestrel Air").run()
    press(page, "Not a deal: take it out")
    assert accounts(page) == ["Marlowe Freight", "Halden Labs"]
    press(page, "Put back what was taken out")
    assert accounts(page) == ["Marlowe Freight", "Kestrel Air", "Halden Labs"]


def test_the_draft_is_edited_checked_again_and_set_back(page: AppTest) -> None:
    paste(page, NOTES)
    press(page, "Write the draft")
    before = page.session_state["draft_text"]
    field(page.toggle, "editing").set_value(True).run()
    field(page.text_area, "draft_text").set_value(before + "\n\nMarlowe Freight is worth $987k.")
    press(page, "Check again")
    assert "$987k" in texts(page)
    assert "of the draft" in texts(page)
    field(page.toggle, "editing").set_value(False).run()
    assert page.session_state["draft_text"].endswith("$987k.")
    field(page.toggle, "editing").set_value(True).run()
    press(page, "Undo my changes")
    assert page.session_state["draft_text"] == before


def test_a_new_draft_keeps_the_edited_one_within_reach(page: AppTest) -> None:
    paste(page, NOTES)
    press(page, "Write the draft")
    field(page.toggle, "editing").set_value(True).run()
    field(page.text_area, "draft_text").set_value("My own words.").run()
    press(page, "Write the draft")
    assert page.session_state["draft_text"] != "My own words."
    press(page, "Draft before")
    assert page.session_state["draft_text"] == "My own words."


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        pytest.param("notes.txt", b"\x00\x01\x02\x00" * 50, "not text", id="a binary file called .txt"),
        pytest.param("notes.docx", b"PK\x03\x04 not really", "Word document", id="a broken .docx"),
        pytest.param("notes.md", b"  \n ", "nothing is written", id="an empty file"),
    ],
)
def test_a_bad_upload_says_why_and_keeps_what_was_pasted(page: AppTest, name: str, data: bytes, error: str) -> None:
    paste(page, NOTES)
    page.file_uploader[0].set_value((name, data, "application/octet-stream")).run()
    assert error in page.error[0].value
    assert field(page.text_area, "notes").value == NOTES


def test_an_upload_is_added_under_what_was_pasted_and_can_be_taken_back(page: AppTest) -> None:
    paste(page, NOTES)
    page.file_uploader[0].set_value(("more.txt", b"- Halden Labs: 9k ARR, pipeline\r\n", "text/plain")).run()
    assert accounts(page) == ["Marlowe Freight", "Kestrel Air", "Halden Labs"]
    press(page, "Bring back what was there")
    assert field(page.text_area, "notes").value == NOTES


def test_notes_with_nothing_in_them_say_what_to_do(page: AppTest) -> None:
    press(page, "Write the draft")
    assert "Paste your deal notes" in page.error[0].value
    assert page.session_state["draft"] is None


@pytest.mark.parametrize(
    "notes",
    [
        pytest.param("lorem ipsum dolor sit amet", id="words that are no notes"),
        pytest.param("🙂🙂🙂", id="signs alone"),
        pytest.param("$5$ ![x](https://example.com/x.png) <img src=x onerror=alert(1)> {braces}", id="markup"),
    ],
)
def test_unknown_text_gives_no_deal_and_no_fault(page: AppTest, notes: str) -> None:
    paste(page, notes)
    press(page, "Read the deals")
    assert not page.error
    assert page.session_state["book"].deals == ()
    assert "No deal was found" in page.info[0].value
    press(page, "Write the draft")
    assert not page.exception
    assert (page.session_state["draft"] is None) == bool(page.error)


def test_markup_in_notes_is_shown_as_it_was_typed(page: AppTest) -> None:
    paste(page, "- Marlowe <img src=x> Freight: 120k ARR, commit, close 3/27, champion <b>Dana Reyes</b>")
    press(page, "Read the deals")
    assert "<img" not in texts(page)
    assert "<b>" not in texts(page)


def test_private_remarks_and_lines_not_understood_are_listed(page: AppTest) -> None:
    press(page, "Try sample notes")
    book = page.session_state["book"]
    assert book.private
    show(page, "left_out")
    assert "Private, stays out of every draft" in " ".join(m.value for m in page.markdown)
    assert "may be out by summer" in texts(page)
    press(page, "Write the draft")
    assert "summer" not in page.session_state["draft_text"]


@pytest.mark.parametrize("kind", ["update", "ask", "feedback"])
def test_each_kind_has_a_sample_that_becomes_a_draft_without_an_error(page: AppTest, kind: str) -> None:
    field(page.segmented_control, "kind").set_value(kind).run()
    press(page, "Try sample notes")
    press(page, "Write the draft")
    draft = page.session_state["draft"]
    assert draft.request.kind == kind
    assert [f.message for f in draft.findings if f.severity == "error"] == []


def test_a_sample_takes_nothing_away(page: AppTest) -> None:
    paste(page, NOTES)
    field(page.text_input, "question").set_value("My own question?").run()
    press(page, "Try sample notes")
    assert page.session_state["notes"] != NOTES
    press(page, "Bring back what was there")
    assert field(page.text_area, "notes").value == NOTES
    assert field(page.text_input, "question").value == "My own question?"
    assert field(page.date_input, "as_of").value == date(2026, 3, 13)


def test_how_the_notes_are_meant_is_followed_at_once(page: AppTest) -> None:
    paste(page, "- Marlowe Freight: 120k ARR, commit, close 3/4/2026", as_of=date(2026, 2, 2))
    press(page, "Read the deals")
    assert page.session_state["book"].deals[0].close_date.value == date(2026, 3, 4)
    field(page.selectbox, "date_order").set_value("DMY").run()
    assert page.session_state["book"].deals[0].close_date.value == date(2026, 4, 3)


def test_a_setting_that_is_none_is_said_and_nothing_is_lost(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    paste(page, NOTES)
    monkeypatch.setenv("FOREWORD_TIMEOUT", "soon")
    page.run()
    assert "timeout" in page.error[0].value
    monkeypatch.delenv("FOREWORD_TIMEOUT")
    page.run()
    assert field(page.text_area, "notes").value == NOTES


def test_a_model_that_cannot_be_reached_gives_the_embedded_draft_and_says_so(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOREWORD_MODEL", "some-model")
    monkeypatch.setenv("FOREWORD_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("FOREWORD_TIMEOUT", "2")
    page.run()
    assert "some-model" in " ".join(c.value for c in page.caption)
    paste(page, NOTES)
    press(page, "Write the draft")
    assert "Written without some-model" in page.warning[0].value
    assert page.session_state["draft"].writer == "embedded"
