"""Figures as the rep says them made fit to send: sentences of the notes come in; the same with spoken figures in
figures, the sign before amounts, and bare numbers with the unit they have elsewhere go out.
"""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from chains.deals import Book, Money
from chains.scan import Count, Percent, scan
from chains.writing.figures import BASIS_WORDS, percent, plain
from chains.writing.phrasing import Phrasing

LARGE = 100  # from here on a spoken number is written in figures
_SIGNED = re.compile(r"[$€£₹¥]|\b(?:usd|eur|gbp|inr|chf|cad|aud|rs)\b", re.IGNORECASE)
# "4.200 €", "900 EUR": the sign goes before the figure as everywhere else
_SIGN_BEHIND = re.compile(r"[\d., '’]+\s?(?:€|T€|TEUR|EUR|£|GBP|CHF)", re.IGNORECASE)
_EACH = re.compile(r"(?:\b(?:a|per)\s+|/\s*)(month|week|year|day|quarter)\s*$", re.IGNORECASE)
# what may follow a bare number that stands for an amount
_UNIT_FREE = re.compile(
    r"(?:$|[.,;:]|(?:is|are|was|now|then|would|and|but|instead|at|in|from|for|to|too|off|later|right|ok)\b)",
    re.IGNORECASE,
)
_UNITS = re.compile(r"\b(?:lakhs?|lacs?|crores?)\b", re.IGNORECASE)


class SaidFigures:
    """Put figures for the spoken ones of one book."""

    def __init__(self, phrasing: Phrasing) -> None:
        self._phrasing = phrasing
        self._book: Book = phrasing.book
        self._units = _units(self._book)
        names = [n for d in self._book.deals for n in (d.name, *d.aliases, d.name.split()[0])]
        names = [n for n in names if any(c.isdigit() for c in n) and len(n) > 1]
        self._accounts = (
            re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(n) for n in names)})(?!\w)", re.IGNORECASE) if names else None
        )

    def put(self, text: str) -> str:
        """Return a text with its figures, amounts and dates as they are written."""
        return self._figures(self._with_units(text))

    def _with_units(self, text: str) -> str:
        """Give a bare number the unit it has elsewhere: beside "forty lakh", "if forty is too much, twenty now"."""
        if not self._units:
            return text
        bare = [
            (m, m.value.number)
            for m in scan(text, self._book.conventions)
            if isinstance(m.value, Count) and not m.value.unit and m.value.number > 1
        ]
        unit = next((self._units[number] for _, number in bare if number in self._units), "")
        if not unit:
            return text
        for m, _ in reversed(bare):
            after = text[m.end :].lstrip()
            if not _UNIT_FREE.match(after):
                continue
            text = f"{text[: m.end]} {unit}{text[m.end :]}"
        return text

    def _figures(self, text: str) -> str:
        """Put figures for spoken amounts, percentages and dates, and the sign before amounts that lack it."""
        pieces: list[str] = []
        position = 0
        named = [(m.start(), m.end()) for m in self._accounts.finditer(text)] if self._accounts else []
        for mention in scan(text, self._book.conventions, "nearest"):
            if any(a < mention.end and mention.start < b for a, b in named):
                continue
            said = text[mention.start : mention.end]
            if said.casefold() in ("one mill", "a mill"):
                continue  # as likely a customer's mill as a million
            put = self._figure(mention.value, said, mention.bare)
            if put is None:
                continue
            before = text[position : mention.start]
            if isinstance(mention.value, date):
                before = re.sub(r"\bthe\s+$", "", before)
            if said.endswith(".") and re.match(r"\s+[A-Z]", text[mention.end :]) and not put.endswith("."):
                put = f"{put}."  # "in the week of 16.11. Altstetten is commit"
            pieces += [before, put]
            position = mention.end
        # "next Friday, that's the 28th": the day once is enough
        return re.sub(
            r"(\b[\w ]*?\d+[\w ]*?)[,.]? (?:and )?that'?s \1\b",
            r"\1",
            "".join([*pieces, text[position:]]),
            flags=re.IGNORECASE,
        )

    def _figure(self, value: object, said: str, bare: bool) -> str | None:
        spoken = not any(c.isdigit() for c in said)
        figures = self._phrasing.figures
        if isinstance(value, Money):
            if bare or (_SIGNED.search(said) and not _SIGN_BEHIND.fullmatch(said)):
                return None
            if each := _EACH.search(said):
                # "12k a month" is a price by the month, not a deal's MRR
                return f"{figures.amount(value.amount, value.currency)} a {each[1].lower()}"
            many = value.low is not None and value.high is not None and value.low != value.high
            figure = (
                figures.span(value.low, value.high, value.currency)
                if many and value.low is not None and value.high is not None
                else figures.amount(value.amount, value.currency)
            )
            return f"{figure} {BASIS_WORDS[value.basis]}" if value.basis else figure
        if not spoken:
            return None
        if isinstance(value, Count) and not value.unit and value.number >= LARGE:
            return plain(value.number)
        if isinstance(value, Percent) and value.low == value.high:
            return percent(value.low)
        # "december nineteenth" becomes a date; "early December" and "next Friday" say as much as the rep knows
        words = set(said.casefold().replace("-", " ").split()) - {"the", "of", "on"}
        if isinstance(value, date) and len(words) > 1 and _numerals() & words:
            return self._phrasing.days.calendar(value)
        return None


def _units(book: Book) -> dict[Decimal, str]:
    """Return the numbers that the notes give in lakh or crore, with that word."""
    found: dict[Decimal, str] = {}
    if not _UNITS.search(book.notes):
        return found
    for mention in scan(book.notes, book.conventions):
        if isinstance(mention.value, Money):
            said = book.notes[mention.start : mention.end].casefold()
            for word, size in (("lakh", 100_000), ("crore", 10_000_000)):
                if word in said:
                    found[mention.value.amount / size] = word
    return found


@lru_cache(maxsize=1)
def _numerals() -> frozenset[str]:
    from chains.figures.tokens import words

    # "july one" may as well be "two in july, one in august": only "july first" is a day for certain
    return frozenset(words()["ordinals"])
