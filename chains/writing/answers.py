"""What a model wrote: its raw answer comes in piece by piece, text to show and the blocks of a draft go out.

Thinking aloud, code fences, markup and characters that do not show are taken off; the words stay as they are.
"""

import re
from dataclasses import dataclass
from typing import Literal

from chains.writing.told import visible

_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning)>.*?</\1>\s*", re.DOTALL | re.IGNORECASE)
_OPEN_THOUGHT = re.compile(r"<(?:think|thinking|thought|reasoning)>.*\Z", re.DOTALL | re.IGNORECASE)
# some servers put the opening tag into the template and send only the closing one
_LOOSE_END = re.compile(r"\A.*?</(?:think|thinking|thought|reasoning)>\s*", re.DOTALL | re.IGNORECASE)
_HALF_TAG = re.compile(r"<[a-z/]{0,11}\Z", re.IGNORECASE)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[\w-]*[ \t]*(?:\n|\Z)", re.MULTILINE)
_HALF_FENCE = re.compile(r"(?:^|\n)[ \t]*(?:`{1,2}|~{1,2}|(?:```|~~~)[\w-]*)\Z")

_BULLET = re.compile(r"^\s*(?:[-*•–]|(\d{1,2})[.)])\s+")
_HEADING = re.compile(r"^\s*(?:#{1,6}\s+(.+?)\s*#*|\*\*(.+?)\*\*:?|__(.+?)__:?)\s*$")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])|`([^`\n]+)`")
_STOP = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W_])")
_SHORT = re.compile(
    r"(?:^|[\s(\"'“])(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Hr|Fr|Inc|Ltd|Co|Corp|Bros|No|Nr|vs|approx|ca|est|incl|excl|e\.g|i\.e|etc|"
    r"a\.m|p\.m|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun|[A-Z])\.\Z"
)
_DAY = re.compile(r"(?:^|\s)\d{1,2}\.\Z")
_MONTH = re.compile(r"Jan|Feb|M[aä]r|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz]")


@dataclass(frozen=True, slots=True)
class Block:
    """Hold a paragraph or a list as it was written: one item a sentence or bullet."""

    items: tuple[str, ...]
    layout: Literal["prose", "bullets"] = "prose"
    heading: str = ""


class Answer:
    """Gather an answer while it comes in."""

    def __init__(self) -> None:
        self._raw: list[str] = []
        self._length = 0
        self._shown = ""
        self._thinking = False

    @property
    def length(self) -> int:
        """Return how many characters came in, thinking and markup included."""
        return self._length

    def add(self, piece: str) -> str:
        """Take in a piece and return what can be shown more than before; often nothing while the model thinks."""
        self._raw.append(piece)
        self._length += len(piece)
        if self._thinking and ">" not in piece:
            return ""
        raw = "".join(self._raw)
        text = shown(raw)
        self._thinking = _OPEN_THOUGHT.search(_THOUGHT.sub("", raw)) is not None
        if not text.startswith(self._shown):
            return ""  # what was shown turned out to be no text; the draft at the end has it right
        more = text[len(self._shown) :]
        self._shown = text
        return more

    def text(self) -> str:
        """Return the whole text, cleaned."""
        return shown("".join(self._raw), done=True)


def shown(raw: str, done: bool = False) -> str:
    """Return the text in `raw` that is meant to be read; while it still comes in, a half tag is held back."""
    text = _THOUGHT.sub("", raw)
    text = _LOOSE_END.sub("", text, count=1)
    text = _OPEN_THOUGHT.sub("", text)
    if not done:
        text = _HALF_FENCE.sub("", _HALF_TAG.sub("", text))
    text = visible(_FENCE.sub("", text.replace("\r\n", "\n"))).lstrip()
    return text.rstrip() if done else text


def blocks(text: str) -> tuple[Block, ...]:
    """Return the paragraphs and lists of a text, headings with what they stand over."""
    found: list[Block] = []
    heading = ""
    for kind, lines in _runs(text):
        if kind == "heading":
            heading = _plain(lines[0])
            continue
        if kind == "bullets":
            items = tuple(t for t in (_plain(line) for line in lines) if t)
        else:
            items = sentences(_plain(" ".join(lines)))
        if items:
            found.append(Block(items, "bullets" if kind == "bullets" else "prose", heading))
            heading = ""
    return tuple(found)


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a paragraph; joined by spaces they are the paragraph again."""
    text = " ".join(text.split())
    found: list[str] = []
    start = 0
    for stop in _STOP.finditer(text):
        before, after = text[start : stop.end()].rstrip(), text[stop.end() :]
        if _SHORT.search(before) or (_DAY.search(before) and _MONTH.match(after)):
            continue
        found.append(text[start : stop.end()].rstrip())
        start = stop.end()
    found.append(text[start:])
    return tuple(f for f in found if f)


def _runs(text: str) -> list[tuple[str, list[str]]]:
    """Return the lines of a text in runs of one kind: heading, bullets (one entry each), prose."""
    runs: list[tuple[str, list[str]]] = []
    gap = True
    for line in text.split("\n"):
        if not line.strip():
            gap = True
            continue
        if heading := _HEADING.match(line):
            runs.append(("heading", [next(g for g in heading.groups() if g)]))
        elif (bullet := _BULLET.match(line)) and _opens(bullet[1], runs):
            if runs and runs[-1][0] == "bullets":
                runs[-1][1].append(line[bullet.end() :])
            else:
                runs.append(("bullets", [line[bullet.end() :]]))
        elif runs and runs[-1][0] == "bullets" and not gap and line[:1].isspace():
            runs[-1][1][-1] += f" {line.strip()}"
        elif runs and runs[-1][0] == "prose" and not gap:
            runs[-1][1].append(line)
        else:
            runs.append(("prose", [line]))
        gap = False
    return runs


def _opens(number: str | None, runs: list[tuple[str, list[str]]]) -> bool:
    # "30. September" opens a sentence, not the thirtieth point
    return number in (None, "1") or (bool(runs) and runs[-1][0] == "bullets" and int(number) == len(runs[-1][1]) + 1)


def _plain(text: str) -> str:
    return " ".join(_EMPHASIS.sub(lambda m: m[2] or m[3] or m[4], text).split())
