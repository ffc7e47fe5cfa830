"""A text taken apart for comparison: a text and the topics come in, its figures and dates with what they are about
go out. Drafts and notes are taken apart alike, so that both mean the same by the same words.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from chains.checking.anchors import anchors_of, groups_topics
from chains.checking.mentions import mentions_in, past_days
from chains.checking.pieces import Piece, blocks, clauses, sentences
from chains.checking.places import Place, Sentence, Taken
from chains.checking.readings import any_month, counted_from, day_behind, dotted, part_of_month, week_on
from chains.checking.topics import NameHit, Topics, union
from chains.checking.words import Word, idle_words, words
from chains.deals import Conventions, Money
from chains.periods import Period
from chains.scan import Count, Mention, Percent

NEAR_BEFORE, NEAR_AFTER = 9, 6  # words that tell what a figure is for


def take_apart(
    text: str, conventions: Conventions, topics: Topics, draft: bool, every: list[Word] | None = None
) -> Taken:
    """Take a draft, or else notes, apart; `every` are its words where they are known."""
    marked = _sentences(text, topics, draft, words(text) if every is None else every)
    mentions = mentions_in(text, conventions)
    past = past_days(text, conventions)
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
        anchors = anchors_of(text, sentence, here)
        telling = _telling(sentence, here)
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
                days |= any_month(text, mention, days) | week_on(text, mention, days)
            if draft:
                days |= part_of_month(text, mention, days)
            else:
                days |= counted_from(text, mention, taken.places, sentence.block)
            if isinstance(mention.value, Count):
                days |= dotted(text, mention, conventions) | day_behind(text, mention, taken.places)
            periods = tuple(dict.fromkeys(v for v in both if isinstance(v, Period)))
            context = _context(sentence, telling, mention)
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
        goes_on = not draft and block.kind != "row"  # rough notes speak of one deal until they name the next
        for number, piece in enumerate(sentences(text, block.start, block.end)):
            here = every[bisect_left(starts, piece.start) : bisect_left(starts, piece.end)]
            hits = names_in(text, topics, here) if draft else topics.find(text, here)
            named = union(h.topics for h in hits)
            parts = clauses(text, piece.start, piece.end)
            if number == 0:
                early = [h for h in hits if h.start - piece.start <= 40]
                main = early[0].topics if early else frozenset()
                if not carried and here and (here[0].folded in _PRONOUNS or goes_on):
                    carried = last
            near = in_block | inherited | named | carried | (last if goes_on else frozenset())
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


def names_in(text: str, topics: Topics, found: Sequence[Word]) -> list[NameHit]:
    """Return the names in a draft; where it writes capitals, one word without any is no name: "the retainer renews"."""
    hits = topics.find(text, found)
    if text == text.lower():
        return hits
    return [h for h in hits if any(c.isupper() or not c.isalpha() for c in text[h.start : h.end])]


_PRONOUNS = frozenset(
    ["it", "they", "their", "its", "he", "she", "his", "her", "this", "that", "there", "both", "still"]
)


def _telling(sentence: Sentence, mentions: Sequence[Mention]) -> list[str]:
    """Return the stem of each word of a sentence, "" for one that says nothing or is a part of a name or figure."""
    taken = [(h.start, h.end) for h in sentence.hits] + [(m.start, m.end) for m in mentions]
    idle = idle_words()
    return ["" if w.folded in idle or any(s <= w.start < e for s, e in taken) else w.stem for w in sentence.words]


def _context(sentence: Sentence, telling: Sequence[str], mention: Mention) -> dict[str, float]:
    """Return the telling words around a figure or date, the nearer ones with more weight."""
    words, cuts = sentence.words, [c.start for c in sentence.clauses[1:]]
    here = bisect_left(words, mention.start, key=_start)
    after = bisect_left(words, mention.end, key=_start)
    clause = bisect_right(cuts, mention.start)
    found: dict[str, float] = {}
    for step, i in [
        *((here - i, i) for i in range(here - 1, max(-1, here - 1 - NEAR_BEFORE), -1)),
        *((i - after + 1, i) for i in range(after, min(len(words), after + NEAR_AFTER))),
    ]:
        if stem := telling[i]:
            crossed = abs(clause - bisect_right(cuts, words[i].start))
            weight = (1.0 if step <= 3 else 0.7 if step <= 6 else 0.4) * 0.6**crossed
            found[stem] = max(found.get(stem, 0.0), weight)
    return found


_start = attrgetter("start")
