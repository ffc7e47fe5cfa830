"""What frames the sentences of notes for an ask or a talk: a sentence or the units of the notes come in; whether it
only announces, titles or explains, and what the manager has asked above an answer, go out.

The patterns stand in framing.yaml.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from chains.deals import Conventions
from chains.reading.layout.units import Unit
from chains.scan import scan
from chains.wordfiles import load

MOST_ANNOUNCED = 9  # words of a sentence that only announces
MOST_TITLE = 14  # words of a first line that only says whom for and when
FIRST_LINES = 3
NEAR = 14  # days to a talk
MOST_HEAD = 7  # words of a question that only heads its answer
_LEAST_ASKED = 2  # quoted questions that make a mail one answered line by line
_VERB = re.compile(
    r"\b(?:is|are|was|were|'s|need|needs|want|wants|has|have|had|will|would|can|could|do|does|did|get|gets|give|"
    r"agreed|told|said|move|take|let|lend|approve)\b",
    re.IGNORECASE,
)
_SOON = re.compile(r"\b(?:today|tonight|tomorrow|tmrw|tmw|tmr|morgen|tonite)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Patterns:
    announces: tuple[tuple[str, re.Pattern[str]], ...]
    conventions: re.Pattern[str]
    titles: tuple[re.Pattern[str], ...]
    headed: tuple[re.Pattern[str], ...]
    asked: tuple[tuple[str, re.Pattern[str]], ...]
    promised: re.Pattern[str]
    spoken_to: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    data = load("chains.reading.talks", "framing.yaml")

    def compiled(rows: Sequence[str]) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(row, re.IGNORECASE) for row in rows)

    return _Patterns(
        tuple((kind, p) for kind, rows in data["announces"].items() for p in compiled(rows)),
        re.compile("|".join(f"(?:{row})" for row in data["conventions"]), re.IGNORECASE),
        compiled(data["titles"]),
        compiled(data["headed"]),
        tuple((kind, re.compile(row, re.IGNORECASE)) for kind, row in data["asked"]),
        re.compile(data["promised"], re.IGNORECASE),
        re.compile(data["spoken_to"], re.IGNORECASE),
    )


def announced(text: str) -> str:
    """Return the kind that a sentence announces for the one after it: "one thing only." -> ask; "" where it is none."""
    bare = text.strip(" .,:;!-–—*_")
    if len(bare.split()) > MOST_ANNOUNCED or "?" in text:
        return ""
    return next((kind for kind, p in _patterns().announces if p.fullmatch(bare)), "")


def heads_answer(text: str) -> str:
    """Return the kind that a rep's own short question heads for what follows: "less? just the two" -> smaller_step."""
    if len(text.split()) > MOST_HEAD or not text.rstrip().endswith("?") or _patterns().spoken_to.search(text):
        return ""
    return asked_for(text)


def asked_for(question: str) -> str:
    """Return the kind of what answers a question about an ask ("how much is it costing?" -> cost), "" for others."""
    return next((kind for kind, p in _patterns().asked if kind != "ask" and p.search(question)), "")


def is_about_notes(text: str) -> bool:
    """Tell whether a sentence is about all figures or about the notes themselves: "all ARR", "draft, don't send"."""
    return _patterns().conventions.match(text.strip()) is not None


def is_title(text: str, line: int, conventions: Conventions) -> bool:
    """Tell whether a sentence of the first lines only says whom the notes are for and when."""
    bare = text.strip(" *_#-–—")
    if line > FIRST_LINES or len(bare.split()) > MOST_TITLE or "?" in bare:
        return False
    if any(p.fullmatch(bare.rstrip(".: ")) for p in _patterns().headed):
        return True
    if _VERB.search(bare):
        return False
    soon = _SOON.search(bare) is not None or any(
        type(m.value) is date and abs(m.value - conventions.as_of) <= timedelta(NEAR) for m in scan(bare, conventions)
    )
    return soon and (any(p.match(bare) for p in _patterns().titles) or len(bare.split()) <= MOST_ANNOUNCED)


def asks_for_promises(text: str) -> bool:
    """Tell whether a question of the other side asks what was promised."""
    return _patterns().promised.search(text) is not None


def asked_above(notes: str, units: Sequence[Unit]) -> Mapping[int, str]:
    """Return the kind of what a unit answers, by its index, in a mail answered below each quoted question."""
    kinds: dict[int, str] = {}
    asked, count = "", 0
    for unit in units:
        text = notes[unit.start : unit.end]
        if unit.first.quoted:
            asked = _asked(text) if "?" in text else ""
            count += "?" in text
        elif asked:
            kinds[unit.index] = asked
    return kinds if count >= _LEAST_ASKED else {}


def _asked(text: str) -> str:
    last = text[: text.rfind("?")]
    last = re.split(r"[.!?]\s", last)[-1]
    return next((kind for kind, p in _patterns().asked if p.search(last)), "")
