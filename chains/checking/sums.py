"""Sums that a draft over these notes may give: evidence comes in, amounts and named totals go out.

Only meaningful groups are added up: a category in a period, those with or without an open risk, what a target leaves.
Everything else that happens to add up is no sum.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from chains.checking.evidence import Evidence
from chains.checking.places import Place
from chains.checking.told import is_own, same_value
from chains.checking.words import cue, lexicon
from chains.deals import Money
from chains.kinds import Basis, Category
from chains.periods import Period, quarter_of
from chains.scan import Count


@dataclass(frozen=True, slots=True)
class Known:
    """Hold one amount of a topic."""

    topic: int
    amount: Decimal
    currency: str
    category: Category | None
    close: date | None
    safe: bool
    basis: Basis | None = None


@dataclass
class Sums:
    """Hold the amounts and the named sums that a draft may give, each with how it comes about."""

    evidence: Evidence
    known: dict[int, list[Known]] = field(default_factory=dict)
    totals: dict[Decimal, str] = field(default_factory=dict)
    currencies: dict[Decimal, set[str]] = field(default_factory=dict)
    targets: list[Decimal] = field(default_factory=list)
    members: dict[Decimal, list[frozenset[int]]] = field(default_factory=dict)  # the deals of each total
    by_group: dict[str, set[Decimal]] = field(default_factory=dict)
    singles: dict[Decimal, str] = field(default_factory=dict)  # totals of one deal
    ends: dict[int, list[Decimal]] = field(default_factory=dict)  # the ends of a deal's range

    def of(self, topic: int) -> list[Decimal]:
        """Return the amounts a topic may stand with, the one that holds now first."""
        return list(dict.fromkeys(k.amount for k in self.known.get(topic, ())))


def sums(evidence: Evidence) -> Sums:
    """Work out the sums that any draft over these notes may give."""
    found = Sums(evidence)
    for topic, deal in enumerate(evidence.topics.deals):
        rows = found.known.setdefault(topic, [])
        if deal is not None and deal.amount is not None:
            money = deal.amount.value
            close = deal.close_date.value if deal.close_date else None
            category = deal.category.value if deal.category else None
            rows.append(Known(topic, money.amount, money.currency, category, close, not deal.risks, money.basis))
            found.ends[topic] = [a for a in (money.low, money.high) if a is not None]
    for noted in evidence.by_kind.get("Money", ()):
        value = noted.place.mention.value
        for topic in sorted(noted.owned) if isinstance(value, Money) and not noted.was else ():
            assert isinstance(value, Money)
            deal = evidence.topics.deals[topic]
            category = deal.category.value if deal and deal.category else None
            close = deal.close_date.value if deal and deal.close_date else None
            former = deal.previous_amount.value.amount if deal and deal.previous_amount else None
            if value.amount == former:
                continue
            rows = found.known.setdefault(topic, [])
            rows.append(Known(topic, value.amount, value.currency, category, close, not (deal and deal.risks)))
    borne_out = _said_amounts(evidence)
    for topic, amounts in borne_out.items():
        deal = evidence.topics.deals[topic]
        for known in amounts:
            category = deal.category.value if deal and deal.category else None
            close = deal.close_date.value if deal and deal.close_date else None
            safe = not (deal and deal.risks)
            found.known.setdefault(topic, []).append(replace(known, category=category, close=close, safe=safe))
    large = any(k.amount >= 10_000 for known in found.known.values() for k in known)
    found.targets = [t for t in _targets(evidence) if t >= 1000 or not large]
    told = {t: rows[0] for t, rows in found.known.items() if rows}
    _category_totals(found, list(told.values()))
    # the draft's own categories are checked by themselves; here its sums have to agree with them
    said = _said_categories(evidence)
    as_said = [
        replace(k, category=said.get(t, k.category), amount=borne_out[t][0].amount if t in borne_out else k.amount)
        for t, k in told.items()
    ]
    if as_said != list(told.values()):
        _category_totals(found, as_said)
    return found


def _said_amounts(evidence: Evidence) -> dict[int, list[Known]]:
    """Return the amounts that the draft gives its deals and that the notes hold where they speak of them."""
    said: dict[int, list[Known]] = {}
    for place in evidence.draft.places:
        value = place.mention.value
        topics = place.anchor.topics or place.sentence.head
        if not isinstance(value, Money) or len(topics) != 1 or place.anchor.group:
            continue
        (topic,) = topics
        if any(topic in n.allowed and not n.was and same_value(evidence, place, n) for n in evidence.comparable(place)):
            known = Known(topic, value.amount, value.currency, None, None, False, value.basis)
            if is_own(evidence, place):
                said.setdefault(topic, []).insert(0, known)
            else:
                said.setdefault(topic, []).append(known)
    return said


def _said_categories(evidence: Evidence) -> dict[int, Category]:
    """Return the categories that the draft gives its deals."""
    said: dict[int, Category] = {}
    for _, told, categories in evidence.draft_claims:
        for claim in categories:
            if len(claim.anchor.topics) == 1 and not claim.was:
                said.setdefault(next(iter(claim.anchor.topics)), claim.category)
        for done in told:
            if done.group in ("signing", "winning", "losing") and done.state == "done" and len(done.anchor.topics) == 1:
                category = Category.CLOSED_LOST if done.group == "losing" else Category.CLOSED_WON
                said.setdefault(next(iter(done.anchor.topics)), category)
    return said


def _targets(evidence: Evidence) -> list[Decimal]:
    told = [t.value.money.amount for t in evidence.book.targets]
    text = evidence.book.notes
    for noted in evidence.noted:
        value = noted.place.mention.value
        said = noted.place.sentence
        around = text[max(said.start, noted.place.start - 40) : min(said.end, noted.place.end + 25)]
        if noted.owned or (isinstance(value, Count) and value.number < 10):
            continue  # "lost, no budget, 22k" is no number to reach
        if isinstance(value, Money | Count) and cue("target").search(around):
            told += [n for number in noted.place.numbers for n in _scaled(number, value)]
    return list(dict.fromkeys(told))


def _scaled(number: Decimal, value: object) -> list[Decimal]:
    if isinstance(value, Count) or number < 10_000:
        return [number, number * 1000] + ([number * 1_000_000] if number < 100 else [])
    return [number]


def _category_totals(found: Sums, first: list[Known]) -> None:
    evidence = found.evidence
    conventions = evidence.book.conventions
    periods: list[tuple[str, Period | None]] = [("", None)]
    quarter = quarter_of(conventions.as_of, conventions.fiscal_year_start)
    following = quarter_of(quarter.end + timedelta(days=1), conventions.fiscal_year_start)
    periods += [(quarter.label, quarter), (following.label, following)]
    kinds = list(dict.fromkeys((k.currency, k.basis) for k in first))  # in one order, whatever the run
    for currency, basis in [
        *((c, None) for c in dict.fromkeys(c for c, _ in kinds)),
        *(kinds if len(kinds) > 1 else ()),
    ]:
        for label, period in periods:
            rows = [
                k
                for k in first
                if k.currency == currency
                and (basis is None or k.basis is basis)
                and (period is None or _counts(k, period))
            ]
            for name, group in _groups(rows):
                total = sum((k.amount for k in group), Decimal(0))
                if len(group) == 1:
                    found.singles.setdefault(total, f"{name}{' in ' + label if label else ''}")
                found.by_group.setdefault(name, set()).add(total)
                if group:
                    found.members.setdefault(total, []).append(frozenset(k.topic for k in group))
                    found.currencies.setdefault(total, set()).add(currency)
                    found.totals.setdefault(total, f"{name}{' in ' + label if label else ''}")


def _counts(known: Known, period: Period) -> bool:
    return known.close is not None and period.start <= known.close <= period.end


def _groups(rows: list[Known]) -> Iterator[tuple[str, list[Known]]]:
    won = [k for k in rows if k.category is Category.CLOSED_WON]
    commit = [k for k in rows if k.category is Category.COMMIT]
    safe = [k for k in commit if k.safe]
    if len(commit) <= 4:
        for size in range(1, len(commit)):
            for some in itertools.combinations(commit, size):
                yield "closed won and some of the commits", won + list(some)
    best = [k for k in rows if k.category is Category.BEST_CASE]
    pipeline = [k for k in rows if k.category is Category.PIPELINE]
    lost = [k for k in rows if k.category is Category.CLOSED_LOST]
    alive = [k for k in rows if k.category not in (Category.CLOSED_LOST, Category.OMITTED)]
    yield "closed won", won
    yield "commits", commit
    yield "commits without an open risk", safe
    yield "best case", best
    yield "pipeline", pipeline
    yield "lost", lost
    yield "closed won and commits", won + commit
    yield "closed won and safe commits", won + safe
    yield "closed won, commits and best case", won + commit + best
    yield "commits and best case", commit + best
    yield "best case and pipeline", best + pipeline
    yield "commits, best case and pipeline", commit + best + pipeline
    yield "everything that is not lost", alive


def asked_for(evidence: Evidence, place: Place) -> frozenset[str]:
    """Return the kinds of reckoning that the words of the sentence ask for."""
    start = place.sentence.start
    index = evidence.draft.sentences.index(place.sentence)
    if (
        index
        and place.sentence.words
        and place.sentence.words[0].folded in ("that", "this", "it", "which", "so", "then")
    ):
        start = evidence.draft.sentences[index - 1].start  # "That would be ..." goes on with what was said before
    words_of = evidence.draft.text[start : place.sentence.end]
    return frozenset(
        kind
        for kind, pattern in lexicon("reckoning").items()
        if isinstance(pattern, str) and re.search(pattern, words_of, re.IGNORECASE)
    )
