"""Words and typed tokens: notes with their conventions come in, a `Stream` of `Token`s in their order goes out.

A token's `low` is what the cue patterns compare: folded, shorthand spelled out, contractions split. Its offsets are
always those of the notes as pasted.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from chains.deals import Conventions, Money
from chains.periods import Period, find_dates
from chains.reading.lexicon import spellings, wordlists
from chains.scan import Count, Duration, Mention, Percent, scan

ABBREVIATIONS = frozenset(
    (
        "dr mr mrs ms prof eng gebr fa soc cia dott sig engr ing pn tn bpk sdr dipl ir atty capt hr fr st inc "
        "ltd corp co llc no nr approx vs etc jr sr dept est ca bzw mio mrd sen abs tel u.a z.b orig prev incl "
        "excl appt mgr asst mtg rev resp dir dist assn assoc univ mfg intl natl hosp svcs"
    ).split()
)
_TOKEN = re.compile(
    r"""
    (?:[A-Za-z]\.){2,}                                  # initials: J.B.
  | (?<![\w'’])(?:c\ [feoti]\ o|v\ p|p\ o|m\ s\ a|p\ o\ c|d\ p\ a|s\ o\ w|s\ e|c\ s\ m|e\ b|r\ f\ p|n\ d\ a)(?![\w'’])
  | [wW]/(?:o(?:ut)?\b)?                                # w/, w/o, w/out
  | [bB]/c\b | [nN]/[sSaA]\b
  | [^\W_]+(?:['’`][^\W_]+)*                            # words, with their apostrophes
  | ->|=>|>>|→|⇒|\.{2,}|…|--+|~~|\*\*|[^\w\s]|_
    """,
    re.VERBOSE,
)
_SPLIT = {  # how a contraction written without its apostrophe is read; the number is where it parts
    "thats": (4, "that", "is"), "whats": (4, "what", "is"), "hes": (2, "he", "is"), "shes": (3, "she", "is"),
    "theres": (5, "there", "is"), "theyre": (4, "they", "are"), "youre": (3, "you", "are"), "im": (1, "i", "am"),
    "ive": (1, "i", "have"), "weve": (2, "we", "have"), "theyve": (4, "they", "have"), "theyll": (4, "they", "will"),
    "itll": (2, "it", "will"), "youll": (3, "you", "will"), "cant": (2, "can", "not"), "wont": (2, "will", "not"),
    "shant": (3, "shall", "not"), "cannot": (3, "can", "not"), "aint": (2, "is", "not"), "gonna": (3, "going", "to"),
    "wanna": (3, "want", "to"), "gotta": (3, "got", "to"), "dunno": (2, "not", "know"),
}  # fmt: skip
_NEGATED = {
    "dont", "doesnt", "didnt", "isnt", "wasnt", "arent", "werent", "hasnt", "havent", "hadnt", "wouldnt", "couldnt",
    "shouldnt", "mustnt", "neednt",
}  # fmt: skip
_PARTED = frozenset((*_SPLIT, *_NEGATED))
_TAILS = {"s": "s", "re": "are", "ll": "will", "ve": "have", "d": "would", "m": "am"}
_SUBJECTS = frozenset("it he she that there who what where here this everything nothing one all".split())
_CUE = re.compile(
    r"(?:clos(?:e|es|ing|ed)|lands?|signs?|signed|due|cd|ecd)\s+(?:(?:in|by|on|at|around|end of)\s+(?=\S))?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?<![\w.,$€£-])(?<!\d/)(\d{1,2})([-./])(\d{1,2})(?![\d%]|/\d|[.,]\d|-\d)")
_LED = re.compile(
    r"(?:\b(?:clos(?:e|es|ing|ed)|cd|ecd|by|on|until|till|til|due|now|was|from|to|date|lands?|signs?|signed|since|for|moved|pushed|slipped)"
    r"(?:\s+(?:date|is|to|on|by|for|now))?\s*[:=]?|->|→|/|,|\(|[–—])\s*$",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(?:is|am|le|el)\s+$", re.IGNORECASE)
_CLOSED = re.compile(r"\s*(?:[,.;:)/|\]]|$|->|→|and\b|but\b|now\b|was\b|not\b|\()", re.MULTILINE)
_MONTH = re.compile(
    r"(?:\b(?:maybe|probably|likely|perhaps|around|prob)|[,/|;–—-])\s+(March|April|May|June|August)\b"
    r"(?=\s*(?:[,.;)/|?!]|$))",
    re.MULTILINE,
)
_HABIT = re.compile(  # these can be nothing but days: 31.7., on Fri 4.12
    r"(?<![\w.,])(?:3[01]|[12]?\d)\.(?:1[0-2]|0?[1-9])\.(?=[\s,;:)]|$|2\d)"
    r"|\b(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|mo|di|mi|do|fr)[a-z]*\.?,?\s+\d{1,2}\.\d{1,2}\b"
    r"|\b(?:clos(?:e|es|ing)|until|till|since|was|is now|now|is)\s+\d{1,2}\.(?:1[0-2]|0[1-9])(?!\d)"
    r"(?!\s*(?:[%€$£\d]|(?:per|k|m|mio|each|eur|usd|x|pro)\b))",
    re.IGNORECASE,
)
_NO_DAY = re.compile(r"(?:[$€£₹¥]|\b(?:[A-Z]{3}|R|Rs|kr|at|um|kl|v|ver|version|x|per|about|ca|approx)\.?)\s*$")
_UNIT = re.compile(
    r"\s*(?:[-–]\s*\d|[%€$£x×]|(?:k|m|mn|mio|mill|million|bn|mrd|l|lakh|cr|crore|h|hrs?|hours?|uhr|am|pm|kg|t|tons?|km|sqm|"
    r"points?|pts|pct|percent|of|stars?|[A-Z]{3})\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\.(?= [a-z,(])")
_ON_THE = re.compile(r"\b(?:on|by|until|till|since|before|both|from) the $", re.IGNORECASE)
_PLAIN_NEXT = re.compile(r"\s*(?:[,.;:!?)]|$|and\b|or\b|-)", re.IGNORECASE | re.MULTILINE)
_APOSTROPHE = re.compile(r"['’`]")


class Token(NamedTuple):
    """Hold one word, mark or typed value at `notes[start:end]`; kind is word, mark, money, date, ..."""

    start: int
    end: int
    kind: str
    low: str
    text: str
    value: Any = None
    bare: bool = False
    per: str = ""  # what a price is for: seat, day

    @property
    def capital(self) -> bool:
        """Tell whether the token opens with a capital letter or a digit glued to one."""
        head = self.text[:1]
        return head.isupper() or (head.isdigit() and any(c.isalpha() for c in self.text) and self.kind == "word")


@dataclass(frozen=True, slots=True)
class Stream:
    """Hold all tokens of the notes, with a way from an offset to the token that stands there."""

    notes: str
    tokens: tuple[Token, ...]
    starts: Sequence[int] = field(repr=False, default=())

    def at(self, offset: int) -> int:
        """Return the index of the first token that starts at or after `offset`."""
        return bisect_left(self.starts, offset)

    def within(self, start: int, end: int) -> range:
        """Return the indices of the tokens that start in `notes[start:end]`."""
        return range(self.at(start), self.at(end))

    def text(self, first: int, last: int) -> str:
        """Return the notes from token `first` up to and without token `last`."""
        if first >= last:
            return ""
        return self.notes[self.tokens[first].start : self.tokens[last - 1].end]


def tokenize(notes: str, conventions: Conventions, skipped: Sequence[tuple[int, int]] = ()) -> Stream:
    """Cut the notes into tokens; figures, dates and durations that `scan` finds are one token each.

    What stands in the `skipped` ranges (in order, without overlap) gives none.
    """
    pasted, notes = notes, _without(notes, skipped)
    tokens: list[Token] = []
    position = 0
    for mention in _with_short_dates(notes, conventions):
        start, end = mention.start, mention.end
        if start < position:
            continue
        if _kind(mention.value) == "date" and (cue := _CUE.match(notes, start, end)):
            start = cue.end()  # "close in May": the first word says what the date is of
        kind = _kind(mention.value)
        if kind == "count":  # what is counted stays a word of its own
            head = _TOKEN.match(notes, start)
            text = notes[start:end]
            if " " in text and isinstance(mention.value, Count) and mention.value.unit:
                end = start + text.rindex(" ")
            elif " " in text and text[0].isdigit():
                end = start + text.index(" ")
            elif head and text[0].isdigit() and head.end() > end:
                continue  # glued to letters: 2nd, 3Pillar
        tokens.extend(_words(notes, position, start))
        if kind == "count" and (day := _day_of_month(notes, start, end, mention.value, conventions)):
            tokens.extend(_words(notes, position, start))
            tokens.append(Token(start, end, "date", "<date>", notes[start:end], day, True))
            position = end
            continue
        value = mention.value
        if isinstance(value, Money) and _one_off(notes, start, end):
            end -= 4
            value = replace(value, amount=value.amount - 1)
        low = "<net>" if kind == "duration" and notes[start : start + 3].casefold() == "net" else f"<{kind}>"
        tokens.append(Token(start, end, kind, low, notes[start:end], value, mention.bare, mention.per))
        position = end
    tokens.extend(_words(notes, position, len(notes)))
    return Stream(pasted, tuple(tokens), [t.start for t in tokens])


def _one_off(notes: str, start: int, end: int) -> bool:
    """Tell whether the last word of a spoken amount belongs to what follows: ninety thousand one off."""
    return notes[end - 4 : end].casefold() == " one" and _OFF.match(notes, end) is not None


_OFF = re.compile(r"[ -](?:off|time|shot)\b", re.IGNORECASE)


def _without(notes: str, skipped: Sequence[tuple[int, int]]) -> str:
    """Return the notes with blanks in place of the skipped ranges, line breaks kept, so that offsets stay true."""
    if not skipped:
        return notes
    parts: list[str] = []
    position = 0
    for start, end in skipped:
        parts += [notes[position:start], f"\n{' ' * (end - start - 2)}\n"[: end - start]]
        position = end
    return "".join([*parts, notes[position:]])


def _with_short_dates(notes: str, conventions: Conventions) -> list[Mention]:
    """Return the mentions of `scan`, with dates that are written like a number: 3-31, 31.3, 3/31ish."""
    short: list[Mention] = []
    scanned = scan(notes, conventions)
    days = {m.start for m in scanned if isinstance(m.value, (date, Period))}
    pointed = conventions.date_order == "DMY" and _HABIT.search(notes) is not None
    for match in _SHORT.finditer(notes):
        first, second = int(match[1]), int(match[3])
        month, day = (first, second) if conventions.date_order == "MDY" else (second, first)
        if not (1 <= month <= 12 and 1 <= day <= 31) or (match[2] == "." and conventions.date_order == "MDY"):
            continue
        glued = notes[match.end() : match.end() + 3].casefold() == "ish"
        led = _LED.search(notes, max(0, match.start() - 14), match.start())
        if led is None and len(match[1]) == len(match[3]) == 2 and match[2] != "-":
            led = _IS.search(notes, max(0, match.start() - 4), match.start())  # "was 25.09, is 16.10 now"
        plain = led is None or _CLOSED.match(notes, match.end()) is None or match[2] == "/"
        pointed_day = pointed and match[2] == "." and match.start() not in days and _dated_so(notes, match)
        if not glued and plain and not pointed_day:
            continue
        found = find_dates(f"{first}/{second}", conventions)
        if found:
            goes_on = plain and _GOES_ON.match(notes, match.end())
            short.append(Mention(match.start(), match.end() + bool(goes_on), found[0].day))
    for match in _MONTH.finditer(notes):
        found = find_dates(f"in {match[1]}", conventions)
        if found and found[0].period is not None:
            short.append(Mention(match.start(1), match.end(1), found[0].period))
    short.sort(key=lambda m: m.start)
    if not short:
        return list(scanned)
    taken = sorted({i for m in short for i in (m.start, m.end - 1)})
    kept = (
        [m for m in scanned if bisect_left(taken, m.start) == bisect_left(taken, m.end)]
        if len(short) < 5000
        else list(scanned)
    )
    return sorted([*kept, *short], key=lambda m: m.start)


def _dated_so(notes: str, match: re.Match[str]) -> bool:
    """Tell whether notes that write days with a point do so here: no time, version, price or measure around it."""
    if len(match[3]) < 2 and notes[match.end() : match.end() + 1] != ".":
        return False
    near = notes[max(0, match.start() - 8) : match.start()]
    return not (_NO_DAY.search(near) or _UNIT.match(notes, match.end()))


def _day_of_month(notes: str, start: int, end: int, count: Any, conventions: Conventions) -> date | None:
    """Return the day that a plain number behind "on the" means: counts them on the 24."""
    if (
        not notes[start:end].isdigit()
        or not 1 <= int(notes[start:end]) <= 31
        or not _ON_THE.search(notes, max(0, start - 12), start)
    ):
        return None
    if _PLAIN_NEXT.match(notes, end) is None:
        return None
    found = find_dates(f"the {notes[start:end]}th", conventions)
    return found[-1].day if found else None


def fold(text: str) -> str:
    """Return a word as the patterns compare it: folded, without apostrophes."""
    return (text if text.isalnum() else _APOSTROPHE.sub("", text)).casefold()


def _kind(value: object) -> str:
    if isinstance(value, Money):
        return "money"
    if isinstance(value, Percent):
        return "percent"
    if isinstance(value, Duration):
        return "duration"
    if isinstance(value, Count):
        return "count"
    if isinstance(value, Period):
        return "date"
    return "date" if isinstance(value, date) else "word"


def _words(notes: str, position: int, stop: int) -> list[Token]:
    found: list[Token] = []
    spelled = spellings()
    names = wordlists()["first_names"]  # Ty is a name, ty is thanks
    for match in _TOKEN.finditer(notes, position, stop):
        start, end = match.span()
        text = match.group()
        first = text[0]
        if text == "&":
            found.append(Token(start, end, "word", "and", text))
            continue
        if not first.isalnum():
            found.append(Token(start, end, "mark", text, text))
            continue
        low = fold(text)
        if text.isalnum() and low not in _PARTED:
            low = low if first.isupper() and low in names else spelled.get(low, low)
            found.append(Token(start, end, "word", low, text))
            continue
        tail = _APOSTROPHE.search(text)
        if low in _NEGATED or (tail and low.endswith("nt") and low[:-2] in ("do", "does", "did", "is", "was", "are")):
            cut = start + len(text) - (3 if tail else 2)
            found.append(Token(start, cut, "word", fold(notes[start:cut]), notes[start:cut]))
            found.append(Token(cut, end, "word", "not", notes[cut:end]))
        elif low in _SPLIT:
            length, left, right = _SPLIT[low]
            cut = min(start + length, end - 1)
            found.append(Token(start, cut, "word", left, notes[start:cut]))
            found.append(Token(cut, end, "word", right, notes[cut:end]))
        elif tail and fold(text[tail.start() :]) in _TAILS:
            cut = start + tail.start()
            head = fold(notes[start:cut])
            found.append(Token(start, cut, "word", spelled.get(head, head), notes[start:cut]))
            tail_low = _TAILS[fold(text[tail.start() :])]
            if tail_low == "s" and found[-1].low in _SUBJECTS:
                tail_low = "is"
            found.append(Token(cut, end, "word", tail_low, notes[cut:end]))
        else:
            low = low.replace(" ", "")  # letters one by one, as speech is written down: c f o
            low = low.rstrip(".") if len(low) > 2 or low.count(".") else low
            found.append(
                Token(start, end, "word", low if text[0].isupper() and low in names else spelled.get(low, low), text)
            )
    return found
