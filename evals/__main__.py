"""The evaluation of prompts and writers on the command line: `foreword evals run`.

Exit 0 where every case reaches its floors, 1 where one does not, 2 for wrong use with one line on standard error.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from chains.errors import EvalsError, ForewordError

OWN_CASES = Path(__file__).resolve().parent / "cases"


@click.group()
def evals() -> None:
    """Evaluate prompts and writers over labelled cases."""


@evals.command()
@click.option("--cases", "folder", metavar="FOLDER", type=Path, default=OWN_CASES, help="Cases, one .yaml file each.")
@click.option(
    "--writer", "name", metavar="embedded|MODEL", help="Who writes; default the model that is set, else embedded."
)
@click.option("--floor", "given", metavar="SCORER=0..1", multiple=True, help="The least for every case; repeatable.")
@click.option("--html", "page", metavar="FILE", type=Path, help="Write the report as one HTML file.")
@click.option("--baseline", metavar="FILE", type=Path, help="Show what changed since a saved run.")
@click.option("--save", "kept", metavar="FILE", type=Path, help="Keep this run as a baseline.")
@click.option("--practices/--no-practices", default=True, show_default=True, help="Ask the knowledge base.")
def run(
    folder: Path,
    name: str | None,
    given: Sequence[str],
    page: Path | None,
    baseline: Path | None,
    kept: Path | None,
    practices: bool,
) -> int:
    """Draft every case and hold each to its floors."""
    from chains.settings import load_settings
    from chains.start import EMBEDDED, OpenedLibrary, embedded_writer, model_writer
    from evals import report as told
    from evals import run as running
    from evals.cases import load_cases
    from evals.gate import checked_floor, gate, load_floors

    settings = load_settings()
    cases = load_cases(folder)
    floors = load_floors().with_all(dict(checked_floor(*_floor(g)) for g in given))
    name = name or settings.model or EMBEDDED
    writer = embedded_writer() if name == EMBEDDED else model_writer(settings, name)
    before, made_with = running.load(baseline) if baseline else ((), {})
    draft = running.drafter(writer, OpenedLibrary(settings) if practices else None)
    report = running.run(cases, draft, writer.name)
    results = running.results(report)
    failures = gate(cases, results, floors)
    prompts = {} if name == EMBEDDED else _prompt_hashes()
    now = {"writer": writer.name, "prompts": prompts, "cases": {c.id: running.hash_of(c) for c in cases}}
    click.echo(told.table(results, before))
    if baseline and (other := told.changed_since(made_with, now)):
        click.echo(f"Not the same as in the baseline: {', '.join(other)}.")
    click.echo(told.verdict(results, failures))
    if kept:
        running.save(report, cases, prompts, kept)
    if page:
        _write(page, told.page(f"Foreword, written by {writer.name}", results, failures, floors))
    return 1 if failures else 0


def _floor(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise EvalsError(f"{text!r} is no floor.", "Write it as SCORER=NUMBER, such as states=0.9.")
    return name.strip(), value.strip()


def _prompt_hashes() -> dict[str, str]:
    from prompts import load_prompt, prompt_ids

    return {i: load_prompt(i).hash for i in prompt_ids()}


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise EvalsError(f"{path} cannot be written.", "Give a place you may write to.") from error


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    from chains.tracing import no_tracing

    no_tracing()
    os.environ["LOGFIRE_SEND_TO_LOGFIRE"] = "false"  # pydantic-evals reports to Logfire where that is set up
    try:
        code = evals.main(args=arguments, prog_name="foreword evals", standalone_mode=False)
    except ForewordError as error:
        _leave(str(error))
    except click.Abort:
        _leave("Stopped.")
    except click.ClickException as error:
        _leave(f"{error.format_message()} See 'foreword evals run --help'.")
    sys.exit(code if isinstance(code, int) else 0)


def _leave(line: str) -> None:
    click.echo(f"foreword: {' '.join(line.split())}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
