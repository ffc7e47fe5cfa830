"""The three parts of the page that Streamlit has no element for: numbered notes, a draft to press, copy buttons.

Frozen values come in and are shown as text alone, never as Markdown or HTML.
"""

from collections.abc import Callable, Collection, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import streamlit as st

from chains.drafts import Computed, Draft, Finding
from chains.formats import written
from pages.marking import Quote
from pages.rework import placed

_ASSETS = Path(__file__).parent / "assets"


def show_lines(lines: Sequence[Quote], lit: Collection[int], key: str) -> None:
    """Show the notes with line numbers; lines in `lit` stand out and the first of them is brought into sight."""
    parts = [[[p.text, p.mark] for p in quote.parts] for quote in lines]
    _component("lines")(key=key, data={"lines": parts, "lit": sorted(lit)})


def show_draft(
    draft: Draft, findings: Sequence[Finding], picked: int | None, key: str, on_pick: Callable[[], None]
) -> None:
    """Show the draft with its findings; `on_pick` is called where a sentence was pressed, its number in the state."""
    sentences = iter(enumerate(placed(draft)))
    sections: list[dict[str, Any]] = []
    for section in (s for s in draft.sections if s.sentences):
        made = []
        for number, at in (next(sentences) for _ in section.sentences):
            here = [f for f in findings if f.start < at.end and at.start < f.end]
            made.append(
                {
                    "i": number,
                    "parts": _parts(at.sentence.text, at.start, here),
                    "where": _where(at.sentence.sources),
                    "bare": not at.sentence.sources and not at.sentence.practices,
                    "says": "Press to see where this comes from",
                }
            )
        sections.append({"heading": section.heading, "bullets": section.layout == "bullets", "sentences": made})
    _component("draft")(
        key=key, data={"sections": sections, "picked": picked}, on_picked_change=on_pick, width="stretch"
    )


def show_copying(draft: Draft, text: str, key: str) -> None:
    """Show the buttons that copy the draft; `text` is its plain form as it stands in the editor."""
    choices = [
        {
            "label": "E-mail",
            "title": "Rich text, for an e-mail",
            "plain": text,
            "html": written(draft, "html"),
        },
        {"label": "Plain text", "title": "Plain text, to paste anywhere", "plain": text, "html": ""},
        {"label": "Slack", "title": "Slack mrkdwn", "plain": written(draft, "slack"), "html": ""},
        {"label": "Markdown", "title": "Markdown", "plain": written(draft, "markdown"), "html": ""},
    ]
    _component("copying")(key=key, data={"choices": choices}, width="content")


def _parts(text: str, offset: int, findings: Sequence[Finding]) -> list[list[str]]:
    """Cut a sentence at the ends of its findings; an error outweighs a warning."""
    loud = [f for f in findings if f.severity != "info"]
    cuts = sorted({0, len(text), *(min(max(e - offset, 0), len(text)) for f in loud for e in (f.start, f.end))})
    pieces = []
    for start, end in pairwise(cuts):
        over = {f.severity for f in loud if f.start - offset <= start and end <= f.end - offset}
        pieces.append([text[start:end], "error" if "error" in over else "warning" if over else ""])
    return pieces


def _where(sources: Sequence[Any]) -> str:
    """Return the line numbers of the notes that a sentence stands on, and a sum sign where code worked it out."""
    lines = sorted({s.line for s in sources if not isinstance(s, Computed)})
    shown = [str(line) for line in lines[:4]] + (["…"] if len(lines) > 4 else [])
    return ",\u2009".join(shown + (["Σ"] if any(isinstance(s, Computed) for s in sources) else []))


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _component(name: str) -> Callable[..., Any]:
    """Return the component, registered again where a runtime started since does not know it."""
    return st.components.v2.component(
        f"foreword_{name}", html=_asset(f"{name}.html"), css=_asset(f"{name}.css"), js=_asset(f"{name}.js")
    )
