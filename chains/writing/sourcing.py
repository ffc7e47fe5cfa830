"""Where a model's sentences come from: blocks of text, the `Plan` and the `Book` come in, sections with sources go out.

A figure, date or name is traced to the fact that states it, by typed value, first among the deals that the sentence
is about, then among the computed values, then anywhere in the notes. What cannot be traced gets no source: the check
decides about it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from chains.accounts import names_account
from chains.deals import Book, Deal, Fact, Money, Person, Span
from chains.drafts import Computed, Plan, Point, Section, Sentence, Source
from chains.kinds import Topic
from chains.periods import Period
from chains.scan import Count, Mention, Percent, scan
from chains.writing.answers import Block
from chains.writing.figures import amount

Value = Money | Percent | Count | date | Period


class Sources:
    """Trace sentences to what they stand on."""

    def __init__(self, plan: Plan, book: Book) -> None:
        self._plan = plan
        self._book = book
        self._facts = [(deal, value, fact.spans) for deal, fact in _facts(book) for value in _values(fact.value)]
        worked_out = dict.fromkeys(s for p in plan.points for s in p.sources if isinstance(s, Computed))
        worked_out |= dict.fromkeys(_sums(plan))
        self._computed = [
            (mention.value, source) for source in worked_out for mention in scan(source.value, book.conventions)
        ]
        self._notes: list[tuple[Mention, Span]] | None = None

    def sections(self, blocks: Iterable[Block]) -> tuple[Section, ...]:
        """Return the blocks as sections, each sentence with its sources and practices."""
        made: list[Section] = []
        for block in blocks:
            told: list[Sentence] = []
            points: list[Point] = []
            about: tuple[Deal, ...] = ()
            for text in block.items:
                # a sentence that names no deal goes on about the one before
                named = tuple(d for d in self._book.deals if names_account(text, d))
                about = named or about
                point = self._point(text, about)
                points += [point] if point else []
                told.append(Sentence(text, self._of(text, named, about), point.practices if point else ()))
            made.append(Section(points[0].role if points else "text", tuple(told), block.heading, block.layout))
        return tuple(made)

    def _of(self, text: str, named: Sequence[Deal], about: Sequence[Deal]) -> tuple[Source, ...]:
        found: list[Source] = []
        for mention in scan(text, self._book.conventions):
            found += self._stating(mention.value, about)
        for deal in about:
            for fact in deal.people:
                if fact.value.name.casefold() in text.casefold():
                    found += fact.spans
        for deal in named:
            if not any(isinstance(s, Span) and _belongs(s, deal) for s in found):
                found += deal.account.spans
        return tuple(dict.fromkeys(found))

    def _stating(self, value: object, about: Sequence[Deal]) -> list[Source]:
        # identity, not equality: two deals can hold the same facts
        mine = {id(d) for d in about}
        near: list[Source] = [
            s for deal, v, spans in self._facts if deal and id(deal) in mine and same(value, v) for s in spans
        ]
        if near:
            return near
        worked_out: list[Source] = [source for v, source in self._computed if same(value, v)]
        if worked_out:
            return worked_out
        loose: list[Source] = [s for deal, v, spans in self._facts if deal is None and same(value, v) for s in spans]
        loose += [span for mention, span in self._scanned() if same(value, mention.value)]
        return loose[:1]

    def _scanned(self) -> list[tuple[Mention, Span]]:
        if self._notes is None:
            notes = self._book.notes
            self._notes = [(m, Span.of(notes, m.start, m.end)) for m in scan(notes, self._book.conventions, "nearest")]
        return self._notes

    def _point(self, text: str, about: Sequence[Deal]) -> Point | None:
        """Return the point that a sentence words, by deals in common and words in common; None where none fits."""
        names = {d.name for d in about}
        words = _words(text)
        best, most = None, 0.0
        for point in self._plan.points:
            shared = len(names & set(point.accounts))
            if names and point.accounts and not shared:
                continue
            known = _words(" ".join([point.reason, *(t.value.replace("_", " ") for t in point.topics)]))
            known |= {w for _, value in point.facts if isinstance(value, str) for w in _words(value)}
            score = (2 * shared / max(len(names | set(point.accounts)), 1)) + len(words & known) / max(len(words), 1)
            if score > most:
                best, most = point, score
        return best


def left_out(text: str, plan: Plan, book: Book) -> tuple[str, ...]:
    """Return what the plan wanted told and `text` does not name: deals, and the sum of the period."""
    told = [p for p in plan.points if p.role == "deal" and dict(p.facts).get("depth") != "mention"]
    wanted = [a for p in told for a in p.accounts]
    deals = (book.deal(a) for a in dict.fromkeys(wanted))
    missing = [d.name for d in deals if d is not None and not names_account(text, d)]
    total = plan.scenarios.total if plan.scenarios else None
    if total is not None and any(p.role == "answer" for p in plan.points):
        base = Money(total.base, total.currency)
        if not any(same(m.value, base) for m in scan(text, book.conventions)):
            missing.append(f"the sum of {amount(total.base, total.currency)}")
    return tuple(missing)


def raised(text: str, plan: Plan, book: Book) -> tuple[Topic, ...]:
    """Return the topics of the plan whose deals `text` names; a topic of no single deal counts as raised."""
    told = {d.name for d in book.deals if names_account(text, d)}
    found = {t for p in plan.points if not p.accounts or told & set(p.accounts) for t in p.topics}
    return tuple(t for t in plan.topics if t in found)


def same(one: object, other: object) -> bool:
    """Tell whether two values of the same kind are equal; a period equals its last day."""
    match one, other:
        case Money(), Money():
            ends = {other.amount, other.low, other.high}
            return one.currency == other.currency and one.amount in ends
        case Percent(), Percent():
            return (one.low, one.high) == (other.low, other.high)
        case Period(), Period():
            return (one.start, one.end) == (other.start, other.end)
        case Period(), date():
            return one.end == other
        case date(), Period():
            return one == other.end
        case (date(), date()) | (Count(), Count()):
            return one == other
    return False


def _sums(plan: Plan) -> Iterator[Computed]:
    for line in plan.scenarios.lines if plan.scenarios else ():
        for name in ("worst", "base", "best"):
            yield Computed(name, amount(getattr(line, name), line.currency))


def _facts(book: Book) -> Iterator[tuple[Deal | None, Fact[Any]]]:
    for deal in book.deals:
        for field in fields(deal):
            held = getattr(deal, field.name)
            for fact in held if isinstance(held, tuple) else (held,):
                if isinstance(fact, Fact):
                    yield deal, fact
    for fact in (*book.statements, *book.commitments, *book.targets):
        yield None, fact


def _values(value: object) -> Iterator[Value]:
    """Yield the figures and dates that a fact states; a bare decimal is a probability."""
    match value:
        case Money() | date():
            yield value
        case Decimal():
            yield Percent(value, value)
        case Person():
            return
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from _values(getattr(value, field.name))


def _belongs(span: Span, deal: Deal) -> bool:
    return any(line.start <= span.start and span.end <= line.end for line in deal.lines)


def _words(text: str) -> set[str]:
    return {w.strip(".,;:!?()\"'’").casefold() for w in text.split() if len(w) > 3}
