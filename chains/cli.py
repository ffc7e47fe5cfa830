"""The command line: arguments and files come in, text or JSON goes out.

Exit 0 done, 1 done with errors found, 2 wrong use or bad input with one line on standard error.
"""

import gc
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from chains.errors import ForewordError, NotesError, SettingsError
from chains.settings import Settings, currency_code, date_order, fiscal_year_start, load_settings

if TYPE_CHECKING:
    from chains.deals import Conventions
    from chains.drafts import Draft, Finding, Format
    from chains.requests import Kind, ManagerProfile

Decorated = Callable[..., Any]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code; what a user can cause ends in one line, never in a traceback."""
    gc.set_threshold(100_000)  # a command lives for seconds: what it imports is not garbage, looking costs a tenth
    try:
        code = foreword.main(args=arguments, prog_name="foreword", standalone_mode=False)
    except ForewordError as error:
        _leave(str(error))
    except click.Abort:
        _leave("Stopped.")
    except click.ClickException as error:
        _leave(f"{error.format_message()} See 'foreword --help'.")
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stderr.close()
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)


def _leave(line: str) -> None:
    click.echo(f"foreword: {' '.join(line.split())}", err=True)
    sys.exit(2)


def conventions_options(command: Decorated) -> Decorated:
    """Add the settings of a call: the day of the notes, currency, date order, fiscal year."""
    for option in (
        click.option("--fiscal-year-start", metavar="1..12", help="Month the fiscal year starts in."),
        click.option("--date-order", metavar="MDY|DMY", help="How 3/4 is read: March 4 or 3 April."),
        click.option("--currency", metavar="CODE", help="Currency where the notes write none, such as USD."),
        click.option("--as-of", metavar="DATE", help="Day the notes were written, such as 2026-03-13; default today."),
    ):
        command = option(command)
    return command


@click.group(invoke_without_command=True)
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535), help="Port of the page.")
@click.version_option(package_name="foreword")
@click.pass_context
def foreword(context: click.Context, port: int) -> int:
    """Turn rough deal notes into an update, an ask or feedback questions for your manager.

    Without a command it opens the page on this machine.
    """
    return 0 if context.invoked_subcommand else open_page(port)


@foreword.command()
@click.argument("notes", metavar="NOTES|-")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@conventions_options
def read(notes: str, as_json: bool, **given: str | None) -> int:
    """Read the deals out of NOTES."""
    from chains.reading import read as read_notes
    from chains.shapes import book_json

    book = read_notes(_notes(notes), _conventions(load_settings(), given))
    if as_json:
        _print_json(book_json(book))
        return 0
    from chains.tables import book_text

    click.echo(book_text(book))
    return 0


@foreword.command()
@click.argument("notes", metavar="NOTES|-")
@click.option("--kind", type=click.Choice(["update", "ask", "feedback"]), default="update", show_default=True)
@click.option("--question", default="", help="What the manager asked.")
@click.option("--manager", metavar="FILE.yaml", help="Who reads it: name, listens, priorities, asked_by_their_boss.")
@click.option("--last", metavar="NOTES", help="Last week's notes: the draft opens on what moved.")
@click.option("--last-as-of", metavar="DATE", help="Day of last week's notes; default seven days before --as-of.")
@click.option("--writer", metavar="embedded|MODEL", help="Who words it; default the model that is set, else embedded.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "plain", "slack", "html", "json"]),
    default="markdown",
    show_default=True,
)
@conventions_options
def draft(
    notes: str,
    kind: str,
    question: str,
    manager: str | None,
    last: str | None,
    last_as_of: str | None,
    writer: str | None,
    form: str,
    **given: str | None,
) -> int:
    """Write a draft from NOTES; exit 1 where its own check finds an error."""
    settings = load_settings()
    conventions = _conventions(settings, given)
    profile = _manager(manager)
    text = _notes(notes)
    from chains.reading import read as read_notes
    from chains.requests import Request

    earlier = None
    if last is not None:
        if last == "-" == notes:
            raise NotesError("Both notes are to be read from standard input.", "Give a file for one of them.")
        day = _day(last_as_of) if last_as_of else conventions.as_of - timedelta(days=7)
        earlier = read_notes(_notes(last), replace(conventions, as_of=day))
    from chains.pipeline import Job
    from chains.start import ready

    request = Request(cast("Kind", kind), question, profile)
    job = Job(text, conventions, request, earlier)
    outcome = ready(settings, writer).invoke(job)
    done = outcome.draft
    assert done is not None
    return _show(done, form)


@foreword.command()
@click.argument("draft_file", metavar="DRAFT|-")
@click.option("--notes", required=True, metavar="NOTES", help="The notes the draft has to agree with.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@conventions_options
def check(draft_file: str, notes: str, as_json: bool, **given: str | None) -> int:
    """Check DRAFT against the notes; exit 1 where a finding is an error."""
    if draft_file == "-" == notes:
        raise NotesError("Draft and notes are both to be read from standard input.", "Give a file for one of them.")
    from chains.check import check as check_draft
    from chains.reading import read as read_notes
    from chains.shapes import findings_json

    conventions = _conventions(load_settings(), given)
    text = _notes(draft_file)
    findings = check_draft(text, read_notes(_notes(notes), conventions))
    if as_json:
        _print_json({"findings": findings_json(findings)})
    else:
        click.echo(_findings_text(findings, text) or "Nothing found: every figure, date and name stands in the notes.")
    return _code(findings)


@foreword.command()
@click.argument("query")
@click.option("-n", "count", default=5, show_default=True, type=click.IntRange(1, 50), help="How many.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def practices(query: str, count: int, as_json: bool) -> int:
    """Find the practices that fit QUERY, a situation in your own words."""
    if not query.strip():
        raise SettingsError("The query is empty.", "Say in a few words what the situation is.")
    from chains.start import open_library

    with open_library(load_settings()) as library:
        hits = library.search(query, count)
    if as_json:
        _print_json({"practices": [{"id": h.id, "title": h.title, "score": h.score, "source": h.source} for h in hits]})
    else:
        click.echo("\n".join(f"{h.score:.3f}  {h.title}  ({h.source})" for h in hits))
    return 0


@foreword.group()
def knowledge() -> None:
    """Add, list and remove a team's own playbook."""


@knowledge.command("add")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER ...")
def knowledge_add(paths: tuple[str, ...]) -> int:
    """Add files (.md, .txt, .docx, .pdf) or folders of them."""
    from chains.start import open_library

    with open_library(load_settings()) as library:
        added = library.add([Path(p) for p in paths])
    for name, passages in added.files:
        click.echo(f"{name}: {passages} passage{'s' if passages != 1 else ''}")
    for name, reason in added.skipped:
        click.echo(f"foreword: left out {name}: {reason}", err=True)
    if not added.files:
        raise NotesError("Nothing was added.", "Give a .md, .txt, .docx or .pdf file with text in it.")
    return 0


@knowledge.command("list")
def knowledge_list() -> int:
    """List what was added."""
    from chains.start import open_library

    with open_library(load_settings()) as library:
        entries = library.entries()
    lines = [f"{e.name}: {e.passages} passage{'s' if e.passages != 1 else ''}" for e in entries]
    click.echo("\n".join(lines) or "Nothing yet: add your playbook with 'foreword knowledge add FILE'.")
    return 0


@knowledge.command("remove")
@click.argument("name")
def knowledge_remove(name: str) -> int:
    """Remove an added file by its name in the list."""
    from chains.start import open_library

    with open_library(load_settings()) as library:
        gone = library.remove(name)
    if not gone:
        raise SettingsError(f"There is no {name!r} in the playbook.", "See 'foreword knowledge list'.")
    click.echo(f"Removed {name}.")
    return 0


@foreword.command(context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def evals(arguments: tuple[str, ...]) -> int:
    """Evaluate prompts and writers over labelled cases (needs the extra "evals")."""
    # the evaluation stands above the chains: it is started as a program of its own, not imported
    import subprocess

    return subprocess.run([sys.executable, "-P", "-m", "evals", *arguments], check=False).returncode


def open_page(port: int) -> int:
    """Serve the page on this machine alone until it is stopped."""
    import subprocess

    app = Path(__file__).resolve().parent.parent / "app.py"
    options = {
        "server.address": "127.0.0.1",
        "server.port": str(port),
        "server.showEmailPrompt": "false",
        "browser.gatherUsageStats": "false",
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "server.maxUploadSize": "20",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    try:
        return subprocess.run([sys.executable, "-m", "streamlit", "run", str(app), *flags], check=False).returncode
    except KeyboardInterrupt:
        return 0


def _notes(given: str) -> str:
    from chains.reading.files import LARGEST, checked, notes_from_bytes, notes_from_path

    if given != "-":
        return notes_from_path(Path(given))
    data = sys.stdin.buffer.read(LARGEST * 4)
    return checked(notes_from_bytes("Standard input", data), "Standard input")


def _conventions(settings: Settings, given: dict[str, str | None]) -> "Conventions":
    as_of, start = given["as_of"], given["fiscal_year_start"]
    return replace(
        settings,
        currency=currency_code(given["currency"]) if given["currency"] else settings.currency,
        date_order=date_order(given["date_order"]) if given["date_order"] else settings.date_order,
        fiscal_year_start=fiscal_year_start(start) if start else settings.fiscal_year_start,
    ).conventions(_day(as_of) if as_of else None)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise SettingsError(f"{text!r} is no date.", "Write it as year-month-day, such as 2026-03-13.") from error


def _manager(path: str | None) -> "ManagerProfile":
    from chains.reading.files import notes_from_path
    from chains.requests import ManagerProfile

    if path is None:
        return ManagerProfile()
    import yaml

    way_out = "It holds name, listens, priorities and asked_by_their_boss; see the README."
    try:
        found = yaml.safe_load(notes_from_path(Path(path)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}: put a text with ? or : into quotes" if mark else ""
        raise SettingsError(f"{Path(path).name} is not YAML{where}.", way_out) from error
    known = {"name", "listens", "priorities", "asked_by_their_boss"}
    if not isinstance(found, dict) or not set(found) <= known:
        raise SettingsError(f"{Path(path).name} is no manager profile.", way_out)
    many = {k: _texts(found.get(k), path, way_out) for k in ("priorities", "asked_by_their_boss")}
    return ManagerProfile(str(found.get("listens") or ""), name=str(found.get("name") or ""), **many)


def _texts(value: object, path: str, way_out: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        raise SettingsError(f"{Path(path).name} is no manager profile.", way_out)
    return tuple(str(v) for v in value)


def _show(done: "Draft", form: str) -> int:
    from chains.formats import written
    from chains.shapes import draft_json

    if form == "json":
        _print_json(draft_json(done, written(done), "markdown"))
    else:
        click.echo(written(done, cast("Format", form)))
        if done.remark:
            click.echo(f"foreword: {done.remark}", err=True)
        if loud := [f for f in done.findings if f.severity != "info"]:
            click.echo(_findings_text(loud, written(done)), err=True)
    return _code(done.findings)


def _findings_text(findings: Sequence["Finding"], text: str) -> str:
    return "\n".join(
        f"{f.severity}, line {text.count(chr(10), 0, f.start) + 1}: {f.text!r}: {f.message} {f.fix}" for f in findings
    )


def _code(findings: Sequence["Finding"]) -> int:
    return 1 if any(f.severity == "error" for f in findings) else 0


def _print_json(shape: object) -> None:
    click.echo(json.dumps(shape, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
