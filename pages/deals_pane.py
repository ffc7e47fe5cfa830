"""The deals as they were read, to look at and set right: a table to edit, and the line behind each fact."""

from typing import Any

import streamlit as st

from chains.deals import Book
from chains.kinds import Basis, Category, ExceptionKind, RiskKind, Stage, Team
from pages import state
from pages.held import held, put, take
from pages.marking import fact_rows, quotes
from pages.mending import FIELDS, keyed, row_of
from pages.shown import facts_html, lines_html
from pages.words import spoken


def show() -> None:
    """Draw the table of deals and what stands behind the chosen one."""
    now = st.session_state
    book = state.book()
    assert book is not None
    pairs = keyed(now.book, now.edits)
    if not pairs:
        st.info("No deal was found in these notes. Name the account on its own line, or add the deal here.")
    else:
        _show_table()
    with st.container(horizontal=True, vertical_alignment="bottom", key="deal_row"):
        if pairs:
            names = {deal_key: deal.name for deal_key, deal in pairs}
            key, first = held("deal")
            st.pills(
                "Where each fact stands",
                list(names),
                key=key,
                default=first if first in names else None,
                required=True,
                format_func=lambda name: names.get(name, name),
                wrap=True,
            )
    if pairs and now.deal:
        st.html(facts_html(fact_rows(now.book, now.edits, now.deal)))
    with st.container(horizontal=True, key="deal_ways"):
        with st.popover("Add a deal", icon=":material/add:"):
            key, first = held("new_account")
            st.text_input("Account", first, key=key)
            st.button("Add it", on_click=_add)
        if pairs and now.deal:
            st.button("Not a deal: take it out", on_click=_remove, type="tertiary")
        if now.deal in now.edits.changes:
            st.button("Undo my changes to it", on_click=_as_read, type="tertiary")
        if now.edits.removed:
            st.button("Put back what was taken out", on_click=_put_back, type="tertiary")
    _show_statements(book)


def show_left_out() -> None:
    """Draw what was not understood and what will not travel."""
    book = state.book()
    assert book is not None
    if book.private:
        st.markdown("**Private, stays out of every draft**")
        st.html(lines_html((q, "") for q in quotes(book.notes, book.private)))
    if book.not_understood:
        st.markdown("**Not understood**")
        st.html(lines_html((q, u.reason) for u in book.not_understood for q in quotes(book.notes, [u.span])))
    if not book.private and not book.not_understood:
        st.info("Nothing was left out.")


def show_nothing_yet() -> None:
    """Draw what the page is for, before anything was read."""
    st.html(
        '<div class="empty"><p><strong>From rough notes to a text your manager can forward.</strong></p><ol>'
        "<li>Paste your notes on the left, or try the sample.</li>"
        "<li>Read the deals and set right what was misread.</li>"
        "<li>Write the draft. Press any sentence to see the line it comes from.</li></ol>"
        "<p>Figures are added up by code. Nothing leaves this machine unless you set a model yourself.</p></div>"
    )


def _show_table() -> None:
    now = st.session_state
    key = f"deals{now.table_turn}"
    # edits sit on top of the rows that the table started from, so these stay as they are until its next turn
    if now.table_of != key:
        now.table_keys = [k for k, _ in keyed(now.book, now.edits)]
        now.table_rows = [row_of(deal) for _, deal in keyed(now.book, now.edits)]
        now.table_of = key
    import pandas as pd

    st.data_editor(
        pd.DataFrame(now.table_rows, columns=list(FIELDS)).astype(object),
        key=key,
        on_change=state.take_cells,
        num_rows="fixed",
        hide_index=True,
        placeholder="–",
        column_config=_columns(),
        alt="The deals in your notes",
    )


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "account": column.TextColumn("Account", width=150, pinned=True, required=True),
        "amount": column.NumberColumn("Amount", format="localized", min_value=0, width=90),
        "currency": column.TextColumn("Currency", width=90, max_chars=3),
        "basis": column.SelectboxColumn("Basis", options=[spoken(b) for b in Basis], width=70),
        "category": column.SelectboxColumn("Category", options=[spoken(c) for c in Category], width=95),
        "close_date": column.DateColumn("Closes", format="YYYY-MM-DD", width=95),
        "next_step": column.TextColumn("Next step", width=220),
        "owner": column.TextColumn("Owner", width=80, help="me, a name or a team"),
        "due": column.DateColumn("By", format="YYYY-MM-DD", width=95),
        "champion": column.TextColumn("Champion", width=120),
        "economic_buyer": column.TextColumn("Economic buyer", width=120),
        "stage": column.SelectboxColumn("Stage", options=[spoken(s) for s in Stage], width=105),
        "risks": column.MultiselectColumn("Open risks", options=[spoken(r) for r in RiskKind], width=200),
        "dependencies": column.MultiselectColumn("Needs", options=[spoken(t) for t in Team], width=160),
        "exceptions": column.MultiselectColumn("Wants", options=[spoken(e) for e in ExceptionKind], width=160),
    }


def _add() -> None:
    take()
    now = st.session_state
    name = (now.new_account or "").strip()
    if name and name not in {key for key, _ in keyed(now.book, now.edits)}:
        state.turn_table()
        now.edits = now.edits.with_deal(name)
    if name:
        put(deal=name, new_account="")


def _remove() -> None:
    now = st.session_state
    state.turn_table()
    now.edits = now.edits.without_deal(now.deal)
    left = [key for key, _ in keyed(now.book, now.edits)]
    put(deal=left[0] if left else None)


def _as_read() -> None:
    now = st.session_state
    state.turn_table()
    now.edits = now.edits.as_read(now.deal)


def _put_back() -> None:
    now = st.session_state
    state.turn_table()
    for key in now.edits.removed:
        now.edits = now.edits.with_deal(key)


def _show_statements(book: Book) -> None:
    if not book.statements and not book.commitments and not book.targets:
        return
    with st.expander("Also read in your notes"):
        said = [(q, spoken(s.value.kind)) for s in book.statements for q in quotes(book.notes, s.spans)]
        said += [(q, "Promise") for c in book.commitments for q in quotes(book.notes, c.spans)]
        said += [(q, "Your number") for t in book.targets for q in quotes(book.notes, t.spans)]
        st.html(lines_html(sorted(said, key=lambda pair: pair[0].line)))
