"""The check of drafts: what it catches, what it lets pass, and that its findings point where they say."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chains.check import check
from chains.deals import Book, Conventions, Deal, Fact, Money, Span
from chains.drafts import Finding
from chains.kinds import Basis, Category
from chains.reading import read

CASES = sorted((Path(__file__).parent / "check_cases").glob("*.yaml"))


@cache
def _case(path: Path) -> tuple[dict[str, Any], Book]:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    s = case["settings"]
    conventions = Conventions(case["as_of"], s["currency"], s["date_order"], s["fiscal_year_start"])
    return case, read(case["notes"], conventions)


def _heavy(findings: tuple[Finding, ...]) -> list[Finding]:
    return [f for f in findings if f.severity != "info"]


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_clean_draft_raises_no_more_than_one_alarm(path: Path) -> None:
    case, book = _case(path)
    found = _heavy(check(case["draft"], book))
    assert len(found) <= 1, [f.message for f in found]


def test_nine_in_ten_planted_errors_are_caught_and_clean_drafts_pass() -> None:
    caught: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    alarms = 0
    missed = []
    for path in CASES:
        case, book = _case(path)
        alarms += len(_heavy(check(case["draft"], book)))
        for error in case["errors"]:
            draft = case["draft"].replace(error["find"], error["replace"], 1)
            start = case["draft"].index(error["find"])
            end = start + len(error["replace"])
            hit = any(f.start < end and f.end > start for f in _heavy(check(draft, book)))
            tried[error["kind"]] += 1
            caught[error["kind"]] += hit
            if not hit:
                missed.append((path.stem, error["replace"]))
    assert alarms / len(CASES) <= 0.25
    assert caught.total() / tried.total() >= 0.90, missed
    assert all(caught[kind] / tried[kind] >= 0.75 for kind in tried), missed


NOTES = """\
1:1 prep, all ARR
- Tallowby Foods: 150 -> now 120k, commit, close 3/27, was 3/13. Dana Reyes (champ). contract out
  for signature, not signed
- Cradock Marine: 80k, best case, 3/31. Bess Ivory (CFO) said yes on the phone, board
  hasn't approved yet, they meet 3/18
- Moss & Gable: closed won 2/20, 64k. both signatures are in. Jules from services does the kickoff 3/4
- Lantern Row lost to Quillstack, 40k
target for Q1 is 300k
discount: they want 15% off, 12 seats
"""
CONVENTIONS = Conventions(date(2026, 2, 24))


@dataclass(frozen=True)
class Said:
    """Hold a sentence of a draft and what the check says of it: the kind and text of its one finding, or nothing."""

    id: str
    draft: str
    kind: str = ""
    text: str = ""
    told: str = ""  # words of the message


SAID = (
    Said("an amount in another writing is the same amount", "Tallowby Foods is at $120,000."),
    Said("a digit turned round is not in the notes", "Tallowby Foods is at $102k.", "figure", "$102k", "120k"),
    Said("the former amount is not the present one", "Tallowby Foods is at $150k.", "figure", "$150k", "before"),
    Said("the former amount may be told as the former one", "Tallowby Foods is at $120k, down from 150k."),
    Said(
        "an amount of another deal is not this one's", "Cradock Marine, $64k, is best case.", "", "$64k", "Moss & Gable"
    ),
    Said("thousands are not millions", "Cradock Marine, $80M, is best case.", "unit", "$80M", "80k"),
    Said("dollars are not euros", "Cradock Marine, €80k, is best case.", "unit", "€80k", "EUR"),
    Said("yearly is not monthly", "Cradock Marine, $80k MRR, is best case.", "unit", "$80k MRR", "ARR"),
    Said("a sum of money does not bear out a percentage", "They want 64% off.", "figure", "64%"),
    Said("a percentage in words is the same", "They want 15 percent off."),
    Said("named deals may be added up", "Tallowby Foods and Cradock Marine are $200k together."),
    Said("a wrong sum is found", "Tallowby Foods and Cradock Marine are $210k together.", "", "$210k"),
    Said("won and committed may be added up", "Won and committed come to $184k, so $116k short of the 300k."),
    Said("a wrong gap is found", "Won and committed come to $184k, so $126k short of the 300k.", "", "$126k"),
    Said("a row of amounts goes to a row of names", "Tallowby Foods and Cradock Marine, 120k and 80k, are open."),
    Said("a date in another writing is the same date", "Tallowby Foods closes on 27 March."),
    Said("a date that is not in the notes is found", "Tallowby Foods closes on March 17.", "", "March 17"),
    Said(
        "the date of another deal is found", "Tallowby Foods is commit for March 31.", "", "March 31", "Tallowby Foods"
    ),
    Said(
        "the former date as the new one is found", "Tallowby Foods, commit for March 13.", "date", "March 13", "before"
    ),
    Said("the former date as the former one passes", "Tallowby Foods moved from March 13 to March 27."),
    Said("a weekday of the same day passes", "Tallowby Foods closes on Friday, March 27."),
    Said("a name the notes do not know is found", "Cradock Marine: Bess Irving said yes.", "name", "Irving", "Ivory"),
    Said(
        "a person of another deal is found", "Cradock Marine: Dana Reyes said yes on the phone.", "name", "Dana Reyes"
    ),
    Said("a colleague may stand where the notes have them", "Jules does the kickoff at Moss & Gable on March 4."),
    Said(
        "out for signature is not signed", "Tallowby Foods has signed the contract.", "status", "signed", "not signed"
    ),
    Said("out for signature passes", "Tallowby Foods: the contract is out for signature."),
    Said(
        "not yet approved is not approved",
        "Cradock Marine: their board has approved it.",
        "status",
        "approved",
        "hasn't",
    ),
    Said("a signed deal is not unsigned", "Moss & Gable hasn't signed.", "status", "signed", "both signatures"),
    Said("best case is not commit", "Cradock Marine, $80k, commit for March 31.", "status", "commit", "best case"),
    Said("a question claims nothing", "Has Tallowby Foods signed the contract?"),
    Said("a promise the notes do not hold is found", "We guarantee it.", "promise", "We guarantee"),
)


@pytest.mark.parametrize("said", SAID, ids=lambda s: s.id)
def test_a_sentence_over_the_notes(said: Said) -> None:
    found = _heavy(check(said.draft, read(NOTES, CONVENTIONS)))
    if not said.text:
        assert not found, [f.message for f in found]
        return
    hits = [f for f in found if said.text in f.text or f.text in said.text]
    assert hits, [f.message for f in found]
    assert not said.kind or said.kind in {f.kind for f in hits}
    assert any(said.told in f.message for f in hits), [f.message for f in hits]
    assert all(f.fix for f in hits)


def _deal(name: str, amount: int | None, category: Category | None, notes: str) -> Deal:
    at = notes.index(name)
    return Deal(
        account=Fact(name, (Span.of(notes, at, at + len(name)),)),
        amount=None if amount is None else Fact(Money(Decimal(amount), "USD", Basis.ARR)),
        category=Fact(category) if category else None,
    )


@pytest.mark.parametrize(
    ("deals", "draft"),
    [
        pytest.param((), "Globex is at $120k, commit for March 27.", id="a book without deals"),
        pytest.param(
            (("Globex", 90000, Category.PIPELINE),), "Globex is at $120k, commit for March 27.", id="a deal misread"
        ),
        pytest.param((("Initech", None, None),), "Globex is at $120k, commit for March 27.", id="a deal missed"),
    ],
)
def test_what_the_notes_say_passes_where_the_reader_erred(
    deals: tuple[tuple[str, int | None, Category | None], ...], draft: str
) -> None:
    notes = "Globex 120k ARR, commit, close 3/27\nInitech 90k pipeline\n"
    book = Book(notes, CONVENTIONS, tuple(_deal(*d, notes) for d in deals))
    assert not _heavy(check(draft, book))


def test_softer_things_are_info_only() -> None:
    found = check("Tallowby Foods should be fine. The ask: one more seller.", read(NOTES, CONVENTIONS))
    assert {(f.kind, f.severity) for f in found} == {("hedge", "info"), ("ask", "info")}


def test_a_private_remark_in_a_draft_is_found() -> None:
    notes = "Globex 120k commit 3/27, champ Dana Reyes\n\nbetween us: Walt is interviewing at Hooli, keep it quiet\n"
    start = notes.index("between")
    book = Book(notes, CONVENTIONS, (), private=(Span.of(notes, start, len(notes) - 1),))
    found = _heavy(check("Globex is commit for March 27. By the way, Walt is interviewing at Hooli.", book))
    assert {f.kind for f in found} == {"private"}
    assert "line 3" in found[0].message


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Tallowby Foods",
                "Cradock Marine",
                "$120k",
                "€1.200,50",
                "15%",
                "March 27",
                "by Fri",
                "signed",
                "not",
                "\n- ",
                "**",
                "é",
                "İ",
                "| a | b |",
                "\n\n",
                "(",
                ")",
                ". ",
                ": ",
                "from 3 to 5",
                "12 of 40",
                "–",
                "Dana Reyes",
                "25.9.",
            ]
        ),
        max_size=25,
    )
)
def test_every_finding_points_at_its_text(parts: list[str]) -> None:
    draft = " ".join(parts)
    for found in check(draft, read(NOTES, CONVENTIONS)):
        assert draft[found.start : found.end] == found.text
        assert found.start < found.end


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_checked_against_any_notes(draft: str, notes: str) -> None:
    for found in check(draft, Book(notes, CONVENTIONS)):
        assert draft[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("draft", "notes"), [("", NOTES), (" \n ", NOTES), ("Globex is at $1k.", "")], ids=["empty", "blank", "no notes"]
)
def test_nothing_to_compare_is_no_fault(draft: str, notes: str) -> None:
    assert isinstance(check(draft, Book(notes, CONVENTIONS)), tuple)
