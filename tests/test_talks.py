"""Asks and feedback talks end to end: notes of a folder in, what the draft has to say and must not say beside it."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains.deals import Conventions
from chains.drafts import Draft, Plan
from chains.formats import written
from chains.plan import plan
from chains.reading import read
from chains.requests import Request
from chains.writing.embedded import EmbeddedWriter
from evals.cases import Case, load_case

CASES = sorted((Path(__file__).parent / "talk_cases").glob("*.yaml"))
LONGEST = {"ask": 205, "feedback": 305}  # words; a few over the limit are headings


def drafted(path: Path) -> tuple[Case, Plan, Draft, str]:
    case = load_case(path)
    book, request = read(case.notes, case.conventions()), case.request.request()
    made = plan(book, request)
    *_, draft = EmbeddedWriter().write(made, book)
    assert isinstance(draft, Draft)
    return case, made, draft, written(draft, "plain")


def stands_in(choice: str, text: str) -> bool:
    """Tell whether whole words or figures stand in a text, case folded."""
    before = r"(?<!\w)" if choice[0].isalnum() else ""
    after = r"(?:s|es)?(?!\w)" if choice[-1].isalpha() else ""
    return re.search(before + re.escape(choice.casefold()) + after, " ".join(text.casefold().split())) is not None


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_draft_says_what_the_notes_hang_on(path: Path) -> None:
    case, _, _, text = drafted(path)
    missing = [choices for choices in case.expect.must_state if not any(stands_in(c, text) for c in choices)]
    assert not missing, text


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_draft_leaves_out_what_must_not_travel(path: Path) -> None:
    case, _, _, text = drafted(path)
    assert not [trap for trap in case.expect.must_not_state if stands_in(trap, text)], text


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_draft_brings_up_what_the_manager_will_ask_next(path: Path) -> None:
    case, _, draft, text = drafted(path)
    assert set(case.expect.anticipates) <= set(draft.topics), text


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_draft_keeps_its_length_and_its_sources(path: Path) -> None:
    case, _, draft, text = drafted(path)
    assert 60 <= len(text.split()) <= LONGEST[case.request.kind], text
    told = [s for section in draft.sections for s in section.sentences]
    for sentence in told:
        for source in sentence.sources:
            if hasattr(source, "start"):
                assert case.notes[source.start : source.end] == source.text


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_draft_reads_like_sentences(path: Path) -> None:
    *_, text = drafted(path)
    assert not re.search(r"\bw/|\bb/c\b|\bmtgs?\b|->|\bi\b|\?\?|\s[,.;]|\.\.|,,|\bNS\b", text), text


def test_no_frame_comes_back_in_more_than_three_drafts() -> None:
    seen: dict[tuple[str, ...], set[str]] = {}
    for path in CASES:
        case, *_, text = drafted(path)
        notes = set(re.findall(r"[a-z']+", case.notes.casefold()))
        for line in text.casefold().splitlines():
            words = re.findall(r"[a-z']+", line)
            for i in range(len(words) - 4):
                frame = tuple(words[i : i + 5])
                if not set(frame) <= notes:
                    seen.setdefault(frame, set()).add(case.id)
    often = {" ".join(frame): sorted(ids) for frame, ids in seen.items() if len(ids) > 3}
    assert not often


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ("1:1 with Ruth\nRuth owes me the price sheet", "the price sheet"),
        ("1:1 with Ruth\nRuth owes me the price sheet, havent seen it", "I haven't seen it"),
        ("1:1 with Ruth\ni owe her the slip list by 4/17", "slip list"),
    ],
    ids=["nothing more than that it is owed", "how it stands", "what the rep owes"],
)
def test_a_promise_is_told_with_as_much_as_the_notes_say(notes: str, words: str) -> None:
    book, request = read(notes, Conventions(date(2026, 4, 8))), Request("feedback")
    *_, draft = EmbeddedWriter().write(plan(book, request), book)
    assert isinstance(draft, Draft)
    assert words in written(draft, "plain")


PIECES = st.sampled_from(
    ["ask: ", "- ", "\n", "\n\n", "need her yes by 4/17", "1) what would you cut ", "one what two where ", "1-10 ",
     "me -> Ruth: ", "Ruth owes me ", "cost: 6k ", "if thats too much ", "she ", "on me. ", "goal: 4 logos ", "“",
     "\u200b", "🙂 ", "because so then and not ", "12:30 Sam: ", "## promised\n", "Globex 80k commit 5/29 ", "{", "{0}",
     "%s", "($", "...", "thanks, Ann"]
)  # fmt: skip


@given(
    st.lists(st.one_of(PIECES, st.text(max_size=10)), max_size=25).map("".join), st.sampled_from(["ask", "feedback"])
)
@settings(max_examples=120, deadline=None)
def test_any_notes_give_a_draft(notes: str, kind: str) -> None:
    book = read(notes, Conventions(date(2026, 4, 8)))
    request = Request("ask" if kind == "ask" else "feedback")
    *_, draft = EmbeddedWriter().write(plan(book, request), book)
    assert isinstance(draft, Draft)
    assert all(s.text.strip() for section in draft.sections for s in section.sentences)
