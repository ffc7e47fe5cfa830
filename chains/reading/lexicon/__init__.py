"""The reader's word lists: the YAML files beside this module come in, compiled cue patterns and plain sets go out.

A pattern is a row of words: `word`, `one|two`, `stem*`, `maybe?`, `..` (up to three words between), `...` (up to
seven), and typed tokens `<date>`, `<money>`, `<percent>`, `<count>`, `<duration>` and `<net>` (net 30),
or `<name>` for any first name. Files are read when first used.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from chains.wordfiles import load

HERE = Path(__file__).parent
GAPS = {"..": 3, "...": 7}
NAME = "<name>"  # any first name
_TYPES = {"<date>", "<money>", "<percent>", "<count>", "<duration>", "<net>"}


@dataclass(frozen=True, slots=True)
class Element:
    """Hold one place of a pattern: the words and stems that fit it, or how many words may stand there."""

    words: frozenset[str]
    stems: tuple[str, ...] = ()
    optional: bool = False
    gap: int = 0

    def fits(self, low: str) -> bool:
        """Tell whether a folded word can stand here."""
        return low in self.words or (bool(self.stems) and low.startswith(self.stems))


@dataclass(frozen=True, slots=True)
class Pattern:
    """Hold one cue: what it is a cue of (`group`, `name`) and the row of elements."""

    group: str
    name: str
    elements: tuple[Element, ...]


class Hit(NamedTuple):
    """Point at a cue found at tokens `first` up to and without `last`."""

    group: str
    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Opening:
    """Hold the patterns that one word opens: whole ones, those that go on with a known word, and the rest."""

    whole: list[Pattern]
    second: dict[str, list[Pattern]]
    rest: list[Pattern]


class Cues:
    """Hold all patterns, indexed by the word or stem that opens them and the word that follows."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._by_word: dict[str, _Opening] = {}
        self._by_stem: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            first = pattern.elements[0]
            for word in first.words:
                _file(self._by_word.setdefault(word, _Opening([], {}, [])), pattern)
            for stem in {s[:3] for s in first.stems}:
                self._by_stem.setdefault(stem, []).append(pattern)

    def find(self, lows: Sequence[str], places: Sequence[int], breaks: Sequence[int]) -> list[Hit]:
        """Return every longest match; `lows[i]` is token `places[i]`, no match crosses a change of `breaks[i]`."""
        hits: list[Hit] = []
        count = len(lows)
        for i, low in enumerate(lows):
            opening = self._by_word.get(low)
            sentence = breaks[i]
            if opening is not None:
                for pattern in opening.whole:
                    hits.append(Hit(pattern.group, pattern.name, places[i], places[i] + 1))
                follows = i + 1 < count and breaks[i + 1] == sentence
                for pattern in opening.second.get(lows[i + 1], ()) if follows else ():
                    end = _match(pattern.elements, 2, lows, i + 2, breaks, sentence)
                    if end is not None:
                        hits.append(Hit(pattern.group, pattern.name, places[i], places[end - 1] + 1))
            stems = self._by_stem.get(low[:3]) if len(low) > 2 else None
            if opening is None and stems is None:
                continue
            for pattern in (*(opening.rest if opening else ()), *(stems or ())):
                if not pattern.elements[0].fits(low):
                    continue
                end = _match(pattern.elements, 1, lows, i + 1, breaks, sentence)
                if end is not None:
                    hits.append(Hit(pattern.group, pattern.name, places[i], places[end - 1] + 1))
        return _longest(hits)


def _file(opening: _Opening, pattern: Pattern) -> None:
    """Put a pattern where a word that opens it looks for it."""
    if len(pattern.elements) == 1:
        opening.whole.append(pattern)
        return
    second = pattern.elements[1]
    if second.gap or second.optional or second.stems:
        opening.rest.append(pattern)
        return
    for word in second.words:
        opening.second.setdefault(word, []).append(pattern)


def _match(
    elements: tuple[Element, ...], at: int, lows: Sequence[str], i: int, breaks: Sequence[int], sentence: int
) -> int | None:
    if at == len(elements):
        return i
    element = elements[at]
    if element.gap:
        for skip in range(element.gap + 1):
            j = i + skip
            if j > len(lows) or (skip and (breaks[j - 1] != sentence)):
                return None
            end = _match(elements, at + 1, lows, j, breaks, sentence)
            if end is not None:
                return end
        return None
    if i < len(lows) and breaks[i] == sentence and element.fits(lows[i]):
        end = _match(elements, at + 1, lows, i + 1, breaks, sentence)
        if end is not None:
            return end
    if element.optional:
        return _match(elements, at + 1, lows, i, breaks, sentence)
    return None


def _longest(hits: list[Hit]) -> list[Hit]:
    """Drop a hit that lies within a longer hit of the same group."""
    kept: list[Hit] = []
    reach: dict[str, int] = {}
    for hit in sorted(hits, key=lambda h: (h.first, -h.last)):
        if reach.get(hit.group, -1) >= hit.last:
            continue
        reach[hit.group] = hit.last
        kept.append(hit)
    return kept


@lru_cache(maxsize=1)
def cues() -> Cues:
    """Return the compiled cues of every `cues_*.yaml`."""
    patterns: list[Pattern] = []
    for path in sorted(HERE.glob("cues_*.yaml")):
        for group, names in load(__name__, path.name).items():
            for name, rows in names.items():
                patterns += [Pattern(group, name, compiled(row)) for row in rows]
    return Cues(patterns)


def compiled(row: str) -> tuple[Element, ...]:
    """Return the elements of one written pattern; raise ValueError where it is no pattern."""
    if not isinstance(row, str):
        raise ValueError(f"a cue has to be written in quotes where YAML takes it for something else: {row!r}")
    elements = tuple(_element(part) for part in row.casefold().replace("cannot", "can not").split())
    if not elements or elements[0].gap or elements[0].optional:
        raise ValueError(f"a cue has to open with a word: {row!r}")
    return elements


@cache
def _element(part: str) -> Element:
    """Return one place of a pattern; many patterns share it."""
    if part in GAPS:
        return Element(frozenset(), gap=GAPS[part])
    optional = part.endswith("?") and len(part) > 1
    words: set[str] = set()
    stems: list[str] = []
    for word in (part[:-1] if optional else part).split("|"):
        if word.endswith("*") and len(word) > 3:
            stems.append(word[:-1])
        elif word == NAME:
            words |= only_names()
        elif word.startswith("<") and word not in _TYPES:
            raise ValueError(f"a cue names a type that no token has: {part!r}")
        else:
            words.add(spellings().get(word, word))  # tokens are compared in their full spelling
    return Element(frozenset(words), tuple(stems), optional)


@lru_cache(maxsize=1)
def spellings() -> dict[str, str]:
    """Return shorthand and common slips of the pen with the word they stand for."""
    return {str(short): str(word) for word, shorts in load(__name__, "spellings.yaml").items() for short in shorts}


@lru_cache(maxsize=1)
def base_verbs() -> dict[str, str]:
    """Return every form of the verbs that steps are made of with its base form: sends -> send, kicks -> kick."""
    forms: dict[str, str] = {}
    for row in load(__name__, "cues_steps.yaml")["verb"]["does"]:
        words = row.split()[0].split("|")
        forms |= dict.fromkeys(words, words[0])
    return forms


@lru_cache(maxsize=1)
def wordlists() -> dict[str, frozenset[str]]:
    """Return the plain word lists of `words.yaml` (function words, ordinary words, company words, ...) and first names.

    `first_names` are those of `words.yaml` and of `first_names.txt`, `common_first_names` the former alone: a rare one
    may as well be the first word of a firm.
    """
    lists = {name: frozenset(str(text).split()) for name, text in load(__name__, "words.yaml").items()}
    rows = (HERE / "first_names.txt").read_text(encoding="utf-8").splitlines()
    gathered = frozenset(word for row in rows if not row.startswith("#") for word in row.split())
    taken = frozenset().union(*(words for name, words in lists.items() if name != "first_names"))
    common = lists["first_names"]
    return lists | {"common_first_names": common, "first_names": common | (gathered - taken)}


@lru_cache(maxsize=1)
def only_names() -> frozenset[str]:
    """Return the first names that are no word of the language as well."""
    return wordlists()["first_names"] - wordlists()["function"] - wordlists()["ordinary"]
