"""What an update says, in order: a `Book`, a `Request`, scenarios, anticipations and changes come in, `Point`s go out.

A comes first, then the bad news, then what the sums are made of, then what is needed, unless the manager listens in
another order. Each point says in which block of the text it stands (`block`), and what the realizer needs to know.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from chains.anticipate import Anticipation
from chains.deals import ME, Commitment, Deal, Fact
from chains.drafts import Point
from chains.kinds import Category, Team, Topic
from chains.periods import quarter_of
from chains.planning.situation import Situation
from chains.planning.standing import BAD, Standing
from chains.scenarios import Hinge, Scenarios, work_out

USUAL_ORDER = ("money", "changes", "bad", "won", "commits", "upside", "later", "fill", "needs")
BLOCK_OF = {
    "moved": "bad",
    "down": "bad",
    "lost": "bad",
    "at_risk": "commits",
    "safe": "commits",
    "upside": "upside",
    "won": "won",
    "later": "later",
    "omitted": "later",
    "won_before": "later",
}
_ONE_LIST = 6  # counted deals that stand in one list, without headings of their own
_GROUP_ORDER = ("moved", "down", "at_risk", "safe", "upside", "won", "later", "omitted", "won_before", "lost")


def update_points(situation: Situation) -> tuple[Point, ...]:
    """Return the points of an update in the order they are told."""
    s = situation
    if s.asked.only_accounts:
        points = [*_asked_deals(s), *_fill(s), *_needs(s)]
    else:
        blocks = {
            "money": [*_answer(s)],
            "changes": [*_changes(s)],
            "fill": [*_fill(s)],
            "needs": [*_needs(s)],
        }
        for block, deal_points in _deals(s).items():
            blocks[block] = [*blocks.get(block, ()), *deal_points]
        points = [p for block in _order(s) for p in blocks.pop(block, ())]
        points += [p for left in blocks.values() for p in left]
    return tuple(_with_topics(points, s))


def _order(s: Situation) -> tuple[str, ...]:
    named: list[str] = []
    for block in s.manner.blocks:
        if block == "deals":
            named += ["deals", "won", "commits", "upside"]
        elif block == "dates":
            named += ["deals"] if s.manner.blocks[0] == "dates" else []
        else:
            named.append(block)
    if "needs" in s.asked.kinds:
        named.insert(0, "needs")
    # the answer opens the text unless the manager wants the accounts or the bad news before the sums
    if "money" not in named:
        named.insert(0, "money")
    order = list(dict.fromkeys(named))
    rest = [b for b in ("deals", *USUAL_ORDER) if b not in order]
    if "bad" not in order:
        # early all the same: right after the answer
        at = order.index("money") + 1
        order.insert(at, "bad")
        rest.remove("bad")
    if "changes" in rest:
        order.insert(order.index("money") + 1, "changes")
        rest.remove("changes")
    return (*order, *rest)


def _answer(s: Situation) -> Iterator[Point]:
    facts = (("block", "money"), ("kinds", s.asked.kinds), ("scenarios", s.scenarios))
    yield Point("answer", "A", "the question as it was asked", facts=facts)
    if s.scenarios.total is None:
        yield Point("by_kind", "A", "amounts of different kinds are not added", facts=facts)
    else:
        yield Point("worst", "A", "what pulls it down", _names(s.scenarios.at_risk), facts=facts)
        yield Point("best", "A", "what would lift it", _names(s.scenarios.upside), facts=facts)
    if s.scenarios.target is not None:
        gap_facts = (*facts, ("target", s.scenarios.target))
        yield Point("gap", "B", "the gap to the number", facts=gap_facts, topics=(Topic.GAP_TO_NUMBER,))
    if s.scenarios.missing:
        yield Point(
            "missing", "B", "an amount that is not known counts as nothing", s.scenarios.missing, (Topic.DATA_MISSING,),
            facts=facts,
        )  # fmt: skip


def _changes(s: Situation) -> Iterator[Point]:
    if s.changes is None:
        return
    if s.last is not None and s.last.total is not None and s.scenarios.total is not None:
        facts = (("block", "changes"), ("before", s.last), ("scenarios", s.scenarios))
        yield Point("compared", "A", "the forecast against last time", facts=facts)
    for change in s.changes:
        told = (("block", "changes"), ("change", change))
        yield Point("change", "A", "what moved since last time", (change.account,), facts=told, sources=change.sources)
    if not s.changes:
        yield Point("no_change", "A", "nothing moved since last time", facts=(("block", "changes"),))


def _deals(s: Situation) -> dict[str, list[Point]]:
    one_list = "deals" in _lists_all(s)
    found: dict[str, list[Point]] = {}
    if s.manner.as_list and not one_list:
        counted = sum(st.group in ("won", "at_risk", "safe", "upside") for st in s.standings)
        one_list = counted <= _ONE_LIST
    for standing in sorted(s.standings, key=lambda x: _place(x, s)):
        block = BLOCK_OF[standing.group]
        if one_list and block in ("won", "commits", "upside"):
            block = "deals"
        elif "bad" in s.manner.blocks and _troubled(standing):
            block = "bad"
        found.setdefault(block, []).append(_deal_point(standing, block))
    return found


def _lists_all(s: Situation) -> tuple[str, ...]:
    first = [b for b in s.manner.blocks if b in ("money", "deals", "dates", "bad")]
    leads = first[:1] in (["deals"], ["dates"])
    return ("deals",) if leads or s.manner.layout in ("lines", "paragraph") or "lines" in s.asked.kinds else ()


def _place(standing: Standing, s: Situation) -> tuple[object, ...]:
    close = standing.deal.close_date.value if standing.deal.close_date else s.scenarios.period.end + timedelta(3650)
    if "deals" in _lists_all(s) and standing.group not in BAD:
        return (0 if standing.group not in ("later", "omitted", "won_before") else 1, close)
    told = 0 if standing.depth == "full" else 1
    return (_GROUP_ORDER.index(standing.group), told, -standing.weight, close)


def _troubled(standing: Standing) -> bool:
    return standing.group == "at_risk" or (standing.group == "upside" and bool(standing.deal.risks))


def _deal_point(standing: Standing, block: str) -> Point:
    facts = (
        ("block", block),
        ("deal", standing.deal),
        ("group", standing.group),
        ("depth", standing.depth),
        ("asked", standing.asked),
    )
    reason = {"moved": "moved out of the period", "at_risk": "could break", "upside": "could still come"}
    return Point("deal", "A", reason.get(standing.group, "part of the picture"), (standing.deal.name,), facts=facts)


def _asked_deals(s: Situation) -> Iterator[Point]:
    for standing in s.standings:
        if standing.deal.name in s.asked.accounts:
            full = Standing(standing.deal, standing.group, standing.weight, "full", standing.in_period, True)
            yield _deal_point(full, "money")
    if len(s.asked.accounts) == 1:
        facts = (("block", "money"), ("scenarios", s.scenarios))
        yield Point("weighs", "B", "what it means for the number", s.asked.accounts, facts=facts)


def _fill(s: Situation) -> Iterator[Point]:
    topic = next((a for a in s.anticipations if a.topic is Topic.REPLACEMENT_PLAN), None)
    if topic is None:
        return
    holes, into_this = _holes(s, topic)
    if not holes:
        return
    other, secured = s.scenarios, []
    before = holes[0].previous_close_date
    if into_this and before is not None:
        other = work_out(s.book, quarter_of(before.value, s.book.conventions.fiscal_year_start))
        secured = [*other.won, *other.safe, *other.at_risk]
    facts = (
        ("block", "fill"),
        ("holes", tuple(holes)),
        ("fillers", _fillers(s, other, holes)),
        ("secured", tuple(secured)),
        ("label", other.period.label),
    )
    names = tuple(d.name for d in holes)
    yield Point("replacement", "B", topic.reason, names, (Topic.REPLACEMENT_PLAN,), facts=facts, sources=topic.sources)


def _fillers(s: Situation, other: Scenarios, holes: Sequence[Deal]) -> tuple[Hinge, ...]:
    """Return the fewest deals that could stand in: what came in early, then best case deals as large as needed."""
    kinds = {(d.amount.value.currency, d.amount.value.basis) for d in holes if d.amount}
    rest = sum((d.amount.value.amount for d in holes if d.amount), Decimal(0))
    gone = {d.name for d in holes}
    chosen: list[Hinge] = []
    for hinge in _pulled_in(s, other):
        if (hinge.money.currency, hinge.money.basis) in kinds and rest > 0:
            chosen.append(hinge)
            rest -= hinge.money.amount
    hopes = [h for h in other.upside if (h.money.currency, h.money.basis) in kinds and h.account not in gone]
    while rest > 0 and hopes:
        enough = [h for h in hopes if h.money.amount >= rest]
        pick = min(enough, key=lambda h: h.money.amount) if enough else max(hopes, key=lambda h: h.money.amount)
        hopes.remove(pick)
        chosen.append(pick)
        rest -= pick.money.amount
    return tuple(chosen)


def _holes(s: Situation, topic: Anticipation) -> tuple[list[Deal], bool]:
    """Return the deals that leave a hole, and whether they left it in an earlier period by coming into this one."""
    by_name = {st.deal.name: st for st in s.standings}
    named = [by_name[a] for a in topic.accounts if a in by_name and by_name[a].deal.amount is not None]
    gone = [st.deal for st in named if st.group in BAD]
    if gone:
        return gone, False
    into = [st.deal for st in named if st.in_period and st.deal.previous_close_date is not None]
    if into:
        return into[:1], True
    return [st.deal for st in s.standings if st.group == "moved" and st.deal.amount is not None], False


def _pulled_in(s: Situation, other: Scenarios) -> Iterator[Hinge]:
    counted = {h.account: h for h in (*other.won, *other.safe, *other.at_risk)}
    for deal in s.book.deals:
        before = deal.previous_close_date
        if before is not None and before.value > other.period.end and deal.name in counted:
            yield counted[deal.name]


def _needs(s: Situation) -> Iterator[Point]:
    for standing in s.standings:
        deal = standing.deal
        teams = {d.value.team for d in deal.dependencies}
        category = deal.category.value if deal.category else None
        if category in (Category.CLOSED_LOST, Category.OMITTED) or not teams & {Team.MANAGER, Team.EXECUTIVE}:
            continue
        facts = (("block", "needs"), ("deal", deal))
        yield Point("needed", "C", "what only the manager can do", (deal.name,), facts=facts)
    owed = [c for c in s.book.commitments if c.value.owner != ME and c.value.done is not True and _to_me(c)]
    for commitment in owed:
        promised = (("block", "needs"), ("commitment", commitment.value))
        yield Point("owed", "C", "open from the manager's side", facts=promised, sources=commitment.spans)
    worst = next((st for st in s.standings if st.group == "moved" and _matters(st, s)), None)
    if worst is not None and s.manner.words >= 190:
        facts = (("block", "needs"), ("deal", worst.deal))
        yield Point("choice", "B", "bad news leaves the manager a choice", (worst.deal.name,), facts=facts)


def _matters(standing: Standing, s: Situation) -> bool:
    """Tell whether a deal that moved out is worth the manager's own decision."""
    if standing.deal.amount is None or standing.deal.category is None:
        return False
    was = standing.deal.previous_category
    total = s.scenarios.total
    large = total is not None and 4 * standing.deal.amount.value.amount >= total.base
    return standing.asked or large or (was is not None and was.value is Category.COMMIT)


def _to_me(commitment: Fact[Commitment]) -> bool:
    return commitment.value.to in (None, ME, "you", "I")


def _with_topics(points: Iterable[Point], s: Situation) -> Iterator[Point]:
    """Tie each anticipated topic to the points about its deals, so that a text claims only what it brings up."""
    points = list(points)
    told = {name for p in points if p.role == "deal" for name in p.accounts}
    by_account: dict[str, list[Anticipation]] = {}
    loose: list[Anticipation] = []
    for anticipation in s.anticipations:
        here = [a for a in anticipation.accounts if a in told]
        for account in here:
            by_account.setdefault(account, []).append(anticipation)
        if not here and not anticipation.accounts:
            loose.append(anticipation)
    for point in points:
        extra = [a for name in point.accounts for a in by_account.get(name, ())] if point.role == "deal" else []
        if point.role == "answer":
            extra += [a for a in loose if a.topic is not Topic.REPLACEMENT_PLAN]
        topics = tuple(dict.fromkeys((*point.topics, *(a.topic for a in extra))))
        yield Point(
            point.role, point.layer, point.reason, point.accounts, topics, point.facts,
            tuple(dict.fromkeys((*point.sources, *(src for a in extra for src in a.sources)))), point.practices,
        )  # fmt: skip


def _names(hinges: Sequence[Hinge]) -> tuple[str, ...]:
    return tuple(h.account for h in hinges)
