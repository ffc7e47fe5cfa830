"""Plain numbers that could be short for an amount: a number's place in its piece comes in; whether it stands for one,
and in which magnitude, goes out.
"""

from decimal import Decimal

from chains.deals import Money
from chains.reading.accounts.pieces import Piece
from chains.reading.amounts.taken_back import PEN, SMALL, taken_back
from chains.reading.ground import Ground
from chains.reading.lexicon import wordlists
from chains.scan import Count

_FEW = 10  # a smaller number before a name counts something else

_SCALES = tuple(Decimal(s) for s in ("1000", "1", "100000", "1000000", "10000000"))

_COUNTED = frozenset("of to in at per on by and other more times first last next".split())

_GOES_ON = frozenset(
    "not and i so they stays but since because as after before if when where which gone dead still again we he she"
    " there too though although cos coz til till until instead rather".split()
)

_ALONE = frozenset(
    "so that is s it its still only just now say call we are they says make thats im i am still yes yeah ok no oh then"
    " and but well right sorry wait actually for them there maybe about gone dead lost down the one big bigger biggest"
    " small smaller smallest worth another".split()
)

_PERIODS = frozenset(("", "month", "mo", "mnth", "year", "yr"))


def of_one(ground: Ground, i: int) -> bool:
    """Tell whether a price is that of one thing: $500 per seat, 30,000/day, 120 seats at $500 each."""
    token = ground.tokens[i]
    if token.per != "each":
        return token.per not in _PERIODS
    near = ground.tokens[max(0, i - 4) : i]
    return any(t.kind == "count" and isinstance(t.value, Count) and t.value.unit for t in near)


def number_spaced(ground: Ground, i: int) -> Decimal | None:
    """Return the number that blanks part into thousands: 1 380."""
    tokens = ground.tokens
    head, tail = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None
    if tail is None or head.kind != "count" or tail.kind != "count" or tail.start != head.end + 1:
        return None
    digits = head.text.isdigit() and len(head.text) <= 3 and tail.text.isdigit() and len(tail.text) == 3
    return (
        Decimal(head.text + tail.text) if digits and ground.marked.stream.notes[head.end] in " \u00a0\u202f" else None
    )


def of_odds(ground: Ground, i: int, odds: Decimal | None) -> bool:
    """Tell whether a plain number is a share set against the one that the export gives: I say 45 and not 60."""
    tokens = ground.tokens
    if odds is None or tokens[i].kind != "count":
        return False
    near = tokens[max(0, i - 3) : i + 4]
    return any(t.low in ("not", "instead") for t in near) and any(
        t.kind == "count" and isinstance(t.value, Count) and t.value.number == odds for t in near
    )


_GUESSES = frozenset("maybe perhaps probably likely say about roughly call at around gut".split())


def _follows(ground: Ground, i: int, kind: str) -> bool:
    """Tell whether a token of a kind stands at a place or right behind it."""
    return any(t.kind == kind for t in ground.tokens[i : i + 2])


def is_plain(ground: Ground, i: int, piece: Piece) -> bool:
    """Tell whether a plain number could be short for an amount."""
    token = ground.tokens[i]
    if token.kind != "count" or not isinstance(token.value, Count) or token.value.unit:
        return False
    following = ground.tokens[i + 1] if i + 1 < len(ground.tokens) else None
    if following is not None and ground.marked.opening(i + 1, "category", "stage", "signed"):
        return True
    if following is not None and following.text.casefold() in ("c", "bc", "u", "pl", "om"):
        return True
    if following is not None and following.low in wordlists()["function"] and following.low not in _COUNTED:
        return True
    return not (
        following is not None
        and following.kind == "word"
        and following.low not in SMALL | PEN | _GOES_ON
        and not (following.low in _GUESSES and _follows(ground, i + 2, "percent"))
        and not ground.marked.opening(i + 1, "signed", "lost_to", "unpriced")
    )


def ends_range(ground: Ground, first: int, last: int) -> bool:
    """Tell whether two plain numbers are the ends of a range: between 60 and 80."""
    tokens = ground.tokens
    return (
        last - first == 2
        and tokens[first].kind == tokens[last].kind == "count"
        and tokens[first + 1].low in ("and", "to", "or")
        and first > 0
        and tokens[first - 1].low in ("between", "somewhere", "from", "say", "like", "either", "maybe")
        and tokens[first].value.number < tokens[last].value.number
    )


def with_tenths(ground: Ground, i: int, number: Decimal) -> Decimal:
    """Return a spoken number with the digit behind it: sixty-four five is 64.5."""
    tenths = tenths_behind(ground, i)
    return number + tenths / 10 if tenths and 10 <= number < 1000 else number


def tenths_behind(ground: Ground, i: int) -> Decimal:
    """Return the digit that is spoken behind a number of tens, 0 where none is: sixty-four five."""
    tokens = ground.tokens
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    if nxt is None or tokens[i].kind != "count" or nxt.kind != "count":
        return Decimal(0)
    said = tokens[i].text[:1].isalpha() and nxt.text[:1].isalpha()
    fits = said and 10 <= tokens[i].value.number < 1000 and 0 < nxt.value.number < 10
    return Decimal(nxt.value.number) if fits else Decimal(0)


def in_scale(
    ground: Ground,
    number: Decimal,
    partner: Money | None,
    as_read: Money | None,
    known: Money | None,
    spoken: bool,  # no export gave odds, which a plain number may stand for
) -> Money | None:
    """Return a plain number in the magnitude of the figure it stands beside: 225 next to 240,000 is 225,000."""
    if number <= 0:
        return None
    told = as_read.basis if as_read is not None else None
    if partner is not None and partner.amount:
        ratios = [(abs((number * s / partner.amount).ln()), s) for s in _SCALES if number * s]
        distance, scale = min(ratios)
        # beside what is known a plain number has to come close, but for the thousands that notes write everywhere
        usual = spoken and scale == ground.scale and number >= 10
        if distance > (Decimal("1.7") if usual or partner is not known else Decimal("0.9")):
            return None
        return Money(number * scale, partner.currency, told or partner.basis)
    if as_read is not None and number >= 1000:
        return as_read
    if number < 1000:
        return Money(number * ground.scale, ground.conventions.currency, told)
    return Money(number, ground.conventions.currency) if number >= 1000 else None


def stands_alone(ground: Ground, i: int, piece: Piece) -> bool:
    """Tell whether a plain number stands right behind the account's name and closes its clause."""
    tokens = ground.tokens
    if _dictated_amount(ground, i, piece):
        return True
    if not at_name(ground, i, piece):
        return _spoken_answer(ground, i, piece) or stands_by_itself(ground, i, piece)
    behind = i + 2 if tenths_behind(ground, i) else i + 1
    following = tokens[behind] if behind < piece.last else None
    if following is None or following.kind == "mark" or following.low in _GOES_ON | _GUESSES | {"at", "for"}:
        return True
    return ground.marked.opening(behind, "category", "stage", "signed") is not None


def _dictated_amount(ground: Ground, i: int, piece: Piece) -> bool:
    """Tell whether speech gives an amount by the tens and its category or a guess behind: eighty five best case."""
    sentence = ground.marked.clauses.sentences[piece.sentence]
    number = ground.tokens[i].value.number
    if not sentence.dictated or number < 10 or not ground.tokens[i].text[:1].isalpha():
        return False
    behind = i + 2 if tenths_behind(ground, i) else i + 1
    if behind >= piece.last:
        return False
    hit = ground.marked.opening(behind, "category")
    return hit is not None or ground.tokens[behind].low in ("maybe", "ish", "roughly", "probably")


def _quota_asked(ground: Ground, piece: Piece) -> bool:
    """Tell whether the other speaker has just asked for the rep's own number: your number's 400, yeah?"""
    marked = ground.marked
    if piece.unit == 0 or not marked.units[piece.unit].first.speaker:
        return False
    asked = marked.units[piece.unit - 1]
    if asked.first.speaker == marked.units[piece.unit].first.speaker:
        return False
    within = marked.stream.within(asked.start, asked.end)
    return any(h.name == "other" for h in marked.between(within.start, within.stop, "number_cue"))


def _spoken_answer(ground: Ground, i: int, piece: Piece) -> bool:
    """Tell whether a number is all that a speaker said, or all of a clause said in words."""
    if _quota_asked(ground, piece):
        return False
    if ground.dialogue and piece.last - piece.first <= 2 and i == piece.first:
        return True
    first, last = ground.clause(i, piece)
    others = [t for j, t in enumerate(ground.tokens[first:last], first) if j != i and t.kind != "mark"]
    return ground.dialogue and not others and ground.tokens[i].text[0].isalpha()


def stands_by_itself(ground: Ground, i: int, piece: Piece) -> bool:
    """Tell whether a number of tens or hundreds is all that its clause says: Still 150. That's 40."""
    if _quota_asked(ground, piece):
        return False
    first, last = ground.clause(i, piece)
    stands = {j for h in ground.marked.between(i + 1, last, "category") for j in range(h.first, h.last)}
    others = [
        t
        for j, t in enumerate(ground.tokens[first:last], first)
        if j != i and j not in ground.named and j not in stands
    ]
    said = [t for t in others if t.kind != "mark"]
    if any(t.kind not in ("word", "count") or (t.kind == "word" and t.low not in _ALONE) for t in said):
        return False
    if any(t.kind == "count" and t.start < ground.tokens[i].start for t in said):
        return False
    number = ground.tokens[i].value.number
    bare = last - first <= 2 or (not said and all(t.low in (",", ".", "!") for t in others))
    return bool(number >= 10) and (bool(said) or bare or taken_back(ground, piece, i))


def at_name(ground: Ground, i: int, piece: Piece) -> bool:
    """Tell whether only marks and small words stand between the account's name and a figure."""
    tokens = ground.tokens
    few = tokens[i].kind == "count" and tokens[i].value.number < _FEW  # the final two at Globex
    led = tokens[min(i + 1, len(tokens) - 1)].low in ("from", "with", "at", "for", "on", "ang")
    if i + 2 < piece.last and i + 2 in ground.own and led and not few:
        return True
    words = 0
    for j in range(i - 1, max(piece.first, i - 9) - 1, -1):
        if j in ground.own:
            return True
        if tokens[j].kind == "word":
            words += 1
            if tokens[j].low not in SMALL or words > 3:
                return False
        elif tokens[j].kind not in ("mark", "count"):
            return False
    return False
