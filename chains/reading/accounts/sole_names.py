"""Names that stand alone in their paragraph: candidates come in, those whose paragraph speaks of nobody else go out.

"Didn't get to Wexler Imports. Still 40k, still best case": all that the paragraph tells is told of that name.
"""

from collections.abc import Sequence

from chains.reading.accounts.signs import first_name, is_named
from chains.reading.layout.marked import Candidate, Marked
from chains.reading.people.known_people import people_of

_LONGEST = 90  # tokens of a paragraph
_NOT_OF = frozenset("competition".split())


def sole_names(marked: Marked, found: Sequence[Candidate], items: frozenset[int]) -> frozenset[int]:
    """Return the tokens at which such names open; `items` are the units that a priced name heads."""
    people = marked.once(people_of)
    tokens = marked.stream.tokens
    by_unit: dict[int, list[Candidate]] = {}
    for candidate in found:
        run = tuple(t.low for t in tokens[candidate.first : candidate.last] if t.kind == "word")
        person = first_name(marked, candidate) or run in people or (len(run) == 2 and (run[1],) in people)
        if candidate.where in ("prose", "head") and is_named(marked, candidate) and not person:
            by_unit.setdefault(candidate.unit, []).append(candidate)
    kept: set[int] = set()
    for index, named in by_unit.items():
        unit = marked.units[index]
        within = marked.stream.within(unit.start, unit.end)
        line = unit.first
        marks = (line.bullet, line.speaker, line.heading, line.quoted, line.header, line.keyed)
        opens = line.after_blank or (index and marked.units[index - 1].first.heading)
        if any(marks) or not opens or len(within) > _LONGEST or index in items or len(named) != 1:
            continue
        name = named[0]
        sentence = marked.clauses.sentences[marked.clauses.sentence_of[name.first]]
        rival = [h for h in marked.between(sentence.first, sentence.last, "risk") if h.name in _NOT_OF]
        framed = marked.between(sentence.first, sentence.last, "frame", "private", "lost_to")
        if name.where == "prose" and sentence.first == within.start and not rival and not framed:
            kept.add(name.first)
    return frozenset(kept)
