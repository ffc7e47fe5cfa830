"""What was pasted: the lines of the notes come in; who speaks where names stand on lines of their own, and the signs of
a bullet journal, go out.

Teams and Slack copy a message as a name, a time and the text, each on its line; some pastes lose the times.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from chains.reading.lexicon import wordlists

_NAME = re.compile(
    r"\s*(?P<who>[^\W\d_][\w.'’-]{0,20}(?: [^\W\d_][\w.'’-]{0,20}){0,3})(?: ?\([^)\d]{1,24}\))?(?: APP| BOT)?\s*:?\s*$"
)
_CLOCK = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?\s?m\.?)?"
_DAYS = (
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|today|yesterday|at|um|uhr|le|el|as|alle|kl|om|gestern|heute|hier|ayer|hoy"
    r"|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)|(?:mo|di|mi|do|fr|sa|so)\.?"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo"
    r"|segunda|ter[cç]a|quarta|quinta|sexta|ontem|hoje|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|january|february|march|april|june|july|august|september|october|november|december|st|nd|rd|th|edited|of|on"
)
_WHEN = rf"[\[(]?(?:(?:{_DAYS}|\d{{1,4}})\b[\s.,/–—-]*){{0,7}}{_CLOCK}[\])]?"
_STAMP = re.compile(rf"\s*{_WHEN}(?:\s*\(?edited\)?)?\s*$", re.I)
_NAME_STAMP = re.compile(
    rf"\s*[*_]{{0,2}}(?P<who>[^\W\d_][\w.'’-]{{0,20}}(?: [^\W\d_][\w.'’-]{{0,20}}){{0,2}}?)[*_]{{0,2}}"
    r"(?: ?\([^)\d]{1,24}\))?(?: APP)?"
    rf"(?:\s*[,–—|-]\s*|\s+){_WHEN}\s*:?\s*$",
    re.I,
)
_STAMP_NAME = re.compile(
    rf"\s*{_WHEN}\s*[,–—|-]?\s+(?P<who>[^\W\d_][\w.'’-]{{0,20}}"
    r"(?: [^\W\d_][\w.'’-]{0,20}){0,2})(?: ?\([^)\d]{1,24}\))?\s*:?\s*$",
    re.I,
)
_SIGN = re.compile(r"\s*(?P<sign>[xX><!o.•*+~/?@^–-])[ \t]+(?=\S)")
_TELLING = frozenset("x><!o./?~@^")
_WROTE = re.compile(r"\b(?:wrote|writes|asked|schrieb|écrit|escribió|escreveu|scritto)\b[^:]{0,40}:$", re.IGNORECASE)
_MAIL = re.compile(
    r"^(?:from|to|cc|sent|date|subject|re|von|an|gesendet|betreff|de|para|asunto|objet)\s*:"
    r"|(?:wrote|schrieb|a écrit|escribió)\b|^(?:hi|hello|dear|hallo|hola|bonjour)\b",
    re.IGNORECASE,
)
_ARROW = re.compile(r"\s*(?P<sign>>(?:[ \t]?>)*)[ \t]*(?=\S)")
_HEADING = 6  # words of a line between the items that still is a heading
_LONGEST = 90  # letters of a line that only says who speaks and when
_LEAST_TURNS, _LEAST_SIGNS = 2, 3


def turns_alone(notes: str, raw: Sequence[tuple[int, int]]) -> dict[int, str]:
    """Return the lines (counted from 1) that only say who speaks or when, each with the speaker they announce."""
    found: dict[int, str] = {}
    texts = [notes[start:end] for start, end in raw]
    filled = [i for i, text in enumerate(texts) if text.strip()]
    for place, i in enumerate(filled):
        if len(texts[i]) > _LONGEST:
            continue
        following = filled[place + 1] if place + 1 < len(filled) else None
        name = _NAME.match(texts[i])
        if name and _speaks(name["who"]) and following == i + 1 and _STAMP.match(texts[i + 1]):
            found[i + 1] = found[i + 2] = name["who"]
            continue
        if i + 1 in found or following is None:
            continue
        both = _NAME_STAMP.match(texts[i]) or _STAMP_NAME.match(texts[i])
        if both and _speaks(both["who"]):
            found[i + 1] = both["who"]
    if len(found) >= _LEAST_TURNS:
        return found
    return _untimed(texts, filled)


def _untimed(texts: Sequence[str], filled: Sequence[int]) -> dict[int, str]:
    """Find names that stand alone on their lines again and again, people among them."""
    alone: dict[str, list[int]] = {}
    for place, i in enumerate(filled):
        name = _NAME.match(texts[i]) if len(texts[i]) <= _LONGEST else None
        last = place + 1 == len(filled)
        if name and not last and filled[place + 1] == i + 1 and _speaks(name["who"]) and name["who"][:1].isupper():
            alone.setdefault(name["who"], []).append(i + 1)
    again = {who: lines for who, lines in alone.items() if len(lines) >= _LEAST_TURNS}
    people = [w for w in again if w.split()[0].casefold() in wordlists()["first_names"]]
    if len(again) < _LEAST_TURNS or not people:
        return {}
    return {line: who for who, lines in again.items() for line in lines}


def _speaks(who: str) -> bool:
    """Tell whether words can be a speaker's name and no heading or field."""
    words = wordlists()
    lows = [w.strip(".").casefold() for w in who.split()]
    return not any(w in words["labels"] or w in words["sections"] or w in words["fields"] for w in lows)


def journal_signs(notes: str, raw: Sequence[tuple[int, int]]) -> bool:
    """Tell whether the lines open with the signs of a bullet journal: x done, > moved on, o event, ! matters."""
    signs: dict[str, int] = {}
    filled = 0
    for start, end in raw:
        if start == end or not notes[start:end].strip():
            continue
        filled += 1
        sign = _SIGN.match(notes, start, end)
        if sign:
            signs[sign["sign"].casefold()] = signs.get(sign["sign"].casefold(), 0) + 1
    telling = [s for s in signs if s in _TELLING]
    ticked = "x" in signs and "-" in signs  # what is done beside what is open
    return (len(telling) >= _LEAST_TURNS or ticked) and sum(signs.values()) >= max(_LEAST_SIGNS, filled / 2)


def arrow_lines(notes: str, raw: Sequence[tuple[int, int]]) -> bool:
    """Tell whether > opens the items of a list and quotes no mail: no headers, and nothing but headings between."""
    marked = bare = 0
    for start, end in raw:
        text = notes[start:end].strip()
        if not text:
            continue
        if _MAIL.search(text) or _WROTE.search(text):
            return False
        if text.startswith(">"):
            marked += 1
        elif marked and notes[start].isspace():
            continue  # what stands indented under an item belongs to it
        elif (marked and len(text.split()) > _HEADING) or text.endswith("?"):
            return False
        else:
            bare += 1
    return marked >= _LEAST_SIGNS and marked > bare


def hung_arrows(notes: str, raw: Sequence[tuple[int, int]]) -> bool:
    """Tell whether > opens items that hang below other lines: all set in deeper than the rest, and no mail above."""
    marked: list[int] = []
    bare: list[int] = []
    for start, end in raw:
        text = notes[start:end]
        if not text.strip():
            continue
        if _MAIL.search(text.strip()):
            return False
        (marked if text.lstrip().startswith(">") else bare).append(len(text) - len(text.lstrip()))
    return len(marked) > 1 and bool(bare) and min(marked) > min(bare)


_MARKS = re.compile(r"[ \t]*((?:>[ \t]?)+)")
_LEAST_CHANGES = 2  # times that questions and answers follow each other


def answer_depth(notes: str, raw: Sequence[tuple[int, int]]) -> int:
    """Return how many > open the rep's own answers, where both sides of a mail are quoted; 0 where they are not.

    The lines of one depth ask, those of the other answer right below.
    """
    lines: list[tuple[int, str]] = []
    for start, end in raw:
        mark = _MARKS.match(notes, start, end)
        if notes[start:end].strip():
            lines.append((mark[1].count(">") if mark else 0, notes[mark.end() if mark else start : end]))
    depths = {depth for depth, _ in lines if depth}
    if len(depths) != 2:
        return 0
    changes = sum(1 for (a, _), (b, _) in pairwise(lines) if a and b and a != b)
    asking = {d: [text.rstrip().endswith("?") for depth, text in lines if depth == d] for d in depths}
    shares = sorted((sum(asks) / len(asks), d) for d, asks in asking.items())
    if changes < 2 * _LEAST_CHANGES - 1 or shares[1][0] < 0.5 or shares[0][0] * 2 > shares[1][0]:
        return 0
    return shares[0][1]


def sign_at(notes: str, at: int, end: int, *, arrows: bool = False) -> tuple[str, int] | None:
    """Return the sign that opens a line of a journal, or of a list with arrows, and where its text starts, or None."""
    sign = (_ARROW if arrows else _SIGN).match(notes, at, end)
    return None if sign is None else (sign["sign"].casefold(), sign.end())
