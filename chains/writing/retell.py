"""The rep's own sentences made fit to send: spans of the notes come in, whole sentences to the manager go out.

Spoken figures become figures, shorthand is written out, the manager becomes "you", a lost "I" comes back, and
dictated text gets its commas. What is said stays as the rep said it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from chains.deals import Book, Fact, Statement
from chains.kinds import StatementKind
from chains.reading.lexicon import wordlists
from chains.requests import Manager
from chains.scan import scan
from chains.wordfiles import either, load
from chains.writing.dictation import punctuated
from chains.writing.grammar import verbs
from chains.writing.persons import Persons, colleagues_named, with_name, with_role
from chains.writing.phrasing import Phrasing
from chains.writing.said_figures import SaidFigures
from chains.writing.second_person import to_you
from chains.writing.voice import first_up

DICTATED = 12  # words without a mark
_HALF_DOTTED = re.compile(r"\b\d{1,2}\.\d{1,2}(?![\d.])")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}$")
SPARSE = 25  # words to a mark in notes that were dictated
_MARKS = re.compile(r"[,;:!?()](?!\d)|\.(?=\s|$)")
_STOP = re.compile(r"(?<=[.!?])\s+(?=[\"'(]?\w)")
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATED = re.compile(rf"(?P<day>{_DAY},? (?:\d{{1,2}} [A-Z][a-z]+|[A-Z][a-z]+ \d{{1,2}}))\s*[,:]\s+")
_SURNAME = re.compile(r"\b([A-Z][a-z]+) ([a-z]{2,})\b")
_PLAIN = re.compile(r"\\b([a-z0-9 ]+)\\b")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NO_STOP = re.compile(r"\b(?:[A-Z]|[Dd]r|[Mm]rs?|[Mm]s|[Ss]t|[Ii]nc|[Ll]td|[Cc]o|vs|approx|No)\.$")


@dataclass(frozen=True, slots=True)
class _Rules:
    before: tuple[tuple[re.Pattern[str], str], ...]
    words: tuple[re.Pattern[str], dict[str, str]]  # short forms that stand for one wording each
    after: tuple[tuple[re.Pattern[str], str], ...]
    after_of_mine: tuple[tuple[re.Pattern[str], str], ...]
    after_of_deals: tuple[tuple[re.Pattern[str], str], ...]
    leads: re.Pattern[str]
    tails: re.Pattern[str]
    my_verbs: frozenset[str]
    its_verbs: frozenset[str]
    capitals: re.Pattern[str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data: Any = load("chains.writing", "retell.yaml")

    # plain short forms are found all at once: one search instead of one for each
    plain = {m[1].casefold(): put for p, put in data["before"] if (m := _PLAIN.fullmatch(p)) and "\\" not in put}
    rest = [(p, put) for p, put in data["before"] if not (_PLAIN.fullmatch(p) and "\\" not in put)]

    def rows(pairs: Iterable[Sequence[str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(p, re.IGNORECASE), put) for p, put in pairs)

    return _Rules(
        before=rows(rest),
        words=(re.compile(rf"(?<![\w-])(?:{either(plain)})(?![\w-])", re.IGNORECASE), plain),
        after=rows(data["after"]),
        after_of_mine=rows(data["after_of_mine"]),
        after_of_deals=rows(data["after_of_deals"]),
        leads=re.compile(
            rf"^(?!(?:{either(data['kept'])})\b)(?:{either(data['leads'])})(?![\w'’-])[\s,:;.!-]*",
            re.IGNORECASE,
        ),
        tails=re.compile(
            rf"(?:[\s,;:]+(?:{either(data['tails'])})|\s*[,;:]\s*(?:{either(data['marked_tails'])}))[\s.!]*$",
            re.IGNORECASE,
        ),
        my_verbs=frozenset(data["my_verbs"]),
        its_verbs=frozenset(data["its_verbs"]),
        capitals=re.compile(rf"\b(?:{either(data['capitals'])})\b"),
    )


class Retell:
    """Retell sentences of one book to its manager."""

    def __init__(self, phrasing: Phrasing, boss: Manager) -> None:
        self._phrasing = phrasing
        self._book: Book = phrasing.book
        self.boss = boss
        self._said_figures = SaidFigures(phrasing)
        self._things = frozenset(
            w.casefold() for d in self._book.deals for n in (d.name, *d.aliases) for w in n.split()
        )
        marks, words = len(_MARKS.findall(self._book.notes)), len(self._book.notes.split())
        self._dictated = marks * SPARSE < words
        self._small = not any(c.isupper() for c in self._book.notes)
        self._people = tuple(
            dict.fromkeys([p.value.name for d in self._book.deals for p in d.people if len(p.value.name) > 1])
        )
        self._people += colleagues_named(self._book, boss, self._things)
        self._persons = Persons(self._book, boss, self._people, self._things)

    def clause(self, text: str, deal: bool = False, asking: bool = False, own: bool = False) -> str:
        """Return a text of the notes written out and spoken to the manager, without a forced capital or stop.

        `deal` says that its pronouns are a customer's, `own` that the rep speaks of themselves all the same.
        """
        rules = _rules()
        text = self._unaddressed(" ".join(text.split()))
        if _HALF_DOTTED.search(text):
            text = self._dotted(text)
        for pattern, put in rules.before:
            text = pattern.sub(put, text)
        finder, words = rules.words
        text = finder.sub(lambda m: words[m[0].casefold()], text)
        text = self._said_figures.put(" ".join(text.split()))
        text = to_you(text, self.boss, self._people, deal, self._things, asking)
        before = None
        while before != text:
            before, text = text, rules.leads.sub("", rules.tails.sub("", text)).strip()
        marks = len(_MARKS.findall(text.rstrip(".!?")))
        if self._dictated and len(text.split()) >= DICTATED * (marks + 1):
            text = punctuated(text)
        text = rules.capitals.sub(lambda m: m[0].capitalize(), self._phrasing.tidy.spelled(text))
        if self._small:
            text = _WORDS.sub(lambda m: m[0].capitalize() if m[0] in _first_names() else m[0], text)
            text = _SURNAME.sub(lambda m: f"{m[1]} {m[2].capitalize()}" if _is_surname(m[1], m[2]) else m[0], text)
        for pattern, put in (*(rules.after_of_deals if deal and not own else rules.after_of_mine), *rules.after):
            text = pattern.sub(put, text)
        text = re.sub(r"\s*,(?:\s*,)+", ",", text)
        text = re.sub(r"\s+([,.;:!?])", r"\1", text)
        text = re.sub(r"([,;:])(?=[.!?])", "", text)
        return re.sub(r"^[\s,.;:]+|[\s,;:]+$", "", _closed(text))

    def told(self, fact: Fact[Statement]) -> list[str]:
        """Return a statement as whole sentences; a pronoun of somebody named just before it gets its name."""
        found: list[str] = []
        for text in [fact.value.text]:
            named = self._persons.role_before(fact.spans[0]) if fact.spans else ""
            theirs = bool(fact.spans) and self._persons.is_customer(fact.spans[0])
            asking = fact.value.kind is StatementKind.QUESTION
            person = "" if named or asking or not fact.spans else self._persons.before(fact.spans[0])
            if person:
                text = with_name(text, person)
            found += self.sentences(with_role(text, named, self.boss) if named else text, theirs, asking, own=True)
        return found

    def _dotted(self, text: str) -> str:
        """Return the text with the second stop of its dates, as everything after reads them: "Wed 23.9" -> "23.9."."""
        for mention in reversed(tuple(scan(text, self._book.conventions))):
            if type(mention.value) is date and _DOTTED.search(text[mention.start : mention.end]):
                text = f"{text[: mention.end]}.{text[mention.end :]}"
        return text

    def _unaddressed(self, text: str) -> str:
        """Return the text without the manager's name called at its start ("Mel - I need ...")."""
        name = self.boss.name
        if not name:
            return text
        called = rf"^(?:{re.escape(name)}\s*(?:[,:]|[-–—]+)|(?:for|to)\s+{re.escape(name)}\b[^:.]{{0,20}}:)\s+"
        text = re.sub(called, "", text, flags=re.IGNORECASE)
        text = re.sub(rf"^(?:hi|hey|hello|dear|morning)\s+{re.escape(name)}\s*[,!–-]\s*", "", text, flags=re.IGNORECASE)
        return re.sub(rf"\s*(?:[-–—]+|,)\s*{re.escape(name)}\s*$", "", text)

    def sentences(self, text: str, deal: bool = False, asking: bool = False, own: bool = False) -> list[str]:
        """Return a text of the notes as whole sentences, each with its subject, capital and stop."""
        clause = self.clause(text, deal, asking, own)
        found: list[str] = []
        for part in _STOP.split(clause):
            if found and _NO_STOP.search(found[-1]):
                found[-1] = f"{found[-1]} {part}"
            else:
                found.append(part)
        return [s for s in (self.whole(part) for part in found) if s]

    def whole(self, clause: str) -> str:
        """Return a clause with the "I" or "it" it has lost, a capital and a stop."""
        clause = clause.strip(" ,;:-")
        if not clause:
            return ""
        dated = _DATED.match(clause)
        if dated and not clause.endswith(dated[0].rstrip(" ,:")):
            # a line of a diary: "Fri 6/2 - did the sum" -> "On Friday, 6 February, I did the sum"
            rest = with_subject(clause[dated.end() :])
            return ended(f"On {dated['day']}, {rest}")
        return ended(first_up(with_subject(clause)))


def _is_surname(first: str, word: str) -> bool:
    lists = wordlists()
    known = word in lists["ordinary"] or word in lists["function"] or word in verbs().bases or word in verbs().thirds
    return first.casefold() in _first_names() and not known and word not in verbs().pasts


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    lists = wordlists()
    return lists["first_names"] - lists["ordinary"] - lists["function"] - verbs().bases


def with_subject(clause: str) -> str:
    """Return a clause with "I" or "it" before a verb that has lost it: "havent seen it" -> "I haven't seen it"."""
    first, _, rest = clause.partition(" ")
    low = first.casefold().replace("’", "'")
    second = rest.split(" ", 1)[0].casefold().strip(",.;:") if rest else ""
    if low in ("would", "could", "should", "was", "did", "have", "can't", "didn't", "don't") and (
        clause.endswith("?") or second in ("you", "i", "we", "they", "it", "that", "this", "there")
    ):
        return clause
    if low in ("know", "keep", "put", "make", "take", "left", "closed") and second in ("", "to", "in", "by"):
        return clause
    if _HAPPENS.match(clause) or (second in ("me", "us") and low in ("took", "cost")):
        return f"it {low} {rest}"
    if low in _rules().my_verbs and rest and not (low in ("was", "have", "left", "closed", "lost") and second == "by"):
        return f"I {low} {rest}"
    if low in _rules().its_verbs and rest:
        return f"it {low} {rest}"
    return clause


# "did not happen", "didn't come": nobody does that
_HAPPENS = re.compile(
    r"(?:did ?n[o']t|didn’t|did|has ?n[o']t|has not|hasn’t|have ?n[o']t) (?:happen|come|take place|work|help)\w*\b"
    r"(?! (?:on|with|for) )",
    re.IGNORECASE,
)


def ended(text: str) -> str:
    """Return a sentence with a stop at its end."""
    text = text.rstrip(" ,;:-")
    return text if text.endswith((".", "!", "?", ":", ".)")) else f"{text}."


def question(text: str) -> str:
    """Return a clause as a question with its mark."""
    return f"{first_up(text.rstrip(' .,;:!?'))}?"


def _closed(text: str) -> str:
    """Return the text without a bracket that does not close."""
    if text.count("(") == text.count(")"):
        return text
    return text.replace("(", "").replace(")", "")
