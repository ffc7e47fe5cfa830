"""The sentences of notes, cut where a thought ends: notes and their clauses come in, `Told`s go out, each with the unit
it stands in and whether it is about a deal.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set

from chains.accounts import names_account
from chains.deals import Deal
from chains.reading.layout.clauses import Clauses
from chains.reading.layout.speakers import rep_names
from chains.reading.layout.tokens import Stream, Token
from chains.reading.layout.units import Unit
from chains.reading.talks.purposes import (
    BARE,
    Told,
    label_of,
    lexicon,
)

SHORT = 14  # tokens of a sentence that only adds why a day was named
LEAST_PIECE = 3  # words of a dictated thought
_LISTED = re.compile(r"(?<![\w.])\(?(\d)[.)]\s+(?=\S)")
_SPOKEN = ("one", "two", "three", "four", "five")
_DASH = re.compile(r"\s(?:--+|[-–—])\s")
_TITLE = re.compile(
    r"(?:\S+\s+){0,5}?(?:1[:-]1|1on1|121|one on one|catch ?up|check.?in|review|prep|call|talk|mtg|meeting|chat)\b"
    r"(?:\s+(?!\W)\S+){0,6}?(?P<dash>\s+(?:--+|[-–—])\s+)",
    re.IGNORECASE,
)
_MEMO = re.compile(r"\s*\|?[^|\n]+\|[^|\n]+\|?\s*$")  # "| cost | 14k more |"
_OWN = re.compile(r"\s*(?:I|I'm|I've|I'd|i|ive|we|We)\b")
_REFERS = re.compile(r"\s*(?:(?:and|so|but)\s+)?that'?s?\b(?! one)", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\s*(?:(?:and|so|but|or)\s+)?(?:that|this|it|those|these|they|he|she|then|after that|and|so|but|or|which"
    r"|because|also|plus|even|only"
    r"|just|not|no|weaker|less|more|otherwise|from there|in that case|i|i'd|we|we'd)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:had|took|was|were|brought|got|went|did|gave|came|turned|ended)\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:is|are|will|would|costs|comes|takes|needs|can|could)\b", re.IGNORECASE)
_TELLING = ("money", "date")
_FORWARDED = re.compile(
    r"^[ \t>]*-{2,}\s*(?:forwarded|original|weitergeleitete|ursprüngliche)[^\n]{0,40}-{2,}",
    re.IGNORECASE | re.MULTILINE,
)
_NEWLINE = re.compile(r"\n\s*")


def sentences_of(
    notes: str,
    stream: Stream,
    clauses: Clauses,
    units: Sequence[Unit],
    deals: Sequence[Deal],
    taken: Sequence[tuple[int, int]],
    opens: Set[int],
    metas: Sequence[int],
) -> list[Told]:
    """Return the sentences of notes; `opens` and `metas` are where cues open and where words about the notes end."""
    turns = [(u.first.speaker, notes[u.start : u.end]) for u in units if u.first.speaker]
    reps = rep_names(notes, turns)
    by_index = {u.index: u for u in units}
    # of what has neither amount nor date nor category it is not sure that it is a deal: people, a town, a hotel
    sure = [d for d in deals if d.amount or d.close_date or d.category or d.stage]
    about = sorted({(s.start, s.end) for d in sure for s in d.lines})
    named = {i for d in sure for s in d.account.spans for i in stream.within(s.start, s.end)}
    found: list[Told] = []
    forwarded = _forwarded(notes)
    spoken: dict[int, list[int]] = {}  # where a dictated unit counts its questions
    for sentence in clauses.sentences:
        unit = by_index[sentence.unit]
        if unit.start >= forwarded:
            break
        if unit.first.header and unit.first.header not in ("subject", "betreff"):
            continue
        said = unit.first.speaker.casefold()
        start, end = stream.tokens[sentence.first].start, stream.tokens[sentence.last - 1].end
        if unit.first.quoted or _overlaps(taken, start, end):
            continue
        if sentence.dictated and unit.index not in spoken:
            spoken[unit.index] = [b for _, b in _spoken(stream, unit.start, unit.end)]
        counted = spoken.get(unit.index, []) if sentence.dictated else []
        ends_count = {stream.tokens[stream.at(c) - 1].end for c in counted if stream.at(c)}
        for a, b in _parted(notes, stream, start, end, opens, metas, counted, sentence.dictated):
            first, last = stream.at(a), stream.at(b)
            if first >= last:
                continue
            if sentence.dictated and b in ends_count and stream.tokens[last - 1].text.casefold() in _SPOKEN:
                last -= 1  # "... at all | two | what would": the number belongs to neither
                b = stream.tokens[last - 1].end
                if first >= last:
                    continue
            if notes.count("|", a, b) > 1 and not _MEMO.match(notes, a, b):
                continue  # a row of a table: its cells are no sentence
            if notes.count("|", a, b) > 1 and not label_of(notes[a:b])[0]:
                continue
            deal = _overlaps(about, a, b)
            # a sentence that tells a deal: about one, and with a figure, a date or an account in it
            telling = deal and any(i in named or stream.tokens[i].kind in _TELLING for i in range(first, last))
            if deal and _OWN.match(notes, a, b) and _several(notes[a:b], deals):
                deal = telling = False  # "I've given away 9% on my last three deals (...)": about the rep
            before = found[-1] if found else None
            if (
                before is not None
                and sentence.dictated
                and before.dictated
                and before.last == first
                and before.unit == unit.index
                and a not in spoken[unit.index]
                and not any(before.start < m <= before.end for m in metas)
                and _hangs_on(stream, first)
            ):
                before.end, before.last, before.deal = b, last, before.deal or deal
                before.telling = before.telling or telling
                continue
            one = Told(a, b, unit.index, first, last, not said or said in reps, deal, telling, sentence.dictated)
            one.refers = _REFERS.match(notes, a, b) is not None
            one.dated = last - first <= SHORT and any(stream.tokens[i].kind == "date" for i in range(first, last))
            one.of_the_past = _PAST.search(notes, a, b) is not None and _NOW.search(notes, a, b) is None
            one.goes_on = _GOES_ON.match(notes, a, b) is not None
            one.bare = last - first <= BARE and any(stream.tokens[i].kind == "money" for i in range(first, last))
            found.append(one)
    return found


def _opens_matter(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether "its about the lead role" starts at a token: what the talk is for, after when it is."""
    wants = tokens[i].low == "what" and tokens[i + 1].low == "i" and i + 2 < len(tokens)
    if wants and tokens[i + 2].low in ("want", "need", "would", "really"):
        return True
    return tokens[i].low in ("its", "it") and tokens[i + 1].low == "about"


def _several(text: str, deals: Sequence[Deal]) -> bool:
    return sum(1 for d in deals if names_account(text, d)) > 1


def _hangs_on(stream: Stream, first: int) -> bool:
    """Tell whether a dictated piece goes on with the thought before it: "or no by Friday", "when we know more"."""
    tokens, lists = stream.tokens, lexicon()
    token, before = tokens[first], tokens[first - 1] if first else None
    if before is None:
        return False
    glued = before.end == token.start  # cut within a contraction ("has|nt")
    if token.low == "and" and first + 1 < len(tokens):
        return tokens[first + 1].low not in lists["and_opens"]
    # "where do | I go", "the person | I know"
    asks = before.low in lists["hangs_after"] or (
        first > 1 and tokens[first - 2].low in ("the", "only", "every", "any")
    )
    return glued or token.low in lists["hangs_on"] or (asks and token.low in lists["subjects"])


def _forwarded(notes: str) -> int:
    """Return where a mail of somebody else begins below the rep's own words; the end of the notes where none does."""
    marks = [m.start() for m in _FORWARDED.finditer(notes)]
    return marks[0] if marks and notes[: marks[0]].strip() else len(notes) + 1


def _overlaps(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether any of the sorted ranges shares a character with start..end."""
    i = bisect_left(ranges, (start, start))
    if i < len(ranges) and ranges[i][0] < end:
        return True
    # ranges may nest: look back as far as a few can reach
    return any(ranges[j][1] > start for j in range(max(0, i - 3), i))


def _parted(
    notes: str,
    stream: Stream,
    start: int,
    end: int,
    opens: Set[int],
    metas: Sequence[int],
    counted: Sequence[int],
    dictated: bool,
) -> Iterator[tuple[int, int]]:
    """Part a sentence before its enumerated items ("1) what ... 2) how ...", "one what ... two where ..."), at a line
    that opens with a cue of its own, and behind a title ("check in w/ Ann -- am I aligned?")."""
    marks = list(_LISTED.finditer(notes, start, end))
    if [int(m[1]) for m in marks] == list(range(1, len(marks) + 1)) and len(marks) > 1:
        cuts = [(m.start(), m.end()) for m in marks]
    elif counted:
        cuts = [(stream.tokens[stream.at(b) - 1].start, b) for b in counted if start < b < end]
    else:
        cuts = _spoken(stream, start, end)
    if dictated:
        tokens, news = stream.tokens, lexicon()["and_opens"]
        cuts += [
            (tokens[i].start, tokens[i].start)
            for i in stream.within(start, end)
            if i + 1 < len(tokens)
            and ((tokens[i].low == "and" and tokens[i + 1].low in news) or _opens_matter(tokens, i))
            and stream.at(start) < i <= stream.at(end) - LEAST_PIECE
        ]
    lines = [m.end() for m in _NEWLINE.finditer(notes, start, end) if stream.at(m.end()) in opens]
    titles = [
        m.span()
        for at in metas
        if start < at < end
        if (m := _DASH.search(notes, at, end)) and any(stream.at(m.end()) <= i < stream.at(end) for i in opens)
    ]
    if not notes[:start].strip() and (named := _TITLE.match(notes, start, end)):
        titles.append(named.span("dash"))  # "Priya 1:1 thurs - want her to free up Callum"
    cuts = sorted({*cuts, *((c, c) for c in lines), *titles})
    ends = [*(a for a, _ in cuts), end]
    begins = [start, *(b for _, b in cuts)]
    yield from ((a, b) for a, b in zip(begins, ends, strict=True) if b > a)


def _spoken(stream: Stream, start: int, end: int) -> list[tuple[int, int]]:
    cuts: list[tuple[int, int]] = []
    tokens, asking = stream.tokens, lexicon()["asking"]
    for i in stream.within(start, end):
        if i + 1 >= len(tokens) or tokens[i + 1].low not in asking:
            continue
        if tokens[i].text.casefold() == (_SPOKEN[len(cuts)] if len(cuts) < len(_SPOKEN) else ""):
            # "three is the rule right?" keeps its verb, "two where do I" loses its number
            cuts.append((tokens[i].start, tokens[i + 1].start))
    return cuts if len(cuts) > 1 else []
