"""The page that writes: notes on the left; on the right what is asked for, then draft, deals, what was left out."""

from urllib.parse import urlsplit

import streamlit as st

from chains.deals import Book
from chains.errors import ForewordError
from chains.settings import load_settings
from pages import deals_pane, draft_pane, notes_pane, state
from pages.held import held


def views(book: Book) -> dict[str, str]:
    """Return the names of the views with how much is in each."""
    left_out = len(book.private) + len(book.not_understood)
    return {
        "draft": "Draft",
        "deals": f"Deals · {len(book.deals)}",
        "left_out": f"Left out · {left_out}" if left_out else "Left out",
    }


def page() -> None:
    """Draw the page."""
    try:
        settings = load_settings()
    except ForewordError as error:
        st.error(str(error))
        st.stop()
    state.begin(settings)
    with st.container(horizontal=True, vertical_alignment="bottom", key="head"):
        st.title("Foreword", anchor=False, width="content")
        st.caption(
            f"Worded by {settings.model} at {urlsplit(settings.base_url).hostname}"
            if settings.model
            else "Written on this machine: no key, no network",
            width="content",
        )
    with st.container(key="panes"):
        left, right = st.columns([5, 7], gap="large")
    with left.container(key="notes_pane"):
        notes_pane.show()
    with right:
        draft_pane.show_request()
        book = state.book()
        if book is None:
            deals_pane.show_nothing_yet()
            return
        labels = views(book)
        with st.container(horizontal=True, vertical_alignment="center", key="views"):
            key, first = held("view")
            st.segmented_control(
                "Show",
                tuple(labels),
                key=key,
                default=first,
                required=True,
                format_func=labels.__getitem__,
                label_visibility="collapsed",
            )
            verdict = st.empty()
        if st.session_state.view != "deals":
            state.turn_table()  # out of sight, a table forgets what was set in it
        match st.session_state.view:
            case "draft":
                draft_pane.show(settings, verdict)
            case "deals":
                deals_pane.show()
            case _:
                deals_pane.show_left_out()


page()
