"""The page that writes: notes on the left; on the right what is asked for, then draft, deals, what was left out."""

from urllib.parse import urlsplit

import streamlit as st

from chains.errors import ForewordError
from chains.settings import load_settings
from pages import deals_pane, draft_pane, notes_pane, state


def view_label(view: str) -> str:
    """Return the name of a view with how much is in it."""
    book = state.book()
    if view == "deals":
        return f"Deals · {len(book.deals)}" if book else "Deals"
    if view == "left_out":
        number = deals_pane.left_out_count()
        return f"Left out · {number}" if number else "Left out"
    return "Draft"


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
        if st.session_state.book is None:
            deals_pane.show_nothing_yet()
            return
        with st.container(key="views"):
            st.segmented_control(
                "Show",
                ("draft", "deals", "left_out"),
                key="view",
                required=True,
                format_func=view_label,
                label_visibility="collapsed",
                persist_state="session",
            )
        match st.session_state.view:
            case "draft":
                draft_pane.show(settings)
            case "deals":
                deals_pane.show()
            case _:
                deals_pane.show_left_out()


page()
