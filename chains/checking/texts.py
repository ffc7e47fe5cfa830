"""A text taken apart for comparison: a text and the topics come in, its figures and dates with what they are about
go out. Drafts and notes are taken apart alike, so that both mean the same by the same words.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from chains.checking.pieces import Block, Piece, blocks, clauses, sentences
from chains.checking.topics import Anchor, NameHit, Topics, groups_of, union
from chains.checking.words import Word, cue, idle_words, words
from chains.deals import Conventions, Money
from chains.periods import Period, find_dates
from chains.scan import Count, Duration, Mention, Percent, scan

NEAR_BEFORE, NEAR_AFTER = 9, 6  # words that tell what a figure is for


@dataclass(slots=True, eq=False)
class Sentence:
    """Hold a sentence with its words, names and clauses; `head` tells what it is mainly about."""

    start: int
    end: int
    block: Block
    words: list[Word]
    hits: list[NameHit]
    clauses: list[Piece]
    head: frozenset[int] = frozenset()  # named here, or carried
    named: frozenset[int] = frozenset()
    near: frozenset[int] = frozenset()
    inherited: frozenset[int] = frozenset()  # from a heading or the list item above
    steady: bool = False  # the block has named one topic and no other so far
    main: frozenset[int] = frozenset()  # what the block begins with
    beside: frozenset[int] = frozenset()  # named in the block up to here
    only: frozenset[int] = frozenset()  # the one deal of the notes, where a draft can be about no other


@dataclass(slots=True, eq=False)
class Place:
    """Hold a figure or date with its surroundings; `days` are all days it may mean."""

    mention: Mention
    sentence: Sentence
    clause: Piece
    anchor: Anchor
    kind: str  # "Money", "Percent", "Count", "Duration" or "date"
    days: frozenset[date] = frozenset()
    periods: tuple[Period, ...] = ()
    digits: frozenset[tuple[int, ...]] = frozenset()  # of its numbers: the same in thousands, lakhs and millions
    size: float = 0.0
    context: dict[str, float] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Return where it starts."""
        return self.mention.start

    @property
    def figure(self) -> bool:
        """Tell a figure from a date or period."""
        return self.kind != "date"

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.mention.end


@dataclass(slots=True)
class Taken:
    """Hold a text taken apart."""

    text: str
    sentences: list[Sentence]
    places: list[Place]

    def at(self, start: int) -> Sentence | None:
        """Return the sentence that holds the character at `start`."""
        index = bisect_right([s.start for s in self.sentences], start) - 1
        found = self.sentences[index] if index >= 0 else None
        return found if found and start < found.end else None


def take_apart(
    text: str, conventions: Conventions, topics: Topics, draft: bool, every: list[Word] | None = None
) -> Taken:
    """Take a draft, or else notes, apart; `every` are its words where they are known."""
    marked = _sentences(text, topics, draft, words(text) if every is None else every)
    mentions = _with_plain_numbers(text, _apart(text, _scan(text, conventions)))
    mentions = sorted([*mentions, *_fortnights(text)], key=lambda m: m.start)
    # a day without a year or a weekday may lie behind as well as ahead
    past = {(m.start, m.end): m for m in find_dates(text, conventions, "past")}
    taken = Taken(text, marked, [])
    starts = [s.start for s in marked]
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        if (
            index >= 0
            and mention.start < marked[index].end
            and not (draft and any(h.start <= mention.start < h.end for h in marked[index].hits))
        ):
            by_sentence.setdefault(index, []).append(mention)
    for index, here in sorted(by_sentence.items()):
        sentence = marked[index]
        anchors = _anchors(text, sentence, here)
        for mention, anchor in zip(here, anchors, strict=True):
            clause = next(
                (c for c in sentence.clauses if c.start <= mention.start < c.end), Piece(sentence.start, sentence.end)
            )
            other = past.get((mention.start, mention.end))
            both = [mention.value]
            if other is not None:
                both.append(other.day if type(mention.value) is date else other.period or other.day)
            days = frozenset(v for v in both if type(v) is date)
            if mention.bare and days:
                days |= _any_month(text, mention, days) | _week_on(text, mention, days)
            if not draft:
                days |= _counted_from(text, mention, taken.places, sentence.block)
            if isinstance(mention.value, Count):
                days |= _dotted(text, mention, conventions) | _day_behind(text, mention, taken.places)
            periods = tuple(dict.fromkeys(v for v in both if isinstance(v, Period)))
            context = _context(sentence, here, mention)
            kind = type(mention.value).__name__ if is_figure(mention) else "date"
            digits, size = digits_of(mention)
            taken.places.append(Place(mention, sentence, clause, anchor, kind, days, periods, digits, size, context))
    return taken


def digits_of(mention: Mention) -> tuple[frozenset[tuple[int, ...]], float]:
    """Return the digits of a figure's numbers without their place, and its size."""
    value = mention.value
    if isinstance(value, Money):
        told = [n for n in (value.amount, value.low, value.high) if n is not None]
    elif isinstance(value, Count):
        told = [value.number]
    elif isinstance(value, Percent):
        told = [value.low, value.high, (value.low + value.high) / 2]
    else:
        return frozenset(), 0.0
    return frozenset(n.normalize().as_tuple().digits for n in told), float(told[0])


def is_figure(mention: Mention) -> bool:
    """Tell a figure from a date or period."""
    return not isinstance(mention.value, date | Period)


_FORTNIGHT = re.compile(r"\b(?:a )?fortnight(?:'s)?\b", re.IGNORECASE)


def _fortnights(text: str) -> list[Mention]:
    two = Duration(Decimal(2), Decimal(2), "week")
    return [Mention(hit.start(), hit.end(), two) for hit in _FORTNIGHT.finditer(text)]


_PLAIN_NUMBER = re.compile(r"(?<![\w.,:/#'’-])\d+(?:\.\d+)?(?![\w/:]|[.,-]\d|['’]\d)")


def _with_plain_numbers(text: str, mentions: list[Mention]) -> list[Mention]:
    """Add numbers that are no figure of any kind by themselves: they still have to stand in the notes."""
    found = list(mentions)
    starts = [m.start for m in mentions]
    for hit in _PLAIN_NUMBER.finditer(text):
        index = bisect_right(starts, hit.start()) - 1
        if (index >= 0 and hit.start() < mentions[index].end) or (
            index + 1 < len(mentions) and mentions[index + 1].start < hit.end()
        ):
            continue
        if len(hit.group()) < 12:
            found.append(Mention(hit.start(), hit.end(), Count(Decimal(hit.group())), bare=True))
    return sorted(found, key=lambda m: m.start)


_CELLS = {mark: re.compile(rf'"(?:[^"\n]|"")*"|[^{mark}\n]+') for mark in (",", ";", "\t")}


def _scan(text: str, conventions: Conventions) -> list[Mention]:
    """Scan a text; the cells of a row of an export by themselves, as "180000,7/31/2026" is no number."""
    found: list[Mention] = []
    begin = 0
    for start, end, mark in [*rows(text), (len(text), len(text), ",")]:
        if begin < start:
            found += [_moved(m, begin) for m in scan(text[begin:start], conventions)]
        for cell in _CELLS[mark].finditer(text, start, end):
            if any(c.isdigit() for c in cell.group()):
                found += [_moved(m, cell.start()) for m in scan(cell.group(), conventions)]
        begin = end
    return found


_DAY_AND_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})\.?")


def _dotted(text: str, mention: Mention, conventions: Conventions) -> frozenset[date]:
    """Return the days a number like 24.3 may mean as well: at a sentence's end its last mark is the full stop."""
    hit = _DAY_AND_MONTH.fullmatch(text[mention.start : mention.end])
    if hit is None or not (hit.group(0).endswith(".") or text[mention.end : mention.end + 1] == "."):
        return frozenset()
    found = set()
    for year in (-1, 0, 1):
        with suppress(ValueError):
            found.add(date(conventions.as_of.year + year, int(hit.group(2)), int(hit.group(1))))
    return frozenset(d for d in found if abs((d - conventions.as_of).days) < 300)


_DAY_ALONE = re.compile(
    r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?|(?:the )?[a-z]+(?:[- ][a-z]+)?(?:st|nd|rd|th)", re.IGNORECASE
)


def _any_month(text: str, mention: Mention, days: frozenset[date]) -> frozenset[date]:
    """Return the days "the 25th" may mean: that of this month or of one or two beside it."""
    if not _DAY_ALONE.fullmatch(text[mention.start : mention.end]):
        return frozenset()
    found = set()
    for day in days:
        for months in (-2, -1, 1, 2):
            index = day.year * 12 + day.month - 1 + months
            with suppress(ValueError):
                found.add(day.replace(year=index // 12, month=index % 12 + 1))
    return frozenset(found)


_WEEK_ON = re.compile(r"\s+(?:(?:of\s+)?next\s+)?week\b", re.IGNORECASE)


def _week_on(text: str, mention: Mention, days: frozenset[date]) -> frozenset[date]:
    """Return the days "Friday week" and "Friday of next week" may mean as well."""
    return frozenset(d + timedelta(days=7) for d in days) if _WEEK_ON.match(text, mention.end) else frozenset()


_BESIDE_TODAY = {"yesterday": -1, "today": 0, "tomorrow": 1}
_HEAD_OF_LINE = 26  # characters before the day of a message: "Sent: Thu, "


def _counted_from(text: str, mention: Mention, before: list["Place"], block: Block) -> frozenset[date]:
    """Return the day "yesterday" means in a message that begins with its own day."""
    step = _BESIDE_TODAY.get(text[mention.start : mention.end].casefold())
    if step is None:
        return frozenset()
    for place in reversed(before):
        line = text.rfind("\n", 0, place.start) + 1
        if place.days and not place.mention.bare and place.start - line <= _HEAD_OF_LINE:
            near = text[place.end : mention.start].count("\n")
            return frozenset(d + timedelta(days=step) for d in place.days) if near <= 8 else frozenset()
    return frozenset()


_UP_TO = re.compile(r"\s*(?:to|and|or|until|till|through|[-–])\s*(?:the\s+)?", re.IGNORECASE)


def _day_behind(text: str, mention: Mention, before: list["Place"]) -> frozenset[date]:
    """Return the days of "from May 4 to 15": the second takes the month of the first."""
    number = mention.value.number if isinstance(mention.value, Count) else 0
    if (
        not before
        or not 1 <= number <= 31
        or number != int(number)
        or not _UP_TO.fullmatch(text[before[-1].end : mention.start])
    ):
        return frozenset()
    found = set()
    for day in before[-1].days:
        with suppress(ValueError):
            found.add(day.replace(day=int(number)))
    return frozenset(found)


def _moved(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by) if by else mention


def rows(text: str) -> list[tuple[int, int, str]]:
    """Return the lines of an export, three or more with marks of one kind, and the mark between their cells."""
    found: dict[int, tuple[int, int, str]] = {}
    lines: list[tuple[int, int, str]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        lines.append((at, at + len(line), line))
        at += len(line)
    for mark in ("\t", ";", ","):
        run: list[tuple[int, int]] = []
        for start, end, line in [*lines, (at, at, "")]:
            cells = line.count(mark)
            # no blank behind the marks: prose has one
            if cells >= 3 and line.count(mark + " ") * 2 <= cells:
                run.append((start, end))
                continue
            if len(run) >= 3:
                for first, last in run:
                    found.setdefault(first, (first, last, mark))
            run = []
    return sorted(found.values())


_CHANGED_TO = re.compile(r"\s*(?:to|->|→|=>)\s*(?:now\s+)?", re.IGNORECASE)


def _apart(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Take "from 280k to 310k" as two sums; a range that is no change stays one."""
    found: list[Mention] = []
    for mention in mentions:
        value = mention.value
        middle = _CHANGED_TO.search(text, mention.start, mention.end)
        if (
            not isinstance(value, Money)
            or value.low is None
            or value.high is None
            or middle is None
            or not (
                "to" not in middle.group().casefold()
                or cue("changed_from").search(text[max(0, mention.start - 24) : mention.start])
            )
        ):
            found.append(mention)
            continue
        first = Money(value.low, value.currency, value.basis)
        second = Money(value.high, value.currency, value.basis)
        if _digits(text[mention.start : middle.start()]) == _digits(f"{value.high.normalize():f}"):
            first, second = second, first
        found.append(replace(mention, end=middle.start(), value=first))
        found.append(replace(mention, start=middle.end(), value=second))
    return found


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text).rstrip("0")


def _sentences(text: str, topics: Topics, draft: bool, every: list[Word]) -> list[Sentence]:
    starts = [w.start for w in every]
    found: list[Sentence] = []
    above: list[tuple[int, frozenset[int]]] = []  # level and topics of the headings and items that hold this block
    last: frozenset[int] = frozenset()
    only = [i for i, deal in enumerate(topics.deals) if deal is not None]
    # where the notes hold one deal, what names none is about it
    default: frozenset[int] = frozenset(only) if draft and len(only) == 1 else frozenset()
    ended = 0
    for block in blocks(text, join=draft):
        # half a level up: a short line that only names a deal holds the lines below it up to the next blank one
        level = -2 if block.kind == "heading" else block.level * 2
        gap = "\n\n" in text[ended : block.start].replace(" ", "").replace("\r", "") if ended else False
        ended = block.end
        if gap:
            above = [a for a in above if a[0] % 2 == 0]
        while above and above[-1][0] >= level:
            above.pop()
        inherited = next((t for _, t in reversed(above) if t), frozenset())
        in_block: frozenset[int] = frozenset()
        main: frozenset[int] = frozenset()
        carried = inherited or default
        for number, piece in enumerate(sentences(text, block.start, block.end)):
            here = every[bisect_left(starts, piece.start) : bisect_left(starts, piece.end)]
            hits = topics.find(text, here)
            named = union(h.topics for h in hits)
            parts = clauses(text, piece.start, piece.end)
            if number == 0:
                early = [h for h in hits if h.start - piece.start <= 40]
                main = early[0].topics if early else frozenset()
                if not carried and here and (here[0].folded in _PRONOUNS or not draft):
                    carried = last
            near = in_block | inherited | named | carried | (frozenset() if draft else last)
            sentence = Sentence(
                piece.start, piece.end, block, here, hits, parts, named=named, near=near, inherited=inherited
            )
            if hits:
                sentence.head = groups_topics(text, hits)[0]
                carried = sentence.head if block.kind != "item" or not main else (main if draft else sentence.head)
                last = groups_topics(text, hits)[-1] if not draft else sentence.head
            else:
                sentence.head = carried
            in_block |= named
            sentence.steady = len(in_block) == 1 and sentence.head == in_block
            sentence.main = main
            sentence.beside = in_block
            sentence.only = default
            found.append(sentence)
        label = not draft and bool(main) and block.kind != "heading" and len(words(text, block.start, block.end)) <= 7
        label = label and not any(c.isdigit() for c in text[block.start : block.end])
        above.append((level - 1 if label else level, main))
    return found


_PRONOUNS = frozenset(
    ["it", "they", "their", "its", "he", "she", "his", "her", "this", "that", "there", "both", "still"]
)


def groups_topics(text: str, hits: Sequence[NameHit]) -> list[frozenset[int]]:
    """Return the topics of each group of joined names."""
    return [union(h.topics for h in group) for group in groups_of(text, hits)]


def _anchors(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> list[Anchor]:
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


def _context(sentence: Sentence, mentions: Sequence[Mention], mention: Mention) -> dict[str, float]:
    taken = [(h.start, h.end) for h in sentence.hits] + [(m.start, m.end) for m in mentions]
    starts = [w.start for w in sentence.words]
    here = bisect_left(starts, mention.start)
    after = bisect_left(starts, mention.end)
    cuts = [c.start for c in sentence.clauses[1:]]
    found: dict[str, float] = {}
    idle = idle_words()
    for step, word in [
        *((here - i, sentence.words[i]) for i in range(here - 1, max(-1, here - 1 - NEAR_BEFORE), -1)),
        *((i - after + 1, sentence.words[i]) for i in range(after, min(len(sentence.words), after + NEAR_AFTER))),
    ]:
        if word.folded in idle or any(s <= word.start < e for s, e in taken):
            continue
        low, high = sorted((word.start, mention.start))
        crossed = bisect_right(cuts, high) - bisect_right(cuts, low)
        weight = (1.0 if step <= 3 else 0.7 if step <= 6 else 0.4) * 0.6**crossed
        found[word.stem] = max(found.get(word.stem, 0.0), weight)
    return found
