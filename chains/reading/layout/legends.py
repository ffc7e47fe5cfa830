"""The notes' own shorthand: the tokens and their cues come in, cues for what a legend defines go out.

"cmt = in my call, up = upside", "codes: C commit, B best case": from there on the short word stands for the category or
stage wherever it stands by itself.
"""

from collections.abc import Sequence

from chains.reading.layout.tokens import Token
from chains.reading.lexicon import Hit, wordlists

_LEAST_DEFINED = 2  # short forms that a line defines to be a legend
LONGEST = 5  # letters of a short form
_KEYS = frozenset("code codes key keys legend legende letters abbreviations abbrev shorthand".split())
_GROUPS = ("category", "stage")


def with_legend(tokens: Sequence[Token], hits: Sequence[Hit], sentence_of: Sequence[int]) -> list[Hit]:
    """Return the cues without those of a legend, and with one wherever a short form of it stands alone."""
    opening = {h.first: h for h in hits if h.group in _GROUPS}
    meant: dict[str, Hit] = {}
    lines: set[int] = set()
    for i in range(len(tokens) - 2):
        hit = _defined(tokens, i, opening, sentence_of)
        if hit is not None and tokens[i].text not in meant:
            meant[tokens[i].text] = hit
            lines.add(sentence_of[i])
    used = {
        text: [
            i
            for i, t in enumerate(tokens)
            if t.text == text and sentence_of[i] not in lines and _alone(tokens, i, sentence_of)
        ]
        for text in meant
    }
    if not any(used.values()):
        return list(hits)
    kept = [h for h in hits if sentence_of[h.first] not in lines or h.group not in _GROUPS]
    found = [Hit(meant[text].group, meant[text].name, i, i + 1) for text, places in used.items() for i in places]
    own = {(h.first, h.group) for h in found}
    return sorted([*(h for h in kept if (h.first, h.group) not in own), *found], key=lambda h: (h.first, -h.last))


def legend_lines(tokens: Sequence[Token], hits: Sequence[Hit], sentence_of: Sequence[int]) -> frozenset[int]:
    """Return the sentences that only say what two short forms or more stand for: C = commit, BC = best case."""
    opening = {h.first: h for h in hits if h.group in _GROUPS}
    told: dict[int, int] = {}
    for i in range(len(tokens) - 2):
        if tokens[i + 1].low == "=" and _defined(tokens, i, opening, sentence_of) is not None:
            told[sentence_of[i]] = told.get(sentence_of[i], 0) + 1
    return frozenset(sentence for sentence, count in told.items() if count >= _LEAST_DEFINED)


def _defined(tokens: Sequence[Token], i: int, opening: dict[int, Hit], sentence_of: Sequence[int]) -> Hit | None:
    """Return the cue that a short form is said to stand for, or None."""
    token = tokens[i]
    if token.kind != "word" or len(token.text) > LONGEST or token.low in wordlists()["fields"]:
        return None
    if tokens[i + 1].low == "=" and sentence_of[i + 1] == sentence_of[i]:
        return opening.get(i + 2)
    hit = opening.get(i + 1)
    listed = i > 0 and tokens[i - 1].kind == "mark" and len(token.text) <= 2
    if hit is None or not listed or i in opening or (hit.last < len(tokens) and tokens[hit.last].kind == "word"):
        return None
    keyed = any(tokens[j].low in _KEYS and sentence_of[j] == sentence_of[i] for j in range(max(0, i - 12), i))
    return hit if keyed else None


def _alone(tokens: Sequence[Token], i: int, sentence_of: Sequence[int]) -> bool:
    """Tell whether a word stands between marks, figures or dates."""
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    same = after is not None and sentence_of[i + 1] == sentence_of[i]
    opened = before is not None and before.kind in ("mark", "money", "date", "count", "percent")
    closed = not same or after is None or after.kind in ("mark", "money", "date", "count", "percent")
    return opened and closed
