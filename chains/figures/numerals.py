"""Numbers as they are written or spoken: tokens come in, values go out with the token after them.

A number's own shape decides first ("12.500,00", "1'250'000", "80.000"), the habit of the currency second.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from chains.figures.tokens import NUMBER, WORD, Tokens, meaning, words

_GROUPED = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,3}(?:['’]\d{3})+(?:[.,]\d{1,4})?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?"
)
_GROUPED_POINTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?")
_POINT = re.compile(r"\d+\.\d+")
_COMMA = re.compile(r"\d+,\d{1,2}")
_LAST_GROUP = re.compile(r"\d{3}(?:[.,]\d{1,2})?")
LONGEST = 20  # digits and signs of one number; longer ones are identifiers


@dataclass(frozen=True, slots=True)
class Number:
    """Hold a number at tokens `[first, after)`; `grouped` where thousands are set apart, `scaled` where a word such as
    "thousand" or "lakh" is already in it."""

    value: Decimal
    first: int
    after: int
    grouped: bool = False
    spelled: bool = False
    scaled: bool = False
    scale: int = 1  # of the last scale word


def digits(piece: str, comma: bool, magnitude: int = 1) -> tuple[Decimal, bool] | None:
    """Return the value of a written number and whether thousands are set apart; None where it is no number.

    `comma` says that decimals are written with a comma; `magnitude` is what follows ("1,250 Mio" is 1.25 million).
    """
    if len(piece) > LONGEST:
        return None
    if piece.isdigit():
        return Decimal(piece), False
    millions = magnitude >= 100_000
    if _GROUPED.fullmatch(piece):
        if piece[0] == "0" and (piece.count(",") != 1 or "." in piece):
            return None
        if piece[0] == "0" or (comma and millions and piece.count(",") == 1 and "." not in piece and "'" not in piece):
            return Decimal(piece.replace(",", ".", 1)), False
        sign = "." if "." in piece or ("," in piece and "'" not in piece and "’" not in piece) else ","
        bare = re.sub("[,'’]" if sign == "." else "['’]", "", piece)
        return Decimal(bare.replace(",", ".")), True
    if _GROUPED_POINTS.fullmatch(piece):
        single = piece.count(".") == 1 and "," not in piece
        if piece[0] == "0" and not single:
            return None
        if piece[0] == "0" or (single and (millions or (magnitude > 1 and not comma))):
            return Decimal(piece), False
        return Decimal(piece.replace(".", "").replace(",", ".")), True
    if _POINT.fullmatch(piece):
        return Decimal(piece), False
    if _COMMA.fullmatch(piece) and (comma or magnitude > 1):
        return Decimal(piece.replace(",", ".")), False
    return None


def written(t: Tokens, i: int, comma: bool, money: bool = False) -> Number | None:
    """Read a number in digits at token `i`; `money` allows a plain space between thousands ("80 500")."""
    if t.kind[i] != NUMBER:
        return None
    joined = _spaced(t, i, money)
    if joined:
        return joined
    magnitude = _magnitude_behind(t, i + 1)
    found = digits(t.fold[i], comma or t.fold[i + 1] == "%", magnitude)
    return Number(found[0], i, i + 1, found[1]) if found else None


def _magnitude_behind(t: Tokens, j: int) -> int:
    known: dict[str, int] = meaning("magnitudes")
    return known.get(t.fold[j], 1) if t.kind[j] == WORD else 1


def _spaced(t: Tokens, i: int, money: bool) -> Number | None:
    """Read "1 250 000": a plain space counts only before "000" or where money is already known."""
    if len(t.fold[i]) > 3 or not t.fold[i].isdigit() or t.fold[i][0] == "0":
        return None
    j = i + 1
    plain = False
    while j < i + 5 and t.kind[j] == NUMBER and _LAST_GROUP.fullmatch(t.fold[j]):
        gap = t.text[t.end[j - 1] : t.start[j]]
        if gap not in (" ", "\u00a0", "\u202f", "\u2009"):
            break
        plain = plain or gap == " "
        j += 1
        if not t.fold[j - 1].isdigit():  # "32 500,00"
            break
    if j == i + 1 or (plain and not money and not t.fold[j - 1].startswith("000")):
        return None
    return Number(Decimal("".join(t.fold[i:j]).replace(",", ".")), i, j, grouped=True)


def spelled(t: Tokens, i: int) -> Number | None:
    """Read a number in words at token `i`: "hundred and twenty", "two crore sixty", "seven and a half", "one fifty".

    Scale words are taken in; a lone "one" or "a" is no number.
    """
    if t.kind[i] != WORD:
        return None
    scales: dict[str, int] = meaning("magnitudes")
    first = t.fold[i]
    if first == "three" and t.fold[i + 1] == "quarters" and t.fold[i + 2] == "of" and t.fold[i + 3] == "a":
        scale = _scale(t, i + 4, scales)
        return Number(Decimal(scale) * 3 / 4, i, i + 5, spelled=True, scaled=True) if scale > 1 else None
    if first in ("a", "half", "quarter"):
        return _with_article(t, i, scales)
    if first not in _cardinals() and first != "hundred":
        return None
    total, j, last = Decimal(0), i, 0
    while True:
        small = _small(t, j)
        if small is None:
            break
        value, after = small
        scale = _scale(t, after, scales)
        if scale == 1 and last and t.fold[after] in ("percent", "pct", "%"):
            break  # "twenty eight thousand ninety percent" is an amount and its odds
        if scale == 1 and last:
            # "two crore sixty" is sixty lakh, "one lakh twenty" twenty thousand, "one million two" two hundred thousand
            scale = _silent_scale(last, value)
            if value == total / last:
                break  # "eighteen lakh eighteen" says it twice
        elif scale > 1:
            after += 1
            if last and scale >= last:
                break
        total += value * scale
        j = after
        if scale == 1 or (scale < 1000):
            break
        last = scale
        if t.fold[j] == "and" and _small(t, j + 1) and t.fold[j + 1] != "a":
            j += 1
            if last < 100_000 and _scale(t, _small_end(t, j), scales) >= last:
                j -= 1
                break
    if j == i:
        return None
    if t.fold[j - 1] == "and":
        j -= 1
    if last and t.fold[j] == "and" and t.fold[j + 1] == "a" and t.fold[j + 2] == "half":
        total, j = total + Decimal(last) / 2, j + 3
    if j == i + 1 and first == "one":
        return None if _scale(t, j, scales) == 1 else Number(Decimal(1), i, j, spelled=True)
    return Number(total, i, j, spelled=True, scaled=last > 0, scale=last or 1)


def _cardinals() -> dict[str, int]:
    found: dict[str, int] = words()["cardinals"]
    return found


def _silent_scale(last: int, value: Decimal) -> int:
    if last == 10_000_000 and value < 100:
        return 100_000
    if last == 100_000 and value < 100:
        return 1000
    if last == 1_000_000:
        return 100_000 if value < 10 else 1000 if value >= 100 else 1
    return 1


def _with_article(t: Tokens, i: int, scales: dict[str, int]) -> Number | None:
    """Read "a hundred and twenty", "a million", "half a million", "a million and a half"."""
    if t.fold[i] in ("half", "quarter"):
        j = i + 1
        while t.fold[j] in ("of", "a") and j < i + 3:
            j += 1
        scale = _scale(t, j, scales)
        part = Decimal(scale) / (2 if t.fold[i] == "half" else 4)
        return Number(part, i, j + 1, spelled=True, scaled=True) if scale >= 1000 else None
    if t.fold[i + 1] == "hundred":
        found = spelled(t, i + 1)
        return Number(found.value, i, found.after, spelled=True, scaled=found.scaled) if found else None
    scale = _scale(t, i + 1, scales)
    if scale < 1000 or len(t.fold[i + 1]) < 3:
        return None
    j, value = i + 2, Decimal(scale)
    if t.fold[j] == "and" and t.fold[j + 1] == "a" and t.fold[j + 2] == "half":
        j, value = j + 3, value * Decimal("1.5")
    return Number(value, i, j, spelled=True, scaled=True)


def _scale(t: Tokens, j: int, scales: dict[str, int]) -> int:
    """Return what the word at `j` multiplies with, where it is a whole word ("thousand", not "k"); else 1."""
    word = t.word(j)
    return scales[word] if word in scales and (len(word) > 2 or word == "cr") and scales[word] >= 1000 else 1


def _small_end(t: Tokens, j: int) -> int:
    found = _small(t, j)
    return found[1] if found else j


def _small(t: Tokens, j: int) -> tuple[Decimal, int] | None:
    """Read a number below ten thousand in words at `j`, with halves and "point": its value and the token after it."""
    known = _cardinals()
    word = t.word(j)
    if word == "hundred":
        value, j = 100, j + 1
        value, j = _add_rest(t, j, value)
        return Decimal(value), j
    if word not in known:
        return None
    value, j = _tens(t, j)
    if t.fold[j] == "hundred":
        value, j = _add_rest(t, j + 1, value * 100)
    elif value < 10 and t.word(j) in ("oh", "o") and 0 < known.get(t.word(j + 1), 0) < 10:
        value, j = value * 100 + known[t.fold[j + 1]], j + 2
    elif (
        0 < value < 10
        and t.fold[j] == "-"
        and t.glued(j)
        and t.glued(j + 1)
        and 10 <= known.get(t.word(j + 1), 0) < 100
    ):
        rest, j = _tens(t, j + 1)  # "four-twenty" is 420
        value = value * 100 + rest
    elif (
        0 < value < 10
        and known.get(t.word(j), 0) >= 10
        and t.before(j - 1) not in ("at", "by", "til", "till", "around")
    ):
        rest, j = _tens(t, j)
        value = value * 100 + rest
    if t.fold[j] == "and" and t.fold[j + 1] == "a" and t.fold[j + 2] == "half":
        return Decimal(value) + Decimal("0.5"), j + 3
    if t.fold[j] == "point" and t.word(j + 1) in known:
        fraction, k = "", j + 1
        while k < j + 5 and t.word(k) in known and known[t.fold[k]] < 100:
            fraction += str(known[t.fold[k]]).rstrip("0") or "0"
            k += 1
            if t.fold[k - 1] not in known or known[t.fold[k - 1]] >= 10:
                ones = known.get(t.word(k), 0)
                if 0 < ones < 10:
                    fraction, k = fraction + str(ones), k + 1
                break
        return Decimal(f"{value}.{fraction}"), k
    return Decimal(value), j


def _tens(t: Tokens, j: int) -> tuple[int, int]:
    """Read "twenty two", "twenty-two", "eleven" at `j`."""
    known = _cardinals()
    value = known[t.fold[j]]
    k = j + 1
    if value >= 20:
        if t.fold[k] == "-" and t.glued(k) and t.glued(k + 1):
            k += 1
        if 0 < known.get(t.word(k), 0) < 10:
            return value + known[t.fold[k]], k + 1
    return value, j + 1


def _add_rest(t: Tokens, j: int, hundreds: int) -> tuple[int, int]:
    """Read "and twenty" or "twenty" after a hundred."""
    k = j + 1 if t.fold[j] == "and" else j
    if t.word(k) in _cardinals():
        rest, after = _tens(t, k)
        return hundreds + rest, after
    return hundreds, j
