"""The accounts of the notes to their deals: pieces, mentions and tables come in, a `Deal` for each account goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chains.deals import Conventions, Deal
from chains.reading.accounts.mentions import FOREIGN, Mention
from chains.reading.accounts.only_deal import widened
from chains.reading.accounts.pieces import Piece
from chains.reading.accounts.registry import Registry
from chains.reading.amounts.bases import default_bases
from chains.reading.endings import as_list_of_losses, without_mentions
from chains.reading.ground import Ground
from chains.reading.layout.marked import Marked
from chains.reading.layout.speakers import is_dialogue
from chains.reading.layout.threads import ages
from chains.reading.one_deal import read_deal
from chains.reading.people.colleagues import colleagues_in, with_colleagues
from chains.reading.people.known_people import people_of
from chains.reading.places import Lines
from chains.reading.tables.legend import told_in
from chains.reading.tables.owners import rows_by_account
from chains.reading.tables.reports import CellText
from chains.reading.tables.rows import TablesRead


def read_deals(
    marked: Marked,
    lines: Lines,
    conventions: Conventions,
    registry: Registry,
    mentions: Sequence[Mention],
    pieces: Sequence[Piece],
    tables: TablesRead,
    cells: Mapping[int, CellText],
    others: frozenset[int] = frozenset(),
) -> list[Deal]:
    """Return the deals in the order of the notes; `cells` are free text by unit, `others` no account of ours."""
    general, single = default_bases(marked, mentions)
    naming: dict[int, list[int]] = {}  # the tokens that name each account
    for mention in mentions:
        naming.setdefault(mention.account, []).extend(range(mention.first, mention.last))
    named = frozenset(i for tokens in naming.values() for i in tokens)
    foreign = frozenset(naming.get(FOREIGN, ()))
    first_mention = {m.account: m for m in reversed(mentions)}
    ours = colleagues_in(marked)
    dialogue = is_dialogue(marked.units)
    humans = marked.once(people_of)
    scale = 1_000_000 if told_in("in_millions", lines.notes, tables.covered) else 1000
    by_account = _by_account(marked, pieces)
    steps_in_cells = frozenset(
        i for cell in cells.values() if cell.role == "next_step" for i in marked.stream.within(cell.start, cell.end)
    )
    exported = rows_by_account(registry, tables.deals)
    repeated = _told_repeated(marked, mentions, pieces)
    found: list[tuple[int, Deal]] = []
    for account in registry.accounts:
        own = by_account.get(account.index, [])
        rows = exported.get(account.index, [])
        rows = rows[-1:] if account.index in repeated else rows
        if (not own and not rows) or account.index in others:
            continue
        mine = frozenset(naming.get(account.index, ()))
        ground = Ground(marked, own, named, conventions, lines, dialogue, scale, mine, humans, foreign)
        basis = single.get(account.index, general)
        for place, row in enumerate(rows or (None,)):
            # remarks name the account: where an export has several deals of one account they are told of the first
            here = ground if place == 0 else replace(ground, pieces=())
            deal = read_deal(here, account, first_mention.get(account.index), row, basis, steps_in_cells)
            for wider in widened(marked, own) if len(registry.accounts) == 1 and row is None else ():
                if _told(deal) == len(_CORE):
                    break
                wide = replace(ground, pieces=wider)
                told = read_deal(wide, account, first_mention.get(account.index), row, basis, steps_in_cells)
                here, deal = (wide, told) if _told(told) > _told(deal) else (here, deal)
            needed = with_colleagues(here, deal, ours)
            deal = deal if needed == deal.dependencies else replace(deal, dependencies=needed)
            order = deal.account.spans[0].start if deal.account.spans else 0
            found.append((order, deal))
    deals = [deal for _, deal in sorted(found, key=lambda f: f[0])]
    if not tables.deals:
        return without_mentions(deals)
    return as_list_of_losses(deals, tables.deals, conventions.as_of)


_CORE = ("amount", "category", "close_date")


def _told(deal: Deal) -> int:
    """Return how much is told of what every deal has."""
    return sum(getattr(deal, name) is not None for name in _CORE)


def _by_account(marked: Marked, pieces: Sequence[Piece]) -> dict[int, list[Piece]]:
    """Return the pieces of each account; in a thread the newest mail has the last word."""
    back = ages(marked)
    if back:
        pieces = sorted(pieces, key=lambda p: (-back.get(p.unit, 0), p.first, p.last))
    found: dict[int, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.account, []).append(piece)
    return found


def _told_repeated(marked: Marked, mentions: Sequence[Mention], pieces: Sequence[Piece]) -> set[int]:
    """Return the accounts of which a remark says that the export holds their deal more than once."""
    sentence_of = marked.clauses.sentence_of
    told = {sentence_of[h.first] for h in marked.hits if h.group == "repeated"}
    named_in = {(sentence_of[m.first], m.account) for m in mentions}
    naming = {sentence for sentence, _ in named_in}
    return {
        p.account
        for p in pieces
        if p.sentence in told and (p.sentence not in naming or (p.sentence, p.account) in named_in)
    }
