"""What a search ranks: practice cards and playbook files in, one `Document` a card or passage out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.cards import Card
from knowledge.index import Row
from knowledge.playbook import Kept
from knowledge.vectors import card_rows, row
from knowledge.words import spell_out

Kind = Literal["practice", "playbook"]


@dataclass(frozen=True)
class Hit:
    """A practice or playbook passage that fits; `score` is 1 where every ranking puts it first, 0 where none has it."""

    id: str
    title: str
    score: float
    source: str
    kind: Kind
    passage: str
    heading: str | None = None


@dataclass(frozen=True)
class Document:
    """What is ranked: the hit it would be, its text in full words, the states it is for, its rows in the index."""

    hit: Hit
    text: str
    states: tuple[str, ...]
    rows: tuple[Row, ...]


def of_card(card: Card) -> Document:
    """Make the document of a practice."""
    hit = Hit(card.id, card.title, 0.0, card.cited, "practice", card.gist)
    return Document(hit, spell_out(card.text), card.states, card_rows(card))


def of_file(kept: Kept) -> list[Document]:
    """Make a document of each passage; it is found by its whole text, and by its headings with its first words."""
    found = []
    for number, passage in enumerate(kept.passages, start=1):
        id = f"{kept.name}#{number}"
        title = passage.heading.split(" > ")[-1] if passage.heading else kept.name
        hit = Hit(id, title, 0.0, kept.name, "playbook", passage.text, passage.heading)
        headed = f"{passage.heading or kept.name}. {passage.text}"
        found.append(Document(hit, spell_out(headed), (), (row(id, headed),)))
    return found
