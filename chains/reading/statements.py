"""What notes hold beside deals: notes, the deals read so far and the ranges to leave out come in; statements (the ask,
why now, cost, proof, goals, questions, ...), commitments of both sides and the rep's number go out.

Each is a `Fact` whose spans are the notes' own words. What a colleague or mentor says in a talk is not taken over; it
only tells what the rep's next words answer.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from chains.accounts import names_account
from chains.deals import Commitment, Conventions, Deal, Fact, Span, Statement, Target
from chains.kinds import StatementKind
from chains.reading.clauses import SOFT, Clauses, cut
from chains.reading.framing import announced, asked_above, asks_for_promises, is_about_notes, is_title
from chains.reading.layout import lay_out
from chains.reading.lexicon import Hit
from chains.reading.promises import commitments_of
from chains.reading.purposes import (
    ASKED,
    BARE,
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
    lexicon,
    purpose_cues,
    settle,
    statement_kind,
)
from chains.reading.speakers import rep_names
from chains.reading.targets import targets_of
from chains.reading.tokens import Stream, Token, tokenize
from chains.reading.units import Unit

Read = tuple[tuple[Fact[Statement], ...], tuple[Fact[Commitment], ...], tuple[Fact[Target], ...]]
LEAST_THANKS = 3  # words that say whom or what for
TELLING = 5  # points that make a line about a deal's figures more than that
OPENS = 2  # more points for a cue that opens its sentence
LEAST_PIECE = 3  # words of a dictated thought
MOST_ITEM = 10  # words of an item that goes into the sentence above it
MOST_TITLE = 8  # words of a line that only names the talk
LONGEST = 60  # characters of a line that heads a list
_LISTED = re.compile(r"(?<![\w.])\(?(\d)[.)]\s+(?=\S)")
_SPOKEN = ("one", "two", "three", "four", "five")
_FROM = re.compile(r"(?:from|von)\s+\w+[^:.]{0,30}:?$", re.IGNORECASE)
_DASH = re.compile(r"\s(?:--+|[-–—])\s")
_TALK = re.compile(r"(?<!\w)(?:1[:-]1|1on1|one.on.one|121|check.?in)(?!\w)", re.IGNORECASE)
_SIGNED = re.compile(
    r"\s*(?:thanks|thank you|best|cheers|regards|best regards|kind regards|br|lg|vg)[,!.]*\s+\w+\s*$", re.IGNORECASE
)
_ROLES = re.compile(r"\s*(?:speaker \d|[A-Z]\w*)\s*=\s*(?:me|my|speaker)\b|\s*I\s*=\s*[A-Z]", re.IGNORECASE)
_OWN = re.compile(r"\s*(?:I|I'm|I've|I'd|i|ive|we|We)\b")
_REFERS = re.compile(r"\s*(?:(?:and|so|but)\s+)?that'?s?\b(?! one)", re.IGNORECASE)
_WANTS = re.compile(r"\s*(?:I\s+)?(?:want|need|would like|'d like)\s+[A-Z][a-z]+\s+to\s", re.IGNORECASE)
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
_TELLING = ("money", "date")
_AMOUNT = re.compile(r"[$€£₹]\s?\d|\d ?(?:k|m|mm|mio|lakh|cr)\b|\b(?:arr|acv|tcv|mrr)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
# kinds whose cues a line about a deal often has by chance ("just a trial", "no travel")
_DOUBTFUL = ("smaller_step", "cost", "return", "evidence", "why_now", "credit")
_FORWARDED = re.compile(
    r"^[ \t>]*-{2,}\s*(?:forwarded|original|weitergeleitete|ursprüngliche)[^\n]{0,40}-{2,}",
    re.IGNORECASE | re.MULTILINE,
)
_NEWLINE = re.compile(r"\n\s*")
_SCALE = re.compile(r"\b(?:1|one)\s*(?:-|–|to)\s*(?:10|ten)\b|\bout of (?:10|ten)\b", re.IGNORECASE)
_EDGE = re.compile(r"[\s,;:|*_\-–—>=→•·…]+")
_TAIL = " \t\r\n,;:|*_-–—>→"
_DOING = re.compile(r"\w")


def read_statements(
    notes: str,
    conventions: Conventions,
    deals: Sequence[Deal],
    taken: Sequence[tuple[int, int]],
    clauses: Clauses | None = None,
    units: Sequence[Unit] | None = None,
) -> Read:
    """Read the statements, commitments and targets; `taken` are ranges to leave out (private remarks, table rows).

    `clauses` and `units` are the notes cut up already, where the caller has them.
    """
    stream = clauses.stream if clauses else tokenize(notes, conventions)
    units = lay_out(notes) if units is None else units
    clauses = cut(stream, units) if clauses is None else clauses
    hits = _hits(clauses)
    opens = {h.first for h in hits if h.group.endswith(".strong")}
    metas = [stream.tokens[h.last - 1].end for h in hits if h.group == "meta.strong"]
    told = _told(notes, stream, clauses, units, deals, sorted(taken), opens, metas)
    _score(notes, hits, units, told, conventions)
    told = _listed(notes, units, told)
    settle(told)
    _bracketed(notes, told)
    commitments, used = commitments_of(notes, conventions, stream, told, deals)
    statements = tuple(_statements(notes, [t for i, t in enumerate(told) if i not in used], deals))
    return statements, commitments, targets_of(notes, conventions, stream, told, deals)


def _told(
    notes: str,
    stream: Stream,
    clauses: Clauses,
    units: Sequence[Unit],
    deals: Sequence[Deal],
    taken: Sequence[tuple[int, int]],
    opens: Set[int],
    metas: Sequence[int],
) -> list[Told]:
    turns = [(u.first.speaker, notes[u.start : u.end]) for u in units if u.first.speaker]
    reps = rep_names(notes, turns)
    by_index = {u.index: u for u in units}
    about = sorted({(s.start, s.end) for d in deals for s in d.lines})
    named = {i for d in deals for s in d.account.spans for i in stream.within(s.start, s.end)}
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
            if notes.count("|", a, b) > 1:
                continue  # a row of a table: its cells are no sentence
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
    cuts = sorted({*cuts, *((c, c) for c in lines), *titles})
    ends = [*(a for a, _ in cuts), end]
    begins = [start, *(b for _, b in cuts)]
    yield from ((a, b) for a, b in zip(begins, ends, strict=True) if b > a)


def _spoken(stream: Stream, start: int, end: int) -> list[tuple[int, int]]:
    cuts: list[tuple[int, int]] = []
    tokens, asking = stream.tokens, lexicon()["asking"]
    for i in stream.within(start, end):
        wanted = _SPOKEN[len(cuts)] if len(cuts) < len(_SPOKEN) else ""
        if tokens[i].text.casefold() == wanted and i + 1 < len(tokens) and tokens[i + 1].low in asking:
            # "three is the rule right?" keeps its verb, "two where do I" loses its number
            cuts.append((tokens[i].start, tokens[i + 1].start))
    return cuts if len(cuts) > 1 else []


def _score(
    notes: str, hits: Sequence[Hit], units: Sequence[Unit], told: Sequence[Told], conventions: Conventions
) -> None:
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
    above = asked_above(notes, units)
    line_label: dict[int, str] = {}
    for one in told:
        unit = by_index[one.unit]
        text = notes[one.start : one.end]
        if _SCALE.search(text):
            one.add("question", STRONG)
        if _WANTS.match(text) and re.match(r"\s*(?:I\s+)?\S+\s+[A-Z]", text):
            one.add("ask", OWN_LABEL)  # "want Theo to cover my book"
        if _SIGNED.match(text):
            one.add("meta", OWN_LABEL)
        if (_TALK.search(text) and len(text.split()) <= MOST_TITLE) or _ROLES.match(text):
            one.add("meta", OWN_LABEL)
        if text.rstrip().endswith("?") and one.rep:
            one.add("question", STRONG if _ASKS.match(text) and not one.telling else WEAK)
        elif (_ASKS_YOU.match(text) or _ASKS_ABOUT.match(text)) and one.rep and not one.deal:
            one.add("question", STRONG)
        if one.deal and (_THEIR_WISH.match(text) or (_THEY_WANT.search(text) and not _I_WANT.search(text))):
            one.scores.pop("ask", None)  # "want two months of training": the customer does
        if one.deal and _QUOTED.search(text) and not one.label:
            one.scores.pop("cost", None)  # what a rival or we have quoted the customer
        if one.deal and "?" not in text and not _ASKS.match(text):
            one.scores.pop("question", None)
        one.own = max(one.scores.values(), default=0)
        if not one.rep:
            # "and what does he get?": a question of the other side names the kind of what is answered
            kinds = {k: n for k, n in one.scores.items() if n >= STRONG and k != "question"}
            short = heading_kind(text.strip(" ?.!"))  # "cost?"
            asked = "promise" if asks_for_promises(text) else max(kinds, key=lambda k: kinds[k], default=short)
            continue
        if is_about_notes(text) or is_title(text, notes.count("\n", 0, one.start) + 1, conventions):
            one.kind = "meta"
            continue
        if kind := announced(text):
            one.kind, awaited = "label", kind
            continue
        if heading_kind(text) and one.start <= unit.start and one.end >= unit.end:
            one.kind = "label"  # a heading says nothing by itself
            continue
        if (
            text.rstrip().endswith(".")
            and len(text.split()) <= LEAST_PIECE
            and (kind := heading_kind(text.rstrip(" .")))
        ):
            one.kind, line_label[one.unit] = "label", kind  # "Proof. In May four farms saw it"
            continue
        if _FROM.match(text) and one.end >= unit.end:
            one.kind = "meta"
            continue
        lead = _EDGE.match(text)
        skip = lead.end() if lead else 0
        label, length = label_of(text[skip:])
        if label and is_about_notes(text[skip + length :]):
            one.kind, line_label[one.unit] = "meta", label
            continue
        if label:
            one.label = label
            one.add(label, OWN_LABEL)
            one.start += skip + length
            line_label[one.unit] = label
        elif one.unit in line_label:
            one.add(line_label[one.unit], SAME_LINE)
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
                if not (one.deal and kind == "why_now"):  # "the facts:" over deals heads deals
                    one.add(kind, points)


def _bracketed(notes: str, told: Sequence[Told]) -> None:
    """Keep out what follows a mark that opens a bracket: "(leave out!!! the job ad, and ...)"."""
    for before, one in pairwise(told):
        text = notes[before.start : before.end].lstrip()
        within = before.unit == one.unit and text[:1] in "([" and not any(c in text for c in ")]")
        if before.kind == "private" and within:
            one.kind = "private"


def _hits(clauses: Clauses) -> list[Hit]:
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


def _listed(notes: str, units: Sequence[Unit], told: Sequence[Told]) -> list[Told]:
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


def _statements(notes: str, told: Sequence[Told], deals: Sequence[Deal]) -> Iterator[Fact[Statement]]:
    groups: list[list[Told]] = []
    for one in told:
        before = groups[-1][-1] if groups else None
        if (
            before is not None
            and one.dictated
            and before.dictated
            and (before.kind, before.unit, before.deal) == (one.kind, one.unit, one.deal)
            and before.last == one.first
            and one.kind != "question"
        ):
            groups[-1].append(one)
        else:
            groups.append([one])
    named = _Named(deals)
    for group in groups:
        first = group[0]
        if not first.rep or first.kind in ("private", "meta", "label"):
            continue
        kind = statement_kind(first.kind)
        if kind is None:
            if first.deal or first.kind:
                continue
            kind = StatementKind.CONTEXT
        doubtful = (
            first.telling
            and not first.bare
            and first.kind in _DOUBTFUL
            and _opening(notes, first) not in ("if", "only", "half")
        )
        if doubtful and first.kind == "smaller_step" and not first.label:
            continue  # "that's just a trial" tells where the deal stands
        least = TELLING if doubtful else STRONG if first.deal and not first.bare else 0
        if max(t.scores.get(first.kind, 0) for t in group) < least:
            continue
        span = trimmed(notes, first.start, group[-1].end)
        if span is None or (kind is StatementKind.CREDIT and len(span.text.split()) < LEAST_THANKS):
            continue
        items = tuple(s for t in group for a, b in t.items if (s := trimmed(notes, a, b)) is not None)
        if items:
            text = f"{span.text.rstrip(':')}: {', '.join(s.text for s in items)}"
            yield Fact(Statement(kind, text), (span, *items))
            continue
        yield Fact(Statement(kind, span.text, named.in_text(span.text) or named.at(first)), (span,))


class _Named:
    """Find the account of a sentence without asking every deal: by the words of names and the place of lines."""

    def __init__(self, deals: Sequence[Deal]) -> None:
        self._deals = deals
        self._by_word: dict[str, list[int]] = {}
        self._lines = sorted((s.start, s.end, i) for i, d in enumerate(deals) for s in d.lines)
        for i, deal in enumerate(deals):
            for word in {m[0].casefold() for name in (deal.name, *deal.aliases) for m in _WORD.finditer(name)}:
                self._by_word.setdefault(word, []).append(i)

    def in_text(self, text: str) -> str | None:
        """Return the first deal's account that a text names."""
        likely = {i for m in _WORD.finditer(text) for i in self._by_word.get(m[0].casefold(), ())}
        return next((self._deals[i].name for i in sorted(likely) if names_account(text, self._deals[i])), None)

    def at(self, one: Told) -> str | None:
        """Return the account whose lines hold a sentence that does not name it."""
        if not one.deal:
            return None
        i = bisect_left(self._lines, (one.end, 0, 0))
        held = [n for start, end, n in self._lines[max(0, i - 40) : i] if end > one.start and start < one.end]
        return self._deals[min(held)].name if held else None


def _opening(notes: str, one: Told) -> str:
    """Return the first word of a sentence, folded."""
    words = (m[0].casefold() for m in _WORD.finditer(notes, one.start, one.end))
    return next((w for w in words if w not in ("and", "so", "but", "or", "then")), "")


def trimmed(notes: str, start: int, end: int) -> Span | None:
    """Return the span without the signs at its ends, None where nothing is left."""
    lead = _EDGE.match(notes, start, end)
    start = lead.end() if lead else start
    while end > start and notes[end - 1] in _TAIL:
        end -= 1
    return Span.of(notes, start, end) if end > start and _DOING.search(notes, start, end) else None
