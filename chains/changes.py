"""What moved since last time: this `Book` and last week's come in, `Change`s go out, the most telling first.

Without last week's book there is nothing to compare: what the notes themselves say about earlier dates and amounts
stands in the deals.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from chains.accounts import account_key
from chains.deals import Book, Deal, Fact, Money, Span
from chains.kinds import Category

ChangeKind = Literal[
    "lost", "pushed", "category_down", "amount_down", "gone", "won", "pulled_in", "category_up", "amount_up", "new"
]
ORDER: tuple[ChangeKind, ...] = (
    "lost", "pushed", "category_down", "amount_down", "gone", "won", "pulled_in", "category_up", "amount_up", "new",
)  # fmt: skip
_RANK = {
    Category.CLOSED_LOST: 0,
    Category.OMITTED: 1,
    Category.PIPELINE: 2,
    Category.BEST_CASE: 3,
    Category.COMMIT: 4,
    Category.CLOSED_WON: 5,
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "twice": 2, "1st": 1, "2nd": 2, "3rd": 3}
_PUSH = re.compile(
    r"\b(?P<nth>first|second|third|fourth|fifth|\d(?:st|nd|rd|th))\s+(?:push|slip|move|delay|time\s+(?:it|they|this)?)"
    r"|\b(?:pushed|slipped|moved|delayed)\s+(?P<often>twice|\d+\s*(?:x|times))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one move of one deal; `before` and `after` are dates, money or categories, as the kind says."""

    kind: ChangeKind
    account: str
    before: date | Money | Category | None = None
    after: date | Money | Category | None = None
    times: int | None = None  # how often the date has been pushed, this time included; None: not known
    called: bool = False  # it was commit last time, so it was in the forecast
    sources: tuple[Span, ...] = ()


def changes(book: Book, last: Book) -> tuple[Change, ...]:
    """Return what moved from `last` to `book`, worst news first; a deal can have several entries."""
    found: list[Change] = []
    earlier = _by_key(last)
    met: set[str] = set()
    for deal in book.deals:
        before = next((earlier[k] for k in _keys(deal) if k in earlier), None)
        if before is None:
            found.append(Change("new", deal.name, after=_money(deal), sources=deal.account.spans))
            continue
        met.add(before.name)
        found.extend(_moves(deal, before))
    for deal in last.deals:
        if deal.name not in met and _category(deal) not in (Category.CLOSED_LOST, Category.CLOSED_WON):
            found.append(Change("gone", deal.name, before=_money(deal), called=_category(deal) is Category.COMMIT))
    return tuple(sorted(found, key=lambda c: ORDER.index(c.kind)))


def times_pushed(deal: Deal) -> int | None:
    """Return how often the notes say the close date was pushed ("2nd push", "slipped twice"); None: not told."""
    for text in (*(line.text for line in deal.lines), *(d.value.text for d in deal.details)):
        hit = _PUSH.search(text)
        if hit is None:
            continue
        word = (hit["nth"] or hit["often"]).lower()
        digits = re.match(r"\d+", word)
        return _ORDINALS.get(word) or (int(digits[0]) if digits else None)
    return None


def _moves(deal: Deal, before: Deal) -> Iterator[Change]:
    now, then = _category(deal), _category(before)
    called = then is Category.COMMIT
    if now is not then and now in (Category.CLOSED_WON, Category.CLOSED_LOST):
        won = now is Category.CLOSED_WON
        yield Change("won" if won else "lost", deal.name, then, now, called=called, sources=_spans(deal.category))
        if won:
            yield from _amount(deal, before, called)
        return
    if deal.close_date and before.close_date and deal.close_date.value != before.close_date.value:
        later = deal.close_date.value > before.close_date.value
        yield Change(
            "pushed" if later else "pulled_in",
            deal.name,
            before.close_date.value,
            deal.close_date.value,
            _times(deal, before) if later else None,
            called,
            deal.close_date.spans,
        )
    if now is not None and then is not None and now is not then:
        kind: ChangeKind = "category_up" if _RANK[now] > _RANK[then] else "category_down"
        yield Change(kind, deal.name, then, now, called=called, sources=_spans(deal.category))
    yield from _amount(deal, before, called)


def _amount(deal: Deal, before: Deal, called: bool) -> Iterator[Change]:
    new, old = _money(deal), _money(before)
    if new is None or old is None or new.amount == old.amount or (new.currency, new.basis) != (old.currency, old.basis):
        return
    kind: ChangeKind = "amount_up" if new.amount > old.amount else "amount_down"
    yield Change(kind, deal.name, old, new, called=called, sources=_spans(deal.amount))


def _times(deal: Deal, before: Deal) -> int | None:
    told = times_pushed(deal)
    if told is not None:
        return told
    slipped_before = (
        before.previous_close_date is not None
        and before.close_date is not None
        and before.close_date.value > before.previous_close_date.value
    )
    return (times_pushed(before) or 1) + 1 if slipped_before else None


def _by_key(book: Book) -> dict[str, Deal]:
    found: dict[str, Deal] = {}
    for deal in book.deals:
        for key in _keys(deal):
            found.setdefault(key, deal)
    return found


def _keys(deal: Deal) -> Iterable[str]:
    return dict.fromkeys(account_key(name) for name in (deal.name, *deal.aliases))


def _category(deal: Deal) -> Category | None:
    return deal.category.value if deal.category else None


def _money(deal: Deal) -> Money | None:
    return deal.amount.value if deal.amount else None


def _spans(fact: Fact[object] | None) -> tuple[Span, ...]:
    return fact.spans if fact else ()
