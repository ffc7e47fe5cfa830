"""What a draft denies and the notes affirm: evidence comes in, findings about an added "no" or "not" go out.

Verbs that tell how far a thing has come are looked at by themselves (claims.py); this is about everything else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from chains.checking.evidence import Evidence
from chains.checking.found import finding
from chains.checking.phrases import deniers
from chains.checking.places import Sentence
from chains.checking.words import Word, cue, idle_words, lexicon, stem
from chains.drafts import Finding

REACH = 5  # telling words behind a "not" that it denies


@dataclass(frozen=True, slots=True)
class _Denial:
    word: Word
    last: Word
    stems: frozenset[str]


@cache
def _soft() -> frozenset[str]:
    return (
        frozenset(lexicon("statuses")["lacking"])
        | frozenset(lexicon("statuses")["removed"])
        | {"yet", "still", "until", "unless", "before", "open", "only"}
    )


_STOP = re.compile(r"[.!?;]\s")


def _denials(text: str, sentence: Sentence) -> list[_Denial]:
    found = []
    for index, word in enumerate(sentence.words):
        if word.folded not in deniers():
            continue
        clause = next((c for c in sentence.clauses if c.start <= word.start < c.end), sentence)
        behind: list[Word] = []
        last = word
        for other in sentence.words[index + 1 :]:
            if other.start >= clause.end or len(behind) == REACH or _STOP.search(text, last.end, other.start):
                break
            last = other
            if other.folded in ("and", "but", "only", "just"):
                break
            if any(h.start <= other.start < h.end for h in sentence.hits):
                continue
            if other.folded not in idle_words() and other.text[0].isalpha():
                behind.append(other)
        if behind:
            found.append(_Denial(word, behind[-1], frozenset(w.stem for w in behind)))
    return found


def check_denials(evidence: Evidence) -> Iterator[Finding]:
    """Yield what a draft denies in words that the notes only use to affirm it."""
    text = evidence.draft.text
    told = [
        (
            s,
            frozenset(w.stem for w in s.words if w.folded not in idle_words()),
            any(w.folded in deniers() or w.folded in _soft() for w in s.words) or text_asks(evidence.book.notes, s),
        )
        for s in evidence.notes.sentences
    ]
    talk = None if _tells_deals(evidence) else _Talk(evidence)
    for sentence in evidence.draft.sentences:
        if text_asks(text, sentence):
            continue
        for word in sentence.words if talk is not None else ():
            base = talk.reversed(word, sentence) if talk is not None else None
            if base is not None:
                yield finding(
                    evidence,
                    "error",
                    "status",
                    word.start,
                    word.end,
                    f"The notes say “{base}” (line {evidence.line(talk.start(base))}), never “{word.text}”."
                    if talk is not None
                    else "",
                    f"Write “{base}”, or mend the notes.",
                )
        for denial in _denials(text, sentence):
            if talk is not None and talk.affirms(denial.stems):
                yield finding(
                    evidence,
                    "error",
                    "status",
                    denial.word.start,
                    denial.last.end,
                    f"The notes nowhere deny this; they speak of it (line {talk.line(denial.stems)}).",
                    "Take the denial out, or mend the notes.",
                )
                continue
            if len(denial.stems) < 2:
                continue
            near = [(s, len(denial.stems & stems), soft) for s, stems, soft in told if denial.stems & stems]
            if any(soft for _, _, soft in near):
                continue
            best = max(near, key=lambda n: n[1], default=None)
            if best is None or best[1] < 2 or best[1] < len(denial.stems) * 0.6:
                continue
            line = evidence.line(best[0].start)
            shown = " ".join(evidence.book.notes[best[0].start : best[0].end].split())[:90]
            yield finding(
                evidence,
                "error",
                "status",
                denial.word.start,
                denial.last.end,
                f"The notes say this without a “{denial.word.text}”: “{shown}” (line {line}).",
                "Take the denial out, or mend the notes.",
            )


def _tells_deals(evidence: Evidence) -> bool:
    """Tell whether the notes are about deals: then a denial is looked at by what stands beside it."""
    return any(d.amount or d.close_date or d.category for d in evidence.book.deals)


_REVERSING = ("un", "in", "im", "non-", "non", "dis", "ir")


@cache
def _opposites() -> dict[str, list[str]]:
    pairs = [pair.split() for pair in lexicon("statuses")["opposites"]]
    found: dict[str, list[str]] = {}
    for one, two in pairs:
        found.setdefault(one, []).append(two)
        found.setdefault(two, []).append(one)
    return found


class _Talk:
    """Know what the record of a talk affirms and what it denies, whoever says it."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._denied: set[str] = set()
        self._affirmed: dict[str, int] = {}
        telling = [w for s in evidence.notes.sentences for w in s.words if w.folded not in idle_words()]
        self._pairs = {(a.folded, b.stem) for a, b in pairwise(telling)}
        self._words = {w.folded: w.start for s in evidence.notes.sentences for w in s.words}
        notes = evidence.book.notes
        for sentence in evidence.notes.sentences:
            inside = {s for d in _denials(notes, sentence) for s in d.stems}
            self._denied |= inside
            for word in sentence.words:
                if word.stem not in inside and word.folded not in idle_words() and not text_asks(notes, sentence):
                    self._affirmed.setdefault(word.stem, word.start)

    def affirms(self, stems: frozenset[str]) -> bool:
        """Tell whether most of the words are affirmed and none of them is denied."""
        known = [s for s in stems if s in self._affirmed]
        return len(known) >= 0.6 * len(stems) and not stems & self._denied

    def reversed(self, word: Word, sentence: Sentence) -> str | None:
        """Return the word of the notes that a word of the draft turns round: "flexible" for "inflexible"."""
        folded = word.folded
        if folded in self._words or word.text[0].isupper():
            return None
        bases = [folded[len(p) :].lstrip("-") for p in _REVERSING if folded.startswith(p)]
        behind = next((w.stem for w in sentence.words if w.start > word.start and w.folded not in idle_words()), "")
        bases += [b for b in _opposites().get(folded, []) if (b, behind) in self._pairs]
        base = next((b for b in bases if len(b) > 3 and b in self._words and b not in idle_words()), None)
        return None if base is None or stem(base) in self._denied else base

    def start(self, folded: str) -> int:
        """Return where a word of the notes stands."""
        return self._words[folded]

    def line(self, stems: frozenset[str]) -> int:
        return self._evidence.line(min(self._affirmed[s] for s in stems if s in self._affirmed))


def check_dropped(evidence: Evidence) -> Iterator[Finding]:
    """Yield what a draft affirms in rare words that the notes only use to deny it."""
    text = evidence.draft.text
    denied: list[tuple[_Denial, Sentence]] = []
    affirmed: set[str] = set()
    for sentence in evidence.notes.sentences:
        here = _denials(evidence.book.notes, sentence)
        if len(sentence.words) > 30:
            here = []  # a dictated stretch without a full stop: where a denial ends cannot be told
        denied += [(d, sentence) for d in here if d.word.folded not in ("without", "no", "none", "nor")]
        inside = frozenset(s for d in here for s in d.stems)
        affirmed |= {w.stem for w in sentence.words} - inside
    rare: list[tuple[Sentence, list[Word], Word]] = []
    for denial, noted in denied:
        first = [w for w in noted.words if w.start > denial.word.start and w.stem in denial.stems][:2]
        key = next((w for w in first if w.stem not in affirmed and not is_plain_negative(w.folded)), None)
        if key is not None:
            rare.append((noted, first, key))
    for sentence in evidence.draft.sentences:
        if text_asks(text, sentence):
            continue
        said = {w.folded for w in sentence.words}
        for noted, first, only_denied in rare:
            if not all(w.folded in said for w in first):
                continue
            word = next(w for w in sentence.words if w.folded == only_denied.folded)
            clause = next((c for c in sentence.clauses if c.start <= word.start < c.end), sentence)
            if cue("condition").match(text, clause.start):
                continue
            here_now = [w for w in sentence.words if clause.start <= w.start < clause.end]
            if any(w.folded in deniers() or w.folded in _soft() or w.folded in _lack() for w in here_now):
                continue
            shared = {w.stem for w in sentence.words} & {w.stem for w in noted.words if w.folded not in idle_words()}
            if len(shared) < 3:
                continue
            told = " ".join(evidence.book.notes[noted.start : noted.end].split())[:90]
            yield finding(
                evidence,
                "error",
                "status",
                clause.start,
                clause.end,
                f"The notes deny this: “{told}” (line {evidence.line(noted.start)}).",
                "Put the “not” back, or mend the notes.",
            )
            break


@cache
def _lack() -> frozenset[str]:
    return frozenset(lexicon("statuses")["lack"])


def is_plain_negative(folded: str) -> bool:
    """Tell whether a word denies by itself."""
    return folded in _lack() or folded in _soft()


def text_asks(text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence is a question."""
    return text[sentence.start : sentence.end].rstrip(" *_)\"'”").endswith("?")
