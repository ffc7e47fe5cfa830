"""What deals need, in words: points of an ask made out of deals come in, sentences with their sources go out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from chains.deals import Deal
from chains.drafts import Point, Sentence
from chains.kinds import Team
from chains.planning.from_deals import Need, at_stake
from chains.scan import Percent, scan
from chains.writing.names import joined
from chains.writing.phrasing import Phrasing
from chains.writing.retell import ended
from chains.writing.voice import first_up


def need_sentence(point: Point, phrasing: Phrasing) -> Sentence | None:
    """Return the sentence of a point about needs; None where there is nothing to say."""
    facts: dict[str, Any] = dict(point.facts)
    match point.role:
        case "need":
            text = _need(facts["needs"], facts["deals"], phrasing)
        case "need_day":
            text = _day(facts["due"], facts["closing"], facts["deal"], phrasing)
        case "need_without":
            deal: Deal = facts["deal"]
            day = phrasing.days.calendar(deal.close_date.value) if deal.close_date else None
            text = phrasing.voice.say("need.without", deal=phrasing.names.full(deal.name), day=day)
        case _:
            text = _cost(facts["teams"], facts["deals"], phrasing)
    return Sentence(text, point.sources, point.practices) if text else None


def _need(needs: Sequence[Need], deals: Sequence[Deal], phrasing: Phrasing) -> str:
    say = phrasing.voice.say
    if not needs:
        return ended(first_up(say("need.help", deal=phrasing.names.full(deals[0].name))))
    parts = [_part(need, phrasing) for need in needs]
    if len(parts) == 1:
        return ended(first_up(say("need.one", need=parts[0])))
    return ended(first_up(say("need.many", count=say(f"count.{len(parts)}"), need=joined(parts))))


def _part(need: Need, phrasing: Phrasing) -> str:
    figure = None
    if need.what == "wish.discount":
        figure = next(
            (
                span.text[m.start : m.end]
                for span in need.spans
                for m in scan(span.text, phrasing.book.conventions)
                if isinstance(m.value, Percent)
            ),
            None,
        )
    return phrasing.voice.say(f"part.{need.what}", deal=phrasing.names.full(need.deal.name), figure=figure)


def _day(due: date | None, closing: date | None, deal: Deal, phrasing: Phrasing) -> str:
    name, say = phrasing.names.full(deal.name), phrasing.voice.say
    if due is not None:
        return say("need.day.first", deal=name, day=phrasing.days.full(due))
    return say("need.closing", deal=name, day=phrasing.days.calendar(closing)) if closing is not None else ""


def _cost(teams: Sequence[Team], deals: Sequence[Deal], phrasing: Phrasing) -> str:
    say = phrasing.voice.say
    names = [say(f"team.{team.value}") for team in teams]
    text = say("need.cost", teams=joined(names)) if names else ""
    if at_stake(deals):
        moneys = [d.amount.value for d in deals if d.amount is not None]
        worth = phrasing.figures.amount(sum((m.amount for m in moneys[1:]), moneys[0].amount), moneys[0].currency)
        return say("need.worth", text=text, worth=worth) if text else say("need.worth.alone", worth=worth)
    return ended(text) if text else ""
