"""The command line as other programs call it: exit codes, one line on standard error, JSON shapes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chains.cli import main

NOTES = """1:1 prep
- Globex: 120k ARR, commit, close 3/27. redlines with our legal. NS: I chase Tomas by thurs
- Initech 40k ARR best case, proposal out, close 3/31, they want net 60
"""
AS_OF = ["--as-of", "2026-02-24"]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("FOREWORD_") or n == "OPENAI_API_KEY"]:
        monkeypatch.delenv(name)
    settings = tmp_path / "foreword.toml"
    settings.write_text("")
    monkeypatch.setenv("FOREWORD_SETTINGS", str(settings))
    monkeypatch.setenv("FOREWORD_DATA_FOLDER", str(tmp_path / "data"))


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.txt"
    path.write_text(NOTES)
    return path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return int(left.value.code or 0)


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        pytest.param(b"", [], "nothing is written", id="empty notes"),
        pytest.param(b"Globex 120k\n" * 500_000, [], "more than 2 MB", id="notes of 6 MB"),
        pytest.param(b"\x7fELF\x00\x01\x02\x00", [], "not text", id="a binary file"),
        pytest.param(
            b"colour,shape,weight\nred,round,3\nblue,square,4\n", [], "column", id="a CSV without a known column"
        ),
        pytest.param(NOTES.encode(), ["--as-of", "2026-02-30"], "no date", id="a day that does not exist"),
        pytest.param(NOTES.encode(), ["--currency", "QQQ"], "no currency", id="an unknown currency"),
        pytest.param(NOTES.encode(), ["--date-order", "YMD"], "date order", id="an unknown date order"),
        pytest.param(NOTES.encode(), ["--fiscal-year-start", "13"], "fiscal year", id="a month that does not exist"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, arguments: list[str], said: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    assert run("read", str(path), *arguments) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert said in lines[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["read", "{folder}"], "is a folder", id="a folder as notes"),
        pytest.param(["read", "{folder}/none.txt"], "There is no file", id="a file that is not there"),
        pytest.param(["draft", "{notes}", "--kind", "poem"], "poem", id="an unknown kind"),
        pytest.param(
            ["draft", "{notes}", "--manager", "{notes}"], "is not YAML, line", id="notes as a manager profile"
        ),
        pytest.param(["check", "-", "--notes", "-"], "both", id="draft and notes from one input"),
        pytest.param(["practices", "  "], "query is empty", id="an empty query"),
        pytest.param(["knowledge", "remove", "none.md"], "no file 'none.md'", id="removing what was never added"),
        pytest.param(["bogus"], "No such command", id="an unknown command"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(
    tmp_path: Path, notes: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(*(a.format(folder=tmp_path, notes=notes) for a in arguments)) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert said in lines[0]


def test_an_unwritable_data_folder_still_gives_a_draft(
    tmp_path: Path, notes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "occupied").write_text("a file where the folder should be")
    monkeypatch.setenv("FOREWORD_DATA_FOLDER", str(tmp_path / "occupied"))
    assert run("draft", str(notes), *AS_OF) == 0
    shown = capsys.readouterr()
    assert "Globex" in shown.out
    assert "No practices this time" in shown.err


def test_read_prints_the_shape_others_rely_on(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", str(notes), "--json", *AS_OF) == 0
    found = json.loads(capsys.readouterr().out)
    deal = found["deals"][0]
    assert deal["account"] == "Globex"
    assert deal["amount"] == 120000
    assert deal["close_date"] == "2026-03-27"
    assert set(deal) >= {
        "account", "aliases", "amount", "currency", "basis", "category", "category_inferred", "stage", "close_date",
        "previous_close_date", "next_step", "champion", "economic_buyer", "risks", "dependencies", "exceptions",
        "sources",
    }  # fmt: skip
    for places in deal["sources"].values():
        for place in places:
            assert NOTES[place["start"] : place["end"]] == place["text"]


def test_draft_prints_the_shape_others_rely_on(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run("draft", str(notes), "--question", "How's Q1 looking?", "--format", "json", *AS_OF)
    found = json.loads(capsys.readouterr().out)
    assert code == (1 if any(f["severity"] == "error" for f in found["findings"]) else 0)
    assert found["scenarios"] == {"worst": 0, "base": 120000, "best": 160000, "currency": "USD"}
    assert found["writer"] == "embedded"
    assert set(found) >= {"text", "format", "sections", "anticipates", "practices", "findings"}
    assert all(s["sources"] for section in found["sections"] for s in section["sentences"] if "120" in s["text"])


def test_a_wrong_figure_makes_check_exit_1(tmp_path: Path, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "draft.md"
    path.write_text("Globex is 210k ARR, commit for March 27.")
    assert run("check", str(path), "--notes", str(notes), "--json", *AS_OF) in (0, 1)
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert any(path.read_text()[f["start"] : f["end"]] in ("210k", "210k ARR") for f in findings)


def test_a_playbook_is_added_listed_and_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "playbook.md"
    book.write_text("# Discounts\n\nAnything over fifteen percent goes to the deal desk with a give-get.\n")
    assert run("knowledge", "add", str(book)) == 0
    assert run("knowledge", "list") == 0
    assert "playbook.md" in capsys.readouterr().out
    assert run("knowledge", "remove", "playbook.md") == 0
    assert run("knowledge", "list") == 0
    assert "playbook.md" not in capsys.readouterr().out.splitlines()[-1]


def test_read_as_a_program_takes_standard_input_and_loads_no_heavy_package(notes: Path) -> None:
    code = (
        "import sys, chains.cli\n"
        "try: chains.cli.main(['read', '-', '--json', '--as-of', '2026-02-24'])\n"
        "except SystemExit: pass\n"
        "heavy = {'chromadb', 'langchain_core', 'openai', 'streamlit', 'pandas', 'pydantic', 'onnxruntime'}\n"
        "sys.stderr.write(' '.join(sorted(heavy & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=NOTES, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["deals"]
    assert done.stderr == ""
