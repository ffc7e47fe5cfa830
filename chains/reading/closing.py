"""When a deal closes: its ground, whether it is won and the export's date come in; the close date and the one before
it go out.

Of the dates near a deal only those count that a cue, their place or a correction makes a close date: meetings, steps
and papers have dates too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chains.deals import Fact
from chains.figures.fiscal import Tense
from chains.periods import Period, find_dates
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit
from chains.reading.pieces import Piece
from chains.reading.units import Unit

_ARROWS = frozenset(["->", "→", "=>", "⇒", ">>"])
_TURNS_INTO = frozenset("becomes became turns turned slides slid slips slipped moves moved drifts".split())
_TURNS = frozenset("not instead rather was previously formerly originally from".split())
_QUIET = frozenset(
    (
        "both all for on by at in of the about around approx roughly still maybe likely now is it s say ca circa end "
        "date to so and as well too tight risky firm solid hopefully ideally doable realistic probably tbc tbd ish "
        "soft hard fixed aggressive optimistic safe latest confirmed hope"
    ).split()
)
_REACH = 4
_OUT = ("push", "slip", "slid", "delay", "postpon")
_SIGNING = frozenset("sign signs signing will should signature expect expects".split())
_CLOSING = frozenset("close closes closing cd".split())
MEETINGS = frozenset(
    (
        "call meeting letter letters award awards decision grant season results report delivery demo review workshop "
        "visit session kickoff onboarding training install readout qbr presentation chat conversation coffee lunch "
        "talk pitch tour intro introduction committee board"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Dated:
    """Hold one date with its part: close, maybe, moved, was, pen, signed, bare or event."""

    token: int
    day: date
    part: str
    piece: Piece


@dataclass(frozen=True, slots=True)
class Closing:
    """Hold what was read about the close: the date, the one before, and whether the notes move it."""

    close: Fact[date] | None
    before: Fact[date] | None
    moved_out: bool


def read_closing(ground: Ground, won: bool, lost: bool, exported: Fact[date] | None, steps: frozenset[int]) -> Closing:
    """Return where the close date stands now and where it stood; `steps` are tokens whose dates are of next steps."""
    dated = [d for piece in ground.pieces if not piece.lent and piece.rep for d in _dated(ground, piece, steps)]
    close, before = exported, None
    fresh = weak = False
    pen: date | None = None
    for place, one in enumerate(dated):
        fact: Fact[date] = ground.fact(one.day, one.token, one.token + 1)
        if one.part == "signed":
            if fresh and close is not None and _holds(ground, one.token, close.value):
                continue  # closed won 7/30, and it came in July
            if won or lost:
                if close is not None and close is exported and close.value != one.day:
                    before = before or exported
                close, fresh = fact, True
        elif one.part == "was":
            if pen is not None and one.day == pen:
                continue
            if before is not None and before is not exported and _still_earlier(ground, one):
                continue
            if before is not None and before is not exported and _holds(ground, one.token, before.value):
                continue  # "from May 29", then "out of Q2": the day is the closer word
            if close is None or one.day != close.value or not fresh:
                before = fact
                if (
                    close is not None
                    and close is exported
                    and close.value != one.day
                    and not _now_follows(dated, place)
                ):
                    pass
        elif one.part == "pen":
            pen, close, fresh = close.value if close else None, fact, True
        elif one.part == "moved" and close is not None and _supposed(ground, one):
            continue  # "if we don't turn it by the 10th it's a December deal"
        elif one.part in ("close", "moved"):
            if won and close is not None and fresh and close.spans and one.part == "close":
                continue
            if fresh and close is not None and close.spans and _holds(ground, one.token, close.value):
                continue  # "10/11", then "shifted to Q3": the day is the closer word
            if close is not None and close.value != one.day and (close is exported or one.part == "moved"):
                if close is not exported and one.part == "moved" and fresh:
                    before = close  # moved more than once: the latest of the earlier dates
                before = before or close
            close, fresh, weak = fact, True, False
        elif one.part in ("bare", "sign") and (close is None or weak):
            close = fact
            fresh, weak = True, False
        elif one.part == "maybe" and (close is None or close is exported):
            if close is not None and close.value != one.day:
                before = before or close
            close, fresh, weak = fact, True, True
    chosen = [d for d in dated if d.part == "choice"]
    if close is None and before is None and chosen and not (won or lost):
        close = ground.fact(chosen[-1].day, chosen[-1].token, chosen[-1].token + 1)
    if close is None and before is not None and _only_the_category_moved(ground, before):
        close, before = before, None
    if before is not None and close is not None and before.value == close.value:
        before = exported if exported is not None and exported.value != close.value else None
    if lost and close is not None and close is not exported and not any(d.part == "signed" for d in dated):
        close = exported
    if lost and exported is not None:
        before = None  # what an export says of a loss has dates of its own
    if won and close is not None and close is not exported:
        close = _past(ground, close)
    if won and (close is None or close is exported):
        entry = _signed_on(ground)
        before = exported if entry is not None and exported is not None and exported.value != entry.value else before
        close = entry or close
    moved = bool(close and before and close.value > before.value)
    if not (won or lost) and before is None and close is not None:
        moved = any(_pushed(ground, d) for d in dated if d.part == "moved")
    return Closing(close, before, moved)


def _supposed(ground: Ground, one: Dated) -> bool:
    """Tell whether a date is only where the deal would go if something happens."""
    sentence = ground.marked.clauses.sentences[one.piece.sentence]
    return any(t.low in ("if", "unless", "otherwise") for t in ground.tokens[sentence.first : one.token])


def _still_earlier(ground: Ground, one: Dated) -> bool:
    """Tell whether a date is called older than the one just told: was 7/29, before that 6/30."""
    lows = [t.low for t in ground.tokens[max(one.piece.first, one.token - 4) : one.token]]
    behind = [t.low for t in ground.tokens[one.token + 1 : one.token + 3]]
    if behind in (["before", "that"], ["before", "this"]):
        return True
    return "before" in lows or "originally" in lows or "initially" in lows or "first" in lows


def _holds(ground: Ground, token: int, day: date) -> bool:
    """Tell whether a date is a period that a day lies in before its end."""
    value = ground.tokens[token].value
    return isinstance(value, Period) and value.start <= day < value.end


def _pushed(ground: Ground, one: Dated) -> bool:
    """Tell whether the words before a date say that it moved out, wherever it stood before."""
    tokens = ground.tokens
    return any(t.low.startswith(_OUT) for t in tokens[max(one.piece.first, one.token - 4) : one.token])


def _now_follows(dated: Sequence[Dated], place: int) -> bool:
    return any(d.part in ("close", "moved", "pen") for d in dated[place + 1 :])


def _past(ground: Ground, close: Fact[date]) -> Fact[date]:
    """Read the day of a signature as one that has been."""
    if close.value <= ground.conventions.as_of or not close.spans:
        return close
    found = find_dates(close.spans[-1].text, ground.conventions, "past")
    if found and found[-1].day <= ground.conventions.as_of:
        return Fact(found[-1].day, close.spans, close.inferred)
    year = close.value.year - 1
    if str(close.value.year) in close.spans[-1].text or (close.value.month, close.value.day) == (2, 29):
        return close
    day = close.value.replace(year=year)
    return Fact(day, close.spans, close.inferred) if day <= ground.conventions.as_of else close


def _dated(ground: Ground, piece: Piece, steps: frozenset[int]) -> list[Dated]:
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
        if part == "event":
            continue
        day = _day(ground, i, part)
        if day is not None:
            found.append(Dated(i, day, part, piece))
    return found


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


def _day(ground: Ground, i: int, part: str) -> date | None:
    token = ground.tokens[i]
    if token.text.casefold() in _TODAY:
        return _day_of_entry(ground, i) or token.value
    if part in ("was", "signed"):
        text = f"the {token.text}th" if token.text.isdigit() else token.text  # "signed the 12"
        tense: Tense = "past" if part == "signed" else "nearest"
        found = find_dates(text, ground.conventions, tense) or find_dates(f"the {text}", ground.conventions, tense)
        if found:
            return found[-1].day
    value = token.value
    return value.end if isinstance(value, Period) else value


_TODAY = frozenset(("today", "this morning", "this am", "this afternoon", "tonight", "heute", "hoy", "aujourd'hui"))


def _signed_on(ground: Ground) -> Fact[date] | None:
    """Return the day of the diary's entry that tells of the signature or the order."""
    for piece, hit in ground.hits("signed"):
        if hit.name in ("both", "po", "plain", "closed") and not ground.negated(hit.first, piece):
            day = _day_of_entry(ground, hit.first)
            if day is not None and day <= ground.conventions.as_of:
                return ground.fact(day, hit.first, hit.last, inferred=True)
    return None


_BACK = 12  # units above one in which the day of its entry may stand


def _day_above(ground: Ground, unit: Unit) -> date | None:
    """Return the day before the text of a unit's line, or on the line that heads its entry."""
    marked = ground.marked
    index: int | None = unit.index
    while index is not None:
        here = marked.units[index]
        line = marked.stream.notes.rfind("\n", 0, here.start) + 1
        day = _day_in(ground, line, here.start)
        if day is not None:
            return day
        index = here.parent
    for above in reversed(marked.units[max(0, unit.index - _BACK) : unit.index]):
        if above.first.day:
            return _day_in(ground, above.start, above.end)
        if above.first.heading:
            return None
    return None


def _day_in(ground: Ground, start: int, end: int) -> date | None:
    """Return the day told in a stretch of the notes, as one that has been."""
    tokens = [ground.tokens[i] for i in ground.marked.stream.within(start, end)]
    told = next((t for t in tokens if t.kind == "date" and not isinstance(t.value, Period)), None)
    if told is None:
        return None
    as_of = ground.conventions.as_of
    found = find_dates(told.text, ground.conventions, "past")
    if told.bare and isinstance(told.value, date) and told.value.weekday() == as_of.weekday():
        return as_of if not any(c.isdigit() for c in told.text) else found[-1].day if found else None
    return found[-1].day if found else None


def _day_of_entry(ground: Ground, i: int) -> date | None:
    """Return the day that opens the entry of a diary: in "Wed 4/2 - PO today", today is the fourth."""
    unit = ground.marked.units[ground.marked.clauses.sentences[ground.marked.clauses.sentence_of[i]].unit]
    above = _day_above(ground, unit)
    if above is not None:
        return above
    first = ground.marked.stream.at(unit.start)
    token = ground.tokens[first]
    if (
        token.kind != "date"
        or isinstance(token.value, Period)
        or ground.tokens[first + 1].low not in ("-", "–", "—", ":", ",")
    ):
        return None
    found = find_dates(token.text, ground.conventions, "past")
    return found[-1].day if found else None


def _part(ground: Ground, piece: Piece, i: int, earlier: int | None, later: int | None, step: bool) -> str:
    tokens = ground.tokens
    if _struck(ground, i):
        return "was"
    if _denied_behind(ground, piece, i) or _old_in_brackets(ground, piece, i):
        return "was"
    behind = list(tokens[i + 1 : min(i + 5, piece.last)])
    if later is not None:
        between = tokens[i + 1 : later]
        words = [t.low for t in between if t.kind == "word"]
        if any(t.low in _ARROWS for t in between) and len(between) <= 4:
            return "was"
        if words == ["to"] and len(between) == 1 and _left(ground, piece, i, None) in ("was", "moved"):
            return "was"
        if len(between) <= 2 and words and words[0] in _TURNS_INTO:
            return "was"
        if (
            words[:1] == ["now"]
            and len(words) == 1
            and _left(ground, piece, i, earlier) in ("was", "moved", "close", "")
        ):
            return "was"
        if (
            words
            and (words[0] in ("not", "instead", "rather") or words == ["and", "not"])
            and len(words) <= 3
            and not (words[0] == "not" and len(words) > 2)
        ):
            left = _left(ground, piece, i, earlier)
            return "pen" if left == "pen" else "moved"
        if words in (["was"], ["prev"], ["previously"], ["originally"], ["formerly"]) and not _left(
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
        if words == ["to"] and _left(ground, piece, earlier, None) in ("was", "moved", "close"):
            return "moved"
        if (
            words
            and words[0] in ("sorry", "no", "actually", "wait")
            and len(words) <= 3
            and _left(ground, piece, i, earlier) not in ("event", "signed")
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
    left = _left(ground, piece, i, earlier)
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
    if len(behind) > 1 and behind[0].low == "before" and behind[1].low in ("that", "this"):
        return "was"  # it was 2/28, and 1/31 before that
    if len(behind) > 1 and behind[0].low == "or" and behind[1].low in ("bust", "never", "nothing"):
        return "close"  # 3/31 or bust
    doubted = ground.marked.opening(i + 1, "date_cue") if behind and behind[0].low == "if" else None
    if doubted is not None and doubted.name == "close":
        return "close"  # 18/12 if it goes anywhere
    if behind and behind[0].low in ("stands", "stays", "holds", "unchanged", "stand", "stay"):
        return "close"
    if earlier is not None and _left(ground, piece, earlier, None) == "was" and _closely(ground, earlier, i):
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
    return len(words) <= 4 and all(w in _QUIET or w in ("they", "we", "i", "but", "then", "it") for w in words)


def _left(ground: Ground, piece: Piece, i: int, earlier: int | None) -> str:
    """Return the part that the nearest cue before a date gives it."""
    tokens = ground.tokens
    stop = max(piece.first, i - 9, (earlier + 1) if earlier is not None else 0)
    best: tuple[float, int, str] | None = None
    clause = ground.marked.clauses.clause_of
    for j in range(stop, i):
        for hit in ground.marked.at.get(j, ()):
            if hit.group not in ("date_cue", "signed", "category") or hit.last > i or hit.first in ground.named:
                continue
            distance = sum(1 for t in tokens[hit.last : i] if t.kind != "mark")
            if distance > _REACH:
                continue
            name = hit.name
            if name == "signed" and hit.group == "date_cue" and _still_out(ground, hit):
                continue
            if hit.group == "category":
                name = "signed" if name in ("closed_won", "closed_lost") else "close"
                if name == "close" and _moving(ground, piece, hit.first):
                    name = "moved"  # "moved it to best case and April 30"
                if sum(1 for t in tokens[hit.last : i] if t.kind != "mark" and t.low not in _QUIET) > 2:
                    continue
            elif hit.group == "signed":
                name = "signed" if name in ("both", "po", "plain", "closed") else ""
            if name == "moved" and tokens[hit.last - 1].low == "so" and not _behind_another(ground, piece, i):
                continue  # so today we cannot
            if name == "event" and tokens[hit.first].low == "as" and _signed_in(ground, i):
                name = "signed"  # signed both ways as of Tuesday
            if name == "close" and tokens[hit.first].low == "award" and distance:
                continue
            if name == "close" and hit.first > piece.first and _of_before(ground, piece, hit, i):
                name = "was"  # was commit for 3/13, now it's a stretch for 4/10
            if not name or (name in ("was", "moved") and not _reaches(ground, hit, distance, i)):
                continue
            if name in ("moved", "was") and _of_a_meeting(ground, piece, hit.first, strict=name == "was"):
                name = "event"
            if (
                name == "was"
                and tokens[hit.last - 1].low in ("was", "were")
                and _signed_before(ground, piece, hit.first)
            ):
                name = "signed"  # both signatures were in on May 6
            if name == "close" and (_filled_in(ground, hit) or ground.negated(hit.first, piece, 2)):
                continue  # "it will not close this year" gives no date
            if name == "moved" and any(t.low in MEETINGS for t in tokens[hit.last : i]):
                name = "event"  # the state pushed the award letters to mid October
            if name == "was" and tokens[hit.last - 1].low == "told" and (tokens[i].bare or tokens[i - 1].low == "on"):
                name = "event"  # "I told Bill on the 3rd" tells when, "I told Bill the 3rd" what
            if name == "close" and hit.last - hit.first > 2 and _by_a_team(ground, piece, hit.first):
                name = "event"  # our security has it down for the 30th
            if name == "close" and tokens[hit.first].low == "po":
                name = "maybe"  # a close date told as such stands: close 20/3, they issue the PO by 13/3
            if name == "signed" and ground.negated(hit.first, piece):
                name = "event"
            rank = -distance - (2.5 if clause[hit.first] != clause[i] else 0.0)
            if name == "event" and tokens[hit.first].low in ("by", "due"):
                rank -= 1.5
                if (
                    tokens[hit.first].low == "due"
                    and hit.first > piece.first
                    and tokens[hit.first - 1].kind in ("money", "percent")
                ):
                    name = "close"
            if name == "slip_of_pen":
                name = "pen"
                if distance > 1:
                    continue
            behind = hit.last - 1 if name == "signed" else hit.first  # "signed, both sides, 7/2"
            if clause[i] - clause[behind] > 1 and name in ("signed", "event", "close"):
                continue
            if name == "close" and tokens[hit.first].low in _SIGNING:
                name = "sign"
            key = (rank, hit.last - hit.first, name)
            if (
                clause[hit.first] != clause[i]
                and name in ("event", "close", "signed", "sign")
                and not _thin(ground, piece, i)
            ):
                continue
            if clause[hit.first] != clause[i] and name == "event":
                continue
            best = max(best, key) if best else key
    return best[2] if best else ""


def _behind_another(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a written-out date follows another one of its sentence: had it for 3/20, the audit, so 4/10."""
    first = ground.marked.clauses.sentences[piece.sentence].first
    written = any(c.isdigit() for c in ground.tokens[i].text)
    return written and any(t.kind == "date" for t in ground.tokens[first : i - 1])


def _signed_in(ground: Ground, i: int) -> bool:
    first, _ = ground.marked.clauses.clause(i)
    return any(h.name in ("both", "po") for h in ground.marked.between(first, i, "signed"))


def _of_before(ground: Ground, piece: Piece, hit: Hit, i: int) -> bool:
    """Tell whether a category is said of before and its date with it, another date following in the sentence."""
    tokens = ground.tokens
    if not ground.marked.opening(hit.first, "category") or tokens[hit.first - 1].low not in ("was", "were"):
        return False
    last = ground.marked.clauses.sentences[piece.sentence].last
    behind = tokens[i + 1 : last]
    return any(t.low == "now" for t in behind) and any(t.kind == "date" for t in behind)


def _still_out(ground: Ground, hit: Hit) -> bool:
    """Tell whether a signature is spoken of that is still to come: out for signature with their counsel, 3/31."""
    return any(
        h.name == "procurement" and h.first < hit.first and hit.last <= h.last
        for h in ground.marked.between(max(0, hit.first - 5), hit.last, "stage")
    )


def _signed_before(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a signature or an order is told right before a token."""
    return any(
        h.name in ("both", "po")
        for j in range(max(piece.first, i - 4), i)
        for h in ground.marked.at.get(j, ())
        if h.group == "signed"
    )


def _moving(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a clause says before a token that something was moved to."""
    first, _ = ground.clause(i, piece)
    return any(
        h.group == "date_cue" and h.name == "moved" and ground.tokens[h.last - 1].low == "to"
        for j in range(max(first, i - 6), i)
        for h in ground.marked.at.get(j, ())
    )


_DOABLE = frozenset("do make manage hit".split())


def _reaches(ground: Ground, hit: Hit, distance: int, i: int) -> bool:
    """Tell whether a word of change is near enough to a date to be said of it; weekdays need more than a "from"."""
    low = ground.tokens[hit.last - 1].low
    if ground.tokens[hit.first].low in ("goes", "went", "gone", "is", "sits") and distance > (
        ground.tokens[i - 1].low == "the"
    ):
        return False  # "the order form goes to them tomorrow"
    if low in _DOABLE and (distance or ground.tokens[i].bare or ground.tokens[i].text.casefold() in _TODAY):
        return False  # "which we can't do today"
    if low == "had" and hit.last - hit.first == 2 and distance:
        return False  # "(we had 27/3)", but not "we had a call 27/3"
    if low == "it" and ground.tokens[hit.first].low == "had" and distance:
        return False  # "had it 7/31", but not "had it reviewed on 3/4"
    if hit.last - hit.first == 1 and low == "from" and not _moves(ground, hit.first, i):
        return False
    weekday = ground.tokens[i].bare and not any(c.isdigit() for c in ground.tokens[i].text) and not _ordinal(ground, i)
    if weekday and low in ("from", "not", "was", "were", "now", "it", "before"):
        return False
    return distance <= (
        0
        if low in ("from", "not", "now", "rather", "first", "had", "so")
        and distance
        and ground.tokens[i - 1].low != "the"
        else 3
    )


def _only_the_category_moved(ground: Ground, before: Fact[date]) -> bool:
    """Tell whether a former date belongs to a former category: I had it in commit for June 12, now it is upside."""
    at = ground.marked.stream.at(before.spans[0].start) if before.spans else 0
    first, last = max(0, at - 4), min(len(ground.tokens), at + 14)
    sentence = ground.marked.clauses.sentence_of[at]
    hits = [
        h
        for h in ground.marked.between(first, last, "category")
        if ground.marked.clauses.sentence_of[h.first] == sentence
    ]
    return any(h.last <= at for h in hits) and any(h.first > at for h in hits)


def _by_a_team(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether one of the teams has a thing down for a day: security have it down for the 30th."""
    first, _ = ground.clause(i, piece)
    return any(h.group == "team" for j in range(max(first, i - 3), i) for h in ground.marked.at.get(j, ()))


def _ordinal(ground: Ground, i: int) -> bool:
    """Tell whether a date is a day told by its number: the twenty fourth."""
    return ground.tokens[i].text.casefold().endswith(("th", "st", "nd", "rd", "first", "second", "third"))


def _moves(ground: Ground, place: int, i: int) -> bool:
    """Tell whether a "from" tells where a date stood: moved from 3/1, from March to April; not "training from 3/8"."""
    tokens = ground.tokens
    before = [t.low for t in tokens[max(0, place - 6) : place]]
    behind = [t.low for t in tokens[i + 1 : i + 3]]
    opens = place == 0 or tokens[place - 1].kind in ("mark", "date")
    if tokens[i].text.casefold().startswith("this ") and "to" not in behind:
        return False  # "we lose 95k from this quarter" takes money out of it
    moved = any(w.startswith(_MOVES) or w in _WAYS for w in before)
    return opens or moved or any(w in ("to", "->", "→") for w in behind)


_MOVES = (
    "push", "slip", "slid", "mov", "pull", "shift", "brought", "bring", "chang", "delay", "postpon", "clos", "resched",
    "kick", "bump", "roll", "drift", "drag", "walk",
)  # fmt: skip
_WAYS = frozenset("went gone out up forward now date cd back in".split())


def _filled_in(ground: Ground, hit: Hit) -> bool:
    """Tell whether "in by" belongs to a doing: fills it in by the 16th, sends them in by Friday."""
    tokens = ground.tokens
    return tokens[hit.first].low == "in" and tokens[hit.first - 1].low in (
        "it",
        "them",
        "that",
        "this",
        "form",
        "sheet",
    )


def _of_a_meeting(ground: Ground, piece: Piece, i: int, *, strict: bool = False) -> bool:
    """Tell whether what was moved is a meeting and no close."""
    first, _ = ground.clause(i, piece)
    if any(t.low in MEETINGS for t in ground.tokens[max(first, i - (2 if strict else 4)) : i]):
        return True
    if strict:
        return False
    # "product says not before June" is a delivery, "they count on April now" a hope
    return any(h.group == "team" for j in range(max(first, i - 5), i) for h in ground.marked.at.get(j, ())) or any(
        t.low in ("count", "counts", "hope", "hopes", "promised") for t in ground.tokens[max(first, i - 3) : i + 3]
    )


def _thin(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a date is all that its clause holds."""
    first, last = ground.clause(i, piece)
    return all(
        j == i or t.kind == "mark" or t.low in _QUIET or j in ground.named
        for j, t in enumerate(ground.tokens[first:last], first)
    )


def _by_place(ground: Ground, piece: Piece, i: int) -> str:
    """Judge a date that no cue explains by what shares its clause: nothing, an amount, a category, odds."""
    tokens = ground.tokens
    if tokens[i].bare and not any(c.isdigit() for c in tokens[i].text):
        return "event"  # a weekday alone is a meeting's or a step's
    if tokens[i - 1].low == ")" and _event_bracketed(ground, piece, i - 1):
        return "event"
    first, last = ground.clause(i, piece)
    if i - 2 >= piece.first and tokens[i - 1].low in ("want", "wants") and tokens[i - 2].low in ("she", "he", "they"):
        return "bare"  # 52k, best case, she wants 12/18
    others = [
        t for j, t in enumerate(tokens[first:last], first) if j != i and t.kind != "mark" and j not in ground.named
    ]
    facts = {h.group for h in ground.marked.between(first, last, "category")}
    if all(
        t.kind in ("money", "percent", "date", "count") or t.low in _QUIET or t.low in ("arr", "acv", "tcv", "mrr")
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
