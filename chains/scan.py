"""Typed tokens: any text (notes or a draft) comes in with its conventions, `Mention`s with values go out.

The reader finds facts with these and the check compares drafts with notes by them, so both mean the same by "120k".
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal, cast

from chains.deals import Conventions, Money
from chains.figures.amounts import Amount, Amounts
from chains.figures.bases import basis_before, basis_behind
from chains.figures.numerals import spelled, written
from chains.figures.tokens import NUMBER, WORD, Tokens, any_of, meaning, words
from chains.figures.units import known_units, unit_at
from chains.kinds import Basis
from chains.periods import DateMention, Period, Tense, dates_in


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


class _Figures(Amounts):
    """Walk the tokens of one text once, adding every figure."""

    def __init__(self, tokens: Tokens, conventions: Conventions, tense: Tense) -> None:
        self.dates = {first: (after, m) for first, after, m in dates_in(tokens, conventions, tense)}
        super().__init__(tokens, conventions, frozenset(self.dates))
        self.found: list[Mention] = []

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
                elif word in _openers() and (
                    word not in _currency_openers()
                    or not t.glued(i)
                    or t.fold[i - 1] in ("(", "[", "~", "=", ":", "*", "_", "|", "“", '"')
                ):
                    i = self.figure(i)
                else:
                    i += 1
            elif t.fold[i] in self.signs:
                i = self.figure(i)
            else:
                i += 1
        return self.found

    def figure(self, i: int) -> int:
        """Read the figure that starts at token `i`; return the token to go on with."""
        t = self.t
        basis = basis_before(t, i, self.found[-1].end if self.found else 0)
        amount = self.amount(i)
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

    def percent(self, j: int, a: Amount, second: Amount | None) -> int:
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

    def duration(self, a: Amount, second: Amount | None) -> int:
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

    def money(self, i: int, basis: Basis | None, a: Amount, b: Amount | None) -> int:
        """Add the money that `a` (to `b`) is and return the token after it; 0 where it is a plain count."""
        t = self.t
        last = b or a
        currency = a.currency or last.currency
        j = last.after
        if t.fold[j] == "+" and t.glued(j):
            j += 1
        stated, after, per = basis_behind(t, j)
        if per == "month":
            stated, per = stated or Basis.MRR, ""
        known = currency is not None or a.sized or last.sized or a.marked or last.marked
        grouped = a.number.grouped and (b is None or b.number.grouped) and a.value >= 1000
        unit, behind = unit_at(t, last.after, self.starts)
        if known and unit and t.fold[behind - 1] == unit and unit != "person":
            unit = ""  # a "120k deal" is money, "12k users" are not
        if currency is None and not a.marked and unit and (unit in known_units() or not known) and not stated:
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

    def count(self, a: Amount, b: Amount | None) -> int:
        """Add a plain number, or both ends of a range, each with what it counts."""
        t = self.t
        last = b or a
        unit, after = unit_at(t, last.after, self.starts, whole=last.value == last.value.to_integral_value())
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
                unit = unit_at(t, other.after, self.starts)[0]  # "2 of 5 logos"; the other number is read on its own
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

    def is_year(self, a: Amount) -> bool:
        plain = self.t.fold[a.first]
        return len(plain) == 4 and plain.isdigit() and 2015 <= int(plain) <= 2040

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
                or t.word(i) in self.in_thousands
                or (t.fold[i + 1] == "$" and t.word(i) in self.prefixes)
            ):
                basis = basis_before(t, i, 0)
                a = self.amount(i)
                if a is None:
                    continue
                b = self.other_end(a)
                last = b or a
                stated, after, per = basis_behind(t, last.after)
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


@cache
def _openers() -> frozenset[str]:
    """Return every word that a figure can start with."""
    return frozenset(words()["cardinals"]) | {"hundred", "a", "half", "quarter"} | _currency_openers()


@cache
def _currency_openers() -> frozenset[str]:
    listed = words()
    codes = {*listed["currency_words"], *listed["currency_letters"], *listed["magnitude_currency"]}
    codes |= set(listed["dollar_prefixes"])
    return frozenset(codes) - {"a", "u"}


_Unit = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]


def _names_period(mention: DateMention) -> bool:
    """Tell whether the words name a stretch ("Q1", "March", "this week") and not a day ("end of March", "EOM")."""
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
