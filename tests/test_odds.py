"""What is learned from labelled notes: traits and weights go in, the odds of being an account come out."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from chains.reading.odds import learned_odds

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def training() -> Any:
    spec = importlib.util.spec_from_file_location("train_reader", ROOT / "scripts" / "train_reader.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_trait_seen_with_accounts_speaks_for_one_and_the_others_against(training: Any) -> None:
    seen = [training.Example({"priced": 1.0}, True, 1.0, 0.0)] * 20 + [
        training.Example({"a person": 1.0}, False, 1.0, 0.0)
    ] * 20
    bias, weights = training.learned(seen)
    assert weights["priced"] + bias > 1 > -1 > weights["a person"] + bias


def test_a_trait_seen_a_few_times_is_not_learned(training: Any) -> None:
    seen = [training.Example({"priced": 1.0}, True, 1.0, 0.0)] * 20 + [training.Example({"rare": 1.0}, False, 1.0, 0.0)]
    assert set(training.learned(seen)[1]) == {"priced"}


def test_a_part_of_a_longer_name_is_no_example_of_an_account(training: Any) -> None:
    case = {
        "as_of": "2026-05-15",
        "notes": "Ferrous Pipe and Steel 180k commit 5/29\nLater: Ferrous signs on Monday, says Luz Ortega\n",
        "deals": [{"account": "Ferrous Pipe and Steel"}],
    }
    case["as_of"] = training.yaml.safe_load(str(case["as_of"]))
    named = [e.account for e in training.examples(case, 1.0)]
    assert named.count(True) >= 2
    assert False in named


def test_a_trait_that_was_never_learned_says_nothing() -> None:
    odds = learned_odds("chains.reading.accounts", "odds.yaml")
    assert odds.of({"no such trait": 5.0}) == odds.of({}) < 0
    assert odds.of({"told money": 1.0}) > odds.of({})
