"""Labelled notes of more writers: how much of their core facts is read, all taken together.

Account, amount, currency, category and close date of each deal; the cases in tests/cases are held one by one.
"""

from pathlib import Path

from chains.reading import read
from chains.shapes import book_json
from evals.cases import load_cases
from evals.scorers import read_core

FOLDER = Path(__file__).parent / "more_cases"


def test_the_core_facts_of_many_writers_are_read() -> None:
    scores = {c.id: read_core(c, {}, book_json(read(c.notes, c.conventions()))) for c in load_cases(FOLDER)}
    assert len(scores) >= 44
    poor = {name: score for name, score in scores.items() if score.value < 0.7}
    assert len(poor) <= 1, poor
    assert sum(s.value for s in scores.values()) / len(scores) >= 0.96
