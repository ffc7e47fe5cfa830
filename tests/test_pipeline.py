"""The whole way as one Runnable: either writer, streamed or not; a fault of the model gives the embedded draft."""

from datetime import date

import pytest

from chains.deals import Conventions
from chains.drafts import Draft, Section, Sentence
from chains.errors import KnowledgeFault, ModelError
from chains.pipeline import Job, Outcome, pipeline
from chains.practices import ScriptedLibrary
from chains.reading import read
from chains.requests import Request
from chains.start import embedded_writer
from chains.writing import ScriptedWriter

NOTES = "- Globex: 120k ARR, commit, close 3/27\n- Initech 40k ARR best case, close 3/31\n"
REQUEST = Request("update", "How's Q1 looking?")
JOB = Job(NOTES, Conventions(date(2026, 2, 24)), REQUEST)


def text_of(outcome: Outcome) -> str:
    assert outcome.draft is not None
    return " ".join(s.text for section in outcome.draft.sections for s in section.sentences)


def scripted(text: str) -> Draft:
    return Draft(REQUEST, (Section("answer", (Sentence(text),)),), "scripted")


def test_notes_become_a_checked_draft() -> None:
    outcome = pipeline(embedded_writer(), None).invoke(JOB)
    assert "120k" in text_of(outcome)
    assert outcome.book is not None
    assert [d.name for d in outcome.book.deals] == ["Globex", "Initech"]


def test_a_draft_of_any_writer_is_checked() -> None:
    outcome = pipeline(ScriptedWriter(scripted("Globex lands at 999k.")), None).invoke(JOB)
    assert outcome.draft is not None
    assert [f.text for f in outcome.draft.findings if f.kind == "figure"] == ["999k"]


def test_the_text_streams_before_the_draft() -> None:
    pieces = list(pipeline(ScriptedWriter(scripted("Globex is 120k.")), None).stream(JOB))
    assert [p.piece for p in pieces if p.piece] == ["Globex is 120k."]
    assert pieces[-1].draft is not None


def test_a_fault_of_the_model_gives_the_embedded_draft_and_says_why() -> None:
    broken = ScriptedWriter(ModelError("The model did not answer.", "Try again later."))
    outcome = pipeline(broken, None, embedded_writer()).invoke(JOB)
    assert outcome.draft is not None
    assert outcome.draft.writer == "embedded"
    assert "The model did not answer." in outcome.draft.remark


def test_without_a_fallback_the_fault_comes_out() -> None:
    with pytest.raises(ModelError):
        pipeline(ScriptedWriter(ModelError("The model did not answer.", "Try again.")), None).invoke(JOB)


def test_a_bug_in_a_writer_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        pipeline(ScriptedWriter(ZeroDivisionError()), None, embedded_writer()).invoke(JOB)


def test_a_closed_knowledge_base_costs_the_practices_alone() -> None:
    class Closed(ScriptedLibrary):
        def find(self, *_: object, **__: object) -> list[object]:  # type: ignore[override]
            raise KnowledgeFault("The index cannot be opened.", "Check the data folder.")

    outcome = pipeline(embedded_writer(), Closed()).invoke(JOB)
    assert outcome.draft is not None
    assert outcome.draft.practices == ()
    assert "The index cannot be opened." in outcome.draft.remark
    assert "120k" in text_of(outcome)


def test_notes_without_a_deal_say_so() -> None:
    outcome = pipeline(embedded_writer(), None).invoke(Job("Lunch moved to two. Buy milk.", JOB.conventions, REQUEST))
    assert outcome.draft is not None
    assert outcome.draft.remark.startswith("No deal was found in these notes.")


def test_what_stood_in_last_weeks_notes_is_no_error() -> None:
    now = "all ARR\n- Quay Lime 120k commit 6/26\n- Moss Kiln 45k commit 6/5"
    before = "all ARR\n- Quay Lime 150k commit 6/12\n- Moss Kiln 45k commit 6/5"
    job = Job(now, JOB.conventions, REQUEST, last=read(before, JOB.conventions))
    outcome = pipeline(embedded_writer(), None).invoke(job)
    assert "$150k" in text_of(outcome)
    assert [f for f in outcome.draft.findings if f.severity == "error"] == []  # type: ignore[union-attr]
