"""Sums of money in a draft: evidence and a place come in, a finding goes out where it is not the deal's, the former one
or nobody's."""

from chains.checking.compare import (
    has_currency,
    in_other_money,
    is_about,
    rounds_to,
)
from chains.checking.derive import money_follows
from chains.checking.evidence import Evidence, Noted, told_as_former, told_before
from chains.checking.found import finding
from chains.checking.places import Place
from chains.checking.sums import Sums
from chains.checking.told import (
    given_elsewhere,
    is_own,
    line_of,
    not_in_notes,
    only_deal,
    quote_fact,
    quote_plain,
    quoted,
    shown,
    sure,
)
from chains.checking.words import cue
from chains.deals import Deal, Money
from chains.drafts import Finding


def check_amount(evidence: Evidence, sums: Sums, place: Place, same: list[Noted], mine: list[Noted]) -> Finding | None:
    topics = place.anchor.topics
    if topics and not place.anchor.group and place.anchor.tight:
        found = _deal_amount(evidence, place, mine)
        if found is not None:
            return found
    if mine:
        return _as_change(evidence, sums, place)
    wrong = _not_its_amount(evidence, sums, place)
    if wrong is not None:
        return wrong
    how = money_follows(sums, place)
    beside = is_own(evidence, place)
    if how is not None and not (beside and same and "difference" not in how and "stretch" not in how):
        return None
    if same:
        return given_elsewhere(evidence, place, same)
    return not_in_notes(evidence, place)


def _deal_amount(evidence: Evidence, place: Place, mine: list[Noted]) -> Finding | None:
    """Return a finding where the former amount of a deal is given as the one that holds, or the currency differs."""
    value = place.mention.value
    assert isinstance(value, Money)
    text = evidence.draft.text
    (topic,) = place.anchor.topics if len(place.anchor.topics) == 1 else (None,)
    deal = evidence.topics.deals[topic] if topic is not None else None
    if deal is None or deal.amount is None:
        return None
    holds = deal.amount.value
    if (
        in_other_money(text, place.mention, {holds.currency})
        and value.amount == holds.amount
        and not any(has_currency(evidence.book.notes, n.place.mention) for n in mine)
    ):
        return finding(
            evidence,
            "error",
            "unit",
            place.start,
            place.end,
            f"“{shown(evidence, place)}” is in {value.currency}; {deal.name} is in {holds.currency} in "
            f"the notes{line_of(deal.amount)}.",
            f"Write the amount in {holds.currency}.",
        )
    if value.amount in (holds.amount, holds.low, holds.high) or told_as_former(
        text, place.start, place.end, place.clause.start
    ):
        return None
    former = any(n.was for n in mine) or (is_own(evidence, place) and any(_taken_back(evidence, n) for n in mine))
    if former and not any(n.now or n.read_now for n in mine):
        if _says_change(text, place):
            return None
        return finding(
            evidence,
            "error",
            "figure",
            place.start,
            place.end,
            f"“{shown(evidence, place)}” is what {deal.name} stood at before; the notes now say "
            f"{quote_fact(evidence, deal.amount)}.",
            f"Write {quote_plain(deal.amount)}, or say that {shown(evidence, place)} was the former amount.",
        )
    return None


def _taken_back(evidence: Evidence, noted: Noted) -> bool:
    """Tell whether the reader took a sum for the former one and the line has the one that holds behind it."""
    return noted.read_was and any(
        n.read_now and n.line == noted.line and n.place.figure and n.place.start > noted.place.end
        for n in evidence.noted
    )


def _as_change(evidence: Evidence, sums: Sums, place: Place) -> Finding | None:
    """Return a finding where what a deal is worth is given as what it was before, or as what it changed by."""
    deal = only_deal(evidence, place) or _carried_deal(evidence, place)
    value = place.mention.value
    text = evidence.draft.text
    if deal is None or deal.amount is None or not isinstance(value, Money) or value.amount != deal.amount.value.amount:
        return None
    topic = evidence.topics.deals.index(deal)
    others = [
        n
        for n in evidence.noted
        if topic in n.allowed
        and n.was
        and n.place.kind in ("Money", "Count")
        and value.amount not in n.place.numbers
        and value.amount not in {x * 1000 for x in n.place.numbers}
    ]
    before = text[max(place.sentence.start, place.start - 24) : place.start]
    by = cue("by").search(before)
    if (
        not others
        or not (by or told_before(text, place.start, place.clause.start))
        or (_says_change(text, place) and by)
    ):
        return None
    told = quoted(evidence, others[0])
    return finding(
        evidence,
        "error",
        "figure",
        place.start,
        place.end,
        f"“{shown(evidence, place)}” is what {deal.name} stands at now, not what it "
        f"{'changed by' if by else 'was before'}; the notes have {told}.",
        "Write the former amount, or what lies between the two.",
    )


def _carried_deal(evidence: Evidence, place: Place) -> Deal | None:
    topics = place.sentence.head
    return evidence.topics.deals[next(iter(topics))] if len(topics) == 1 and sure(place) else None


def _says_change(text: str, place: Place) -> bool:
    return bool(cue("became").match(text[place.end : place.end + 14]))


def _not_its_amount(evidence: Evidence, sums: Sums, place: Place) -> Finding | None:
    """Return a finding where a deal is given an amount that its notes do not hold and that does not follow."""
    deal = only_deal(evidence, place)
    if deal is None or deal.amount is None or not is_own(evidence, place):
        return None
    if told_as_former(evidence.draft.text, place.start, place.end, place.clause.start):
        return None
    # the reader is believed where the words of the notes agree with it
    if (
        not any(n.allowed & place.anchor.topics and deal.amount.value.amount in n.place.numbers for n in evidence.noted)
        and deal.amount.spans
    ):
        return None
    if money_follows(sums, place):
        return None
    holds = deal.amount.value
    value = place.mention.value
    if isinstance(value, Money) and any(
        rounds_to(value.amount, told, is_about(evidence.draft.text, place.start))
        for told in (holds.amount, holds.low, holds.high)
        if told
    ):
        return None
    kind, elsewhere = "figure", ""
    if isinstance(value, Money):
        same = [
            n
            for n in evidence.by_kind.get("Money", ())
            if isinstance(n.place.mention.value, Money) and n.place.mention.value.amount == value.amount and n.owned
        ]
        if value.amount.normalize().as_tuple().digits == holds.amount.normalize().as_tuple().digits:
            kind = "unit"
        elif same:
            kind = "attribution"
            elsewhere = f"; {shown(evidence, place)} stands with {evidence.called(same[0].owned)} (line {same[0].line})"
    return finding(
        evidence,
        "error",
        kind,
        place.start,
        place.end,
        f"“{shown(evidence, place)}” is not what the notes give {deal.name}; "
        f"they say {quote_fact(evidence, deal.amount)}{elsewhere}.",
        f"Write {quote_plain(deal.amount)}.",
    )
