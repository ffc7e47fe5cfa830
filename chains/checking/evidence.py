"""What a draft is compared with: the notes taken apart, with every figure's deal, and how a value is told."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from chains.checking.places import Place, Sentence, Taken
from chains.checking.statuses import CategoryClaim, Claim, category_claims, claims
from chains.checking.topics import Topics
from chains.checking.words import Word, cue, words
from chains.deals import Book, Deal, Money
from chains.periods import Period


@dataclass(slots=True, eq=False)
class Noted:
    """Hold a figure or date of the notes: `allowed` are the topics it may belong to, `owned` those it surely does."""

    place: Place
    line: int
    allowed: frozenset[int]
    owned: frozenset[int]
    was: bool = False  # told as the former value
    now: bool = False  # told as the new one
    read_was: bool = False  # the reader took it for the former value
    read_now: bool = False
    tabular: bool = False  # in a row of an export or table, where the column tells what it is
    private: bool = False


@dataclass(frozen=True, slots=True)
class NotedClaim:
    """Hold a claim of the notes with the topics it may belong to."""

    claim: Claim
    line: int
    allowed: frozenset[int]
    tabular: bool = False


class Stretches:
    """Hold stretches of a text with the topic each belongs to, and find those over a place."""

    def __init__(self, told: list[tuple[int, int, int]]) -> None:
        """Sort the stretches `(start, end, topic)` once; they may lie over each other."""
        self._told = sorted(told)
        self._starts = [s for s, _, _ in self._told]
        self._longest = max((e - s for s, e, _ in told), default=0)

    def over(self, start: int, end: int) -> frozenset[int]:
        """Return the topics of the stretches that share a character with `start:end`."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return frozenset(topic for _, e, topic in self._told[first:last] if e > start)


@dataclass
class Evidence:
    """Hold everything that a draft is compared with."""

    book: Book
    topics: Topics
    notes: Taken
    draft: Taken
    noted: list[Noted] = field(default_factory=list)
    claims: list[NotedClaim] = field(default_factory=list)
    categories: list[tuple[CategoryClaim, int, frozenset[int]]] = field(default_factory=list)
    _currencies: dict[int, frozenset[str]] = field(default_factory=dict)
    kept: dict[str, list[frozenset[int]]] = field(default_factory=dict)  # worked out once for the draft

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(hit.end() for hit in re.finditer("\n", self.book.notes))]

    @cached_property
    def lines(self) -> "Stretches":
        """Return the stretches of the notes that the reader gave to a deal."""
        return deal_lines(self.book, self.topics.forgotten)

    @cached_property
    def note_words(self) -> list[Word]:
        """Return the words of the notes."""
        return [w for s in self.notes.sentences for w in s.words]

    @cached_property
    def by_kind(self) -> dict[str, list[Noted]]:
        """Return the figures and dates of the notes by their kind."""
        found: dict[str, list[Noted]] = {}
        for noted in self.noted:
            found.setdefault(noted.place.kind, []).append(noted)
        return found

    def comparable(self, place: Place) -> list[Noted]:
        """Return what a figure or date of the draft may be compared with: dates with dates, figures with figures."""
        if place.kind == "date":
            return [*self.by_kind.get("date", ()), *(n for n in self.by_kind.get("Count", ()) if n.place.days)]
        if place.kind == "Duration":
            return [n for n in self.noted if n.place.kind in ("Duration", "Count")]
        # the same digits, or close enough to be rounded: everything else is another figure
        low, high = place.size * 0.93, place.size * 1.07
        return [
            n
            for n in self.noted
            if (
                n.place.digits
                and (
                    not n.place.digits.isdisjoint(place.digits)
                    or (n.place.kind == place.kind and low <= n.place.size <= high)
                )
            )
            or (n.place.kind == "Duration" and place.kind == "Count")
        ]

    @cached_property
    def often(self) -> Counter[str]:
        """Return how often each stem stands in the notes."""
        return Counter(w.stem for w in self.note_words)

    @cached_property
    def folded(self) -> frozenset[str]:
        """Return the folded words of the notes."""
        return frozenset(w.folded for w in self.note_words)

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """Return the stems of the people the reader found."""
        return frozenset(w.stem for d in self.book.deals for p in d.people for w in words(p.value.name))

    def line(self, at: int) -> int:
        """Return the line number of an offset into the notes."""
        return bisect_right(self._line_starts, at)

    @cached_property
    def scales(self) -> tuple[int, ...]:
        """Return what a bare number of the notes may be short of: thousands, and what else the notes count in."""
        found = [1000]
        for scale, spelled in (
            (100_000, r"\b(?:lakhs?|lacs?)\b"),
            (1_000_000, r"\d\s*(?:m|mm|mn|mio|mil|million)\b"),
            (10_000_000, r"\b(?:crores?|cr)\b"),
        ):
            if re.search(spelled, self.book.notes, re.IGNORECASE):
                found.append(scale)
        return tuple(found)

    @cached_property
    def currencies(self) -> frozenset[str]:
        """Return the currencies that the notes speak of."""
        deals = (d.amount.value.currency for d in self.book.deals if d.amount is not None)
        values = (n.place.mention.value for n in self.noted)
        told = (v.currency for v in values if isinstance(v, Money))
        return frozenset((self.book.conventions.currency, *deals, *told))

    def currencies_at(self, noted: Noted) -> frozenset[str]:
        """Return the currencies that an unsigned sum of the notes may be in."""
        known = self._currencies.get(noted.place.start)
        if known is None:
            told = {self.book.conventions.currency}
            for deal in self.deals(noted.allowed):
                if deal.amount is not None:
                    told.add(deal.amount.value.currency)
                    if any(s.start <= noted.place.start < s.end for s in deal.amount.spans):
                        told = {deal.amount.value.currency}
                        break
            known = self._currencies[noted.place.start] = frozenset(told)
        return known

    @cached_property
    def draft_claims(self) -> list[tuple[Sentence, list[Claim], list[CategoryClaim]]]:
        """Return what each sentence of the draft claims."""
        text = self.draft.text
        return [(s, claims(text, s), category_claims(text, s)) for s in self.draft.sentences]

    def read_at(self, start: int, end: int) -> frozenset[int]:
        """Return the deals that the reader gave a part of `notes[start:end]` to."""
        return self.lines.over(start, end)

    def owners(self, at: int) -> frozenset[int]:
        """Return the topics that an offset of the notes surely belongs to, none where it may be anybody's."""
        sentence = self.notes.at(at)
        if sentence is None:
            return frozenset()
        read = self.lines.over(at, at + 1)
        own = sentence.named or sentence.inherited or (sentence.head if sentence.steady else frozenset())
        if own and read and not own & read and not sentence.named:
            return frozenset()  # the lay-out and the reader differ: it may be anybody's
        if own:
            return own | read
        return read if sentence.block.kind == "row" else read & sentence.beside

    def told_by_amount(self, sentence: Sentence) -> frozenset[int]:
        """Return the deal that a sentence without a name is about, told by an amount that only one deal has."""
        if sentence.hits:
            return frozenset()
        owners: set[frozenset[int]] = set()
        for place in self.draft.places:
            if place.sentence is not sentence or not isinstance(place.mention.value, Money):
                continue
            same = [
                n
                for n in self.by_kind.get("Money", ())
                if isinstance(n.place.mention.value, Money)
                and n.place.mention.value.amount == place.mention.value.amount
            ]
            if not same or any(len(n.owned) != 1 for n in same):
                return frozenset()
            owners |= {n.owned for n in same}
        return next(iter(owners)) if len(owners) == 1 else frozenset()

    def deals(self, topics: Iterable[int]) -> list[Deal]:
        """Return the deals among the topics."""
        return [d for t in topics if (d := self.topics.deals[t]) is not None]

    def called(self, topics: Iterable[int]) -> str:
        """Return the names of the topics as a reader would say them."""
        names = [self.topics.names[t] for t in sorted(topics)]
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


_ARROW = re.compile(r"\s*(?:[-=–—]+>|→|⇒|»|=>)\s*(?:now\s+)?")


def told_before(text: str, start: int, clause: int) -> bool:
    """Tell whether the words before a value say that it is the former one."""
    return bool(
        cue("was").search(text[max(0, start - 30) : start])
        or cue("was_in_clause").search(text[max(clause, start - 60) : start])
    )


def told_as_former(text: str, start: int, end: int, clause: int | None = None) -> bool:
    """Tell whether the value at `text[start:end]` is told as the former one; `clause` is where its clause starts."""
    before = text[max(0, start - 30) : start]
    if clause is not None and cue("was_in_clause").search(text[max(clause, start - 60) : start]):
        return True
    return bool(
        cue("was").search(before)
        or _ARROW.match(text, end)
        or cue("then").match(text, end)
        or "~~" in text[end : end + 3]
    )


def told_as_new(text: str, start: int) -> bool:
    """Tell whether the value that starts there is told as what it is now."""
    return bool(cue("now").search(text[max(0, start - 12) : start]))


def deal_lines(book: Book, forgotten: frozenset[int]) -> Stretches:
    kept = [(i, d) for i, d in enumerate(book.deals) if i not in forgotten]
    return Stretches([(s.start, s.end, i) for i, d in kept for s in d.lines])


def same_day(one: frozenset[date], other: frozenset[date]) -> bool:
    """Tell whether two dates may mean the same day; the year counts only where the day and month agree nowhere else."""
    return bool(one & other) or bool({(d.month, d.day) for d in one} & {(d.month, d.day) for d in other})


def in_period(period: Period, days: Iterable[date]) -> bool:
    """Tell whether one of the days lies in the period."""
    return any(period.start <= d <= period.end for d in days)
