"""Who speaks where no colon says so: the lines of the notes come in; speakers set out in a column, and the lines that a
tag marks as answers, go out.

"TESSA  OK so Q4" and "GIL    Paper?"; "[DB] Yes, 155k" below "1) Prairie Foundry - still good?".
"""

import re
from collections.abc import Sequence

from chains.reading.lexicon import wordlists

_COLUMN = re.compile(r"\s*(?P<who>[A-Z][\w.'’-]{1,14})(?: {2,}|\t)(?=\S)")
_TAG = re.compile(r"\s*(?P<tag>[\[(<](?:[A-Z]{2,3}|[A-Z][a-z]{1,11})[\])>]|->|=>|→|>>>|\*{2,3}|--|##)\s*:?\s+(?=\S)")
_LEAST = 2  # turns, or answers with the same tag
_NEAR = 3  # lines above an answer in which its question stands


def column_speakers(notes: str, raw: Sequence[tuple[int, int]]) -> dict[int, tuple[str, int]]:
    """Return the lines (counted from 1) that a name in a column of its own opens, with it and where text starts."""
    words = wordlists()
    found: dict[int, tuple[str, int]] = {}
    counts: dict[str, int] = {}
    filled = 0
    for number, (start, end) in enumerate(raw, 1):
        filled += start < end
        match = _COLUMN.match(notes, start, end)
        low = match["who"].casefold() if match else ""
        if match is None or low in words["sections"] or low in words["labels"] or low in words["fields"]:
            continue
        if match["who"].isupper() or low in words["first_names"]:
            found[number] = match["who"], match.end()
            counts[low] = counts.get(low, 0) + 1
    often = {who for who, count in counts.items() if count >= _LEAST}
    kept = {number: turn for number, turn in found.items() if turn[0].casefold() in often}
    return kept if len(often) >= _LEAST and 2 * len(kept) >= filled else {}


def tagged(notes: str, raw: Sequence[tuple[int, int]]) -> tuple[dict[int, int], frozenset[int]]:
    """Return the lines (counted from 1) that a tag marks as answers, with where their text starts, and their questions.

    Empty where not most of the tags of one kind stand below a question.
    """
    tags: dict[str, list[int]] = {}
    starts: dict[int, int] = {}
    filled = [number for number, (start, end) in enumerate(raw, 1) if notes[start:end].strip()]
    for number in filled:
        match = _TAG.match(notes, *raw[number - 1])
        if match:
            tags.setdefault(match["tag"], []).append(number)
            starts[number] = match.end()
    answers: dict[int, int] = {}
    asked: set[int] = set()
    for lines in tags.values():
        questions = {n: q for n in lines if (q := _question(notes, raw, n, starts)) is not None}
        if len(questions) >= _LEAST and 2 * len(questions) >= len(lines):
            answers |= {n: starts[n] for n in lines}
            asked |= set(questions.values())
    return answers, frozenset(asked)


def _question(notes: str, raw: Sequence[tuple[int, int]], number: int, starts: dict[int, int]) -> int | None:
    """Return the line of the question that an answer stands below."""
    for above in range(number - 1, max(0, number - 1 - _NEAR), -1):
        text = notes[raw[above - 1][0] : raw[above - 1][1]].rstrip()
        if above in starts or (text and not text.endswith("?")):
            return None
        if text:
            return above
    return None
