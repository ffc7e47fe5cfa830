"""People in another's place: a sentence of the draft comes in, findings about names of elsewhere go out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chains.checking.anchors import anchor_at
from chains.checking.evidence import Evidence
from chains.checking.found import finding
from chains.checking.places import Sentence
from chains.checking.vocabulary import Vocabulary, name_like, short_words
from chains.checking.words import Word, idle_words, is_plain
from chains.drafts import Finding


@dataclass(frozen=True)
class _Named:
    """Hold a name in a text: its words' indices in the sentence or the notes, and where it stands."""

    start: int
    end: int
    first: Word
    last: Word


_TITLE_END = re.compile(r"\.\s[A-Z]")


def _names_in(text: str, sentence: Sentence, vocabulary: "Vocabulary", greeting: int) -> list[_Named]:
    """Return the names of a draft's sentence that the notes know."""
    found: list[_Named] = []
    for word in sentence.words:
        if word.start < greeting or not name_like(word) or word.folded in short_words() or is_plain(word.folded):
            continue
        if word.folded not in vocabulary.where or any(h.start <= word.start < h.end for h in sentence.hits):
            continue
        if len(word.text) <= 5 and _TITLE_END.match(text, word.end):
            continue  # "Col. Betts"
        if found and text[found[-1].end : word.start] == " ":
            found[-1] = _Named(found[-1].start, word.end, found[-1].first, word)
        else:
            found.append(_Named(word.start, word.end, word, word))
    return found


def elsewhere(evidence: Evidence, vocabulary: "Vocabulary", sentence: Sentence, greeting: int) -> Iterator[Finding]:
    """Yield people and companies that the notes only know in another deal or in another's part."""
    text = evidence.draft.text
    for name in _names_in(text, sentence, vocabulary, greeting):
        indices = vocabulary.where[name.first.folded]
        anchor = anchor_at(text, sentence, name.start, name.end)
        homes = [evidence.owners(evidence.note_words[i].start) for i in indices]
        here = anchor.topics | (anchor.near if anchor.carried else sentence.named if not anchor.tight else frozenset())
        if anchor.topics and all(home and not home & here for home in homes):
            other = frozenset().union(*homes)
            line = evidence.line(evidence.note_words[indices[0]].start)
            yield finding(
                evidence,
                "error",
                "name",
                name.start,
                name.end,
                f"“{text[name.start : name.end]}” stands in the notes with {evidence.called(other)} (line {line}), "
                f"not with {evidence.called(anchor.topics)}.",
                f"Name the right person for {evidence.called(anchor.topics)}, or move this to "
                f"{evidence.called(other)}.",
            )
            continue
        rival = _rival(evidence, vocabulary, sentence, name, anchor.topics)
        if rival is not None:
            yield finding(
                evidence,
                "error",
                "name",
                name.start,
                name.end,
                f"The notes name “{rival.text}” here (line {evidence.line(rival.start)}), not "
                f"“{text[name.start : name.end]}”.",
                f"Write “{rival.text}”, or mend the notes.",
            )


_SAYS = frozenset(["say", "says", "said"])


_PARTS = frozenset(["champion", "economic_buyer", "buyer", "sponsor", "owner"])  # the parts people play in a deal


_APART = re.compile(r"[|;\n]|[!?]\s|(?<=\w\w\w)(?<!Mrs)\.\s")  # the words behind these speak of something else


def _beside(
    text: str, found: list[Word], index_first: int, index_last: int, skip: frozenset[str], reach: int, begin: int = 0
) -> dict[str, float]:
    """Return the telling words close to a name, with how close they are."""
    near: dict[str, float] = {}
    low = index_first
    while (
        low > max(0, index_first - reach)
        and found[low - 1].start >= begin
        and not _APART.search(text, found[low - 1].end, found[low].start)
    ):
        low -= 1
    high = index_last
    while high < min(len(found) - 1, index_last + reach) and not _APART.search(
        text, found[high].end, found[high + 1].start
    ):
        high += 1
    for at in [*range(low, index_first), *range(index_last + 1, high + 1)]:
        step = index_first - at if at < index_first else at - index_last
        word = found[at]
        if (
            (word.folded in idle_words() and word.folded not in _SAYS)
            or word.folded in skip
            or word.folded[0].isdigit()
        ):
            continue
        if word.folded in _SAYS:
            if step == 1 and at > index_last:
                near["say"] = 1.0
            continue
        close = step <= (5 if word.stem in _PARTS else 2)
        near[word.stem] = max(near.get(word.stem, 0.0), 1.0 if close else 0.6 if step <= 4 else 0.4)
    return near


def _rival(
    evidence: Evidence, vocabulary: "Vocabulary", sentence: Sentence, name: _Named, topics: frozenset[int]
) -> Word | None:
    """Return the name that the notes have where the draft has this one, if the words around tell so plainly."""
    own_words = frozenset(n.folded for n in (name.first, name.last))
    places = sentence.words
    first = next(i for i, w in enumerate(places) if w.start == name.first.start)
    last = next(i for i, w in enumerate(places) if w.start == name.last.start)
    clause = next((c for c in sentence.clauses if c.start <= name.start < c.end), sentence)
    around = _beside(evidence.draft.text, places, first, last, own_words | vocabulary.names, 5, clause.start)
    if not around:
        return None
    notes = evidence.note_words
    said = {w.folded for w in places[max(0, first - 4) : last + 5] if w.text[0].isdigit()}
    for index in vocabulary.where[name.first.folded] + vocabulary.where[name.last.folded]:
        if said & {w.folded for w in notes[max(0, index - 8) : index + 9]}:
            return None  # the same figures stand beside the name there
        if set(_beside(evidence.book.notes, notes, index, index, own_words | vocabulary.names, 9)) & set(around):
            return None
    best, best_score = None, 0.0
    for other in sorted(vocabulary.names - own_words - {w.folded for w in places}):
        for index in vocabulary.where.get(other, ()):
            if topics and not (evidence.owners(notes[index].start) or topics) & topics:
                continue
            theirs = _beside(evidence.book.notes, notes, index, index, vocabulary.names, 5)
            score = sum(
                min(w, theirs[s]) * (1.0 if vocabulary.rare(s) else 0.4) for s, w in around.items() if s in theirs
            )
            if score > best_score:
                best, best_score = notes[index], score
    return best if best_score >= 1.0 else None
