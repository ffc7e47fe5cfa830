"""The rep's own sentences made fit to send: spans of the notes come in, whole sentences to the manager go out.

Spoken figures become figures, shorthand is written out, the manager becomes "you", a lost "I" comes back, and
dictated text gets its commas. What is said stays as the rep said it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml

from chains.deals import Book, Fact, Money, Span, Statement
from chains.kinds import StatementKind
from chains.planning.boss import Boss
from chains.reading.lexicon import wordlists
from chains.scan import Count, Percent, scan
from chains.writing.days import MONTHS, WEEKDAYS
from chains.writing.dictation import punctuated
from chains.writing.figures import BASIS_WORDS, percent, plain
from chains.writing.grammar import verbs
from chains.writing.phrasing import Phrasing
from chains.writing.second_person import to_you
from chains.writing.voice import FOLDER, first_up

THOUSAND = 1000  # from here on a spoken number is written in figures
DICTATED = 12  # words without a mark
SPARSE = 25  # words to a mark in notes that were dictated
_MARKS = re.compile(r"[,;:!?()](?!\d)|\.(?=\s|$)")
_STOP = re.compile(r"(?<=[.!?])\s+(?=[\"'(]?\w)")
_SIGNED = re.compile(r"[$€£₹¥]|\b(?:usd|eur|gbp|inr|chf|cad|aud|rs)\b", re.IGNORECASE)
# "4.200 €", "900 EUR": the sign goes before the figure as everywhere else
_SIGN_BEHIND = re.compile(r"[\d., '’]+\s?(?:€|T€|TEUR|EUR|£|GBP|CHF)", re.IGNORECASE)
_EACH = re.compile(r"(?:\b(?:a|per)\s+|/\s*)(month|week|year|day|quarter)\s*$", re.IGNORECASE)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATED = re.compile(rf"(?P<day>{_DAY},? (?:\d{{1,2}} [A-Z][a-z]+|[A-Z][a-z]+ \d{{1,2}}))\s*[,:]\s+")
_ROLE = re.compile(
    r"\b(?:our|the) (?:c[efiort]o|cmo|ciso|svp|evp|vp|director|president|founder|head of \w+)\b", re.IGNORECASE
)
_THIRD = re.compile(r"\b(?:him|his|he)\b", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")
LOOK_BACK = 60  # characters before a sentence in which somebody can have been named
# what may follow a bare number that stands for an amount
_UNIT_FREE = re.compile(
    r"(?:$|[.,;:]|(?:is|are|was|now|then|would|and|but|instead|at|in|from|for|to|too|off|later|right|ok)\b)",
    re.IGNORECASE,
)
_GENDER = {"she": "she", "her": "she", "he": "he", "his": "he", "him": "he"}
_PRONOUN = re.compile(r"\b(?:she|her|he|his|him)\b", re.IGNORECASE)
_SURNAME = re.compile(r"\b([A-Z][a-z]+) ([a-z]{2,})\b")
_PLAIN = re.compile(r"\\b([a-z0-9 ]+)\\b")
_UNITS = re.compile(r"\b(?:lakhs?|lacs?|crores?)\b", re.IGNORECASE)
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
    data: Any = yaml.load(
        (FOLDER / "retell.yaml").read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )

    # plain short forms are found all at once: one search instead of one for each
    plain = {m[1].casefold(): put for p, put in data["before"] if (m := _PLAIN.fullmatch(p)) and "\\" not in put}
    rest = [(p, put) for p, put in data["before"] if not (_PLAIN.fullmatch(p) and "\\" not in put)]

    def any_of(words: Iterable[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))

    def rows(pairs: Iterable[Sequence[str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(p, re.IGNORECASE), put) for p, put in pairs)

    return _Rules(
        before=rows(rest),
        words=(re.compile(rf"\b(?:{any_of(plain)})\b", re.IGNORECASE), plain),
        after=rows(data["after"]),
        after_of_mine=rows(data["after_of_mine"]),
        after_of_deals=rows(data["after_of_deals"]),
        leads=re.compile(
            rf"^(?!(?:{any_of(data['kept'])})\b)(?:{any_of(data['leads'])})(?![\w'’-])[\s,:;.!-]*", re.IGNORECASE
        ),
        tails=re.compile(
            rf"(?:[\s,;:]+(?:{any_of(data['tails'])})|\s*[,;:]\s*(?:{any_of(data['marked_tails'])}))[\s.!]*$",
            re.IGNORECASE,
        ),
        my_verbs=frozenset(data["my_verbs"]),
        its_verbs=frozenset(data["its_verbs"]),
        capitals=re.compile(rf"\b(?:{any_of(data['capitals'])})\b"),
    )


class Retell:
    """Retell sentences of one book to its manager."""

    def __init__(self, phrasing: Phrasing, boss: Boss) -> None:
        self._phrasing = phrasing
        self._book: Book = phrasing.book
        self.boss = boss
        self._units = _units(self._book)
        names = [n for d in self._book.deals for n in (d.name, *d.aliases, d.name.split()[0])]
        names = [n for n in names if any(c.isdigit() for c in n) and len(n) > 1]
        self._accounts = (
            re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(n) for n in names)})(?!\w)", re.IGNORECASE) if names else None
        )
        self._things = frozenset(
            w.casefold() for d in self._book.deals for n in (d.name, *d.aliases) for w in n.split()
        )
        marks, words = len(_MARKS.findall(self._book.notes)), len(self._book.notes.split())
        self._dictated = marks * SPARSE < words
        self._small = not any(c.isupper() for c in self._book.notes)
        self._people = tuple(
            dict.fromkeys([p.value.name for d in self._book.deals for p in d.people if len(p.value.name) > 1])
        )
        self._genders = _genders(self._book, self._people, boss)

    def clause(self, text: str, deal: bool = False, asking: bool = False) -> str:
        """Return a text of the notes written out and spoken to the manager, without a forced capital or stop."""
        rules = _rules()
        text = self._unaddressed(" ".join(text.split()))
        for pattern, put in rules.before:
            text = pattern.sub(put, text)
        finder, words = rules.words
        text = finder.sub(lambda m: words[m[0].casefold()], text)
        text = self._figures(self._with_units(" ".join(text.split())))
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
        for pattern, put in (*(rules.after_of_deals if deal else rules.after_of_mine), *rules.after):
            text = pattern.sub(put, text)
        text = re.sub(r"\s*,(?:\s*,)+", ",", text)
        text = re.sub(r"\s+([,.;:!?])", r"\1", text)
        text = re.sub(r"([,;:])(?=[.!?])", "", text)
        return re.sub(r"^[\s,.;:]+|[\s,;:]+$", "", _closed(text))

    def told(self, fact: Fact[Statement]) -> list[str]:
        """Return a statement as whole sentences; a pronoun of somebody named just before it gets its name."""
        found: list[str] = []
        for text in [fact.value.text]:
            named = self._named_before(fact.spans[0]) if fact.spans else ""
            theirs = bool(fact.spans) and self._speaks_of_customer(fact.spans[0])
            asking = fact.value.kind is StatementKind.QUESTION
            person = "" if named or asking or not fact.spans else self._person_before(fact.spans[0])
            if person:
                text = _with_person(text, person)
            found += self.sentences(_with_name(text, named, self.boss) if named else text, theirs, asking)
        return found

    def _person_before(self, span: Span) -> str:
        """Return the colleague by name whom a pronoun of a sentence means: the last one named before it, where that
        is not the manager.
        """
        notes = self._book.notes
        start = max(0, notes.rfind("\n", 0, span.start), span.start - LOOK_BACK * 3)
        if not _PRONOUN_OF.search(span.text) or _PERSON.search(span.text):
            return ""
        names = [m[0] for m in _PERSON.finditer(notes[start : span.start]) if m[0] not in _NO_PERSON]
        own = {f.casefold() for f in self.boss.forms}
        last = names[-1] if names else ""
        return "" if not last or last.casefold() in own or last in self._things else last

    def _speaks_of_customer(self, span: Span) -> bool:
        """Tell whether a pronoun at that place is a customer's: where the notes say "she" of a customer, and never of
        the manager.
        """
        if self.boss.pronoun:
            return False
        used = {_GENDER[m[0].casefold()] for m in _PRONOUN.finditer(span.text)}
        return bool(used & self._genders)

    def _named_before(self, span: Span) -> str:
        """Return who was spoken of right before a place of the notes, by the part they play ("our CRO")."""
        before = self._book.notes[max(0, span.start - LOOK_BACK) : span.start]
        roles = [m[0] for m in _ROLE.finditer(before)]
        return roles[-1] if roles else ""

    def _unaddressed(self, text: str) -> str:
        """Return the text without the manager's name called at its start ("Mel - I need ...")."""
        name = self.boss.name
        if not name:
            return text
        called = rf"^(?:{re.escape(name)}\s*(?:[,:]|[-–—]+)|(?:for|to)\s+{re.escape(name)}\b[^:.]{{0,20}}:)\s+"
        text = re.sub(called, "", text, flags=re.IGNORECASE)
        return re.sub(rf"\s*(?:[-–—]+|,)\s*{re.escape(name)}\s*$", "", text)

    def sentences(self, text: str, deal: bool = False, asking: bool = False) -> list[str]:
        """Return a text of the notes as whole sentences, each with its subject, capital and stop."""
        clause = self.clause(text, deal, asking)
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

    def _with_units(self, text: str) -> str:
        """Give a bare number the unit it has elsewhere: beside "forty lakh", "if forty is too much, twenty now"."""
        if not self._units:
            return text
        bare = [
            (m, m.value.number)
            for m in scan(text, self._book.conventions)
            if isinstance(m.value, Count) and not m.value.unit and m.value.number > 1
        ]
        unit = next((self._units[number] for _, number in bare if number in self._units), "")
        if not unit:
            return text
        for m, _ in reversed(bare):
            after = text[m.end :].lstrip()
            if not _UNIT_FREE.match(after):
                continue
            text = f"{text[: m.end]} {unit}{text[m.end :]}"
        return text

    def _figures(self, text: str) -> str:
        """Put figures for spoken amounts, percentages and dates, and the sign before amounts that lack it."""
        pieces: list[str] = []
        position = 0
        named = [(m.start(), m.end()) for m in self._accounts.finditer(text)] if self._accounts else []
        for mention in scan(text, self._book.conventions, "nearest"):
            if any(a < mention.end and mention.start < b for a, b in named):
                continue
            said = text[mention.start : mention.end]
            put = self._figure(mention.value, said, mention.bare)
            if put is None:
                continue
            before = text[position : mention.start]
            if isinstance(mention.value, date):
                before = re.sub(r"\bthe\s+$", "", before)
            if said.endswith(".") and re.match(r"\s+[A-Z]", text[mention.end :]) and not put.endswith("."):
                put = f"{put}."  # "in the week of 16.11. Altstetten is commit"
            pieces += [before, put]
            position = mention.end
        # "next Friday, that's the 28th": the day once is enough
        return re.sub(
            r"(\b[\w ]*?\d+[\w ]*?)[,.]? (?:and )?that'?s \1\b",
            r"\1",
            "".join([*pieces, text[position:]]),
            flags=re.IGNORECASE,
        )

    def _figure(self, value: object, said: str, bare: bool) -> str | None:
        spoken = not any(c.isdigit() for c in said)
        figures = self._phrasing.figures
        if isinstance(value, Money):
            if bare or (_SIGNED.search(said) and not _SIGN_BEHIND.fullmatch(said)):
                return None
            if each := _EACH.search(said):
                # "12k a month" is a price by the month, not a deal's MRR
                return f"{figures.amount(value.amount, value.currency)} a {each[1].lower()}"
            many = value.low is not None and value.high is not None and value.low != value.high
            figure = (
                figures.span(value.low, value.high, value.currency)
                if many and value.low is not None and value.high is not None
                else figures.amount(value.amount, value.currency)
            )
            return f"{figure} {BASIS_WORDS[value.basis]}" if value.basis else figure
        if not spoken:
            return None
        if isinstance(value, Count) and not value.unit and value.number >= THOUSAND:
            return plain(value.number)
        if isinstance(value, Percent) and value.low == value.high:
            return percent(value.low)
        # "december nineteenth" becomes a date; "early December" and "next Friday" say as much as the rep knows
        words = set(said.casefold().replace("-", " ").split()) - {"the", "of", "on"}
        if isinstance(value, date) and len(words) > 1 and _numerals() & words:
            return self._phrasing.days.calendar(value)
        return None


def _genders(book: Book, people: Sequence[str], boss: Boss) -> frozenset[str]:
    """Return "she" and "he" where the notes say so of customers: the pronoun after their name in one sentence."""
    found: set[str] = set()
    own = {f.casefold() for f in boss.forms}
    for name in people:
        words = [w for w in name.split() if len(w) > 2 and w.casefold() not in own]
        if words:
            near = rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in words)})(?!\w)[^.!?\n]{{0,60}}?\b(she|her|he|his|him)\b"
            found |= {_GENDER[m[1].casefold()] for m in re.finditer(near, book.notes, re.IGNORECASE)}
    return frozenset(found)


def _units(book: Book) -> dict[Decimal, str]:
    """Return the numbers that the notes give in lakh or crore, with that word."""
    found: dict[Decimal, str] = {}
    if not _UNITS.search(book.notes):
        return found
    for mention in scan(book.notes, book.conventions):
        if isinstance(mention.value, Money):
            said = book.notes[mention.start : mention.end].casefold()
            for word, size in (("lakh", 100_000), ("crore", 10_000_000)):
                if word in said:
                    found[mention.value.amount / size] = word
    return found


def _is_surname(first: str, word: str) -> bool:
    lists = wordlists()
    known = word in lists["ordinary"] or word in lists["function"] or word in verbs().bases or word in verbs().thirds
    return first.casefold() in _first_names() and not known and word not in verbs().pasts


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    lists = wordlists()
    return lists["first_names"] - lists["ordinary"] - lists["function"] - verbs().bases


@lru_cache(maxsize=1)
def _numerals() -> frozenset[str]:
    from chains.figures.tokens import words

    # "july one" may as well be "two in july, one in august": only "july first" is a day for certain
    return frozenset(words()["ordinals"])


def _with_name(text: str, named: str, boss: Boss) -> str:
    """Put a name for the first pronoun that nobody in the sentence stands for: "pings from him" -> "from our CRO"."""
    hit = _THIRD.search(text)
    if hit is None or _CAPITAL.search(text[: hit.start()]):
        return text
    if boss.pronoun == "he" and not any(re.search(rf"\b{re.escape(f)}\b", text) for f in boss.forms):
        return text  # it is the manager
    put = f"{named}'s" if hit[0].casefold() == "his" else named
    return f"{text[: hit.start()]}{put}{text[hit.end() :]}"


# a pronoun that hardly means the manager where somebody else has just been named: "5 hours of her time, she is willing"
_PRONOUN_OF = re.compile(r"\b(?:she|he|her|his|him)\b", re.IGNORECASE)
_PERSON = re.compile(r"(?<![.!?] )(?<![.!?])(?<!\b[Ii]n )(?<!\b[Aa]t )\b[A-Z][a-z]{2,}\b(?! (?:[A-Z]|team))")
_NO_PERSON = frozenset((*MONTHS, *WEEKDAYS))


def _with_person(text: str, person: str) -> str:
    """Put a name for the first pronoun: "around 5 hours of her time" -> "around 5 hours of Nandini's time"."""
    hit = _PRONOUN_OF.search(text)
    if hit is None:
        return text
    after = text[hit.end() :].lstrip()
    whose = hit[0].casefold() == "his" or (hit[0].casefold() == "her" and re.match(r"[a-z]+", after) is not None)
    put = f"{person}'s" if whose else person
    return f"{text[: hit.start()]}{put}{text[hit.end() :]}"


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
    if _HAPPENS.match(clause):
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


def words_in(sentences: Sequence[str]) -> int:
    """Return how many words the sentences have."""
    return sum(len(s.split()) for s in sentences)
