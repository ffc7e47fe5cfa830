"""Learn how likely a candidate is an account: labelled notes come in, chains/reading/accounts/odds.yaml goes out.

Run it as `python scripts/train_reader.py`; with `--test` it learns without each tenth of the fresh notes in turn and
prints how many accounts of those it finds, beside what points given by hand would find. A case is a YAML file with
`notes`, `as_of`, `settings` and the `account` of each deal. The method is logistic regression with a ridge penalty,
solved by Newton's steps, so that a run gives the same weights anywhere.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from chains.deals import Conventions
from chains.reading.accounts.finding import BY_HAND, apart, weigh_all
from chains.reading.accounts.names import candidates
from chains.reading.accounts.registry import core, key
from chains.reading.accounts.traits import traits_of
from chains.reading.accounts.weighing import ENOUGH
from chains.reading.layout.speakers import reps_of, strangers_in
from chains.reading.marking import mark
from chains.reading.places import Lines
from chains.reading.tables.rows import read_tables

ROOT = Path(__file__).resolve().parent.parent
KNOWN = (
    "tests/cases",
    "tests/more_cases",
    "scripts/labelled/known",
)  # rules were written after these: they fit too well
FRESH = "scripts/labelled/fresh"
FRESH_WEIGHT = 2.0
SHORT = "scripts/labelled/short.yaml"  # the pieces that the tests hold the reader to
SHORT_WEIGHT = 0.3
PARTS = 10
OUT = ROOT / "chains" / "reading" / "accounts" / "odds.yaml"
SEEN = 6  # candidates that a trait has to be seen at
RIDGE = 1.0
STEPS = 25
HEAD = (
    "# Made by scripts/train_reader.py from labelled notes: how much each trait speaks for an account. Not for hand.\n"
)


@dataclass(frozen=True)
class Example:
    """Hold the traits of a candidate, whether it names a deal of the labels, and how much it counts."""

    traits: Mapping[str, float]
    account: bool
    weight: float
    points: float  # given by hand


def main() -> None:
    """Learn the weights and write or test them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--test", action="store_true", help="print what is found in fresh notes left out")
    known = [e for folder in KNOWN for case in cases(folder) for e in examples(case, 1.0)]
    short = yaml.safe_load((ROOT / SHORT).read_text(encoding="utf-8"))
    known += [e for case in short for e in examples(case, SHORT_WEIGHT)]
    fresh = [list(examples(case, FRESH_WEIGHT)) for case in cases(FRESH)]
    if parser.parse_args().test:
        tested(known, fresh)
        return
    bias, weights = learned([*known, *chain(*fresh)])
    data = {"bias": round(bias, 4), "weights": {t: round(w, 4) for t, w in sorted(weights.items()) if round(w, 4)}}
    OUT.write_text(HEAD + yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    print(f"{len(known)} candidates of known notes, {sum(map(len, fresh))} of fresh ones: {len(weights)} traits")


def cases(folder: str) -> list[Any]:
    """Load the labelled notes of a folder of the repository."""
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((ROOT / folder).glob("*.yaml"))]


def tested(known: Sequence[Example], fresh: Sequence[Sequence[Example]]) -> None:
    """Print precision and recall over fresh notes, each judged by weights that were learned without it."""
    counts: dict[str, Counter[tuple[bool, bool]]] = {"by hand": Counter(), "learned": Counter()}
    for part in range(PARTS):
        rest = chain(*(e for i, e in enumerate(fresh) if i % PARTS != part))
        bias, weights = learned([*known, *rest])
        for example in chain(*fresh[part::PARTS]):
            odds = bias + sum(weights.get(trait, 0.0) * value for trait, value in example.traits.items())
            counts["by hand"][example.points > ENOUGH, example.account] += 1
            counts["learned"][odds + BY_HAND * (example.points - ENOUGH) > 0, example.account] += 1
    for name, count in counts.items():
        found = count[True, True]
        precision, recall = found / max(1, found + count[True, False]), found / max(1, found + count[False, True])
        print(f"{name}: precision {precision:.3f} recall {recall:.3f} over {len(fresh)} fresh notes")


def examples(case: Mapping[str, Any], weight: float) -> Iterator[Example]:
    """Yield each candidate of a case."""
    settings = case.get("settings") or {}
    conventions = Conventions(
        case["as_of"],
        settings.get("currency", "USD"),
        settings.get("date_order", "MDY"),
        settings.get("fiscal_year_start", 1),
    )
    notes: str = case["notes"]
    accounts = case.get("accounts") or [d["account"] for d in case.get("deals") or ()]
    names = [core(key(a)) for a in accounts]
    tables = read_tables(notes, conventions)
    marked, _ = mark(notes, conventions, Lines(notes), tables)
    strangers = strangers_in(marked.units, reps_of(notes, marked.units))
    weighed, doubts = weigh_all(marked, apart(marked, candidates(marked)), strangers, len(tables.deals) > 1)
    whole = {one.candidate.first: one.candidate.last for one in weighed if core(key(one.candidate.text)) in names}
    inside = {i for first, last in whole.items() for i in range(first, last)}
    for one, traits in zip(weighed, traits_of(weighed, doubts), strict=True):
        said = core(key(one.candidate.text))
        short = one.candidate.first not in inside and any(set(said) <= set(name) for name in names)
        yield Example(traits, said in names or (bool(said) and short), weight, one.score)


def learned(seen: Sequence[Example]) -> tuple[float, dict[str, float]]:
    """Return the bias and the weight of each trait that is seen often enough."""
    counts = Counter(trait for e in seen for trait, value in e.traits.items() if value)
    names = sorted(trait for trait, n in counts.items() if n >= SEEN)
    column = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(seen), len(names) + 1))
    x[:, -1] = 1.0
    for row, example in enumerate(seen):
        for trait, value in example.traits.items():
            if trait in column:
                x[row, column[trait]] = value
    y = np.array([float(e.account) for e in seen])
    counts_for = np.array([e.weight for e in seen])
    penalty = np.full(len(names) + 1, RIDGE)
    penalty[-1] = 0.0  # the bias is free
    w = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-(x @ w)))
        slope = x.T @ (counts_for * (p - y)) + penalty * w
        bend = (x * (counts_for * p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-6)
        w = w - np.linalg.solve(bend, slope)
    return float(w[-1]), dict(zip(names, map(float, w[:-1]), strict=True))


if __name__ == "__main__":
    main()
