"""The draft: what is asked for comes in, the written text goes out with its sources, findings and ways to copy it."""

import time
from collections.abc import Callable
from typing import Any

import streamlit as st

from chains.drafts import Draft, Finding
from chains.errors import ForewordError
from chains.formats import written
from chains.requests import Kind
from chains.settings import Settings
from pages import state
from pages.held import held
from pages.parts import show_copying, show_draft
from pages.pipelines import pipeline_for
from pages.rework import placed, plain
from pages.shown import findings_html, sources_html, words_html
from pages.words import count

_BEAT = 0.1  # seconds between two looks at a text that is being written
_ASKED: dict[Kind, tuple[str, str]] = {
    "update": ("What did your manager ask?", "How's the quarter looking?"),
    "ask": ("What did your manager ask?", "What do you need from me?"),
    "feedback": ("What did your manager ask?", ""),
}


def show_request() -> None:
    """Draw what is asked for and the two buttons; nothing above them changes its height."""
    now = st.session_state
    with st.container(horizontal=True, vertical_alignment="top", key="request"):
        key, first = held("kind")
        st.segmented_control(
            "What to write",
            state.KINDS,
            key=key,
            default=first,
            required=True,
            format_func={"update": "Update", "ask": "Ask", "feedback": "Feedback"}.__getitem__,
        )
        label, example = _ASKED[now.kind]
        key, first = held("question")
        st.text_input(
            label,
            first,
            key=key,
            placeholder=f"Such as: {example}" if example else "Feedback answers no question",
            disabled=now.kind == "feedback",
        )
    with st.container(horizontal=True, vertical_alignment="center", key="presses"):
        st.button("Write the draft", type="primary", on_click=state.press_write, shortcut="Ctrl+Enter")
        st.button("Read the deals", on_click=state.press_read)
        with st.popover("How your manager listens" + (" ✓" if _told() else ""), type="tertiary"):
            key, first = held("listens")
            st.text_input("They like to hear it", first, key=key, placeholder="short, numbers first")
            key, first = held("priorities")
            st.text_area("What they care about, one a line", first, key=key, height=90)
            key, first = held("boss_asks")
            st.text_area("What their own boss asks them", first, key=key, height=90)


def show(settings: Settings, verdict: Any) -> None:
    """Draw the draft, or write it first where that was pressed; say in the place `verdict` what the check came to."""
    now = st.session_state
    if now.writing:
        _write(settings)
    if trouble := now.trouble.get("draft"):
        st.error(trouble)
    draft = state.draft()
    if draft is None:
        st.caption("No draft yet. Write one from your notes with the button above.")
        return
    found = state.findings()
    loud = len([f for f in found if f.severity != "info"])
    verdict.caption(
        f"**{count(loud, 'thing')} to look at, below the text**"
        if loud
        else "Checked: figures, dates and names agree with your notes"
    )
    _show_ways_out(draft)
    if now.draft.remark:
        st.warning(_text(now.draft.remark))
    if now.draft_basis != state.basis():
        st.info("Your deals or what is asked changed since this draft was written. Write it again to take that in.")
    if now.editing:
        _show_editor()
        draft = state.draft() or draft
    else:
        show_draft(draft, found, now.picked, key="draft_view", on_pick=_pick)
    _show_findings(found)
    if not now.editing:
        _show_sources(draft)
    _show_practices(draft)


def _write(settings: Settings) -> None:
    from chains.pipeline import Job

    now = st.session_state
    book = state.book()
    assert book is not None
    now.trouble = {}
    job = Job(book.notes, book.conventions, state.request(), book=book)
    place = st.empty()
    text, shown_at, done = "", 0.0, None
    try:
        with st.spinner(f"Writing with {settings.model}" if settings.model else "Writing"):
            for outcome in pipeline_for(settings).stream(job):
                text += outcome.piece
                done = outcome if outcome.draft else done
                if outcome.piece and time.monotonic() - shown_at > _BEAT:
                    place.html(words_html(text))
                    shown_at = time.monotonic()
    except ForewordError as error:
        now.trouble = {"draft": str(error)}
        done = None
    except Exception:
        now.writing = False
        raise
    # a press elsewhere ends the run before it comes here: then the next run writes
    now.writing = False
    place.empty()
    if done is not None and done.draft is not None:
        state.keep_draft(done.draft, done.book or book)


def _show_ways_out(draft: Draft) -> None:
    now = st.session_state
    with st.container(horizontal=True, vertical_alignment="center", key="ways_out"):
        show_copying(draft, now.draft_text, key="copying")
        key, first = held("editing")
        st.toggle("Edit", first, key=key)
        if now.editing:
            st.button("Check again", on_click=_checked)
        with st.popover("Download", type="tertiary"):
            forms: tuple[tuple[str, str, Callable[[], str]], ...] = (
                ("Plain text", "txt", lambda: now.draft_text),
                ("Markdown", "md", lambda: written(draft, "markdown")),
                ("HTML", "html", lambda: written(draft, "html")),
                ("Slack", "slack.txt", lambda: written(draft, "slack")),
            )
            for name, suffix, text in forms:
                st.download_button(
                    name, text() + "\n", f"{draft.request.kind}.{suffix}", on_click="ignore", width="stretch"
                )
        if now.draft_before is not None:
            st.button("Draft before", on_click=state.press_draft_before, type="tertiary")
        # it comes with the first change: last in the row, so that no button moves away under the pointer
        if now.editing and now.draft_text.strip() != plain(now.draft).strip():
            st.button("Undo my changes", on_click=state.press_undo_words, type="tertiary")


def _show_editor() -> None:
    key, first = held("draft_text")
    st.text_area("The draft", first, key=key, height=380, label_visibility="collapsed")


def _show_findings(found: tuple[Finding, ...]) -> None:
    loud = [f for f in found if f.severity != "info"]
    if not loud:
        return
    st.markdown(f"**{count(len(loud), 'thing')} to look at**")
    st.html(findings_html(loud, st.session_state.draft_text))


def _show_sources(draft: Draft) -> None:
    now = st.session_state
    sentences = placed(draft)
    if now.picked is None or now.picked >= len(sentences):
        st.caption("Press a sentence to see where it comes from. Small figures are lines of your notes, Σ is a sum.")
        return
    st.markdown("**Where this sentence comes from**")
    st.html(sources_html(sentences[now.picked].sentence, draft, now.draft_book))


def _show_practices(draft: Draft) -> None:
    if not draft.practices:
        return
    with st.expander(f"Why it is written this way: {count(len(draft.practices), 'practice')}"):
        for practice in draft.practices:
            st.markdown(f"**{_text(practice.title)}**  \n{_text(practice.reason)}")
            st.caption(_text(practice.source))


def _pick() -> None:
    picked = st.session_state["draft_view"].picked
    if picked is not None:
        st.session_state.picked = None if picked == st.session_state.picked else picked


def _checked() -> None:
    """Commit the text; the check runs with every drawing of the page."""


def _told() -> bool:
    now = st.session_state
    return bool(now.listens.strip() or now.priorities.strip() or now.boss_asks.strip())


def _text(words: str) -> str:
    """Return words that Markdown shows as they are; `$` would open maths."""
    from chains.formats import markdown

    return markdown(words).replace("$", "\\$").replace("](", "]\\(")
