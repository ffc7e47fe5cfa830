"""How a sum of money in a draft can be worked out: sums and a place come in, the way goes out, or None.

Only what a sentence names, describes or lists is added up, and only where its words ask for a reckoning.
"""

import itertools
import re
from collections.abc import Callable
from decimal import Decimal

from chains.checking.compare import (
    MONTHS,
    has_currency,
    in_other_money,
    is_about,
    loose,
    main_number,
    rounds_to,
)
from chains.checking.evidence import Evidence, Noted
from chains.checking.groups import named_sets
from chains.checking.places import Place
from chains.checking.running import runs_on
from chains.checking.sums import Sums, asked_for
from chains.checking.told import is_own
from chains.deals import Money
from chains.scan import Count, Duration, Percent


def money_follows(found: Sums, place: Place) -> str | None:
    """Tell how a sum of money in the draft can be worked out, or None; the words around it have to ask for it."""
    evidence = found.evidence
    value = place.mention.value
    assert isinstance(value, Money)
    text = evidence.draft.text
    about = is_about(text, place.start)
    cues = asked_for(evidence, place)
    named_before = any(h.end <= place.start for h in place.sentence.hits)
    alone = place.anchor.tight and len(place.anchor.topics) == 1 and named_before
    own = is_own(evidence, place)
    signed = has_currency(text, place.mention)
    if in_other_money(text, place.mention, evidence.currencies):
        return None

    def fits(amount: Decimal) -> bool:
        if rounds_to(value.amount, amount, about):
            return True
        return place.mention.bare and any(
            rounds_to(value.amount * s, amount, about) for s in (1000, 100_000, 1_000_000)
        )

    if own:
        return _within_topic(found, place, fits, cues)
    named = named_sets(evidence, place)
    beside = place.anchor.topics if len(place.anchor.topics) == 1 and not place.anchor.carried else frozenset()
    if not alone or "sum" in cues:
        for total, how in found.totals.items():
            if beside and total in found.singles and not any(beside <= m for m in found.members.get(total, ())):
                continue  # beside another deal's name this is that one deal's amount
            if "won_and_committed" in cues and how.startswith(_NO_BASE):
                continue
            if fits(total) and (not signed or value.currency in found.currencies[total]):
                return how
        for topics in named:
            choices = [found.of(t)[:3] + (found.ends.get(t, []) if "ends" in cues else []) for t in sorted(topics)]
            if all(choices):
                for combination in itertools.islice(itertools.product(*choices), 200):
                    if fits(sum(combination, Decimal(0))):
                        return f"the sum of {evidence.called(topics)}"
    if "with" in cues:
        for topics in (*named, *(frozenset([t]) for t in place.sentence.near)):
            part = sum((found.of(t)[0] for t in topics if found.of(t)), Decimal(0))
            for total, how in found.totals.items():
                holders = found.members.get(total, [])
                if (
                    part
                    and not how.startswith(_NO_PART)
                    and (
                        (fits(total - part) and any(topics <= m for m in holders))
                        or (fits(total + part) and any(not topics & m for m in holders))
                    )
                ):
                    return f"{how} with or without {evidence.called(topics)}"
    if "gap" in cues:
        bases = list(dict.fromkeys([*found.totals, *_said_amounts(evidence, place)]))
        parts = [found.of(t)[0] for t in place.sentence.near if found.of(t)]
        for target in found.targets:
            for base in bases:
                if fits(abs(target - base)) or any(fits(abs(target - base - p)) for p in parts):
                    return "what the target leaves"
    way = _within_topic(found, place, fits, cues) or _from_said(found, place, fits, cues, alone)
    if way is None and cues & {"sum", "with", "gap"}:
        way = runs_on(found, place, fits)
    return way


_NO_PART = ("pipeline", "lost", "everything", "best case and pipeline")  # nobody adds one deal to these


# sums that nobody calls "won and committed"
_NO_BASE = (
    "commits and best case",
    "best case",
    "pipeline",
    "lost",
    "commits, best case",
    "closed won, commits and best",
)


Fits = Callable[[Decimal], bool]


def _within_topic(found: Sums, place: Place, fits: Fits, cues: frozenset[str]) -> str | None:
    """Tell whether a sum follows from the amounts of its own deal, or of one line of the notes where it has none."""
    evidence = found.evidence
    topics = place.anchor.topics or place.sentence.head
    mine = [
        n
        for n in evidence.noted
        if isinstance(n.place.mention.value, Money | Count) and (not topics or n.allowed & topics)
    ]
    amounts = list(
        dict.fromkeys(
            [
                *(n for noted in mine if isinstance(noted.place.mention.value, Money) for n in noted.place.numbers),
                *(a for t in topics for a in found.of(t)),
            ]
        )
    )[:40]
    if "change" in cues:
        for one, two in itertools.combinations(mine, 2):
            if topics or one.line == two.line:
                for a, b in itertools.product(one.place.numbers, two.place.numbers):
                    if a != b and (
                        fits(abs(a - b))
                        or (loose(one.place.mention) and loose(two.place.mention) and fits(abs(a - b) * 1000))
                        or (loose(one.place.mention) and fits(abs(a * 1000 - b)))
                        or (loose(two.place.mention) and fits(abs(a - b * 1000)))
                    ):
                        return "the difference of two amounts of the deal"
    long = "stretch" in cues
    if long or "basis" in cues:
        lengths = {
            low * MONTHS[unit]
            for noted in evidence.noted
            if isinstance(noted.place.mention.value, Duration)
            for low, unit in [(noted.place.mention.value.low, noted.place.mention.value.unit)]
            if unit in MONTHS and low
        }
        for amount in amounts:
            if not long and "basis" in cues and fits(amount * 12):
                return "twelve months of it"
            for months in {Decimal(12), *lengths} if long else ():
                if (
                    fits(amount * months)
                    or fits(amount / months)
                    or fits(amount * 12 / months)
                    or fits(amount * months / 12)
                ):
                    return "the same amount for another stretch of time"
    per = evidence.draft.text[place.start : place.end + 12]
    if re.search(r"\b(?:a|per|each|every)\s+(?:day|week|month|quarter|seat|site|user|person|kit|unit)\b|/", per):
        parts = {
            p.mention.value.high
            for p in evidence.draft.places
            if isinstance(p.mention.value, Duration) and abs(p.start - place.start) < 300
        }
        near = [main_number(p.mention) for p in evidence.draft.places if abs(p.start - place.start) < 200]
        if any(part and fits(amount / part) for part in parts for amount in dict.fromkeys([*amounts, *near])):
            return "the share of one stretch of time"
    if "share" in cues:
        every = [main_number(n.place.mention) for n in evidence.noted if isinstance(n.place.mention.value, Money)]
        for amount in dict.fromkeys([*amounts, *every]):
            if (
                ("half" in cues and fits(amount / 2))
                or ("double" in cues and fits(amount * 2))
                or ("third" in cues and fits((amount / 3).quantize(Decimal(1))))
            ):
                return "a part of an amount"
        shares = {p for n in evidence.noted if isinstance(n.place.mention.value, Percent) for p in n.place.numbers}
        for amount in amounts:
            if any(fits(amount * s / 100) or fits(amount * (100 - s) / 100) for s in shares):
                return "a share of an amount"
    if "price" in cues:
        counts = [(n.line, n.place.mention.value.number) for n in mine if isinstance(n.place.mention.value, Count)]
        prices = [(n.line, n.place.mention.value.amount) for n in mine if isinstance(n.place.mention.value, Money)]
        if any(one == two and fits(count * price) for one, count in counts for two, price in prices):
            return "a price times a number"
    return None


def _currency(noted: Noted) -> str:
    value = noted.place.mention.value
    return value.currency if isinstance(value, Money) else ""


def _said_amounts(evidence: Evidence, place: Place) -> list[Decimal]:
    """Return the other sums of money that the same paragraph or the sentences beside it give."""
    index = evidence.draft.sentences.index(place.sentence)
    window = evidence.draft.sentences[max(0, index - 2) : index + 2]
    return [
        main_number(p.mention)
        for p in evidence.draft.places
        if p is not place and isinstance(p.mention.value, Money | Count) and any(p.sentence is s for s in window)
    ]


def _from_said(found: Sums, place: Place, fits: Fits, cues: frozenset[str], alone: bool) -> str | None:
    """Tell whether a sum follows from the figures the draft gives beside it."""
    evidence = found.evidence
    value = place.mention.value
    assert isinstance(value, Money)
    if alone and not cues & {"change", "gap"}:
        return None
    beside = [
        main_number(p.mention)
        for p in evidence.draft.places
        if p is not place and isinstance(p.mention.value, Money) and p.sentence is place.sentence
    ]
    if beside and min(beside) >= 1000:
        # "212k against 250": the second is short of its thousands
        beside += [
            main_number(p.mention) * 1000
            for p in evidence.draft.places
            if p is not place
            and p.kind == "Count"
            and p.sentence is place.sentence
            and loose(p.mention)
            and main_number(p.mention) < 1000
        ]
    if not beside:
        # "109k is certain. We had 84.4k, and Globex signed, 24.6k": what a sum is made of may follow
        behind = [
            main_number(p.mention)
            for p in evidence.draft.places
            if isinstance(p.mention.value, Money) and p.sentence.start >= place.sentence.end
        ][:4]
        if any(fits(sum(behind[:size], Decimal(0))) for size in range(2, len(behind) + 1)):
            return "the sum of the figures behind it"
    rows = (beside[i:j] for i in range(len(beside)) for j in range(i + 2, len(beside) + 1))
    if (cues & {"sum", "with"} or not alone) and any(fits(sum(row, Decimal(0))) for row in rows):
        return "the sum of the figures beside it"
    if cues & {"gap", "change", "with", "sum"}:
        index = evidence.draft.sentences.index(place.sentence)
        before = evidence.draft.sentences[max(0, index - 2) : index]
        earlier = [
            main_number(p.mention)
            for p in evidence.draft.places
            if isinstance(p.mention.value, Money) and any(p.sentence is s for s in before)
        ]
        if "open" in cues and not beside and any(fits(abs(a - b)) for a, b in itertools.combinations(earlier[-4:], 2)):
            return "what the figures before it leave"
        if "open" in cues and not beside and 2 < len(earlier) < 6 and fits(2 * max(earlier) - sum(earlier, Decimal(0))):
            return "what the figures before it leave of the largest"
        named = [a for t in sorted(place.sentence.named) for a in found.of(t)[:3]]
        for one in dict.fromkeys([*beside, *named]):
            for two in dict.fromkeys([*beside, *earlier, *named]):
                if one != two and (fits(one + two) or fits(abs(one - two))):
                    return "worked out from the figures beside it"
        for one in dict.fromkeys([*beside, *named]):
            rest = [n for n in dict.fromkeys([*beside, *named]) if n != one]
            if 1 < len(rest) < 6 and fits(one - sum(rest, Decimal(0))):
                return "what the figures beside it leave of the largest"
        if cues & {"gap", "change"} and not alone:
            about_it = place.anchor.topics | place.sentence.near
            told = [
                main_number(n.place.mention)
                for n in evidence.by_kind.get("Money", ())
                if (not n.owned or n.owned & about_it) and _currency(n) == value.currency
            ]
            for one, two in itertools.product(dict.fromkeys([*beside, *earlier[-3:]]), dict.fromkeys(told)):
                if one != two and fits(abs(one - two)):
                    return "the difference of a figure beside it and one of the notes"
    return None
