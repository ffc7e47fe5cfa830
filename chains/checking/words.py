"""Words with their places: text comes in, `Word`s with a comparable stem go out.

Offsets are always into the text as given; folding and stemming happen on a copy of each single word.
"""

import re
from functools import cache
from typing import Any, NamedTuple

from chains.wordfiles import load

WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*(?:['’](?=\s|$))?")


class Word(NamedTuple):
    """Hold one word: `text[start:end]`, its folded form without a possessive, and the stem two texts compare by."""

    start: int
    end: int
    text: str
    folded: str
    stem: str


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Return the data file of that name."""
    data: dict[str, Any] = load("chains.checking", f"{name}.yaml")
    return data


@cache
def cue(name: str) -> re.Pattern[str]:
    """Return the pattern of that name."""
    entry = lexicon("cues")[name]
    return re.compile(
        f"{entry.get('before', '')}(?:{'|'.join(entry['words'])}){entry.get('behind', '')}", re.IGNORECASE
    )


@cache
def _short_forms() -> dict[str, str]:
    return {form: full for full, forms in lexicon("words")["same"].items() for form in (*forms, full)}


@cache
def idle_words() -> frozenset[str]:
    """Return the words that say nothing about what a figure or date is for."""
    return frozenset(lexicon("words")["idle"])


@cache
def _plain() -> tuple[frozenset[str], tuple[str, ...]]:
    data = lexicon("ordinary")
    return (
        frozenset(data["words"].split())
        | frozenset(data["capitals"])
        | frozenset(data["titles"])
        | frozenset(data["acronyms"]),
        tuple(data["endings"]),
    )


@cache
def is_listed(folded: str) -> bool:
    """Tell whether a folded word stands in the list of ordinary words."""
    known, _ = _plain()
    base = folded.split("'")[0]
    if base in known or folded in known or (base.endswith("s") and base[:-1] in known):
        return True
    return any(
        base.endswith(e) and (base[: -len(e)] in known or f"{base[: -len(e)]}e" in known)
        for e in ("est", "er", "ed", "ing", "ly")
    )


@cache
def is_plain(folded: str) -> bool:
    """Tell whether a folded word is an ordinary one, a title or a common abbreviation, and so no name by itself."""
    base = folded.split("'")[0]
    return is_listed(folded) or (len(base) > 5 and base.endswith(_plain()[1]))


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")


@cache
def stem(folded: str) -> str:
    """Return what a folded word is compared by: its long form where it is a short one, without its ending."""
    same = _short_forms()
    full = same.get(folded)
    if full is None:
        cut: str = _stemmer().stemWord(folded)
        full = same.get(cut, cut)
    return full


@cache
def fold(word: str) -> str:
    """Return a word in one writing: lower case, straight apostrophe, no possessive."""
    plain = word.replace("’", "'").casefold()
    for ending in ("'s", "'"):
        if plain.endswith(ending) and len(plain) > len(ending):
            return plain[: -len(ending)]
    return plain


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of `text[start:end]` in order."""
    found = []
    for hit in WORD.finditer(text, start, len(text) if end is None else end):
        start, end = hit.span()
        found.append(Word(start, end, *_forms(hit.group())))
    return found


@cache
def _forms(word: str) -> tuple[str, str, str]:
    """Return a word as it stands, folded, and its stem."""
    folded = fold(word)
    return word, folded, stem(folded)
