"""How long reading takes, and how cost grows: `pytest tests/benchmarks --benchmark-enable -s`."""

import time
from datetime import date

import pytest

from chains.deals import Conventions
from chains.reading import read

US = Conventions(date(2026, 3, 12))
DEALS = (
    "- Garnet{n} Mills 185k ARR, commit, CD 3/27 (was 3/20). legal has it\n"
    "   champ Ana Ruiz, EB = Tom Hale. want net 60 and 18% off, 40 seats cut\n"
    "   NS me: redlines back by thurs\n",
    "- Opal{n} & Co: 110-130k, best case, end of Q2, proposal sent 2/19, nothing since. Trondum is bidding there too\n",
    "Talked to Larch{n} on Tuesday, they still like it, 40k, 60%, their board has to approve it on 3/24 and hasn't.\n",
    "\nmisc: dentist thurs, territory plan due mon\n",
)
SLOWEST = 30  # times as long for ten times the text; cost that grows with the square gives a hundred


def notes_of(size: int) -> str:
    """Return notes of about that many characters, each deal with a name of its own."""
    parts: list[str] = []
    length = number = 0
    while length < size:
        parts.append(DEALS[number % len(DEALS)].format(n=number if number >= len(DEALS) else ""))
        length += len(parts[-1])
        number += 1
    return "".join(parts)[:size]


def test_sixty_lines_of_notes(benchmark):
    notes = "\n".join(notes_of(20_000).split("\n")[:60])
    assert benchmark(read, notes, US).deals


def test_an_export_of_ten_thousand_rows(benchmark):
    head = "Opportunity Name,Account Name,Amount,Close Date,Stage,Forecast Category,Next Step\n"
    rows = (
        f'Deal {i},Account {i},"$1{i % 900 + 100},500.00",{i % 12 + 1}/{i % 28 + 1}/2026,Contracting,Commit,Send it\n'
        for i in range(10_000)
    )
    found = benchmark.pedantic(read, (head + "".join(rows), US), rounds=1)
    assert len(found.deals) == 10_000


def test_cost_of_notes_grows_in_line_with_length(request):
    if not request.config.getoption("benchmark_enable"):
        pytest.skip("measured with --benchmark-enable")
    read(notes_of(1000), US)
    seconds = {}
    for size in (1_000, 10_000, 100_000, 1_000_000):
        notes = notes_of(size)
        start = time.process_time()
        read(notes, US)
        seconds[size] = time.process_time() - start
        print(f"{size} characters: {seconds[size]:.3f} s, {seconds[size] / size * 1e6:.1f} microseconds each")
    assert seconds[1_000_000] / seconds[100_000] < SLOWEST
    assert seconds[100_000] / seconds[10_000] < SLOWEST
