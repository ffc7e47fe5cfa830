"""Any notes at all, for each kind of talk: drafting never fails but where the notes are refused with a way out."""

from datetime import date
from pathlib import Path
from random import Random

import pytest
from fuzz_reading import mutated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chains.deals import Conventions
from chains.errors import NotesError
from chains.pipeline import Job, pipeline
from chains.requests import Kind, Request
from chains.start import embedded_writer
from evals.cases import load_cases

CONVENTIONS = Conventions(date(2026, 3, 10))
NOTES = [case.notes for case in load_cases(Path(__file__).parent / "cases")]
KINDS: tuple[Kind, ...] = ("update", "ask", "feedback")
SAID = st.sampled_from(
    "Spoke to Anna at Brindle Works|80k|commit|3/27|I need a yes by Friday|because|.|?|\n|\n- |\n\n|me: |You promised|"
    "my goal is|If not,|between us|the SE for two days|promotion|what should I do better|(|)|...|Warrick said no|"
    "they slipped|we lost Pennine to Zoraxa|discount of 18%|1:1 with Karen|next time I will|and|,|:|->|😀|ß|’s".split(
        "|"
    )
)


def _drafted(notes: str, kind: Kind) -> None:
    try:
        outcome = pipeline(embedded_writer(), None).invoke(Job(notes, CONVENTIONS, Request(kind, "")))
    except NotesError:
        return
    assert outcome.draft is not None
    assert all(s.text.strip() for section in outcome.draft.sections for s in section.sentences)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SAID, max_size=30).map(" ".join), st.sampled_from(KINDS))
def test_scraps_of_talk_give_a_draft(notes: str, kind: Kind) -> None:
    _drafted(notes, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_mutated_notes_give_a_draft(kind: Kind) -> None:
    rng = Random(7)
    for _ in range(25):
        _drafted(mutated(rng.choice(NOTES), NOTES, rng), kind)
