"""A draft in the rep's hands: a `Draft` and its text as edited come in, a `Draft` goes out whose sentences keep
their sources where they still stand word for word.

The text to edit is the plain format: no marks, no escapes, sentences exactly as they are in the draft.
"""

import re
from dataclasses import dataclass, replace

from chains.drafts import Draft, Finding, Section, Sentence
from chains.formats import written

_ENDS = re.compile(r"(?<=[.!?])\s+(?=[\"'“‘(]?[A-Z0-9])")
_BULLET = re.compile(r"^\s*[-*•]\s+")


@dataclass(frozen=True, slots=True)
class Placed:
    """Hold a sentence of a draft with its offsets in the plain text."""

    sentence: Sentence
    start: int
    end: int


def plain(draft: Draft) -> str:
    """Return the text that is shown, edited and checked."""
    return written(draft, "plain")


def reworked(draft: Draft, text: str) -> Draft:
    """Return `draft` as `text` words it; sentences that are new stand on nothing but the rep's word."""
    if text.strip() == plain(draft).strip():
        return draft
    known: dict[str, Sentence] = {s.text: s for section in draft.sections for s in section.sentences}
    headings = {s.heading for s in draft.sections if s.heading}
    sections: list[Section] = []
    heading = ""
    for block in re.split(r"\n[ \t]*\n", text.strip("\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        while lines:
            if lines[0].strip() in headings:
                if heading:  # two headings in a row: the first stands over nothing, it is kept as a line
                    sections.append(_section(draft, (Sentence(heading),)))
                heading = lines.pop(0).strip()
                continue
            bulleted = bool(_BULLET.match(lines[0]))
            run = [lines.pop(0)]
            # a line that the rep broke off stays a line of its own; bullets belong together
            while bulleted and lines and _BULLET.match(lines[0]):
                run.append(lines.pop(0))
            sentences = tuple(s for line in run for s in _sentences(line, known, bulleted))
            section = _section(draft, sentences, heading, bulleted)
            heading = ""
            before = sections[-1] if sections else None
            if before and bulleted and before.layout == "bullets" and not section.heading:
                sections[-1] = replace(before, sentences=before.sentences + section.sentences)
            else:
                sections.append(section)
    if heading:
        sections.append(_section(draft, (Sentence(heading),)))
    return replace(draft, sections=tuple(sections), findings=())


def placed(draft: Draft) -> tuple[Placed, ...]:
    """Return every sentence of `draft` with its place in the plain text."""
    text, at = plain(draft), 0
    found: list[Placed] = []
    for section in draft.sections:
        if section.heading and section.sentences:
            at = text.index(section.heading, at) + len(section.heading)
        for sentence in section.sentences:
            start = text.index(sentence.text, at)
            at = start + len(sentence.text)
            found.append(Placed(sentence, start, at))
    return tuple(found)


def line_of(text: str, finding: Finding) -> int:
    """Return the line of the draft that a finding stands on, from 1."""
    return text.count("\n", 0, finding.start) + 1


def _section(draft: Draft, sentences: tuple[Sentence, ...], heading: str = "", bulleted: bool = False) -> Section:
    role = next((s.role for s in draft.sections if set(s.sentences) & set(sentences)), "own words")
    return Section(role, sentences, heading, "bullets" if bulleted else "prose")


def _sentences(line: str, known: dict[str, Sentence], bulleted: bool) -> tuple[Sentence, ...]:
    """Cut one line into the sentences that still stand and the rep's own words between them."""
    body = _BULLET.sub("", line).strip()
    if bulleted or body in known:
        return (known.get(body, Sentence(body)),)
    found: list[Sentence] = []
    rest = body
    while rest:
        standing = max((k for k in known if k and rest.startswith(k)), key=len, default=None)
        if standing is not None:
            found.append(known[standing])
            rest = rest[len(standing) :].lstrip()
            continue
        starts = [at for k in known if k and (at := rest.find(k)) > 0]
        stop = min(starts, default=len(rest))
        found += [Sentence(piece) for piece in _ENDS.split(rest[:stop].strip()) if piece]
        rest = rest[stop:].lstrip()
    return tuple(found)
