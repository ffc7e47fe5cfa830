"""Rows of an export that a remark takes back: marked notes, pieces and tables come in, both without those rows go out.

"Globex is in there twice, the 190 one is dead, 215 is right": the row over 190 is left out and reported, and the words
about it tell nothing of the row that stays.
"""

from collections.abc import Sequence
from decimal import Decimal

from chains.deals import Deal, Unread
from chains.reading.accounts.pieces import Piece
from chains.reading.accounts.registry import Registry
from chains.reading.layout.marked import Marked
from chains.reading.layout.tokens import Token
from chains.reading.tables.owners import rows_by_account
from chains.reading.tables.rows import TablesRead
from chains.scan import Count

_ROW = frozenset("one ones row line entry record is s was are".split())
_DEAD = frozenset("dead old wrong duplicate duplicated dupe dup stale gone outdated obsolete superseded".split())
_IGNORE = frozenset("ignore drop delete forget skip remove disregard".split())
_SMALL_WORDS = frozenset("the that a".split())
_REASON = "A remark takes this row back: left out. Take the remark out if the row counts."


def without_dead_rows(
    marked: Marked, registry: Registry, pieces: Sequence[Piece], tables: TablesRead
) -> tuple[list[Piece], TablesRead]:
    """Return pieces and tables without the rows that remarks call dead, where another row of the account stays."""
    rows = rows_by_account(registry, tables.deals)
    dead: list[Deal] = []
    kept: list[Piece] = []
    for piece in pieces:
        several = rows.get(piece.account, [])
        found = _taken_back(marked, piece, several) if len(several) > 1 else None
        if found is None:
            kept.append(piece)
            continue
        deal, first, last = found
        if sum(1 for d in several if not any(d is x for x in dead)) > 1:
            dead.append(deal)
        kept += [p for p in (piece._replace(last=first), piece._replace(first=last)) if p.last > p.first]
    if not dead:
        return list(pieces), tables
    deals = tuple(d for d in tables.deals if not any(d is x for x in dead))
    reports = tuple(Unread(d.lines[0] if d.lines else d.account.spans[0], _REASON) for d in dead)
    return kept, tables._replace(deals=deals, unread=(*tables.unread, *reports))


def _taken_back(marked: Marked, piece: Piece, rows: Sequence[Deal]) -> tuple[Deal, int, int] | None:
    """Return the row that a piece calls dead by its amount, with the clause that says so."""
    tokens = marked.stream.tokens
    for i in range(piece.first, piece.last):
        named = [r for r in rows if r.amount is not None and _says(tokens[i], r.amount.value.amount)]
        if len(named) != 1:
            continue
        behind = [t.low for t in tokens[i + 1 : min(i + 5, piece.last)]]
        said = next((w for w in behind if w not in _ROW), "")
        before = [t.low for t in tokens[max(piece.first, i - 3) : i] if t.low not in _SMALL_WORDS]
        ignored = before[-1:] and before[-1] in _IGNORE and behind[:1] and behind[0] in _ROW
        if (behind[:1] and behind[0] in _ROW and said in _DEAD) or ignored:
            first, last = marked.clauses.clause(i)
            return named[0], max(first, piece.first), min(last, piece.last)
    return None


def _says(token: Token, amount: Decimal) -> bool:
    """Tell whether a token is an amount, in full or in thousands."""
    if token.kind == "money" and token.value is not None:
        value = token.value.amount
    elif token.kind == "count" and isinstance(token.value, Count):
        value = token.value.number
    else:
        return False
    return amount in (value, value * 1000)
