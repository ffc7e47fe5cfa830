"""Whom a pronoun of the notes means: places in the notes come in, the colleague, customer or office that was named
before them goes out.
"""

import re
from collections.abc import Sequence

from chains.deals import Book, Span
from chains.reading.lexicon import wordlists
from chains.requests import Manager
from chains.writing.days import MONTHS, WEEKDAYS

_ROLE = re.compile(
    r"\b(?:our|the) (?:c[efiort]o|cmo|ciso|svp|evp|vp|director|president|founder|head of \w+)\b", re.IGNORECASE
)
_THIRD = re.compile(r"\b(?:him|his|he)\b", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")
LOOK_BACK = 60  # characters before a sentence in which somebody can have been named
_GENDER = {"she": "she", "her": "she", "he": "he", "his": "he", "him": "he"}
_PRONOUN = re.compile(r"\b(?:she|her|he|his|him)\b", re.IGNORECASE)
# a pronoun that hardly means the manager where somebody else has just been named: "5 hours of her time, she is willing"
_PRONOUN_OF = re.compile(r"\b(?:she|he|her|his|him)\b", re.IGNORECASE)
_PERSON = re.compile(
    r"(?<![.!?] )(?<![.!?])(?<!\b[Ii]n )(?<!\b[Aa]t )\b[A-Z][a-zà-öø-ÿāăąćčēęěğīłńňōőřśšťůűźżž]{2,}\b"
    r"(?!\s*[:>]| (?:[A-Z]|team))"
)
# "his manager Priscilla is fine with it": whose, when somebody else has just been named
_OF_THEIRS = re.compile(r"(?:his|her) (?:own )?(?:mgr|manager|boss|lead|team lead|head|director)\b", re.IGNORECASE)
_NO_PERSON = frozenset((*MONTHS, *WEEKDAYS))


class Persons:
    """Know who is spoken of in one book, beside its manager."""

    def __init__(self, book: Book, boss: Manager, people: Sequence[str], things: frozenset[str]) -> None:
        self._book = book
        self.boss = boss
        self._things = things
        self._genders = _genders(book, people, boss)

    def before(self, span: Span) -> str:
        """Return the colleague by name whom a pronoun of a sentence means: the last one named before it, where that
        is not the manager.
        """
        notes = self._book.notes
        start = max(0, notes.rfind("\n", 0, span.start), span.start - LOOK_BACK * 3)
        pronoun = _PRONOUN_OF.search(span.text)
        if pronoun is None or _PERSON.search(span.text[: pronoun.start()]):
            return ""
        if _PERSON.search(span.text) and not _OF_THEIRS.match(span.text[pronoun.start() :]):
            return ""  # "she told Ann": whoever she is
        names = [m[0] for m in _PERSON.finditer(notes[start : span.start]) if m[0] not in _NO_PERSON]
        own = {f.casefold() for f in self.boss.forms}
        last = names[-1] if names else ""
        return "" if not last or last.casefold() in own or last.casefold() in self._things else last

    def is_customer(self, span: Span) -> bool:
        """Tell whether a pronoun at that place is a customer's: where the notes say "she" of a customer, and never of
        the manager.
        """
        if self.boss.pronoun:
            return False
        used = {_GENDER[m[0].casefold()] for m in _PRONOUN.finditer(span.text)}
        return bool(used & self._genders)

    def role_before(self, span: Span) -> str:
        """Return who was spoken of right before a place of the notes, by the part they play ("our CRO")."""
        before = self._book.notes[max(0, span.start - LOOK_BACK) : span.start]
        roles = [m[0] for m in _ROLE.finditer(before)]
        return roles[-1] if roles else ""


def colleagues_named(book: Book, boss: Manager, things: frozenset[str]) -> tuple[str, ...]:
    """Return the people whom the notes name again and again inside a sentence, so that "he" behind them is theirs."""
    counts: dict[str, int] = {}
    for hit in _PERSON.finditer(book.notes):
        counts[hit[0]] = counts.get(hit[0], 0) + 1
    own = {f.casefold() for f in boss.forms}
    known = wordlists()["ordinary"] | wordlists()["function"]
    return tuple(
        n
        for n, count in counts.items()
        if count > 1 and n.casefold() not in (own | known | things) and n not in _NO_PERSON
    )


def _genders(book: Book, people: Sequence[str], boss: Manager) -> frozenset[str]:
    """Return "she" and "he" where the notes say so of customers: the pronoun after their name in one sentence."""
    found: set[str] = set()
    own = {f.casefold() for f in boss.forms}
    for name in people:
        words = [w for w in name.split() if len(w) > 2 and w.casefold() not in own]
        if words:
            near = rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in words)})(?!\w)[^.!?\n]{{0,60}}?\b(she|her|he|his|him)\b"
            found |= {_GENDER[m[1].casefold()] for m in re.finditer(near, book.notes, re.IGNORECASE)}
    return frozenset(found)


def with_role(text: str, named: str, boss: Manager) -> str:
    """Put a name for the first pronoun that nobody in the sentence stands for: "pings from him" -> "from our CRO"."""
    hit = _THIRD.search(text)
    if hit is None or _CAPITAL.search(text[: hit.start()]):
        return text
    if boss.pronoun == "he" and not any(re.search(rf"\b{re.escape(f)}\b", text) for f in boss.forms):
        return text  # it is the manager
    put = f"{named}'s" if hit[0].casefold() == "his" else named
    return f"{text[: hit.start()]}{put}{text[hit.end() :]}"


def with_name(text: str, person: str) -> str:
    """Put a name for the first pronoun: "around 5 hours of her time" -> "around 5 hours of Nandini's time"."""
    hit = _PRONOUN_OF.search(text)
    if hit is None:
        return text
    after = text[hit.end() :].lstrip()
    whose = hit[0].casefold() == "his" or (hit[0].casefold() == "her" and re.match(r"[a-z]+", after) is not None)
    put = f"{person}'s" if whose else person
    return f"{text[: hit.start()]}{put}{text[hit.end() :]}"
