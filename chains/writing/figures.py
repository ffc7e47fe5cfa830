"""Amounts as the rep would write them: `Money` and the notes' own habits come in, "$120k", "€74,500" or "₹40 lakh" go
out. A figure is never rounded: what does not fit a short form is written in full.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from chains.deals import Money
from chains.kinds import Basis

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥", "ILS": "₪", "KRW": "₩"}
# written with a bare $ at home, and with its letter where another dollar is beside it
DOLLARS = {"AUD": "A$", "CAD": "C$", "NZD": "NZ$", "SGD": "S$", "HKD": "HK$"}
BASIS_WORDS = {
    Basis.ACV: "ACV",
    Basis.ARR: "ARR",
    Basis.TCV: "TCV",
    Basis.MRR: "MRR",
    Basis.ONE_TIME: "one-time",
}
# signs that reps write before an amount, for currencies that are told by their code where the notes have none
LOCAL_SIGNS = {
    "ZAR": ("R",),
    "BRL": ("R$",),
    "KES": ("KSh", "Ksh"),
    "PHP": ("₱",),
    "THB": ("฿",),
    "NGN": ("₦",),
    "VND": ("₫",),
    "MYR": ("RM",),
    "MXN": ("$",),
}
_LAKH, _CRORE = Decimal(100_000), Decimal(10_000_000)
_THOUSAND, _MILLION = Decimal(1_000), Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Figures:
    """Write amounts in one draft.

    `bare_basis` is the basis said once for all, which single amounts leave out; `home` is the currency the rep thinks
    in, `mixed` tells that there are others beside it; `sign` and `million` are how the notes write them.
    """

    bare_basis: Basis | None = None
    home: str = "USD"
    mixed: bool = False
    sign: str = ""
    million: str = "M"

    def money(self, money: Money, basis: bool = True) -> str:
        """Return an amount with its sign, "about" where the notes say so, both ends of a range, and its basis."""
        said = self.amount(money.amount, money.currency)
        if money.low is not None and money.high is not None and money.low != money.high:
            said = self.span(money.low, money.high, money.currency)
        elif money.approximate:
            said = f"about {said}"
        if basis and money.basis is not None and money.basis is not self.bare_basis:
            said = f"{said} {BASIS_WORDS[money.basis]}"
        return said

    def amount(self, value: Decimal, currency: str) -> str:
        """Return one amount in the shortest form that loses nothing; one in a second currency in full."""
        sign = "-" if value < 0 else ""
        foreign = self.mixed and currency != self.home
        number, unit = (plain(abs(value)), "") if foreign else self._short(abs(value), currency)
        return f"{sign}{self._mark(currency)}{number}{unit}"

    def span(self, low: Decimal, high: Decimal, currency: str) -> str:
        """Return a range, its unit once where both ends share it: "$140-180k"."""
        (first, unit_low), (second, unit_high) = self._short(low, currency), self._short(high, currency)
        mark = self._mark(currency)
        if unit_low == unit_high:
            return f"{mark}{first}-{second}{unit_high}"
        return f"{mark}{first}{unit_low} to {mark}{second}{unit_high}"

    def _short(self, value: Decimal, currency: str) -> tuple[str, str]:
        number, unit = _short(value, currency)
        return number, self.million if unit == "M" else unit

    def _mark(self, currency: str) -> str:
        if currency == self.home and self.sign and not self.mixed:
            return self.sign
        if currency in DOLLARS and currency == self.home and not self.mixed:
            return "$"
        if self.mixed and self.home in DOLLARS and currency in (self.home, "USD"):
            return DOLLARS.get(currency, "US$")
        return SIGNS.get(currency, f"{currency} ")

    def middle(self, money: Money) -> str:
        """Return the amount that sums are made with, without "about" and without the ends of a range."""
        return self.money(replace(money, low=None, high=None, approximate=False))


def sign_in(notes: str, currency: str) -> str:
    """Return the sign that notes put before amounts of a currency told by its code elsewhere, "" where none."""
    for sign in LOCAL_SIGNS.get(currency, ()):
        if re.search(rf"(?<![^\W\d_]){re.escape(sign)}(?=\s?\d)", notes):
            return f"{sign} " if sign[-1].isalpha() else sign
    return ""


def million_in(notes: str) -> str:
    """Return the letter that notes write for a million: m only where they never write M."""
    return "m" if re.search(r"\d ?m\b", notes) and not re.search(r"\d ?M\b", notes) else "M"


def code_once(texts: Iterable[str], code: str) -> Iterator[str]:
    """Yield texts in which the code or letter of a currency stands with the first amount alone: "KES 12m of 14m"."""
    coded = re.compile(rf"\b{re.escape(code)} (?=\d[\d.,]*(?:k|m|M|bn)\b)")
    said = False
    for text in texts:
        first = coded.search(text)
        if first is None:
            yield text
            continue
        kept = 0 if said else first.end()
        yield text[:kept] + coded.sub("", text[kept:])
        said = True


def amount(value: Decimal, currency: str) -> str:
    """Return one amount in the shortest form that loses nothing."""
    return Figures(home="").amount(value, currency)


def span(low: Decimal, high: Decimal, currency: str) -> str:
    """Return a range, its unit once where both ends share it."""
    return Figures(home="").span(low, high, currency)


def percent(share: Decimal) -> str:
    """Return a percentage without needless zeros: 60 -> "60%"."""
    return f"{plain(share)}%"


def plain(value: Decimal) -> str:
    """Return a number with thousands separated and without needless zeros."""
    whole = value.to_integral_value()
    if whole == value:
        return f"{whole:,.0f}"
    return f"{value.normalize():,f}"


def _short(value: Decimal, currency: str) -> tuple[str, str]:
    if currency == "INR" and value >= _LAKH:
        unit, name = (_CRORE, " crore") if value >= _CRORE else (_LAKH, " lakh")
        return (plain(value / unit), name) if _fits(value / unit, 4) else (plain(value), "")
    # up to three places of a million, one of a thousand: $2.23M and $74.5k, but $1,234,500 and $12,345 in full
    if value >= _MILLION:
        return (plain(value / _MILLION), "M") if _fits(value / _MILLION, 3) else (plain(value), "")
    if value >= _THOUSAND and _fits(value / _THOUSAND, 1):
        return plain(value / _THOUSAND), "k"
    return plain(value), ""


def _fits(value: Decimal, places: int) -> bool:
    return value == value.quantize(Decimal(1).scaleb(-places))
