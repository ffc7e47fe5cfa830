"""Settings come from the environment and a file; a wrong value is named in one sentence; the README lists each."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
import yaml

from chains.deals import Conventions
from chains.errors import SettingsError
from chains.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parent.parent


def env(tmp_path: Path, **given: str) -> dict[str, str]:
    path = tmp_path / "foreword.toml"
    if not path.exists():
        path.write_text("")
    return {"FOREWORD_SETTINGS": str(path), "FOREWORD_DATA_FOLDER": str(tmp_path), **given}


def test_without_anything_set_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(env(tmp_path)) == Settings(tmp_path)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "foreword.toml").write_text('currency = "EUR"\ndate_order = "DMY"\nfiscal_year_start = 4\n')
    settings = load_settings(env(tmp_path, FOREWORD_CURRENCY="gbp"))
    assert settings.conventions(date(2026, 3, 13)) == Conventions(date(2026, 3, 13), "GBP", "DMY", 4)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FOREWORD_CURRENCY", "QQQ", "no currency 'QQQ'"),
        ("FOREWORD_DATE_ORDER", "YMD", "date order 'YMD'"),
        ("FOREWORD_FISCAL_YEAR_START", "13", "month '13'"),
        ("FOREWORD_FISCAL_YEAR_START", "²", "month '²'"),
        ("FOREWORD_TIMEOUT", "soon", "timeout 'soon'"),
        ("FOREWORD_SETTINGS", "/nowhere/foreword.toml", "cannot be read"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load_settings({**env(tmp_path), name: value})


@pytest.mark.parametrize("text", ["currency = ", 'colour = "red"'])
def test_a_file_that_is_no_settings_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "foreword.toml").write_text(text)
    with pytest.raises(SettingsError, match=r"foreword\.toml"):
        load_settings(env(tmp_path))


def test_the_key_is_never_shown(tmp_path: Path) -> None:
    settings = load_settings(env(tmp_path, OPENAI_API_KEY="sk-very-secret"))
    assert settings.api_key == "sk-very-secret"
    assert "very-secret" not in repr(settings)


@pytest.mark.parametrize("name", [f.name for f in fields(Settings) if f.name != "api_key"])
def test_the_readme_lists_every_setting(name: str) -> None:
    assert f"`FOREWORD_{name.upper()}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_manager_profile_of_the_readme_loads(tmp_path: Path) -> None:
    shown = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert [set(yaml.safe_load(block)) for block in shown] == [{"name", "listens", "priorities", "asked_by_their_boss"}]
