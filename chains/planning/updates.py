"""What an update says, in order: a `Situation` comes in, `Point`s go out.

A comes first, then the bad news, then what the sums are made of, then what is needed, unless the manager listens in
another order. Each point says in which block of the text it stands (`block`), and what the realizer needs to know.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from chains.accounts import names_account
from chains.anticipate import Anticipation
from chains.changes import Change
from chains.deals import Deal
from chains.drafts import Point
from chains.kinds import Category, RiskKind, Topic
from chains.planning.holes import replacement_points
from chains.planning.needs import needs_points
from chains.planning.order import is_line_by_line, order_of
from chains.planning.situation import Situation
from chains.planning.standing import BAD, Standing, is_crowded
from chains.scenarios import Hinge

_NO_RISK = ("moved", "lost")  # gone, so under no heading that tells what could still go wrong
_TELLS_RISKS = re.compile(r"\b(?:risks?|break|move|blockers|red flags|problems)\b", re.IGNORECASE)
_IS_IT = re.compile(r"\W*(?:and )?(?:is|are|will|does|do|can)\b", re.IGNORECASE)
BLOCK_OF = {
    "moved": "bad",
    "down": "bad",
    "lost": "bad",
    "at_risk": "commits",
    "safe": "commits",
    "upside": "upside",
    "won": "won",
    "pipeline": "later",
    "later": "later",
    "omitted": "later",
    "won_before": "later",
}
_NAMED = 3  # deals at risk that the sums name
_ONE_LIST = 4  # counted deals that stand in one list, without headings of their own
_GROUP_ORDER = (
    "moved",
    "down",
    "at_risk",
    "safe",
    "upside",
    "won",
    "pipeline",
    "later",
    "omitted",
    "won_before",
    "lost",
)
# questions that are after something else than the forecast; they are answered before it
_HEADLINES = ("slipped", "won", "risks", "needs")


def update_points(situation: Situation) -> tuple[Point, ...]:
    """Return the points of an update in the order they are told."""
    s = situation
    if s.asked.only_accounts:
        about = set(s.asked.accounts)
        points = [*_asked_deals(s), *(p for p in replacement_points(s) if about & set(p.accounts))]
        points += [p for p in needs_points(s) if about & set(p.accounts)]
    else:
        blocks = {
            "headline": [*_headline(s)],
            "money": [*_answer(s)],
            "changes": [*_changes(s)],
            "fill": [*replacement_points(s)],
            "needs": [*needs_points(s)],
        }
        for block, deal_points in _deals(s).items():
            blocks[block] = [*blocks.get(block, ()), *deal_points]
        for point in _boss_asks(s):
            block = str(dict(point.facts)["block"])
            blocks[block] = [*blocks.get(block, ()), point]
        points = [p for block in order_of(s) for p in blocks.pop(block, ())]
        points += [p for left in blocks.values() for p in left]
    return tuple(_with_topics(points, s))


def _headline(s: Situation) -> Iterator[Point]:
    kind = next((k for k in s.asked.kinds if k in _HEADLINES), None)
    if kind is None or ("forecast" in s.asked.kinds and s.asked.kinds.index("forecast") < s.asked.kinds.index(kind)):
        return
    groups = {"slipped": ("moved",), "won": ("won",), "risks": ("at_risk",), "needs": ()}[kind]
    deals = tuple(st.deal for st in s.standings if st.group in groups)
    facts = (("block", "headline"), ("kind", kind), ("deals", deals), ("scenarios", s.scenarios))
    yield Point("headline", "A", "the question as it was asked", tuple(d.name for d in deals), facts=facts)


def _answer(s: Situation) -> Iterator[Point]:
    facts = (
        ("block", "money"),
        ("kinds", s.asked.kinds),
        ("scenarios", s.scenarios),
        ("crowded", is_crowded(s.standings)),
    )
    yield Point("answer", "A", "the question as it was asked", facts=facts)
    if s.last is not None and s.last.total is not None and s.scenarios.total is not None:
        yield Point("compared", "A", "the forecast against last time", facts=(*facts, ("before", s.last)))
    if s.scenarios.total is None:
        yield Point("by_kind", "A", "amounts of different kinds are not added", facts=facts)
    else:
        yield Point("worst", "A", "what pulls it down", _names(s.scenarios.at_risk), facts=facts)
        yield Point("best", "A", "what would lift it", _names(s.scenarios.upside), facts=facts)
    if s.scenarios.target is not None:
        yield Point("gap", "B", "the gap to the number", facts=facts, topics=(Topic.GAP_TO_NUMBER,))
    if s.scenarios.missing:
        topics = (Topic.DATA_MISSING,)
        why = "an amount that is not known counts as nothing"
        yield Point("missing", "B", why, s.scenarios.missing, topics, facts=facts)
    if "bets" in s.asked.kinds and not s.manner.as_list:
        sure = tuple(st.deal.name for st in s.standings if st.group in ("won", "safe", "at_risk") and not _doubted(st))
        unsure = tuple(
            st.deal.name for st in s.standings if st.group == "upside" or (st.group == "at_risk" and _doubted(st))
        )
        yield Point("bets", "A", "what the rep would bet on", sure, facts=(*facts, ("unsure", unsure)))
    if undated := tuple(st.deal.name for st in s.standings if _counts_but_for_its_date(st.deal)):
        why = "what is called commit or best case and has no date stands in no sum"
        yield Point("undated", "B", why, undated, (Topic.DATA_MISSING,), facts=facts)


def _counts_but_for_its_date(deal: Deal) -> bool:
    called = deal.category.value if deal.category else None
    return called in (Category.COMMIT, Category.BEST_CASE) and deal.amount is not None and deal.close_date is None


def _boss_asks(s: Situation) -> Iterator[Point]:
    """Yield a plain answer to what the manager's boss asks about one deal: is it in or not."""
    for standing in s.standings:
        told = any(_IS_IT.match(q) and names_account(q, standing.deal) for q in s.request.manager.asked_by_their_boss)
        if not told or standing.group not in ("moved", "at_risk", "safe", "upside"):
            continue
        if standing.group == "moved" and s.manner.bad_opens:
            continue
        if _stands_alone(standing, s):
            if s.scenarios.total is None:
                continue  # it stands beside the sums of its kind
            facts = (("block", "asked"), ("deal", standing.deal), ("group", "upside.it"), ("scenarios", s.scenarios))
            yield Point("boss_asks", "B", "what the manager's boss asks", (standing.deal.name,), facts=facts)
            continue
        if standing.group == "at_risk" and s.scenarios.total is not None and len(s.scenarios.at_risk) <= _NAMED:
            continue  # named with what is open there right before
        facts = (("block", "money"), ("deal", standing.deal), ("group", standing.group), ("scenarios", s.scenarios))
        yield Point("boss_asks", "B", "what the manager's boss asks", (standing.deal.name,), facts=facts)


def _changes(s: Situation) -> Iterator[Point]:
    """Yield what moved since last time, one point a deal, with what there is to say about the deal today."""
    if s.changes is None:
        return
    by_name = {st.deal.name: st for st in s.standings}
    ordered = sorted(s.changes, key=lambda c: [x.account for x in s.changes or ()].index(c.account))
    for account, some in groupby(ordered, key=lambda c: c.account):
        moves: tuple[Change, ...] = tuple(some)
        standing = by_name.get(account)
        facts = (
            ("block", "changes"),
            ("changes", moves),
            ("deal", standing.deal if standing else None),
            ("group", standing.group if standing else "gone"),
            ("depth", standing.depth if standing else "mention"),
            ("room", standing.room if standing else None),
        )
        sources = tuple(span for m in moves for span in m.sources)
        yield Point("change", "A", "what moved since last time", (account,), facts=facts, sources=sources)
    if not s.changes:
        yield Point("no_change", "A", "nothing moved since last time", facts=(("block", "changes"),))


def _deals(s: Situation) -> dict[str, list[Point]]:
    one_list = _one_list(s)
    told = {change.account for change in s.changes or ()}
    found: dict[str, list[Point]] = {}
    for standing in sorted(s.standings, key=lambda x: _place(x, s)):
        if standing.deal.name in told:
            continue
        block = "deals" if is_line_by_line(s) else BLOCK_OF[standing.group]
        if _stands_alone(standing, s):
            block = "asked"
        elif standing.group == "moved" and standing.asked and is_line_by_line(s):
            block = "bad"
        elif "bets" in s.asked.kinds and BLOCK_OF[standing.group] in ("won", "commits", "upside"):
            block = "not_bets" if standing.group == "upside" or _doubted(standing) else "bets"
        elif "bets" in s.asked.kinds:
            block = BLOCK_OF[standing.group]
        elif block == "deals":
            pass
        elif "changes" in s.manner.blocks and s.changes is None and _moved_by_the_notes(standing):
            block = "changes"
        elif standing.group in _NO_RISK and _TELLS_RISKS.search(dict(s.manner.echoes).get("bad", "")):
            block = "gone"
        elif "bad" in s.manner.blocks and _troubled(standing):
            block = "bad"
        elif one_list and block in ("won", "commits", "upside"):
            block = "deals"
        found.setdefault(block, []).append(_deal_point(standing, block))
    return found


def _stands_alone(standing: Standing, s: Situation) -> bool:
    """Tell whether the manager's boss asks for a deal that is not in the sum yet: it is told in a place of its own."""
    named = any(names_account(q, standing.deal) for q in s.request.manager.asked_by_their_boss)
    alone = standing.group == "upside" and named and standing.depth == "full"
    return alone and s.manner.layout in ("bullets", "prose") and not is_line_by_line(s) and "bad" not in s.manner.blocks


def _doubted(standing: Standing) -> bool:
    """Tell whether the notes themselves doubt a commit."""
    return bool(standing.deal.risk_kinds() & {RiskKind.GONE_DARK, RiskKind.CHAMPION_LOSS})


def _one_list(s: Situation) -> bool:
    if _by_date(s) or s.manner.layout in ("lines", "paragraph"):
        return True
    counted = sum(st.group in ("won", "at_risk", "safe", "upside") for st in s.standings)
    return s.manner.as_list and counted <= _ONE_LIST


def _by_date(s: Situation) -> bool:
    first = [b for b in s.manner.blocks if b in ("money", "deals", "dates", "bad")]
    return first[:1] in (["deals"], ["dates"]) or is_line_by_line(s)


def _place(standing: Standing, s: Situation) -> tuple[object, ...]:
    deal = standing.deal
    close = deal.close_date.value if deal.close_date else s.scenarios.period.end + timedelta(3650)
    later = standing.group in ("pipeline", "later", "omitted", "won_before")
    if _by_date(s) and standing.group not in BAD:
        return (1 if later else 0, 0, 0, close)
    told = ("full", "short", "mention").index(standing.depth)
    return (_GROUP_ORDER.index(standing.group), told, -standing.weight, close)


def _troubled(standing: Standing) -> bool:
    return standing.group == "at_risk" or (standing.group == "upside" and bool(standing.deal.risks))


def _moved_by_the_notes(standing: Standing) -> bool:
    """Tell whether the notes themselves tell of another date, amount or category than today's, or of an end."""
    deal = standing.deal
    told = (deal.previous_close_date, deal.previous_amount, deal.previous_category)
    return any(told) or standing.group in ("lost", "down", "moved")


def _deal_point(standing: Standing, block: str) -> Point:
    facts = (
        ("block", block),
        ("deal", standing.deal),
        ("group", standing.group),
        ("depth", standing.depth),
        ("room", standing.room),
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
        facts = (("block", "weighs"), ("scenarios", s.scenarios))
        yield Point("weighs", "B", "what it means for the number", s.asked.accounts, facts=facts)


_ABOUT_DEALS = ("deal", "change")


def _with_topics(points: Iterable[Point], s: Situation) -> Iterator[Point]:
    """Tie each anticipated topic to the points about its deals, so that a text claims only what it brings up."""
    points = list(points)
    told = {name for p in points if p.role in _ABOUT_DEALS for name in p.accounts}
    by_account: dict[str, list[Anticipation]] = {}
    loose: list[Anticipation] = []
    for anticipation in s.anticipations:
        here = [a for a in anticipation.accounts if a in told]
        for account in here:
            by_account.setdefault(account, []).append(anticipation)
        if not here and not anticipation.accounts:
            loose.append(anticipation)
    for point in points:
        extra = [a for name in point.accounts for a in by_account.get(name, ())] if point.role in _ABOUT_DEALS else []
        if point.role == "answer":
            extra += [a for a in loose if a.topic is not Topic.REPLACEMENT_PLAN]
        topics = tuple(dict.fromkeys((*point.topics, *(a.topic for a in extra))))
        yield Point(
            point.role, point.layer, point.reason, point.accounts, topics, point.facts,
            tuple(dict.fromkeys((*point.sources, *(src for a in extra for src in a.sources)))), point.practices,
        )  # fmt: skip


def _names(hinges: Sequence[Hinge]) -> tuple[str, ...]:
    return tuple(h.account for h in hinges)
