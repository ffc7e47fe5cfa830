"""Labels that head a list: a place in marked notes comes in, what stands there is said of and where it goes on go out.

`Commit: Globex 80k, Initech 40k`, `commit; Globex; 80k`, `closed so far: Globex (80k)`, `LOST Globex 150k`.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from chains.reading.layout.tokens import Token
from chains.wordfiles import load

if TYPE_CHECKING:
    from chains.reading.layout.marked import Marked

MARKS = frozenset([":", ";", "|", "-", "–", "—", "="])
_BEFORE = frozenset("already also now and so the deals".split())
_BEHIND = frozenset("so far already this last the in quarter month week year deals deal for now only today".split())
_TAIL = 5  # words between what a label says and its mark
_INITIALS = 2


def codes() -> dict[str, str]:
    """Return the words that head deals before a mark, with the category they give."""
    return _by_word("labels")


def headings() -> dict[str, str]:
    """Return the words that head deals on a line of their own, with the category they give."""
    return _by_word("headings")


@lru_cache(maxsize=2)
def _by_word(kind: str) -> dict[str, str]:
    return {
        word: category
        for category, words in load("chains.reading.layout", "labels.yaml")[kind].items()
        for word in words
    }


def label_at(marked: "Marked", i: int, stop: int) -> tuple[str, int] | None:
    """Return the category that a label at token `i` gives to what follows its mark, and the token it goes on at."""
    tokens = marked.stream.tokens
    while i < stop and tokens[i].low in _BEFORE:
        i += 1
    if i >= stop:
        return None
    hit = marked.opening(i, "category", "signed", "lost_to")
    code = codes().get(tokens[i].low) or codes().get(tokens[i].text.casefold(), "")
    if hit is not None and hit.group == "signed":
        name = "closed_won" if hit.name in ("closed", "plain", "both", "po") else ""
    else:
        name = "" if hit is None else "closed_lost" if hit.group == "lost_to" else hit.name
    last = hit.last if name and hit is not None else i + 1
    if not (name or code):
        return None
    if (plain := tokens[last : last + 1]) and plain[0].low in MARKS:
        return name or code, last + 1
    j = last
    while j < min(stop, last + _TAIL) and (tokens[j].low in _BEHIND or tokens[j].kind in ("date", "count")):
        j += 1
    return (name or code, j + 1) if j + 1 < stop and tokens[j].low == ":" else None


def shouted(run: Sequence[Token]) -> bool:
    """Tell whether a state is written in capitals; two letters open many a name: BC Ferries."""
    return all(t.kind == "word" and t.text.isupper() for t in run) and sum(len(t.text) for t in run) > _INITIALS
