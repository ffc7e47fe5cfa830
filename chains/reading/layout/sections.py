"""What a unit heads: the layout comes in, the category or stage that a heading gives to what stands under it goes out.

Also which paragraphs are running text, and which tell of a deal that they do not name.
"""

from collections.abc import Sequence

from chains.reading.layout.labels import headings
from chains.reading.layout.marked import Candidate, Marked
from chains.reading.layout.tokens import Token
from chains.reading.layout.units import Unit
from chains.reading.lexicon import wordlists

_FLOWING = 60  # words from which a paragraph is running text and no item of a list


def flowing(marked: Marked, unit: Unit) -> bool:
    """Tell whether a unit is running text or speech, in which the first name does not own the rest."""
    if unit.first.speaker:
        return True
    if unit.first.bullet or unit.first.heading or unit.first.keyed:
        return False
    within = marked.stream.within(unit.start, unit.end)
    return (
        len(within) > _FLOWING
        and sum(1 for t in marked.stream.tokens[within.start : within.stop] if t.kind == "word") > _FLOWING
    )


def orphans(marked: Marked) -> frozenset[int]:
    """Return the paragraphs that open with an amount and a category of a deal that they do not name."""
    found: set[int] = set()
    first_of: dict[int, int] = {}
    for sentence in marked.clauses.sentences:
        first_of.setdefault(sentence.unit, sentence.index)
    for unit in marked.units:
        if (
            unit.first.bullet
            or unit.first.speaker
            or unit.first.heading
            or unit.first.quoted
            or unit.index not in first_of
        ):
            continue
        sentence = marked.clauses.sentences[first_of[unit.index]]
        opening = marked.stream.tokens[sentence.first : sentence.first + 8]
        priced = next((k for k, t in enumerate(opening) if t.kind == "money" and not t.bare), None)
        if priced is None or any(t.capital for t in opening[1:priced]):
            continue
        if marked.between(sentence.first, sentence.last, "category"):
            found.add(unit.index)
    return frozenset(found)


def in_section(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether a candidate stands right under a heading that is a category."""
    unit = marked.units[candidate.unit]
    above = unit.parent if unit.parent is not None else unit.heading_of
    return above is not None and bool(section_category(marked, above))


def _heads_a_deal(tokens: Sequence[Token]) -> bool:
    """Tell whether a heading opens with a name and gives an amount, so that its category is one deal's."""
    words = wordlists()
    first = next((t for t in tokens if t.kind == "word"), None)
    named = first is not None and first.capital and not any(first.low in words[w] for w in ("sections", "ordinary"))
    return named and first is not None and first.low not in words["function"] and any(t.kind == "money" for t in tokens)


def section_category(marked: Marked, index: int) -> str:
    """Return the category that a unit heads its section with, or ""."""
    unit = marked.units[index]
    within = marked.stream.within(unit.start, unit.end)
    tokens = marked.stream.tokens[within.start : within.stop]
    if unit.first.section or unit.first.heading:
        words = [t for t in tokens if t.kind == "word"]
        hits = marked.between(within.start, within.stop, "category")
        if hits and len(words) <= 5 and not _heads_a_deal(tokens):
            return hits[0].name
        if len(words) <= 3:
            headed = headings()
            return next((headed[t.low] for t in words if t.low in headed), "")
        return ""
    if len(within) > 9:
        return ""
    i = next((j for j in within if marked.stream.tokens[j].kind == "word"), within.stop)
    hit = marked.opening(i, "category") if i < within.stop else None
    if hit is None:
        return ""
    quiet = ("deals", "deal", "total", "list", "for", "now", "this", "quarter", "the", "and")
    rest = [t for t in marked.stream.tokens[hit.last : within.stop] if t.kind == "word" and t.low not in quiet]
    return hit.name if all(t.low.startswith("q") for t in rest) else ""


def section_stage(marked: Marked, index: int) -> str:
    """Return the stage that a unit heads its section with, or ""."""
    unit = marked.units[index]
    if not unit.first.heading:
        return ""
    within = marked.stream.within(unit.start, unit.end)
    words = [t for t in marked.stream.tokens[within.start : within.stop] if t.kind == "word"]
    if len(words) > 3:
        return ""
    hit = next(iter(marked.between(within.start, within.stop, "stage")), None)
    if hit is not None and hit.last - hit.first >= len(words) - 1:
        return hit.name
    return next((name for word, name in _STAGE_WORDS.items() if any(t.low == word for t in words)), "")


_STAGE_WORDS = {
    "signature": "procurement",
    "legal": "procurement",
    "paper": "procurement",
    "test": "evaluation",
    "testing": "evaluation",
    "offer": "proposal",
    "offers": "proposal",
    "quote": "proposal",
    "quotes": "proposal",
    "quoted": "proposal",
    "qualified": "discovery",
    "qualifying": "discovery",
    "qualification": "discovery",
    "prospecting": "discovery",
    "contracting": "procurement",
    "contracts": "procurement",
    "paperwork": "procurement",
    "signatures": "procurement",
    "demos": "evaluation",
    "pilots": "evaluation",
    "trials": "evaluation",
    "negotiating": "negotiation",
}
