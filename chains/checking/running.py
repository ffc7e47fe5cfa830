"""Sums that go on from one told before: sums and a place come in, the way goes out, or None.

"I have 21 lakh ... With Globex I'm at 39 ... If both land, 81": a running total, and the deals spoken of here on top of
it or off it.
"""

import itertools
from collections.abc import Callable
from decimal import Decimal

from chains.checking.compare import main_number
from chains.checking.places import Place
from chains.checking.sums import Sums
from chains.checking.told import is_own, same_value
from chains.checking.words import cue
from chains.deals import Money

_BASES, _TOPICS = 8, 4  # how many sums told before, and how many deals, are tried


def runs_on(found: Sums, place: Place, fits: Callable[[Decimal], bool]) -> str | None:
    """Tell whether a sum is one told before it, or a target, with or without deals spoken of up to here."""
    evidence = found.evidence
    said = place.sentence
    told = [
        main_number(p.mention)
        for p in evidence.draft.places
        if isinstance(p.mention.value, Money)
        and p is not place
        and (p.start < place.start or p.sentence is said)
        and (
            (p.sentence is not said and not is_own(evidence, p))
            or not any(n.owned for n in evidence.comparable(p) if same_value(evidence, p, n))
        )
    ]
    bases = list(dict.fromkeys([*told[-_BASES:], *found.targets]))
    topics = sorted(said.named or said.main | said.head | place.anchor.topics)
    if cue("all_of_them").search(evidence.draft.text, said.start, said.end):
        before = [s.main or s.named for s in evidence.draft.sentences if s.start < said.start]
        topics += [t for main in reversed(before) for t in sorted(main) if t not in topics]
    topics = [t for t in dict.fromkeys(topics) if found.of(t)][:_TOPICS]
    for size in (1, 2, 3):
        for some in itertools.combinations(topics, size):
            for parts in itertools.product(*(found.of(t)[:2] for t in some)):
                total = sum(parts, Decimal(0))
                if any(fits(base + total) or fits(abs(base - total)) for base in bases):
                    return "a sum told before with or without what is named here"
    if any(fits(abs(one - two)) for one, two in itertools.combinations(bases, 2)):
        return "what lies between two sums told before"
    return None
