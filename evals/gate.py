"""Good enough or not: the cases, the results of a run and the floors come in, every reason to fail goes out.

A mean hides what failed and what never ran. So each case is held to its floors by itself, and a task that failed, a
scorer that failed, a case without a result and a run without a case each fail the gate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import yaml

from chains.errors import EvalsError
from evals.cases import Case
from evals.scorers import SCORERS, Score, Scorer

NAMES = tuple(s.name for s in SCORERS)


@dataclass(frozen=True, slots=True)
class Result:
    """Hold what came of one case: scores by scorer, or why there are none."""

    case: str
    scores: Mapping[str, Score] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)  # scorers that failed, with their message
    failed: str = ""  # why there is no draft
    seconds: float = 0.0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Hold one reason to fail."""

    case: str
    scorer: str  # empty where it is about the case as a whole
    reason: str


@dataclass(frozen=True, slots=True)
class Floors:
    """Hold the least that each scorer has to give, and other floors for single cases."""

    default: Mapping[str, float]
    cases: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def floor(self, case: str, scorer: str) -> float:
        """Return the floor of one case and scorer."""
        return self.cases.get(case, {}).get(scorer, self.default[scorer])

    def with_all(self, floors: Mapping[str, float]) -> "Floors":
        """Return floors where `floors` hold for every case, single ones included."""
        single = {c: {n: v for n, v in own.items() if n not in floors} for c, own in self.cases.items()}
        return Floors({**self.default, **floors}, single)


def load_floors() -> Floors:
    """Load the floors that come with Foreword; raise EvalsError where one is missing or out of range."""
    data: Any = yaml.safe_load((files("evals") / "floors.yaml").read_text(encoding="utf-8"))
    return floors_of(data)


def floors_of(data: Mapping[str, Any]) -> Floors:
    """Return validated floors; raise EvalsError where one is missing or out of range."""
    default, cases = data.get("default") or {}, data.get("cases") or {}
    if missing := [n for n in NAMES if n not in default]:
        raise EvalsError(f"The floor of {', '.join(missing)} is missing.", "Give one under default.")
    for floors in (default, *cases.values()):
        for name, value in floors.items():
            checked_floor(name, value)
    return Floors(default, cases)


def checked_floor(name: str, value: object) -> tuple[str, float]:
    """Return a scorer's name and floor; raise EvalsError where there is no such scorer or the floor is not 0 to 1."""
    if name not in NAMES:
        raise EvalsError(f"There is no scorer {name!r}.", f"Known are: {', '.join(NAMES)}.")
    try:
        floor = float(str(value))
    except ValueError:
        floor = -1.0
    if not 0 <= floor <= 1:
        raise EvalsError(f"The floor {value!r} of {name} is not one.", "Give a number from 0 to 1.")
    return name, floor


def gate(
    cases: Sequence[Case], results: Sequence[Result], floors: Floors, scorers: Sequence[Scorer] = SCORERS
) -> tuple[Failure, ...]:
    """Return every reason to fail; none means that each case reached each of its floors."""
    if not cases:
        return (Failure("", "", "there is no case"),)
    found: list[Failure] = []
    by_case: dict[str, Result] = {r.case: r for r in results}
    for case in cases:
        result = by_case.get(case.id)
        if result is None:
            found.append(Failure(case.id, "", "has no result"))
        elif result.failed:
            found.append(Failure(case.id, "", f"failed: {result.failed}"))
        else:
            found += [f for s in scorers if s.applies(case) for f in _below(case.id, s.name, result, floors)]
    return tuple(found)


def _below(case: str, scorer: str, result: Result, floors: Floors) -> list[Failure]:
    if scorer in result.broken:
        return [Failure(case, scorer, f"the scorer failed: {result.broken[scorer]}")]
    score = result.scores.get(scorer)
    if score is None:
        return [Failure(case, scorer, "has no score")]
    floor = floors.floor(case, scorer)
    # the other way round a NaN would pass
    if score.value >= floor:
        return []
    why = "; ".join(score.wrong) or "no reason given"
    return [Failure(case, scorer, f"{score.value:.2f} is under {floor:.2f}: {why}")]
