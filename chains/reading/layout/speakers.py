"""Who says "I": units of a chat or transcript come in, the folded names of the rep's own turns go out."""

import re
from collections.abc import Sequence

from chains.reading.layout.units import Unit

SELF = frozenset({"me", "i", "self", "myself", "ich", "moi", "yo", "eu", "mine", "rep"})
_NAMED = (
    re.compile(r"\bI\s*=\s*([^\W\d_][\w.'’-]*)"),
    re.compile(r"\b([^\W\d_][\w.'’-]*(?:\s\d)?)\s*=\s*me\b", re.IGNORECASE),
    re.compile(r"\bI(?:['’]m| am)\s+[\"“']?([A-Z][\w.'’-]*?)[\"”']?(?=[\s.,;)]|$)"),
    re.compile(r"\bme\s*=\s*([^\W\d_][\w.'’-]*(?:\s\d)?)", re.IGNORECASE),
    re.compile(r"\b([^\W\d_][\w.'’-]*(?:\s\d)?)\s*\((?:=\s*)?(?:me|that'?s me|i)\)", re.IGNORECASE),
    re.compile(r"\b([^\W\d_][\w.'’-]*(?:\s\d)?)\s*:\s*me\b(?=\s*(?:$|[,.;\n]))", re.IGNORECASE),
)
_LEAST_TURNS = 3
_FIGURE = re.compile(r"\d+(?:[.,/]\d+)*")
_FIRST = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|my|me|im|ive)\b", re.IGNORECASE)


def reps_of(notes: str, units: Sequence[Unit]) -> frozenset[str]:
    """Return the folded names of the speakers who are the rep; in questions and answers the one who answers."""
    turns = [(u.first.speaker, notes[u.start : u.end]) for u in units if u.first.speaker]
    speaking = {who.casefold() for who, _ in turns}
    if speaking in ({"q", "a"}, {"question", "answer"}):
        return frozenset({"a", "answer"} & speaking)
    return rep_names(notes, turns)


def strangers_in(units: Sequence[Unit], reps: frozenset[str]) -> frozenset[int]:
    """Return the units that somebody else than the rep says."""
    return frozenset(u.index for u in units if u.first.speaker and u.first.speaker.casefold() not in reps)


def is_dialogue(units: Sequence[Unit]) -> bool:
    """Tell whether the notes are a talk: somebody speaks at least three times."""
    return sum(1 for u in units if u.first.speaker) >= _LEAST_TURNS


def rep_names(notes: str, turns: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Return the speakers (folded) whose "I" is the rep; `turns` are (speaker, text). Empty where nobody speaks."""
    speaking = {who.casefold() for who, _ in turns if who}
    if not speaking:
        return frozenset()
    if own := speaking & SELF:
        return frozenset(own)
    for pattern in _NAMED:
        for match in pattern.finditer(notes[:2000]):
            if match[1].casefold() in speaking:
                return frozenset({match[1].casefold()})
    # the one who speaks of themselves and gives figures most, counted over all their turns; who asks is somebody else
    firsts: dict[str, int] = {}
    for who, text in turns:
        if who:
            figures = 0 if text.rstrip().endswith("?") else len(_FIGURE.findall(text))
            firsts[who.casefold()] = firsts.get(who.casefold(), 0) + len(_FIRST.findall(text)) + figures
    most = max(firsts, key=lambda w: firsts[w])
    return frozenset({most})
