"""What the notes tell about one figure or date of a draft: evidence and a place come in, the matching places of the
notes, quotations and the commonest findings go out."""

import re
from datetime import date
from functools import cache

from chains.checking.compare import (
    main_number,
    same_date,
    same_figure,
)
from chains.checking.evidence import Evidence, Noted
from chains.checking.found import finding
from chains.checking.places import Place
from chains.checking.words import cue, lexicon, words
from chains.deals import Deal, Money
from chains.drafts import Finding


def shown(evidence: Evidence, place: Place) -> str:
    return evidence.draft.text[place.start : place.end]


def quoted(evidence: Evidence, noted: Noted) -> str:
    if not noted.line:
        return f"{told_value(evidence, noted)} (set by hand)"
    return f"“{evidence.book.notes[noted.place.start : noted.place.end]}” (line {noted.line})"


def told_value(evidence: Evidence, noted: Noted) -> str:
    """Return a value of the notes as they write it, or as it was set by hand."""
    value = noted.place.mention.value
    if noted.line:
        return evidence.book.notes[noted.place.start : noted.place.end]
    if isinstance(value, Money):
        return f"{value.amount.normalize():,f} {value.currency}"
    return said_day(evidence, value) if isinstance(value, date) else f"{getattr(value, 'low', value)}%"


def said_day(evidence: Evidence, day: date) -> str:
    """Return a day in the order in which the rep writes dates."""
    return f"{day.day} {day:%B}" if evidence.book.conventions.date_order == "DMY" else f"{day:%B} {day.day}"


def quote_fact(evidence: Evidence, fact: object) -> str:
    spans = getattr(fact, "spans", ())
    if spans:
        return f"“{spans[0].text}” (line {spans[0].line})"
    value = getattr(fact, "value", None)
    return said_day(evidence, value) if isinstance(value, date) else quote_plain(fact)


def quote_plain(fact: object) -> str:
    value = getattr(fact, "value", None)
    if isinstance(value, Money):
        return f"{value.amount.normalize():,f} {value.currency}"
    return str(value)


def line_of(fact: object) -> str:
    spans = getattr(fact, "spans", ())
    return f" (line {spans[0].line})" if spans else ""


def in_row(evidence: Evidence, place: Place) -> bool:
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
        w
        for w in words(text, names[-1].end, place.start)
        if w.folded not in _row_words("row_links") and not any(s <= w.start < e for s, e in places)
    ]
    return all(w.folded in _row_words("row") for w in rest)


@cache
def _row_words(kind: str) -> frozenset[str]:
    return frozenset(lexicon("statuses")[kind])


def is_own(evidence: Evidence, place: Place) -> bool:
    """Tell whether a sum of money is told as what its one deal is worth: beside the name, or in a row of facts."""
    if len(place.anchor.topics) != 1 or place.anchor.carried or place.anchor.group:
        return False
    if not (place.anchor.tight or in_row(evidence, place)):
        return False
    text = evidence.draft.text
    names = [h for h in place.sentence.hits if h.end <= place.start]
    if names and cue("aside").search(text[place.sentence.start : names[-1].start]):
        return False  # "with Globex 200k": what it comes to with it, or what it is worth
    between = text[names[-1].end : place.start] if names else ""
    if cue("alone").search(between) or cue("ours").search(between):
        return False
    if place.anchor.tight and not names:
        return False  # the name comes behind: "€48k is won with Globex" may be a part of it
    before = text[max(place.sentence.start, place.start - 24) : place.start]
    return not (cue("not_own_before").search(before) or cue("not_own_behind").match(text, place.end))


def only_deal(evidence: Evidence, place: Place) -> Deal | None:
    topics = place.anchor.topics or evidence.told_by_amount(place.sentence)
    if len(topics) != 1:
        return None
    (topic,) = topics
    return evidence.topics.deals[topic]


def sure(place: Place) -> bool:
    """Tell whether a place is about its topic beyond doubt: named beside it, or the one topic of its list item."""
    topics, sentence = place.anchor.topics, place.sentence
    return not place.anchor.carried or topics in (sentence.main, sentence.only) or sentence.steady


def same_value(evidence: Evidence, place: Place, noted: Noted) -> bool:
    if place.figure != noted.place.figure:
        return not place.figure and bool(noted.place.days) and same_date(place, noted.place)
    if not place.figure:
        return same_date(place, noted.place)
    sums = place.kind == noted.place.kind == "Money"
    currencies = evidence.currencies_at(noted) if sums else frozenset()
    return same_figure(evidence.draft.text, place, evidence.book.notes, noted.place, currencies, evidence.scales)


def alike(one: Place, other: Place) -> float:
    """Return how much the words around two places have in common."""
    return sum(min(w, other.context[s]) for s, w in one.context.items() if s in other.context)


def _best_instead(evidence: Evidence, place: Place, topics: frozenset[int]) -> Noted | None:
    """Return the value of that kind which the notes hold for the topics and whose words fit best."""
    choices = [
        n for n in evidence.noted if n.owned & topics and type(n.place.mention.value) is type(place.mention.value)
    ]
    return max(choices, key=lambda n: (alike(place, n.place), not n.was), default=None)


def given_elsewhere(evidence: Evidence, place: Place, same: list[Noted]) -> Finding | None:
    """Return a finding where the notes have the value, but surely with another deal."""
    if place.periods and not place.anchor.tight:
        return None  # a month holds too many days to be any deal's own
    topics = place.anchor.topics
    if not sure(place):
        return None  # a sentence without a name in a paragraph about several deals
    if any(not n.owned for n in same) and not place.anchor.tight:
        return None
    others = frozenset().union(*(n.owned for n in same))
    if not topics or not others or others & topics:
        return None
    earlier = frozenset(t for h in place.sentence.hits if h.start < place.end for t in h.topics)
    if (place.anchor.carried and others & place.anchor.near) or (not place.anchor.tight and others & earlier):
        return None
    told = _best_instead(evidence, place, topics)
    if told is None and len({n.owned for n in same}) > 1:
        return None  # what stands with several deals, and nothing else with this one, may be its price too
    instead = f"; for {evidence.called(topics)} they say {quoted(evidence, told)}" if told else ""
    kind = "attribution"
    fix = f"Check which is meant: give {evidence.called(topics)} its own value, or name {evidence.called(others)} here."
    return finding(
        evidence,
        "error",
        kind,
        place.start,
        place.end,
        f"“{shown(evidence, place)}” stands in the notes with {evidence.called(others)} (line "
        f"{same[0].line}){instead}.",
        fix,
    )


def _stands_there(evidence: Evidence, place: Place) -> bool:
    """Tell whether the notes write the same words, whatever they were taken for there."""
    told = shown(evidence, place).strip(" .,")
    if len(told) < 4 and not (place.kind == "Count" and told.isdigit()):
        return False
    hour = "(?:[ap]m?|h|:00)?" if told.isdigit() else ""  # "at 10", "10a"
    alone = rf"(?<![\w.,/:$€£])(?<!\d-){re.escape(told)}{hour}(?!\w|[.,/:-]\d)"
    return re.search(alone, evidence.book.notes, re.IGNORECASE) is not None


def not_in_notes(evidence: Evidence, place: Place) -> Finding | None:
    if _stands_there(evidence, place):
        return None
    topics = place.anchor.topics or place.sentence.head
    told = _best_instead(evidence, place, topics) if topics else None
    if told is None:
        others = [n for n in evidence.noted if type(n.place.mention.value) is type(place.mention.value)]
        best = max(others, key=lambda n: alike(place, n.place), default=None)
        told = best if best is not None and alike(place, best.place) >= 1 else None
    kind = (
        "sum"
        if cue("total").search(evidence.draft.text[place.sentence.start : place.sentence.end]) and not topics
        else "figure"
    )
    if not place.figure:
        kind = "date"
    if isinstance(place.mention.value, Money) and _other_magnitude(evidence, place):
        kind = "unit"
    what = "is not in the notes and does not follow from them" if place.figure else "is not in the notes"
    if told is not None:
        return finding(
            evidence,
            "error",
            kind,
            place.start,
            place.end,
            f"“{shown(evidence, place)}” {what}; they say {quoted(evidence, told)}.",
            f"Write “{told_value(evidence, told)}”, or add where “{shown(evidence, place)}” comes from.",
        )
    return finding(
        evidence,
        "warning",
        kind,
        place.start,
        place.end,
        f"“{shown(evidence, place)}” {what}.",
        "Take it out, or add to the notes where it comes from.",
    )


def _other_magnitude(evidence: Evidence, place: Place) -> bool:
    digits = main_number(place.mention).normalize().as_tuple().digits
    return any(
        isinstance(n.place.mention.value, Money)
        and main_number(n.place.mention).normalize().as_tuple().digits == digits
        for n in evidence.noted
    )


def told_otherwise(evidence: Evidence, place: Place, best: Noted) -> Finding:
    return finding(
        evidence,
        "error",
        "date" if not place.figure else "figure",
        place.start,
        place.end,
        f"The notes have another value here: {quoted(evidence, best)}, not “{shown(evidence, place)}”.",
        f"Write “{told_value(evidence, best)}”, or say what “{shown(evidence, place)}” stands for.",
    )
