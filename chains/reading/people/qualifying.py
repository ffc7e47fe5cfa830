"""The rows of a qualification frame (MEDDIC, MEDDPICC): a deal's pieces come in, each row that names the economic buyer
or the champion, or tells of the competition, goes out.

"E: Dr. Vogt. Ch: Herr Dittmar", "C – Sam Okafor", "Economic buyer: unknown". A second row with C is the competition.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from chains.reading.accounts.pieces import Piece
from chains.reading.layout.marked import Marked

Topic = Literal["economic_buyer", "champion", "competition", "other"]
_LETTERS: dict[str, Topic] = {
    **dict.fromkeys(("E", "EB"), "economic_buyer"),
    **dict.fromkeys(("Ch", "CH", "Champ"), "champion"),
    **dict.fromkeys(("Co", "CO", "Comp"), "competition"),
    **dict.fromkeys(("M", "D", "DC", "DP", "P", "PP", "I", "IP"), "other"),
    "C": "champion",
}
_WORDS: dict[tuple[str, ...], Topic] = {
    ("economic", "buyer"): "economic_buyer",
    ("econ", "buyer"): "economic_buyer",
    ("eb",): "economic_buyer",
    ("champion",): "champion",
    ("competition",): "competition",
    ("competitor",): "competition",
    ("competitors",): "competition",
}
_MARKS = frozenset([":", "=", "-", "–", "—", "--", "|", "**", "*", "_", ")", "]", "->", "→"])
_UNKNOWN = frozenset("unknown tbd tbc unclear missing nobody unidentified open".split())
_NOT = frozenset("known identified met clear sure found confirmed named spoken talked seen".split())
_NO_RIVAL = frozenset("none no nobody nothing unknown tbd na not nil keine keiner sqn".split())
_SINGLE = frozenset("MDPIC")  # letters that say little by themselves
_LEAST = 2  # rows that make a frame


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one row: what it is about and the tokens of its value; `key` is where it opens."""

    topic: Topic
    key: int
    first: int
    last: int
    piece: Piece


def entries_of(marked: Marked, pieces: Sequence[Piece]) -> list[Entry]:
    """Return the rows of a deal's frame in order; empty where single letters are too few to be one."""
    found = [entry for piece in pieces if not piece.lent for entry in _rows(marked, piece)]
    sure = any(marked.stream.tokens[e.key].text not in _SINGLE for e in found)
    if not sure and (len(found) < _LEAST or {e.topic for e in found} == {"other"}):
        return []
    told: list[Entry] = []
    seen = False
    for entry in found:
        letter = marked.stream.tokens[entry.key].text == "C"
        topic: Topic = "competition" if letter and seen else entry.topic
        seen = seen or letter
        told.append(Entry(topic, entry.key, entry.first, entry.last, entry.piece))
    return told


def _rows(marked: Marked, piece: Piece) -> Iterator[Entry]:
    tokens = marked.stream.tokens
    sentence = marked.clauses.sentences[piece.sentence]
    if piece.first != sentence.first:
        return
    i = piece.first
    while i < piece.last and tokens[i].kind == "mark":
        i += 1
    for size in (2, 1):
        run = tokens[i : i + size]
        topic = _WORDS.get(tuple(t.low for t in run)) or (_LETTERS.get(run[0].text) if size == 1 and run else None)
        j = i + size
        if topic is None or j >= piece.last:
            continue
        if tokens[j].low not in _MARKS and not (run[0].text in _LETTERS and _run_on(marked, piece.unit)):
            continue
        while j < piece.last and tokens[j].low in _MARKS:
            j += 1
        yield Entry(topic, i, j, piece.last, piece)
        return


_RUN_ON = 4  # sentences of a line that open with a letter of the frame


def _run_on(marked: Marked, unit: int) -> bool:
    """Tell whether a line runs through the letters without marks: M fewer units. E Dr. Solis. DC uptime."""
    within = marked.stream.within(marked.units[unit].start, marked.units[unit].end)
    index = marked.clauses.sentence_of[within.start] if within else -1
    count = 0
    for sentence in marked.clauses.sentences[index : index + 14] if index >= 0 else ():
        if sentence.unit != unit:
            break
        count += marked.stream.tokens[sentence.first].text in _LETTERS
    return count >= _RUN_ON


def unknown_buyer(marked: Marked, entry: Entry) -> bool:
    """Tell whether the row of the economic buyer says that nobody is known or was met."""
    lows = [t.low for t in marked.stream.tokens[entry.first : entry.last]]
    if not lows or entry.topic != "economic_buyer":
        return False
    denied = any(a in ("not", "never") and set(lows[i + 1 : i + 4]) & _NOT for i, a in enumerate(lows))
    return lows[0] in _UNKNOWN or denied


def rival(marked: Marked, entry: Entry) -> bool:
    """Tell whether the row of the competition names some."""
    tokens = marked.stream.tokens[entry.first : entry.last]
    if entry.topic != "competition" or not tokens or tokens[0].kind == "mark":
        return False
    return tokens[0].low not in _NO_RIVAL and any(t.kind == "word" and t.capital for t in tokens[:4])
