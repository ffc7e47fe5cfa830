"""Whom a text is for: a `Book` and a `Request` come in; the manager's name as the notes have it, how they speak of
them ("she", "he" or "you") and whether it is sure go out.

A wrong name is worse than none: what the head of the notes tells counts before what somebody is named like, and where
the two name different people nobody is sure.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from chains.deals import Book
from chains.reading.lexicon import wordlists
from chains.requests import Manager, Request
from chains.wordfiles import either, load

_NAME = r"(?P<name>[^\W\d_][\w’'-]*)"
_HEAD = 420  # characters in which notes tell whom they are for
_CALLED = re.compile(r"^[ \t]*(?P<name>[A-Z][\w'’-]+),? (?=[a-z])", re.MULTILINE)
_MAIL = re.compile(r"^[ \t>]*(?P<who>from|to)[ \t]*:[ \t]*(?P<name>[A-Z][\w'’-]+)", re.IGNORECASE | re.MULTILINE)
_MYSELF = re.compile(r"\bI(?:'m| am|\s*=) (?P<name>[A-Z][\w'’-]+)")
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
# a colleague of another team is not the manager: "Gary in finance"
_OF_A_TEAM = re.compile(
    r"\b([A-Z]\w+)(?:,| \()? ?(?:in|from|at|of) (?:our |the )?(?:finance|legal|ops|operations|marketing|security"
    r"|services|support|product|engineering|IT|HR|procurement|deal desk|customer success|CS|sales ops|implementation"
    r"|partner\w*)\b"
)
_THEIR = re.compile(r"\b(?:his|her|their|its|whose|old|former|['’]s)\s+$", re.IGNORECASE)  # "his boss Rory"
_LETTERS = re.compile(r"\w+")
_YOU = re.compile(r"\b(?:you|your|you're|you've|you'd|ur)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Table:
    heads: tuple[re.Pattern[str], ...]
    greeting: re.Pattern[str]  # anywhere at the head
    greetings: str
    ways: tuple[tuple[str, str, int], ...]  # ways to name a manager: a word of each, the row, what it is worth
    no_name: frozenset[str]
    passed_on: re.Pattern[str]
    titles: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    data: Any = load("chains.planning", "manager.yaml")

    after = either(data["titles_after"])
    name = rf"(?P<title>(?:{either(data['titles'])})\s+)?(?P<name>[^\W\d_][\w'’-]+)(?P<after>\s+(?:{after})\b)?"
    greetings = either(data["greetings"])
    titles = frozenset(str(w).casefold() for w in (*data["titles"], *data["titles_after"]))
    return _Table(
        heads=tuple(
            re.compile(rf"(?<![\w'’-]){str(row).replace('{name}', name)}", re.IGNORECASE | re.MULTILINE)
            for row in data["heads"]
        ),
        greeting=re.compile(rf"^[ \t]*(?:{greetings})\s+{name}\s*[,!\n–-]", re.IGNORECASE | re.MULTILINE),
        greetings=greetings,
        ways=tuple(
            (max(_LETTERS.findall(str(row).replace("{name}", "").casefold()), key=len, default=""), str(row), points)
            for strength, points in (("strong", 3), ("medium", 2), ("weak", 1))
            for row in data[strength]
        ),
        no_name=frozenset(str(w) for w in data["no_name"]) | titles,
        passed_on=re.compile(rf"\b(?:{either(data['passed_on'])})\b", re.IGNORECASE),
        titles=titles,
    )


@cache
def _way(row: str) -> re.Pattern[str]:
    """Return the pattern of one way to name a manager."""
    before, _, after = row.partition("{name}")
    # possessive forms and brackets stand close to the name, words with a blank
    inside = rf"(?<!\w){re.escape(before)}{_NAME.replace('’', '')}{re.escape(after)}"
    inside = inside.replace(r"\ ", r"\s+")
    return re.compile(inside + (r"(?!\w)" if after[-1:].isalnum() else ""), re.IGNORECASE)


def find_manager(book: Book, request: Request) -> Manager:
    """Find the manager's name: in the request, at the head of the notes, or in the way they name somebody."""
    notes = book.notes
    called = _at_head(book)
    head = without_title(called)
    greeted, first_line = _greeted(notes), _first_line(notes)
    likeliest, points = _likeliest(book)
    strong = likeliest if points >= SURE else ""
    if request.manager.name:
        name, called, sure = request.manager.name, request.manager.name.split()[0], True
    else:
        # a draft is often shown to a colleague first: "To: Beto ... is it clear? I send it to Helena tomorrow"
        name = strong or greeted or first_line or head or likeliest
        sure = bool(head) and all(_is_same(head, other) for other in (strong, greeted, first_line) if other)
        called = called if sure else ""
    forms = [name] if name else []
    first = name.split()[0] if name else ""
    if first and first != name:
        forms += name.split()
    if first:
        # "L owes me" for Lorraine
        initial = rf"(?<!\w){re.escape(first[0].upper())}(?=\s+(?:owes|said|says|promised|wants|agrees|is|has)\b)"
        if re.search(initial, notes):
            forms.append(first[0].upper())
    spoken = bool(greeted) and greeted == name and _YOU.search(notes) is not None
    return Manager(_capital(name), tuple(forms), _pronoun(notes, name), spoken, sure, called)


def _is_same(one: str, other: str) -> bool:
    """Tell whether two names can be one person's: "Siew" and "Siew Ling"."""
    return bool(set(one.casefold().split()) & set(without_title(other).casefold().split()))


def _at_head(book: Book) -> str:
    """Return the name that the head of the notes tells for certain, with its title."""
    table = _table()
    head = book.notes[:_HEAD]
    mail = {m["who"].casefold(): m["name"] for m in reversed(list(_MAIL.finditer(head)))}
    own = {m["name"].casefold() for m in _MYSELF.finditer(head)} | {mail.get("from", "").casefold()}
    others = _others(book) | own | table.no_name
    hits = [(m.start(), m) for p in (table.greeting, *table.heads) for m in p.finditer(head)]
    for _, hit in sorted(hits, key=lambda pair: pair[0]):
        if said := _called(hit, others):
            return said
    if "to" in mail and mail["to"].casefold() not in others:
        return mail["to"]
    called = [m["name"] for m in _CALLED.finditer(book.notes) if m["name"].casefold() not in others]
    known = [n for n in called[:1] if n.casefold() in wordlists()["first_names"] and f"\n{n}, " in f"\n{book.notes}"]
    return known[0] if known else ""


def without_title(name: str) -> str:
    """Return a name as others speak of its bearer: "Raghav sir" -> "Raghav"."""
    return " ".join(w for w in name.split() if w.casefold() not in _table().titles)


def is_passed_on(request: Request) -> bool:
    """Tell whether the manager sends the text on as it is, so that it calls nobody by name."""
    return _table().passed_on.search(request.manager.listens) is not None


def _called(hit: re.Match[str], others: frozenset[str] | set[str]) -> str:
    groups = hit.groupdict()
    name, title, after = groups["name"], (groups.get("title") or "").strip(), (groups.get("after") or "").strip()
    name = re.sub(r"['’]s$", "", name)
    low = name.casefold()
    lists = wordlists()
    if low in others or len(low) < 2:
        return ""
    known = low in lists["first_names"]
    if not title and not name[0].isupper() and not known:
        return ""
    if not title and not known and low in (lists["ordinary"] | lists["function"]):
        return ""
    if not known and name.isupper():
        return ""
    said = f"{name[:1].upper()}{name[1:]}"
    if title:
        said = f"{title[:1].upper()}{title[1:]} {said}"
    return f"{said} {after}" if after else said


def _first_line(notes: str) -> str:
    """Return the name in a first line that says whom the notes are for."""
    noted = re.match(rf"(?:to|from)\s+{_NAME}\s*[,.:]\s", notes.lstrip(), re.IGNORECASE)  # "to Henrik, friday."
    # "trip money - Deb": a first line that names the matter and whom it is for
    titled = re.match(rf"[^\n]{{3,40}}\s[-–—]+\s{_NAME}\s*\n", notes.lstrip())
    if noted is None and titled and titled["name"].casefold() in wordlists()["first_names"]:
        noted = titled
    return noted["name"] if noted and noted["name"].casefold() not in _table().no_name else ""


def _greeted(notes: str) -> str:
    words = _table().greetings
    opening = notes.lstrip()[:80]
    hello = re.match(rf"(?:{words})\s+{_NAME}\s*(?:[,!\n–-]|\s-)", opening, re.IGNORECASE)
    plain = re.match(rf"{_NAME}\s*(?:,\s*\n|\s+[-–—]+\s+(?=I\b|i\b|we\b))", opening)
    addressed = re.search(rf"^\s*to\s*:\s*{_NAME}", notes[:200], re.IGNORECASE | re.MULTILINE)
    sender = re.search(rf"^\s*from\s*:\s*{_NAME}", notes[:200], re.IGNORECASE | re.MULTILINE)
    if addressed and sender and addressed["name"].casefold() == sender["name"].casefold():
        addressed = None  # a mail to oneself
    below = re.search(rf"\n\s*(?:{words})\s+{_NAME}\s*[,!]\s*\n", notes[:400], re.IGNORECASE) if addressed else None
    hit = hello or plain or below or addressed
    return hit["name"] if hit and hit["name"].casefold() not in _table().no_name else ""


def _likeliest(book: Book) -> tuple[str, int]:
    """Return the name that the notes speak of as a manager most, and how many points it has."""
    notes = book.notes
    others = _others(book)
    skip = _table().no_name
    first_line = len(notes) - len(notes.lstrip()) + max(notes.strip().find("\n"), 0)
    points: Counter[str] = Counter()
    seen: dict[str, str] = {}
    lists = wordlists()
    common = (lists["ordinary"] | lists["function"]) - lists["first_names"]
    others = others | {m[1].casefold() for m in _OF_A_TEAM.finditer(notes)}
    own = re.search(
        rf"^\s*from\s*:\s*{_NAME}|\bI(?:'m| am|\s*=) {_NAME.replace('name', 'own')}", notes[:400], re.MULTILINE
    )
    skip |= {g.casefold() for g in (own.groups() if own else ()) if g}
    low_notes = notes.casefold()
    for word, row, worth in _table().ways:
        for match in _way(row).finditer(notes) if word in low_notes else ():
            name = match["name"]
            low = name.casefold().removesuffix("'s").removesuffix("’s")
            name = name[: len(low)]
            if low in skip or len(low) < 2 or _THEIR.search(notes[: match.start()]) or (low in others and worth < 3):
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


def _others(book: Book) -> set[str]:
    """Return the folded words of accounts and of the people at them."""
    names = [n for d in book.deals for n in (d.name, *d.aliases)]
    people = [p.value for d in book.deals for p in d.people]
    names += [p.name for p in people if p.role in ("champion", "economic_buyer")]
    names += [c.value for d in book.deals for c in d.competitors]
    return {w.casefold().strip(".,") for n in names for w in n.split()}
