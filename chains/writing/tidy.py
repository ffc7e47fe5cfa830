"""Clauses of notes made fit to forward: a rep's shorthand comes in, the same words written out go out.

Nothing is added and no fact is changed: short forms are spelled out, dates take one form, marks that steer the note
go. What the short forms are stands in tidy.yaml.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from chains.deals import Book, Conventions
from chains.wordfiles import either, load
from chains.writing.days import MONTHS, WEEKDAYS, Days
from chains.writing.names import capitalised

_DAY_NAMES = {
    "mon": 0, "monday": 0, "mo": 0, "tue": 1, "tues": 1, "tuesday": 1, "wed": 2, "weds": 2, "wednesday": 2, "thu": 3,
    "thur": 3, "thurs": 3, "thursday": 3, "fri": 4, "friday": 4, "sat": 5, "saturday": 5, "sun": 6, "sunday": 6,
}  # fmt: skip
_MONTH_NAMES = {m.lower(): i + 1 for i, m in enumerate(MONTHS)} | {m[:3].lower(): i + 1 for i, m in enumerate(MONTHS)}
_MONTH_NAMES |= {"sept": 9}
_DAY = r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"(?<![\w/.-])(?:(?P<wd>{_DAY}|mo(?=\s+\d))\.?,?\s+)?(?:"
    r"(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>\d{2,4}))?"
    r"|(?P<da>\d{1,2})\.(?P<db>\d{1,2})(?:\.(?P<dy>\d{2,4})?|$)"
    rf"|(?P<m1>{_MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_MONTH})\.?"
    r")(?![\w/%]|\.\d)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"(?<![\w&'-])(?P<day>{_DAY})(?![\w&'/]|\s*&)", re.IGNORECASE)
_NEEDS_NO_ON = frozenset(
    "on by due since until till til from to for before after of at is was and or the this next last every each a per "
    "between through it's now are were not said says about early late mid starting than your my our his her their its "
    "that = - – : (".split()
)
# a word after a date that the date belongs to: "the 6/24 meeting"
_ENDS_PHRASE = re.compile(
    r"^\s*(?:$|[,.;:!?)\]–—-]|(?:and|but|so|because|if|to|with|for|at|in|by|then|or|from|when|which|who|he|she|they|I|we)\b)"
)


@dataclass(frozen=True, slots=True)
class _Rules:
    words: dict[str, str]
    finder: re.Pattern[str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    openers: tuple[str, ...]
    noise: re.Pattern[str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data: Any = load("chains.writing", "tidy.yaml")
    words: dict[str, str] = dict(data["words"])
    words |= {w: w.upper() for w in data["capitals"]}
    words |= dict(data["spellings"])
    shouted = {w.upper(): w for w in data["shouted"] if len(w) > 1}
    both = sorted({*words, *shouted}, key=len, reverse=True)
    finder = re.compile(rf"(?<![\w'’/&-])(?:{'|'.join(re.escape(w) for w in both)})(?![\w'’&]|-[a-z])", re.IGNORECASE)
    return _Rules(
        words=words | shouted,
        finder=finder,
        patterns=tuple((re.compile(p, re.IGNORECASE), r) for p, r in data["patterns"]),
        openers=tuple(sorted(data["openers"], key=len, reverse=True)),
        noise=re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(n) for n in data['noise'])})(?!\w)", re.IGNORECASE),
    )


class Tidy:
    """Write clauses of one book out."""

    def __init__(self, book: Book) -> None:
        self._days = Days(book.conventions)
        self._conventions = book.conventions
        self._names = _name_finder(book)
        amounts = [d.amount.value.amount for d in book.deals if d.amount]
        # "so 2.2. slipped because ..." speaks of 2.2 million
        self._millions = frozenset(f"{(a / 1_000_000).normalize():f}" for a in amounts)

    def clause(self, text: str) -> str:
        """Return a clause without its bullet and opener, written out, no capital forced and no stop at its end."""
        text = _strip(re.sub(r"^\s*[-=–]*>+\s*", "", " ".join(text.split())))
        text = self.spelled(text)
        return text.strip(" ,;.!-–—")

    def unmarked(self, text: str) -> str:
        """Return a text without its bullet and opener, otherwise as it stands."""
        return _strip(" ".join(text.split()))

    def spelled(self, text: str) -> str:
        """Return the text with short forms, dates and names written out."""
        rules = _rules()
        text = rules.noise.sub(" ", text)
        text = re.sub(r"([!?])[!?]+", r"\1", text).replace("~", "about ")
        text = re.sub(r"!(?=$|\s)", ".", text)
        for pattern, put in rules.patterns:
            text = pattern.sub(put, text)
        text = _DATE.sub(self._date, text)
        text = _WEEKDAY.sub(self._weekday, text)
        text = rules.finder.sub(self._word, text)
        if self._names is not None:
            finder, names = self._names
            text = finder.sub(lambda m: names[m[0].casefold()], text)
        text = re.sub(r"\babout about\b", "about", text)
        text = re.sub(r"\s+([,.;:!?)])", r"\1", " ".join(text.split()))
        return re.sub(r"\.{2,}", ".", text)

    def _word(self, found: re.Match[str]) -> str:
        word, table = found[0], _rules().words
        if word in table:
            return table[word]
        low = word.lower()
        if found.string[found.end() : found.end() + 2] == ". " and found.string[found.end() + 2 :][:1].isupper():
            return word  # Eng. Layla, a title
        if low not in table or (word.isupper() and len(word) > 1):
            return word  # SEC, PO, ID: the rep knows
        said = table[low]
        return said[:1].upper() + said[1:] if word[:1].isupper() and said[:1].islower() else said

    def _date(self, found: re.Match[str]) -> str:
        day = self._day_of(found)
        if day is None:
            return found[0]
        said = self._days.calendar(day)
        if found["wd"]:
            said = f"{WEEKDAYS[_DAY_NAMES[found['wd'].lower()]]}, {said}"
        return _with_on(found, said)

    def _day_of(self, found: re.Match[str]) -> date | None:
        year = found["y"] or found["dy"]
        try:
            if found["iso"]:
                return date.fromisoformat(found["iso"])
            if found["m1"] or found["m2"]:
                month = _MONTH_NAMES[(found["m1"] or found["m2"]).lower()[:3]]
                number = int(found["d1"] or found["d2"])
            else:
                first, second = int(found["a"] or found["da"]), int(found["b"] or found["db"])
                if found["da"] and self._conventions.date_order == "MDY":
                    return None
                if found["da"] and f"{first}.{second}" in self._millions:
                    return None
                number, month = (first, second)
                if self._conventions.date_order == "MDY" and found["a"]:
                    number, month = second, first
            if found["a"] == "24" and found["b"] == "7" and not year:
                return None  # round the clock
            if year:
                return date(int(year) + (2000 if len(year) == 2 else 0), month, number)
            return _nearest(month, number, self._conventions)
        except ValueError:
            return None

    def _weekday(self, found: re.Match[str]) -> str:
        word = found["day"]
        said = WEEKDAYS[_DAY_NAMES[word.lower()]]
        before = found.string[: found.start()].rstrip().rsplit(" ", 1)[-1].lower()
        if word.lower() in ("sat", "sun") and before not in (
            "on",
            "by",
            "this",
            "next",
            "last",
            "until",
            "till",
            "since",
        ):
            return word  # they sat down, the sun shone
        if word == said:
            return word
        return _with_on(found, said)


def _with_on(found: re.Match[str], said: str) -> str:
    """Put "on" before a date that follows its verb bare: "left 5/29"."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    if not before.strip() or before.rstrip()[-1] in "(,;:–—-=>":
        return said
    last = re.split(r"[\s(]+", before.rstrip())[-1].lower()
    if last in _NEEDS_NO_ON or not _ENDS_PHRASE.match(after):
        return said
    return f"on {said}"


def _nearest(month: int, number: int, conventions: Conventions) -> date:
    """Return the day of that month and number that is closest to the day of the notes."""
    around = []
    for year in (conventions.as_of.year - 1, conventions.as_of.year, conventions.as_of.year + 1):
        try:
            around.append(date(year, month, number))
        except ValueError:
            continue
    if not around:
        raise ValueError(f"no day {number} in month {month}")
    return min(around, key=lambda d: abs((d - conventions.as_of).days))


def _strip(text: str) -> str:
    """Take marks and steering words off the front, and brackets that do not close."""
    openers = _rules().openers
    changed = True
    while changed and text:
        changed = False
        text = text.lstrip(" \t:,;.")
        for opener in openers:
            if not text.lower().startswith(opener):
                continue
            rest = text[len(opener) :]
            if opener[-1].isalnum() and rest[:1] not in ("", " ", ",", ":", ";"):
                continue
            text, changed = rest, True
            break
    if text.count("(") != text.count(")"):
        text = text.strip("()") if text.count("(") + text.count(")") == 1 else text
        if text.count("(") != text.count(")"):
            text = text.replace("(", ", ").replace(")", "")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    return text


def _name_finder(book: Book) -> tuple[re.Pattern[str], dict[str, str]] | None:
    names = {n.casefold(): n for n in _names(book) if any(c.isupper() for c in n)}
    if not names:
        return None
    inside = either(names)
    return re.compile(rf"(?<!\w)(?:{inside})(?!\w)", re.IGNORECASE), names


def _names(book: Book) -> Iterable[str]:
    for deal in book.deals:
        full = capitalised(deal.name)
        if " " in full or deal.name == full:
            yield full
        for fact in deal.people:
            yield fact.value.name
            yield from (part for part in fact.value.name.split() if len(part) > 3)
        yield from (c.value for c in deal.competitors)
