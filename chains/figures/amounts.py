"""Amounts as they are written and spoken: tokens come in; number, magnitude, currency and both ends of a range go out.

What only looks like a figure (clock times, list numbers, names with digits) is told apart here.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from chains.deals import Conventions
from chains.figures.numerals import Number, spelled, written
from chains.figures.tokens import BREAK, NUMBER, WORD, Tokens, any_of, meaning, words
from chains.figures.units import unit_at

_PHONE = re.compile(r"\+?\d{0,3}[ .-]?\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?!\d)|\d{3}-0\d{3}(?!\d)|\+\d{2}[ \d()/-]{7,16}\d")


# what a mill does, and no million
_DOES = frozenset(
    "went goes has had is was wants took got came lost stopped closed in of at near that which who did does".split()
)


@dataclass(slots=True)
class Amount:
    """Hold an amount while it is being read: tokens [first, after), the number as written and what stands with it."""

    number: Number
    first: int
    after: int
    magnitude: int = 1
    currency: str | None = None
    marked: bool = False  # a sign or word says that it is money

    @property
    def value(self) -> Decimal:
        return self.number.value * self.magnitude

    @property
    def sized(self) -> bool:
        return self.magnitude > 1 or self.number.scaled


class Amounts:
    """Read amounts out of the tokens of one text; `dates` are the tokens at which dates start."""

    def __init__(self, tokens: Tokens, conventions: Conventions, dates: frozenset[int]) -> None:
        self.t = tokens
        self.conventions = conventions
        self.starts = dates
        self.magnitudes: dict[str, int] = meaning("magnitudes")
        self.comma = conventions.currency in any_of("decimal_comma")
        self.signs: dict[str, str] = words()["currency_signs"]
        self.codes: dict[str, str] = words()["currency_words"]
        self.prefixes: dict[str, str] = words()["dollar_prefixes"]
        self.in_thousands: dict[str, str] = words()["magnitude_currency"]
        self.durations: dict[str, str] = meaning("durations")
        self.cardinals: dict[str, int] = words()["cardinals"]

    def amount(self, i: int) -> Amount | None:
        """Read "$1.2mm", "80k €", "EUR 140k", "twelve lakh", "145.000,-" or a plain number at token `i`."""
        t = self.t
        first = i
        currency, i, scale = self.currency_before(i)
        if currency and i - first < 3 and t.fold[i] in ("~", "-", "−") and (t.kind[i + 1] == NUMBER):
            i += 1
        comma = self.comma if currency is None else currency in any_of("decimal_comma")
        behind = (
            t.fold[i + 1] in self.signs
            or t.word(i + 1) in self.codes
            or t.fold[i + 2] in self.signs
            or t.word(i + 2) in self.codes
        )
        if not currency and t.kind[i] == NUMBER:
            told = self.currency_behind(i + 1) or self.currency_behind(i + 2)
            comma = told[0] in any_of("decimal_comma") if told else comma
        number = written(t, i, comma, money=currency is not None or behind) if t.kind[i] == NUMBER else spelled(t, i)
        if number is None or (first == i and t.kind[i] == NUMBER and t.glued(i) and t.kind[i - 1] == WORD):
            return None
        if number.spelled and t.capital(i) and t.capital(number.after) and t.start[number.after] - t.end[i] == 1:
            return None  # "Three Counties"
        if (
            number.spelled
            and t.before(number.first) in ("few", "couple", "several", "many", "no", "which", "that", "this", "the")
            and not number.scaled
        ) and (t.before(number.first) != "the" or number.value == 1):
            return None
        found = Amount(number, first, number.after, scale, currency, currency is not None)
        self.magnitude(found)
        self.crore_rest(found)
        self.behind(found)
        return found

    def currency_before(self, i: int) -> tuple[str | None, int, int]:
        """Read a currency before a number: its code, the number's token, and the scale where "TEUR" says one."""
        t = self.t
        word = t.fold[i]
        if t.kind[i] == WORD:
            prefix = self.prefixes.get(word)
            if prefix and t.fold[i + 1] == "$" and t.glued(i + 1) and t.kind[i + 2] == NUMBER:
                return prefix, i + 2, 1
            code = self.code(i)
            scale = self.magnitudes[word] if word in self.in_thousands else 1
            j = i + 2 if t.fold[i + 1] == "." and word in ("rs", "sfr", "fr") else i + 1
            if code and t.kind[j] == NUMBER and t.start[j] - t.end[j - 1] <= 1 and j not in self.starts:
                return code, j, scale
            return None, i, 1
        if word in self.signs and t.kind[i + 1] == NUMBER and t.start[i + 1] - t.end[i] <= 1:
            return self.home(self.signs[word]), i + 1, 1
        if word in self.signs and t.fold[i + 1] in ("~", "-", "−") and t.kind[i + 2] == NUMBER:
            return self.home(self.signs[word]), i + 1, 1
        return None, i, 1

    def code(self, i: int) -> str | None:
        """Return the currency that the word at `i` names."""
        t = self.t
        word = t.word(i)
        if word in self.in_thousands:
            return self.in_thousands[word]
        code = self.codes.get(word)
        letters = words()["currency_letters"].get(word)
        if letters == self.conventions.currency and t.text[t.start[i] : t.end[i]][:1].isupper():
            return str(letters)
        if code is None or (word in any_of("currency_doubtful") and not t.text[t.start[i] : t.end[i]].isupper()):
            return None
        return self.home(code)

    def home(self, sign: str) -> str:
        """Return the currency that an ambiguous sign means for this rep: "$", "kr", "¥"."""
        own = self.conventions.currency
        if sign == "$":
            return own if own in any_of("dollar_currencies") else "USD"
        if sign == "kr":
            return own if own in any_of("crown_currencies") else "SEK"
        if sign == "¥":
            return "CNY" if own == "CNY" else "JPY"
        return sign

    def magnitude(self, a: Amount) -> None:
        """Take in "k", "mm", "Mio.", "lakh" behind a number."""
        t, j = self.t, a.after
        if a.magnitude > 1 or (a.number.scaled and t.word(j) not in ("k",)):
            return
        if t.fold[j] == "-" and t.glued(j) and t.word(j + 1) in ("k", "million", "thousand"):
            j += 1
        word = t.word(j)
        glued = t.glued(j)
        scale = self.magnitudes.get(word, 1)
        if word == "t" and (t.fold[j + 1] in self.signs or self.code(j + 1) or a.currency):
            scale = 1000
        if word == "l" and (a.currency == "INR" or self.conventions.currency == "INR"):
            scale = 100_000
        if word == "mil" and (a.currency or self.conventions.currency) in any_of("mil_is_thousand"):
            scale = 1000
        if word == "mi" and (a.currency or self.conventions.currency) == "BRL":
            scale = 1_000_000
        if scale == 1 or (t.text[t.start[j] - 1 : t.start[j]] == "\n"):
            return
        if word == "b" and not a.currency:
            return  # "Room 12B"
        if word == "m" and not glued and not a.currency and a.number.value == a.number.value.to_integral():
            return
        if word == "mill" and not a.currency and a.number.value == 1 and t.word(j + 1) in _DOES:
            return  # "one mill went three weeks without a reply"
        if word == "cr" and not glued and "INR" not in (a.currency, self.conventions.currency):
            return
        if glued and t.glued(j + 1) and t.kind[j + 1] == NUMBER:
            return
        a.magnitude, a.after = scale, j + 1
        a.currency = a.currency or self.in_thousands.get(word)
        if t.fold[j + 1] == "." and t.glued(j + 1) and word in ("mio", "mill", "mrd", "tsd", "mln"):
            a.after = j + 2

    def crore_rest(self, a: Amount) -> None:
        """Take in the lakhs behind crores: "2 cr 60 lakh"."""
        t = self.t
        if a.magnitude != 10_000_000:
            return
        rest = written(t, a.after, comma=False)
        if rest and self.magnitudes.get(t.word(rest.after)) == 100_000:
            value = a.number.value + rest.value / 100
            a.number = replace(a.number, value=value, after=rest.after)
            a.after = rest.after + 1

    def behind(self, a: Amount) -> None:
        """Take in ",-", "+", "ish" and a currency behind an amount."""
        t = self.t
        j = a.after
        if t.fold[j] in (",", ".") and t.glued(j) and t.fold[j + 1] in ("-", "–", "—") and t.glued(j + 1):
            j += 2
            while t.fold[j] in ("-", "–") and t.glued(j):
                j += 1
            a.after, a.marked = j, True
        if t.fold[j] == "-" and t.glued(j) and t.word(j + 1) == "ish" and t.glued(j + 1):
            j += 2
        told = self.currency_behind(j)
        if told and not (a.currency and told[2]):
            a.currency, a.after, a.marked = a.currency or told[0], told[1], True

    def currency_behind(self, j: int) -> tuple[str, int, bool] | None:
        """Read a currency at `j` that belongs to the number before: its code, the token after it, whether a sign."""
        t = self.t
        if t.start[j] - t.end[j - 1] > 1 or t.text[t.end[j - 1] : t.start[j]] == "\n":
            return None
        if t.fold[j] in self.signs:
            following = t.kind[j + 1] == NUMBER and t.glued(j + 1)
            return None if following else (self.home(self.signs[t.fold[j]]), j + 1, True)
        prefix = self.prefixes.get(t.word(j))
        if prefix and t.fold[j + 1] == "$" and t.glued(j + 1) and t.kind[j + 2] != NUMBER:
            return prefix, j + 2, True
        code = self.code(j)
        if code is None or (
            t.kind[j + 1] == NUMBER and t.start[j + 1] - t.end[j] <= 1 and t.text[t.start[j] : t.end[j]].isupper()
        ):
            return None
        return code, j + 1, False

    def other_end(self, a: Amount) -> Amount | None:
        """Read the upper end of a range ("110-130k", "90k to 110k", "22 or 26") behind `a`, where there is one."""
        t = self.t
        j = a.after
        between = t.before(a.first) in ("between", "zwischen", "entre")
        if t.fold[j] not in any_of("between") and not (between and t.fold[j] in ("and", "und", "y", "et")):
            return None
        if t.fold[j + 1] == ">" or j + 1 in self.starts or "\n" in t.text[t.end[j - 1] : t.start[j + 1]]:
            return None
        if t.fold[j] == "-" and t.glued(j) != t.glued(j + 1):
            return None
        if t.kind[j + 1] == WORD and t.fold[j + 1] in ("a", "one") and t.fold[j] in ("or", "to"):
            return None
        if t.fold[j] in ("to", "bis") and t.before(a.first) == "from" and t.before(a.first - 1) not in any_of("ranges"):
            return None  # "went from 280k to 310k"
        b = self.amount(j + 1)
        if b is None or (
            b.after == b.number.after and self.past_other_meaning(j + 1) != b.number.after and t.kind[j + 1] == NUMBER
        ):
            return None
        if t.fold[j] in ("to", "or", "~") and a.number.spelled != b.number.spelled:
            return None
        share = max(b.magnitude, b.number.scale) if a.magnitude == 1 and not a.number.scaled else 1
        if share > 1 and a.number.value >= b.number.value:
            share = 1000 if b.magnitude == 1_000_000 and a.number.value >= 100 else 1
        if a.magnitude == 1 and share > 1 and a.value < 10_000:
            a.magnitude = share
        if (
            a.value >= b.value
            or (a.number.spelled and not a.number.scaled and b.number.scaled and share == 1)
            or (b.currency and a.currency and a.currency != b.currency)
        ):
            if share > 1:
                a.magnitude = 1
            return None
        if t.fold[j] in ("or", "to") and not (
            a.sized or b.sized or a.currency or b.currency or self.kind_behind(b.after)
        ):
            return None
        return b

    def kind_behind(self, j: int) -> bool:
        t = self.t
        k = j + 1 if t.fold[j] == "-" else j
        return t.fold[j] == "%" or t.word(j) in any_of("percent") or t.word(k) in self.durations or t.fold[j] == "per"

    def approximate(self, first: int, after: int) -> bool:
        t = self.t
        before = t.before(first)
        if before == "." and first > 1:
            before = t.before(first - 1)
        ish = after + 1 if t.fold[after] == "-" and t.glued(after) else after
        return before in any_of("about") or (t.word(ish) == "ish" and t.glued(ish))

    def no_figure(self, a: Amount) -> int:
        """Return the token behind a number that is no figure (a clock time, a list number, a name), else 0."""
        t, i, j = self.t, a.first, a.number.after
        if t.kind[i] != NUMBER:
            return 0
        if a.after == j == i + 1 and (other := self.past_other_meaning(i)) != j:
            return other
        if a.magnitude > 1 and self.is_name(a):
            return a.after
        if t.before(i) == "#" and t.glued(i):
            return j
        if (
            t.before(i) == "-"
            and t.glued(i)
            and t.glued(i - 1)
            and t.word(i - 2)
            and len(t.fold[i]) >= 3
            and a.after == j
        ):
            return j  # "op-4471"
        clock = t.before(i) == "at" and a.number.value <= 12 and not a.sized and t.fold[j] not in ("%", "-", "x", "/")
        if clock and not unit_at(t, j, self.starts)[0] and t.word(j) not in self.durations:
            return j  # "at 3"
        plain = t.fold[i]
        return j if plain.isdigit() and (len(plain) > 8 or (plain == "401" and t.word(j) == "k")) else 0

    def is_name(self, a: Amount) -> bool:
        """Tell whether "4M Industrial" or "3K Werkzeugbau" is a name: a capital letter, a capitalised word."""
        t, j = self.t, a.number.after
        behind = j + 1
        known = t.fold[behind] in any_of("may_follow_amount") or t.word(behind) in self.codes
        return (
            t.glued(j)
            and t.capital(j)
            and t.end[j] - t.start[j] == 1
            and a.number.value < 10
            and t.capital(behind)
            and not known
            and t.start[behind] - t.end[j] == 1
            and not t.text[t.start[behind] : t.end[behind]].isupper()
        )

    def past_other_meaning(self, i: int) -> int:
        """Step over a clock time, a list number, a version, a phone number or a name with a digit at token `i`."""
        t = self.t
        j = i + 1
        if t.kind[i] != NUMBER:
            return j
        text, start = t.text, t.start[i]
        if t.fold[j] == ":" and t.glued(j) and t.kind[j + 1] == NUMBER and t.glued(j + 1):
            while t.fold[j] == ":" and t.glued(j) and t.kind[j + 1] == NUMBER:
                j += 2
            return j + 1 if t.word(j) in ("am", "pm", "uhr", "h") else j
        if t.word(j) in ("am", "pm", "uhr", "o'clock", "oclock") and "\n" not in text[start : t.start[j]]:
            return j + 1
        line_start = i == 0 or t.kind[i - 1] == BREAK
        if t.fold[j] in (")", ".") and t.glued(j) and (line_start and len(t.fold[i]) < 4 and not t.glued(j + 1)):
            return j + 1
        if match := (_PHONE.match(text, start - 1 if text[start - 1 : start] in ("+", "(") else start)):
            return t.after(match.end(), j)
        if t.fold[i] == "24" and t.fold[j] in ("/", "x", "h") and t.glued(j) and t.fold[j + 1] == "7":
            return j + 2
        if t.glued(j) and t.kind[j] == WORD:
            word = t.fold[j]
            duration = (word in self.durations and word not in ("y", "w")) or word in ("y", "w", "d")
            if t.kind[j + 1] == NUMBER and t.glued(j + 1):
                return j + 2
            if not (
                (word in self.magnitudes and word != "b")
                or word in self.codes
                or duration
                or word in ("x", "t", "l", "ish", "mw", "gb", "tb", "kg")
            ):
                return j + 1
        return j
