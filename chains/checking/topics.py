"""Which deal a stretch of text speaks of: a book and a text come in, places of names and anchors go out.

A topic is a deal of the book or another company the draft speaks of and the notes know (a comparison, a colleague's
deal). Names match by whole words, in their full form, by any alias, by a telling beginning ("Globex" for "Globex
Systems") or by a telling word of their own.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from chains.accounts import LEGAL_FORMS
from chains.checking.words import Word, is_listed, lexicon, words
from chains.deals import Book, Deal


@dataclass(frozen=True, slots=True)
class NameHit:
    """Point at a name of one topic, or of several where the name does not tell which."""

    start: int
    end: int
    topics: frozenset[int]
    full: bool = True  # more than one telling word of a longer name


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    topic: int
    capital: bool  # the first letter has to be a capital: the word is an ordinary one
    full: bool


@dataclass(slots=True)
class Topics:
    """Hold the topics of one check; `names[i]` is how topic i is called, `deals[i]` its deal or None."""

    names: list[str] = field(default_factory=list)
    deals: list[Deal | None] = field(default_factory=list)
    kin: dict[int, frozenset[int]] = field(default_factory=dict)  # topics whose name is a part of another's
    forms: dict[str, list[_Form]] = field(default_factory=lambda: defaultdict(list))
    forgotten: frozenset[int] = frozenset()  # what the reader may have made up

    def find(self, text: str, found: Sequence[Word]) -> list[NameHit]:
        """Return the names in `text` whose words are `found`, longest first at each place, without overlap."""
        hits: list[NameHit] = []
        at = 0
        while at < len(found):
            best, length = self._longest(text, found, at) if _key(found[at]) in self.forms else ([], 0)
            if best:
                hits.append(
                    NameHit(
                        found[at].start,
                        found[at + length - 1].end,
                        union(self.kin.get(f.topic, frozenset([f.topic])) for f in best),
                        any(f.full for f in best),
                    )
                )
                at += length
            else:
                at += 1
        return hits

    def one(self, told: frozenset[int]) -> bool:
        """Tell whether topics are all names of one deal."""
        return all(told <= self.kin.get(topic, frozenset([topic])) for topic in told)

    def keep(self, told: frozenset[int]) -> None:
        """Forget how every other topic is called."""
        for first, forms in list(self.forms.items()):
            self.forms[first] = [f for f in forms if f.topic in told]
        self.forgotten = frozenset(range(len(self.names))) - told

    def _longest(self, text: str, found: Sequence[Word], at: int) -> tuple[list[_Form], int]:
        best: list[_Form] = []
        longest = 0
        for form in self.forms[_key(found[at])]:
            length = _matched(text, found, at, form)
            if length > longest:
                best, longest = [form], length
            elif length and length == longest:
                best.append(form)
        return best, longest


def _key(word: Word) -> str:
    return word.folded


def _matched(text: str, found: Sequence[Word], at: int, form: _Form) -> int:
    """Return how many words of the text the form takes from `at`, 0 where it does not stand there."""
    if form.capital and not (found[at].text[0].isupper() or found[at].text[0].isdigit()):
        return 0
    here = at
    for position, wanted in enumerate(form.words):
        if position and here < len(found) and found[here].folded in ("and", "the") and wanted not in ("and", "the"):
            here += 1
        if here >= len(found) or found[here].folded != wanted:
            return 0
        if position and any(c in ".!?;:\n|," for c in text[found[here - 1].end : found[here].start].replace(". ", " ")):
            return 0
        here += 1
    return here - at


def deal_topics(book: Book, every: Sequence[Word]) -> Topics:
    """Return the topics that the book's deals are; `every` are the words of the notes."""
    topics = Topics()
    for deal in book.deals:
        topics.names.append(deal.name)
        topics.deals.append(deal)
    seen = Counter(w.folded for w in every if w.text[0].islower())
    calls = [[_telling(n) for n in (d.name, *d.aliases) if any(c.isalpha() for c in n)] or [()] for d in book.deals]
    _add_kin(topics, calls)
    none = set(lexicon("names")["no_account"])
    # how many topics use a word, and how many begin with it
    uses = Counter(word for names in calls for word in {w for n in names for w in n})
    begins = Counter(word for names in calls for word in {n[0] for n in names if n})
    for index, names in enumerate(calls):
        for position, name in enumerate(names):
            if " ".join(name) in none and topics.names[index] == topics.names[index].lower():
                continue
            _add_forms(topics, index, name, uses, begins, seen, main=position == 0)
    return topics


def add_topic(topics: Topics, name: str) -> None:
    """Add a company that is no deal of the book."""
    topics.names.append(name)
    topics.deals.append(None)
    telling = _telling(name)
    if telling:
        topics.forms[telling[0]].append(_Form(telling, len(topics.names) - 1, True, True))


def _telling(name: str) -> tuple[str, ...]:
    """Return the words of a name without articles and legal forms."""
    dropped = lexicon("names")
    parts = [w.folded for w in words(name)]
    while len(parts) > 1 and parts[0] in dropped["lead_ins"]:
        parts.pop(0)
    while len(parts) > 1 and parts[-1] in LEGAL_FORMS:
        parts.pop()
    return tuple(p for p in parts if p != "and")


def _add_kin(topics: Topics, calls: list[list[tuple[str, ...]]]) -> None:
    """Note the topics whose name is a part of another's: the reader may have taken one account for two."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for index, names in enumerate(calls):
        for word in set(names[0]):
            by_word[word].append(index)
    for index, names in enumerate(calls):
        for other in by_word[names[0][0]] if names[0] else ():
            if index != other and (_part(names[0], calls[other][0]) or _half(topics, index, other, names[0])):
                both = frozenset([index, other])
                topics.kin[index] = topics.kin.get(index, frozenset()) | both
                topics.kin[other] = topics.kin.get(other, frozenset()) | both


def _half(topics: Topics, one: int, other: int, name: tuple[str, ...]) -> bool:
    """Tell whether two accounts share their telling word and one has no amount: a buyer taken for an account."""
    deals = (topics.deals[one], topics.deals[other])
    return name[0] not in _common() and any(d is not None and d.amount is None for d in deals)


def _part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return len(short) < len(long) and any(long[i : i + len(short)] == short for i in range(len(long)))


@cache
def _common() -> frozenset[str]:
    return frozenset(lexicon("names")["common"])


def _add_forms(
    topics: Topics,
    index: int,
    name: tuple[str, ...],
    uses: Counter[str],
    begins: Counter[str],
    seen: Counter[str],
    main: bool,
) -> None:
    if not name:
        return
    common = _common()

    def plain(word: str) -> bool:
        return word in common or (seen[word] > 0 and not _always_lower(topics.names[index]))

    def add(form: tuple[str, ...], capital: bool, full: bool) -> None:
        known = topics.forms[form[0]]
        if not any(f.words == form and f.topic == index for f in known):
            known.append(_Form(form, index, capital, full))

    add(
        name,
        capital=(not main and all(is_listed(w) for w in name))
        or (len(name) == 1 and (name[0] in common or (seen[name[0]] > 0 and not _always_lower(topics.names[index])))),
        full=True,
    )
    for length in range(len(name) - 1, 0, -1):
        form = name[:length]
        if len(form) == 1 and (len(form[0]) < 2 or form[0].isdigit()):
            continue
        if length == 1 and form[0] in common and begins[form[0]] > 1:
            continue
        if length == 1 and not main and is_listed(form[0]):
            continue  # an opportunity's title begins with any word: "Add-on", "New business"
        add(form, capital=length == 1 and plain(form[0]), full=False)
    if main and len(name) > 1:
        for start in range(1, len(name) - 1):
            if not all(w in common for w in name[start:]):
                add(name[start:], capital=True, full=False)
        for word in name[1:]:
            shared = uses[word] == 1 or (uses[word] == len(topics.kin.get(index, ())) and word not in begins)
            if len(word) >= 4 and word not in common and shared and not word.isdigit():
                add((word,), capital=True, full=False)
        initials = "".join(w[0] for w in name)
        if len(initials) >= 3:
            add((initials,), capital=True, full=False)
        if len(initials) == 2 and "&" in topics.names[index]:
            add((f"{initials[0]}&{initials[1]}",), capital=True, full=False)


def _always_lower(name: str) -> bool:
    return name == name.lower()


@dataclass(frozen=True, slots=True)
class Anchor:
    """Say which topics a place in a text is about.

    `topics` are those it is attached to; `tight` says that the name stands right beside it, `carried` that the
    topics come from an earlier sentence or a heading, `group` that it may belong to all of them together. `near` are
    all topics of the surroundings.
    """

    topics: frozenset[int] = frozenset()
    tight: bool = False
    carried: bool = False
    group: bool = False
    near: frozenset[int] = frozenset()


_ASIDE = re.compile(r"^[*_]*\s*\([^()]*\)")
_JOINT = re.compile(r"[\s*_,]*(?:,|and|&|plus|\+|/|or|und|as well as)[\s*_]*(?:the\s+|with\s+)?$", re.IGNORECASE)


def groups_of(text: str, hits: Sequence[NameHit], asides: bool = False) -> list[list[NameHit]]:
    """Return the names joined by commas and "and" into one group each: "Globex, Initech and Hooli".

    With `asides` a bracket behind a name does not part it from the next: "Globex (80k) and Initech (40k)".
    """
    groups: list[list[NameHit]] = []
    for hit in hits:
        between = text[groups[-1][-1].end : hit.start] if groups else ""
        if groups and _JOINT.fullmatch(_ASIDE.sub("", between, count=1) if asides else between):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return groups


def union(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    """Return all topics of the sets."""
    return frozenset().union(*sets)
