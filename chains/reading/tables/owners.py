"""What of an export belongs to which account: rows and cells of free text come in, each by its account go out."""

from collections.abc import Mapping, Sequence

from chains.deals import Deal
from chains.reading.accounts.pieces import Piece
from chains.reading.accounts.registry import Account, Registry
from chains.reading.layout.marked import Marked
from chains.reading.tables.reports import CellText


def rows_by_account(registry: Registry, rows: Sequence[Deal]) -> dict[int, list[Deal]]:
    """Return the rows of each account, in their order."""
    found: dict[int, list[Deal]] = {}
    for row in rows:
        account = registry.exact(row.name)
        if account is not None:
            found.setdefault(account.index, []).append(row)
    return found


def with_cells(marked: Marked, pieces: list[Piece], cells: Mapping[int, CellText], registry: Registry) -> list[Piece]:
    """Give each cell of free text (by its unit) to the account of its row."""
    if not cells:
        return pieces
    kept = [p for p in pieces if p.unit not in cells]
    owners: dict[str, Account | None] = {}
    for sentence in marked.clauses.sentences:
        cell = cells.get(sentence.unit)
        if cell is None:
            continue
        if cell.account not in owners:
            owners[cell.account] = registry.exact(cell.account)
        owner = owners[cell.account]
        if owner is not None:
            kept.append(Piece(owner.index, sentence.first, sentence.last, sentence.unit, sentence.index))
    return sorted(kept, key=lambda p: (p.first, p.last))
