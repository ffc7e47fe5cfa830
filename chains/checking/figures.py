"""Figures and dates in a draft that the notes do not bear out: evidence comes in, findings go out.

Each is looked for by value and type, then by the deal it is given to, then by the part it plays there.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from chains.checking.compare import (
    has_currency,
    is_about,
    is_figure,
    loose,
    main_number,
    numbers,
    rounds_to,
    same_date,
    same_figure,
)
from chains.checking.derive import (
    Sums,
    count_follows,
    currencies_of,
    duration_follows,
    money_follows,
    percent_follows,
)
from chains.checking.evidence import Evidence, Noted, told_as_former, told_as_new
from chains.checking.found import finding
from chains.checking.texts import Place, Taken
from chains.checking.words import fold, idle_words, stem, words
from chains.deals import Deal, Money
from chains.drafts import Finding
from chains.kinds import Basis
from chains.periods import Period, quarter_of
from chains.scan import Count, Duration, Percent
from chains.tokens import meaning

_BASIS = re.compile(r"\b(ARR|ACV|TCV|MRR|one[- ]?time|one[- ]?off)\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"\b(?:together|in all|in total|total|combined|altogether|in sum|sum|base|worst|best|committed|won|overall|all told|adds? up)\b",
    re.IGNORECASE,
)


def check_figures(evidence: Evidence, sums: Sums) -> Iterator[Finding]:
    """Yield what is wrong with each figure and date of the draft."""
    for place in evidence.draft.places:
        if _is_list_number(evidence, place) or _is_offer(evidence, place):
            continue
        if isinstance(place.mention.value, Count) and place.days and any(same_date(place, n.place) for n in evidence.noted):
            continue
        same = [n for n in evidence.noted if _same(evidence, place, n)]
        found = _figure(evidence, sums, place, same) if is_figure(place.mention) else _date(evidence, place, same)
        if found is None and same:
            found = _other_rate(evidence, place, same) or _rival(evidence, sums, place, same)
        if found is None and isinstance(place.mention.value, Money):
            found = _currency(evidence, place) or _unit(evidence, place, same)
        if found is not None:
            yield found
    yield from _totals(evidence, sums)
    yield from _parts_of(evidence)
    yield from _moves(evidence)


_TO = re.compile(r"\s*(?:lakh|crore|k|m)?\s*(?:to|->|→|=>|until)\s*(?:now )?", re.IGNORECASE)


def _moves(evidence: Evidence) -> Iterator[Finding]:
    """Yield changes "from A to B" where the notes take A to another value."""
    text = evidence.draft.text
    notes = evidence.noted
    for one, two in zip(evidence.draft.places, evidence.draft.places[1:], strict=False):
        if not _TO.fullmatch(text[one.end : two.start]) or not re.search(r"\bfrom\s*[$€£₹]?$", text[max(0, one.start - 8) : one.start], re.IGNORECASE):
            continue
        followed: list[Noted] = []
        for index, noted in enumerate(notes):
            if noted.was and _same(evidence, one, noted):
                # "4/9, was 3/26" tells the new one first
                followed += [
                    n for n in notes[max(0, index - 1) : index]
                    if n.place.sentence is noted.place.sentence and is_figure(n.place.mention) == is_figure(two.mention)
                ]
                followed += [
                    n for n in notes[index + 1 : index + 3]
                    if n.place.sentence is noted.place.sentence and is_figure(n.place.mention) == is_figure(two.mention)
                ][:1]
        if followed and not any(_same(evidence, two, n) for n in followed):
            yield finding(
                evidence, "error", "date" if not is_figure(two.mention) else "figure", two.start, two.end,
                f"The notes take “{_shown(evidence, one)}” to {_quoted(evidence, followed[0])}, not to “{_shown(evidence, two)}”.",
                "Write what the notes tell.",
            )


_OF = re.compile(r"\s*(?:of(?: the| my| our| those| these)?|out of(?: the| my| our)?|/)\s*", re.IGNORECASE)


def _pairs(taken: Taken) -> list[tuple[Place, Place]]:
    """Return the counts told as a part of another: "2 of 5", "four out of six"."""
    return [
        (one, two)
        for one, two in zip(taken.places, taken.places[1:], strict=False)
        if isinstance(one.mention.value, Count) and isinstance(two.mention.value, Count)
        and _OF.fullmatch(taken.text[one.end : two.start])
    ]


def _parts_of(evidence: Evidence) -> Iterator[Finding]:
    """Yield parts of a whole where the notes tell another part of it."""
    noted = [((main_number(a.mention), main_number(b.mention)), a) for a, b in _pairs(evidence.notes)]
    for one, two in _pairs(evidence.draft):
        part, whole = main_number(one.mention), main_number(two.mention)
        told = [(pair, place) for pair, place in noted if pair[1] == whole]
        if not told or any(pair[0] == part for pair, _ in told):
            continue
        best = max(told, key=lambda t: _alike(one, t[1]))[1]
        begin, end = best.start, best.end
        yield finding(
            evidence, "error", "figure", one.start, two.end,
            f"The notes say “{evidence.book.notes[begin : end + 12].strip()}” (line {evidence.line(begin)}), not “{evidence.draft.text[one.start : two.end]}”.",
            "Write the number that the notes tell.",
        )


def _is_offer(evidence: Evidence, place: Place) -> bool:
    """Tell whether a length of time is only proposed: "shall we take five minutes?"."""
    value = place.mention.value
    text = evidence.draft.text
    if not isinstance(value, Duration) or value.unit not in ("minute", "hour"):
        return False
    asked = text[place.sentence.start : place.sentence.end].rstrip(" *_)").endswith("?")
    return asked and value.unit == "minute" and value.high <= 60


_RATE = re.compile(
    r"\s*(?:a|an|per|each|every|/|in)\s*(?:(\d+|two|three|four|six)[\s-]*)?(hour|hr|day|week|wk|month|mo|quarter|qtr|year|yr|annum)s?\b", re.IGNORECASE)
_RATE_UNITS = {"hr": "hour", "wk": "week", "mo": "month", "qtr": "quarter", "yr": "year", "annum": "year"}
_RATE_NUMBERS = {"two": "2", "three": "3", "four": "4", "six": "6", "1": "1"}


def _rate(text: str, place: Place) -> tuple[str, str] | None:
    """Return what a figure is told for each of: "six hours a week", "11.5h per 2 wks"."""
    end = place.end
    while end > place.start and not text[end - 1].isspace() and end > place.end - 12:
        end -= 1
    hit = _RATE.match(text, place.end)
    if hit is None:
        for word in re.finditer(r"\s(?:a|per|/)\s", text[place.start : place.end]):
            hit = _RATE.match(text, place.start + word.start())
    if hit is None:
        behind = [w for w in place.sentence.words if w.start >= place.end][:3]
        for word in behind:
            if any(c in ",.;:()" for c in text[place.end : word.end]):
                break
            hit = hit or _RATE.match(text, word.end)
    if hit is None:
        return None
    number = hit.group(1) or "1"
    unit = hit.group(2).casefold()
    return _RATE_NUMBERS.get(number.casefold(), number), _RATE_UNITS.get(unit, unit)


def _other_rate(evidence: Evidence, place: Place, same: list[Noted]) -> Finding | None:
    """Return a finding where the notes tell a figure for another stretch of time."""
    said = _rate(evidence.draft.text, place)
    if said is None:
        return None
    told = [(r, n) for n in same if (r := _rate(evidence.book.notes, n.place)) is not None]
    if not told or any(r == said for r, _ in told) or len(told) < len(same) and len(same) > 2:
        return None
    rate, noted = told[0]
    return finding(
        evidence, "error", "unit", place.start, place.end,
        f"The notes tell {_quoted(evidence, noted)} per {rate[0] + ' ' if rate[0] != '1' else ''}{rate[1]}, not per "
        f"{said[0] + ' ' if said[0] != '1' else ''}{said[1]}.",
        "Write it for the stretch of time that the notes tell.",
    )


def _is_list_number(evidence: Evidence, place: Place) -> bool:
    text = evidence.draft.text
    return (
        isinstance(place.mention.value, Count)
        and place.start == place.sentence.block.start
        and text[place.end : place.end + 1] in ".)"
    )


def _same(evidence: Evidence, place: Place, noted: Noted) -> bool:
    if is_figure(place.mention) != is_figure(noted.place.mention):
        return not is_figure(place.mention) and bool(noted.place.days) and same_date(place, noted.place)
    if not is_figure(place.mention):
        return same_date(place, noted.place)
    currencies = {evidence.book.conventions.currency}
    for deal in evidence.deals(noted.allowed):
        if deal.amount is not None:
            currencies.add(deal.amount.value.currency)
            if any(s.start <= noted.place.start < s.end for s in deal.amount.spans):
                currencies = {deal.amount.value.currency}
                break
    return same_figure(
        evidence.draft.text, place.mention, evidence.book.notes, noted.place.mention, frozenset(currencies)
    )


def _shown(evidence: Evidence, place: Place) -> str:
    return evidence.draft.text[place.start : place.end]


def _quoted(evidence: Evidence, noted: Noted) -> str:
    return f"“{evidence.book.notes[noted.place.start : noted.place.end]}” (line {noted.line})"


# --- figures ---------------------------------------------------------------------------------------------------


def _figure(evidence: Evidence, sums: Sums, place: Place, same: list[Noted]) -> Finding | None:
    value = place.mention.value
    topics = place.anchor.topics
    mine = [n for n in same if n.allowed & topics] if topics else same
    if isinstance(value, Money):
        return _money(evidence, sums, place, same, mine)
    if same and (mine or isinstance(value, Count)) and not (isinstance(value, Count) and _other_count(evidence, place, same)):
        return None
    if isinstance(value, Percent):
        if mine or percent_follows(sums, place):
            return None
        return _elsewhere(evidence, place, same) if same else _unknown_figure(evidence, place)
    if isinstance(value, Duration):
        if same or duration_follows(sums, place):
            return None
        return _unknown_figure(evidence, place)
    if isinstance(value, Count):
        counted = _counted(evidence, place)
        if count_follows(sums, place, bool(counted)) or (value.number <= 3 and not counted):
            return None
        if loose(place.mention) and money_like(evidence, sums, place):
            return None
        if value.number <= 12 and _written_out(evidence, place) and not counted:
            return None
        return _unknown_figure(evidence, place)
    return None


def _other_count(evidence: Evidence, place: Place, same: list[Noted]) -> bool:
    """Tell whether the notes count the same thing, and never come to this number."""
    counted = _counted(evidence, place)
    stems = _unit_stems(evidence.draft.text, place)
    return bool(counted) and not any(n in counted or stems & _unit_stems(evidence.book.notes, n.place) for n in same) and all(
        n.place.context.keys() & place.context.keys() or len(stems) > 1 for n in counted
    )


def money_like(evidence: Evidence, sums: Sums, place: Place) -> bool:
    """Tell whether a bare number is a sum of money short of its thousands: "Q3 from 50 to 90"."""
    number = main_number(place.mention)
    for scale in (1, 1000, 100_000, 1_000_000):
        if number * scale in sums.totals or any(number * scale in sums.of(t) for t in sums.known):
            return True
    amounts = [a for t in place.anchor.topics | place.sentence.head for a in sums.of(t)][:8]
    amounts += [
        n for noted in evidence.noted if noted.allowed & (place.anchor.topics | place.sentence.head)
        for n in numbers(noted.place.mention) if isinstance(noted.place.mention.value, Money)
    ][:12]
    scales = (1000, 100_000, 1_000_000, 10_000_000)
    if any(abs(a - b) in {number * s for s in scales} for a in amounts for b in amounts if a != b):
        return True
    bare = [
        main_number(noted.place.mention) for noted in evidence.noted
        if noted.allowed & (place.anchor.topics | place.sentence.head) and loose(noted.place.mention) and is_figure(noted.place.mention)
    ]
    if any(abs(a / s - b) == number for a in amounts for b in bare for s in scales):
        return True
    beside = [
        main_number(p.mention)
        for p in evidence.draft.places
        if p is not place and p.sentence is place.sentence and is_figure(p.mention)
    ]
    return any(number == abs(a - b) or number == a + b for a in beside for b in beside if a != b)


def _written_out(evidence: Evidence, place: Place) -> bool:
    return _shown(evidence, place)[:1].isalpha()


def _counted(evidence: Evidence, place: Place) -> list[Noted]:
    """Return the counts of the notes that count the same thing."""
    value = place.mention.value
    assert isinstance(value, Count)
    unit = _unit_stems(evidence.draft.text, place)
    if not unit:
        return []
    return [
        n
        for n in evidence.noted
        if isinstance(n.place.mention.value, Count) and unit & _unit_stems(evidence.book.notes, n.place)
    ]


_BESIDE_COUNTED = frozenset(["more", "new", "old", "other", "most"])


def _unit_stems(text: str, place: Place) -> frozenset[str]:
    """Return the words behind a number that say what it counts: "two more customer meetings"."""
    # the number may be written in two words, and what it counts may belong to the mention
    inside = [w for w in place.sentence.words if place.start < w.start < place.end]
    behind = [*inside, *(w for w in place.sentence.words if w.start >= place.end)][:4]
    value = place.mention.value
    found = [stem(fold(value.unit))] if isinstance(value, Count) and value.unit else []
    for word in behind:
        if word.start >= place.end and any(c in ",.;:()" for c in text[place.end : word.start]):
            break
        if word.folded in idle_words() and word.folded not in _BESIDE_COUNTED:
            break
        if word.folded not in idle_words() and not word.folded[0].isdigit():
            found.append(word.stem)
    return frozenset(found)


def _money(evidence: Evidence, sums: Sums, place: Place, same: list[Noted], mine: list[Noted]) -> Finding | None:
    topics = place.anchor.topics
    if topics and not place.anchor.group and place.anchor.tight:
        found = _deal_amount(evidence, place, mine)
        if found is not None:
            return found
    if mine:
        return None
    wrong = _not_its_amount(evidence, sums, place)
    if wrong is not None:
        return wrong
    if not same or place.anchor.tight:
        how = money_follows(sums, place)
        if how is not None and not (
            place.anchor.tight and same and not place.anchor.group and "difference" not in how and "stretch" not in how
        ):
            return None
    if same:
        return _elsewhere(evidence, place, same)
    return _unknown_figure(evidence, place)


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
        has_currency(text, place.mention)
        and value.currency != holds.currency
        and value.amount == holds.amount
        and not any(has_currency(evidence.book.notes, n.place.mention) for n in mine)
    ):
        return finding(
            evidence,
            "error",
            "unit",
            place.start,
            place.end,
            f"“{_shown(evidence, place)}” is in {value.currency}; {deal.name} is in {holds.currency} in the notes{_line_of(deal.amount)}.",
            f"Write the amount in {holds.currency}.",
        )
    if value.amount in (holds.amount, holds.low, holds.high) or told_as_former(
        text, place.start, place.end, place.clause.start
    ):
        return None
    if any(n.was for n in mine) and not any(n.now for n in mine):
        if _says_change(text, place):
            return None
        return finding(
            evidence,
            "error",
            "figure",
            place.start,
            place.end,
            f"“{_shown(evidence, place)}” is what {deal.name} stood at before; the notes now say {_quote_fact(evidence, deal.amount)}.",
            f"Write {_quote_plain(deal.amount)}, or say that {_shown(evidence, place)} was the former amount.",
        )
    return None


def _alike_kind(place: Place, mine: list[Noted]) -> bool:
    """Tell whether an amount and those of the notes may be the same kind of amount."""
    kinds = {n.place.mention.value.basis for n in mine if isinstance(n.place.mention.value, Money)} - {None}
    said = place.mention.value.basis if isinstance(place.mention.value, Money) else None
    return not kinds and said is None or bool(kinds & {said, Basis.ARR, Basis.ACV, Basis.TCV}) and said is not Basis.ONE_TIME


def _not_its_amount(evidence: Evidence, sums: Sums, place: Place) -> Finding | None:
    """Return a finding where a deal is given an amount that its notes do not hold and that does not follow."""
    deal = _only_deal(evidence, place)
    if deal is None or deal.amount is None or not place.anchor.tight or place.anchor.carried:
        return None
    # the reader is believed where the words of the notes agree with it
    if not any(
        n.allowed & place.anchor.topics and deal.amount.value.amount in numbers(n.place.mention) for n in evidence.noted
    ) and deal.amount.spans:
        return None
    if money_follows(sums, place):
        return None
    holds = deal.amount.value
    value = place.mention.value
    if isinstance(value, Money) and any(
        rounds_to(value.amount, told, is_about(evidence.draft.text, place.start)) for told in (holds.amount, holds.low, holds.high) if told
    ):
        return None
    kind = "figure"
    if isinstance(value, Money):
        if value.amount.normalize().as_tuple().digits == holds.amount.normalize().as_tuple().digits:
            kind = "unit"
        elif any(isinstance(n.place.mention.value, Money) and n.place.mention.value.amount == value.amount for n in evidence.noted):
            kind = "attribution"
    return finding(
        evidence, "error", kind, place.start, place.end,
        f"“{_shown(evidence, place)}” is not what the notes give {deal.name}; they say {_quote_fact(evidence, deal.amount)}.",
        f"Write {_quote_plain(deal.amount)}.",
    )


def _sure(place: Place) -> bool:
    """Tell whether a place is about its topic beyond doubt: named beside it, or the one topic of its list item."""
    return not place.anchor.carried or place.anchor.topics == place.sentence.main or place.sentence.steady


def _only_deal(evidence: Evidence, place: Place) -> Deal | None:
    if len(place.anchor.topics) != 1:
        return None
    (topic,) = place.anchor.topics
    return evidence.topics.deals[topic]


_CHANGE = re.compile(r"^\s*(?:\)|,)?\s*(?:->|→|to\b|until|before|then|but now|and now|now)", re.IGNORECASE)


def _says_change(text: str, place: Place) -> bool:
    return bool(_CHANGE.match(text[place.end : place.end + 14]))


def _line_of(fact: object) -> str:
    spans = getattr(fact, "spans", ())
    return f" (line {spans[0].line})" if spans else ""


def _quote_fact(evidence: Evidence, fact: object) -> str:
    spans = getattr(fact, "spans", ())
    if spans:
        return f"“{spans[0].text}” (line {spans[0].line})"
    return _quote_plain(fact)


def _quote_plain(fact: object) -> str:
    value = getattr(fact, "value", None)
    if isinstance(value, Money):
        return f"{value.amount.normalize():,f} {value.currency}"
    return str(value)


def _elsewhere(evidence: Evidence, place: Place, same: list[Noted]) -> Finding | None:
    """Return a finding where the notes have the value, but surely with another deal."""
    if place.periods and not place.anchor.tight:
        return None  # a month holds too many days to be any deal's own
    topics = place.anchor.topics
    if any(not n.owned for n in same) and not place.anchor.tight:
        return None
    others = frozenset().union(*(n.owned for n in same))
    if not topics or not others or others & topics:
        return None
    earlier = frozenset(t for h in place.sentence.hits if h.start < place.end for t in h.topics)
    if (place.anchor.carried and others & place.anchor.near) or (not place.anchor.tight and others & earlier):
        return None
    told = _best_instead(evidence, place, topics)
    instead = f"; for {evidence.called(topics)} they say {_quoted(evidence, told)}" if told else ""
    kind = "attribution"
    fix = f"Check which is meant: give {evidence.called(topics)} its own value, or name {evidence.called(others)} here."
    return finding(
        evidence,
        "error",
        kind,
        place.start,
        place.end,
        f"“{_shown(evidence, place)}” stands in the notes with {evidence.called(others)} (line {same[0].line}){instead}.",
        fix,
    )


def _best_instead(evidence: Evidence, place: Place, topics: frozenset[int]) -> Noted | None:
    """Return the value of that kind which the notes hold for the topics and whose words fit best."""
    choices = [
        n for n in evidence.noted if n.owned & topics and type(n.place.mention.value) is type(place.mention.value)
    ]
    return max(choices, key=lambda n: (_alike(place, n.place), not n.was), default=None)


def _unknown_figure(evidence: Evidence, place: Place) -> Finding:
    topics = place.anchor.topics or place.sentence.head
    told = _best_instead(evidence, place, topics) if topics else None
    if told is None:
        alike = [n for n in evidence.noted if type(n.place.mention.value) is type(place.mention.value)]
        best = max(alike, key=lambda n: _alike(place, n.place), default=None)
        told = best if best is not None and _alike(place, best.place) >= 1 else None
    kind = (
        "sum"
        if _TOTAL.search(evidence.draft.text[place.sentence.start : place.sentence.end]) and not topics
        else "figure"
    )
    if not is_figure(place.mention):
        kind = "date"
    if isinstance(place.mention.value, Money) and _other_magnitude(evidence, place):
        kind = "unit"
    what = "is not in the notes and does not follow from them" if is_figure(place.mention) else "is not in the notes"
    if told is not None:
        return finding(
            evidence,
            "error",
            kind,
            place.start,
            place.end,
            f"“{_shown(evidence, place)}” {what}; they say {_quoted(evidence, told)}.",
            f"Write “{evidence.book.notes[told.place.start : told.place.end]}”, or add where “{_shown(evidence, place)}” comes from.",
        )
    return finding(
        evidence,
        "warning",
        kind,
        place.start,
        place.end,
        f"“{_shown(evidence, place)}” {what}.",
        "Take it out, or add to the notes where it comes from.",
    )


def _other_magnitude(evidence: Evidence, place: Place) -> bool:
    digits = main_number(place.mention).normalize().as_tuple().digits
    return any(
        isinstance(n.place.mention.value, Money)
        and main_number(n.place.mention).normalize().as_tuple().digits == digits
        for n in evidence.noted
    )


# --- the part it plays -----------------------------------------------------------------------------------------


def _alike(one: Place, other: Place) -> float:
    """Return how much the words around two places have in common."""
    return sum(min(w, other.context[s]) for s, w in one.context.items() if s in other.context)


def _rival(evidence: Evidence, sums: Sums, place: Place, same: list[Noted]) -> Finding | None:
    """Return a finding where the words around a value stand in the notes around another value of its kind."""
    if not place.context:
        return None
    topics = place.anchor.topics
    kind = type(place.mention.value)
    own = max((_alike(place, n.place) for n in same), default=0.0)
    rivals = [
        n
        for n in evidence.noted
        if _kind_of(n.place) == _kind_of(place)
        and n not in same
        and (n.allowed & topics if topics else not n.owned or bool(n.owned & place.sentence.near))
        and (kind is not Count or _unit_stems(evidence.draft.text, place) & _unit_stems(evidence.book.notes, n.place))
    ]
    far = _far_rival(evidence, place, same, rivals)
    if far is not None:
        return _told_otherwise(evidence, place, far)
    best = max(rivals, key=lambda n: _alike(place, n.place), default=None)
    if best is None:
        return None
    score = _alike(place, best.place)
    if any(_same(evidence, p, best) for p in evidence.draft.places if p is not place and p.sentence is place.sentence):
        return None
    enough = 1.2 if kind is not Count else 1.0
    if score < enough or own > score / 3:
        return None
    if isinstance(place.mention.value, Money) and money_follows(sums, place):
        return None
    text = evidence.draft.text
    if told_as_former(text, place.start, place.end, place.clause.start) and not best.was:
        return None
    return _told_otherwise(evidence, place, best)


def _told_otherwise(evidence: Evidence, place: Place, best: Noted) -> Finding:
    return finding(
        evidence, "error", "date" if not is_figure(place.mention) else "figure", place.start, place.end,
        f"The notes have another value here: {_quoted(evidence, best)}, not “{_shown(evidence, place)}”.",
        f"Write “{evidence.book.notes[best.place.start : best.place.end]}”, or say what “{_shown(evidence, place)}” stands for.",
    )


def _far_rival(evidence: Evidence, place: Place, same: list[Noted], rivals: list[Noted]) -> Noted | None:
    """Return the value whose sentence in the notes shares rare words with the draft's, where no equal one shares any."""
    if is_figure(place.mention) or place.anchor.topics or place.mention.bare:
        return None
    said = {w.stem for w in place.sentence.words if w.folded not in idle_words() and w.text[0].isalpha()}

    def rare(noted: Noted) -> set[str]:
        theirs = {w.stem for w in noted.place.sentence.words if w.text[0].isalpha()}
        return {s for s in said & theirs if evidence.often[s] <= 2}

    if any(said & {w.stem for w in n.place.sentence.words if w.folded not in idle_words()} for n in same):
        return None
    best = max(rivals, key=lambda n: len(rare(n)), default=None)
    if best is None or len(rare(best)) < 2:
        return None
    if any(_same(evidence, p, best) for p in evidence.draft.places if p is not place and p.sentence is place.sentence):
        return None
    return best


def _kind_of(place: Place) -> str:
    value = place.mention.value
    if isinstance(value, date | Period):
        return "date"
    return type(value).__name__


# --- dates -----------------------------------------------------------------------------------------------------


def _date(evidence: Evidence, place: Place, same: list[Noted]) -> Finding | None:
    topics = place.anchor.topics
    mine = [n for n in same if n.allowed & topics] if topics else same
    if mine:
        return _former_date(evidence, place, mine) or _other_day(evidence, place, mine)
    if _plain_day(evidence, place):
        return None
    wrong = _not_its_date(evidence, place)
    if wrong is not None:
        return wrong
    if same:
        return _elsewhere(evidence, place, same)
    return _unknown_figure(evidence, place)


_CLOSES = re.compile(r"\b(?:clos\w*|cd|commit\w*|land\w*|best case|upside|now|to|eoq|forecast|slip\w*|push\w*|moved?|pulled)\b|->|→|=>", re.IGNORECASE)


def _other_day(evidence: Evidence, place: Place, mine: list[Noted]) -> Finding | None:
    """Return a finding where a day the notes tell for something else is given as the close date."""
    deal = _only_deal(evidence, place)
    text, notes = evidence.draft.text, evidence.book.notes
    if deal is None or deal.close_date is None or deal.close_date.value in place.days or not _sure(place):
        return None
    if isinstance(place.mention.value, Period) or not _FOR.search(text[max(place.sentence.start, place.start - 40) : place.start]):
        return None
    if any(
        n.tabular or n.now or n.was or _CLOSES.search(notes[max(n.place.sentence.start, n.place.start - 25) : n.place.start]) for n in mine
    ):
        return None
    if not any(deal.close_date.value in n.place.days for n in evidence.noted):
        return None
    return finding(
        evidence, "error", "date", place.start, place.end,
        f"“{_shown(evidence, place)}” is not when the notes have {deal.name} close (line {mine[0].line} has it for something else); "
        f"they say {_quote_fact(evidence, deal.close_date)}.",
        f"Write {deal.close_date.value:%B} {deal.close_date.value.day}.",
    )


def _not_its_date(evidence: Evidence, place: Place) -> Finding | None:
    """Return a finding where a deal is given a close date that its notes do not hold."""
    deal = _only_deal(evidence, place)
    text = evidence.draft.text
    if deal is None or deal.close_date is None or place.anchor.carried or told_as_former(text, place.start, place.end, place.clause.start):
        return None
    closes = deal.close_date.value
    value = place.mention.value
    if closes in place.days or isinstance(value, Period) and value.start <= closes <= value.end:
        return None
    before = text[max(place.sentence.start, place.start - 40) : place.start]
    if not (_FOR.search(before) or _listed(evidence, place) or _MOVED_TO.search(before)):
        return None
    return finding(
        evidence, "error", "attribution", place.start, place.end,
        f"“{_shown(evidence, place)}” is not when the notes have {deal.name} close; they say {_quote_fact(evidence, deal.close_date)}.",
        f"Write {closes:%B} {closes.day}.",
    )


_MOVED_TO = re.compile(r"\bfrom\b[^.;]{3,30}\b(?:to|until)\s*$|\b(?:moved?s?|slip\w*|push\w*|pulled in) (?:out )?(?:to|until)\s*$", re.IGNORECASE)


def _listed(evidence: Evidence, place: Place) -> bool:
    """Tell whether a date stands in a row of facts beside the deal's name: "Globex, $120k, commit, March 27"."""
    text = evidence.draft.text
    names = [h for h in place.sentence.hits if h.end <= place.start]
    if not names:
        return False
    between = text[names[-1].end : place.start]
    if any(c in between for c in ".;!?") and not re.search(r"\d[.,]\d|\b(?:ca|approx)\.", between):
        return False
    places = [(p.start, p.end) for p in evidence.draft.places]
    rest = [
        w for w in words(text, names[-1].end, place.start)
        if w.folded not in idle_words() and not any(s <= w.start < e for s, e in places)
    ]
    return all(w.folded in _ROW_WORDS for w in rest)


_ROW_WORDS = frozenset(
    "commit committed best case upside pipeline won closed forecast arr acv tcv mrr one-time time one-off k usd eur close closes closing due".split())


def _plain_day(evidence: Evidence, place: Place) -> bool:
    """Tell whether a date needs no note: today, tomorrow, this quarter, a month a day of the notes lies in."""
    conventions = evidence.book.conventions
    value = place.mention.value
    near = {conventions.as_of + timedelta(days=n) for n in (-1, 0, 1)}
    if isinstance(value, date):
        shown = words(_shown(evidence, place))
        if place.mention.bare and not any(c.isdigit() for c in _shown(evidence, place)) and shown:
            days = {d.weekday() for d in place.days}
            if any(w.folded in _weekday_words(d) for d in days for w in evidence.note_words):
                return True
        return bool(place.days & {conventions.as_of}) or (
            bool(place.days & near) and not any(c.isdigit() for c in _shown(evidence, place))
        )
    if isinstance(value, Period):
        if value.start <= conventions.as_of <= value.end:
            return True
        this = quarter_of(conventions.as_of, conventions.fiscal_year_start)
        following = quarter_of(this.end + timedelta(days=1), conventions.fiscal_year_start)
        former = quarter_of(this.start - timedelta(days=1), conventions.fiscal_year_start)
        if (value.start, value.end) in {(p.start, p.end) for p in (this, following, former)}:
            return not place.anchor.tight
        return (value.end - value.start).days > 100
    return False


@cache
def _weekday_words(weekday: int) -> frozenset[str]:
    return frozenset(w for w, day in meaning("weekdays").items() if day == weekday)


_FOR = re.compile(
    r"(?:\bclos\w*|\bcommit(?:ted)?|\bbest case|\bupside|\bcd|\bclose date|\blands?|\bdue to close)\b[ ,:]*(?:is |now |on |for |by |at |still |stays |in |date )*\(?$",
    re.IGNORECASE,
)


def _former_date(evidence: Evidence, place: Place, mine: list[Noted]) -> Finding | None:
    """Return a finding where the date a deal stood at before is given as the one that holds, or the other way round."""
    text = evidence.draft.text
    if len(place.anchor.topics) != 1 or not isinstance(place.mention.value, date):
        return None
    (topic,) = place.anchor.topics
    deal = evidence.topics.deals[topic]
    if deal is None or deal.close_date is None or deal.previous_close_date is None:
        return None
    now, was = deal.close_date.value, deal.previous_close_date.value
    former = told_as_former(text, place.start, place.end, place.clause.start)
    fresh = told_as_new(text, place.start) or bool(_FOR.search(text[max(0, place.start - 40) : place.start]))
    told_was = any(n.was for n in mine) and not any(n.now and not n.was for n in mine)
    if was in place.days and now not in place.days and fresh and not former and told_was:
        return finding(
            evidence,
            "error",
            "date",
            place.start,
            place.end,
            f"“{_shown(evidence, place)}” is when {deal.name} was to close before; the notes now say {_quote_fact(evidence, deal.close_date)}.",
            f"Write {now:%B} {now.day}.",
        )
    if (
        now in place.days
        and was not in place.days
        and re.search(r"\bfrom\s*$", text[max(0, place.start - 6) : place.start])
    ):
        return finding(
            evidence,
            "error",
            "date",
            place.start,
            place.end,
            f"“{_shown(evidence, place)}” is when {deal.name} closes now, not what it was moved from; that was {_quote_fact(evidence, deal.previous_close_date)}.",
            f"Write {was:%B} {was.day}.",
        )
    return None


# --- unit ------------------------------------------------------------------------------------------------------


def _currency(evidence: Evidence, place: Place) -> Finding | None:
    """Return a finding where the draft writes a currency that the notes do not know."""
    value = place.mention.value
    assert isinstance(value, Money)
    if not has_currency(evidence.draft.text, place.mention) or value.currency in currencies_of(evidence):
        return None
    return finding(
        evidence, "error", "unit", place.start, place.end,
        f"“{_shown(evidence, place)}” is in {value.currency}; the notes are in {' and '.join(sorted(currencies_of(evidence)))}.",
        "Write the currency of the notes.",
    )


def _basis_beside(text: str, place: Place) -> str | None:
    value = place.mention.value
    if isinstance(value, Money) and value.basis is not None:
        return _basis_name(value.basis.value)
    hit = _BASIS.search(text, place.end, min(len(text), place.end + 14))
    between = text[place.end : hit.start()] if hit else "x"
    if hit is None or (between.strip(" *_(") and not re.fullmatch(r"\s*(?:in|of|a year|per year|,)\s*", between)):
        return None
    return _basis_name(hit.group(1))


def _basis_behind(evidence: Evidence, noted: Noted) -> str | None:
    """Return the kind of amount told a few words behind a noted sum: "12k onboarding one-time"."""
    notes = evidence.book.notes
    limit = min(noted.place.clause.end, noted.place.end + 32)
    following = [n.place.start for n in evidence.noted if noted.place.end <= n.place.start < limit]
    hit = _BASIS.search(notes, noted.place.end, min([limit, *following]))
    return _basis_name(hit.group(1)) if hit else None


def _basis_name(word: str) -> str:
    return "one_time" if word.casefold().startswith("one") else word.upper()


def _unit(evidence: Evidence, place: Place, same: list[Noted]) -> Finding | None:
    """Return a finding where the amount is of another kind in the notes: ARR for MRR, one-time for ARR."""
    said = _basis_beside(evidence.draft.text, place)
    if said is None:
        return None
    notes = evidence.book.notes
    topics = place.anchor.topics
    told: set[str] = set()
    where: Noted | None = None
    for noted in same:
        if topics and not noted.allowed & topics:
            continue
        beside = _basis_beside(notes, noted.place) or _basis_behind(evidence, noted)
        if beside:
            told.add(beside)
            where = noted
    if not told:
        for deal in evidence.deals(topics):
            if deal.amount is not None and deal.amount.value.basis is not None:
                told.add(_basis_name(str(deal.amount.value.basis.value)))
    everywhere = {_basis_name(m.group(1)) for m in _BASIS.finditer(notes)}
    if Basis.ONE_TIME.value in told or re.search(r"\bone[- ]?(?:time|off)|\bkit\b|\bequipment\b", notes, re.IGNORECASE):
        everywhere.add("one_time")
    if not told and not same and said in everywhere:
        return None
    if said in told or (not told and (said in everywhere or not everywhere)):
        if everywhere or said in told:
            return None
        return finding(
            evidence,
            "warning",
            "unit",
            place.start,
            place.end,
            f"The notes do not call any amount {said}.",
            "Take it out, or add it to the notes.",
        )
    hit = _BASIS.search(evidence.draft.text, place.start, place.end + 14)
    end = max(place.end, hit.end()) if hit else place.end
    if told:
        line = f" (line {where.line})" if where else ""
        return finding(
            evidence,
            "error",
            "unit",
            place.start,
            end,
            f"The notes give this amount as {' or '.join(sorted(told)).replace('_', '-')}{line}, not as {said.replace('_', '-')}.",
            f"Write {sorted(told)[0].replace('_', '-')}.",
        )
    return finding(
        evidence,
        "warning",
        "unit",
        place.start,
        end,
        f"The notes do not call this amount {said.replace('_', '-')}; they speak of {' and '.join(sorted(everywhere)).replace('_', '-')}.",
        "Write the kind of amount that the notes tell.",
    )


# --- totals ----------------------------------------------------------------------------------------------------

_EXPLICIT = re.compile(
    r"\b(?:together|in all|in total|combined|altogether|all told|in sum|total(?:s|ling)?)\b", re.IGNORECASE
)


def _totals(evidence: Evidence, sums: Sums) -> Iterator[Finding]:
    """Yield totals that differ from the amounts listed or named right beside them."""
    text = evidence.draft.text
    by_sentence: dict[int, list[Place]] = {}
    for place in evidence.draft.places:
        if isinstance(place.mention.value, Money):
            by_sentence.setdefault(place.sentence.start, []).append(place)
    for places in by_sentence.values():
        sentence = places[0].sentence
        for number, place in enumerate(places):
            if not _EXPLICIT.search(text, place.clause.start, min(sentence.end, place.end + 30)):
                continue
            rest = places[number + 1 :]
            listed = [p for p in rest if p.anchor.tight and len(p.anchor.topics) == 1]
            if ":" in text[place.end : rest[0].start] if rest else False:
                parts = [main_number(p.mention) for p in listed]
                if len(parts) > 1 and len(listed) == len(rest) and sum(parts) != main_number(place.mention):
                    yield _wrong_total(evidence, place, sum(parts, Decimal(0)))
                    break
            elif place.anchor.group and not rest and number == 0:
                parts = [sums.of(t)[0] for t in place.anchor.topics if sums.of(t)]
                every = {n for t in place.anchor.topics for n in sums.of(t)}
                if len(parts) == len(place.anchor.topics) and main_number(place.mention) not in {
                    sum(parts, Decimal(0)),
                    *every,
                }:
                    total = sum(parts, Decimal(0))
                    if money_follows(sums, place) not in (None, f"the sum of {evidence.called(place.anchor.topics)}"):
                        yield _wrong_total(evidence, place, total)


def _wrong_total(evidence: Evidence, place: Place, total: Decimal) -> Finding:
    return finding(
        evidence,
        "error",
        "sum",
        place.start,
        place.end,
        f"“{_shown(evidence, place)}” is not what the amounts named here come to; that is {total.normalize():,f}.",
        f"Write {total.normalize():,f}, or name the deals that make up “{_shown(evidence, place)}”.",
    )


def spoken(text: str) -> int:
    """Return how many words a text has."""
    return len(words(text))


def values(place: Place) -> tuple[Decimal, ...]:
    """Return the numbers a place may be quoted by."""
    return numbers(place.mention)
