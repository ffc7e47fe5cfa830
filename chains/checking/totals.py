"""Totals beside their parts, and changes from one value to another: evidence comes in, findings go out."""

import re
from collections.abc import Iterator
from decimal import Decimal

from chains.checking.compare import (
    main_number,
)
from chains.checking.derive import Sums, money_follows
from chains.checking.evidence import Evidence, Noted
from chains.checking.found import finding
from chains.checking.texts import Place
from chains.checking.told import quoted, same_value, shown
from chains.deals import Money
from chains.drafts import Finding

_EXPLICIT = re.compile(
    r"\b(?:together|in all|in total|combined|altogether|all told|in sum|total(?:s|ling)?)\b", re.IGNORECASE
)


def wrong_totals(evidence: Evidence, sums: Sums) -> Iterator[Finding]:
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
            elif place.anchor.group and not any(p is not place and p.clause == place.clause for p in places):
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
        f"“{shown(evidence, place)}” is not what the amounts named here come to; that is {total.normalize():,f}.",
        f"Write {total.normalize():,f}, or name the deals that make up “{shown(evidence, place)}”.",
    )


_TO = re.compile(r"\s*(?:lakh|crore|k|m)?\s*(?:to|->|→|=>|until)\s*(?:now )?", re.IGNORECASE)


def wrong_moves(evidence: Evidence) -> Iterator[Finding]:
    """Yield changes "from A to B" where the notes take A to another value."""
    text = evidence.draft.text
    notes = evidence.noted
    for one, two in zip(evidence.draft.places, evidence.draft.places[1:], strict=False):
        if not _TO.fullmatch(text[one.end : two.start]) or not re.search(
            r"\bfrom\s*[$€£₹]?$", text[max(0, one.start - 8) : one.start], re.IGNORECASE
        ):
            continue
        followed: list[Noted] = []
        for index, noted in enumerate(notes):
            if noted.was and same_value(evidence, one, noted):
                # "4/9, was 3/26" tells the new one first
                followed += [
                    n
                    for n in notes[max(0, index - 1) : index]
                    if n.place.sentence is noted.place.sentence and n.place.figure == two.figure
                ]
                followed += [
                    n
                    for n in notes[index + 1 : index + 3]
                    if n.place.sentence is noted.place.sentence and n.place.figure == two.figure
                ][:1]
        if followed and not any(same_value(evidence, two, n) for n in followed):
            yield finding(
                evidence,
                "error",
                "date" if not two.figure else "figure",
                two.start,
                two.end,
                f"The notes take “{shown(evidence, one)}” to {quoted(evidence, followed[0])}, not to “{shown(evidence, two)}”.",
                "Write what the notes tell.",
            )
