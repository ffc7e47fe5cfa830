"""Values that a widget shows and that the page sets too: a name comes in, the widget's key and first value go out.

A browser sends what its widgets hold with every press, also when a press comes before the last one is drawn. A widget
whose value the page sets under the same key could then be set back to what it held before: pasted notes would be
gone. So each value has a name that belongs to the page, and each widget a key of its own that turns whenever the page
sets the value or the widget was out of sight; what a browser still sends under an old key is no longer listened to.
"""

from typing import Any

import streamlit as st

NAMES = (
    "notes",
    "as_of",
    "currency",
    "date_order",
    "fiscal_year_start",
    "kind",
    "question",
    "listens",
    "priorities",
    "boss_asks",
    "view",
    "editing",
    "deal",
    "draft_text",
    "new_account",
)


def begin(values: dict[str, Any]) -> None:
    """Set what is not there yet."""
    for name, value in {**values, "turns": {}, "firsts": {}}.items():
        st.session_state.setdefault(name, value)


def take() -> None:
    """Take over what the widgets hold; every press does this before it looks at a value."""
    for name in NAMES:
        key = _key(name)
        if key in st.session_state:
            st.session_state[name] = st.session_state[key]


def put(**values: Any) -> None:
    """Set values whatever the widgets hold."""
    take()
    for name, value in values.items():
        st.session_state[name] = value
        _turn(name)


def held(name: str) -> tuple[str, Any]:
    """Return the key under which a widget is drawn now, and the value it starts with."""
    state = st.session_state
    if _key(name) not in state:
        _turn(name)
        state.firsts[name] = state[name]
    return _key(name), state.firsts[name]


def _key(name: str) -> str:
    return f"{name}-{st.session_state.turns.get(name, 0)}"


def _turn(name: str) -> None:
    st.session_state.turns[name] = st.session_state.turns.get(name, 0) + 1
