"""Words, numbers and signs of a text with their places: text comes in, `Tokens` go out, and what the words mean
(`words.yaml`) beside them.

Offsets are those of the text as it came. A word is folded on its own, never the whole text: "İ" grows when folded.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from chains.wordfiles import either, load

NUMBER, WORD, SIGN, BREAK, LINK = "number", "word", "sign", "break", "link"

_TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)[^\s<>\"]+)"
    r"|(?P<number>[0-9]+(?:[.,'’][0-9]+)*)"
    r"|(?P<word>[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*(?:['’][^\W\d_]+)*)"
    r"|(?P<break>\n)"
    r"|(?P<sign>[^\s\w]|_)"
)


class Tokens:
    """Hold the tokens of one text as parallel lists; index `len(tokens)` may be asked for and is an empty sign."""

    __slots__ = ("end", "fold", "kind", "start", "text")

    def __init__(self, text: str) -> None:
        """Split `text`; a line break inside a hard-wrapped sentence (a lower-case letter follows) is no token."""
        self.text = text
        self.start: list[int] = []
        self.end: list[int] = []
        self.kind: list[str] = []
        self.fold: list[str] = []
        composed = text.isascii() or unicodedata.is_normalized("NFC", text)
        for match in _TOKEN.finditer(text):
            kind = str(match.lastgroup)
            piece = match.group()
            if kind == WORD:
                piece = piece.casefold()
                if not composed:
                    piece = unicodedata.normalize("NFC", piece)
                if "’" in piece:
                    piece = piece.replace("’", "'")
            elif kind == BREAK and _wrapped(text, match.start()):
                continue
            start, end = match.span()
            self.start.append(start)
            self.end.append(end)
            self.kind.append(kind)
            self.fold.append(piece)
        # sentinels: looking one or a few tokens ahead needs no bounds check
        self.start += [len(text)] * 8
        self.end += [len(text)] * 8
        self.kind += [BREAK] * 8
        self.fold += [""] * 8

    def __len__(self) -> int:
        return len(self.start) - 8

    def word(self, i: int) -> str:
        """Return the folded word at `i`, or "" where there is none."""
        return self.fold[i] if i >= 0 and self.kind[i] == WORD else ""

    def before(self, i: int) -> str:
        """Return the folded token before `i`, or "" at the start of the text."""
        return self.fold[i - 1] if i > 0 else ""

    def glued(self, i: int) -> bool:
        """Tell whether nothing stands between token `i` and the one before it."""
        return i > 0 and self.start[i] == self.end[i - 1]

    def capital(self, i: int) -> bool:
        """Tell whether token `i` starts with a capital letter."""
        return self.kind[i] == WORD and self.text[self.start[i]].isupper()

    def after(self, offset: int, i: int) -> int:
        """Return the first token at or after `i` that starts at `offset` or later."""
        while self.start[i] < offset and i < len(self):
            i += 1
        return i


def _wrapped(text: str, at: int) -> bool:
    """Tell whether the line break at `at` only wraps a sentence: a letter or comma before, a small letter after."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (before.isalnum() or before == ",") and after.islower()


@cache
def words() -> dict[str, Any]:
    """Load words.yaml."""
    loaded: dict[str, Any] = load("chains.figures", "words.yaml")
    return loaded


@cache
def meaning(*lists: str) -> dict[str, Any]:
    """Return word -> value for lists of words.yaml that are keyed by value ("months", "weekdays", ...)."""
    return {word: value for name in lists for value, forms in words()[name].items() for word in forms}


@cache
def any_of(name: str) -> frozenset[str]:
    """Return a list of words.yaml as a set."""
    found: Iterable[str] = words()[name]
    return frozenset(found)


@cache
def pattern(name: str) -> str:
    """Return the words of a list that is keyed by value ("months", "weekdays") as one group of a regular expression.

    The longest stand first, so that the group takes whole words where a boundary follows it.
    """
    return f"(?:{either(meaning(name))})"
