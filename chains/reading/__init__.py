"""Notes to a `Book`: text and its conventions come in, deals with the place of every fact go out.

The way: tables first, then tokens, layout and clauses; which names are accounts; which words belong to which account;
from those words each field; last what concerns no deal.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from chains.deals import Book, Conventions, Deal, Fact, Money, Person, Risk, Span, Unread
from chains.kinds import Basis, Category, RiskKind, Stage
from chains.reading.accounts.finding import find_accounts
from chains.reading.accounts.mentions import FOREIGN, Mention
from chains.reading.accounts.pieces import Piece
from chains.reading.accounts.registry import Account, Registry
from chains.reading.accounts.scopes import scope
from chains.reading.amounts.bases import default_bases
from chains.reading.amounts.worth import read_amount
from chains.reading.concerns.details import read_details
from chains.reading.concerns.risks import read_risks
from chains.reading.concerns.rivals import read_competitors, read_rival_risk, rivals_told
from chains.reading.concerns.wishes import read_exceptions
from chains.reading.dates.closing import read_closing
from chains.reading.endings import as_list_of_losses, without_mentions
from chains.reading.ground import Ground
from chains.reading.layout.clauses import cut
from chains.reading.layout.legends import with_legend
from chains.reading.layout.marked import Marked
from chains.reading.layout.outline import lay_out
from chains.reading.layout.speakers import rep_names
from chains.reading.layout.threads import ages
from chains.reading.layout.tokens import tokenize
from chains.reading.layout.units import Line, Unit
from chains.reading.lexicon import cues
from chains.reading.people.colleagues import colleagues_in, with_colleagues
from chains.reading.people.known_people import people_of
from chains.reading.people.roles import read_people
from chains.reading.people.teams import read_dependencies
from chains.reading.private.business import without_business
from chains.reading.private.remarks import private_ranges
from chains.reading.standing.forecast import read_standing
from chains.reading.steps.next_step import read_step, step_tokens
from chains.reading.tables.dead_rows import without_dead_rows
from chains.reading.tables.reports import CellText
from chains.reading.tables.rows import TablesRead, read_tables
from chains.reading.unread import not_understood


def read(notes: str, conventions: Conventions) -> Book:
    """Read the deals, statements and promises out of `notes`; raise NotesError for an export without a known column."""
    tables = read_tables(notes, conventions)
    marked, cells = _mark(notes, conventions, tables)
    reps = _reps(notes, marked.units)
    strangers = frozenset(u.index for u in marked.units if u.first.speaker and u.first.speaker.casefold() not in reps)
    registry, mentions = find_accounts(marked, [(d.name, d.aliases) for d in tables.deals], strangers)
    pieces = scope(marked, mentions, reps, len(registry.accounts))
    pieces = _with_cells(marked, pieces, cells, registry)
    pieces, tables = without_dead_rows(marked, registry, pieces, tables)
    others = _others(marked, registry, pieces, mentions)
    deals = _deals(
        marked,
        conventions,
        registry,
        mentions,
        [p for p in pieces if p.account not in others],
        tables,
        cells,
        frozenset(others),
    )
    starts = _lines(notes)
    private = [_span(notes, starts, a, b) for a, b in private_ranges(marked, pieces)]
    taken = sorted([*tables.covered, *((s.start, s.end) for s in private)])
    from chains.reading.talks.statements import read_statements  # it reads deals, which it gets from here

    statements, commitments, targets = read_statements(notes, conventions, deals, taken, marked.clauses, marked.units)
    left_out: list[Unread] = []
    for piece in others.values():
        start, end = marked.stream.tokens[piece.first].start, marked.stream.tokens[piece.last - 1].end
        reason = "Somebody else's deal: left out of yours. Take the remark out if it is yours."
        left_out.append(Unread(_span(notes, starts, start, end), reason))
    unread = [*left_out, *tables.unread, *not_understood(marked, pieces, starts, taken, statements, commitments)]
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


def _reps(notes: str, units: Sequence[Unit]) -> frozenset[str]:
    """Return the folded names of the speakers who are the rep; in questions and answers the one who answers."""
    turns = [(u.first.speaker, notes[u.start : u.end]) for u in units if u.first.speaker]
    speaking = {who.casefold() for who, _ in turns}
    if speaking in ({"q", "a"}, {"question", "answer"}):
        return frozenset({"a", "answer"} & speaking)
    return rep_names(notes, turns)


def _mark(notes: str, conventions: Conventions, tables: TablesRead) -> tuple[Marked, dict[int, CellText]]:
    """Cut the notes up and find every cue; cells of free text become units of their own behind the others."""
    stream = tokenize(notes, conventions, _closed(tables))
    units = lay_out(notes, tables.covered)
    cells: dict[int, CellText] = {}
    starts = _lines(notes)
    for text in tables.texts:
        line = Line(text.start, text.end, bisect_right(starts, text.start), 0, after_blank=True)
        cells[len(units)] = text
        units.append(Unit(len(units), text.start, text.end, (line,), None, None))
    clauses = cut(stream, units)
    hits = with_legend(stream.tokens, clauses.find(cues()), clauses.sentence_of)
    hits = without_business(stream.tokens, hits, clauses.sentence_of)
    at: dict[int, list] = {}  # type: ignore[type-arg]
    for hit in hits:
        at.setdefault(hit.first, []).append(hit)
    return Marked(stream, units, clauses, hits, at, frozenset(cells)), cells


def _closed(tables: TablesRead) -> list[tuple[int, int]]:
    """Return what tables cover without their cells of free text: the ranges that are read already."""
    open_cells = sorted({(t.start, t.end) for t in tables.texts})
    found: list[tuple[int, int]] = []
    place = 0
    for start, end in tables.covered:
        position = start
        while place < len(open_cells) and open_cells[place][0] < end:
            first, last = open_cells[place]
            if first > position:
                found.append((position, first))
            position = max(position, last)
            place += 1
        if position < end:
            found.append((position, end))
    return found


def _with_cells(marked: Marked, pieces: list[Piece], cells: dict[int, CellText], registry: Registry) -> list[Piece]:
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


def _others(
    marked: Marked, registry: Registry, pieces: Sequence[Piece], mentions: Sequence[Mention]
) -> dict[int, Piece]:
    """Return the accounts of an export that a remark calls somebody else's, with the remark."""
    found: dict[int, Piece] = {}
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(marked.clauses.sentence_of[mention.first], []).append(mention)
    for sentence, inside in by_sentence.items():
        first, last = marked.clauses.sentences[sentence].first, marked.clauses.sentences[sentence].last
        told = [h.first for h in marked.between(first, last, "frame") if h.name == "colleague"]
        theirs = {max((m for m in inside if m.first <= i), key=lambda m: m.first, default=inside[0]) for i in told}
        theirs |= {m for m in inside if _whose(marked, m.last)}
        for mention in theirs:
            if mention.account != FOREIGN and registry.accounts[mention.account].exported:
                own = (p for p in pieces if (p.account, p.sentence) == (mention.account, sentence))
                unit = marked.clauses.sentences[sentence].unit
                remark = next(own, Piece(mention.account, mention.first, last, unit, sentence))
                found.setdefault(mention.account, remark)
    return found


def _whose(marked: Marked, i: int) -> bool:
    """Tell whether a name is followed by whose deal it is: Globex is Tyler's, so not mine."""
    run = marked.stream.tokens[i : i + 4]
    if len(run) < 3 or run[0].low not in ("is", "s", "="):
        return False
    ends = len(run) < 4 or run[3].kind == "mark" or run[3].low in ("so", "not", "and", "deal", "account", "one", "now")
    return run[1].capital and run[1].kind == "word" and run[2].low in ("s", "'s", "’s") and ends


def _deals(
    marked: Marked,
    conventions: Conventions,
    registry: Registry,
    mentions: Sequence[Mention],
    pieces: Sequence[Piece],
    tables: TablesRead,
    cells: dict[int, CellText],
    others: frozenset[int] = frozenset(),
) -> list[Deal]:
    general, single = default_bases(marked, mentions)
    named = frozenset(i for m in mentions for i in range(m.first, m.last))
    foreign = frozenset(i for m in mentions if m.account == FOREIGN for i in range(m.first, m.last))
    ours = colleagues_in(marked)
    named_by: dict[int, list[int]] = {}
    for mention in mentions:
        named_by.setdefault(mention.account, []).extend(range(mention.first, mention.last))
    lines = _lines(marked.stream.notes)
    dialogue = sum(1 for u in marked.units if u.first.speaker) >= 3
    humans = marked.once(people_of)
    back = ages(marked)
    if back:  # in a thread the newest mail has the last word
        pieces = sorted(pieces, key=lambda p: (-back.get(p.unit, 0), p.first, p.last))
    by_account: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_account.setdefault(piece.account, []).append(piece)
    first_mention: dict[int, Mention] = {}
    for mention in mentions:
        if mention.account == FOREIGN:
            continue
        first_mention.setdefault(mention.account, mention)
    steps_in_cells = frozenset(
        i
        for index, cell in cells.items()
        if cell.role == "next_step"
        for i in marked.stream.within(cell.start, cell.end)
    )
    exported: dict[int, list[Deal]] = {}
    for deal in tables.deals:
        account = registry.exact(deal.name)
        if account is not None:
            exported.setdefault(account.index, []).append(deal)
    sentence_of = marked.clauses.sentence_of
    told = {sentence_of[h.first] for h in marked.hits if h.group == "repeated"}
    named_in = {(sentence_of[m.first], m.account) for m in mentions}
    naming = {sentence for sentence, _ in named_in}
    twice = {
        p.account
        for p in pieces
        if p.sentence in told and (p.sentence not in naming or (p.sentence, p.account) in named_in)
    }
    found: list[tuple[int, Deal]] = []
    for account in registry.accounts:
        own = by_account.get(account.index, [])
        rows = exported.get(account.index, [])
        rows = rows[-1:] if account.index in twice else rows
        named_first = first_mention.get(account.index)
        if (not own and not rows) or account.index in others:
            continue
        mine = frozenset(named_by.get(account.index, ()))
        ground = Ground(marked, own, named, conventions, lines, dialogue, own=mine, people=humans, foreign=foreign)
        for place, row in enumerate(rows or (None,)):
            # remarks name the account: where an export has several deals of one account they are told of the first
            here = ground if place == 0 else replace(ground, pieces=())
            deal = _deal(here, account, named_first, row, single.get(account.index, general), steps_in_cells)
            needed = with_colleagues(deal, ours)
            deal = deal if needed == deal.dependencies else replace(deal, dependencies=needed)
            order = deal.account.spans[0].start if deal.account.spans else 0
            found.append((order, deal))
    deals = [deal for _, deal in sorted(found, key=lambda f: f[0])]
    if not tables.deals:
        return without_mentions(deals)
    return as_list_of_losses(deals, tables.deals, conventions.as_of)


def _deal(
    ground: Ground,
    account: Account,
    mention: Mention | None,
    row: Deal | None,
    basis: Basis | None,
    cells: frozenset[int],
) -> Deal:
    base = row or Deal(account=Fact(account.name, (ground.span(mention.first, mention.last),) if mention else ()))
    stated = base.category if base.category and not base.category.inferred else None
    standing = read_standing(ground, stated, base.stage, base.probability)
    category = standing.category or base.category
    steps = step_tokens(ground) | cells
    closing = read_closing(ground, standing.won, standing.lost, base.close_date, steps)
    amount, before = read_amount(ground, base.amount, base.probability)
    closed = standing.won or standing.lost
    people, everybody = read_people(ground)
    left = base.next_step if not standing.won or (base.next_step and base.next_step.value.due) else None
    step = None if standing.lost else read_step(ground, everybody, left)
    risks = read_risks(ground, moved_out=closing.moved_out, closed=closed)
    told = rivals_told(ground, everybody)
    rival = None if closed else read_rival_risk(ground, told)
    if rival is not None and rival.value.kind not in {r.value.kind for r in risks}:
        risks = (*risks, rival)
    stage = _with_paper(standing.stage or base.stage, risks, category)
    return replace(
        base,
        account=Fact(account.name, base.account.spans),
        aliases=tuple(dict.fromkeys(a for a in (*base.aliases, *account.aliases) if a != account.name)),
        amount=_with_basis(amount, basis),
        previous_amount=_with_basis(before, basis) or base.previous_amount,
        category=category,
        previous_category=standing.before,
        stage=stage,
        probability=standing.odds,
        close_date=closing.close,
        previous_close_date=closing.before or base.previous_close_date,
        next_step=step,
        people=_merged_people(people, base),
        competitors=(
            *base.competitors,
            *(
                c
                for c in read_competitors(ground, everybody, told)
                if c.value not in {b.value for b in base.competitors}
            ),
        ),
        risks=risks
        if closed
        else (*risks, *(r for r in base.risks if r.value.kind not in {x.value.kind for x in risks})),
        dependencies=() if standing.lost else read_dependencies(ground, everybody),
        exceptions=() if closed else read_exceptions(ground),
        details=read_details(ground),
        lines=tuple(dict.fromkeys((*base.lines, *(ground.span(p.first, p.last) for p in ground.pieces if not p.lent)))),
    )


_PAPER = (RiskKind.LEGAL, RiskKind.PROCUREMENT, RiskKind.SECURITY_REVIEW)


def _with_paper(
    stage: Fact[Stage] | None, risks: Sequence[Fact[Risk]], category: Fact[Category] | None
) -> Fact[Stage] | None:
    """Take an open point of legal, security or procurement for the stage where nothing but a trial is told."""
    paper = next((r for r in risks if r.value.kind in _PAPER), None)
    if paper is None:
        return stage
    committed = category is not None and category.value is Category.COMMIT
    if stage is None or (committed and stage.value in (Stage.DISCOVERY, Stage.EVALUATION)):
        return Fact(Stage.PROCUREMENT, paper.spans, inferred=True)
    return stage


def _merged_people(people: Sequence[Fact[Person]], base: Deal) -> tuple[Fact[Person], ...]:
    """Put the people of remarks and cells together: a part that remarks give away goes before the export's."""
    roles = {p.value.role for p in people if p.value.role in ("champion", "economic_buyer")}
    kept = [p for p in base.people if p.value.role not in roles]
    named = {p.value.name for p in kept}
    return (*(p for p in people if p.value.role in roles or p.value.name not in named), *kept)


def _with_basis(amount: Fact[Money] | None, basis: Basis | None) -> Fact[Money] | None:
    if amount is None or basis is None or amount.value.basis is not None:
        return amount
    return replace(amount, value=replace(amount.value, basis=basis))


def _lines(notes: str) -> list[int]:
    starts = [0]
    position = notes.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = notes.find("\n", position + 1)
    return starts


def _span(notes: str, lines: Sequence[int], start: int, end: int) -> Span:
    return Span(start, end, notes[start:end], bisect_right(lines, start))
