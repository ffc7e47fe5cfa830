"""Which deal a place in a sentence is about: a sentence and its mentions come in, anchors go out."""

import re
from collections.abc import Sequence

from chains.checking.places import Sentence
from chains.checking.topics import Anchor, NameHit, groups_of, union
from chains.checking.words import Word, cue, idle_words, words
from chains.scan import Mention


def groups_topics(text: str, hits: Sequence[NameHit]) -> list[frozenset[int]]:
    """Return the topics of each group of joined names."""
    return [union(h.topics for h in group) for group in groups_of(text, hits)]


def anchors_of(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> list[Anchor]:
    groups = groups_of(text, sentence.hits)
    dealt = _dealt_out(text, groups_of(text, sentence.hits, asides=True), mentions)
    return [
        Anchor(dealt[m.start], tight=True, near=sentence.near)
        if m.start in dealt
        else anchor_at(text, sentence, m.start, m.end, groups)
        for m in mentions
    ]


def anchor_at(text: str, sentence: Sentence, start: int, end: int, groups: list[list[NameHit]] | None = None) -> Anchor:
    """Return what `text[start:end]` in that sentence is about."""
    groups = groups_of(text, sentence.hits) if groups is None else groups
    clause = next((c for c in sentence.clauses if c.start <= start < c.end), None)
    before = [g for g in groups if g[-1].end <= start]
    after = [g for g in groups if g[0].start >= end]
    chosen: list[NameHit] | None = None
    tight = False
    if before:
        chosen = before[-1]
        between = text[chosen[-1].end : start]
        tight = (
            len(_telling_words(between)) <= 1 and "." not in between.strip(" .") and not _FIGURE_ASIDE.search(between)
        )
    if after:
        beside = cue("name_follows").fullmatch(text[end : after[0][0].start]) is not None
        same_clause = clause is not None and after[0][0].start < clause.end
        owned = chosen is not None and clause is not None and chosen[-1].start >= clause.start
        if chosen is None:
            chosen, tight = (after[0], beside) if beside or same_clause else (None, False)
        elif same_clause and not owned:
            chosen, tight = after[0], beside
    if cue("both").search(text[max(sentence.start, start - 26) : start]):
        every = union(h.topics for h in sentence.hits if h.end <= start) or sentence.near
        if len(every) > 1:
            return Anchor(every, group=True, near=sentence.near)
    if chosen is not None and chosen[0].start < start:
        ahead = text[sentence.start : chosen[0].start]
        if not tight and cue("apart_from").search(ahead):
            return Anchor(near=sentence.near)
        # "with Globex it's 200k" tells a sum, "with Globex at 80k" the deal's amount
        aside = cue("apart_from").search(ahead) or cue("together_with").search(ahead)
        if tight and aside and not _BESIDE_NAME.fullmatch(text[chosen[-1].end : start]):
            return Anchor(near=sentence.near)
    if chosen is not None:
        return Anchor(union(h.topics for h in chosen), tight, group=len(chosen) > 1, near=sentence.near)
    # names only later in the sentence: what comes before them goes on about what the sentence hangs under
    return Anchor(sentence.inherited if groups else sentence.head, carried=True, near=sentence.near)


_FIGURE_ASIDE = re.compile(r"\([^)]*\d[^)]*\)")  # "Globex ($80k) leaves us at 120k": the second is not beside the name


_BESIDE_NAME = re.compile(r"[*_]*(?:'s|’s)?\s*(?:\(|,|at|worth|for|–|-)?\s*(?:about |around |~)?[$€£₹]?", re.IGNORECASE)


def _telling_words(text: str) -> list[Word]:
    return [w for w in words(text) if w.folded not in idle_words() and not w.folded[0].isdigit()]


def _dealt_out(text: str, groups: list[list[NameHit]], mentions: Sequence[Mention]) -> dict[int, frozenset[int]]:
    """Return figures that stand in a row behind as many names in a row: "Globex and Initech, 80k and 40k"."""
    dealt: dict[int, frozenset[int]] = {}
    for number, group in enumerate(groups):
        if len(group) < 2:
            continue
        limit = groups[number + 1][0].start if number + 1 < len(groups) else len(text)
        behind = [m for m in mentions if group[-1].end <= m.start < limit]
        while behind:
            row = [behind.pop(0)]
            while behind and _ROW.fullmatch(text[row[-1].end : behind[0].start]):
                row.append(behind.pop(0))
            if len(row) == len(group) and len({type(m.value) for m in row}) == 1:
                dealt.update({m.start: h.topics for m, h in zip(row, group, strict=True)})
    return dealt


_ROW = re.compile(r"\s*(?:,|and|&|/|,\s*and|und)\s*(?:on |for |at )?", re.IGNORECASE)
