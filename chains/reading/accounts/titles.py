"""Whom notes of one deal are about: candidates of which none is an account come in, those that name it go out.

"Just back from Pembury Grammar", "OKLAHOMA REDI-MIX" over the headings of a call sheet: the name stands at the top,
once, and what is told of the deal stands further down, beside nobody's name.
"""

from collections import Counter
from collections.abc import Sequence

from chains.reading.accounts.registry import core, key
from chains.reading.accounts.signs import firm, is_large, is_unknown
from chains.reading.accounts.weighing import Weighed
from chains.reading.accounts.weights import is_other_figure
from chains.reading.layout.marked import Candidate, Marked
from chains.reading.lexicon import wordlists

_TOP = 2  # the last unit in which notes say whom they are about
_ENOUGH = 2.5
_DOUBT = 1.5  # the most that may speak against a name
_LEADS_TO = frozenset("about from at with for re on of only regarding visited saw called met just".split())


def titles(marked: Marked, weighed: Sequence[Weighed]) -> list[Candidate]:
    """Return the places at the top that name the one deal of the notes; none where they tell of no deal."""
    if not _tells_of_a_deal(marked):
        return []
    said = Counter(core(key(w.candidate.text)) for w in weighed)
    best: dict[tuple[str, ...], float] = {}
    places: dict[tuple[str, ...], list[Candidate]] = {}
    for one in weighed:
        name = core(key(one.candidate.text))
        if one.candidate.unit > _TOP or one.foreign or not name or one.told.score - one.score > _DOUBT:
            continue
        points = _points(marked, one.candidate) + (1.0 if said[name] > 1 else 0.0)
        best[name] = max(points, best.get(name, 0.0))
        places.setdefault(name, []).append(one.candidate)
    ranked = sorted(best, key=lambda n: (-best[n], places[n][0].first))
    if not ranked or best[ranked[0]] < _ENOUGH:
        return []
    return places[ranked[0]]


def _points(marked: Marked, candidate: Candidate) -> float:
    """Return how much speaks for a name being the title of the notes."""
    tokens, words = marked.stream.tokens, wordlists()
    run = [t for t in tokens[candidate.first : candidate.last] if t.kind == "word"]
    if not any(t.capital for t in run) or not (firm(run) or any(is_unknown(t) for t in run)):
        return 0.0
    if all(t.low in words["first_names"] or t.low in words["labels"] for t in run):
        return 0.0
    opening = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]].first
    led = candidate.first > opening and tokens[candidate.first - 1].low in _LEADS_TO
    within = marked.stream.within(marked.units[candidate.unit].start, marked.units[candidate.unit].end)
    rest = [t for t in tokens[candidate.last : within.stop] if t.kind == "word"]
    alone = not rest and candidate.where in ("head", "heading")
    headed = candidate.where in ("head", "heading")
    kind = firm(run) or (len(run) > 1 and run[0].low in words["company"] and run[-1].capital)  # Brouwerij Terschuur
    return (
        (1.5 if kind else 0.0)
        + (1.5 if len(run) > 1 and all(is_unknown(t) for t in run) else 1.0 if len(run) > 1 else 0.0)
        + (2.0 if alone else 1.0 if headed or led else 0.0)
        + (1.0 if candidate.unit == 0 else 0.0)
    )


def _tells_of_a_deal(marked: Marked) -> bool:
    """Tell whether an amount stands in the notes, and a category, a stage or the day on which somebody closes."""
    tokens = marked.stream.tokens
    priced = any(
        t.kind == "money" and (not t.bare or is_large(t)) and not is_other_figure(marked, max(0, i - 4), i)
        for i, t in enumerate(tokens)
    )
    standing = [h for h in marked.hits if h.group in ("category", "stage", "signed")]
    return priced and bool(standing)
