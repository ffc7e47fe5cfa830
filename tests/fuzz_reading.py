"""Read mutated notes by the thousand and hold every span to the text: `python tests/fuzz_reading.py [COUNT] [SEED]`.

Notes come from the labelled cases beside this script. It prints how many were read and ends with 1 at the first fault,
after writing the notes that showed it to `fuzz_reading_fault.txt`.
"""

import random
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from chains.deals import Conventions
from chains.errors import NotesError
from chains.reading import read
from evals.cases import load_cases
from tests.test_reading_text import hold

HERE = Path(__file__).resolve().parent
PIECES = (
    " -> ",
    "~~",
    "(",
    ")",
    "\n- ",
    "\n",
    "\n\n",
    "; ",
    ", ",
    " / ",
    "|",
    "80k",
    "1.2mm",
    "EUR 80.000",
    "3/27",
    "31.3.",
    "EOQ",
    " was ",
    " now ",
    " not ",
    "commit",
    "best case",
    "lost??",
    "won",
    "PO",
    "champ ",
    "EB = ",
    "NS ",
    "me: ",
    "[9:41] me: ",
    "> ",
    "# ",
    "İ",
    "ß",
    "😀",
    "\t",
    "\r\n",
    "\x00",
    "'",
    '"',
    "“",
    "%",
    "$",
    "&",
    "twenty lakh",
    "q three",
    "Dr. ",
    "Inc.",
)


def mutated(notes: str, others: list[str], rng: random.Random) -> str:
    """Return notes with a few cuts, swaps, repeats and foreign pieces in them."""
    text = notes
    for _ in range(rng.randint(1, 6)):
        at, to = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
        to = min(to, at + rng.choice((1, 5, 40, 400)))
        kind = rng.randrange(6)
        if kind == 0:
            text = text[:at] + text[to:]
        elif kind == 1:
            text = text[:at] + rng.choice(PIECES) + text[at:]
        elif kind == 2:
            text = text[:to] + text[at:to] + text[to:]
        elif kind == 3:
            lines = text.split("\n")
            rng.shuffle(lines)
            text = "\n".join(lines)
        elif kind == 4:
            other = rng.choice(others)
            start = rng.randint(0, len(other))
            text = text[:at] + other[start : start + 200] + text[at:]
        else:
            text = text[:at] + text[at:to].swapcase() + text[to:]
    return text[:6000]


def main() -> int:
    """Run the fuzz and return the exit code."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    notes = [case.notes for case in load_cases(HERE / "cases")]
    started = time.perf_counter()
    refused = 0
    for number in range(1, count + 1):
        conventions = Conventions(
            date(2026, rng.randint(1, 12), rng.randint(1, 28)),
            rng.choice(("USD", "EUR", "INR", "GBP")),
            rng.choice(("MDY", "DMY")),
            rng.randint(1, 12),
        )
        text = mutated(rng.choice(notes), notes, rng)
        try:
            hold(read(text, conventions))
        except NotesError:
            refused += 1
        except Exception:
            Path("fuzz_reading_fault.txt").write_text(text, encoding="utf-8")
            print(f"fault at note {number}; the notes are in fuzz_reading_fault.txt")
            raise
        if number % 5000 == 0:
            print(f"{number} read, {refused} refused, {time.perf_counter() - started:.0f} s", flush=True)
    print(f"{count} mutated notes read, {refused} refused with a way out, no fault")
    return 0


if __name__ == "__main__":
    sys.exit(main())
