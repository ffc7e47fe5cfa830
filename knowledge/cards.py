"""The practice cards: Markdown files in, checked `Card`s out.

A card is front matter (id, title, source, publisher, audience, when, keywords, states) between two lines of `---`,
and five sections under `##` headings. What a card is, and how to write one, a sales person can see in practices/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import KnowledgeError

FOLDER = Path(__file__).resolve().parent / "practices"
AUDIENCES = ("rep", "manager", "both")
SECTIONS = ("Gist", "Why it works", "How to do it", "What it sounds like", "What to avoid")
LEAST_EXAMPLES = 3  # situations under `when`; they are what a search finds a card by

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n", re.DOTALL)
_HEADING = re.compile(r"^##[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


@dataclass(frozen=True)
class Card:
    """One managing-up practice; `source` is the article's title, the five texts are Markdown."""

    id: str
    title: str
    source: str
    publisher: str
    audience: str
    when: tuple[str, ...]
    keywords: tuple[str, ...]
    states: tuple[str, ...]
    gist: str
    why: str
    how: str
    sounds: str
    avoid: str

    @property
    def cited(self) -> str:
        """Say where the practice comes from, as one line."""
        return f"{self.source} ({self.publisher})"

    @property
    def text(self) -> str:
        """Return all of the card's words, as one text to search in."""
        lists = "\n".join((*self.when, *self.keywords, *self.states))
        return "\n".join((self.title, self.gist, lists, self.why, self.how, self.sounds, self.avoid))


def load_yaml(text: str) -> Any:
    """Load YAML safely, with the C parser where PyYAML has it: it is ten times as fast."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def read_cards(folder: Path = FOLDER) -> tuple[Card, ...]:
    """Read every card of a folder, by file name; raise KnowledgeError on the first broken one."""
    paths = sorted(folder.glob("*.md"))
    if not paths:
        raise KnowledgeError(f"There are no practice cards in {folder.name}.", "Install foreword again.")
    return tuple(read_card(path) for path in paths)


def read_card(path: Path) -> Card:
    """Read one card, whose id must be the file's name without `.md`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _broken(path, "it cannot be read as UTF-8 text") from error
    front = _FRONT.match(text)
    if front is None:
        raise _broken(path, "it does not open with front matter between two lines of ---")
    try:
        fields = load_yaml(front[1])
    except yaml.YAMLError as error:
        raise _broken(path, "its front matter is no valid YAML") from error
    if not isinstance(fields, Mapping):
        raise _broken(path, "its front matter is no list of names and values")
    gist, why, how, sounds, avoid = _sections(path, text[front.end() :])
    card = Card(
        id=_line(path, fields, "id"),
        title=_line(path, fields, "title"),
        source=_line(path, fields, "source"),
        publisher=_line(path, fields, "publisher"),
        audience=_line(path, fields, "audience"),
        when=_lines(path, fields, "when"),
        keywords=_lines(path, fields, "keywords"),
        states=_lines(path, fields, "states"),
        gist=gist,
        why=why,
        how=how,
        sounds=sounds,
        avoid=avoid,
    )
    if card.id != path.stem:
        raise _broken(path, f"its id is {card.id!r}, but the file is named {path.name}")
    if card.audience not in AUDIENCES:
        raise _broken(path, f"its audience is {card.audience!r}, not one of {', '.join(AUDIENCES)}")
    if len(card.when) < LEAST_EXAMPLES:
        raise _broken(path, f"it has {len(card.when)} situations under 'when'; at least {LEAST_EXAMPLES} are needed")
    return card


def _sections(path: Path, body: str) -> list[str]:
    """Return the texts of SECTIONS in that order; each must be there once and not be empty."""
    heads = list(_HEADING.finditer(body))
    ends = [head.start() for head in heads[1:]] + [len(body)]
    found: dict[str, str] = {}
    for head, end in zip(heads, ends, strict=True):
        if head[1] not in SECTIONS:
            raise _broken(path, f"it has a section {head[1]!r}, which is none of {', '.join(SECTIONS)}")
        if head[1] in found:
            raise _broken(path, f"its section {head[1]!r} stands there twice")
        found[head[1]] = body[head.end() : end].strip()
    for name in SECTIONS:
        if not found.get(name):
            raise _broken(path, f"its section {name!r} is missing or empty")
    return [found[name] for name in SECTIONS]


def _line(path: Path, fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _broken(path, f"its {name!r} is missing or no text")
    return value.strip()


def _lines(path: Path, fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = fields.get(name)
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise _broken(path, f"its {name!r} is no list of texts (put a text with a colon or # in quotes)")
    return tuple(value.strip() for value in values)


def _broken(path: Path, why: str) -> KnowledgeError:
    return KnowledgeError(
        f"The practice card {path.name} is broken: {why}.", "Mend the file, or install foreword again."
    )
