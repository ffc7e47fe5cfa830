"""Phrases and their choice: a key and its facts come in, one of the wordings that phrases files hold goes out.

A wording is chosen by the facts themselves, so the same notes give the same text, other notes another one, and no
wording comes twice in a draft while there is another.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import Any

from chains.errors import PromptError
from chains.wordfiles import load

_END = re.compile(r"[.!?…:]['\")\]]?$")


@lru_cache(maxsize=8)
def load_phrases(*names: str) -> Mapping[str, tuple["Wording", ...]]:
    """Load phrase files by name, the later ones adding to the earlier; raise PromptError naming what is wrong."""
    found: dict[str, tuple[Wording, ...]] = {}
    for name in names:
        way_out = f"Mend {name}.yaml: each key holds a list of wordings, with facts in braces."
        data: Any = load("chains.writing", f"{name}.yaml")
        for key, wordings in data.items():
            if not isinstance(wordings, list) or not wordings or not all(isinstance(w, str) for w in wordings):
                raise PromptError(f"{name}.yaml: '{key}' is no list of wordings.", way_out)
            try:
                found[key] = tuple(Wording.of(w) for w in wordings)
            except ValueError as error:
                raise PromptError(
                    f"{name}.yaml: a wording of '{key}' has a brace that does not close.", way_out
                ) from error
    return found


class Wording:
    """Hold one wording and the facts it needs."""

    __slots__ = ("slots", "text")

    def __init__(self, text: str, slots: frozenset[str]) -> None:
        self.text = text
        self.slots = slots

    @classmethod
    def of(cls, text: str) -> "Wording":
        """Read a wording such as "{name} moved to {new}"."""
        return cls(text, frozenset(name for _, name, _, _ in Formatter().parse(text) if name))


class Voice:
    """Choose wordings for one draft."""

    def __init__(self, seed: str, phrases: Mapping[str, tuple[Wording, ...]]) -> None:
        self._seed = seed
        self._phrases = phrases
        self._used: dict[str, list[str]] = {}
        self._count: dict[str, int] = {}

    def has(self, key: str) -> bool:
        """Tell whether there is any wording under `key`."""
        return key in self._phrases

    def say(self, key: str, **facts: str | None) -> str:
        """Return a wording of `key` that says as many of the facts as any can; facts that are None do not exist."""
        given = {k: v for k, v in facts.items() if v}
        fitting = [w for w in self._phrases[key] if w.slots <= given.keys()]
        if not fitting:
            raise LookupError(f"no wording of '{key}' does with {sorted(given)}")
        most = max(len(w.slots) for w in fitting)
        best = [w for w in fitting if len(w.slots) == most]
        used = self._used.setdefault(key, [])
        fresh = [w for w in best if w.text not in used] or best
        chosen = fresh[self._number(key, len(fresh))]
        used.append(chosen.text)
        return chosen.text.format_map(given)

    def pick(self, key: str, count: int) -> int:
        """Return a number below `count`, chosen by the facts, for a choice of form."""
        return self._number(f"#{key}", count)

    def _number(self, key: str, count: int) -> int:
        turn = self._count[key] = self._count.get(key, 0) + 1
        digest = hashlib.blake2b(f"{self._seed}|{key}|{turn}".encode(), digest_size=4).digest()
        return int.from_bytes(digest, "big") % count


def sentence(text: str) -> str:
    """Return `text` with a capital at its start and a stop at its end."""
    text = text.strip()
    if not text:
        return ""
    text = first_up(text).rstrip(",;")
    return text if _END.search(text) else f"{text}."


def first_up(text: str) -> str:
    """Return `text` with a capital first letter, unless its first word is a name such as go2freight."""
    word = text.split(" ", 1)[0]
    if any(c.isdigit() for c in word) or any(c.isupper() for c in word[1:]):
        return text
    return text[:1].upper() + text[1:]


def run_on(*parts: str) -> str:
    """Join sentences with single spaces, leaving out empty ones."""
    return " ".join(p for p in (sentence(part) for part in parts if part) if p)
