"""When a deal closes: its ground, whether it is won and the export's date come in; the close date and the one before
it go out.

Of the dates near a deal only those count that a cue, their place or a correction makes a close date: meetings, steps
and papers have dates too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chains.deals import Fact
from chains.periods import Period, find_dates
from chains.reading.dates.of_entries import signed_on, told_beside
from chains.reading.dates.told import Dated, dated_in
from chains.reading.ground import Ground

_OUT = ("push", "slip", "slid", "delay", "postpon")


@dataclass(frozen=True, slots=True)
class Closing:
    """Hold what was read about the close: the date, the one before, and whether the notes move it."""

    close: Fact[date] | None
    before: Fact[date] | None
    moved_out: bool


def read_closing(ground: Ground, won: bool, lost: bool, exported: Fact[date] | None, steps: frozenset[int]) -> Closing:
    """Return where the close date stands now and where it stood; `steps` are tokens whose dates are of next steps."""
    dated = [d for piece in ground.pieces if not piece.lent and piece.rep for d in dated_in(ground, piece, steps)]
    close, before = exported, None
    fresh = weak = signed = False
    pen: date | None = None
    for place, one in enumerate(dated):
        fact: Fact[date] = ground.fact(one.day, one.token, one.token + 1)
        if one.part == "signed":
            if fresh and close is not None and _holds(ground, one.token, close.value):
                continue  # closed won 7/30, and it came in July
            if won or lost:
                if close is not None and close is exported and close.value != one.day:
                    before = before or exported
                close, fresh, signed = fact, True, True
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
        elif one.part in ("bare", "sign") and (close is None or weak or _within(ground, close, one.day)):
            close = fact
            fresh, weak = True, False
        elif one.part == "maybe" and (close is None or close is exported):
            if close is not None and close.value != one.day:
                before = before or close
            close, fresh, weak = fact, True, True
    if close is None and before is not None and not (won or lost) and _in_the_tool(ground, before):
        close, before = before, None  # the tool says 30/10, and nothing else is told
    chosen = [d for d in dated if d.part == "choice"]
    if close is None and before is None and chosen and not (won or lost):
        close = ground.fact(chosen[-1].day, chosen[-1].token, chosen[-1].token + 1)
    close, before = _from_talk(ground, dated, close, before, won or lost)
    if close is None and before is not None and _only_the_category_moved(ground, before):
        close, before = before, None
    if before is not None and close is not None and before.value == close.value:
        before = exported if exported is not None and exported.value != close.value else None
    if lost and close is not None and close is not exported and not any(d.part == "signed" for d in dated):
        close = exported
    if lost and exported is not None:
        before = None  # what an export says of a loss has dates of its own
    if won and (close is None or close is exported or not signed):
        entry = signed_on(ground)
        if entry is not None and close is not None and close is not exported and close.value <= entry.value:
            entry = None  # a day told with the signature is closer than that of the entry
        before = exported if entry is not None and exported is not None and exported.value != entry.value else before
        close = entry or close
    if won and close is None:
        close = told_beside(ground)
    if won and close is not None and close is not exported:
        close = _past(ground, close)
    moved = bool(close and before and close.value > before.value)
    if not (won or lost) and before is None and close is not None:
        moved = any(_pushed(ground, d) for d in dated if d.part == "moved")
    return Closing(close, before, moved)


def _from_talk(
    ground: Ground, dated: Sequence[Dated], close: Fact[date] | None, before: Fact[date] | None, over: bool
) -> tuple[Fact[date] | None, Fact[date] | None]:
    """Fill the close, and the one before, from plain talk where no fixed wording told them."""
    as_of = ground.conventions.as_of
    told = [d for d in dated if d.part in ("talk", "talk said") and d.day >= as_of]
    ahead = [d for d in told if d.part == "talk"] or told[-1:]
    if close is None and ahead and not over:
        close = ground.fact(ahead[-1].day, ahead[-1].token, ahead[-1].token + 1)
    former = [d for d in dated if d.part in ("talk before", "talk said") and close is not None and d.day != close.value]
    if before is None and former and not over:
        before = ground.fact(former[-1].day, former[-1].token, former[-1].token + 1)
    return close, before


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


_TOOLS = frozenset("crm system sheet salesforce hubspot sfdc dynamics pipedrive tool tracker zoho".split())
_SHOWS = frozenset("says has shows reads say show have".split())


def _in_the_tool(ground: Ground, told: Fact[date]) -> bool:
    """Tell whether a date is what a tool shows today: crm says 10/30."""
    if not told.spans:
        return False
    at = ground.marked.stream.at(told.spans[0].start)
    lows = [t.low for t in ground.tokens[max(0, at - 4) : at]]
    return any(w in _TOOLS for w in lows) and any(w in _SHOWS for w in lows)


def _within(ground: Ground, close: Fact[date], day: date) -> bool:
    """Tell whether a day is the closer word for a period told before: the first week of July, 3/7 say."""
    if not close.spans:
        return False
    at = ground.marked.stream.at(close.spans[0].start)
    # a cell of a table has no tokens
    told = at < len(ground.tokens) and ground.tokens[at].start == close.spans[0].start
    return told and _holds(ground, at, day)


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
