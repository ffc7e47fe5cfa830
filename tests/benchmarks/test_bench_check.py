"""How long the check of a draft of 300 words against 60 lines of notes takes."""

from datetime import date

from pytest_benchmark.fixture import BenchmarkFixture

from chains.check import check
from chains.deals import Conventions
from chains.reading import read

NAMES = (
    "Tallowby",
    "Cradock",
    "Lantern",
    "Haverstraw",
    "Quillon",
    "Brackwater",
    "Ostermill",
    "Penhallow",
    "Dunmarsh",
    "Fenwright",
    "Garrick",
    "Holloway",
)


def _notes() -> str:
    lines = ["Q1 review, all ARR, target 900k"]
    for number, name in enumerate(NAMES):
        amount, day = 40 + 7 * number, 3 + 2 * number
        lines += [
            f"- {name} Foods: {amount + 10} -> now {amount}k, commit, close 3/{day}, was 2/{day}",
            f"  champ Dana {name}son, EB = Ike {name}er (cfo)",
            "  contract out for signature, not signed. legal hasn't approved the redlines yet",
            f"  they want net 60 instead of net 30, {number + 5} seats more in june",
            f"  NS: me, pricing walkthrough w/ Dana next wed, security answers {20 + number} questions",
        ]
    return "\n".join(lines)


def _draft() -> str:
    parts = ["Q1 in short, all ARR:", ""]
    for number, name in enumerate(NAMES[:8]):
        amount, day = 40 + 7 * number, 3 + 2 * number
        parts.append(
            f"- {name} Foods: ${amount}k, down from ${amount + 10}k, commit for March {day}. The contract is out for "
            f"signature and legal hasn't approved the redlines yet. Dana {name}son is the champion, they want net 60 "
            "instead of net 30."
        )
    return "\n".join(parts)


def test_a_draft_of_300_words_against_60_lines(benchmark: BenchmarkFixture) -> None:
    notes, draft = _notes(), _draft()
    book = read(notes, Conventions(date(2026, 2, 24)))
    assert notes.count("\n") >= 59
    assert len(draft.split()) >= 290
    findings = benchmark(check, draft, book)
    assert not [f for f in findings if f.severity != "info"]
