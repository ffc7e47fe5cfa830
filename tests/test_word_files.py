"""The word files: what every row, key and name in them has to keep to."""

import ast
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from chains.deals import Conventions
from chains.errors import PromptError
from chains.reading import read
from chains.reading.lexicon import HERE, compiled, wordlists
from chains.reading.talks.purposes import label_of, labels, lexicon
from chains.wordfiles import load
from chains.writing.voice import load_phrases

ROOT = Path(__file__).parent.parent
CODE = [p for folder in ("chains", "knowledge", "pages", "evals", "prompts") for p in (ROOT / folder).rglob("*.py")]
CODE.append(ROOT / "app.py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ["close by <monney>", "<day>", ".. close", "maybe? close"])
def test_a_cue_that_is_no_pattern_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match="cue"):
        compiled(row)


def test_a_word_file_that_is_missing_is_named() -> None:
    with pytest.raises(PromptError, match=r"no_such\.yaml cannot be read.*Mend no_such\.yaml"):
        load("chains.writing", "no_such.yaml")


def test_no_word_stands_twice_in_one_list() -> None:
    lists: dict[str, Counter[str]] = {}
    name = ""
    for line in (HERE / "words.yaml").read_text(encoding="utf-8").splitlines():
        if head := re.match(r"([a-z_]+):", line):
            name, line = head[1], line[head.end() :]
        if not line.lstrip().startswith("#"):
            lists.setdefault(name, Counter()).update(line.replace(">-", "").split())
    assert len(lists) > 10
    assert not {n: twice for n, words in lists.items() if (twice := [w for w, count in words.items() if count > 1])}


def test_no_name_of_a_module_is_there_for_nothing() -> None:
    used = Counter(w for p in CODE for w in re.findall(r"[A-Za-z_]\w*", p.read_text(encoding="utf-8")))
    idle = [
        f"{path.relative_to(ROOT)}: {target.id if isinstance(target, ast.Name) else target.name}"
        for path in CODE
        for node in tree(path).body
        for target in (node.targets if isinstance(node, ast.Assign) else [node])
        if (isinstance(target, ast.Name) and used[target.id] == 1)
        or (
            (isinstance(target, ast.FunctionDef | ast.ClassDef) and used[target.name] == 1)
            and not target.decorator_list
        )
    ]
    assert [i for i in idle if i.rsplit(" ", 1)[1] not in FOR_TESTS] == []


# what the outside asks for, or stands for a library or a writer in tests
FOR_TESTS = {"__all__", "FORMATS", "ScriptedLibrary", "ScriptedWriter"}


def test_every_phrase_is_asked_for() -> None:
    asked: list[str] = []
    for path in (p for p in CODE if p.parent.name in ("writing", "planning")):
        parts_of = {id(v) for n in ast.walk(tree(path)) if isinstance(n, ast.JoinedStr) for v in n.values}
        for node in ast.walk(tree(path)):
            if id(node) in parts_of:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                asked.append(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else "[\\w.]+" for v in node.values]
                asked.append("".join(parts))
    ways = re.compile("|".join(sorted({a for a in asked if re.search(r"\w", a.replace("[\\w.]+", ""))})))
    keys = load_phrases("common", "updates", "asks", "feedback")
    assert [k for k in keys if not ways.fullmatch(k) and not k.startswith(COMPOSED)] == []


# keys put together from a style and a state, or from a phrase and its endings
COMPOSED = ("bullet.", "prose.", "replace.")


def test_every_rewriting_rule_changes_something() -> None:
    rules = yaml.safe_load((ROOT / "chains" / "writing" / "retell.yaml").read_text(encoding="utf-8"))["before"]
    plain = [(str(r[0]).replace("\\b", ""), r[1]) for r in rules]
    assert [old for old, new in plain if old == new] == []
    assert len(rules) > 100


# first names that are everyday words of sales notes as well
ALSO_WORDS = {"hung", "german", "dev", "rich", "max", "beat"}


def test_no_cue_knows_a_person_by_name() -> None:
    rows = [
        r
        for path in HERE.glob("cues_*.yaml")
        for names in load("chains.reading.lexicon", path.name).values()
        for some in names.values()
        for r in some
    ]
    rows += [r for strengths in lexicon()["cues"].values() for some in strengths.values() for r in some]
    words = {w for row in (*rows, *labels()) for w in re.findall(r"(?<!<)\b[^\W_]+\b(?!>)", str(row).casefold())}
    lists = wordlists()
    assert len(words) > 1000
    assert words & lists["first_names"] - lists["ordinary"] - lists["function"] == ALSO_WORDS


@pytest.mark.parametrize("name", ["Ngozi", "Petra", "Sven", "Dana"])
@pytest.mark.parametrize(
    ("notes", "kind"),
    [
        ("ask: two days of Lea's time.\nif {} cant: Rob takes the call and we wait.", "on_refusal"),
        ("for my talk\nwhat does {} want to see every week\n", "question"),
    ],
)
def test_any_name_fits_where_a_cue_asks_for_one(name: str, notes: str, kind: str) -> None:
    book = read(notes.format(name), Conventions(date(2026, 5, 4)))
    assert kind in [s.value.kind.value for s in book.statements]


@pytest.mark.parametrize("name", ["Ngozi", "Petra", "Sven", "Dana"])
def test_what_is_not_for_somebody_stays_out(name: str) -> None:
    assert label_of(f"not for {name}: Kyle got an assistant")[0] == "private"
    assert label_of("not for Q2: Kyle got an assistant")[0] == ""
