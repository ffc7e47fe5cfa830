"""The evaluation of writers: scorers as tables, a gate that no failure slips through, and the exit codes."""

import json
import math
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chains.drafts import Draft, Section, Sentence
from chains.errors import EvalsError
from chains.periods import period_asked
from chains.requests import Request
from chains.scenarios import work_out
from chains.writing import ScriptedWriter
from evals.__main__ import OWN_CASES, main
from evals.cases import Case, load_cases
from evals.gate import NAMES, Failure, Floors, Result, checked_floor, floors_of, gate, load_floors
from evals.report import changed_since, page, table, verdict
from evals.run import drafter, load, results, run, save
from evals.scorers import SCORERS, Score, Scorer, normal, stands_in

CASE = Case.model_validate(
    {
        "id": "one",
        "as_of": date(2026, 2, 24),
        "style": "bullets",
        "notes": "Umbra Tea 120k commit 3/27\nOsk & Sons 40k best case 3/31\n",
        "deals": [
            {"account": "Umbra Tea", "amount": 120000, "category": "commit", "close_date": date(2026, 3, 27)},
            {"account": "Osk & Sons Ltd", "amount": 40000, "category": "best_case", "close_date": date(2026, 3, 31)},
        ],
        "request": {"kind": "update", "question": "How is Q1?"},
        "expect": {
            "scenarios": {"worst": 120000, "base": 120000, "best": 160000},
            "must_state": [["120k", "120,000"], ["Mar 27", "3/27"]],
            "must_not_state": ["signed", "999k"],
            "anticipates": ["legal_capacity", "slip_cause"],
        },
    }
)
DRAFT: Mapping[str, Any] = {
    "text": "Umbra Tea is in commit at $120k for March 27.",
    "scenarios": {"worst": 120000, "base": 120000, "best": 160000, "currency": "USD"},
    "anticipates": ["legal_capacity", "slip_cause"],
    "findings": [{"severity": "warning", "text": "soon", "message": "vague"}],
}
BOOK: Mapping[str, Any] = {
    "deals": [
        {
            "account": "Umbra Tea",
            "aliases": [],
            "amount": 120000,
            "currency": "USD",
            "category": "commit",
            "close_date": "2026-03-27",
            "previous_close_date": None,
        },
        {
            "account": "OSK and Sons",
            "aliases": ["Osk"],
            "amount": 40000,
            "currency": "USD",
            "category": "best_case",
            "close_date": "2026-03-31",
            "previous_close_date": None,
        },
    ]
}
BY_NAME = {s.name: s for s in SCORERS}
TOPICS = ["legal_capacity", "slip_cause", "data_missing", "good_news_credit", "exec_involvement"]


def drafted(**changes: Any) -> Mapping[str, Any]:
    return {**DRAFT, **changes}


def read_with(at: int, **changes: Any) -> Mapping[str, Any]:
    return {"deals": [{**d, **changes} if i == at else d for i, d in enumerate(BOOK["deals"])]}


# ---- scorers


@pytest.mark.parametrize("name", NAMES)
def test_a_right_draft_scores_one(name: str) -> None:
    assert BY_NAME[name].score(CASE, DRAFT, BOOK) == Score(1.0)


@pytest.mark.parametrize(
    ("name", "draft", "value", "said"),
    [
        pytest.param("states", drafted(text="120k"), 0.5, "Mar 27", id="one of two figures"),
        pytest.param("states", drafted(text=""), 0.0, "120k", id="nothing"),
        pytest.param("traps", drafted(text="Umbra signed."), 0.5, "signed", id="one trap"),
        pytest.param("traps", drafted(text="signed, 999k"), 0.0, "999k", id="every trap"),
        pytest.param(
            "scenarios", drafted(scenarios={**DRAFT["scenarios"], "best": 160001}), 2 / 3, "best", id="one off"
        ),
        pytest.param("scenarios", drafted(scenarios=None), 0.0, "worst is None", id="no scenarios"),
        pytest.param("anticipates", drafted(anticipates=["slip_cause"]), 0.5, "legal_capacity", id="one topic of two"),
        pytest.param("anticipates", drafted(anticipates=[]), 0.0, "slip_cause", id="no topic"),
        pytest.param("filler", drafted(anticipates=TOPICS), 1.0, "", id="three topics more"),
        pytest.param(
            "filler", drafted(anticipates=[*TOPICS, "gap_to_number"]), 0.75, "4 topics", id="four topics more"
        ),
        pytest.param(
            "grounded",
            drafted(findings=[{"severity": "error", "text": "999k", "message": "Nowhere in the notes."}]),
            0.0,
            "Nowhere",
            id="an error of its own check",
        ),
    ],
)
def test_a_wrong_draft_scores_less_and_says_why(name: str, draft: Mapping[str, Any], value: float, said: str) -> None:
    score = BY_NAME[name].score(CASE, draft, BOOK)
    assert score.value == pytest.approx(value)
    assert said in " ".join(score.wrong)


@pytest.mark.parametrize(
    ("book", "value", "said"),
    [
        pytest.param(read_with(0, amount=12000), 9 / 10, "amount is 12000, not 120000", id="a wrong amount"),
        pytest.param(read_with(0, currency="EUR"), 9 / 10, "currency is EUR", id="a wrong currency"),
        pytest.param(read_with(1, close_date=None), 18 / 19, "close_date is None", id="a date that was missed"),
        pytest.param(
            read_with(1, previous_close_date="2026-02-01"),
            20 / 21,
            "previous_close_date",
            id="a date that was invented",
        ),
        pytest.param({"deals": BOOK["deals"][:1]}, 10 / 15, "missed Osk & Sons Ltd", id="a deal that was missed"),
        pytest.param(
            {"deals": [*BOOK["deals"], {**BOOK["deals"][0], "account": "Zorn"}]},
            20 / 24,
            "invented Zorn",
            id="one invented",
        ),
        pytest.param({"deals": []}, 0.0, "missed Umbra Tea", id="nothing read"),
    ],
)
def test_reading_is_scored_by_facts(book: Mapping[str, Any], value: float, said: str) -> None:
    score = BY_NAME["read"].score(CASE, DRAFT, book)
    assert score.value == pytest.approx(value)
    assert said in " ".join(score.wrong)


def test_sums_across_currencies_are_wrong_where_none_can_be_given() -> None:
    mixed = CASE.model_copy(update={"expect": CASE.expect.model_copy(update={"scenarios": None})})
    assert BY_NAME["scenarios"].score(mixed, drafted(scenarios=None), BOOK).value == 1.0
    assert BY_NAME["scenarios"].score(mixed, DRAFT, BOOK).value == 0.0


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        pytest.param("80k", "it is 80k.", True, id="a figure"),
        pytest.param("80k", "it is 180k", False, id="the end of another figure"),
        pytest.param("120", "it is 120,000", False, id="the front of another figure"),
        pytest.param("500", "it is 2,500", False, id="the thousands of another figure"),
        pytest.param("1.5", "1.55 percent", False, id="the front of another decimal"),
        pytest.param("35%", "it costs $35", False, id="a percentage and an amount"),
        pytest.param("Sam", "the same thing", False, id="a name in a word"),
        pytest.param("gap", "two gaps", True, id="the plural of a word"),
        pytest.param("Mar 27", "on March  27th", True, id="a month in full with an ordinal"),
        pytest.param("September 3", "on Sept 3", True, id="a month in another short form"),
        pytest.param("Mar 2", "on March 27", False, id="the front of another day"),
        pytest.param("a_b", r"the a\_b case", True, id="an escape of Markdown"),
        pytest.param("it's", "It’s so", True, id="another apostrophe"),
        pytest.param("  ", "anything", False, id="nothing to look for"),
    ],
)
def test_words_and_figures_are_found_whole(wanted: str, text: str, found: bool) -> None:
    assert stands_in(wanted, normal(text)) is found


# ---- the gate

FLOORS = Floors(dict.fromkeys(NAMES, 0.8))
ALL = dict.fromkeys(NAMES, Score(1.0))


def scored(**changes: Score) -> Result:
    return Result("one", {**ALL, **changes})


@pytest.mark.parametrize(
    ("cases", "got", "failures"),
    [
        pytest.param([CASE], [Result("one", ALL)], [], id="everything in order"),
        pytest.param([CASE], [scored(states=Score(0.8))], [], id="exactly at the floor"),
        pytest.param(
            [CASE],
            [scored(states=Score(0.5, ("no 120k",)))],
            [Failure("one", "states", "0.50 is under 0.80: no 120k")],
            id="one scorer under its floor",
        ),
        pytest.param(
            [CASE], [scored(states=Score(math.nan))], [Failure("one", "states", "nan is under 0.80: no reason given")],
            id="a score that is no number",
        ),
        pytest.param(
            [CASE], [Result("one", failed="no model")], [Failure("one", "", "failed: no model")], id="a failed task"
        ),
        pytest.param(
            [CASE],
            [Result("one", {n: s for n, s in ALL.items() if n != "traps"}, {"traps": "KeyError"})],
            [Failure("one", "traps", "the scorer failed: KeyError")],
            id="a failed scorer",
        ),
        pytest.param(
            [CASE],
            [Result("one", {n: s for n, s in ALL.items() if n != "traps"})],
            [Failure("one", "traps", "has no score")],
            id="a score that is missing",
        ),
        pytest.param([CASE], [], [Failure("one", "", "has no result")], id="a case without a result"),
        pytest.param([], [], [Failure("", "", "there is no case")], id="no case at all"),
    ],
)  # fmt: skip
def test_the_gate_lets_nothing_slip_through(cases: list[Case], got: list[Result], failures: list[Failure]) -> None:
    assert list(gate(cases, got, FLOORS)) == failures


def test_a_good_mean_does_not_hide_a_bad_case() -> None:
    other = CASE.model_copy(update={"id": "two"})
    failures = gate([CASE, other], [Result("one", ALL), replace(scored(read=Score(0.5)), case="two")], FLOORS)
    assert [(f.case, f.scorer) for f in failures] == [("two", "read")]


def test_what_a_case_does_not_ask_for_is_not_missed() -> None:
    ask = CASE.model_copy(update={"request": CASE.request.model_copy(update={"kind": "ask"})})
    assert gate([ask], [Result("one", {n: s for n, s in ALL.items() if n != "scenarios"})], FLOORS) == ()


def test_a_floor_of_a_single_case_holds_for_it_alone() -> None:
    floors = replace(FLOORS, cases={"one": {"states": 0.4}})
    assert (floors.floor("one", "states"), floors.floor("two", "states")) == (0.4, 0.8)
    assert floors.with_all({"states": 0.9}).floor("one", "states") == 0.9


@pytest.mark.parametrize(
    ("name", "value"),
    [("poetry", "0.5"), ("states", "1.5"), ("states", "-1"), ("states", "much"), ("states", "nan")],
)
def test_a_floor_that_is_none_is_refused(name: str, value: str) -> None:
    with pytest.raises(EvalsError):
        checked_floor(name, value)


def test_the_floors_that_come_along_are_valid_and_one_left_out_is_named() -> None:
    floors = load_floors()
    assert set(floors.default) == set(NAMES)
    with pytest.raises(EvalsError, match="grounded"):
        floors_of({"default": {n: v for n, v in floors.default.items() if n != "grounded"}})


# ---- a run


def fixed(case: Case) -> Mapping[str, Any]:
    return {"draft": DRAFT, "book": BOOK}


def test_a_run_scores_every_case_by_every_scorer() -> None:
    [result] = results(run([CASE], fixed, "fixed"))
    assert set(result.scores) == set(NAMES)
    assert gate([CASE], [result], load_floors()) == ()


def test_a_drafter_that_fails_fails_the_gate() -> None:
    def broken(case: Case) -> Mapping[str, Any]:
        raise OSError("no model there")

    [failure] = gate([CASE], results(run([CASE], broken, "broken")), FLOORS)
    assert "no model there" in failure.reason


def test_a_scorer_that_fails_fails_the_gate() -> None:
    broken = Scorer("states", lambda case, draft, book: Score(1 / 0))
    scorers = tuple(broken if s.name == "states" else s for s in SCORERS)
    [failure] = gate([CASE], results(run([CASE], fixed, "fixed", scorers)), FLOORS)
    assert (failure.scorer, "division" in failure.reason) == ("states", True)


def test_a_writer_that_makes_things_up_fails_the_gate() -> None:
    invented = Draft(Request("update"), (Section("answer", (Sentence("Umbra Tea is signed at 999k."),)),), "invented")
    got = results(run([CASE], drafter(ScriptedWriter(invented), None), "invented"))
    assert {f.scorer for f in gate([CASE], got, FLOORS)} >= {"states", "traps", "grounded", "anticipates"}


def test_a_writer_that_has_no_answer_is_not_replaced_by_another() -> None:
    got = results(run([CASE], drafter(ScriptedWriter(), None), "silent"))
    assert [f.scorer for f in gate([CASE], got, FLOORS)] == [""]


def test_a_baseline_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    report = run([CASE], fixed, "fixed")
    save(report, [CASE], {"update.v1": "abc"}, tmp_path / "base.json")
    before, made_with = load(tmp_path / "base.json")
    assert [(r.case, r.scores) for r in before] == [(r.case, r.scores) for r in results(report)]
    assert changed_since(made_with, {**made_with, "prompts": {"update.v1": "other"}}) == ("prompts",)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"report": {}, "made_with": {}}'])
def test_a_file_that_is_no_baseline_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "base.json").write_text(content)
    with pytest.raises(EvalsError, match=r"base\.json"):
        load(tmp_path / "base.json")


def test_the_table_shows_what_changed_and_what_broke() -> None:
    now = Result("one", {"states": Score(0.5)}, {"traps": "KeyError"})
    shown = table([now], [scored()])
    assert "0.50 (was 1.00)" in shown
    assert "broken" in shown
    assert "1 under its floors" in verdict([now], [Failure("one", "states", "low")])


def test_the_page_groups_failures_and_escapes_what_drafts_hold() -> None:
    result = replace(scored(), text="<script>alert(1)</script>")
    shown = page("Foreword", [result], [Failure("one", "traps", "<b>"), Failure("one", "states", "low")], FLOORS)
    assert "<script>" not in shown
    assert "&lt;b&gt;" in shown
    assert shown.index("<h2>states</h2>") < shown.index("<h2>traps</h2>") < shown.index("All cases")


# ---- the project's own cases


def test_there_are_cases_for_every_kind_and_style() -> None:
    cases = load_cases(OWN_CASES)
    assert len(cases) >= 6
    assert {c.request.kind for c in cases} == {"update", "ask", "feedback"}
    assert len({c.style for c in cases}) >= 6


@pytest.mark.parametrize("case", load_cases(OWN_CASES), ids=lambda c: c.id)
def test_the_labels_of_a_case_agree_with_the_rules(case: Case) -> None:
    assert (OWN_CASES / f"{case.id}.yaml").is_file()
    assert not set(case.expect.must_not_state) & {w for choices in case.expect.must_state for w in choices}
    if case.request.kind != "update":
        assert case.expect.scenarios is None
        return
    book = case.book()
    total = work_out(book, period_asked(case.request.question or "", book.conventions)).total
    wanted = case.expect.scenarios
    assert (wanted is None) == (total is None)
    if wanted and total:
        assert (wanted.worst, wanted.base, wanted.best) == (total.worst, total.base, total.best)


# ---- the command


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "foreword.toml"
    settings.write_text("")
    monkeypatch.setenv("FOREWORD_SETTINGS", str(settings))
    monkeypatch.setenv("FOREWORD_DATA_FOLDER", str(tmp_path / "data"))
    for name in ("FOREWORD_MODEL", "FOREWORD_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def left_with(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return int(left.value.code or 0)


ANY = [f"--floor={name}=0" for name in NAMES]


def test_a_run_leaves_with_0_where_each_case_reaches_its_floors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, kept = tmp_path / "report.html", tmp_path / "base.json"
    assert left_with("run", "--no-practices", "--html", str(report), "--save", str(kept)) == 0
    shown = capsys.readouterr().out
    assert all(case.id in shown for case in load_cases(OWN_CASES))
    assert "bullets-slipped-commit" in report.read_text()
    assert json.loads(kept.read_text())["made_with"]["writer"] == "embedded"


def test_a_run_leaves_with_1_where_a_case_is_under_its_floor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanting = CASE.model_dump(mode="json")
    wanting["expect"]["must_state"] = [["words that nobody writes"]]
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "one.yaml").write_text(json.dumps(wanting))
    assert left_with("run", "--no-practices", *ANY, "--floor=states=1", "--cases", str(tmp_path / "cases")) == 1
    assert "words that nobody writes" in capsys.readouterr().out


def test_a_model_that_is_not_there_fails_every_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert left_with("run", "--no-practices", *ANY, "--writer", "some-model") == 1
    assert capsys.readouterr().out.count("There is no key for the model some-model") == len(load_cases(OWN_CASES))


def test_a_model_is_held_to_the_same_floors(
    llmock: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOREWORD_BASE_URL", llmock.base_url())
    llmock.reply("Umbra Tea is in commit at $120k for March 27. Osk & Sons is best case at $40k.", times=None)
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "one.yaml").write_text(CASE.model_dump_json())
    arguments = ["run", "--no-practices", "--writer", "tiny", "--cases", str(tmp_path / "cases"), *ANY]
    assert left_with(*arguments, "--floor=states=1", "--save", str(tmp_path / "base.json")) == 0
    assert "update.v1" in json.loads((tmp_path / "base.json").read_text())["made_with"]["prompts"]
    llmock.reset().reply("Umbra Tea and Osk & Sons are fine.", times=None)
    assert left_with(*arguments, "--floor=states=1", "--baseline", str(tmp_path / "base.json")) == 1
    assert "0.00 (was 1.00)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--cases", "{folder}"], "no case in", id="a folder without a case"),
        pytest.param(["--cases", "{folder}/bad"], "no.yaml is not a case", id="a file that is no case"),
        pytest.param(["--floor", "states"], "no floor", id="a floor without a number"),
        pytest.param(["--floor", "poetry=1"], "no scorer 'poetry'", id="a floor of an unknown scorer"),
        pytest.param(["--floor", "states=2"], "is not one", id="a floor beyond 1"),
        pytest.param(["--baseline", "{folder}/none.json"], "no baseline", id="a baseline that is not there"),
        pytest.param(["--bogus"], "--bogus", id="an unknown option"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "no.yaml").write_text("id: no")
    assert left_with("run", *(a.format(folder=tmp_path) for a in arguments)) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert said in lines[0]


def python(code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_without_pydantic_evals_the_way_to_install_it_is_told() -> None:
    done = python(
        "import sys; sys.modules['pydantic_evals'] = None\n"
        "from evals.__main__ import main; main(['run', '--no-practices'])"
    )
    assert done.returncode == 2
    assert 'pip install -e ".[evals]"' in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_run_makes_no_attempt_to_reach_the_network() -> None:
    done = python(
        "import sys\n"
        "def watch(event, args):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo', 'socket.sendto'):\n"
        "        print('REACHED', event, args[-1], file=sys.stderr)\n"
        "sys.addaudithook(watch)\n"
        f"from evals.__main__ import main; main(['run', '--no-practices', *{ANY!r}])"
    )
    assert done.returncode == 0
    assert "REACHED" not in done.stderr
