"""Sentences and clauses: the token stream and the layout come in, each token's sentence and clause go out.

A sentence ends at a full stop, a semicolon or a line; a clause also at a comma, dash, bracket or arrow. Dictated text
without any punctuation is parted before the words that usually open a new thought.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chains.reading.layout.tokens import ABBREVIATIONS, Stream, Token
from chains.reading.layout.units import Unit
from chains.reading.lexicon import Cues, Hit, base_verbs, wordlists

ENDS = frozenset(".!?;")
PARTS = frozenset(
    [
        ",",
        "(",
        ")",
        "-",
        "–",
        "—",
        "--",
        "---",
        "->",
        "=>",
        ">>",
        "→",
        "⇒",
        "/",
        ":",
        "…",
        "..",
        "...",
        "=",
        "•",
        "·",
        "[",
        "]",
        "@",
        "|",
        ";",
    ]
)
SOFT = frozenset(
    ['"', "'", "“", "”", "„", "«", "»", "*", "**", "_", "~~", "`", "(", ")", "[", "]", "’", "‘", "^", "#", ":"]
)
_TAKEN_BACK = frozenset("no nope now not rather actually make more".split())
LONG = 26  # words without a mark, past which a sentence is taken for dictated
_SHORT = 8  # the same in notes that were dictated as a whole
_OPENS_IS = frozenset("that there it what who".split())  # they open a thought where "is" follows


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold tokens `first` up to and without `last`, and the unit they stand in."""

    index: int
    first: int
    last: int
    unit: int
    dictated: bool = False


@dataclass(frozen=True, slots=True)
class Clauses:
    """Hold the sentences, and for each token the index of its sentence and clause (-1 outside all units)."""

    stream: Stream
    sentences: tuple[Sentence, ...]
    sentence_of: Sequence[int]
    clause_of: Sequence[int]
    spoken: bool = False  # the notes as a whole were dictated

    def clause(self, token: int) -> tuple[int, int]:
        """Return the first token and the end of the clause that holds `token`."""
        wanted = self.clause_of[token]
        first = last = token
        while first > 0 and self.clause_of[first - 1] == wanted:
            first -= 1
        while last + 1 < len(self.clause_of) and self.clause_of[last + 1] == wanted:
            last += 1
        return first, last + 1

    def find(self, cues: Cues) -> list[Hit]:
        """Return every cue that stands within one sentence."""
        lows: list[str] = []
        places: list[int] = []
        breaks: list[int] = []
        tokens = self.stream.tokens
        for i, token in enumerate(tokens):
            if self.sentence_of[i] < 0 or (token.kind == "mark" and (token.low in SOFT or _joins(tokens, i))):
                continue
            lows.append(token.low)
            places.append(i)
            breaks.append(self.sentence_of[i])
        return cues.find(lows, places, breaks)


def cut(stream: Stream, units: Sequence[Unit]) -> Clauses:
    """Cut every unit into sentences and clauses."""
    tokens = stream.tokens
    sentence_of = [-1] * len(tokens)
    clause_of = [-1] * len(tokens)
    sentences: list[Sentence] = []
    clause = -1
    openers = wordlists()["openers"]
    spoken = is_dictated(stream)
    for unit in units:
        wrapped = {line.start for line in unit.lines[1:]}
        found = _sentences(stream, unit, wrapped)
        for first, last in found:
            words = sum(1 for i in range(first, last) if tokens[i].kind == "word")
            marks = sum(1 for i in range(first, last) if tokens[i].kind == "mark" and tokens[i].low in PARTS)
            # a long sentence among others that end in a full stop was typed, however few its commas
            stopped = tokens[last - 1].low in (".", "!", "?") and len(found) > 1
            dictated = words > (_SHORT if spoken else LONG) and marks * 14 < words and not stopped
            for start, stop in _dictated(tokens, first, last, openers) if dictated else [(first, last)]:
                sentences.append(Sentence(len(sentences), start, stop, unit.index, dictated))
                clause += 1
                since = 0
                for i in range(start, stop):
                    token = tokens[i]
                    if token.kind == "mark" and token.low in PARTS and not _joins(tokens, i):
                        clause += 1
                        since = 0
                    since += 1
                    sentence_of[i] = len(sentences) - 1
                    clause_of[i] = clause
    return Clauses(stream, tuple(sentences), sentence_of, clause_of, spoken)


def is_dictated(stream: Stream) -> bool:
    """Tell whether the notes as a whole were dictated: long, all lower case, next to no mark and no digit."""
    words = marks = odd = 0
    for token in stream.tokens:
        words += token.kind == "word"
        marks += token.kind == "mark"
        odd += token.text[:1].isupper() or token.text[:1].isdigit()
    return words > 80 and marks * 20 < words and odd * 20 < words


def _sentences(stream: Stream, unit: Unit, wrapped: set[int]) -> list[tuple[int, int]]:
    tokens = stream.tokens
    found: list[tuple[int, int]] = []
    indices = [i for line in unit.lines for i in stream.within(line.start, line.end)]
    if not indices:
        return found
    first = indices[0]
    record = _record(tokens, indices)
    for place, i in enumerate(indices):
        following = indices[place + 1] if place + 1 < len(indices) else None
        if following is None:
            found.append((first, i + 1))
        elif i - first <= 2 and tokens[first].low in _FRONTED and tokens[first + 1].kind == "date":
            continue  # On 17.11. I call them
        elif (
            tokens[i].kind == "date"
            and tokens[i].text.endswith(".")
            and tokens[following].capital
            and tokens[following].start > tokens[i].end
            and wordy(tokens[following])
        ) or (
            tokens[i].low in ENDS
            and tokens[i].kind == "mark"
            and not (record and tokens[i].low == ";")
            and _stops(stream, i, following)
        ):
            found.append((first, i + 1))
            first = following
    return [(a, b) for a, b in found if b > a]


def wordy(token: Token) -> bool:
    """Tell whether a word opens a sentence behind a date that took the full stop: "came 12.11. For the rest"."""
    return any(token.low in wordlists()[name] for name in ("function", "ordinary", "first_names", "titles"))


def _record(tokens: Sequence[Token], indices: Sequence[int]) -> bool:
    """Tell whether a line is a row of short fields between semicolons."""
    parts = sum(1 for i in indices if tokens[i].low == ";")
    return parts >= 2 and len(indices) <= parts * 12


def _stops(stream: Stream, i: int, following: int) -> bool:
    token, after = stream.tokens[i], stream.tokens[following]
    if after.kind == "mark" and after.low in ".!?)]\"'”’*_":
        return False
    if token.low == "?" and after.low in _TAKEN_BACK and not after.capital:
        return False  # 200k?? no 120k: one thought
    if token.low == ".":
        if token.end == after.start:
            return False
        before = stream.tokens[i - 1] if i else None
        if before is not None and before.end == token.start and before.kind == "date" and "." in before.text:
            return after.low not in _ON_FROM_DATE or after.capital
        if before is not None and before.end == token.start and before.kind == "word":
            closing = before.low in _CLOSING and after.capital and not after.text[:1].isdigit()
            titled = before.capital and before.text.casefold() in wordlists()["titles"]  # Eng. Layla Osman
            if (before.low in ABBREVIATIONS or titled) and not closing:
                return False
            if len(before.text) == 1 and before.text.isupper():
                return False
    return token.end < after.start or token.low == ";"


_CLOSING = frozenset("inc ltd corp co llc no".split())  # as well the last word of a sentence: they said no.
_FRONTED = frozenset("on until till by from since before after at am bis ab vom zum".split())  # On 17.11. I call them
_ON_FROM_DATE = frozenset("and not but or instead now to until und nicht statt bis".split())  # 10.4. and not 30.4.


def _joins(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a hyphen or slash stands inside a word: opt-out, K+W, and/or."""
    if tokens[i].low not in "-–/+&" or not 0 < i < len(tokens) - 1:
        return False
    return (
        tokens[i - 1].end == tokens[i].start
        and tokens[i].end == tokens[i + 1].start
        and tokens[i - 1].kind == "word"
        and tokens[i + 1].kind == "word"
        and tokens[i].low in "-–+&"
    )


_FIGURES = ("money", "count")
_LEADS = frozenset("there is s have got next one uh um also".split())
_LEANS = frozenset("on in about with into from of at over by to".split())


def _pair_of_names(tokens: Sequence[Token], i: int, opening: int, last: int) -> bool:
    """Tell whether "and" joins two words of one name: all since the thought opened is a name, an amount follows."""
    words = wordlists()
    start = opening
    while start < i and (tokens[start].low in words["openers"] or tokens[start].low in _LEADS):
        start += 1
    plain = tokens[start:i]
    named = 1 < len(plain) < 4 and all(t.kind == "word" and t.low not in words["function"] for t in plain)
    behind = next(
        (t for t in tokens[i + 1 : min(i + 3, last)] if t.low in words["function"] or t.kind in _FIGURES), None
    )
    return named and tokens[i + 1].kind == "word" and behind is not None and behind.kind in _FIGURES


def _firm_of_two(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Tell whether "and" joins two plain words before one that says what kind of firm it is."""
    words = wordlists()
    if i + 2 >= last or tokens[i + 2].low not in words["company"] or tokens[i + 2].low in words["function"]:
        return False
    return all(
        t.kind == "word" and not any(t.low in words[n] for n in ("function", "ordinary", "labels", "company"))
        for t in (tokens[i - 1], tokens[i + 1])
    )


_ORDINALS = frozenset("one two three four five six seven eight".split())
_PAIRED = frozenset("forth downs fro again then outs off white paste tear maintenance".split())  # back and forth


def _dictated(tokens: Sequence[Token], first: int, last: int, openers: frozenset[str]) -> list[tuple[int, int]]:
    """Part a run of words before those that open a thought, never leaving a part of fewer than three words."""
    cuts = [first]
    for i in range(first + 1, last):
        low = tokens[i].low
        opens = (
            low in openers
            or (low == "number" and i + 1 < last and tokens[i + 1].text.casefold() in _ORDINALS)
            or (
                low in _OPENS_IS
                and i + 2 < last
                and tokens[i + 1].low in ("is", "s")
                and tokens[i + 2].low
                not in ("the", "a", "our", "my", "one")  # "that's the big one" goes on with the name
            )
        )
        if not opens or i - cuts[-1] < 3 or last - i < 3:
            continue
        if low == "and" and tokens[i + 1].low in wordlists()["company"]:
            continue  # gilmore and sons
        if low == "it" and (tokens[i - 1].low in base_verbs() or tokens[i - 1].low in _LEANS):
            continue  # "sends it by the fifteenth", "nothing open on it"
        if low == "and" and _firm_of_two(tokens, i, last):
            continue  # willow and finch bakery
        if low == "and" and _pair_of_names(tokens, i, cuts[-1], last):
            continue  # mesquite sand and gravel fifty five thousand
        paired = tokens[i + 1].low in _PAIRED and (tokens[i + 1].low != "then" or tokens[i - 1].low in ("now", "every"))
        if low == "and" and paired:
            continue  # "back and forth"
        if tokens[i - 1].low in openers or tokens[i - 1].low in (
            "the",
            "a",
            "to",
            "for",
            "of",
            "when",
            "as",
            "that",
            "than",
            "no",
            "is",
            "if",
        ):
            continue
        cuts.append(i)
    return list(zip(cuts, [*cuts[1:], last], strict=True))
