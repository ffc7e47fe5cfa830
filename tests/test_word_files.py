"""The word files: what every row, key and name in them has to keep to."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from chains.reading.lexicon import HERE, compiled
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
