"""The one deal of notes that tell of no other: its pieces come in, those it has paragraph by paragraph go out.

"Just out of Wattle Ridge ... Money hasn't moved, 312k for the four homes": a later paragraph names nobody, and tells of
the deal all the same. What is asked of the manager, and why, is no part of it.
"""

from collections.abc import Iterator, Sequence

from chains.reading.accounts.pieces import Piece
from chains.reading.layout.marked import Marked
from chains.reading.layout.units import Unit
from chains.reading.lexicon import Hit, wordlists

_MOST = 16  # paragraphs that are gone through
_OPENING = 9  # tokens in which a paragraph says what it is for


def widened(marked: Marked, pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces with one more lent paragraph taken for the deal's own each time, in the order of the notes."""
    own = list(pieces)
    lent = list(dict.fromkeys(p.unit for p in pieces if p.lent))
    for unit in [u for u in lent if not _asks(marked, marked.units[u])][:_MOST]:
        own = [p._replace(lent=False) if p.unit == unit and not _talk(marked, p) else p for p in own]
        yield own


def _talk(marked: Marked, piece: Piece) -> bool:
    """Tell whether a sentence is of the talk with the manager: what is wanted, given back, feared."""
    return bool(_frames(marked, piece.first, piece.last))


def _frames(marked: Marked, first: int, last: int) -> list[Hit]:
    """Return the cues of a talk; a single word is one only as a label: "Offer: ...", not "Offer is 32k"."""
    tokens = marked.stream.tokens
    return [
        h
        for h in marked.between(first, last, "frame")
        if h.name != "talk" or h.last - h.first > 1 or (h.last < len(tokens) and tokens[h.last].low == ":")
    ]


def _asks(marked: Marked, unit: Unit) -> bool:
    """Tell whether a paragraph, or the heading above it, opens with an ask or what makes up for it."""
    above = [marked.units[i] for i in (unit.parent, unit.heading_of) if i is not None]
    for one in (unit, *above):
        within = marked.stream.within(one.start, one.end)
        opening = marked.stream.tokens[within.start : min(within.stop, within.start + _OPENING)]
        label = [t.low for t in opening]
        labelled = ":" in label and bool(set(label[: label.index(":")]) & wordlists()["matters"])
        if labelled or label[:1] == ["if"] or _frames(marked, within.start, within.start + _OPENING):
            return True
    return False
