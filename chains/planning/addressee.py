"""Whom an update is for, by the head of the notes: a `Book` and a `Request` come in, a name as it is called goes out.

A wrong name is worse than none: where nothing at the head tells it for certain, there is none.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from chains.deals import Book
from chains.reading.lexicon import wordlists
from chains.requests import Request

_HEAD = 420  # characters in which notes tell whom they are for
_CALLED = re.compile(r"^[ \t]*(?P<name>[A-Z][\w'’-]+),? (?=[a-z])", re.MULTILINE)
_MAIL = re.compile(r"^[ \t>]*(?P<who>from|to)[ \t]*:[ \t]*(?P<name>[A-Z][\w'’-]+)", re.IGNORECASE | re.MULTILINE)
_MYSELF = re.compile(r"\bI(?:'m| am|\s*=) (?P<name>[A-Z][\w'’-]+)")


@dataclass(frozen=True, slots=True)
class _Table:
    heads: tuple[re.Pattern[str], ...]
    greeting: re.Pattern[str]
    no_name: frozenset[str]
    passed_on: re.Pattern[str]
    titles: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    text = (files("chains.planning") / "addressee.yaml").read_text(encoding="utf-8")
    data: Any = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    def any_of(words: Iterable[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))

    after = any_of(data["titles_after"])
    name = rf"(?P<title>(?:{any_of(data['titles'])})\s+)?(?P<name>[^\W\d_][\w'’-]+)(?P<after>\s+(?:{after})\b)?"
    return _Table(
        heads=tuple(
            re.compile(rf"(?<![\w'’-]){str(row).replace('{name}', name)}", re.IGNORECASE | re.MULTILINE)
            for row in data["heads"]
        ),
        greeting=re.compile(
            rf"^[ \t]*(?:{any_of(data['greetings'])})\s+{name}\s*[,!\n–-]", re.IGNORECASE | re.MULTILINE
        ),
        no_name=frozenset(str(w) for w in data["no_name"]),
        passed_on=re.compile(rf"\b(?:{any_of(data['passed_on'])})\b", re.IGNORECASE),
        titles=frozenset(str(w).casefold() for w in (*data["titles"], *data["titles_after"])),
    )


def addressee(book: Book, request: Request) -> str:
    """Return the manager's name as the text can call it, or "" where the notes do not tell it for certain."""
    table = _table()
    if request.manager.name:
        return request.manager.name.split()[0]
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


def _others(book: Book) -> set[str]:
    """Return the folded words of accounts and of the people at them."""
    names = [n for d in book.deals for n in (d.name, *d.aliases)]
    people = [p.value for d in book.deals for p in d.people]
    names += [p.name for p in people if p.role in ("champion", "economic_buyer")]
    names += [c.value for d in book.deals for c in d.competitors]
    return {w.casefold().strip(".,") for n in names for w in n.split()}
