"""Prompts as data: a Markdown file comes in, a validated `Prompt` goes out, and its slots are filled in one pass.

A file is named `NAME.vN.md`. It opens with front matter (name, kind, version, placeholders) and has two parts,
`# System` and `# User`; a slot is written `{{name}}`. A change of meaning is a new file with the next number.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
KINDS = ("update", "ask", "feedback")

_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_PARTS = re.compile(r"\A\s*# System\n(.*?)\n# User\n(.*)\Z", re.DOTALL)
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class PromptFault(Exception):
    """Say what is wrong with a prompt file and the way out."""

    def __init__(self, problem: str, way_out: str) -> None:
        super().__init__(f"{problem} {way_out}")
        self.problem = problem
        self.way_out = way_out


@dataclass(frozen=True, slots=True)
class Prompt:
    """Hold one prompt: what the model is told once (`system`) and with each request (`user`)."""

    name: str
    kind: str
    version: int
    placeholders: tuple[str, ...]
    system: str
    user: str
    hash: str  # of the file's bytes

    @property
    def id(self) -> str:
        """Return what a draft records: name, version and hash."""
        return f"{self.name}.v{self.version}@{self.hash}"

    def fill(self, values: Mapping[str, str]) -> tuple[str, str]:
        """Return the system and the user part with every slot filled; raise PromptFault where values do not fit.

        Values go in as they are and are never looked through for slots, so braces in them survive.
        """
        if set(values) != set(self.placeholders):
            odd = sorted(set(values) ^ set(self.placeholders))
            raise PromptFault(
                f"The prompt {self.name}.v{self.version} and its values differ in {', '.join(odd)}.",
                "List under placeholders exactly what the writer hands in.",
            )
        return _filled(self.system, values), _filled(self.user, values)


def load_prompt(id: str, folder: Path = FOLDER) -> Prompt:
    """Load the prompt `NAME.vN` from its file; raise PromptFault where it is missing or not one."""
    path = folder / f"{id}.md"
    try:
        data = path.read_bytes()
        text = data.decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptFault(f"The prompt file {path.name} cannot be read.", "Install Foreword again.") from error
    return _prompt(path.name, text, hashlib.sha256(data).hexdigest()[:12])


def prompt_ids(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the ids of all prompts in `folder`, in the order of their names."""
    return tuple(sorted(p.name.removesuffix(".md") for p in folder.glob("*.md")))


def _prompt(file: str, text: str, digest: str) -> Prompt:
    import yaml

    front = _FRONT.match(text)
    if front is None:
        raise PromptFault(f"{file} has no front matter.", "Open it with --- name, kind, version, placeholders ---.")
    try:
        given = yaml.safe_load(front[1])
    except yaml.YAMLError as error:
        raise PromptFault(f"The front matter of {file} is not YAML.", "Mend it.") from error
    fields = given if isinstance(given, dict) else {}
    if missing := [f for f in ("name", "kind", "version", "placeholders") if f not in fields]:
        raise PromptFault(f"{file} lacks {', '.join(missing)} in its front matter.", "Add what is missing.")
    name, kind, version, slots = (fields[f] for f in ("name", "kind", "version", "placeholders"))
    if kind not in KINDS:
        raise PromptFault(f"{file} is of the unknown kind {kind!r}.", f"Known are: {', '.join(KINDS)}.")
    if file != f"{name}.v{version}.md" or type(version) is not int:
        raise PromptFault(f"{file} says it is {name}.v{version}.", "Name the file after name and version.")
    if not isinstance(slots, list) or not all(isinstance(s, str) and _NAME.fullmatch(s) for s in slots):
        raise PromptFault(f"The placeholders of {file} are not a list of names.", "List them: [plan, notes].")
    parts = _PARTS.match(front[2])
    if parts is None or not parts[1].strip() or not parts[2].strip():
        raise PromptFault(f"{file} lacks a part.", "Give it '# System' and '# User', each with text.")
    used = set(_SLOT.findall(parts[1] + parts[2]))
    if used != set(slots):
        odd = ", ".join(sorted(used ^ set(slots)))
        raise PromptFault(f"{file} names placeholders that do not fit its text: {odd}.", "List exactly those it uses.")
    return Prompt(name, kind, version, tuple(slots), parts[1].strip(), parts[2].strip(), digest)


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: values[slot[1]], template)
