"""How long figures and exports take, and how cost grows: `pytest tests/benchmarks --benchmark-enable -s`."""

import time
from collections.abc import Callable
from datetime import date

import pytest

from chains.deals import Conventions
from chains.reading.tables.rows import read_tables
from chains.scan import scan

US = Conventions(date(2026, 3, 12))
LINES = (
    "- Garnet Mills 185k ARR, commit, CD 3/27 (was 3/20). legal has it, NS me: redlines back by thurs",
    "  champ Ana Ruiz, EB = Tom Hale. want net 60 and 18% off, 40 seats cut",
    "Opal & Co: 110-130k, best case, end of Q2, proposal sent 2/19, nothing since",
)
HEAD = "Opportunity ID,Opportunity Name,Account Name,Amount,Close Date,Stage,Forecast Category,Next Step\n"


def export(rows: int) -> str:
    stages = ("Proposal/Price Quote", "Negotiation/Review", "Contracting")
    body = (
        f'6{i},Deal {i},Account {i},"$1{i % 900 + 100},500.00",{i % 12 + 1}/{i % 28 + 1}/2026,'
        f"{stages[i % 3]},Commit,Legal to send redlines by {i % 12 + 1}/{i % 28 + 1}\n"
        for i in range(rows)
    )
    return HEAD + "".join(body)


def test_sixty_lines_of_notes(benchmark):
    notes = "\n".join(LINES * 20)
    assert benchmark(scan, notes, US)


def test_an_export_of_ten_thousand_rows(benchmark):
    notes = export(10_000)
    found = benchmark.pedantic(read_tables, (notes, US), rounds=3)
    assert len(found.deals) == 10_000


REPEATED = (
    "1234567890",
    "1,",
    " ",
    "1 000 ",
    "1/2/",
    "3.4.",
    "1-",
    "twenty hundred and ",
    "two crore ",
    "$5-",
    "5\n",
    "1:",
    "net 5 ",
    "the 17th ",
)
SLOWEST = 30  # times as long for ten times the text; cost that grows with the square gives a hundred


@pytest.fixture
def measured(request):
    """Skip in a plain test run: a ratio of times is a benchmark and no test."""
    if not request.config.getoption("benchmark_enable"):
        pytest.skip("measured with --benchmark-enable")


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize("piece", REPEATED)
def test_cost_of_figures_grows_in_line_with_length(piece):
    assert _ratio(lambda size: scan((piece * (size // len(piece) + 1))[:size], US), piece) < SLOWEST


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(
    "piece", ['"', '"a\n', "a,b\n", "|", "| a |\n", "account,amount\n", 'account,amount\n"x', ";\n"]
)
def test_cost_of_looking_for_tables_grows_in_line_with_length(piece):
    assert _ratio(lambda size: read_tables((piece * (size // len(piece) + 1))[:size] + "\n.", US), piece) < SLOWEST


def _ratio(work: Callable[[int], object], piece: str) -> float:
    def seconds(size: int) -> float:
        start = time.process_time()
        work(size)
        return time.process_time() - start

    seconds(1000)
    ratio = seconds(100_000) / max(seconds(10_000), 0.002)
    print(f"{piece!r}: x{ratio:.1f} for ten times the text")
    return ratio
