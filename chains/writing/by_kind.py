"""Sums of several kinds of money in words: a point about scenarios comes in, one line for each currency or basis goes
out. Nothing is added across them.
"""

from collections.abc import Iterator
from decimal import Decimal

from chains.drafts import Point
from chains.scenarios import Hinge, Scenarios, Sums
from chains.writing.figures import BASIS_WORDS, DOLLARS
from chains.writing.names import joined
from chains.writing.phrasing import Phrasing
from chains.writing.sums import Said, computed, fact, hinge_sources, sum_words

CURRENCY_WORDS = {"USD": "dollars", "EUR": "euros", "GBP": "pounds", "INR": "rupees", "CHF": "francs"}


def by_kind(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Give each currency or basis a line of its own."""
    scenarios: Scenarios = fact(point, "scenarios")
    for line in scenarios.lines:
        kind = _kind_words(line, scenarios)
        upside = [h for h in scenarios.upside if _is_of(h, line, scenarios)]
        hopes = joined([f"{phrasing.names.short(h.account)} ({phrasing.figures.middle(h.money)})" for h in upside])
        if not line.base:
            if upside:
                text = phrasing.voice.say("by_kind.only", kind=kind, list=hopes)
                yield Said(text, hinge_sources(phrasing, upside))
            continue
        won = sum((h.money.amount for h in scenarios.won if _is_of(h, line, scenarios)), Decimal(0))
        word = "won" if won == line.base else "committed" if not won else "won and committed"
        risky = [h for h in scenarios.at_risk if _is_of(h, line, scenarios)]
        base = sum_words(line.base, line, phrasing)
        key = "by_kind.line.code" if base.startswith(kind) else "by_kind.line"  # "SEK 2.3M" tells its kind itself
        text = phrasing.voice.say(key, kind=kind, base=base, state=word)
        sources = [computed(f"base {kind}", line.base, line, phrasing)]
        if risky and line.worst:
            worst_words = sum_words(line.worst, line, phrasing)
            names = phrasing.names.joined(h.account for h in risky)
            text = f"{text}, {phrasing.voice.say('by_kind.without', worst=worst_words, names=names)}"
            sources.append(computed(f"worst {kind}", line.worst, line, phrasing))
        if upside:
            text = f"{text}; {phrasing.voice.say('by_kind.best', list=hopes)}"
        yield Said(text, tuple(sources))


def _kind_words(line: Sums, scenarios: Scenarios) -> str:
    currencies = {x.currency for x in scenarios.lines}
    words = [CURRENCY_WORDS.get(line.currency, line.currency)] if len(currencies) > 1 else []
    if words and currencies & DOLLARS.keys():
        words = [DOLLARS.get(line.currency, "US$" if line.currency == "USD" else words[0])]
    bases = {x.basis for x in scenarios.lines if x.currency == line.currency}
    if line.basis is not None and (len(bases) > 1 or not words):
        words.append(BASIS_WORDS[line.basis])
    return " ".join(words)


def _is_of(hinge: Hinge, line: Sums, scenarios: Scenarios) -> bool:
    if hinge.money.currency != line.currency:
        return False
    same = [x for x in scenarios.lines if x.currency == line.currency]
    return len(same) == 1 or hinge.money.basis is line.basis
