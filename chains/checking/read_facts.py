"""What the reader made out and what a person set by hand, as evidence beside the words: the notes taken apart come in,
further values of the deals go out.

A value is only added where the words do not show it by themselves: "sixty-four five", "1 380" in thousands, a day that
also reads as something else, an amount that a person typed into the page.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from chains.checking.pieces import Block, Piece
from chains.checking.places import Place, Sentence, Taken
from chains.checking.texts import digits_of
from chains.checking.topics import Anchor
from chains.deals import Book, Deal, Money, Span
from chains.scan import Mention, Percent

Value = Money | Percent | date
Known = Callable[[int, Value], bool]


def read_values(book: Book) -> Iterator[tuple[int, Value, tuple[Span, ...], str]]:
    """Yield (deal, value, spans, "was" | "now" | "") for the values that the deals hold."""
    for index, deal in enumerate(book.deals):
        for fact, part in (
            (deal.amount, "now"),
            (deal.previous_amount, "was"),
            (deal.close_date, "now"),
            (deal.previous_close_date, "was"),
        ):
            if fact is not None:
                yield index, fact.value, fact.spans, part
        if deal.probability is not None:
            share = deal.probability.value
            yield index, Percent(Decimal(share), Decimal(share)), deal.probability.spans, ""
        for due, spans in _dues(deal):
            yield index, due, spans, ""


def _dues(deal: Deal) -> Iterator[tuple[date, tuple[Span, ...]]]:
    if deal.next_step is not None and deal.next_step.value.due is not None:
        yield deal.next_step.value.due, deal.next_step.spans
    for need in deal.dependencies:
        if need.value.due is not None:
            yield need.value.due, need.spans


def place_of(notes: Taken, value: Value, spans: tuple[Span, ...], topic: int) -> Place:
    """Return the place of a value that was read; one without a span stands nowhere, at the start with no length."""
    start, end = (spans[0].start, spans[0].end) if spans else (0, 0)
    sentence = notes.at(start) if spans else None
    if sentence is None:
        sentence = Sentence(start, end, Block(start, end, "text"), [], [], [Piece(start, end)])
    mention = Mention(start, end, value)
    kind = "date" if isinstance(value, date) else type(value).__name__
    days = frozenset([value]) if isinstance(value, date) else frozenset()
    digits, size = digits_of(mention)
    anchor = Anchor(frozenset([topic]), tight=True)
    return Place(mention, sentence, Piece(sentence.start, sentence.end), anchor, kind, days, (), digits, size, {})
