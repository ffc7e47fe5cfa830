"""The way from notes to a `Book`: text and its conventions come in, deals with the place of every fact go out."""

from collections.abc import Mapping

from chains.deals import Book, Conventions, Unread
from chains.reading.accounts.finding import find_accounts
from chains.reading.accounts.others import others_deals
from chains.reading.accounts.pieces import Piece
from chains.reading.accounts.scopes import scope
from chains.reading.all_deals import read_deals
from chains.reading.garbage import garbage_later
from chains.reading.layout.marked import Marked
from chains.reading.layout.speakers import reps_of, strangers_in
from chains.reading.marking import mark
from chains.reading.places import Lines
from chains.reading.private.remarks import private_ranges
from chains.reading.tables.dead_rows import without_dead_rows
from chains.reading.tables.owners import with_cells
from chains.reading.tables.rows import read_tables
from chains.reading.talks.statements import read_statements
from chains.reading.unread import not_understood

_NOT_YOURS = "Somebody else's deal: left out of yours. Take the remark out if it is yours."


@garbage_later()
def read(notes: str, conventions: Conventions) -> Book:
    """Read the deals, statements and promises out of `notes`; raise NotesError for an export without a known column."""
    lines = Lines(notes)
    tables = read_tables(notes, conventions)
    marked, cells = mark(notes, conventions, lines, tables)
    reps = reps_of(notes, marked.units)
    strangers = strangers_in(marked.units, reps)
    registry, mentions = find_accounts(
        marked, [(d.name, d.aliases) for d in tables.deals], strangers, dict(tables.numbers)
    )
    pieces = scope(marked, mentions, reps, len(registry.accounts))
    pieces = with_cells(marked, pieces, cells, registry)
    pieces, tables = without_dead_rows(marked, registry, pieces, tables)
    others = others_deals(marked, registry, pieces, mentions)
    mine = [p for p in pieces if p.account not in others]
    deals = read_deals(marked, lines, conventions, registry, mentions, mine, tables, cells, frozenset(others))
    private = [lines.span(a, b) for a, b in private_ranges(marked, pieces)]
    taken = sorted([*tables.covered, *((s.start, s.end) for s in private)])
    statements, commitments, targets = read_statements(notes, conventions, deals, taken, marked.clauses, marked.units)
    left_out = _left_out(marked, lines, others)
    unread = [*left_out, *tables.unread, *not_understood(marked, pieces, lines, taken, statements, commitments)]
    return Book(
        notes,
        conventions,
        tuple(deals),
        statements,
        commitments,
        targets,
        tuple(private),
        tuple(sorted(unread, key=lambda u: u.span.start)),
    )


def _left_out(marked: Marked, lines: Lines, others: Mapping[int, Piece]) -> list[Unread]:
    """Report the remarks that call an exported deal somebody else's."""
    tokens = marked.stream.tokens
    remarks = [(tokens[p.first].start, tokens[p.last - 1].end) for p in others.values()]
    return [Unread(lines.span(start, end), _NOT_YOURS) for start, end in remarks]
