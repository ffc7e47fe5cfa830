"""How words are made ready for a search: rough text in; full words, sentences or stems out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.cards import load_yaml
from knowledge.errors import KnowledgeError

SHORTHAND = Path(__file__).resolve().parent / "shorthand.yaml"
MOST_SENTENCES = 8  # of one query; in a longer one neighbours are joined

# A sentence ends at a line's end, or at punctuation before a space; "(1)" and "- " open one.
_END = re.compile(r"[\r\n]+|(?<=[.!?;])\s+|\s+(?=\(\d{1,2}\))|\s+-{1,2}\s+|\s+[–—•]\s+")
_WORD = re.compile(r"[^\W_]+")
_SAY_NOTHING = """
a an and are as at be been but by did do does for from had has have he her him his i if in into is it its me my of on or
our she so than that the their them then there these they this to too up was we were what when which who will with you
your am im ive id ll ve re s t d m don
"""
_STOP = frozenset(_SAY_NOTHING.split())


@lru_cache(maxsize=4)
def shorthand(path: Path = SHORTHAND) -> Mapping[str, str]:
    """Read the short forms and what they mean; a broken file raises KnowledgeError."""
    try:
        found = load_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _broken(path, "it is no valid YAML") from error
    if not isinstance(found, dict):
        raise _broken(path, "it is no list of short forms and their meaning")
    for short, meaning in found.items():
        if not isinstance(short, str) or not isinstance(meaning, str) or not short.strip():
            raise _broken(path, f"{short!r} and its meaning must both be text (in quotes)")
    return found


def spell_out(text: str) -> str:
    """Write the short forms of a text in full: `EB wants it w/in the qtr` with economic buyer, within and quarter.

    The result is for searching only; its offsets are not those of `text`.
    """
    pattern, meanings = _shorthand_pattern()

    def full(found: re.Match[str]) -> str:
        short = found[0]
        meaning = meanings.get(short)
        if meaning is None:
            meaning = meanings.get(short.lower(), short)
        return meaning + " " if short.endswith("/") else meaning

    return pattern.sub(full, text)


@lru_cache(maxsize=1)
def _shorthand_pattern() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return a pattern of all that may be a short form, and the meanings.

    Plain words are matched as such and looked up, which is ten times as fast as an alternative for each.
    """
    meanings = shorthand()
    signs = []
    for short in sorted(meanings, key=len, reverse=True):
        if not short.isalnum():
            before = r"(?<![\w&])" if short[0].isalnum() else r"(?<!\w)"
            after = r"(?![\w/])" if short[-1].isalnum() else "" if short.endswith("/") else r"(?!\w)"
            signs.append(before + (f"(?i:{re.escape(short)})" if short == short.lower() else re.escape(short)) + after)
    return re.compile("|".join([*signs, r"(?<![\w&])\w+(?![\w&])"])), meanings


def sentences(text: str, most: int = MOST_SENTENCES) -> tuple[str, ...]:
    """Split a text into at most `most` sentences, in order; fragments of one or two words join the one before.

    Where a text has more, neighbours are joined, so that its end counts as much as its start.
    """
    found: list[str] = []
    for part in _END.split(text):
        part = part.strip()
        if not part:
            continue
        if found and len(part.split()) < 3:
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    size = -(-len(found) // most)
    return tuple(" ".join(found[start : start + size]) for start in range(0, len(found), size)) if found else ()


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, without the words that say nothing."""
    plain = text.lower().replace("'", "").replace("’", "")
    found: list[str] = _stemmer().stemWords([word for word in _WORD.findall(plain) if word not in _STOP])
    return found


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")


def _broken(path: Path, why: str) -> KnowledgeError:
    return KnowledgeError(f"The list of short forms {path.name} is broken: {why}.", "Mend the file.")
