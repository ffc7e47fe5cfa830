"""What speaks for which purpose of a sentence: sentences, cues and layout come in, points for each kind go out.

Labels, cue words, what a sentence stands under and the question before it are added up.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from chains.deals import Conventions
from chains.reading.layout.clauses import SOFT, Clauses
from chains.reading.layout.units import Unit
from chains.reading.lexicon import Hit
from chains.reading.talks.framing import (
    announced,
    asked_above,
    asked_for,
    asks_for_promises,
    heads_answer,
    is_about_notes,
    is_title,
)
from chains.reading.talks.purposes import (
    ASKED,
    LIST_LABEL,
    MOST_WEAK,
    OWN_LABEL,
    SAME_LINE,
    STRONG,
    TITLE_LABEL,
    WEAK,
    Told,
    heading_kind,
    label_of,
    led_by_comma,
    purpose_cues,
    whole_label,
)
from chains.reading.talks.sentences import LEAST_PIECE

OPENS = 2  # more points for a cue that opens its sentence
MOST_ITEM = 10  # words of an item that goes into the sentence above it
MOST_TITLE = 8  # words of a line that only names the talk
LONGEST = 60  # characters of a line that heads a list
_FROM = re.compile(r"(?:from|von)\s+\w+[^:.]{0,30}:?$", re.IGNORECASE)
_TALK = re.compile(r"(?<!\w)(?:1[:-]1|1on1|one.on.one|121|check.?in)(?!\w)", re.IGNORECASE)
_SIGNED = re.compile(
    r"\s*(?:thanks|thank you|best|cheers|regards|best regards|kind regards|br|lg|vg)[,!.]*\s+\w+\s*$", re.IGNORECASE
)
_ROLES = re.compile(r"\s*(?:speaker \d|[A-Z]\w*)\s*=\s*(?:me|my|speaker)\b|\s*I\s*=\s*[A-Z]", re.IGNORECASE)
_WANTS = re.compile(r"\s*(?:(?i:I)\s+)?(?i:want|need|would like|'d like) (?:[A-Z][a-z]+|her|him|you) to\s")
_ASKS = re.compile(
    r"[\s\W]*(?:\d[.)]?\s+)?(?:(?:and|so|also|or|then|besides)\b[, ]*)?(?:(?:in|on|from) [^,]{3,30}, )?"
    r"(?:what|which|how|where|when|who|whose|why|do|does|did|is|are|am|was|were|have|has|would|should|could|can|will)\b",
    re.IGNORECASE,
)
_ASKS_YOU = re.compile(
    r"[\s\W]*(?:\d[.)]?\s+)?(?:(?:and|so|also|or)\b[, ]*)?(?:(?:in|on) [^,]{3,30}, )?"
    r"(?:what|which|how|where|when|who|why)\b"
    r"[^.?!:]{0,40}?\b(?:do|does|did|am|is|are|was|were|would|should|could|can|will|have|has)(?:n't)? "
    r"(?:I|you|she|he|they|we|my|your|her|his)\b",
    re.IGNORECASE,
)
# a question put to somebody without its mark: "Would she go over the page before it leaves the house."
_ASKS_THEM = re.compile(
    r"[\s\W]*(?:\d[.)]?\s+)?(?:(?:and|so|also|or)\b[, ]*)?"
    r"(?:do|does|did|is|are|am|was|were|would|should|could|can|will|has|have)(?:n['’]?t)? "
    r"(?:I|you|she|he|we|my|your|her|his|there|any(?:body|one|thing)|some(?:body|one|thing)) \w+(?: \S+){2}",
    re.IGNORECASE,
)
# ... or behind what it hangs on: "if I want the lead job what would you need to see"; what others ask is none
_ASKS_WITHIN = re.compile(
    r"(?:^|[,:–-]\s*|\s(?<!ask\s)(?<!asks\s)(?<!asked\s)(?<!know\s)(?<!knows\s)(?<!told\s)(?<!about\s)(?<!see\s)(?<!\bof\s)"
    r"(?<!\bon\s))"
    r"(?:what|how|which|when|where|who|why)(?: \w+){0,2}? (?:would|should|could|did|do|does|was|is|are)(?:n['’]?t)? "
    r"(?:(?:the |one |single |first |last |main )*(?:thing )?(?:you|she|he)(?:['’]d)?\b"
    r"|(?-i:[A-Z])\w+ [^.?]{0,40}?\b(?:you|her|him)\b)",
    re.IGNORECASE,
)
_THEY_WANT = re.compile(r"\b(?:they|he|she|who)\b.{0,20}\b(?:wants?|needs?|asks? for|insists?)\b", re.IGNORECASE)
_I_WANT = re.compile(
    r"\b(?:I|we)(?:'d| would|'m)?(?: really)? (?:want|need|like|ask)|\bneed (?:her|his|your)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"\bquoted?\b", re.IGNORECASE)
_AUX = r"(?:is|are|was|were|do|does|did|would|should|could|can|will|has|have)"
_ASKS_ABOUT = re.compile(
    rf"[\s\W]*(?:(?:and|so|also|or)\b[, ]*)?(?:what|which|how|where|who|why)(?:['’]?s\b| {_AUX}\b"
    rf"|(?: (?!i\b|we\b|she\b|he\b|they\b|you\b|it\b)\w+){{1,3}} {_AUX}\b)",
    re.IGNORECASE,
)
_THEIR_WISH = re.compile(
    r"\s*(?:and |but |also |now )?(?:they |he |she |it )?(?:wants?|would like)\b(?! (?:her|his|your) )", re.IGNORECASE
)
# what a deal can be told for: why it went wrong, or that it worked
_OF_DEALS = ("shortcoming", "proof")
# what a line labelled so goes on with, whatever it cost or brought: "tried: the agency cost 6k"
_OF_THE_PAST = ("tried", "proof")
_AMOUNT = re.compile(r"[$€£₹]\s?\d|\d ?(?:k|m|mm|mio|lakh|cr)\b|\b(?:arr|acv|tcv|mrr)\b", re.IGNORECASE)
_SCALE = re.compile(r"\b(?:1|one)\s*(?:-|–|to)\s*(?:10|ten)\b|\bout of (?:10|ten)\b", re.IGNORECASE)
EDGE = re.compile(r"[\s,;:|*_\-–—>=→•·…]+")


def weigh(
    notes: str, hits: Sequence[Hit], units: Sequence[Unit], told: Sequence[Told], conventions: Conventions
) -> None:
    """Add to each sentence the points that its words, its label and what it stands under give it."""
    by_index = {u.index: u for u in units}
    heads = {u.index: _head(notes, u) for u in units}
    starts = [t.first for t in told]
    weak: dict[tuple[int, str], int] = {}
    for hit in hits:
        i = bisect_left(starts, hit.first + 1) - 1
        if i < 0 or hit.first >= told[i].last:
            continue
        kind, _, strength = hit.group.partition(".")
        if strength == "strong":
            # a sentence that opens with a cue is for that, whatever follows
            told[i].add(kind, STRONG + (OPENS if hit.first - told[i].first <= 1 else 0))
        elif weak.get((i, kind), 0) < MOST_WEAK:
            weak[i, kind] = weak.get((i, kind), 0) + 1
            told[i].add(kind, WEAK)
    asked = ""  # what the other side of a talk has just asked for
    awaited = ""  # what the sentence before has announced
    headed = ""  # what the rep's own short question before heads
    above = asked_above(notes, units)
    line_label: dict[int, str] = {}
    breaks = [i for i, char in enumerate(notes) if char == "\n"]
    for place, one in enumerate(told):
        unit = by_index[one.unit]
        text = notes[one.start : one.end]
        if _SCALE.search(text):
            one.add("question", STRONG)
        if _WANTS.match(text):
            one.add("ask", OWN_LABEL)  # "want Theo to cover my book"
        if _SIGNED.match(text):
            one.add("meta", OWN_LABEL)
        if (_TALK.search(text) and len(text.split()) <= MOST_TITLE) or _ROLES.match(text):
            one.add("meta", OWN_LABEL)
        if text.rstrip().endswith("?") and one.rep:
            one.add("question", STRONG if _ASKS.match(text) and not one.telling else WEAK)
        elif one.rep and _puts_question(one, text):
            one.add("question", STRONG)
        if one.deal and (_THEIR_WISH.match(text) or (_THEY_WANT.search(text) and not _I_WANT.search(text))):
            one.scores.pop("ask", None)  # "want two months of training": the customer does
        if one.deal and _QUOTED.search(text) and not one.label:
            one.scores.pop("cost", None)  # what a rival or we have quoted the customer
        asks_them = _ASKS_THEM.match(text) or _ASKS_WITHIN.search(text)
        if one.deal and "?" not in text and not _ASKS.match(text) and not asks_them:
            one.scores.pop("question", None)
        one.own = max(one.scores.values(), default=0)
        if not one.rep:
            # "and what does he get?": a question of the other side names the kind of what is answered
            kinds = {k: n for k, n in one.scores.items() if n >= STRONG and k != "question"}
            short = heading_kind(text.strip(" ?.!")) or asked_for(text)  # "cost?"
            asked = "promise" if asks_for_promises(text) else max(kinds, key=lambda k: kinds[k], default=short)
            continue
        last_here = place + 1 >= len(told) or told[place + 1].unit != one.unit
        if not last_here and one.unit not in line_label and (kind := own_heading(text)):
            one.kind, line_label[one.unit], headed = "label", kind, kind
            continue
        if is_about_notes(text) or is_title(text, bisect_left(breaks, one.start) + 1, conventions):
            one.kind = "meta"
            continue
        if kind := announced(text):
            one.kind, awaited = "label", kind
            continue
        if heading_kind(text) and one.start <= unit.start and one.end >= unit.end:
            one.kind = "label"  # a heading says nothing by itself
            continue
        if (
            one.start <= unit.start
            and text.rstrip().endswith((".", "?"))
            and (kind := heading_kind(text.rstrip(" .?")) or whole_label(text.rstrip(" .?")))
            and (len(text.split()) <= LEAST_PIECE or kind in ("question", "promise"))
        ):
            headed = kind if kind == "promise" else ""
            one.kind, line_label[one.unit] = "label", kind  # "Proof. In May four farms saw it"
            continue
        if _FROM.match(text) and one.end >= unit.end:
            one.kind = "meta"
            continue
        lead = EDGE.match(text)
        skip = lead.end() if lead else 0
        label, length = label_of(text[skip:])
        if not label:
            label, length = headed or led_by_comma(text[skip:]), 0
        headed = ""
        if label and is_about_notes(text[skip + length :]):
            one.kind, line_label[one.unit] = "meta", label
            continue
        if label:
            one.label = label
            one.add(label, OWN_LABEL)
            one.start += skip + length
            line_label[one.unit] = label
        elif one.unit in line_label:
            one.add(line_label[one.unit], STRONG + WEAK if line_label[one.unit] in _OF_THE_PAST else SAME_LINE)
        elif unit.first.speaker and asked:
            one.add(asked, ASKED)
            one.answers = asked == "promise"
            asked = ""
        elif one.unit in above and (not one.deal or above[one.unit] in _OF_DEALS):
            one.add(above[one.unit], ASKED)
        elif awaited and not (one.deal and _AMOUNT.search(text)):
            one.add(awaited, LIST_LABEL)
        awaited = ""
        if not label:
            for kind, points in _above(unit, by_index, heads):
                if kind in ("ask", "question") and _ASKS.match(text):
                    one.add("question", OWN_LABEL)  # "does leadership look at it": what is asked stands under "ask"
                if not (one.deal and kind == "why_now"):  # "the facts:" over deals heads deals
                    one.add(kind, points)


def _puts_question(one: Told, text: str) -> bool:
    """Tell whether a sentence without its mark asks somebody something."""
    if not one.deal and (_ASKS_YOU.match(text) or _ASKS_ABOUT.match(text)):
        return True
    return _ASKS_WITHIN.search(text) is not None or (not one.telling and _ASKS_THEM.match(text) is not None)


def own_heading(text: str) -> str:
    """Return the kind that a rep's own short question heads: "too much? 3 months only"; "" where it asks somebody."""
    kind = heading_kind(text.strip(" ?")) if text.rstrip().endswith("?") else ""
    return heads_answer(text) or (kind if kind not in ("question", "goal", "promise") else "")


def seal_brackets(notes: str, told: Sequence[Told]) -> None:
    """Keep out what follows a mark that opens a bracket: "(leave out!!! the job ad, and ...)"."""
    for before, one in pairwise(told):
        text = notes[before.start : before.end].lstrip()
        within = before.unit == one.unit and text[:1] in "([" and not any(c in text for c in ")]")
        if before.kind == "private" and within:
            one.kind = "private"


def cue_hits(clauses: Clauses) -> list[Hit]:
    """Find the cues; dictated text is one run, whatever thoughts it was parted into."""
    tokens, sentences = clauses.stream.tokens, clauses.sentences
    run_of: list[int] = []
    for sentence in sentences:
        before = sentences[sentence.index - 1] if sentence.index else None
        goes_on = before is not None and sentence.dictated and before.dictated and before.unit == sentence.unit
        run_of.append(run_of[-1] if goes_on else sentence.index)
    lows: list[str] = []
    places: list[int] = []
    breaks: list[int] = []
    for i, token in enumerate(tokens):
        if clauses.sentence_of[i] < 0 or (token.kind == "mark" and token.low in SOFT):
            continue
        lows.append(token.low)
        places.append(i)
        breaks.append(run_of[clauses.sentence_of[i]])
    return purpose_cues().find(lows, places, breaks)


def _head(notes: str, unit: Unit) -> tuple[str, int]:
    """Return the kind a unit heads for what stands under it, and how much that counts."""
    text = notes[unit.start : unit.end]
    kind, length = label_of(text)
    if kind:
        return kind, LIST_LABEL if not text[length:].strip(" *_") else TITLE_LABEL
    if unit.first.heading or len(text) <= LONGEST:
        kind = heading_kind(text)
    return (kind, LIST_LABEL) if kind else ("", 0)


def _above(unit: Unit, by_index: dict[int, Unit], heads: dict[int, tuple[str, int]]) -> Iterator[tuple[str, int]]:
    seen = 0
    place = unit.parent
    while place is not None and seen < 4:
        if heads[place][0]:
            yield heads[place]
            return
        place = by_index[place].parent
        seen += 1
    if unit.heading_of is not None and heads[unit.heading_of][0]:
        yield heads[unit.heading_of]


def join_items(notes: str, units: Sequence[Unit], told: Sequence[Told]) -> list[Told]:
    """Put short items with a figure into the sentence above them: "my week:" with "55% renewals", "20% internal"."""
    by_index = {u.index: u for u in units}
    kept: list[Told] = []
    head: Told | None = None
    for one in told:
        parent = by_index[one.unit].parent
        text = notes[one.start : one.end]
        fits = (
            head is not None
            and parent == head.unit
            and not one.kind
            and one.own < STRONG + MOST_WEAK + OPENS
            and not one.label
            and len(text.split()) <= MOST_ITEM
            and not _AMOUNT.search(text)
            and one.start <= by_index[one.unit].start
            and one.end >= by_index[one.unit].end - 1
            and text[:1] not in "=-"
            and any(c.isdigit() for c in text)
        )
        if fits and head is not None:
            head.items.append((one.start, one.end))
            continue
        # "= 18h in 2 wks" sums up the items above it
        one.sums_up = head is not None and bool(head.items) and text.startswith("=") and not one.deal
        if notes[one.start : one.end].rstrip().endswith(":") and not one.label and not one.kind and one.rep:
            head = one
        kept.append(one)
    return kept
