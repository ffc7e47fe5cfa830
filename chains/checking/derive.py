"""Values that follow from the notes: evidence and a figure of the draft come in, how it can be worked out goes out.

Only meaningful groups are added up: the deals that a sentence names, a category in a period, those with or without a
named deal, and what a target leaves. Everything else that happens to add up is no derivation.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from chains.checking.compare import DAYS, has_currency, in_other_money, is_about, loose, main_number, numbers, rounds_to
from chains.checking.evidence import Evidence, Noted
from chains.checking.groups import block_below, named_sets
from chains.checking.texts import Place
from chains.checking.told import is_own
from chains.checking.words import cue, lexicon
from chains.deals import Money
from chains.kinds import Basis, Category
from chains.periods import Period, quarter_of
from chains.scan import Count, Duration, Percent


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
    large = any(k.amount >= 10_000 for known in found.known.values() for k in known)
    found.targets = [t for t in _targets(evidence) if t >= 1000 or not large]
    told = {t: rows[0] for t, rows in found.known.items() if rows}
    _category_totals(found, list(told.values()))
    # the draft's own categories are checked by themselves; here its sums have to agree with them
    said = _said_categories(evidence)
    if any(t in told and told[t].category is not c for t, c in said.items()):
        _category_totals(found, [replace(k, category=said.get(t, k.category)) for t, k in told.items()])
    return found


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
        around = text[max(noted.place.sentence.start, noted.place.start - 40) : noted.place.end + 25]
        if noted.owned or (isinstance(value, Count) and value.number < 10):
            continue  # "lost, no budget, 22k" is no number to reach
        if isinstance(value, Money | Count) and cue("target").search(around):
            told += [n for number in numbers(noted.place.mention) for n in _scaled(number, value)]
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
    kinds = {(k.currency, k.basis) for k in first}
    for currency, basis in [*((c, None) for c in {c for c, _ in kinds}), *(kinds if len(kinds) > 1 else ())]:
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


def money_follows(found: Sums, place: Place) -> str | None:
    """Tell how a sum of money in the draft can be worked out, or None; the words around it have to ask for it."""
    evidence = found.evidence
    value = place.mention.value
    assert isinstance(value, Money)
    text = evidence.draft.text
    about = is_about(text, place.start)
    cues = _cues(evidence, place)
    named_before = any(h.end <= place.start for h in place.sentence.hits)
    alone = place.anchor.tight and len(place.anchor.topics) == 1 and named_before
    own = is_own(evidence, place)
    signed = has_currency(text, place.mention)
    if in_other_money(text, place.mention, currencies_of(evidence)):
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
    owned = len(place.anchor.topics) == 1 and not place.anchor.carried and not cues & {"sum", "with"}
    if not alone or "sum" in cues:
        for total, how in found.totals.items():
            if owned and total in found.singles:
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
    return _within_topic(found, place, fits, cues) or _from_said(found, place, fits, cues, alone)


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


def currencies_of(evidence: Evidence) -> set[str]:
    """Return the currencies that the notes speak of."""
    found = {evidence.book.conventions.currency}
    found |= {d.amount.value.currency for d in evidence.book.deals if d.amount is not None}
    found |= {n.place.mention.value.currency for n in evidence.noted if isinstance(n.place.mention.value, Money)}
    return found


def _cues(evidence: Evidence, place: Place) -> frozenset[str]:
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


Fits = Callable[[Decimal], bool]
_MONTHS = {"month": Decimal(1), "quarter": Decimal(3), "year": Decimal(12)}


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
                *(
                    n
                    for noted in mine
                    if isinstance(noted.place.mention.value, Money)
                    for n in numbers(noted.place.mention)
                ),
                *(a for t in topics for a in found.of(t)),
            ]
        )
    )[:40]
    if "change" in cues:
        for one, two in itertools.combinations(mine, 2):
            if topics or one.line == two.line:
                for a, b in itertools.product(numbers(one.place.mention), numbers(two.place.mention)):
                    if a != b and (
                        fits(abs(a - b))
                        or fits(abs(a - b) * 1000)
                        or fits(abs(a * 1000 - b))
                        or fits(abs(a - b * 1000))
                    ):
                        return "the difference of two amounts of the deal"
    long = "stretch" in cues
    if long or "basis" in cues:
        lengths = {
            low * _MONTHS[unit]
            for noted in evidence.noted
            if isinstance(noted.place.mention.value, Duration)
            for low, unit in [(noted.place.mention.value.low, noted.place.mention.value.unit)]
            if unit in _MONTHS and low
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
        shares = {
            p for n in evidence.noted if isinstance(n.place.mention.value, Percent) for p in numbers(n.place.mention)
        }
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
        named = [found.of(t)[0] for t in place.sentence.named if found.of(t)]
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


def count_follows(found: Sums, place: Place, counted: bool) -> bool:
    """Tell whether a count in the draft follows from others: how many deals there are, what is left, how many in all.

    `counted` says that the notes count the same thing: then only the figures beside it count.
    """
    evidence = found.evidence
    number = main_number(place.mention)
    beside = [
        main_number(p.mention)
        for p in evidence.draft.places
        if p is not place and isinstance(p.mention.value, Count | Percent) and p.sentence is place.sentence
    ]
    if any(number in (one + two, abs(one - two)) for one, two in itertools.combinations(beside, 2)):
        return True
    if cue("times").match(evidence.draft.text, place.end) and _is_ratio(found, place, number):
        return True
    if cue("points").match(evidence.draft.text, place.end) or cue("points").search(
        evidence.draft.text[place.start : place.end]
    ):
        told = [(n.line, main_number(n.place.mention)) for n in evidence.noted if n.place.kind in ("Percent", "Count")]
        if any(i == j and abs(a - b) == number for (i, a), (j, b) in itertools.combinations(told, 2)):
            return True
    if counted:
        return False
    counts = [len(evidence.book.deals), len(place.sentence.named), len(block_below(evidence, place.sentence))]
    for category in Category:
        counts.append(sum(1 for d in evidence.book.deals if d.category and d.category.value is category))
    if (number in counts and place.sentence.block.kind != "row") or _rest(evidence, place, int(number)):
        return True
    return any(
        number == abs(n - m) or number == n + m
        for n in beside
        for noted in evidence.noted
        if isinstance(noted.place.mention.value, Count)
        for m in numbers(noted.place.mention)
    )


def _is_ratio(found: Sums, place: Place, number: Decimal) -> bool:
    """Tell whether a number is how many times one sum beside it goes into another: "14 times our share"."""
    beside = {
        main_number(p.mention)
        for p in found.evidence.draft.places
        if isinstance(p.mention.value, Money) and abs(p.start - place.start) < 300
    }
    beside |= {a for t in place.sentence.near for a in found.of(t)[:2]}
    slack = number / 20 if is_about(found.evidence.draft.text, place.start) else Decimal("0.06")
    return any(two and abs(one / two - number) <= slack for one, two in itertools.permutations(beside, 2))


def _rest(evidence: Evidence, place: Place, number: int) -> bool:
    """Tell whether a number is how many deals there are besides those that the sentence names."""
    if not cue("besides").match(evidence.draft.text, place.end) and not cue("besides").search(
        evidence.draft.text[place.start : place.end]
    ):
        return False
    conventions = evidence.book.conventions
    quarter = quarter_of(conventions.as_of, conventions.fiscal_year_start)
    deals = evidence.book.deals
    inside = [d for d in deals if d.close_date is not None and quarter.start <= d.close_date.value <= quarter.end]
    totals = {len(deals), len(inside), len(deals) - len(inside)}
    for category in Category:
        for group in (deals, inside, [d for d in deals if d not in inside]):
            totals.add(sum(1 for d in group if d.category and d.category.value is category))
    totals.add(sum(1 for d in deals if not d.category or d.category.value not in _CLOSED))
    return any(total - named == number for total in totals for named in range(1, len(place.sentence.named) + 1))


_CLOSED = (Category.CLOSED_WON, Category.CLOSED_LOST, Category.OMITTED)


def _last_place(said: Decimal) -> Decimal:
    """Return the size of the last figure a percentage is told to, one at most: 0.1 for 1.5%."""
    exponent = said.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent)) if isinstance(exponent, int) else Decimal(1)


def percent_follows(found: Sums, place: Place) -> bool:
    """Tell whether a percentage in the draft is the share or change of amounts that the draft gives beside it."""
    evidence = found.evidence
    value = place.mention.value
    assert isinstance(value, Percent)
    said = (value.low + value.high) / 2
    cues = _cues(evidence, place)
    topics = place.anchor.topics
    shares = [
        (n.line, main_number(n.place.mention))
        for n in evidence.noted
        if isinstance(n.place.mention.value, Percent) and (not topics or n.allowed & topics)
    ]
    if "change" in cues and any(said == abs(a - b) for (i, a), (j, b) in itertools.combinations(shares, 2) if i == j):
        return True
    if "rest" in cues and any(said == 100 - s for _, s in shares):
        return True
    text = evidence.draft.text
    about = is_about(text, place.start)

    def fits(part: Decimal, whole: Decimal) -> bool:
        if not whole:
            return False
        share = part / whole * 100
        return abs(said - share) < (Decimal(2) if about and said >= 10 else Decimal("0.51") * _last_place(said))

    monies = [
        p
        for p in evidence.draft.places
        if isinstance(p.mention.value, Money) and (p.sentence is place.sentence or abs(p.start - place.start) < 200)
    ]
    counts = [p for p in evidence.draft.places if isinstance(p.mention.value, Count) and p.sentence is place.sentence]
    for group in (monies, counts):
        for one, two in itertools.permutations(dict.fromkeys(main_number(p.mention) for p in group), 2):
            if fits(one, two) or fits(abs(one - two), two):
                return True
    beside = [main_number(p.mention) for p in monies if p.sentence is place.sentence]
    if len(set(beside)) > 1:
        return False  # the sentence says what it is a share of
    wholes = [a for t in place.sentence.named | place.sentence.near | topics for a in found.of(t)[:2]] + found.targets
    if any(fits(one, two) for one in beside for two in wholes if one != two):
        return True
    totals = [t for t in found.totals if t]
    if "target" in cues and any(fits(one, two) for one in [*totals, *beside] for two in found.targets):
        return True
    if not re.match(r"\s*(?:of|share|from)\b", text[place.end : place.end + 8]):
        return False
    for topic in place.anchor.topics | place.sentence.head:
        for amount in found.of(topic)[:1]:
            if any(amount < total and fits(amount, total) for total in totals):
                return True
    return False
    for topic in place.anchor.topics | place.sentence.head:
        for amount in found.of(topic)[:1]:
            for total in found.totals:
                if (
                    total
                    and amount < total
                    and abs(said - amount / total * 100) < (Decimal(2) if about else Decimal("0.51"))
                ):
                    return True
    return False


_OF_MONTH = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?\w")
_FIRST = re.compile(r"\b(?:first|last)\s+$", re.IGNORECASE)


def duration_follows(found: Sums, place: Place) -> bool:
    """Tell whether a length of time in the draft lies between two days that the draft names beside it, or today."""
    evidence = found.evidence
    value = place.mention.value
    assert isinstance(value, Duration)
    text = evidence.draft.text
    alike = [
        main_number(n.place.mention)
        for n in evidence.noted
        if isinstance(n.place.mention.value, Duration) and n.place.mention.value.unit == value.unit
    ][:10]
    if "sum" in _cues(evidence, place):
        for size in (2, 3, 4):
            if any(sum(some) == value.low for some in itertools.combinations(alike, size)):
                return True
    of_month = _OF_MONTH.match(text, place.end)
    if of_month and _FIRST.search(text, max(0, place.start - 8), place.start):
        return True  # "the first eleven days of December": the month is looked at by itself
    beside = sorted({d for p in evidence.draft.places if p.sentence is place.sentence for d in p.days})
    if value.unit in ("day", "week") and any(
        value.low * DAYS[value.unit] in ((b - a).days, (b - a).days + 1) for a, b in itertools.combinations(beside, 2)
    ):
        return True
    if not cue("length").search(text[place.sentence.start : place.sentence.end]):
        return False
    index = evidence.draft.sentences.index(place.sentence)
    window = evidence.draft.sentences[max(0, index - 1) : index + 2]
    said = {evidence.book.conventions.as_of}
    for other in evidence.draft.places:
        if any(other.sentence is s for s in window):
            said |= other.days
    for deal in evidence.deals(place.anchor.topics or place.sentence.head):
        said |= {f.value for f in (deal.close_date, deal.previous_close_date) if f is not None}
    here = frozenset(d for p in evidence.draft.places if p.sentence is place.sentence for d in p.days)
    topics = place.anchor.topics or place.sentence.head
    told = {d for n in evidence.noted if topics and n.allowed & topics for d in n.place.days}
    low, high = value.low * DAYS[value.unit], value.high * DAYS[value.unit]
    slack = {"day": 0, "week": 3, "month": 12, "quarter": 20, "year": 40}.get(value.unit, 0)
    pairs = itertools.chain(itertools.combinations(said, 2), itertools.product(here, told))
    return any(low - slack <= abs((a - b).days) <= high + slack for a, b in pairs if a != b)
