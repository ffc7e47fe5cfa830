"""What asks and feedback talks share: which statements there are, in which order the manager wants them.

Statements and how the manager listens come in; blocks in order and facts grouped by kind go out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from chains.accounts import names_account
from chains.deals import Book, Deal, Fact, Span, Statement
from chains.kinds import StatementKind
from chains.planning.situation import Situation
from chains.reading.layout.outline import lay_out
from chains.reading.layout.speakers import rep_names
from chains.wordfiles import load

THEIRS = re.compile(r"\b(?:is|are) [A-Z]\w+['’]s\b")  # "De Grutto Noord (90k) is Pim's"


@lru_cache(maxsize=1)
def table() -> Mapping[str, Any]:
    """Load asking.yaml."""
    data: Mapping[str, Any] = load("chains.planning", "asking.yaml")
    return data


def blocks(kind: str, listens: str) -> tuple[str, ...]:
    """Return the blocks of a text in the order in which the manager listens."""
    rules = table()[kind]
    places = {block: first_place(words, listens) for block, words in rules["blocks"].items()}
    named = sorted((b for b, at in places.items() if at is not None), key=lambda b: places[b] or 0)
    rest = [b for b in rules["usual"] if b not in named]
    # what is named moves to the front, but never past a goal that the rest hangs on
    head = [b for b in rest if b == "goal"]
    return tuple(dict.fromkeys([*head, *named, *rest]))


def first_place(words: Sequence[str], text: str) -> int | None:
    """Return where the first of the words stands in the text, as whole words; None where none does."""
    places = [m.start() for w in words if (m := re.search(rf"(?<!\w){re.escape(w)}(?!\w)", text, re.IGNORECASE))]
    return min(places, default=None)


def said(book: Book, kind: StatementKind) -> list[Fact[Statement]]:
    """Return the statements of one kind that may travel."""
    return [s for s in book.said(kind) if not is_private(book, s.spans)]


def is_private(book: Book, spans: Sequence[Span]) -> bool:
    """Tell whether any span touches a remark that must not travel."""
    return any(s.start < p.end and p.start < s.end for s in spans for p in book.private)


def without_told(deal: Deal, told: Sequence[Span], book: Book) -> Deal:
    """Return the deal without what is told elsewhere or was said by somebody quoted, so that nothing is said twice."""

    others = words_of_others(book.notes)

    def fresh(facts: Sequence[Fact[Any]]) -> tuple[Any, ...]:
        return tuple(f for f in facts if not (f.spans and all(any(covers(t, s) for t in told) for s in f.spans)))

    return replace(
        deal,
        previous_amount=None,  # how an amount was corrected is for the update, not for a talk
        risks=fresh(deal.risks),
        dependencies=fresh(deal.dependencies),
        exceptions=fresh(deal.exceptions),
        details=fresh(deal.details),
        lines=tuple(
            line
            for line in deal.lines
            if not quoted(line, book.notes)
            and not any(a < line.end and line.start < b for a, b in others)
            and not any(covers(t, line) or covers(line, t) for t in told)
        ),
        next_step=None if deal.next_step is not None and not fresh((deal.next_step,)) else deal.next_step,
    )


@lru_cache(maxsize=8)
def words_of_others(notes: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of a chat or transcript that somebody else than the rep says."""
    turns = [u for u in lay_out(notes) if u.first.speaker]
    reps = rep_names(notes, [(u.first.speaker, notes[u.start : u.end]) for u in turns])
    return tuple((u.start, u.end) for u in turns if reps and u.first.speaker.casefold() not in reps)


def quoted(span: Span, notes: str) -> bool:
    """Tell whether a place stands in a quoted line of a mail."""
    return notes[notes.rfind("\n", 0, span.start) + 1 : span.start].lstrip().startswith(">")


def tells_deal(fact: Fact[Statement], book: Book) -> bool:
    """Tell whether a sentence gives a deal's amount: then it is about that deal, whatever else it is for."""
    amounts = [s for d in book.deals if d.amount for s in d.amount.spans]
    return any(a.start <= s.start and s.end <= a.end for a in fact.spans for s in amounts)


def tells_nothing(deal: Deal) -> bool:
    """Tell whether the notes give neither amount nor date nor category of a deal: it may well be a place or a hotel."""
    return deal.amount is None and deal.close_date is None and deal.category is None and deal.stage is None


def covers(outer: Span, inner: Span) -> bool:
    """Tell whether most of `inner` lies in `outer`."""
    overlap = min(outer.end, inner.end) - max(outer.start, inner.start)
    return overlap > 0.6 * max(1, inner.end - inner.start)


def linked(situation: Situation, statements: Sequence[Fact[Statement]]) -> frozenset[str]:
    """Return the accounts that the statements name."""
    return frozenset(d.name for d in situation.book.deals if any(names_account(s.value.text, d) for s in statements))
