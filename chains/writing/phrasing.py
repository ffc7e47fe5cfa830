"""The things a text is worded with, for one book: phrases, names, figures, dates and tidied clauses."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from chains.deals import Book, Span
from chains.requests import NOBODY, Manager, Request
from chains.writing.days import Days
from chains.writing.figures import Figures, million_in, sign_in
from chains.writing.names import Names
from chains.writing.tidy import Tidy
from chains.writing.voice import Voice, Wording, load_phrases


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Hold what a text is worded with."""

    book: Book
    request: Request
    voice: Voice
    names: Names
    figures: Figures
    days: Days
    tidy: Tidy
    manager: Manager
    kept: dict[str, object] = field(default_factory=dict, compare=False)  # what is worked out once for a text

    def private(self, spans: tuple[Span, ...]) -> bool:
        """Tell whether any of the spans touches a remark that must not travel."""
        return any(s.start < p.end and p.start < s.end for s in spans for p in self.book.private)


def phrasing(book: Book, request: Request, *files: str, manager: Manager = NOBODY) -> Phrasing:
    """Return the phrasing for a text with the wordings of `files` ("common", "updates", ...)."""
    phrases: Mapping[str, tuple[Wording, ...]] = load_phrases(*files)
    moneys = [d.amount.value for d in book.deals if d.amount is not None]
    bases = {m.basis for m in moneys}
    home = book.conventions.currency
    shared = next(iter(bases - {None})) if len(bases - {None}) == 1 else None
    return Phrasing(
        book=book,
        request=request,
        voice=Voice(_seed(book, request), phrases),
        names=Names(book.deals),
        figures=Figures(
            shared, home, any(m.currency != home for m in moneys), sign_in(book.notes, home), million_in(book.notes)
        ),
        days=Days(book.conventions),
        tidy=Tidy(book),
        manager=manager,
    )


def _seed(book: Book, request: Request) -> str:
    parts = [book.conventions.as_of.isoformat(), request.kind]
    for deal in book.deals:
        parts += [deal.name, str(deal.amount.value.amount if deal.amount else "")]
    return hashlib.blake2b("|".join(parts).encode(), digest_size=8).hexdigest()
