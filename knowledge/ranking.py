"""How rankings are made and joined: scores of every document in, one score of every document out. Pure functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from knowledge.words import stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

RRF_K = 5  # small: the first places of a ranking count far more than the rest
TOP_ROWS = 3  # of a document, whose mean similarity is its own


class Words:
    """Score documents by the words they share with a query (BM25)."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        self._count = len(texts)
        self._bm25 = bm25s.BM25()
        corpus: Any = [stems(text) or ["-"] for text in texts]
        self._bm25.index(corpus, show_progress=False)

    def scores(self, text: str) -> Scores:
        """Return one score a document; 0 where no word is shared."""
        import numpy as np

        known = [word for word in stems(text) if word in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._count)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float64)


def similarity(
    nearest: Sequence[tuple[str, float]], complete: bool, rows: Mapping[str, int], places: Mapping[str, int]
) -> Scores:
    """Return one similarity a document for one sentence: the mean of its TOP_ROWS nearest rows.

    `nearest` holds what each row is of and its cosine, best first; `rows` how many rows each document has, `places`
    its place in the result. Where not all rows were asked for (`complete` is False), those that are missing count as
    near as the last one.
    """
    import numpy as np

    found: dict[str, list[float]] = defaultdict(list)
    for of, cosine in nearest:
        found[of].append(cosine)
    floor = nearest[-1][1] if nearest and not complete else -1.0
    scores = np.full(len(places), floor)
    for of, cosines in found.items():
        wanted = min(TOP_ROWS, rows[of])
        best = cosines[:wanted] + [floor] * (wanted - len(cosines))
        scores[places[of]] = sum(best) / wanted
    return scores


def shares(scores: Scores, least: float | None = None) -> Scores:
    """Turn scores into reciprocal ranks, 1 / (RRF_K + rank), equal ones sharing the better rank.

    Documents whose score is `least` or lower get nothing.
    """
    import numpy as np

    order = np.sort(scores)[::-1]
    ranks = np.searchsorted(-order, -scores, side="left") + 1
    found: Scores = 1.0 / (RRF_K + ranks)
    return found if least is None else np.where(scores > least, found, 0.0)


def state_scores(states: Collection[str], of: Sequence[Collection[str]]) -> Scores:
    """Score documents by the states they are for: `timeline slip` and `slipped` agree by half.

    A state that few documents are for counts more than one that many are for.
    """
    import numpy as np

    wanted = [set(stems(state.replace("_", " "))) for state in states]
    scores = np.zeros(len(of))
    held = [[set(stems(state.replace("_", " "))) for state in one] for one in of]
    for words in wanted:
        agree = np.array([max((_overlap(words, other) for other in one), default=0.0) for one in held])
        agree[agree < 0.5] = 0.0
        fitting = int((agree > 0).sum())
        if fitting:
            scores += agree * np.log1p(len(of) / fitting)
    return scores


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
