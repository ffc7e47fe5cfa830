"""The deals that an ask hangs on: a `Situation` and what the ask tells come in, points about deals go out."""

import re
from collections.abc import Iterator, Sequence

from chains.deals import Deal, Fact, Span, Statement
from chains.drafts import Point
from chains.kinds import Category, StatementKind
from chains.planning.situation import Situation
from chains.planning.standing import Standing
from chains.planning.talks import linked, table, tells_nothing, without_told

FEW = 6  # open deals up to which all of them stand behind an ask, unless the notes set one apart
_DONE = (Category.CLOSED_WON, Category.CLOSED_LOST, Category.OMITTED)


def deal_points(s: Situation, told: Sequence[Fact[Statement]], spans: Sequence[Span]) -> Iterator[Point]:
    """Yield the deals, those that the ask hangs on before the rest of the quarter."""
    named = linked(s, told) | _listed_under(s, told)
    topics_of = {
        st.deal.name: tuple(a.topic for a in s.anticipations if st.deal.name in a.accounts) for st in s.standings
    }

    live = [st for st in s.standings if _is_open(st.deal)]
    few = len(live) <= FEW

    def hangs_on(standing: Standing) -> bool:
        name = standing.deal.name
        if is_set_apart(standing.deal, s.book.notes):
            return standing.asked
        return name in named or standing.asked or bool(topics_of[name]) or (few and standing in live)

    proofs = [x for f in told if f.value.kind is StatementKind.PROOF for x in f.spans]
    for standing in sorted(s.standings, key=lambda st: not hangs_on(st)):
        deal = standing.deal
        category = deal.category.value if deal.category else None
        if (
            tells_nothing(deal)
            or category in (Category.CLOSED_LOST, Category.OMITTED)
            or _told_whole(deal, spans)
            or _told_whole(deal, proofs, True)
        ):
            continue
        topics = topics_of[deal.name]
        hangs = hangs_on(standing)
        facts = (
            ("block", "deals" if hangs else "others"),
            ("deal", without_told(deal, spans, s.book)),
            ("group", standing.group),
            ("depth", "full" if hangs else "short"),
            ("asked", standing.asked),
        )
        reason = "the ask hangs on it" if hangs else "the rest of the picture"
        yield Point("deal", "B", reason, (deal.name,), topics, facts)


def _is_open(deal: Deal) -> bool:
    return deal.category is None or deal.category.value not in _DONE


def is_set_apart(deal: Deal, notes: str) -> bool:
    """Tell whether the notes name a deal as none of the ask's: "not stuck, just so she has it"."""
    for span in deal.account.spans[:1]:
        start = max(notes.rfind(stop, 0, span.start) for stop in ("\n", ". ", "? ", "! ")) + 1
        ends = [e for stop in ("\n", ". ", "? ", "! ") if (e := notes.find(stop, span.end)) >= 0]
        told = notes[start : min(ends, default=len(notes))]
        if any(re.search(p, told, re.IGNORECASE) for p in table()["apart"]):
            return True
    return False


def _listed_under(s: Situation, told: Sequence[Fact[Statement]]) -> frozenset[str]:
    """Return the accounts that stand in a list under a sentence of the ask: "3 trials wait for it:"."""
    lines = s.book.notes.split("\n")
    under: set[int] = set()
    for fact in told:
        if not fact.spans or fact.value.kind in (StatementKind.SMALLER_STEP, StatementKind.ON_REFUSAL):
            continue
        at = fact.spans[-1].line  # counts from one: the line behind it is lines[at]
        depth = _depth(lines[at - 1])
        for number in range(at, len(lines)):
            if not lines[number].strip() or _depth(lines[number]) <= depth:
                break
            under.add(number + 1)
    return frozenset(d.name for d in s.book.deals if any(x.line in under for x in d.account.spans))


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _told_whole(deal: Deal, spans: Sequence[Span], proof: bool = False) -> bool:
    """Tell whether a sentence of the rep's own gives the amount of a deal that is won: it is the proof already."""
    won = proof or (deal.category is not None and deal.category.value is Category.CLOSED_WON)
    amounts = deal.amount.spans if deal.amount else ()
    return won and any(t.start <= a.start and a.end <= t.end for t in spans for a in amounts)
