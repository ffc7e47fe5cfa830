"""How a text is to be told: a `Request` comes in; the order of its parts, its layout and its length go out.

The words that decide stand in listening.yaml and questions.yaml.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from chains.accounts import names_account
from chains.deals import Book
from chains.requests import Request
from chains.wordfiles import load

Layout = Literal["prose", "bullets", "lines", "paragraph", "talk"]
_LAYOUTS: Mapping[str, Layout] = {
    "prose": "prose",
    "bullets": "bullets",
    "lines": "lines",
    "paragraph": "paragraph",
    "talk": "talk",
}
FEW, MANY = 3, 9  # deals that are told in running text if nothing else is said, and at most


@dataclass(frozen=True, slots=True)
class Manner:
    """Hold how a text is to be told; `blocks` are those the manager named, in their order."""

    blocks: tuple[str, ...]
    layout: Layout
    words: int
    echoes: tuple[tuple[str, str], ...] = ()  # block and heading, where the manager's own words make one
    bad_opens: bool = False  # the bad news comes before the answer

    @property
    def as_list(self) -> bool:
        """Tell whether deals stand in a list."""
        return self.layout in ("bullets", "talk", "lines")


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what a question is after: kinds in the order of the question, and the accounts it names."""

    kinds: tuple[str, ...]
    accounts: tuple[str, ...]

    @property
    def only_accounts(self) -> bool:
        """Tell whether the question is about named accounts and nothing else."""
        return bool(self.accounts) and not self.kinds


@lru_cache(maxsize=4)
def _table(name: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = load("chains.planning", name)
    return data


def manner(request: Request, deals: int = 0) -> Manner:
    """Return how the manager wants to be told, from how they listen, the question and the number of deals."""
    table = _table("listening.yaml")
    text = " ; ".join(t for t in (request.question, request.manager.listens) if t)
    listens = request.manager.listens
    places = {block: _first(words, listens) for block, words in table["blocks"].items()}
    blocks = tuple(sorted((b for b, at in places.items() if at is not None), key=lambda b: places[b] or 0))
    layouts = {name: _first(words, text) for name, words in table["layout"].items()}
    # the special layouts rule over the common ones, in the order of the file
    usual: Layout = "prose" if deals <= FEW else "bullets"
    layout: Layout = next((_LAYOUTS[name] for name, at in layouts.items() if at is not None), usual)
    if layout == "prose" and deals > MANY:
        layout = "bullets"  # nobody reads a dozen deals in running text
    lengths = [int(n) for n, words in table["length"].items() if _first(words, text) is not None]
    echoes = tuple(
        (block, heading)
        for block in blocks
        for word, heading in table["headings"].items()
        if word in table["blocks"][block] and _first([word], listens) is not None
    )
    opens = _first(table["before_the_answer"], listens) is not None
    return Manner(blocks, layout, min(lengths, default=int(table["usual_length"])), echoes, opens)


def asked(request: Request, book: Book) -> Asked:
    """Return what the question is after."""
    table = _table("questions.yaml")["kinds"]
    question = request.question
    accounts = tuple(d.name for d in book.deals if names_account(question, d))
    places = {kind: _first(words, question) for kind, words in table.items()}
    found = {k: at for k, at in places.items() if at is not None}
    kinds = list(found)
    if "enough" not in found and re.search(_table("questions.yaml")["yes_or_no"], question, re.IGNORECASE):
        kinds.append("enough")
    if "risks" in found and found["risks"] > found.get("forecast", found["risks"]):
        kinds.remove("risks")  # "where does it end, and what could still move?" asks for the number first
        kinds.append("risks")
    # "where is Globex?" asks for Globex; "where are we on Q4, and what happened to Norvik?" asks for both
    if accounts and "forecast" in kinds and not _asks_for_the_book(question):
        kinds.remove("forecast")
    return Asked(tuple(kinds), accounts)


def _asks_for_the_book(question: str) -> bool:
    return (
        re.search(
            r"\b(q[1-4]|h[12]|quarter|month|year|we|forecast|number|everything|all|rest|book)\b",
            question,
            re.IGNORECASE,
        )
        is not None
    )


def _first(words: Sequence[str], text: str) -> int | None:
    """Return where the first of the words stands in a text."""
    hit = _any_of(tuple(words)).search(text)
    return hit.start() if hit else None


@lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in words)})(?!\w)", re.IGNORECASE)
