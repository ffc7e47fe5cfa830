"""Who says "I": units of a chat or transcript come in, the folded names of the rep's own turns go out."""

import re
from collections.abc import Sequence

SELF = frozenset({"me", "i", "self", "myself", "ich", "moi", "yo", "eu", "mine", "rep"})
_NAMED = (
    re.compile(r"\bI\s*=\s*([^\W\d_][\w.'’-]*)"),
    re.compile(r"\b([^\W\d_][\w.'’-]*(?:\s\d)?)\s*=\s*me\b", re.IGNORECASE),
    re.compile(r"\bI(?:['’]m| am)\s+[\"“']?([A-Z][\w.'’-]*?)[\"”']?(?=[\s.,;)]|$)"),
    re.compile(r"\bme\s*=\s*([^\W\d_][\w.'’-]*(?:\s\d)?)", re.IGNORECASE),
    re.compile(r"\b([^\W\d_][\w.'’-]*(?:\s\d)?)\s*\((?:=\s*)?(?:me|that'?s me|i)\)", re.IGNORECASE),
    re.compile(r"\b([^\W\d_][\w.'’-]*(?:\s\d)?)\s*:\s*me\b(?=\s*(?:$|[,.;\n]))", re.IGNORECASE),
)
_FIGURE = re.compile(r"\d+(?:[.,/]\d+)*")
_FIRST = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|my|me|im|ive)\b", re.IGNORECASE)


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
