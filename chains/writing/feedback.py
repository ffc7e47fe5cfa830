"""A feedback talk in words: the points of a `Plan` come in, `Section`s of sentences with their sources go out."""

from collections.abc import Iterator
from itertools import groupby

from chains.drafts import Plan, Point, Section, Sentence
from chains.writing.clauses import whole
from chains.writing.entries import entry
from chains.writing.phrasing import Phrasing
from chains.writing.voice import sentence


def feedback_sections(plan: Plan, phrasing: Phrasing) -> tuple[Section, ...]:
    """Return the sections of a feedback talk."""
    found: list[Section] = []
    for block, points in groupby(plan.points, key=lambda p: str(dict(p.facts)["block"])):
        sentences = tuple(_sentences(points, phrasing))
        if sentences:
            found.append(Section(block, sentences, layout="bullets" if block == "deals" else "prose"))
    return tuple(found)


def _sentences(points: Iterator[Point], phrasing: Phrasing) -> Iterator[Sentence]:
    for point in points:
        facts = dict(point.facts)
        if "text" in facts:
            yield Sentence(sentence(whole(str(facts["text"]), phrasing)), point.sources, point.practices)
        elif facts["depth"] != "mention":
            text, sources = entry(facts["deal"], facts["group"], "short", phrasing, "bullet")  # type: ignore[arg-type]
            yield Sentence(text, sources, point.practices)
