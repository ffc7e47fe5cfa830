"""Which deals a draft speaks of together: evidence and a place come in, sets of topics whose amounts may be added up go
out.

A set is what a sentence, its list, its paragraph or the sentence before names, or what its words describe: those that
were lost, those that moved, those with an open risk.
"""

import itertools
import re
from collections.abc import Iterator
from functools import cache

from chains.checking.evidence import Evidence
from chains.checking.places import Place, Sentence
from chains.checking.words import lexicon
from chains.deals import Deal
from chains.kinds import Category, RiskKind

MOST = 8  # deals in one set


def named_sets(evidence: Evidence, place: Place) -> list[frozenset[int]]:
    """Return the groups of topics that the place's sentence, its surroundings or its words put together."""
    sentence = place.sentence
    index = evidence.draft.sentences.index(sentence)
    before = evidence.draft.sentences[index - 1] if index else None
    after = evidence.draft.sentences[index + 1] if index + 1 < len(evidence.draft.sentences) else None
    found = [sentence.named, sentence.named | sentence.main, sentence.named | sentence.inherited]
    hits = sentence.hits
    later = frozenset(t for h in hits if h.start > place.start for t in h.topics)
    earlier = frozenset(t for h in hits if h.start < place.start for t in h.topics)
    clause = frozenset(t for h in hits if place.clause.start <= h.start < place.clause.end for t in h.topics)
    found += [later, earlier, clause, place.anchor.topics]
    for other in (before, after):
        if other is not None:
            found += [other.named, other.named | sentence.named]
    found.append(sentence.near)
    if sentence.block.kind in ("item", "text"):
        found.append(block_below(evidence, sentence))
    if before is not None and len(sentence.named) > 2:
        found += [frozenset(c) for c in itertools.combinations(sorted(sentence.named), 2)]
    found += lists_of(evidence)
    found += list(_described(evidence, place))
    return [t for t in dict.fromkeys(found) if 1 < len(t) <= MOST]


def block_below(evidence: Evidence, sentence: Sentence) -> frozenset[int]:
    """Return the topics that the items behind a sentence begin with."""
    heads: set[int] = set()
    seen_item = False
    for other in evidence.draft.sentences:
        if other.start <= sentence.end:
            continue
        if other.block.kind == "item":
            seen_item = True
            if other.start == other.block.start:
                heads |= other.named
        elif seen_item:
            break
    return frozenset(heads)


def lists_of(evidence: Evidence) -> list[frozenset[int]]:
    """Return the topics that each list, table and paragraph of the draft puts together."""
    known = evidence.kept.get("lists")
    if known is not None:
        return known
    found: list[frozenset[int]] = []
    run: set[int] = set()
    kind = ""
    for sentence in evidence.draft.sentences:
        block = sentence.block
        if block.kind == "heading" or (block.kind != kind and run):
            found.append(frozenset(run))
            run = set()
        kind = block.kind
        if block.kind == "text":
            found.append(sentence.main | sentence.named)
            run |= sentence.named
        elif sentence.start == block.start and sentence.hits:
            run |= sentence.hits[0].topics
    found.append(frozenset(run))
    evidence.kept["lists"] = [s for s in dict.fromkeys(found) if len(s) > 1]
    return evidence.kept["lists"]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {part: re.compile(spelled, re.IGNORECASE) for part, spelled in lexicon("reckoning")["parts"].items()}


def _described(evidence: Evidence, place: Place) -> Iterator[frozenset[int]]:
    """Yield the deals that the words of a sentence describe, one description or several together."""
    text = evidence.draft.text
    said = text[place.sentence.start : place.sentence.end]
    groups = []
    for part, pattern in _patterns().items():
        if pattern.search(said):
            groups.append(frozenset(i for i, d in enumerate(evidence.topics.deals) if d is not None and _is(d, part)))
    groups = [g for g in dict.fromkeys(groups) if g][:5]
    for size in range(1, min(len(groups), 3) + 1):
        for some in itertools.combinations(groups, size):
            yield frozenset().union(*some)
            if size == 2:
                yield some[0] & some[1]
                yield some[0] - some[1]
                yield some[1] - some[0]


def _is(deal: Deal, part: str) -> bool:
    category = deal.category.value if deal.category else None
    kinds = deal.risk_kinds()
    if part == "moved":
        return RiskKind.TIMELINE_SLIP in kinds or deal.previous_close_date is not None
    if part == "open":
        return bool(kinds)
    if part == "safe":
        return not kinds and category is not Category.CLOSED_LOST
    if part in {c.value for c in Category}:
        return category == part
    return any(k.value == part for k in kinds) or any(d.value.team.value == part for d in deal.dependencies)
