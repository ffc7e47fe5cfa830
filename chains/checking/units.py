"""Currencies, kinds of amount and rates: evidence and a place come in, findings about the notes' own go out."""

import re

from chains.checking.compare import (
    in_other_money,
)
from chains.checking.evidence import Evidence, Noted
from chains.checking.found import finding
from chains.checking.places import Place
from chains.checking.told import quoted, shown
from chains.checking.words import cue, lexicon
from chains.deals import Money
from chains.drafts import Finding


def other_currency(evidence: Evidence, place: Place) -> Finding | None:
    """Return a finding where the draft writes a currency that the notes do not know."""
    value = place.mention.value
    assert isinstance(value, Money)
    if not in_other_money(evidence.draft.text, place.mention, evidence.currencies):
        return None
    return finding(
        evidence,
        "error",
        "unit",
        place.start,
        place.end,
        f"“{shown(evidence, place)}” is in {value.currency}; the notes are in "
        f"{' and '.join(sorted(evidence.currencies))}.",
        "Write the currency of the notes.",
    )


_BASIS = re.compile(r"\b(ARR|ACV|TCV|MRR|one[- ]?time|one[- ]?off)\b", re.IGNORECASE)


def _basis_beside(text: str, place: Place) -> str | None:
    value = place.mention.value
    if isinstance(value, Money) and value.basis is not None:
        return _basis_name(value.basis.value)
    if place.start == place.end:
        return None  # set by hand: it stands nowhere
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


_LEGEND = re.compile(
    r"\b([^\W\d_]{2,12})\.?\s*(?:=|means|stands for)\s*(ARR|ACV|TCV|MRR|one[- ]?time|one[- ]?off)\b", re.IGNORECASE
)


def _by_legend(evidence: Evidence, noted: Noted) -> str | None:
    """Return the kind of amount that a short form in the same line stands for: "kit = one-off, monit. = MRR"."""
    notes = evidence.book.notes
    line = notes[notes.rfind("\n", 0, noted.place.start) + 1 :].split("\n", 1)[0].casefold()
    kinds = {
        _basis_name(hit.group(2))
        for hit in _LEGEND.finditer(notes)
        if re.search(rf"\b{re.escape(hit.group(1).casefold())}\b", line) and hit.group(0).casefold() not in line
    }
    return kinds.pop() if len(kinds) == 1 else None


def _basis_name(word: str) -> str:
    return "one_time" if word.casefold().startswith("one") else word.upper()


def kinds_told(evidence: Evidence) -> set[str]:
    """Return the kinds of amount that the notes speak of."""
    spellings = lexicon("reckoning")["kinds"].items()
    return {kind for kind, spelled in spellings if re.search(spelled, evidence.book.notes, re.IGNORECASE)}


def other_basis(evidence: Evidence, place: Place, same: list[Noted]) -> Finding | None:
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
        beside = _basis_beside(notes, noted.place) or _basis_behind(evidence, noted) or _by_legend(evidence, noted)
        if beside:
            told.add(beside)
            where = noted
    if not told:
        for deal in evidence.deals(topics):
            if deal.amount is not None and deal.amount.value.basis is not None:
                told.add(_basis_name(str(deal.amount.value.basis.value)))
    everywhere = kinds_told(evidence)
    everywhere |= told
    if not told and not same and said in everywhere:
        return None
    if said == "one_time" and not told and not any(n.read_now for n in same):
        return None  # what something costs to buy is paid once
    if not _BASIS.search(evidence.draft.text, place.start, min(len(evidence.draft.text), place.end + 14)):
        return None  # the draft does not call it that in so many words
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
            f"The notes give this amount as {' or '.join(sorted(told)).replace('_', '-')}{line}, not as "
            f"{said.replace('_', '-')}.",
            f"Write {sorted(told)[0].replace('_', '-')}.",
        )
    return finding(
        evidence,
        "warning",
        "unit",
        place.start,
        end,
        f"The notes do not call this amount {said.replace('_', '-')}; they speak of "
        f"{' and '.join(sorted(everywhere)).replace('_', '-')}.",
        "Write the kind of amount that the notes tell.",
    )


_STRETCH = {"MRR": "month", "ARR": "year", "ACV": "year"}


def other_stretch(evidence: Evidence, place: Place, same: list[Noted]) -> Finding | None:
    """Return a finding where a monthly amount is told as a yearly one or the other way round."""
    rate = _rate(evidence.draft.text, place)
    if rate is None or rate[0] != "1" or rate[1] not in ("month", "quarter", "year"):
        return None
    topics = place.anchor.topics
    mine = [n for n in same if not topics or n.allowed & topics]
    kinds = {b for n in mine if (b := _basis_beside(evidence.book.notes, n.place)) is not None}
    for deal in evidence.deals(topics):
        if deal.amount is not None and deal.amount.value.basis is not None and mine:
            kinds.add(_basis_name(deal.amount.value.basis.value))
    stretches = {_STRETCH[k] for k in kinds if k in _STRETCH}
    if (
        not mine
        or len(stretches) != 1
        or rate[1] in stretches
        or any(_rate(evidence.book.notes, n.place) == rate for n in mine)
    ):
        return None
    return finding(
        evidence,
        "error",
        "unit",
        place.start,
        place.end,
        f"The notes give {quoted(evidence, mine[0])} as {' or '.join(sorted(kinds)).replace('_', '-')}, "
        f"not per {rate[1]}.",
        f"Write it per {min(stretches)}, or work it out for a {rate[1]}.",
    )


_RATE_UNITS = {"hr": "hour", "wk": "week", "mo": "month", "qtr": "quarter", "yr": "year", "annum": "year"}


_RATE_NUMBERS = {"two": "2", "three": "3", "four": "4", "six": "6", "1": "1"}


def _rate(text: str, place: Place) -> tuple[str, str] | None:
    """Return what a figure is told for each of: "six hours a week", "11.5h per 2 wks"."""
    if place.start == place.end:
        return None
    hit = cue("rate").match(text, place.end)
    if hit is None:
        for per in re.finditer(r"\s(?:a|per|/)\s", text[place.start : place.end]):
            hit = cue("rate").match(text, place.start + per.start())
    if hit is None:
        behind = [w for w in place.sentence.words if w.start >= place.end][:3]
        for word in behind:
            if any(c in ",.;:()" for c in text[place.end : word.end]):
                break
            hit = hit or cue("rate").match(text, word.end)
    if hit is None:
        return None
    number = hit.group(1) or "1"
    unit = hit.group(2).casefold()
    return _RATE_NUMBERS.get(number.casefold(), number), _RATE_UNITS.get(unit, unit)


def other_rate(evidence: Evidence, place: Place, same: list[Noted]) -> Finding | None:
    """Return a finding where the notes tell a figure for another stretch of time."""
    said = _rate(evidence.draft.text, place)
    if said is None:
        return None
    told = [(r, n) for n in same if (r := _rate(evidence.book.notes, n.place)) is not None]
    if not told or any(r == said for r, _ in told) or (len(told) < len(same) and len(same) > 2):
        return None
    rate, noted = told[0]
    return finding(
        evidence,
        "error",
        "unit",
        place.start,
        place.end,
        f"The notes tell {quoted(evidence, noted)} per {rate[0] + ' ' if rate[0] != '1' else ''}{rate[1]}, not per "
        f"{said[0] + ' ' if said[0] != '1' else ''}{said[1]}.",
        "Write it for the stretch of time that the notes tell.",
    )
