"""Which day a word like "today" means: a token comes in, the day of the diary entry it stands in goes out."""

import re
from datetime import date

from chains.deals import Fact
from chains.figures.fiscal import Tense
from chains.periods import Period, find_dates
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.layout.units import Unit


def day_told(ground: Ground, i: int, part: str) -> date | None:
    token = ground.tokens[i]
    if token.bare and (within := _day_of_a_month_told(ground, i)) is not None:
        return within
    if token.text.casefold() in TODAY:
        return _day_of_entry(ground, i) or token.value
    if part in ("was", "signed", "talk before", "talk said"):
        text = f"the {token.text}th" if token.text.isdigit() else token.text  # "signed the 12"
        tense: Tense = "past" if part == "signed" else "nearest"
        found = find_dates(text, ground.conventions, tense) or find_dates(f"the {text}", ground.conventions, tense)
        if found:
            return found[-1].day
    value = token.value
    return value.end if isinstance(value, Period) else value


def _day_of_a_month_told(ground: Ground, i: int) -> date | None:
    """Return the day of the month named right before it: November, the 13th perhaps."""
    number = re.fullmatch(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?", ground.tokens[i].text, re.IGNORECASE)
    for j in range(i - 1, max(0, i - 4), -1):
        month = ground.tokens[j].value
        if number and isinstance(month, Period) and month.start.day == 1 and month.start.month == month.end.month:
            day = int(number[1])
            return month.start.replace(day=day) if 1 <= day <= month.end.day else None
        if ground.tokens[j].kind == "word" and ground.tokens[j].low not in ("the", "on", "maybe", "say"):
            return None
    return None


TODAY = frozenset(("today", "this morning", "this am", "this afternoon", "tonight", "heute", "hoy", "aujourd'hui"))


def signed_on(ground: Ground) -> Fact[date] | None:
    """Return the day of the diary's entry that tells of the signature or the order, by both before by one."""
    found: Fact[date] | None = None
    for piece, hit in ground.hits("signed"):
        whole = hit.name in ("both", "po")
        if not whole and (found is not None or hit.name not in ("plain", "closed")):
            continue
        day = None if ground.negated(hit.first, piece) else _day_of_entry(ground, hit.first)
        if day is None or day > ground.conventions.as_of:
            continue
        found = ground.fact(day, hit.first, hit.last, inferred=True)
        if whole:
            return found
    return found


def told_beside(ground: Ground) -> Fact[date] | None:
    """Return the past day that stands nearest to a signature or an order in its sentence."""
    found: Fact[date] | None = None
    for piece, hit in ground.hits("signed", "category"):
        if hit.group == "category" and hit.name != "closed_won":
            continue
        if hit.group == "signed" and hit.name not in ("both", "po", "plain", "closed"):
            continue
        near: tuple[int, int, date] | None = None
        for i in range(piece.first, piece.last):
            token = ground.tokens[i]
            if token.kind != "date" or isinstance(token.value, Period) or i in ground.named:
                continue
            day = day_told(ground, i, "signed")
            if day is None or day > ground.conventions.as_of or _of_an_event(ground, piece, i):
                continue
            distance = i - hit.last if i >= hit.last else hit.first - i
            near = min(near, (distance, i, day)) if near else (distance, i, day)
        if near is not None:
            found = ground.fact(near[2], near[1], near[1] + 1)
    return found


def _of_an_event(ground: Ground, piece: Piece, i: int) -> bool:
    first, last = ground.clause(i, piece)
    hits = [h for h in ground.marked.between(first, i, "date_cue") if h.name == "event"]
    around = [j for j in range(first, last) for h in ground.marked.at.get(j, ()) if h.group == "signed"]
    signed = around or ground.marked.between(first, i, "signed", "category")
    return bool(hits) and not signed


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
        or (ground.tokens[first + 1].low not in ("-", "–", "—", ":", ",") and first + 1 not in ground.named)
    ):
        return None
    found = find_dates(token.text, ground.conventions, "past")
    return found[-1].day if found else None
