"""The left side of the page: rough notes come in by paste, file or sample; read, they show line by line."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from chains.deals import Span
from chains.drafts import Draft
from chains.reading.files import SUFFIXES
from chains.settings import COMMON_CURRENCIES
from pages import state
from pages.held import held
from pages.marking import marked_lines
from pages.mending import keyed
from pages.parts import show_lines
from pages.rework import placed

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_HEIGHT = 460  # pixels, of the box and of the lines alike: nothing moves when one takes the other's place


def show() -> None:
    """Draw the notes, the ways to bring them in and how they are meant."""
    now = st.session_state
    with st.container(horizontal=True, vertical_alignment="center", key="notes_head"):
        st.header("Your notes", anchor=False, width="stretch")
        if now.book is not None:
            if now.notes_open:
                st.button("Show line by line", on_click=_look, type="tertiary")
            else:
                st.button("Edit notes", on_click=_open, type="tertiary", icon=":material/edit:")
    if now.notes_open or now.book is None:
        key, first = held("notes")
        st.text_area(
            "Your notes",
            first,
            key=key,
            height=_HEIGHT,
            on_change=state.notes_changed,
            placeholder="Paste them as they are: bullets, chat, an e-mail, a CRM export…",
            label_visibility="collapsed",
        )
    else:
        _show_read()
    with st.container(horizontal=True, key="ways_in"):
        with st.popover("Upload a file", icon=":material/upload_file:"):
            st.file_uploader(
                "A file of notes",
                type=[s.lstrip(".") for s in SUFFIXES],
                key=f"upload{now.get('upload_turn', 0)}",
                on_change=state.take_file,
                help="It is added under what is typed already.",
            )
        st.button("Try sample notes", on_click=state.press_sample, help="Invented notes for the kind of text you chose")
        if now.typed_before is not None:
            st.button("Bring back what was there", on_click=state.press_typed_before, type="tertiary")
    if trouble := now.trouble.get("notes"):
        st.error(trouble)
    _show_settings()


def _show_read() -> None:
    book = state.book()
    assert book is not None
    facts = [s for d in book.deals for s in d.lines or d.account.spans]
    lit = _lit(book.notes)
    marks = {
        "fact": facts,
        "unread": [u.span for u in book.not_understood],
        "private": book.private,
        "lit": lit,
    }
    lines = marked_lines(book.notes, marks)
    last = max((line.line for line in lines if line.parts), default=0)  # empty lines at the end say nothing
    show_lines(lines[:last], {s.line for s in lit}, key="lines")


def _lit(notes: str) -> list[Span]:
    """Return what is looked at: the pressed sentence's sources, else those of the chosen deal."""
    now = st.session_state
    draft: Draft | None = state.draft()
    if now.view == "draft" and draft and now.picked is not None and now.draft_book.notes == notes:
        sentences = placed(draft)
        if now.picked < len(sentences):
            return [s for s in sentences[now.picked].sentence.sources if isinstance(s, Span)]
    if now.view == "deals" and now.deal is not None:
        deal = dict(keyed(now.book, now.edits)).get(now.deal)
        return list(deal.lines or deal.account.spans) if deal else []
    return []


def _show_settings() -> None:
    now = st.session_state
    with st.container(key="meant"):
        places = st.columns([6, 4, 5, 5], gap="small")
        key, first = held("as_of")
        places[0].date_input("Written on", first, key=key, format="YYYY-MM-DD", on_change=state.notes_changed)
        choices: tuple[tuple[str, str, list[Any], Callable[[Any], str]], ...] = (
            ("currency", "Currency", sorted(COMMON_CURRENCIES | {now.currency}), str),
            ("date_order", "3/4 means", ["MDY", "DMY"], {"MDY": "March 4", "DMY": "3 April"}.__getitem__),
            ("fiscal_year_start", "Fiscal year from", list(range(1, 13)), lambda month: _MONTHS[month - 1]),
        )
        for place, (name, label, options, words) in zip(places[1:], choices, strict=True):
            key, first = held(name)
            place.selectbox(
                label,
                options,
                options.index(first) if first in options else None,
                key=key,
                format_func=words,
                accept_new_options=name == "currency",
                on_change=state.notes_changed,
            )


def _open() -> None:
    st.session_state.notes_open = True


def _look() -> None:
    if state.read_again():
        st.session_state.notes_open = False
