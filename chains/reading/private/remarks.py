"""What must not travel: marked notes and the pieces about deals come in, spans of private remarks go out.

Personal life, gossip and confidences, and words to a machine: they are text, never obeyed and never a fact.
"""

from collections.abc import Sequence

from chains.reading.accounts.pieces import Piece
from chains.reading.layout.marked import Marked
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import Hit
from chains.reading.places import merged
from chains.reading.private.seals import sealed, weighs


def private_ranges(marked: Marked, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Return the character ranges of remarks that stay out, one a sentence or clause."""
    tokens = marked.stream.tokens
    about = {p.sentence for p in pieces if not p.lent and _tells(marked, p.first, p.last)}
    found = [(tokens[first].start, tokens[last - 1].end) for first, last in sealed(marked).values()]
    for sentence in marked.clauses.sentences:
        hits = [
            h
            for h in marked.between(sentence.first, sentence.last, "private", "machine")
            if not (
                h.name in ("life", "either") and h.first > sentence.first and _is_name(tokens[h.first])
            )  # Lake Road
            and not _sets_apart(marked, sentence.first, h)
            and not weighs(marked, h.last)
        ]
        if not hits:
            continue
        if sentence.index in about or _tells(marked, sentence.first, sentence.last):
            # only the clause, where the sentence has something to say about a deal besides
            for hit in hits:
                first, last = marked.clauses.clause(hit.first)
                if hit.group == "machine":
                    first, last = sentence.first, sentence.last
                elif _tells(marked, first, last) or (first <= sentence.first and sentence.index in about):
                    continue
                found.append((tokens[first].start, tokens[last - 1].end))
            continue
        found.append((tokens[sentence.first].start, tokens[sentence.last - 1].end))
    return merged(found)


def _is_name(token: Token) -> bool:
    return token.capital and token.low not in ("i", "my")


def _sets_apart(marked: Marked, start: int, hit: Hit) -> bool:
    """Tell whether "not for Aurelle" only says for which of two it does not do: "enough for Lindenhof, not for"."""
    lows = [t.low for t in marked.stream.tokens[start : hit.first]]
    opens = [t.low for t in marked.stream.tokens[hit.first : hit.first + 2]]
    return opens == ["not", "for"] and "for" in lows


def _tells(marked: Marked, first: int, last: int) -> bool:
    """Tell whether words say something about a deal or about the talk with the manager."""
    tokens = marked.stream.tokens
    return bool(
        marked.between(first, last, "category", "role", "signed", "exception", "step")
        or [h for h in marked.between(first, last, "frame") if h.name != "hearsay"]
        or [h for h in marked.between(first, last, "risk", "stage") if h.last - h.first > 1]
        or any(tokens[i].kind in ("money", "percent") for i in range(first, last))
    )
