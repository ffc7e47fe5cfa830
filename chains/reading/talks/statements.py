"""What notes hold beside deals: notes, the deals read so far and the ranges to leave out come in; statements (the ask,
why now, cost, proof, goals, questions, ...), commitments of both sides and the rep's number go out.

Each is a `Fact` whose spans are the notes' own words. What a colleague or mentor says in a talk is not taken over; it
only tells what the rep's next words answer.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from chains.accounts import names_account
from chains.deals import Commitment, Conventions, Deal, Fact, Span, Statement, Target
from chains.kinds import StatementKind
from chains.reading.layout.clauses import Clauses, cut
from chains.reading.layout.outline import lay_out
from chains.reading.layout.tokens import tokenize
from chains.reading.layout.units import Unit
from chains.reading.talks.evidence import EDGE, cue_hits, join_items, seal_brackets, weigh
from chains.reading.talks.promises import commitments_of
from chains.reading.talks.purposes import (
    STRONG,
    Told,
    settle,
    statement_kind,
)
from chains.reading.talks.sentences import sentences_of
from chains.reading.talks.targets import targets_of

Read = tuple[tuple[Fact[Statement], ...], tuple[Fact[Commitment], ...], tuple[Fact[Target], ...]]
LEAST_THANKS = 3  # words that say whom or what for
TELLING = 5  # points that make a line about a deal's figures more than that
_WORD = re.compile(r"[^\W\d_]+")
# kinds whose cues a line about a deal often has by chance ("just a trial", "no travel")
_DOUBTFUL = ("smaller_step", "cost", "return", "evidence", "why_now", "credit")
_TAIL = " \t\r\n,;:|*_-–—>→"
_DOING = re.compile(r"\w")


def read_statements(
    notes: str,
    conventions: Conventions,
    deals: Sequence[Deal],
    taken: Sequence[tuple[int, int]],
    clauses: Clauses | None = None,
    units: Sequence[Unit] | None = None,
) -> Read:
    """Read the statements, commitments and targets; `taken` are ranges to leave out (private remarks, table rows).

    `clauses` and `units` are the notes cut up already, where the caller has them.
    """
    stream = clauses.stream if clauses else tokenize(notes, conventions)
    units = lay_out(notes) if units is None else units
    clauses = cut(stream, units) if clauses is None else clauses
    hits = cue_hits(clauses)
    opens = {h.first for h in hits if h.group.endswith(".strong")}
    metas = [stream.tokens[h.last - 1].end for h in hits if h.group == "meta.strong"]
    told = sentences_of(notes, stream, clauses, units, deals, sorted(taken), opens, metas)
    weigh(notes, hits, units, told, conventions)
    told = join_items(notes, units, told)
    settle(told)
    seal_brackets(notes, told)
    commitments, used = commitments_of(notes, conventions, stream, told, deals)
    statements = tuple(_statements(notes, [t for i, t in enumerate(told) if i not in used], deals))
    return statements, commitments, targets_of(notes, conventions, stream, told, deals)


def _statements(notes: str, told: Sequence[Told], deals: Sequence[Deal]) -> Iterator[Fact[Statement]]:
    groups: list[list[Told]] = []
    for one in told:
        before = groups[-1][-1] if groups else None
        if (
            before is not None
            and one.dictated
            and before.dictated
            and (before.kind, before.unit, before.deal) == (one.kind, one.unit, one.deal)
            and before.last == one.first
            and one.kind != "question"
        ):
            groups[-1].append(one)
        else:
            groups.append([one])
    named = _Named(deals)
    for group in groups:
        first = group[0]
        if not first.rep or first.kind in ("private", "meta", "label"):
            continue
        kind = statement_kind(first.kind)
        if kind is None:
            if first.deal or first.kind:
                continue
            kind = StatementKind.CONTEXT
        doubtful = (
            first.telling
            and not first.bare
            and first.kind in _DOUBTFUL
            and _opening(notes, first) not in ("if", "only", "half")
        )
        if doubtful and first.kind == "smaller_step" and not first.label:
            continue  # "that's just a trial" tells where the deal stands
        least = TELLING if doubtful else STRONG if first.deal and not first.bare else 0
        if max(t.scores.get(first.kind, 0) for t in group) < least:
            continue
        span = trimmed(notes, first.start, group[-1].end)
        if span is None or (kind is StatementKind.CREDIT and len(span.text.split()) < LEAST_THANKS):
            continue
        items = tuple(s for t in group for a, b in t.items if (s := trimmed(notes, a, b)) is not None)
        if items:
            text = f"{span.text.rstrip(':')}: {', '.join(s.text for s in items)}"
            yield Fact(Statement(kind, text), (span, *items))
            continue
        yield Fact(Statement(kind, span.text, named.in_text(span.text) or named.at(first)), (span,))


class _Named:
    """Find the account of a sentence without asking every deal: by the words of names and the place of lines."""

    def __init__(self, deals: Sequence[Deal]) -> None:
        self._deals = deals
        self._by_word: dict[str, list[int]] = {}
        self._lines = sorted((s.start, s.end, i) for i, d in enumerate(deals) for s in d.lines)
        for i, deal in enumerate(deals):
            for word in {m[0].casefold() for name in (deal.name, *deal.aliases) for m in _WORD.finditer(name)}:
                self._by_word.setdefault(word, []).append(i)

    def in_text(self, text: str) -> str | None:
        """Return the first deal's account that a text names."""
        likely = {i for m in _WORD.finditer(text) for i in self._by_word.get(m[0].casefold(), ())}
        return next((self._deals[i].name for i in sorted(likely) if names_account(text, self._deals[i])), None)

    def at(self, one: Told) -> str | None:
        """Return the account whose lines hold a sentence that does not name it."""
        if not one.deal:
            return None
        i = bisect_left(self._lines, (one.end, 0, 0))
        held = [n for start, end, n in self._lines[max(0, i - 40) : i] if end > one.start and start < one.end]
        return self._deals[min(held)].name if held else None


def _opening(notes: str, one: Told) -> str:
    """Return the first word of a sentence, folded."""
    words = (m[0].casefold() for m in _WORD.finditer(notes, one.start, one.end))
    return next((w for w in words if w not in ("and", "so", "but", "or", "then")), "")


def trimmed(notes: str, start: int, end: int) -> Span | None:
    """Return the span without the signs at its ends, None where nothing is left."""
    lead = EDGE.match(notes, start, end)
    start = lead.end() if lead else start
    while end > start and notes[end - 1] in _TAIL:
        end -= 1
    return Span.of(notes, start, end) if end > start and _DOING.search(notes, start, end) else None
