"""Run the check over SummEdits (sales calls): each document as notes, each summary as a draft, and print what it finds.

    python tests/benchmarks/summedits.py FILE.json [--show 20]

Counted are the rows whose edit touches a figure, a date, a name or a negation, against the consistent rows: precision
is the share of flagged rows that are inconsistent, recall the share of touched rows that are flagged. Edits of other
kinds ("insurance" for "banking") are printed beside them; no check of facts by their type can see those.
"""

import argparse
import difflib
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from chains.check import check
from chains.deals import Book, Conventions
from chains.drafts import Finding
from chains.reading import read

NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|half|double|twice|percent)\b",
    re.I,
)
DATE = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|"
    r"september|october|november|december|tomorrow|today|yesterday|week|month|quarter|year|day)s?\b",
    re.I,
)
NEGATION = re.compile(r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|cannot)\b|n['’]t\b", re.I)


def touched(before: str, after: str) -> set[str]:
    """Return which kinds of fact differ between two summaries."""
    old, new = before.split(), after.split()
    kinds: set[str] = set()
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = " ".join(old[i:j]), " ".join(new[k:m])
        for kind, pattern in (("figure", NUMBER), ("date", DATE), ("negation", NEGATION)):
            if len(pattern.findall(gone)) != len(pattern.findall(come)) or (
                pattern is not NEGATION and pattern.findall(gone) != pattern.findall(come)
            ):
                kinds.add(kind)
        if _names(old, i, j) != _names(new, k, m):
            kinds.add("name")
    return kinds


def _names(words: list[str], start: int, end: int) -> set[str]:
    return {
        w.strip(".,;:'\"()")
        for n, w in enumerate(words[start:end], start)
        if w[:1].isupper() and n and not words[n - 1].endswith((".", "!", "?"))
    }


def flagged(row: dict[str, Any], books: dict[str, Book]) -> list[Finding]:
    """Return the errors and warnings the check has for a row; each document is read once."""
    doc = row["doc"]
    if doc not in books:
        books[doc] = read(doc, Conventions(date(2024, 1, 15)))
    return [f for f in check(row["summary"], books[doc]) if f.severity != "info"]


def main() -> None:
    """Print precision and recall, by kind of edit, and the rows asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print so many missed and falsely flagged rows")
    args = parser.parse_args()
    rows: list[dict[str, Any]] = json.loads(args.file.read_text(encoding="utf-8"))
    books: dict[str, Book] = {}
    by_kind: dict[str, list[int]] = {}
    consistent: list[int] = []
    hits = tried = other_hits = other = 0
    shown = 0
    for row in rows:
        findings = flagged(row, books)
        if row["label"] == 1:
            consistent.append(bool(findings))
            if findings and shown < args.show:
                shown += 1
                print(f"false alarm {row['id']}: " + "; ".join(f"{f.kind} {f.text!r}: {f.message}" for f in findings))
            continue
        kinds = touched(row["original_summary"], row["summary"])
        if not kinds:
            other, other_hits = other + 1, other_hits + bool(findings)
            continue
        tried, hits = tried + 1, hits + bool(findings)
        for kind in kinds:
            by_kind.setdefault(kind, []).append(bool(findings))
        if not findings and shown < args.show:
            shown += 1
            print(f"missed {row['id']} ({', '.join(sorted(kinds))}): {row['summary']}")
    alarms = sum(consistent)
    print(
        f"rows: {len(rows)}; consistent {len(consistent)}, touching a figure, date, name or negation "
        f"{tried}, other {other}"
    )
    print(
        f"precision {hits / max(1, hits + alarms):.3f}  recall {hits / max(1, tried):.3f}  ({hits} of {tried} flagged)"
    )
    print("recall by kind: " + "  ".join(f"{k} {sum(v)}/{len(v)}" for k, v in sorted(by_kind.items())))
    print(f"consistent rows flagged: {alarms} of {len(consistent)}; other edits flagged: {other_hits} of {other}")


if __name__ == "__main__":
    main()
