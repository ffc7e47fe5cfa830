"""Whom a text is for: a `Book` and a `Request` come in, the manager's name as the notes have it and how the notes
speak of them ("she", "he" or "you") go out.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from chains.deals import Book
from chains.reading.lexicon import wordlists
from chains.requests import Request

_NAME = r"(?P<name>[^\W\d_][\w’'-]*)"
# where a pronoun alone can hardly mean anybody but the manager
_TO_THEM = re.compile(
    r"\b(?:ask|asked|told|need|wants? from|much for|promised|owes?)\s+(?P<who>her|him|his)\b"
    r"|\b(?:does|did|would|what will|has|when was)\s+(?P<does>she|he)\b"
    r"|\bif\s+(?P<if>she|he)\s+(?:says?|hesitates?|can|won|will|can't|cant|wont)\b"
    r"|\b(?P<owes>she|he) (?:owes|gets|never|hesitates|promised|decides)\b"
    r"|\b(?P<should>she|he) (?:should|must|can|has to|needs to) (?:tell|decide|say|let|give|answer)\b",
    re.IGNORECASE,
)
# what only the manager can be in, so that a name counts even where a deal names it too
_SURE = re.compile(
    r"\b(?:my|our) (?:mgr|manager|boss)\b|1[:-]1|1on1|one on one|'s (?:yes|ok)\b|owes me|me ->|-> me", re.IGNORECASE
)
LEAST = 2
SURE = 6  # points from which a name counts more than the greeting
_YOU = re.compile(r"\b(?:you|your|you're|you've|you'd|ur)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Boss:
    """Hold how the manager is named; `forms` are the names in the notes, longest first."""

    name: str = ""  # as a greeting says it
    forms: tuple[str, ...] = ()
    pronoun: str = ""  # "she", "he" or "" where the notes do not tell
    spoken_to: bool = False  # the notes already say "you"


@lru_cache(maxsize=1)
def _table() -> Any:
    text = (files("chains.planning") / "boss.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], int], ...]:
    found: list[tuple[re.Pattern[str], int]] = []
    for strength, points in (("strong", 3), ("medium", 2), ("weak", 1)):
        for row in _table()[strength]:
            before, _, after = str(row).partition("{name}")
            # possessive forms and brackets stand close to the name, words with a blank
            inside = rf"(?<!\w){re.escape(before)}{_NAME.replace('’', '')}{re.escape(after)}"
            inside = inside.replace(r"\ ", r"\s+")
            found.append((re.compile(inside + (r"(?!\w)" if after[-1:].isalnum() else ""), re.IGNORECASE), points))
    return tuple(found)


def boss_of(book: Book, request: Request) -> Boss:
    """Find the manager's name, from the request or from the way the notes name somebody."""
    notes = book.notes
    greeted = _greeted(notes)
    likeliest, points = _likeliest(book)
    # a draft is often shown to a colleague first: "To: Beto ... tell me if it's clear, I send it to Helena tomorrow"
    shown = greeted and likeliest.casefold() != greeted.casefold() and points >= SURE
    noted = re.match(rf"(?:to|from)\s+{_NAME}\s*[,.:]\s", notes.lstrip(), re.IGNORECASE)  # "to Henrik, friday."
    # "trip money - Deb": a first line that names the matter and whom it is for
    titled = re.match(rf"[^\n]{{3,40}}\s[-–—]+\s{_NAME}\s*\n", notes.lstrip())
    if noted is None and titled and titled["name"].casefold() in wordlists()["first_names"]:
        noted = titled
    first_line = noted["name"] if noted and noted["name"].casefold() not in _table()["no_name"] else ""
    name = request.manager.name or (likeliest if shown else greeted) or first_line or likeliest
    forms = [name] if name else []
    first = name.split()[0] if name else ""
    if first and first != name:
        forms += name.split()
    if first:
        # "L owes me" for Lorraine
        initial = rf"(?<!\w){re.escape(first[0].upper())}(?=\s+(?:owes|said|promised|wants|is|has)\b)"
        if re.search(initial, notes):
            forms.append(first[0].upper())
    spoken = bool(greeted) and greeted == name and _YOU.search(notes) is not None
    return Boss(_capital(name), tuple(forms), _pronoun(notes, name), spoken)


def _greeted(notes: str) -> str:
    words = "|".join(_table()["greetings"])
    opening = notes.lstrip()[:80]
    hello = re.match(rf"(?:{words})\s+{_NAME}\s*(?:[,!\n–-]|\s-)", opening, re.IGNORECASE)
    plain = re.match(rf"{_NAME}\s*(?:,\s*\n|\s+[-–—]+\s+(?=I\b|i\b|we\b))", opening)
    addressed = re.search(rf"^\s*to\s*:\s*{_NAME}", notes[:200], re.IGNORECASE | re.MULTILINE)
    sender = re.search(rf"^\s*from\s*:\s*{_NAME}", notes[:200], re.IGNORECASE | re.MULTILINE)
    if addressed and sender and addressed["name"].casefold() == sender["name"].casefold():
        addressed = None  # a mail to oneself
    below = re.search(rf"\n\s*(?:{words})\s+{_NAME}\s*[,!]\s*\n", notes[:400], re.IGNORECASE) if addressed else None
    hit = hello or plain or below or addressed
    return hit["name"] if hit and hit["name"].casefold() not in _table()["no_name"] else ""


def _likeliest(book: Book) -> tuple[str, int]:
    """Return the name that the notes speak of as a manager most, and how many points it has."""
    notes = book.notes
    others = _others(book)
    skip = frozenset(_table()["no_name"])
    first_line = len(notes) - len(notes.lstrip()) + max(notes.strip().find("\n"), 0)
    points: Counter[str] = Counter()
    seen: dict[str, str] = {}
    lists = wordlists()
    common = (lists["ordinary"] | lists["function"]) - lists["first_names"]
    own = re.search(
        rf"^\s*from\s*:\s*{_NAME}|\bI(?:'m| am|\s*=) {_NAME.replace('name', 'own')}", notes[:400], re.MULTILINE
    )
    skip |= {g.casefold() for g in (own.groups() if own else ()) if g}
    for pattern, worth in _patterns():
        for match in pattern.finditer(notes):
            name = match["name"]
            low = name.casefold().removesuffix("'s").removesuffix("’s")
            name = name[: len(low)]
            if low in skip or len(low) < 2 or (low in others and worth < 3):
                continue
            if not name[0].isupper() and worth < 3 and low not in lists["first_names"]:
                continue
            # what stands early says whom the notes are for
            early = 2 if match.start() < first_line else 1 if match.start() < 200 else 0
            # a customer is named in such words too, only not where they can mean nobody else
            if not name[0].isupper() and low in common:
                continue
            points[low] += worth + early - (2 if low in others and not _SURE.search(match[0]) else 0)
            seen.setdefault(low, name)
    best = max(points, key=lambda n: points[n], default="")
    return (_whole(notes, seen[best]), points[best]) if best and points[best] >= LEAST else ("", 0)


def _whole(notes: str, name: str) -> str:
    """Return a name with the one that always stands before it: "Siew Ling"."""
    before = [m[1] for m in re.finditer(rf"(?:(\b[A-Z][a-z]+) )?\b{re.escape(name)}\b", notes)]
    return f"{before[0]} {name}" if len(before) > 1 and before[0] and set(before) == {before[0]} else name


def _others(book: Book) -> frozenset[str]:
    """Return the folded words of customers' people and accounts: none of them is the manager."""
    words: set[str] = set()
    for deal in book.deals:
        for person in (p for p in deal.people if p.value.role in ("champion", "economic_buyer")):
            words |= {w.casefold() for w in person.value.name.split()}
        for name in (deal.name, *deal.aliases):
            words |= {w.casefold().strip(".,") for w in name.split()}
    return frozenset(words)


def _pronoun(notes: str, name: str) -> str:
    counts: Counter[str] = Counter()
    # "for Morwenna (she sees the board on Friday)"
    close = re.finditer(rf"\b{re.escape(name)}[ (,–-]+(she|he)\b", notes, re.IGNORECASE) if name else ()
    counts.update(m[1].lower() for m in close)
    for match in _TO_THEM.finditer(notes):
        word = next(g for g in match.groups() if g).lower()
        counts["she" if word in ("she", "her") else "he"] += 1
    best = max(counts, key=lambda p: counts[p], default="")
    return best if counts[best] > sum(counts.values()) - counts[best] else ""


def _capital(name: str) -> str:
    return name if any(c.isupper() for c in name) else name[:1].upper() + name[1:]
