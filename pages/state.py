"""What the page keeps for one rep between two presses: settings come in once, then presses; books and drafts go out.

Everything lies in Streamlit's session state under the names below. What a rep typed is never dropped: text that a
sample, a file or a new draft takes the place of can be brought back.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

import streamlit as st
import yaml

from chains.deals import Book, Conventions
from chains.drafts import Draft, Finding
from chains.errors import ForewordError
from chains.reading.files import checked, notes_from_bytes
from chains.requests import Kind, ManagerProfile, Request
from chains.settings import Settings, currency_code
from pages import held
from pages.mending import Edits, keyed, mended
from pages.rework import plain, reworked

_SAMPLES = Path(__file__).parent / "samples"
_NO_TABLE = "no table yet"
_TYPED = ("notes", "as_of", "question", "listens", "priorities", "boss_asks")
KINDS = cast("tuple[Kind, ...]", get_args(Kind))


def begin(settings: Settings) -> None:
    """Set what a new session starts with."""
    values = {
        "notes": "",
        "as_of": date.today(),
        "currency": settings.currency,
        "date_order": settings.date_order,
        "fiscal_year_start": settings.fiscal_year_start,
        "kind": "update",
        "question": "",
        "listens": "",
        "priorities": "",
        "boss_asks": "",
        "view": "deals",
        "editing": False,
        "notes_open": True,  # the notes are being typed, not looked at line by line
        "book": None,
        "edits": Edits(),
        "deal": None,
        "draft": None,
        "draft_text": "",
        "new_account": "",
        "draft_book": None,
        "draft_basis": None,
        "draft_before": None,
        "typed_before": None,
        "picked": None,
        "trouble": {},
        "writing": False,
        "table_turn": 0,
        "table_of": _NO_TABLE,
    }
    held.begin(values)
    held.take()
    take_cells()


def conventions() -> Conventions:
    """Return how the notes are meant; raise SettingsError for a currency that is none."""
    state = st.session_state
    return Conventions(
        state.as_of or date.today(), currency_code(state.currency or ""), state.date_order, state.fiscal_year_start
    )


def request() -> Request:
    """Return what is asked for, as it stands on the page."""
    state = st.session_state
    manager = ManagerProfile(state.listens.strip(), _lines(state.priorities), _lines(state.boss_asks))
    return Request(state.kind, state.question.strip() if state.kind != "feedback" else "", manager)


def book() -> Book | None:
    """Return the book with what was set by hand, None before anything was read."""
    read_book = st.session_state.book
    return mended(read_book, st.session_state.edits) if read_book else None


def draft() -> Draft | None:
    """Return the draft as it stands in the editor."""
    state = st.session_state
    return reworked(state.draft, state.draft_text) if state.draft else None


def basis() -> tuple[Any, ...]:
    """Return all that a draft depends on, to tell whether it has changed since."""
    return (st.session_state.book, st.session_state.edits, request())


def read_again() -> bool:
    """Read the notes as they stand; keep the book there was where that fails, and say why."""
    from chains.reading import read

    held.take()
    state = st.session_state
    state.trouble = {}
    try:
        meant = conventions()
        notes = checked(state.notes)
        if state.book is None or (state.book.notes, state.book.conventions) != (notes, meant):
            turn_table()
            state.book = read(notes, meant)
            state.picked = None
    except ForewordError as error:
        state.trouble = {"notes": str(error)}
        return False
    names = [key for key, _ in keyed(state.book, state.edits)]
    if state.deal not in names:
        held.put(deal=names[0] if names else None)
    return True


def take_cells() -> None:
    """Take over what was set in the table of deals; taking it over twice changes nothing."""
    state = st.session_state
    table = state.get(state.table_of, {})
    for row, changes in table.get("edited_rows", {}).items():
        state.edits = state.edits.with_changes(state.table_keys[int(row)], changes)


def turn_table() -> None:
    """Have the table of deals drawn anew, from rows that hold all that was set in it."""
    take_cells()
    st.session_state.table_turn += 1
    st.session_state.table_of = _NO_TABLE


def notes_changed() -> None:
    """Follow a change of the notes or of how they are meant, once they have been read."""
    held.take()
    if st.session_state.book is not None and st.session_state.notes.strip():
        read_again()


def press_read() -> None:
    """Read the notes and show the deals."""
    if read_again():
        held.put(view="deals")
        st.session_state.notes_open = False


def press_write() -> None:
    """Read the notes and start to write; the page writes while it is drawn, where it can show the text."""
    if read_again():
        held.put(view="draft", editing=False)
        st.session_state.notes_open = False
        st.session_state.writing = True


def keep_draft(written_draft: Draft, its_book: Book) -> None:
    """Take over a finished draft; the one before stays within reach."""
    state = st.session_state
    if state.draft is not None:
        state.draft_before = (state.draft, state.draft_text, state.draft_book, state.draft_basis)
    state.draft = written_draft
    held.put(draft_text=plain(written_draft))
    state.draft_book, state.draft_basis = its_book, basis()
    state.picked = None


def press_draft_before() -> None:
    """Change places with the draft before."""
    held.take()
    state = st.session_state
    now = (state.draft, state.draft_text, state.draft_book, state.draft_basis)
    state.draft, text, state.draft_book, state.draft_basis = state.draft_before
    state.draft_before, state.picked = now, None
    held.put(draft_text=text, editing=False)


def press_undo_words() -> None:
    """Go back to the text as it was written."""
    held.put(draft_text=plain(st.session_state.draft))


def findings() -> tuple[Finding, ...]:
    """Check the draft as it stands in the editor against the book it was written from."""
    from chains.check import check

    state = st.session_state
    return check(state.draft_text, state.draft_book) if state.draft_text.strip() else ()


def press_sample() -> None:
    """Put the sample for the chosen kind in place; what was typed can be brought back."""
    state = st.session_state
    remember_typed()
    sample = samples()[state.kind]
    held.put(
        notes=(_SAMPLES / sample["notes"]).read_text(encoding="utf-8"),
        as_of=sample["as_of"],
        question=sample.get("question", ""),
        listens=sample.get("listens", ""),
        priorities="\n".join(sample.get("priorities", ())),
        boss_asks="\n".join(sample.get("boss_asks", ())),
    )
    state.edits = Edits()
    press_read()


def press_typed_before() -> None:
    """Change places with what was typed before a sample or a file came in."""
    state = st.session_state
    before = state.typed_before
    remember_typed(always=True)
    held.put(**{name: before[name] for name in _TYPED})
    state.edits = before["edits"]
    state.notes_open = True
    state.book = None
    if state.notes.strip():
        read_again()


def take_file() -> None:
    """Add an uploaded file under what is typed; a file that cannot be read leaves everything as it is."""
    held.take()
    state = st.session_state
    upload = state.get(f"upload{state.get('upload_turn', 0)}")
    if upload is None:
        return
    state.trouble = {}
    try:
        text = notes_from_bytes(upload.name, upload.getvalue()).replace("\r\n", "\n")
    except ForewordError as error:
        state.trouble = {"notes": str(error)}
        return
    remember_typed()
    held.put(notes=f"{state.notes.rstrip()}\n\n{text}" if state.notes.strip() else text)
    state.upload_turn = state.get("upload_turn", 0) + 1  # an empty uploader, ready for the next file
    press_read()


def remember_typed(always: bool = False) -> None:
    """Keep what is typed so that it can be brought back."""
    held.take()
    state = st.session_state
    if always or state.notes.strip():
        state.typed_before = {name: state[name] for name in _TYPED} | {"edits": state.edits}


@cache
def samples() -> dict[str, dict[str, Any]]:
    """Return the sample of each kind: its file of notes, the day it was written, and the request that fits."""
    found: dict[str, dict[str, Any]] = yaml.safe_load((_SAMPLES / "samples.yaml").read_text(encoding="utf-8"))
    return found


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
