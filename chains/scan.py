"""Typed tokens: any text (notes or a draft) comes in with its conventions, `Mention`s with values go out.

The reader finds facts with these and the check compares drafts with notes by them, so both mean the same by "120k".
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal, cast

from chains.deals import Conventions, Money
from chains.kinds import Basis
from chains.numerals import Number, spelled, written
from chains.periods import DateMention, Period, Tense, dates_in
from chains.tokens import BREAK, NUMBER, WORD, Tokens, any_of, meaning, words


@dataclass(frozen=True, slots=True)
class Percent:
    """Hold a percentage, 0.5 for 0.5%; a range has both ends, a single value has low == high."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Count:
    """Hold a number with what it counts in the singular ("seat", "recruiter", "email"), or "" where nothing tells."""

    number: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Duration:
    """Hold a length of time ("9 days", "two quarters", "net 60" is 60 days); low == high but for ranges."""

    low: Decimal
    high: Decimal
    unit: Literal["minute", "hour", "day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Hold one typed token at `text[start:end]`.

    `value` is Money, Percent, Count, Duration, date or Period. `bare` is True for money that carries neither a
    currency sign or word nor a magnitude (a plain 500 that a rule or a neighbour made an amount), and for a date
    read from a day number or weekday alone. `per` names what a unit price is for ("seat", "user", "year"); such money
    is no deal amount unless it is per year.
    """

    start: int
    end: int
    value: Money | Percent | Count | Duration | date | Period
    bare: bool = False
    per: str = ""


def scan(text: str, conventions: Conventions, tense: Tense = "future") -> tuple[Mention, ...]:
    """Find every figure, date, period and duration in `text`, in order and without overlap.

    `tense` decides the year of a day and month without one: "future" the coming one, "past" the one before as_of,
    "nearest" whichever is closer. Clock times, list numbers, identifiers, versions and phone numbers are left out.
    """
    return tuple(_Figures(Tokens(text), conventions, tense).all())


def parse_amount(text: str, conventions: Conventions, currency: str | None = None) -> Money | None:
    """Read a text that holds one amount (a cell): "$240,000.00", "80.000", "(5,000)", "3.2k MRR".

    `currency` is what the column says; a sign in the text itself wins. None where there is no amount.
    """
    if currency:
        conventions = replace(conventions, currency=currency)
    found = _Figures(Tokens(text), conventions, "future").amount_alone()
    if found is None:
        return None
    before = text[: found.start].strip()
    money = cast(Money, found.value)
    negative = before.endswith(("-", "−", "(")) and not before[:-1].strip()[-1:].isalnum()
    if before.endswith("(") and not text[found.end :].strip().startswith(")"):
        negative = False
    if negative or "-" in text[found.start : found.end][:2] or "−" in text[found.start : found.end][:2]:
        return replace(money, amount=-abs(money.amount))
    return money


@dataclass(slots=True)
class _Amount:
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


_PHONE = re.compile(r"\+?\d{0,3}[ .-]?\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?!\d)|\d{3}-0\d{3}(?!\d)|\+\d{2}[ \d()/-]{7,16}\d")


class _Figures:
    """Walk the tokens of one text once; `at(i)` adds what starts at token `i` and says where to go on."""

    def __init__(self, tokens: Tokens, conventions: Conventions, tense: Tense) -> None:
        self.t = tokens
        self.conventions = conventions
        self.found: list[Mention] = []
        self.dates = {first: (after, m) for first, after, m in dates_in(tokens, conventions, tense)}
        self.magnitudes: dict[str, int] = meaning("magnitudes")
        self.comma = conventions.currency in any_of("decimal_comma")
        self.signs: dict[str, str] = words()["currency_signs"]
        self.codes: dict[str, str] = words()["currency_words"]
        self.durations: dict[str, str] = meaning("durations")
        self.cardinals: dict[str, int] = words()["cardinals"]

    def all(self) -> list[Mention]:
        i, count, t = 0, len(self.t), self.t
        while i < count:
            if i in self.dates:
                after, mention = self.dates[i]
                value: date | Period = mention.day
                if mention.period and _names_period(mention):
                    value = mention.period
                if mention.period or not mention.vague:
                    self.found.append(Mention(mention.start, mention.end, value, mention.bare))
                i = after
                while i < count and t.start[i] < mention.end:
                    i += 1
                continue
            kind = t.kind[i]
            if kind == NUMBER:
                i = self.figure(i)
            elif kind == WORD:
                word = t.fold[i]
                if word == "net" and (after_net := self.net(i)):
                    i = after_net
                elif (
                    word in self.cardinals
                    or word in ("hundred", "a", "half", "quarter")
                    or (
                        (
                            word in self.codes
                            or word in ("us", "r", "c", "au", "ca", "s", "hk", "nz", "mx", "cdn", "teur", "keur")
                            or word in self.magnitude_codes()
                        )
                        and not t.glued(i)
                    )
                ):
                    i = self.figure(i)
                else:
                    i += 1
            elif t.fold[i] in self.signs:
                i = self.figure(i)
            else:
                i += 1
        return self.found

    def magnitude_codes(self) -> dict[str, str]:
        found: dict[str, str] = words()["magnitude_currency"]
        return found

    # ---- one figure ---------------------------------------------------------------------------------------------

    def figure(self, i: int) -> int:
        """Read the figure that starts at token `i`; return the token to go on with."""
        t = self.t
        basis, start = self.basis_before(i)
        amount = self.amount(start)
        if amount is None:
            return self.past_other_meaning(i) if t.kind[i] == NUMBER else i + 1
        if amount.currency is None and not amount.marked and (skip := self.no_figure(amount)):
            return skip
        second = self.other_end(amount)
        last = second or amount
        if after := self.percent(last.after, amount, second):
            self.add(amount.first, after, Percent(amount.number.value, last.number.value))
            return after
        if amount.currency is None and last.currency is None and (after := self.duration(amount, second)):
            return after
        return self.money(i, basis, amount, second) or self.count(amount, second)

    def amount(self, i: int) -> _Amount | None:
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
        found = _Amount(number, first, number.after, scale, currency, currency is not None)
        self.magnitude(found)
        self.crore_rest(found)
        self.behind(found)
        return found

    def currency_before(self, i: int) -> tuple[str | None, int, int]:
        """Read a currency before a number: its code, the number's token, and the scale where "TEUR" says one."""
        t = self.t
        word = t.fold[i]
        if t.kind[i] == WORD:
            prefix = words()["dollar_prefixes"].get(word)
            if prefix and t.fold[i + 1] == "$" and t.glued(i + 1) and t.kind[i + 2] == NUMBER:
                return prefix, i + 2, 1
            code = self.code(i)
            scale = self.magnitudes[word] if word in self.magnitude_codes() else 1
            j = i + 2 if t.fold[i + 1] == "." and word in ("rs", "sfr", "fr") else i + 1
            if code and t.kind[j] == NUMBER and t.start[j] - t.end[j - 1] <= 1 and j not in self.dates:
                return code, j, scale
            return None, i, 1
        if word in self.signs and t.kind[i + 1] in (NUMBER, WORD) and t.start[i + 1] - t.end[i] <= 1:
            if t.kind[i + 1] == NUMBER:
                return self.home(self.signs[word]), i + 1, 1
        if word in self.signs and t.fold[i + 1] in ("~", "-", "−") and t.kind[i + 2] == NUMBER:
            return self.home(self.signs[word]), i + 1, 1
        return None, i, 1

    def code(self, i: int) -> str | None:
        """Return the currency that the word at `i` names."""
        t = self.t
        word = t.word(i)
        if word in self.magnitude_codes():
            return self.magnitude_codes()[word]
        code = self.codes.get(word)
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

    def magnitude(self, a: _Amount) -> None:
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
        if scale == 1 or (t.text[t.start[j] - 1 : t.start[j]] == "\n"):
            return
        if word == "b" and not a.currency:
            return  # "Room 12B"
        if word == "m" and not glued and not a.currency and a.number.value == a.number.value.to_integral():
            return
        if word == "cr" and not glued and "INR" not in (a.currency, self.conventions.currency):
            return
        if glued and t.glued(j + 1) and t.kind[j + 1] == NUMBER:
            return
        a.magnitude, a.after = scale, j + 1
        a.currency = a.currency or self.magnitude_codes().get(word)
        if t.fold[j + 1] == "." and t.glued(j + 1) and word in ("mio", "mill", "mrd", "tsd", "mln"):
            a.after = j + 2

    def crore_rest(self, a: _Amount) -> None:
        """Take in the lakhs behind crores: "2 cr 60 lakh"."""
        t = self.t
        if a.magnitude != 10_000_000:
            return
        rest = written(t, a.after, comma=False)
        if rest and self.magnitudes.get(t.word(rest.after)) == 100_000:
            value = a.number.value + rest.value / 100
            a.number = replace(a.number, value=value, after=rest.after)
            a.after = rest.after + 1

    def behind(self, a: _Amount) -> None:
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
        prefix = words()["dollar_prefixes"].get(t.word(j))
        if prefix and t.fold[j + 1] == "$" and t.glued(j + 1) and t.kind[j + 2] != NUMBER:
            return prefix, j + 2, True
        code = self.code(j)
        if code is None or (
            t.kind[j + 1] == NUMBER and t.start[j + 1] - t.end[j] <= 1 and t.text[t.start[j] : t.end[j]].isupper()
        ):
            return None
        return code, j + 1, False

    # ---- what a number is ---------------------------------------------------------------------------------------

    def no_figure(self, a: _Amount) -> int:
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
        if t.before(i) == "-" and t.glued(i) and t.glued(i - 1) and t.word(i - 2) and len(t.fold[i]) >= 3 and a.after == j:
            return j  # "op-4471"
        clock = t.before(i) == "at" and a.number.value <= 12 and not a.sized and t.fold[j] not in ("%", "-", "x", "/")
        if clock and not self.unit(j)[0] and t.word(j) not in self.durations:
            return j  # "at 3"
        plain = t.fold[i]
        return j if plain.isdigit() and (len(plain) > 8 or (plain == "401" and t.word(j) == "k")) else 0

    def is_name(self, a: _Amount) -> bool:
        """Tell whether "4M Industrial" or "3K Werkzeugbau" is a name: a capital magnitude, a capitalised word behind."""
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

    def percent(self, j: int, a: _Amount, second: _Amount | None) -> int:
        """Return the token after "%", "percent" or "per cent" at `j`, else 0."""
        t = self.t
        if a.currency or a.magnitude > 1 or (second and second.magnitude > 1):
            return 0
        if t.fold[j] == "%" or t.word(j) in any_of("percent"):
            return j + 2 if t.word(j + 1) in ("point", "points") else j + 1
        if (t.fold[j] == "per" and t.fold[j + 1] == "cent") or (
            t.fold[j] in ("por", "pour") and t.fold[j + 1] in ("ciento", "cent", "cento")
        ):
            return j + 2
        return 0

    def duration(self, a: _Amount, second: _Amount | None) -> int:
        """Add "9 days", "nine-day", "2 to 3 weeks", "6.5h", "60 days net" and return the token after it, else 0."""
        t = self.t
        last = second or a
        j = last.after
        if a.magnitude > 1:
            return 0
        if t.fold[j] == "-" and t.glued(j) and t.glued(j + 1):
            j += 1
        if t.word(j) in any_of("between_duration") and t.word(j + 1) in self.durations:
            j += 1
        word = t.word(j).removesuffix("'s").removesuffix("'")
        unit = self.durations.get(word)
        if unit is None or (t.text[t.start[j] - 1 : t.start[j]] == "\n"):
            return 0
        if (len(word) == 1 and not t.glued(j)) or (word == "mes" and not t.text[t.start[j] : t.end[j]].islower()):
            return 0
        after = j + 1
        if t.fold[after] == "net" and unit == "day" and t.word(after + 1) not in ("new",):
            after += 1
        self.add(a.first, after, Duration(a.number.value, last.number.value, cast(_Unit, unit)))
        return after

    def net(self, i: int) -> int:
        """Add the payment term "net 60" (60 days) and return the token after it, else 0."""
        t = self.t
        j = i + 2 if t.fold[i + 1] == "-" else i + 1
        if j in self.dates or (t.kind[j] == NUMBER and not t.fold[j].isdigit()):
            return 0
        number = written(t, j, comma=False) or spelled(t, j)
        if number is None or number.scaled or not 5 <= number.value <= 365 or t.fold[number.after] == "%":
            return 0
        if t.glued(number.after) and t.kind[number.after] == WORD and t.fold[number.after] not in ("d", "days"):
            return 0
        after = number.after
        if t.fold[after] == "-" and t.word(after + 1) in ("day", "days"):
            after += 1
        if t.word(after) in ("day", "days", "d", "tage"):
            after += 1
        elif t.word(after) in any_of("units") or t.word(after) in ("new",):
            return 0
        self.add(i, after, Duration(number.value, number.value, "day"))
        return after

    def other_end(self, a: _Amount) -> _Amount | None:
        """Read the upper end of a range ("110-130k", "90k to 110k", "22 or 26") behind `a`, where there is one."""
        t = self.t
        j = a.after
        between = t.before(a.first) in ("between", "zwischen", "entre")
        if t.fold[j] not in any_of("between") and not (between and t.fold[j] in ("and", "und", "y", "et")):
            return None
        if t.fold[j + 1] == ">" or j + 1 in self.dates or "\n" in t.text[t.end[j - 1] : t.start[j + 1]]:
            return None
        if t.fold[j] == "-" and t.glued(j) != t.glued(j + 1):
            return None
        if t.kind[j + 1] == WORD and t.fold[j + 1] in ("a", "one") and t.fold[j] in ("or", "to"):
            return None
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
        if a.value >= b.value or (a.number.spelled and not a.number.scaled and b.number.scaled and share == 1) or (b.currency and a.currency and a.currency != b.currency):
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

    # ---- money --------------------------------------------------------------------------------------------------

    def money(self, i: int, basis: Basis | None, a: _Amount, b: _Amount | None) -> int:
        """Add the money that `a` (to `b`) is and return the token after it; 0 where it is a plain count."""
        t = self.t
        last = b or a
        currency = a.currency or last.currency
        j = last.after
        if t.fold[j] == "+" and t.glued(j):
            j += 1
        stated, after, per = self.basis_behind(j)
        if per == "month":
            stated, per = stated or Basis.MRR, ""
        known = currency is not None or a.sized or last.sized or a.marked or last.marked
        grouped = a.number.grouped and (b is None or b.number.grouped) and a.value >= 1000
        unit, behind = self.unit(last.after)
        if known and unit and t.fold[behind - 1] == unit and unit != "person":
            unit = ""  # a "120k deal" is money, "12k users" are not
        if currency is None and not a.marked and unit and (unit in _known_units() or not known) and not stated:
            return 0
        if not known and not grouped:
            large = a.value >= 100 or stated in (Basis.ARR, Basis.ACV, Basis.TCV, Basis.ONE_TIME)
            if not (basis or stated) or (
                stated is Basis.MRR and not basis and a.value < 100 and t.word(j) != "mrr" and t.word(j) != "m"
            ):
                return 0
            if not large and not basis and stated is not Basis.MRR:
                return 0
        amount = a.value if b is None else (a.value + b.value) / 2
        cents = t.word(last.after) in ("cents", "cent", "pence", "ct") and not known
        money = Money(
            _trim(amount),
            currency or self.conventions.currency,
            stated or basis,
            _trim(a.value) if b else None,
            _trim(b.value) if b else None,
            self.approximate(a.first, last.after),
        )
        if cents:
            return 0
        self.add(a.first, max(after, last.after), money, bare=not known, per=per)
        return max(after, last.after)

    def approximate(self, first: int, after: int) -> bool:
        t = self.t
        before = t.before(first)
        if before == "." and first > 1:
            before = t.before(first - 1)
        ish = after + 1 if t.fold[after] == "-" and t.glued(after) else after
        return before in any_of("about") or (t.word(ish) == "ish" and t.glued(ish))

    def basis_before(self, i: int) -> tuple[Basis | None, int]:
        """Read "ARR of 120k", "TCV: 410k": the basis that stands before the amount at or behind token `i`."""
        t = self.t
        k = i - 1
        while k >= 0 and k > i - 3 and t.fold[k] in (":", "=", "of", "is", "~", "-", "at"):
            k -= 1
        word = t.word(k) if k >= 0 else ""
        bases: dict[str, str] = words()["bases"]
        found = bases.get(word)
        if found is None or (k == i - 1 and self.found and self.found[-1].end >= t.end[k]):
            return None, i
        taken = self.found and self.found[-1].end >= t.end[k]
        return (None if taken else Basis(found)), i

    def basis_behind(self, j: int) -> tuple[Basis | None, int, str]:
        """Read what an amount is an amount of: the basis, the token after it, and what a unit price is for."""
        t = self.t
        basis: Basis | None = None
        per, after = "", j
        for _ in range(3):
            k = after
            if (
                t.fold[k] in ("in", "of", "new", "net", "total", "(", ",", "annual")
                and t.text[t.start[k] - 1 : t.start[k]] != "\n"
            ):
                ahead = k + 1
                if t.fold[ahead] in ("new", "net", "total", "incremental"):
                    ahead += 1
                if t.fold[ahead] == "new":
                    ahead += 1
                found = self.basis_words(ahead)
                if t.fold[k] == "(":
                    found = (found[0], found[1] + 1) if found and t.fold[found[1]] == ")" else None
                elif t.fold[k] == ",":
                    found = (
                        found
                        if found
                        and t.fold[found[1]] in (",", ".", ";", "", ")", "\n")
                        and t.word(ahead) in words()["bases"]
                        else None
                    )
                if t.fold[k] == "annual" and found is None:
                    found = None
            else:
                found = self.basis_words(k)
            if found and "\n" not in t.text[t.end[j - 1] : t.start[found[1] - 1]]:
                basis, after = basis or found[0], found[1]
                continue
            thing = self.per(after)
            if thing is None:
                break
            named, after = thing
            if named != "year" or not per:
                per = named if not per or named not in ("month", "year") else per
        return basis, after, per

    def basis_words(self, k: int) -> tuple[Basis, int] | None:
        t = self.t
        bases: dict[str, str] = words()["bases"]
        if t.word(k) in bases:
            return Basis(bases[t.fold[k]]), k + 1
        for name, phrase in _phrases().get(t.fold[k], ()):
            if all(t.fold[k + n] == piece for n, piece in enumerate(phrase)):
                return Basis(name), k + len(phrase)
        return None

    def per(self, k: int) -> tuple[str, int] | None:
        """Read "/mo", "per seat", "a month", "each", "p.a." at `k`: what the price is for and the token after it."""
        t = self.t
        if (
            (t.fold[k] == "/" and t.glued(k) and t.word(k + 1))
            or t.word(k) in ("per", "pro", "par", "je", "al", "por")
            or (
                t.word(k) in ("a", "an", "every")
                and t.word(k + 1)
                in (
                    "month",
                    "mo",
                    "year",
                    "yr",
                    "seat",
                    "user",
                    "head",
                    "license",
                    "licence",
                    "day",
                    "hour",
                    "unit",
                )
            )
        ):
            j = k + 1
        elif t.word(k) in ("each", "apiece"):
            return "each", k + 1
        elif t.fold[k] == "p" and t.fold[k + 1] == "." and t.fold[k + 2] in ("a", "m"):
            return "year" if t.fold[k + 2] == "a" else "month", k + 4 if t.fold[k + 3] == "." else k + 3
        elif t.word(k) == "pa":
            return "year", k + 1
        else:
            return None
        word = t.word(j)
        if word in any_of("per_month"):
            return "month", j + 1
        if word in any_of("per_year"):
            return "year", j + 1
        return (word, j + 1) if word in any_of("per_things") else None

    # ---- counts -------------------------------------------------------------------------------------------------

    def count(self, a: _Amount, b: _Amount | None) -> int:
        """Add a plain number, or both ends of a range, each with what it counts."""
        t = self.t
        last = b or a
        unit, after = self.unit(last.after, whole=last.value == last.value.to_integral_value())
        if (b is None and not unit and t.word(a.after) in ("of", "out")) or t.fold[a.after] in (
            "/",
            "or",
            "to",
            "-",
            "–",
        ):
            k = a.after + (2 if t.word(a.after) == "out" else 1)
            other = written(t, k, self.comma) or spelled(t, k)
            if other and k not in self.dates:
                unit = self.unit(other.after)[0]  # "2 of 5 logos"; the other number is read on its own
                after = a.after
        if b is None and self.is_year(a) and not unit:
            year = int(a.number.value)
            self.add(a.first, a.after, Period(date(year, 1, 1), date(year, 12, 31), str(year)), bare=True)
            return a.after
        if b:
            self.add(a.first, a.after, Count(_trim(a.value), unit))
            self.add(b.first, max(after, b.after), Count(_trim(b.value), unit))
            return max(after, b.after)
        if a.number.spelled and a.number.value == 0:
            return a.after
        self.add(a.first, max(after, a.after), Count(_trim(a.value), unit))
        return max(after, a.after)

    def is_year(self, a: _Amount) -> bool:
        plain = self.t.fold[a.first]
        return len(plain) == 4 and plain.isdigit() and 2015 <= int(plain) <= 2040

    def unit(self, j: int, whole: bool = True) -> tuple[str, int]:
        """Return what is counted at token `j`, in the singular, and the token after it; "" where nothing tells."""
        t = self.t
        if t.fold[j] in ("-", "+") and t.glued(j) and t.glued(j + 1) and t.word(j + 1) in any_of("units"):
            j += 1
        if t.fold[j] == "x" and t.glued(j):
            return "x", j + 1
        if t.fold[j] == "-" and t.glued(j) and t.glued(j + 1) and t.kind[j + 1] == WORD:
            return _singular(t.fold[j + 1]), j + 2  # "1-pager"
        k = j
        for _ in range(4):
            word = t.word(k)
            if not word or k in self.dates or "\n" in t.text[t.end[k - 1] : t.start[k]]:
                break
            singular = _singular(word)
            if singular in any_of("units"):
                further = self.plural_behind(k + 1) if word == singular else 0
                return (_singular(t.fold[further - 1]), further) if further else (singular, k + 1)
            if word in any_of("describing"):
                k += 1
                continue
            if word in any_of("no_units") or word in _links():
                break
            if t.kind[k + 1] == NUMBER and t.glued(k + 1):
                k += 2  # "SOC2" is one word
                continue
            if t.capital(k) and not t.text[t.start[k] : t.end[k]].isupper():
                break
            if whole and word.endswith("s") and len(word) > 3 and "'" not in word and not word.endswith(("ss", "us", "is")):
                return singular, k + 1
            k += 1
        return "", j

    def plural_behind(self, k: int) -> int:
        """Return the token after a plural behind a unit that only describes it ("4 new hospital logos"), else 0."""
        t = self.t
        for _ in range(2):
            word = t.word(k)
            if not word or word in any_of("no_units") or word in _links() or k in self.dates:
                return 0
            if _singular(word) in any_of("units") and word != _singular(word):
                return k + 1
            k += 1
        return 0

    def add(
        self,
        first: int,
        after: int,
        value: Money | Percent | Count | Duration | Period,
        bare: bool = False,
        per: str = "",
    ) -> None:
        self.found.append(Mention(self.t.start[first], self.t.end[after - 1], value, bare, per))

    def amount_alone(self) -> Mention | None:
        """Return the one amount of a cell, its number taken as money whatever stands with it."""
        t = self.t
        for i in range(len(t)):
            if (
                t.kind[i] == NUMBER
                or t.fold[i] in self.signs
                or t.word(i) in self.codes
                or t.word(i) in self.magnitude_codes()
                or (t.fold[i + 1] == "$" and t.word(i) in words()["dollar_prefixes"])
            ):
                basis, _ = self.basis_before(i)
                a = self.amount(i)
                if a is None:
                    continue
                b = self.other_end(a)
                last = b or a
                stated, after, per = self.basis_behind(last.after)
                if per == "month":
                    stated = stated or Basis.MRR
                money = Money(
                    _trim(a.value if b is None else (a.value + b.value) / 2),
                    a.currency or last.currency or self.conventions.currency,
                    stated or basis,
                    _trim(a.value) if b else None,
                    _trim(b.value) if b else None,
                    self.approximate(a.first, last.after),
                )
                return Mention(t.start[a.first], t.end[max(after, last.after) - 1], money)
        return None


_Unit = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]


def _names_period(mention: DateMention) -> bool:
    """Tell whether the words name a stretch ("Q1", "March", "this week") and not a day ("end of March", "EOM", "KW 24")."""
    period = mention.period
    if period is None or not period.label:
        return False
    first = period.label.split()[0].casefold().split("-")[0]
    if mention.day != period.end and not mention.vague and first not in any_of("this"):
        return False
    ends: dict[str, str] = words()["ends"]
    return first not in meaning("parts") and first[:3] not in ends and first != "eofy"


def _trim(value: Decimal) -> Decimal:
    """Return whole numbers without decimals: 240000.00 is 240000."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _singular(word: str) -> str:
    if word in ("people", "staff"):
        return "person"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 2 else word


@cache
def _known_units() -> frozenset[str]:
    return any_of("units") - {"x"}


@cache
def _links() -> frozenset[str]:
    """Return the small words that end a counted thing: "4 of", "3 and", "60 if"."""
    return (
        any_of("after_day")
        | any_of("asks_for_date")
        | {"off", "no", "than", "per", "now", "more", "up", "down", "out", "w/o", "without", "yet"} - {"more", "date"}
    )


@cache
def _phrases() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Return first word -> (basis, words) for bases of several words, longest first."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    listed: dict[str, list[list[str]]] = words()["basis_phrases"]
    for name, phrases in listed.items():
        for phrase in phrases:
            found.setdefault(phrase[0], []).append((name, tuple(phrase)))
    return {first: tuple(sorted(each, key=lambda p: -len(p[1]))) for first, each in found.items()}
