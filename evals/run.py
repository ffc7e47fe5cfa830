"""Cases through a writer: labelled cases and a drafter come in, one `Result` a case goes out (with pydantic-evals).

Cases run one after the other, so that the time of each is its own.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chains.errors import EvalsError
from evals.cases import Case
from evals.gate import Result
from evals.scorers import SCORERS, Json, Score, Scorer

if TYPE_CHECKING:
    from pydantic_evals.reporting import EvaluationReport

    from chains.practices import Library
    from chains.writing import Writer

Drafter = Callable[[Case], Json]  # {"draft": ..., "book": ...}, both in the shapes of the command line


def drafter(writer: "Writer", library: "Library | None") -> Drafter:
    """Return what drafts a case by the whole pipeline; a fault of the writer is a failed case, not another draft."""
    from chains.formats import written
    from chains.pipeline import Job, pipeline
    from chains.shapes import book_json, draft_json

    way = pipeline(writer, library)

    def drafted(case: Case) -> Json:
        outcome = way.invoke(Job(case.notes, case.conventions(), case.request.request()))
        assert outcome.draft is not None
        assert outcome.book is not None
        draft = draft_json(outcome.draft, written(outcome.draft), "markdown")
        return {"draft": draft, "book": book_json(outcome.book)}

    return drafted


def run(cases: Sequence[Case], draft: Drafter, name: str, scorers: Sequence[Scorer] = SCORERS) -> "EvaluationReport":
    """Draft and score every case; `name` says who wrote. Raise EvalsError where pydantic-evals is not there."""
    from chains.tracing import no_tracing

    no_tracing()
    try:
        from pydantic_evals import Case as Task
        from pydantic_evals import Dataset
        from pydantic_evals.evaluators import EvaluationReason, Evaluator, EvaluatorContext
    except ImportError as error:
        raise EvalsError(
            "The prompt evaluation needs pydantic-evals, which is not installed.", 'Run: pip install -e ".[evals]"'
        ) from error
    by_name = {s.name: s for s in scorers}

    @dataclass(repr=False)
    class Scored(Evaluator[Case, Json]):
        scorer: str

        def get_default_evaluation_name(self) -> str:
            return self.scorer  # what a failure of the scorer is filed under

        def evaluate(self, ctx: EvaluatorContext[Case, Json]) -> Mapping[str, EvaluationReason]:
            scorer = by_name[self.scorer]
            if not scorer.applies(ctx.inputs):
                return {}
            score = scorer.score(ctx.inputs, ctx.output["draft"], ctx.output["book"])
            return {self.scorer: EvaluationReason(float(score.value), json.dumps(score.wrong))}

    dataset = Dataset[Case, Json, None](
        name=name,
        cases=[Task(name=case.id, inputs=case) for case in cases],
        evaluators=[Scored(s.name) for s in scorers],
    )
    return dataset.evaluate_sync(draft, name=name, max_concurrency=1, progress=False)


def results(report: "EvaluationReport") -> tuple[Result, ...]:
    """Return what came of each case of a report."""
    done = [
        Result(
            case.name,
            {n: Score(float(s.value), tuple(json.loads(s.reason or "[]"))) for n, s in case.scores.items()},
            {f.name: f.error_message for f in case.evaluator_failures},
            seconds=case.task_duration,
            text=case.output["draft"].get("text", ""),
        )
        for case in report.cases
    ]
    return (*done, *(Result(f.name, failed=" ".join(f.error_message.split())) for f in report.failures))


def save(report: "EvaluationReport", cases: Sequence[Case], prompts: Mapping[str, str], path: Path) -> None:
    """Write a report as a baseline, with the hashes of the cases and prompts it was made with."""
    from pydantic_evals.reporting import EvaluationReportAdapter

    body = json.loads(EvaluationReportAdapter.dump_json(report))
    hashes = {"writer": report.name, "cases": {c.id: hash_of(c) for c in cases}, "prompts": dict(prompts)}
    try:
        path.write_text(json.dumps({"made_with": hashes, "report": body}, ensure_ascii=False, indent=1), "utf-8")
    except OSError as error:
        raise EvalsError(f"{path} cannot be written.", "Give a place you may write to.") from error


def load(path: Path) -> tuple[tuple[Result, ...], Mapping[str, Any]]:
    """Return the results of a baseline and what it was made with; raise EvalsError where it is none."""
    from pydantic import ValidationError
    from pydantic_evals.reporting import EvaluationReportAdapter

    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        report = EvaluationReportAdapter.validate_json(json.dumps(data["report"]))
        return results(report), data["made_with"]
    except (OSError, ValueError, KeyError, TypeError, ValidationError) as error:
        raise EvalsError(f"{path.name} is no baseline.", "Write one with --save FILE.") from error


def hash_of(case: Case) -> str:
    """Return a hash of everything a case holds."""
    return hashlib.sha256(case.model_dump_json().encode()).hexdigest()[:12]
