"""What the dates near a deal are the dates of: a piece of its ground comes in; each date with its part goes out.

A part is close, moved, was, pen, signed, bare, event or choice; cues, corrections and the place tell it.
"""

from dataclasses import dataclass
from datetime import date

from chains.periods import Period, find_dates
from chains.reading.accounts.pieces import Piece
from chains.reading.dates.led import QUIET, part_before
from chains.reading.dates.of_entries import day_told
from chains.reading.dates.talked import talked_of
from chains.reading.ground import Ground

_ARROWS = frozenset(["->", "→", "=>", "⇒", ">>"])

_TURNS_INTO = frozenset("becomes became turns turned slides slid slips slipped moves moved drifts".split())

_PLANS = frozenset("plan date target idea goal original promise".split())

_CLOSING = frozenset("close closes closing cd".split())


@dataclass(frozen=True, slots=True)
class Dated:
    """Hold one date with its part: close, maybe, moved, was, pen, signed, bare or event."""

    token: int
    day: date
    part: str
    piece: Piece


def dated_in(ground: Ground, piece: Piece, steps: frozenset[int]) -> list[Dated]:
    tokens = ground.tokens
    places = [i for i in range(piece.first, piece.last) if tokens[i].kind == "date" and i not in ground.named]
    found: list[Dated] = []
    for place, i in enumerate(places):
        if _vague(ground, i):
            continue
        earlier = places[place - 1] if place else None
        later = places[place + 1] if place + 1 < len(places) else None
        part = _part(ground, piece, i, earlier, later, i in steps)
        if part == "event" and _chosen_on(ground, piece, i):
            part = "choice"
        elif part == "event" and i not in steps:
            part = _TALKED[talked_of(ground, piece, i)]
        if part == "event":
            continue
        day = day_told(ground, i, part)
        if day is not None:
            found.append(Dated(i, day, part, piece))
    return found


_TALKED = {"close": "talk", "was": "talk before", "said": "talk said", "": "event"}

_CHOOSING = frozenset("pick picks choose chooses decide decides select selects".split())

_PLACING = frozenset("on by the in for is due expected planned set comes should be around about at".split())

_BUYERS = frozenset("they management customer buyer board committee council he she team partners owners".split())


def _chosen_on(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether the buyer chooses on a day, which is the close where nothing else is told: they pick on 9/25."""
    tokens = ground.tokens
    if tokens[i].bare and not any(c.isdigit() for c in tokens[i].text):
        return False
    before = [t.low for t in tokens[max(piece.first, i - 5) : i] if t.kind == "word" and t.low not in _PLACING]
    if before[-1:] in (["decision"], ["choice"]):
        return "next" not in before  # "next decision" is one of several
    return len(before) > 1 and before[-1] in _CHOOSING and before[-2] in _BUYERS


def _vague(ground: Ground, i: int) -> bool:
    """Tell whether a period names no day by the product's rule: next month, last week."""
    value = ground.tokens[i].value
    if not isinstance(value, Period):
        return False
    found = find_dates(ground.tokens[i].text, ground.conventions)
    return any(m.vague for m in found) or value.label.casefold().startswith(("last ", "next w"))


def _part(ground: Ground, piece: Piece, i: int, earlier: int | None, later: int | None, step: bool) -> str:
    tokens = ground.tokens
    if _struck(ground, i):
        return "was"
    if _denied_behind(ground, piece, i) or _old_in_brackets(ground, piece, i):
        return "was"
    if i - 2 >= piece.first and tokens[i - 1].low in _ARROWS and i - 2 in ground.own:
        return "moved"  # Duero -> 20/11
    behind = list(tokens[i + 1 : min(i + 5, piece.last)])
    if later is not None:
        between = tokens[i + 1 : later]
        words = [t.low for t in between if t.kind == "word"]
        if any(t.low in _ARROWS for t in between) and len(between) <= 4:
            return "was"
        if words == ["to"] and len(between) == 1 and part_before(ground, piece, i, None) in ("was", "moved"):
            return "was"
        if len(between) <= 2 and words and words[0] in _TURNS_INTO:
            return "was"
        if (
            words[:1] == ["now"]
            and len(words) == 1
            and part_before(ground, piece, i, earlier) in ("was", "moved", "close", "")
        ):
            return "was"
        if (
            words
            and (words[0] in ("not", "instead", "rather") or words == ["and", "not"])
            and len(words) <= 3
            and not (words[0] == "not" and len(words) > 2)
        ):
            left = part_before(ground, piece, i, earlier)
            return "pen" if left == "pen" else "moved"
        if words in (["was"], ["prev"], ["previously"], ["originally"], ["formerly"]) and not part_before(
            ground, piece, i, earlier
        ):
            return "moved"  # 6/30 was 5/15
    if earlier is not None:
        between = tokens[earlier + 1 : i]
        words = [t.low for t in between if t.kind == "word"]
        if any(t.low in _ARROWS for t in between) and len(between) <= 4:
            return "moved"
        if _struck(ground, earlier) and len(words) <= 1:
            return "moved"
        if len(between) <= 2 and words and words[0] in _TURNS_INTO:
            return "moved"
        if words == ["to"] and part_before(ground, piece, earlier, None) in ("was", "moved", "close"):
            return "moved"
        if (
            words
            and words[0] in ("sorry", "no", "actually", "wait")
            and len(words) <= 3
            and part_before(ground, piece, i, earlier) not in ("event", "signed")
        ):
            return "pen"
        if words and words[0] in ("not", "instead", "rather") and len(words) <= 3:
            return "was"
        if words == ["before"] and _told_before(ground, earlier, i):
            return "was"  # 28/8, before 31/7
        if words == ["and", "not"]:
            return "was"
    if later is not None and _denied_for(ground, piece, i, later):
        return "was"
    if earlier is not None and _denied_for(ground, piece, earlier, i):
        return "moved"
    if (
        i - 2 >= piece.first
        and tokens[i - 1].low == "by"
        and tokens[i - 2].kind == "money"
        and i - 2 not in ground.named
    ):
        return "close"  # 210k by 5/29
    left = part_before(ground, piece, i, earlier)
    if left == "was":
        period = isinstance(tokens[i].value, Period)
        if period and tokens[i - 1].low == "not":
            return "event"
        if tokens[i - 1].low == "not" and earlier is None and not _pair(ground, piece, i):
            return "event"
        return "was"
    if step and not (left == "close" and any(t.low in _CLOSING for t in ground.before(i, piece, 4))):
        return "event"
    if left in ("close", "moved", "pen", "signed", "event", "sign", "maybe"):
        return left
    if behind and behind[0].low == "instead" and earlier is not None and (len(behind) < 2 or behind[1].low != "of"):
        return "moved"  # they can't do 21 August, 18 September instead
    if behind and behind[0].low == "now" and not (later is not None and later == i + 2):
        return "moved"
    if (
        behind
        and behind[0].low in ("close", "closing", "cd", "closes")
        and (len(behind) < 2 or behind[1].kind != "date")
    ):
        return "close"
    if [t.low for t in behind[:1]] == ["was"] and any(t.low in _PLANS for t in behind[1:4]):
        return "was"  # 20/11 was the plan
    if len(behind) > 1 and behind[0].low == "before" and behind[1].low in ("that", "this"):
        return "was"  # it was 2/28, and 1/31 before that
    if len(behind) > 1 and behind[0].low == "or" and behind[1].low in ("bust", "never", "nothing"):
        return "close"  # 3/31 or bust
    doubted = ground.marked.opening(i + 1, "date_cue") if behind and behind[0].low == "if" else None
    if doubted is not None and doubted.name == "close":
        return "close"  # 18/12 if it goes anywhere
    kept = [t.low for t in behind if t.low not in ("still", "is", "remains", "the", "and", "date")]
    if kept[:1] in (["stands"], ["stays"], ["holds"], ["works"]) or (
        behind and behind[0].low in ("stands", "stays", "holds", "unchanged", "stand", "stay")
    ):
        return "close"
    if earlier is not None and part_before(ground, piece, earlier, None) == "was" and _closely(ground, earlier, i):
        return "moved"
    return _by_place(ground, piece, i)


def _old_in_brackets(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a bracket holds the date that held before and nothing else: (before 30.9.)"""
    lows = [t.low for t in ground.tokens[max(piece.first, i - 3) : i] if t.low != ":"]
    behind = ground.tokens[i + 1] if i + 1 < piece.last else None
    return lows[-2:] in (["(", "before"], ["(", "old"], ["(", "earlier"]) and (behind is None or behind.low == ")")


def _told_before(ground: Ground, first: int, last: int) -> bool:
    """Tell whether "before" leads to the date that held until now: a mark behind the new one, and an earlier day."""
    tokens = ground.tokens
    parted = any(t.kind == "mark" for t in tokens[first + 1 : last]) or tokens[first].text.endswith(".")
    ends = [t.value.end if isinstance(t.value, Period) else t.value for t in (tokens[first], tokens[last])]
    return parted and ends[1] < ends[0]


_DENIALS = frozenset("is are was were not will does did can".split())


def _denied_behind(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether the words right behind a date take it back: 11.9. is not possible anymore."""
    opened = next((j for j in range(i + 1, piece.last) if ground.tokens[j].kind != "mark"), None)
    if opened is None or opened > i + 2 or ground.tokens[opened].low not in _DENIALS:
        return False
    hit = ground.marked.opening(opened, "date_cue")
    long = hit is not None and hit.last - hit.first > (2 if ground.tokens[opened].low == "not" else 1)
    return hit is not None and long and hit.name == "was" and hit.last <= piece.last


_INSTEAD = frozenset("but its it is s sondern sino mais rather more like now".split())


def _denied_for(ground: Ground, piece: Piece, first: int, last: int) -> bool:
    """Tell whether one date is denied and another put in its place: not 18/12 but 22/1; isn't 3/27, it's 4/10."""
    tokens = ground.tokens
    words = [t.low for t in tokens[first + 1 : last] if t.kind == "word"]
    denied = first > piece.first and tokens[first - 1].low == "not"
    return denied and last - first <= 5 and all(w in _INSTEAD for w in words)


def _pair(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether another date of the piece takes the place of a date that is denied."""
    return any(ground.tokens[j].kind == "date" and j != i for j in range(i, min(piece.last, i + 8)))


def _closely(ground: Ground, first: int, last: int) -> bool:
    words = [t.low for t in ground.tokens[first + 1 : last] if t.kind == "word"]
    return len(words) <= 4 and all(w in QUIET or w in ("they", "we", "i", "but", "then", "it") for w in words)


_ANSWERS = frozenset("yes yep yeah no still sure right correct ok okay".split())


def _by_place(ground: Ground, piece: Piece, i: int) -> str:
    """Judge a date that no cue explains by what shares its clause: nothing, an amount, a category, odds."""
    tokens = ground.tokens
    if tokens[i].bare and not any(c.isdigit() for c in tokens[i].text):
        return "event"  # a weekday alone is a meeting's or a step's
    if tokens[i - 1].low == ")" and _event_bracketed(ground, piece, i - 1):
        return "event"
    sentence = ground.marked.clauses.sentences[piece.sentence]
    opens = all(t.kind == "mark" or t.low in _ANSWERS for t in tokens[sentence.first : i])
    units = ground.marked.units
    answers = piece.unit > 0 and units[piece.unit - 1].first.quoted and not units[piece.unit].first.quoted
    if opens and answers and sentence.last <= i + 2:
        return "moved"  # "still 15 May?" - "5 June."
    if opens and i + 2 < sentence.last and tokens[i + 1].low == "," and tokens[i + 2].kind == "money":
        return "bare"  # "Yes, 8/28, 240k, I commit it."
    first, last = ground.clause(i, piece)
    if i - 2 >= piece.first and tokens[i - 1].low in ("want", "wants") and tokens[i - 2].low in ("she", "he", "they"):
        return "bare"  # 52k, best case, she wants 12/18
    others = [
        t for j, t in enumerate(tokens[first:last], first) if j != i and t.kind != "mark" and j not in ground.named
    ]
    facts = {h.group for h in ground.marked.between(first, last, "category")}
    if all(
        t.kind in ("money", "percent", "date", "count") or t.low in QUIET or t.low in ("arr", "acv", "tcv", "mrr")
        for t in others
    ):
        return (
            "bare"
            if _list_before(ground, piece, first, i, last - first <= 2 or len(others) <= 1)
            or any(t.kind in ("money", "percent") for t in others)
            else "event"
        )
    if "category" in facts and len(others) <= 6:
        return "bare"
    if tokens[i - 1].kind == "money" and i - 1 >= piece.first and not tokens[i - 1].bare:
        return "bare"  # 33k 30/3 trustees meet 25/3
    if i - 2 >= piece.first and tokens[i - 1].low == "for" and tokens[i - 2].kind in ("money", "percent", "count"):
        return "bare"  # I have it at 47k for 12 June at 60%
    if i - 2 >= piece.first and tokens[i - 1].kind == "percent" and tokens[i - 2].kind == "money":
        return "bare"  # ninety thousand eighty percent june third its only the signature
    behind = ground.marked.opening(i + 1, "category") if i + 1 < last else None
    if behind is not None and behind.last == last:
        return "bare"  # and they have not fixed that yet june thirtieth pipeline
    return "event"


def _event_bracketed(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether what stands before closing brackets is an event: demo with Miggy (SE) 23 April."""
    opened = next((j for j in range(i, max(piece.first, i - 8), -1) if ground.tokens[j].low == "("), piece.first)
    if opened <= piece.first:
        return False
    first, last = ground.clause(opened - 1, piece)
    if any(j in ground.named or ground.tokens[j].kind == "money" for j in range(first, last)):
        return False
    return any(h.name == "event" for h in ground.marked.between(first, last, "date_cue"))


def _list_before(ground: Ground, piece: Piece, first: int, i: int, last_alone: bool) -> bool:
    """Tell whether a date stands in a list of a deal's facts: behind its name, amount, category or odds."""
    tokens = ground.tokens
    for j in range(max(ground.marked.clauses.sentences[piece.sentence].first, first - 14), i):
        if j in ground.named or tokens[j].kind in ("money", "percent"):
            return True
        if any(h.group in ("category", "stage") for h in ground.marked.at.get(j, ())):
            return True
    unit = ground.marked.units[piece.unit]
    if last_alone:
        for j in range(max(ground.marked.stream.at(unit.start), i - 25), i):
            if j in ground.own or tokens[j].kind == "money":
                return True
    return piece.first <= ground.marked.stream.at(unit.start) + 1 and unit.parent is not None


def _struck(ground: Ground, i: int) -> bool:
    tokens = ground.tokens
    return (
        0 < i < len(tokens) - 1
        and tokens[i - 1].low == "~~"
        and tokens[i + 1].low == "~~"
        and sum(1 for t in tokens[max(0, i - 12) : i] if t.low == "~~") % 2 == 1
    )
