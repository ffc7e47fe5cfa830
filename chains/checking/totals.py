"""Totals beside their parts, and changes from one value to another: evidence comes in, findings go out."""

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from chains.checking.compare import is_about, main_number, rounds_to
from chains.checking.derive import money_follows
from chains.checking.evidence import Evidence, Noted
from chains.checking.found import finding
from chains.checking.places import Place
from chains.checking.sums import Sums
from chains.checking.told import quoted, same_value, shown
from chains.checking.units import kinds_told
from chains.checking.words import cue
from chains.deals import Money
from chains.drafts import Finding


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
            if not cue("explicit_total").search(text, place.clause.start, min(sentence.end, place.end + 30)):
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
        if any(n.read_now and same_value(evidence, two, n) for n in notes) and any(
            n.read_was and same_value(evidence, one, n) for n in notes
        ):
            continue  # the reader and the draft agree
        starts = [n.place.start for n in followed]
        if any(abs(n.place.start - s) < 60 and same_value(evidence, two, n) for n in notes for s in starts):
            continue  # the notes tell both in one breath
        if followed and not any(same_value(evidence, two, n) for n in followed):
            yield finding(
                evidence,
                "error",
                "date" if not two.figure else "figure",
                two.start,
                two.end,
                f"The notes take “{shown(evidence, one)}” to {quoted(evidence, followed[0])}, not to "
                f"“{shown(evidence, two)}”.",
                "Write what the notes tell.",
            )


def wrong_labels(evidence: Evidence, sums: Sums, place: Place, same: list[Noted]) -> Finding | None:
    """Return a finding where a sum is called by what it is not: the base, the worst case, what the target leaves."""
    value = place.mention.value
    assert isinstance(value, Money)
    if place.anchor.topics and not place.anchor.carried:
        return _wrong_together(evidence, sums, place)
    text = evidence.draft.text
    before = text[max(place.sentence.start, place.start - 30) : place.start]
    behind = text[place.end : min(place.sentence.end, place.end + 26)]
    about = is_about(text, place.start)

    def among(values: set[Decimal]) -> bool:
        scales = (Decimal(1), Decimal(1000)) if place.mention.bare else (Decimal(1),)
        return any(rounds_to(value.amount * s, v, about) for v in values for s in scales)

    for label, (ahead, after, groups) in _LABELS.items():
        if not (ahead.search(before) or after.match(behind)):
            continue
        right = set().union(*(sums.by_group.get(g, set()) for g in groups)) - {Decimal(0)}
        if label == "base" and (len(kinds_told(evidence)) > 1 or len(evidence.currencies) > 1):
            right |= sums.by_group.get("closed won and some of the commits", set())  # one line for each kind
        others = set().union(*(v for g, v in sums.by_group.items() if g not in groups)) | {
            a for t in sums.known for a in sums.of(t)
        }
        # a sum that nothing bears out is told by itself; here one is right somewhere else
        if right and not among(right) and among(others):
            best = max(right)
            return finding(
                evidence,
                "error",
                "sum",
                place.start,
                place.end,
                f"“{shown(evidence, place)}” is not the {label}; that comes to {best.normalize():,f}.",
                f"Write {best.normalize():,f}, or call it what it is.",
            )
    if sums.targets and (cue("gap_behind").match(behind) or cue("gap_before").search(before)):
        bases = {t for v in sums.by_group.values() for t in v} | {
            main_number(p.mention) * s
            for p in evidence.draft.places
            if p is not place and p.kind in ("Money", "Count")
            for s in (1, 1000)
        }
        gaps = {abs(t - b) for t in sums.targets for b in bases}
        told = any(cue("gap_behind").match(evidence.book.notes[n.place.end : n.place.end + 26]) for n in same)
        if not told and not among(gaps):
            return finding(
                evidence,
                "error",
                "sum",
                place.start,
                place.end,
                f"“{shown(evidence, place)}” is not what the target leaves.",
                "Work the gap out again from the target and the sum before it.",
            )
    return None


def _wrong_together(evidence: Evidence, sums: Sums, place: Place) -> Finding | None:
    """Return a finding where what several named deals come to together is not their sum."""
    value = place.mention.value
    text = evidence.draft.text
    if (
        not isinstance(value, Money)
        or len(place.anchor.topics) < 2
        or not (
            cue("together_behind").match(text, place.end)
            or cue("together_before").search(text[max(place.sentence.start, place.start - 40) : place.start])
        )
    ):
        return None
    choices = [(sums.of(t)[:2] + sums.ends.get(t, [])) for t in sorted(place.anchor.topics)]
    if not all(choices) or len(choices) > 6:
        return None
    about = is_about(text, place.start)
    if any(rounds_to(value.amount, sum(some, Decimal(0)), about) for some in itertools.product(*choices)):
        return None
    return _wrong_total(evidence, place, sum((c[0] for c in choices), Decimal(0)))


_LABELS = {
    "base": (
        re.compile(
            r"\bbase(?: case)?(?: is| of| comes to| stands at|:)?(?: therefore| now)?\s*[*_]*[$€£₹]?$", re.IGNORECASE
        ),
        re.compile(r"\s+(?:won and committed|won plus commits?|with every commit)\b", re.IGNORECASE),
        ("closed won and commits",),
    ),
    "worst case": (
        re.compile(r"\bworst(?: case)?(?: is| of|:)?\s*[*_]*[$€£₹]?$", re.IGNORECASE),
        re.compile(r"\s+at worst\b", re.IGNORECASE),
        ("closed won and safe commits", "closed won", "closed won and some of the commits"),
    ),
    "best case": (
        re.compile(r"\bbest(?: is| of|:| would be| comes to)\s*[*_]*[$€£₹]?$", re.IGNORECASE),
        re.compile(r"\s+at best\b", re.IGNORECASE),
        ("closed won, commits and best case",),
    ),
}
