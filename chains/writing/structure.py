"""Which words of the notes only carry a deal's figures, dates and people: a `Deal` and its `Book` come in, a
`Structure` that knows them goes out. The lists stand in structure.yaml.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from chains.deals import Book, Deal, Money
from chains.kinds import Category, RiskKind
from chains.scan import Count, Mention, scan
from chains.wordfiles import either, load

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MAY_COUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundred|thousand|lakh|lac|crore|million|half|dozen|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue"
    r"|wed|thu|fri|sat|sun|today|tomorrow|tmrw|yesterday|yest|eo[wmqy]|end|mid|early|late|beginning|start|next|last|this|q[1-4])",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[\s*•·°+>-]*?(?:\d{1,2}[).]\s+)?(?:\*\*[^*\n]{1,15}\*\*\s*)?(?:(?:ad|re)\s)?", re.IGNORECASE)
_CALLED = re.compile(r"\s*[):]+\s+")


@dataclass(frozen=True, slots=True)
class Lists:
    """Hold the lists of structure.yaml, ready for use."""

    words: frozenset[str]
    of_a_win: frozenset[str]
    silent: re.Pattern[str]
    apart: re.Pattern[str]
    worth: tuple[tuple[int, re.Pattern[str]], ...]
    understood_by: dict[str, re.Pattern[str]]
    cut: re.Pattern[str]
    labels: frozenset[str]
    tells_role: dict[str, re.Pattern[str]]
    role_words: frozenset[str]
    only_slips: re.Pattern[str]


@lru_cache(maxsize=1)
def lists() -> Lists:
    """Load the lists once."""
    data: Any = load("chains.writing", "structure.yaml")
    inside = either(data["cut_before"])
    return Lists(
        words=frozenset(str(w).casefold() for w in data["words"]),
        of_a_win=frozenset(data["of_a_win"]),
        silent=re.compile("|".join(f"(?:{p})" for p in data["silent"]), re.IGNORECASE),
        apart=re.compile("|".join(data["apart"]), re.IGNORECASE),
        worth=tuple(
            (int(n), re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in words)})(?!\w)", re.IGNORECASE))
            for n, words in sorted(data["worth"].items(), reverse=True)
        ),
        understood_by={
            kind: re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in words)})", re.IGNORECASE)
            for kind, words in data["understood_by"].items()
        },
        labels=frozenset(str(w) for w in data["labels"]),
        tells_role={
            role: re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in words)})", re.IGNORECASE)
            for role, words in data["tells_role"].items()
        },
        role_words=frozenset(data["role_words"]),
        only_slips=re.compile(
            rf"\W*(?:(?:{either(data['slips'])}|\d{{1,2}}(?:[/.]\d{{1,2}})?(?:st|nd|rd|th)?)\b\W*)+", re.IGNORECASE
        ),
        cut=re.compile(rf"\s+(?=(?:{inside})\s)|\s*[()]\s*", re.IGNORECASE),
    )


class Structure:
    """Know the words and figures that a deal's fields tell."""

    def __init__(self, deal: Deal, book: Book) -> None:
        self._conventions = book.conventions
        self._scanned: dict[str, tuple[Mention, ...]] = {}
        amounts = [f.value for f in (deal.amount, deal.previous_amount) if f is not None]
        self._amounts = frozenset(v for m in amounts for v in (m.amount, m.low, m.high) if v is not None)
        self._dates = frozenset(f.value for f in (deal.close_date, deal.previous_close_date) if f is not None)
        people = [p.value for p in deal.people if p.value.role in ("champion", "economic_buyer") and not p.value.left]
        told = [deal.name, *deal.aliases, *(f"{p.name} {p.title or ''}" for p in people)]
        called = sorted((deal.name, *deal.aliases, deal.name.split()[0]), key=len, reverse=True)
        self._called = tuple(n.casefold() for n in called)
        names = frozenset(w.casefold() for text in told for w in _WORD.findall(text))
        won = deal.category is not None and deal.category.value is Category.CLOSED_WON
        self._told = names | lists().words | (lists().of_a_win if won else frozenset())

    def label(self, line: str) -> int:
        """Return where a line starts to speak: after a number, a label in bold, or the account it is about."""
        hit = _LABEL.match(line)
        at = hit.end() if hit else 0
        if called := next((n for n in self._called if line[at : at + len(n)].casefold() == n), None):
            after = _CALLED.match(line, at + len(called))
            at = after.end() if after else at
        return at if at < len(line) else 0

    def holds_figures(self, text: str) -> bool:
        """Tell whether a piece states the deal's amount or close date, today's or an earlier one."""
        return any(self._is_own(m.value) for m in self._scan(text))

    def is_account(self, text: str) -> bool:
        """Tell whether words are no more than the account's name."""
        return text.strip(" :-–—*").casefold() in self._called

    def _scan(self, text: str) -> tuple[Mention, ...]:
        found = self._scanned.get(text)
        if found is None:
            # looking for figures is dear, and most pieces have nothing that could be one
            found = scan(text, self._conventions, "nearest") if _MAY_COUNT.search(text) else ()
            self._scanned[text] = found
        return found

    def has_more(self, text: str) -> bool:
        """Tell whether a piece says anything that the deal's fields do not."""
        blanked = text
        for mention in reversed(self._scan(text)):
            bare = isinstance(mention.value, Count) and not mention.value.unit
            if self._is_own(mention.value) or bare or isinstance(mention.value, Money):
                blanked = f"{blanked[: mention.start]} {blanked[mention.end :]}"
        words = _WORD.findall(blanked)
        more = [w for w in words if w.casefold() not in self._told]
        return any(len(w) > 1 and not w.isdigit() for w in more)

    def _is_own(self, value: object) -> bool:
        if isinstance(value, Money | Count):
            number = value.amount if isinstance(value, Money) else value.number
            ends = (value.low, value.high) if isinstance(value, Money) else ()
            return any(_close(v, own) for v in (number, *ends) if v is not None for own in self._amounts)
        return getattr(value, "end", value) in self._dates


def _close(a: Decimal, b: Decimal) -> bool:
    return a == b or a * 1000 == b  # "150 -> 120k": the k stands once for both


def is_understood(kind: RiskKind, words: str) -> bool:
    """Tell whether a reader of these words knows that this risk is meant."""
    pattern = lists().understood_by.get(kind.value)
    return pattern is None or pattern.search(words) is not None
