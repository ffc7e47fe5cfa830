"""Which lines head what follows: lines come in, those that are headings or head a section go out as such."""

import re

from chains.reading.layout.units import HEADS, Line
from chains.reading.lexicon import wordlists

_BOLD = re.compile(r"(\*\*|__|\*|_)(?=\S)(?P<text>[^*_|]{2,70}?)(?<=\S):?\1:?$")
_WORDS = re.compile(r"[^\W\d_]+")
_WEEKLY = re.compile(
    r"(?:wk|week|weeks|w/c|w/e|wc|we|kw|semana|semaine|woche|uke|vecka|closing|closes|due|landing|lands"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4]|h[12]|fy)\w*\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b\d{1,2}[/.-]\d{1,2}\b")
_FIGURED = re.compile(r"\d.*\.\s*$")
_NUMBERED = re.compile(r"(?:stage|phase|stufe|fase|étape|etapa)\s*\d{1,2}\b(?![^\n]*\d[^\n]*\d)", re.IGNORECASE)
_HEADINGS = frozenset(
    "commit commits committed best upside upsides pipeline pipe omitted omit closed won lost wins losses stretch "
    "forecast fcst"
    " banked booked landed dead".split()
)


def titled(notes: str, lines: list[Line]) -> list[Line]:
    """Make a few words on a line of their own, with lines right below, a heading; what hangs on a line is none."""
    for i, line in enumerate(lines):
        if not line.section or line.heading != HEADS or line.after_blank or not i:
            continue
        deeper = i + 1 < len(lines) and lines[i + 1].indent > line.indent and not lines[i + 1].after_blank
        hangs = line.indent > lines[i - 1].indent or (
            lines[i - 1].indent == line.indent > 0 and not lines[i - 1].section
        )
        if hangs and not deeper:
            lines[i] = line._replace(heading=0, section=False)
    for i, line in enumerate(lines[:-1]):
        below = lines[i + 1]
        if (
            not (line.after_blank or _over_list(notes, line, below))
            or below.after_blank
            or line.heading
            or line.bullet
            or line.speaker
            or line.header
            or line.quoted
        ):
            continue
        text = notes[line.start : line.end].rstrip(" :*_")
        words = _WORDS.findall(text)
        listed = bool(below.bullet) and below.indent >= line.indent  # bullets hang on whatever stands over them
        dated = listed and _WEEKLY.match(text) is not None
        if not 0 < len(words) <= 4 or text[-1:] in ".,;!?":
            continue
        if (any(c.isdigit() for c in text) and not dated) or not (text[:1].isupper() or listed):
            continue
        if line.keyed or any(c in text for c in ",;=|/"):
            continue
        lines[i] = line._replace(heading=HEADS)
    return lines


def _over_list(notes: str, line: Line, below: Line) -> bool:
    """Tell whether a line between two lists is made of words that head deals: maybe, not counting."""
    words = folded_words(notes[line.start : line.end])
    listed = bool(below.bullet) and below.indent >= line.indent
    return listed and 0 < len(words) <= 4 and all(w in wordlists()["sections"] for w in words)


def folded_words(text: str) -> list[str]:
    return [w.casefold() for w in _WORDS.findall(text)]


def is_section(notes: str, at: int, end: int) -> bool:
    """Tell whether a short line is made of words that head several deals, with at most a count or a sum."""
    if end - at > 44 or _DATED.search(notes, at, end) or _FIGURED.search(notes, at, end):
        return False  # "Committed, 88k, 11/12." answers a question
    words = folded_words(notes[at:end])
    return (
        0 < len(words) <= 5
        and all(w in wordlists()["sections"] or w in ("k", "m", "x") for w in words)
        and any(w in _HEADINGS for w in words)
    )


def heads_others(notes: str, at: int, end: int, bullet: str) -> bool:
    """Tell whether a bare line heads what follows: all bold, all capitals, or a few words and a colon."""
    text = notes[at:end].rstrip()
    if bullet or not 2 < len(text) <= 60:
        return False
    if _BOLD.fullmatch(text):
        return True
    words = _WORDS.findall(text)
    if words and len(words) <= 6 and _NUMBERED.match(text) and not _DATED.search(text):
        return True  # STAGE 2 - QUALIFYING
    if any(c.isdigit() for c in text) or not words or len(words) > 6:
        return False
    if text.endswith(":"):
        return len(words) <= 5
    return text.isupper() and len("".join(words)) >= 3
