"""What a deal is worth: its ground and what an export says come in, the amount and the one before it go out.

Costs, quotas, seat prices, discounts and other firms' figures are no amounts.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from chains.deals import Fact, Money
from chains.kinds import Basis
from chains.reading.defaults import basis_at
from chains.reading.ground import Ground
from chains.reading.lexicon import wordlists
from chains.reading.pieces import Piece
from chains.scan import Count

_NEAR = 4
_FEW = 10  # a smaller number before a name counts something else
_ARROWS = frozenset(["->", "→", "=>", "⇒", ">>"])
_SCALES = tuple(Decimal(s) for s in ("1000", "1", "100000", "1000000", "10000000"))
_COUNTED = frozenset("of to in at per on by and other more times first last next".split())
_PEN = frozenset("no nope scratch sorry actually wait correction oops rather make".split())
_SMALL = frozenset(
    "at is s for about around roughly now still its it worth approx ca circa a of was stands that to so".split()
)
_GOES_ON = frozenset(
    "not and i so they stays but since because as after before if when where which gone dead still again we he she"
    " there too though although cos coz til till until instead rather".split()
)
_ALONE = frozenset(
    "so that is s it its still only just now say call we are they says make thats im i am still yes yeah ok no oh then"
    " and but well right sorry wait actually for them there maybe about gone dead lost down the one big bigger biggest"
    " small smaller smallest worth another".split()
)
_LISTS = frozenset("board list table forecast sheet call number quarter".split())  # 30k off the board
_BEHIND_OTHER = frozenset("loaded each apiece off discount quota gap short budget".split())


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold one figure with its part: amount, now (it replaces), was, or other."""

    token: int
    money: Money
    part: str
    stated: bool  # with currency, magnitude or at the name itself


def read_amount(
    ground: Ground, exported: Fact[Money] | None, odds: Fact[Decimal] | None = None
) -> tuple[Fact[Money] | None, Fact[Money] | None]:
    """Return the amount as it stands now and the one before it; `odds` is the probability that an export gives."""
    current: Fact[Money] | None = exported
    before: Fact[Money] | None = None
    spoken = False  # the notes themselves gave an amount
    loose: Fact[Money] | None = None  # a budget, what they would spend: the amount where nothing else is told
    for piece in ground.pieces:
        if piece.lent or not piece.rep:
            continue
        for figure in _figures(ground, piece, current.value if current else None, odds.value if odds else None):
            money = (
                figure.money
                if figure.money.basis
                else replace(figure.money, basis=_basis_behind(ground, piece, figure.token))
            )
            fact: Fact[Money] = ground.fact(money, figure.token, figure.token + 1)
            if figure.part in ("other", "loose"):
                certain = figure.part == "loose" and figure.stated and not ground.tokens[figure.token].bare
                loose = loose or (replace(fact, inferred=True) if certain else None)
                continue
            if figure.part == "was":
                if current is None or figure.money.amount != current.value.amount:
                    before = fact
                elif current is not None and current is exported:
                    before = exported
                continue
            if current is None:
                current, spoken = fact, True
            elif figure.part == "now" or (not spoken and figure.stated and _at_name(ground, figure.token, piece)):
                if figure.money.amount != current.value.amount:
                    before = before if current is exported and before is not None else current
                    basis = figure.money.basis or current.value.basis
                    currency = figure.money.currency if _foreign(ground, figure) else current.value.currency
                    current = replace(fact, value=replace(fact.value, basis=basis, currency=currency))
                spoken = True
            elif (
                figure.stated
                and _restated(ground, figure.token, piece)
                and figure.money.amount != current.value.amount
                and figure.money.amount * 10 > current.value.amount  # a tenth of it is the price of something smaller
            ):
                before, current = current, fact
    if current is None:
        current, before = before or loose, None  # "it was 35k", and nothing since
    if before is not None and current is not None and before.value.amount == current.value.amount:
        before = None
    return current, before


_SAID_OF_IT = frozenset(["that", "thats", "is", "s", "its", "it", "all", ",", "and", "so", ".", "(", "-", "–"])


def _basis_behind(ground: Ground, piece: Piece, i: int) -> Basis | None:
    """Return the basis that a clause right behind a figure gives it: two hundred thousand, that's ARR."""
    tokens = ground.tokens
    j = i + 1
    while j < min(i + 6, len(tokens)) and tokens[j].low in _SAID_OF_IT:
        j += 1
    found = basis_at(ground.marked, j) if i + 1 < j < len(tokens) else None
    return found[0] if found else None


def _foreign(ground: Ground, figure: Figure) -> bool:
    return figure.money.currency != ground.conventions.currency


def _figures(ground: Ground, piece: Piece, known: Money | None, odds: Decimal | None = None) -> list[Figure]:
    """Return the figures of a piece in order, each with its part."""
    tokens = ground.tokens
    places = [
        i
        for i in range(piece.first, piece.last)
        if i not in ground.named and (tokens[i].kind == "money" or _plain(ground, i, piece))
    ]
    partner = next((tokens[i].value for i in places if tokens[i].kind == "money" and not tokens[i].bare), None) or known
    found: list[Figure] = []
    tails = {i + 1 for i in places if _spaced(ground, i) or _tenths(ground, i)}
    places = [i for i in places if i not in tails and not _of_odds(ground, i, odds) and not _of_one(ground, i)]
    for place, i in enumerate(places):
        token = tokens[i]
        earlier = places[place - 1] if place else None
        later = places[place + 1] if place + 1 < len(places) else None
        part = _part(ground, piece, i + 1 if i + 1 in tails else i, earlier, later)
        if place and _ends_range(ground, places[place - 1], i):
            continue
        if token.kind == "money":
            money: Money | None = token.value
            if token.bare:
                money = _scaled(ground, money.amount, partner, money, known, odds is None) if money else None
        else:
            ranged = later is not None and _ends_range(ground, i, later)
            if part not in ("now", "was") and not ranged and not _stands_alone(ground, i, piece):
                continue
            number = _spaced(ground, i) or token.value.number
            if ranged and later is not None:
                number = (number + tokens[later].value.number) / 2
            money = _scaled(ground, _with_tenths(ground, i, number), partner, None, known, odds is None)
        if money is None:
            continue
        found.append(Figure(i, money, part, token.kind == "money"))
    return found


_PERIODS = frozenset(("", "month", "mo", "mnth", "year", "yr"))


def _of_one(ground: Ground, i: int) -> bool:
    """Tell whether a price is that of one thing: $500 per seat, 30,000/day, 120 seats at $500 each."""
    token = ground.tokens[i]
    if token.per != "each":
        return token.per not in _PERIODS
    near = ground.tokens[max(0, i - 4) : i]
    return any(t.kind == "count" and isinstance(t.value, Count) and t.value.unit for t in near)


def _spaced(ground: Ground, i: int) -> Decimal | None:
    """Return the number that blanks part into thousands: 1 380."""
    tokens = ground.tokens
    head, tail = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None
    if tail is None or head.kind != "count" or tail.kind != "count" or tail.start != head.end + 1:
        return None
    digits = head.text.isdigit() and len(head.text) <= 3 and tail.text.isdigit() and len(tail.text) == 3
    return (
        Decimal(head.text + tail.text) if digits and ground.marked.stream.notes[head.end] in " \u00a0\u202f" else None
    )


def _of_odds(ground: Ground, i: int, odds: Decimal | None) -> bool:
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


def _plain(ground: Ground, i: int, piece: Piece) -> bool:
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
        and following.low not in _SMALL | _PEN | _GOES_ON
        and not (following.low in _GUESSES and _follows(ground, i + 2, "percent"))
        and not ground.marked.opening(i + 1, "signed", "lost_to", "unpriced")
    )


def _ends_range(ground: Ground, first: int, last: int) -> bool:
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


def _with_tenths(ground: Ground, i: int, number: Decimal) -> Decimal:
    """Return a spoken number with the digit behind it: sixty-four five is 64.5."""
    tenths = _tenths(ground, i)
    return number + tenths / 10 if tenths and 10 <= number < 1000 else number


def _tenths(ground: Ground, i: int) -> Decimal:
    """Return the digit that is spoken behind a number of tens, 0 where none is: sixty-four five."""
    tokens = ground.tokens
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    if nxt is None or tokens[i].kind != "count" or nxt.kind != "count":
        return Decimal(0)
    said = tokens[i].text[:1].isalpha() and nxt.text[:1].isalpha()
    fits = said and 10 <= tokens[i].value.number < 1000 and 0 < nxt.value.number < 10
    return Decimal(nxt.value.number) if fits else Decimal(0)


def _scaled(
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
    if partner is not None and partner.amount:
        ratios = [(abs((number * s / partner.amount).ln()), s) for s in _SCALES if number * s]
        distance, scale = min(ratios)
        # beside what is known a plain number has to come close, but for the thousands that notes write everywhere
        usual = spoken and scale == 1000 and ground.thousands and number >= 10
        if distance > (Decimal("1.7") if usual or partner is not known else Decimal("0.9")):
            return None
        return Money(number * scale, partner.currency, partner.basis)
    if as_read is not None and number >= 1000:
        return as_read
    if number < 1000 and ground.thousands:
        return Money(number * 1000, ground.conventions.currency)
    return Money(number, ground.conventions.currency) if number >= 1000 else None


def _stands_alone(ground: Ground, i: int, piece: Piece) -> bool:
    """Tell whether a plain number stands right behind the account's name and closes its clause."""
    tokens = ground.tokens
    if _dictated_amount(ground, i, piece):
        return True
    if not _at_name(ground, i, piece):
        return _spoken_answer(ground, i, piece) or _alone(ground, i, piece)
    behind = i + 2 if _tenths(ground, i) else i + 1
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
    behind = i + 2 if _tenths(ground, i) else i + 1
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


def _alone(ground: Ground, i: int, piece: Piece) -> bool:
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
    return bool(number >= 10) and (bool(said) or bare or _taken_back(ground, piece, i))


def _at_name(ground: Ground, i: int, piece: Piece) -> bool:
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
            if tokens[j].low not in _SMALL or words > 3:
                return False
        elif tokens[j].kind not in ("mark", "count"):
            return False
    return False


def _restated(ground: Ground, i: int, piece: Piece) -> bool:
    """Tell whether a later line states the amount anew: the name, then the figure."""
    return _at_name(ground, i, piece)


def _part(ground: Ground, piece: Piece, i: int, earlier: int | None, later: int | None) -> str:
    tokens = ground.tokens
    if _struck(ground, i):
        return "was"
    if (
        i > 0
        and tokens[i - 1].low == "="
        and tokens[i].kind == "count"
        and sum(
            1 for t in tokens[ground.marked.clauses.sentences[piece.sentence].first : i] if t.kind in ("count", "money")
        )
        > 1
    ):
        return "other"  # the sum of a list
    if later is not None and _arrow_between(ground, i, later):
        return "was"
    if earlier is not None and _arrow_between(ground, earlier, i):
        return "now"
    if later is not None and _corrected_between(ground, i, later):
        return "was"
    if earlier is not None and _corrected_between(ground, earlier, i):
        return "now"
    first, last = ground.marked.clauses.clause(i)
    first, last = max(first, piece.first), min(last, piece.last)
    if tokens[i - 1].low in _ARROWS and i > piece.first and _at_name(ground, i, piece):
        return "now"  # Globex -> 276
    if tokens[i - 1].low == "=" and earlier is not None and i - 1 > piece.first:
        return "now"  # now only 2 sites = 12.500
    near = _cue_before(ground, i, max(piece.first, (earlier + 1) if earlier is not None else piece.first))
    if near == "was":
        return "was"
    behind = tokens[i + 1 : min(i + 4, piece.last)]
    if tokens[i].kind == "count" and _taken_back(ground, piece, i) and _alone(ground, i, piece):
        return "now"  # One eighty. No, one eighteen.
    if (_at_name(ground, i, piece) or i <= piece.first + 1) and _taken_back(ground, piece, i):
        return "now"
    if (behind and behind[0].low in ("not", "instead")) or (
        len(behind) > 1 and behind[0].low in (",", "now", "and") and behind[1].low in ("not", "instead", "no")
    ):
        return "now"
    if behind and behind[0].low in ("each", "apiece") and _of_several(ground, piece):
        return "amount"  # A and B are 85k each
    struck = len(behind) > 2 and behind[0].low == "off" and behind[1].low == "the" and behind[2].low in _LISTS
    if behind and behind[0].low in _BEHIND_OTHER and not struck:
        return "other"
    goal = next((t.low for t in behind if t.low not in ("is", "s", "was", "my", "the", "our")), "")
    if goal in ("number", "target", "quota", "goal"):
        return "other"  # 300 is my number
    if behind and behind[0].low == "now":
        return "now"
    if near in ("other", "loose"):
        return "amount" if _at_name(ground, i, piece) else near
    if near == "now":
        return "now"
    opening = ground.marked.between(piece.first, i, "frame")
    if any(h.name == "talk" for h in opening) and not _at_name(ground, i, piece):
        return "loose"
    return "amount"


def _of_several(ground: Ground, piece: Piece) -> bool:
    """Tell whether a piece opens with several accounts, so that "each" means each of them."""
    named = [i for i in range(piece.first, min(piece.last, piece.first + 12)) if i in ground.named]
    return any(i not in ground.own for i in named) and any(i in ground.own for i in named)


def _taken_back(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a sentence takes something back: scratch that, Tin Roof is 85; *201, fat fingers."""
    sentence = ground.marked.clauses.sentences[piece.sentence]
    tokens = ground.tokens
    lows = [t.low for t in tokens[sentence.first : min(i, sentence.first + 4)]]
    if lows[:1] == ["no"] or any(
        w in ("scratch", "correction", "sorry", "oops", "actually", "wait", "typo", "edit", "mali") for w in lows
    ):
        return True
    starred = tokens[i - 1].low == "*" and tokens[i - 1].end == tokens[i].start and i - 1 == sentence.first
    if starred and ground.marked.units[piece.unit].first.speaker:
        return True
    behind = [t.low for t in tokens[i + 1 : min(i + 9, sentence.last)]]
    return any(
        w in ("typo", "typos", "mistyped", "misread", "fingers", "fingered", "meant", "swapped", "transposed")
        for w in behind
    )


def _cue_before(ground: Ground, i: int, stop: int) -> str:
    """Return the part that the nearest cue before a figure gives it, within a few words and its sentence."""
    best: tuple[int, int, str] | None = None
    for j in range(max(stop, i - 7), i):
        for hit in ground.marked.at.get(j, ()):
            if hit.group != "number_cue" or hit.last > i or i - hit.last > _NEAR or hit.first in ground.named:
                continue
            if hit.name not in ("other", "loose") and i - hit.last > 2:
                continue
            if hit.name == "was" and any(k in ground.own for k in range(hit.last, i)):
                continue  # "vs Globex 72k" compares with the deal, not with a former amount
            if any(t.kind in ("date", "money") or t.low in (",", "(", ")", ":") for t in ground.tokens[hit.last : i]):
                continue
            rank = (hit.last, hit.last - hit.first, hit.name)
            best = max(best, rank) if best else rank
    return best[2] if best else ""


def _arrow_between(ground: Ground, first: int, last: int) -> bool:
    between = ground.tokens[first + 1 : last]
    return len(between) <= 5 and any(t.low in _ARROWS for t in between) and not any(t.kind == "date" for t in between)


def _corrected_between(ground: Ground, first: int, last: int) -> bool:
    """Tell whether a figure is taken back for the next: 200k?? no 120k; twenty no sorry eighteen."""
    between = ground.tokens[first + 1 : last]
    words = [t.low for t in between if t.kind == "word"]
    if not words or len(words) > 4 or len(between) > 7:
        return False
    if words[0] in ("to",) and words == ["to"]:
        return ground.marked.opening(first - 1, "number_cue") is not None or ground.tokens[first - 1].low == "from"
    return (
        words[0] in _PEN
        and all(w in _PEN | _SMALL | {"i", "mean", "arr", "that", "not"} for w in words)
        and "not" not in words[:1]
    )


def _struck(ground: Ground, i: int) -> bool:
    """Tell whether a token stands between ~~ marks."""
    tokens = ground.tokens
    open_mark = any(tokens[j].low == "~~" for j in range(max(0, i - 4), i))
    close_mark = any(tokens[j].low == "~~" for j in range(i + 1, min(i + 5, len(tokens))))
    return (open_mark and close_mark and tokens[i - 1].low in ("~~",)) or (
        open_mark and close_mark and tokens[i + 1].low == "~~"
    )
