"""Names in a draft that the notes do not know: evidence comes in, findings go out."""

import re
from collections.abc import Iterator

from chains.checking.evidence import Evidence
from chains.checking.found import finding
from chains.checking.persons import elsewhere
from chains.checking.places import Sentence
from chains.checking.vocabulary import Vocabulary, full_name, name_like, next_to, short_words
from chains.checking.words import Word, cue, is_listed, is_plain, lexicon
from chains.drafts import Finding


def check_names(evidence: Evidence) -> Iterator[Finding]:
    """Yield the names the notes do not know, those put together wrongly and people given to another deal."""
    vocabulary = Vocabulary(evidence)
    text = evidence.draft.text
    lower = {w.folded for s in evidence.draft.sentences for w in s.words if w.text[0].islower()}
    dated = [(p.start, p.end) for p in evidence.draft.places]
    greeting = _greeting_end(evidence)
    signature = _signature_start(text)
    for sentence in evidence.draft.sentences:
        unknown: list[Word] = []
        if sentence.block.kind == "heading":
            continue
        for position, word in enumerate(sentence.words):
            if word.start < greeting or word.start >= signature:
                continue
            if any(h.start <= word.start < h.end for h in sentence.hits):
                continue
            if not _candidate(word, position, sentence, text, lower, dated, vocabulary.firsts) or vocabulary.knows(
                word
            ):
                continue
            if _begins(text, word.start) and not (unknown or _reads_as_name(text, sentence, position, vocabulary)):
                continue
            if unknown and word.start - unknown[-1].end <= 2:
                unknown.append(word)
                continue
            if unknown:
                yield _unknown(evidence, vocabulary, unknown)
            unknown = [word]
        if unknown:
            yield _unknown(evidence, vocabulary, unknown)
        yield from _wrong_pairs(evidence, vocabulary, sentence, greeting)
        yield from elsewhere(evidence, vocabulary, sentence, greeting)


def _greeting_end(evidence: Evidence) -> int:
    """Return where the words to the reader end: "Hi Lena," names who will read it, and no deal."""
    if not evidence.draft.sentences:
        return 0
    first = evidence.draft.sentences[0]
    text = evidence.draft.text
    hello = cue("greeting").match(text, first.start)
    at = hello.end() if hello else first.start
    name = re.compile(r"[*_]*[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?[*_]*\s*(?:[,:!–—-]|\n|$|\.(?=\s))").match(text, at)
    return name.end() if name else at


def _signature_start(text: str) -> int:
    """Return where a closing with the writer's name begins, or the text's end."""
    closing = rf"\n[ \t]*{cue('closing_words').pattern}[ \t,!.]*\n?[ \t]*[A-Z]?[\w'’. -]{{0,30}}\s*$"
    hit = re.search(closing, text, re.IGNORECASE)
    return hit.start() if hit else len(text)


def _candidate(
    word: Word,
    position: int,
    sentence: Sentence,
    text: str,
    lower: set[str],
    dated: list[tuple[int, int]],
    named: frozenset[str],
) -> bool:
    """Tell whether a word of the draft may be a name."""
    shown = word.text
    if not shown[0].isupper() or len(shown) < 2 or any(s <= word.start < e for s, e in dated):
        return False
    if shown.isupper() or (sum(c.isupper() for c in shown) > 1 and len(shown) <= 4):
        return len(shown) > 2 and word.folded not in short_words() and word.folded.rstrip("s") not in short_words()
    if (any(c.isdigit() for c in shown) and shown[0] in "QHF") or word.folded.split("'")[0] == "i":
        return False
    before = sentence.words[position - 1] if position else None
    if before is not None and before.folded in named and text[before.end : word.start] == " ":
        return True  # "Wendell Price": a word of the language may be a last name
    begins = position == 0 or _begins(text, word.start)
    if begins:
        return not is_plain(word.folded) and word.folded not in lower
    if word.folded in lexicon("ordinary")["capitals"] or word.folded in lexicon("ordinary")["titles"]:
        return False
    # inside a sentence a capital is meant; an ordinary word may still be one of a title
    return not (is_listed(word.folded) and (word.folded in lower or position < 4))


_BEHIND_NAME = re.compile(
    r"(?:['’]s)?[*_]*(?:"
    r"\s+(?:is|was|has|had|will|can|still|and|or|&|from|at|in (?:our|their|my|the|legal|finance|sales|it|procurement|"
    r"security|product|services|support|[A-Z]\w+)|[a-z]{2,}s|[a-z]{3,}ed)\b"
    r"|\s*,\s+(?:the|our|their|who|an?|head|vp|c[a-z]o|[$€£₹]?\d)"
    r"|\s*[:(–—-]+\s*[*_]*(?:[$€£₹]|\d|[A-Z]{3} ?\d)|\s+[A-Z][a-z]|\s+[$€£₹(]?\d|\s*\|)"
)


def _reads_as_name(text: str, sentence: Sentence, position: int, vocabulary: "Vocabulary") -> bool:
    """Tell whether a word that begins a sentence, where every word has a capital, is a name by what follows it."""
    word = sentence.words[position]
    before = sentence.words[position - 1].folded if position else ""
    return (
        before in lexicon("ordinary")["titles"]
        or (position > 0 and text[word.start - 2 : word.start] == ". ")  # "Col. Betts"
        or _BEHIND_NAME.match(text, word.end) is not None
        or word.text[-2:] in ("'s", "’s")
        or any(c.isupper() for c in word.text[1:])
        or vocabulary.nearest(word.folded, 0.7) is not None
    )


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" *_(\"'“‘")
    return before == "" or before[-1] in ".!?:;–—-\n•|…"


def _unknown(evidence: Evidence, vocabulary: Vocabulary, unknown: list[Word]) -> Finding:
    start, end = unknown[0].start, unknown[-1].end
    shown = evidence.draft.text[start:end]
    near = vocabulary.nearest(unknown[-1].folded) or vocabulary.nearest(unknown[0].folded)
    sentence = evidence.draft.at(start)
    before = next((w for w in (sentence.words if sentence else ()) if w.end == start - 1), None)
    if not near and before is not None and before.folded in vocabulary.names:
        # a known first name with another last name
        behind = [
            evidence.note_words[i + 1].folded
            for i in vocabulary.where[before.folded]
            if i + 1 < len(evidence.note_words)
        ]
        near = next((w for w in behind if w in vocabulary.names), None)
    if near:
        place = evidence.note_words[vocabulary.where[near][0]]
        return finding(
            evidence,
            "error",
            "name",
            start,
            end,
            f"“{shown}” is not in the notes; line {evidence.line(place.start)} has “{place.text}”.",
            f"Write “{place.text}”, or add “{shown}” to the notes.",
        )
    return finding(
        evidence,
        "warning",
        "name",
        start,
        end,
        f"“{shown}” is not in the notes.",
        "Take it out, or add to the notes who or what that is.",
    )


def _wrong_pairs(evidence: Evidence, vocabulary: Vocabulary, sentence: Sentence, greeting: int) -> Iterator[Finding]:
    """Yield first and last names that the notes know, but not together."""
    text = evidence.draft.text
    for first, last in zip(sentence.words, sentence.words[1:], strict=False):
        if first.start < greeting or text[first.end : last.start] != " ":
            continue
        # half a name of one whom the reader took for an account is still a first name
        if not (name_like(first) and name_like(last)) or any(
            h.start <= last.start < h.end or (h.full and h.start <= first.start < h.end) for h in sentence.hits
        ):
            continue
        if first.folded in short_words() or is_plain(last.folded) or is_plain(first.folded):
            continue
        behind = next((w for w in sentence.words if w.start == last.end + 1), None)
        if behind is not None and name_like(behind) and next_to(vocabulary, last.folded, behind.folded):
            continue  # "At Seeblick Corina Zgraggen decides": the name begins at the second word
        ones, twos = vocabulary.where.get(first.folded), vocabulary.where.get(last.folded)
        if not ones or not twos or {i + 1 for i in ones} & set(twos):
            continue
        full = [full_name(evidence, i) for i in twos] + [full_name(evidence, i) for i in ones]
        told = next((f for f in full if " " in f), None)
        if told is None:
            continue
        line = evidence.line(evidence.note_words[twos[0]].start)
        yield finding(
            evidence,
            "error",
            "name",
            first.start,
            last.end,
            f"The notes know no “{text[first.start : last.end]}”; they name {told} (line {line}).",
            f"Write “{told}”, or name the right person.",
        )
