"""The words that rules are made of: the name of a YAML file comes in, its plain data goes out, read once."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from chains.errors import PromptError


@cache
def load(package: str, name: str) -> Any:
    """Return the data of a word file, to be read and not changed; raise PromptError naming a file that is broken."""
    try:
        text = (files(package) / name).read_text(encoding="utf-8")
        # the loader in C where PyYAML has it: ten times as fast
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problem = f"{name} cannot be read: {' '.join(str(error).split())}."
        raise PromptError(problem, f"Mend {name}, or install Foreword anew.") from error


def either(words: Iterable[str]) -> str:
    """Return the inside of a pattern that finds any of the words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
