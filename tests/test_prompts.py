"""Prompt files: each one loads and renders, and a broken one is named with what is missing."""

from pathlib import Path

import pytest

from prompts import FOLDER, KINDS, PromptFault, load_prompt, prompt_ids

GOOD = """---
name: update
kind: update
version: 3
placeholders: [plan]
---
# System
Word it.
# User
Here: {{plan}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "update.v3.md").write_text(GOOD)
    return tmp_path


@pytest.mark.parametrize("id", prompt_ids())
def test_every_prompt_renders(id: str) -> None:
    prompt = load_prompt(id)
    values = {name: f"what {name} holds: {{x}} %s $x" for name in prompt.placeholders}
    system, user = prompt.fill(values)
    assert all(value in system + user for value in values.values())
    assert "{{" not in system + user


def test_there_is_a_prompt_for_every_kind_and_no_other_file() -> None:
    assert {load_prompt(id).kind for id in prompt_ids()} == set(KINDS)
    assert {p.suffix for p in FOLDER.iterdir() if p.is_file()} <= {".md", ".py"}


def test_a_value_is_never_looked_through_for_slots(folder: Path) -> None:
    (folder / "update.v3.md").write_text(GOOD.replace("[plan]", "[plan, notes]") + "{{notes}}\n")
    _, user = load_prompt("update.v3", folder).fill({"plan": "{{notes}} {x} {0.a}", "notes": "secret"})
    assert user == "Here: {{notes}} {x} {0.a}\nsecret"


def test_the_id_names_the_version_and_changes_with_the_text(folder: Path) -> None:
    before = load_prompt("update.v3", folder).id
    (folder / "update.v3.md").write_text(GOOD.replace("Word it.", "Word it well."))
    after = load_prompt("update.v3", folder).id
    assert before.startswith("update.v3@")
    assert before != after


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(GOOD, "Word it.", "no front matter", id="no front matter"),
        pytest.param("kind: update", "kind: [", "not YAML", id="front matter that is not YAML"),
        pytest.param("name: update\n", "", "lacks name", id="no name"),
        pytest.param("kind: update\n", "", "lacks kind", id="no kind"),
        pytest.param("version: 3\n", "", "lacks version", id="no version"),
        pytest.param("placeholders: [plan]\n", "", "lacks placeholders", id="no placeholders"),
        pytest.param("kind: update", "kind: poem", "unknown kind 'poem'", id="an unknown kind"),
        pytest.param("version: 3", "version: 4", "says it is update.v4", id="a version that is not the file's"),
        pytest.param("version: 3", "version: '3'", "says it is", id="a version that is text"),
        pytest.param("[plan]", "plan", "not a list", id="placeholders that are no list"),
        pytest.param("[plan]", "[plan, notes]", "notes", id="a placeholder that is not used"),
        pytest.param("{{plan}}", "{{plan}} {{notes}}", "notes", id="a slot that is not listed"),
        pytest.param("# User", "# Users", "lacks a part", id="no user part"),
        pytest.param("Word it.", "", "lacks a part", id="an empty system part"),
    ],
)
def test_a_broken_prompt_is_named_with_the_way_out(folder: Path, old: str, new: str, said: str) -> None:
    (folder / "update.v3.md").write_text(GOOD.replace(old, new))
    with pytest.raises(PromptFault, match=r"update\.v3") as raised:
        load_prompt("update.v3", folder)
    assert said in raised.value.problem
    assert raised.value.way_out


def test_a_missing_prompt_is_named(tmp_path: Path) -> None:
    with pytest.raises(PromptFault, match=r"update\.v1\.md"):
        load_prompt("update.v1", tmp_path)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({}, id="a value too few"),
        pytest.param({"plan": "x", "notes": "y"}, id="a value too many"),
    ],
)
def test_values_that_do_not_fit_the_slots_are_refused(folder: Path, values: dict[str, str]) -> None:
    with pytest.raises(PromptFault, match="differ"):
        load_prompt("update.v3", folder).fill(values)
