"""What codes in an export mean: the notes and the ranges of their tables come in, code -> category goes out.

"codes: IN = commit, MAYBE = best case, OUT = leave out of the number"; "C commit, B best case". And whether the notes
say that all amounts are in thousands.
"""

import re
from collections.abc import Sequence

from chains.kinds import Category
from chains.reading.lexicon import cues, spellings
from chains.reading.tables.columns import category_of, cell_words, stage_of

LONGEST = 400  # characters of a line that can be a legend
_KEYED = re.compile(
    r"\b(?:codes?|key|legende?|letters|abbrev\w*|shorthand|leyenda|légende|colou?rs?|farben)\b", re.IGNORECASE
)
_EQUAL = re.compile(
    r"(?<![\w=])(?P<code>[^\W_][\w+/-]{0,9}|[^\w\s,;.:=()|]{1,2})\s*(?:=|->|→|:|means|heißt|stands for)\s*"
    r"(?P<what>[^,;|\n=()]{2,40})"
)
_BARE = re.compile(r"(?:^|[:,;(]|\band\b)\s*(?P<code>[A-Z0-9]{1,3})\s+(?P<what>[a-z][a-z -]{2,40})")
_BRACKETED = re.compile(r"(?:^|[:,;/|=]|\bor\b)\s*(?P<code>[^\W_][\w+-]{0,11})\s*\((?P<what>[^()\n]{2,40})\)")
_SIGNED = re.compile(
    r"(?:^|[:,;/|])\s*(?P<code>[\u2190-\u2bff\U0001f300-\U0001faff]\ufe0f?)\s*(?P<what>[^,;/|\n=()]{2,40})"
)
_CUT = re.compile(r"[.!?]\s|\s+(?:and|und|y|et|e)\s+\S+\s*(?:=|->|:)")


def legend_in(notes: str, covered: Sequence[tuple[int, int]]) -> dict[str, Category]:
    """Return what each code stands for, folded, from lines outside the tables that define several."""
    found: dict[str, Category] = {}
    position = 0
    for start, end in [*covered, (len(notes), len(notes))]:
        for line in notes[position:start].split("\n"):
            if len(line) <= LONGEST:
                found |= _defined(line)
        position = end
    return found


def _defined(line: str) -> dict[str, Category]:
    keyed = _KEYED.search(line) is not None
    told: dict[str, Category] = {}
    for pattern in (_EQUAL, _BARE, _BRACKETED, _SIGNED) if keyed else (_EQUAL, _BRACKETED, _SIGNED):
        position = 0
        while match := pattern.search(line, position):
            position = match.start("what")
            meant = _meaning(match.group("what"))
            if meant:
                told.setdefault(match.group("code").casefold(), meant)
    return told if keyed or len(told) > 1 else {}


def told_in(scale: str, notes: str, covered: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a line outside the tables says that amounts are "in_thousands" or "in_millions"."""
    position = 0
    for start, end in [*covered, (len(notes), len(notes))]:
        if start - position < 200_000 and cell_words(scale).search(notes, position, start):
            for line in notes[position:start].split("\n"):
                if cell_words(scale).search(line) and cell_words("figures").search(line):
                    return True
        position = end
    return False


def _meaning(text: str) -> Category | None:
    said = _CUT.split(text, maxsplit=1)[0].strip(" .'\"")
    whole = category_of(said) or wording_of(said)
    if whole:
        return whole
    words = said.split()
    for count in range(len(words), 0, -1):
        part = " ".join(words[:count])
        meant = category_of(part)
        if meant is None and (stage := stage_of(part)) and stage.exact:
            meant = stage.category
        if meant:
            return meant
    return None


_ENDED = {"both": Category.CLOSED_WON, "po": Category.CLOSED_WON, "lost": Category.CLOSED_LOST}


def wording_of(text: str) -> Category | None:
    """Return the category that a few words of the rep's own stand for: going to sign, both signed, a long shot."""
    tenths = re.fullmatch(r"\s*(\d{1,2})\s*(?:/|of|out of)\s*10\s*", text)
    if tenths and int(tenths[1]) <= _TEN:
        share = int(tenths[1])
        return Category.COMMIT if share >= _SURE else Category.BEST_CASE if share >= _EVEN else Category.PIPELINE
    lows = [spellings().get(w, w) for w in re.findall(r"[^\W_]+", text.casefold())]
    if not lows or len(lows) > _FEW or lows[0] in ("not", "no", "never"):
        return None
    if lows[0] in ("will", "could", "might", "may", "should", "is"):
        lows = ["it", *lows]
    found = cues().find(lows, range(len(lows)), [0] * len(lows))
    if len({h.name for h in found if h.group == "category"}) > 1:
        return None  # was commit, best case now
    for hit in sorted(found, key=lambda h: (h.group != "category", h.first)):
        if hit.group in ("category", "belief"):
            return Category(hit.name)
        if hit.group in ("signed", "lost_to") and hit.name in _ENDED:
            return _ENDED[hit.name]
    return None


_TEN, _SURE, _EVEN = 10, 8, 5  # shares told in tenths
_FEW = 5  # words of a meaning
