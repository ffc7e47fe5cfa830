"""Days that open the entries of a diary: lines of notes come in; where the text behind a day starts goes out, and which
lines are nothing but a day.

"Mon: call with Globex", "11/9 Mon - Quarry Hotel", "Tuesday" on a line of its own. A date without its weekday opens a
list of deals by their close as often, so that it is left where it is.
"""

import re
from collections.abc import Sequence
from functools import cache

from chains.figures.tokens import meaning, pattern

_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo"
    r"|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    r"|segunda|ter[cç]a|quarta|quinta|sexta)(?:-feira)?\.?"
)
_SHORT = r"(?:Mo|Di|Mi|Do|Fr|Sa|So|lu|ma|me|je|ve|sa|di|lun|mar|mi[eé]|jue|vie|s[aá]b|dom)\.?"
_MARGIN = re.compile(r"[\s#*•_=\-–—]*")
_LEAST = 2  # days that make a diary


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what opens a line with a day and what is a line that is nothing but a day."""
    month = rf"{pattern('months')}\b\.?"
    date = (
        rf"(?:\d{{1,2}}[./-]\d{{1,2}}(?:[./-]\d{{2,4}})?\.?"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{month}|{month}\s+\d{{1,2}}(?:st|nd|rd|th)?)"
    )
    day = (
        rf"(?:{_WEEKDAY}(?:,?\s+(?:the\s+)?(?:{date}|\d{{1,2}}(?:st|nd|rd|th)?))?|{date},?\s+{_WEEKDAY})"
        r"(?:\s+(?:am|pm|morning|afternoon|evening|night|late|early))?"
    )
    opens = (
        rf"\s*(?:[-*•]\s+)?\**(?:{day}\**(?:\s*:\**|\s+[-–—|]+|[–—])|(?:{_WEEKDAY}|{_SHORT}),?\s+{date}\**:?)\s+(?=\S)"
    )
    alone = rf"\s*[#*_=\-–—\s]*{day}[*_=:\-–—\s]*(?:\([^)]{{1,20}}\))?\s*"
    return re.compile(opens, re.IGNORECASE), re.compile(alone, re.IGNORECASE)


@cache
def _heads() -> frozenset[str]:
    """Return the first two letters of all weekdays and months."""
    days = (
        "mo tu we th fr sa su di mi do so lu ma me je ve ju vi sá wo vr za zo se te qu"  # the months come with theirs
    ).split()
    return frozenset(days) | {month[:2].casefold() for month in meaning("months")}


def entries(notes: str, raw: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Return the lines (counted from 1) that open with a day, each with where the text behind it starts.

    A line that is nothing but a day starts behind its end. Empty where the notes are no diary.
    """
    opens, alone = _patterns()
    heads = _heads()
    found: dict[int, int] = {}
    for number, (start, end) in enumerate(raw, 1):
        if not start < end <= start + 4000:
            continue
        margin = _MARGIN.match(notes, start, end)
        head = margin.end() if margin else start
        if not notes[head : head + 1].isdecimal() and notes[head : head + 2].casefold() not in heads:
            continue  # no day opens like that
        opened = opens.match(notes, start, end)
        if opened:
            found[number] = opened.end()
        elif end - start <= 50 and alone.fullmatch(notes, start, end):
            found[number] = end + 1
    return found if len(found) >= _LEAST else {}


def is_weekday(words: str) -> bool:
    """Tell whether words are a weekday, which opens an entry and speaks for nobody."""
    return re.fullmatch(_WEEKDAY, words, re.IGNORECASE) is not None
