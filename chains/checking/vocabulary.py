"""Which words and names the notes use: evidence comes in, a `Vocabulary` goes out."""

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from functools import cache

from chains.checking.evidence import Evidence
from chains.checking.words import Word, is_plain, lexicon, words


@cache
def short_words() -> frozenset[str]:
    """Return the abbreviations and titles that are no name."""
    data = lexicon("ordinary")
    return frozenset(data["acronyms"]) | frozenset(data["titles"])


class Vocabulary:
    """Know which words the notes use."""

    def __init__(self, evidence: Evidence) -> None:
        self.where: dict[str, list[int]] = defaultdict(list)
        self.by_start: dict[str, list[str]] = defaultdict(list)
        for index, word in enumerate(evidence.note_words):
            self.where[word.folded].append(index)
            if not word.folded.isalnum():
                for part in re.split(r"['’.&]", word.folded):
                    if part:
                        self.where[part].append(index)
            if "." in word.folded:
                self.where[word.folded.replace(".", "")].append(index)  # "I.S.D." is ISD
        self.stems = {w.stem for w in evidence.note_words}
        self.often = Counter(w.stem for w in evidence.note_words)
        self.names = _names_of(evidence)
        self.firsts = _first_names(evidence, self.names)
        # a name that a person typed into the page stands in no line of the notes
        book = evidence.book
        told = [
            n
            for d in book.deals
            for n in (d.name, *(p.value.name for p in d.people), *(c.value for c in d.competitors))
        ]
        self.given = {w.folded for name in told for w in words(name)}
        notes = book.notes
        self.cut = {w.folded for w in evidence.note_words if notes[w.end : w.end + 1] == "." or w.text[0].isupper()}
        self.bare = [f for f in self.where if 2 < len(f) < 6 and f.isalpha() and not set(f) & set("aeiou")]
        for folded in self.where:
            self.by_start[folded[:3]].append(folded)

    def knows(self, word: Word) -> bool:
        if word.folded in self.where or word.stem in self.stems or word.folded in self.given:
            return True
        parts = [p for p in re.split(r"['’.&]", word.folded) if p]
        if len(parts) > 1 and all(p in self.where for p in parts):
            return True
        # a longer or shorter form of a word of the notes: "Kelley Ptnrs", "Mast" and "Masts"
        return (
            any(
                min(len(other), len(word.folded)) >= (4 if len(word.folded) < 6 or other not in self.cut else 3)
                and (other.startswith(word.folded) or word.folded.startswith(other))
                and (
                    abs(len(other) - len(word.folded)) <= min(len(other), len(word.folded))
                    or (word.folded.startswith(other) and other in self.cut)  # "univ." is the university
                )
                for other in self.by_start.get(word.folded[:3], ())
            )
            or any(_is_short_for(other, word.folded) for other in self.bare)
        )

    def rare(self, told: str) -> bool:
        """Tell whether a stem stands in the notes so seldom that it marks a place."""
        return self.often[told] <= 2

    def nearest(self, folded: str, least: float = 0.5) -> str | None:
        scored = [
            (SequenceMatcher(None, folded, o).ratio(), o) for o in self.names if o[:1] == folded[:1] and len(o) > 2
        ]
        best = max(scored, default=(0.0, ""))
        return best[1] if best[0] >= least else None


def _is_short_for(short: str, long: str) -> bool:
    """Tell whether a word without vowels is short for another: "hwy" for highway."""
    letters = iter(long)
    return short[0] == long[0] and len(long) > len(short) and all(letter in letters for letter in short)


def _names_of(evidence: Evidence) -> frozenset[str]:
    """Return the folded words of the notes that are names of people or companies other than the deals'."""
    told: set[str] = set()
    for deal in evidence.book.deals:
        told |= {w.folded for p in deal.people for w in words(p.value.name)}
        told |= {w.folded for c in deal.competitors for w in words(c.value)}
        told |= {w.folded for d in deal.dependencies if d.value.person for w in words(d.value.person)}
    for sentence in evidence.notes.sentences:
        for word in sentence.words:
            if (
                name_like(word)
                and not is_plain(word.folded)
                and not any(h.start <= word.start < h.end for h in sentence.hits)
            ):
                told.add(word.folded)
    # a word that is also written small is no name: "Sales Agent:" beside "the agent"
    small = {
        w.folded for t in (evidence.notes, evidence.draft) for s in t.sentences for w in s.words if w.text[0].islower()
    }
    shouted = evidence.book.notes == evidence.book.notes.lower()
    return frozenset(w for w in told if w not in short_words() and not is_plain(w) and (shouted or w not in small))


def _first_names(evidence: Evidence, names: frozenset[str]) -> frozenset[str]:
    """Return the names that the notes give with another name behind each time."""
    text = evidence.book.notes
    behind: dict[str, list[bool]] = defaultdict(list)
    for one, two in zip(evidence.note_words, evidence.note_words[1:], strict=False):
        if one.folded in names:
            behind[one.folded].append(two.folded in names and text[one.end : two.start] == " ")
    return frozenset(name for name, told in behind.items() if any(told))


def next_to(vocabulary: Vocabulary, first: str, last: str) -> bool:
    """Tell whether the notes have one word right before the other."""
    return bool({i + 1 for i in vocabulary.where.get(first, ())} & set(vocabulary.where.get(last, ())))


def full_name(evidence: Evidence, index: int) -> str:
    """Return the name that the notes' word stands in, with the capitalised word before or after it."""
    here = evidence.note_words[index]
    notes = evidence.book.notes
    for other in (index - 1, index + 1):
        if 0 <= other < len(evidence.note_words):
            beside = evidence.note_words[other]
            first, last = sorted((here, beside), key=lambda w: w.start)
            if (
                notes[first.end : last.start] == " "
                and (name_like(beside) or notes.islower())
                and not is_plain(beside.folded)
                and beside.folded not in short_words()
            ):
                return notes[first.start : last.end]
    return here.text


def name_like(word: Word) -> bool:
    """Tell whether a word is written as a name is."""
    return word.text[0].isupper() and len(word.text) > 1 and not word.text.isupper()
