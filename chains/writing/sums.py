"""The sums in words: points about scenarios come in, sentences with the computed values they state go out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chains.deals import Target
from chains.drafts import Computed, Point, Source
from chains.kinds import RiskKind
from chains.planning.holes import is_quiet
from chains.scenarios import Hinge, Scenarios, Sums
from chains.writing.figures import BASIS_WORDS
from chains.writing.names import joined
from chains.writing.phrasing import Phrasing

_NAMED = 3  # deals that are named with their risk or amount; more are only named, and past _LISTED only counted
_LISTED = 4
_SIGNING = re.compile(r"\b(?:counter)?sign|\bcontract\b|\border form\b|\bpo\b|\bdocusign\b|\bchase\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """Hold a sentence in the making and what it stands on."""

    text: str
    sources: tuple[Source, ...] = ()


def fact(point: Point, name: str) -> Any:
    """Return a fact of a point by its name, or None."""
    return next((value for key, value in point.facts if key == name), None)


def answer(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Answer the question in the unit asked, then say what the sum is made of."""
    scenarios: Scenarios = fact(point, "scenarios")
    kinds: tuple[str, ...] = fact(point, "kinds") or ()
    say, label, total = phrasing.voice.say, scenarios.period.label, scenarios.total
    if total is None:
        yield Said(say(_intro_of_kinds(scenarios), label=label))
        return
    if not (scenarios.won or scenarios.safe or scenarios.at_risk or scenarios.upside):
        yield Said(say("answer.nothing" if phrasing.book.deals else "answer.no_deals", label=label))
        return
    base = _base(scenarios, total, phrasing)
    sources = (
        computed("base", total.base, total, phrasing),
        *hinge_sources(phrasing, scenarios.won, scenarios.safe, scenarios.at_risk),
    )
    target = target_words(scenarios.target, phrasing) if scenarios.target else None
    away = None
    if scenarios.gap:
        away = say("gap.over" if scenarios.gap < 0 else "gap.short", gap=sum_words(abs(scenarios.gap), total, phrasing))
        sources = (*sources, computed("gap", abs(scenarios.gap), total, phrasing))
    if "secured" in kinds:
        told = _secured(scenarios, total, phrasing)
        if target is None or scenarios.target is None:
            yield from told
            return
        if "enough" not in kinds:
            yield next(told)
            yield Said(say("answer.safe.target", target=target, away=away), sources)
            yield from told
            return
        safe, there = total.worst >= scenarios.target.money.amount, total.base >= scenarios.target.money.amount
        key = "answer.safe.yes" if safe else "answer.safe.not" if there else "answer.safe.no"
        worst_words = sum_words(total.worst, total, phrasing)
        source = computed("worst", total.worst, total, phrasing)
        base = sum_words(total.base, total, phrasing)
        yield Said(say(key, base=base, worst=worst_words, target=target, away=away), (*sources, source))
        yield from told
        return
    if "enough" in kinds and scenarios.gap is not None:
        key = "answer.no" if scenarios.gap > 0 else "answer.yes"
    elif "enough" in kinds:
        key = "answer.open"
    else:
        key = "answer.lands" if "land" in phrasing.request.question.casefold() else "answer.at"
    yield Said(say(key, label=label, base=base, target=target, away=away), sources)
    if not fact(point, "crowded") and (made := _made_of(scenarios, total, phrasing)):
        yield Said(made, sources)


def _secured(scenarios: Scenarios, total: Sums, phrasing: Phrasing) -> Iterator[Said]:
    say, label = phrasing.voice.say, scenarios.period.label
    won = sum((h.money.amount for h in scenarios.won), Decimal(0))
    names = phrasing.names.joined(h.account for h in scenarios.won) if len(scenarios.won) <= _LISTED else None
    basis = _basis(total, phrasing, (*scenarios.won, *scenarios.safe, *scenarios.at_risk, *scenarios.upside))
    sources = hinge_sources(phrasing, scenarios.won, scenarios.safe, scenarios.at_risk)
    if won:
        text = say("answer.secured", won=sum_words(won, total, phrasing), label=label, names=names)
        yield Said(_with(text, basis), (computed("won", won, total, phrasing), *sources))
    else:
        yield Said(_with(say("answer.secured.none", label=label), basis))
    if total.worst != won:
        names = phrasing.names.joined(h.account for h in scenarios.safe)
        text = say("answer.secured.safe", worst=sum_words(total.worst, total, phrasing), names=names)
        yield Said(text, (computed("worst", total.worst, total, phrasing), *sources))
    if total.base != total.worst:
        hinges = _hinges(scenarios.at_risk, phrasing)
        text = say("answer.secured.base", base=sum_words(total.base, total, phrasing), names=hinges)
        yield Said(text, (computed("base", total.base, total, phrasing), *sources))


def _made_of(scenarios: Scenarios, total: Sums, phrasing: Phrasing) -> str:
    won = [h.account for h in scenarios.won]
    commits = [h.account for h in (*scenarios.safe, *scenarios.at_risk)]
    names = phrasing.names.joined
    alone = (*scenarios.won, *scenarios.safe)
    told_apart = scenarios.at_risk and len(alone) == 1 and len(commits) <= _NAMED
    told_apart = told_apart and (bool(scenarios.won) or _only_signs(alone[0], phrasing))
    if len(won) + len(commits) < 2 or told_apart:
        return ""  # what is in and what the rest hangs on follows anyway
    if len(won) + len(commits) <= _LISTED + 1:
        if won and commits:
            return phrasing.voice.say(
                "made.names" if len(won) > 1 else "made.names.one", won=names(won), commits=names(commits)
            )
        return phrasing.voice.say("made.commits", names=names(commits)) if commits else ""
    won_sum = sum((h.money.amount for h in scenarios.won), Decimal(0))
    if not won_sum:
        return ""
    return phrasing.voice.say(
        "made.of", won=sum_words(won_sum, total, phrasing), commits=sum_words(total.base - won_sum, total, phrasing)
    )


def worst(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Say what pulls the sum down, with the named risk and its amount."""
    scenarios: Scenarios = fact(point, "scenarios")
    total = scenarios.total
    if total is None or "secured" in (fact(point, "kinds") or ()):
        return
    source = computed("worst", total.worst, total, phrasing)
    if not scenarios.at_risk:
        if scenarios.safe and all(_only_signs(h, phrasing) for h in scenarios.safe):
            key = "worst.none.one" if len(scenarios.safe) == 1 else "worst.none"
            names = phrasing.names.joined(h.account for h in scenarios.safe)
            yield Said(phrasing.voice.say(key, names=names), (source,))
        return
    if not total.worst:
        yield Said(phrasing.voice.say("worst.zero", names=_hinges(scenarios.at_risk, phrasing)), (source,))
        return
    standing = (*scenarios.won, *scenarios.safe)
    if len(standing) == 1 and (scenarios.won or _only_signs(standing[0], phrasing)):
        only = phrasing.names.short(standing[0].account)
        names = _hinges(scenarios.at_risk, phrasing)
        key = "worst.only.won" if scenarios.won else "worst.only"
        text = phrasing.voice.say(key, only=only, worst=sum_words(total.worst, total, phrasing), names=names)
        yield Said(text, (source, *hinge_sources(phrasing, scenarios.at_risk)))
        return
    worst_words = sum_words(total.worst, total, phrasing)
    if len(scenarios.at_risk) == 1:
        text = phrasing.voice.say("worst.one", worst=worst_words, **_hinge_parts(scenarios.at_risk[0], phrasing))
    else:
        text = phrasing.voice.say("worst.many", names=_hinges(scenarios.at_risk, phrasing), worst=worst_words)
    yield Said(text, (source, *hinge_sources(phrasing, scenarios.at_risk)))


def _only_signs(hinge: Hinge, phrasing: Phrasing) -> bool:
    """Tell whether the notes bear out that only the signature is missing: silence is no proof of it."""
    deal = phrasing.book.deal(hinge.account)
    if deal is None or deal.dependencies or deal.exceptions or deal.risks:
        return False
    step = deal.next_step.value.action if deal.next_step else "sign"
    return _SIGNING.search(step) is not None and any(d.value.kind in ("status", "solved") for d in deal.details)


def best(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Say what would lift the sum."""
    scenarios: Scenarios = fact(point, "scenarios")
    total = scenarios.total
    if total is None or not scenarios.upside:
        return
    said = sum_words(total.best, total, phrasing)
    source = (computed("best", total.best, total, phrasing), *hinge_sources(phrasing, scenarios.upside))
    if len(scenarios.upside) > _LISTED:
        yield Said(phrasing.voice.say("best.count", best=said, count=str(len(scenarios.upside))), source)
        return
    key = "best.one" if len(scenarios.upside) == 1 else "best.many"
    names = phrasing.names.joined(h.account for h in scenarios.upside)
    yield Said(phrasing.voice.say(key, best=said, names=names), source)


def gap(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Say what would close the gap to the number."""
    scenarios: Scenarios = fact(point, "scenarios")
    total, short, target = scenarios.total, scenarios.gap, scenarios.target
    if total is None or short is None or target is None or short <= 0 or not scenarios.upside:
        return
    if fact(point, "crowded") and target.money.amount <= total.best:
        return
    say = phrasing.voice.say
    rest = target.money.amount - total.best
    alone = [h for h in scenarios.upside if h.money.amount >= short and not is_quiet(h)]
    if rest > 0:
        source = computed("gap to best", rest, total, phrasing)
        yield Said(say("gap.still", rest=sum_words(rest, total, phrasing)), (source,))
    elif alone and len(scenarios.upside) > 1:
        smallest = min(alone, key=lambda h: h.money.amount)
        yield Said(say("gap.close.one", name=phrasing.names.short(smallest.account)))


def missing(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Name what is not in the sums because its amount is not known."""
    key = "missing.one" if len(point.accounts) == 1 else "missing.many"
    yield Said(phrasing.voice.say(key, names=phrasing.names.joined(point.accounts)))


def undated(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Name what is not in the sums because no close date is told."""
    key = "undated.one" if len(point.accounts) == 1 else "undated.many"
    yield Said(phrasing.voice.say(key, names=phrasing.names.joined(point.accounts)))


def bets(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Say which deals the rep stands behind, and which not."""
    unsure: tuple[str, ...] = fact(point, "unsure") or ()
    rest = phrasing.names.joined(unsure) if unsure else None
    if point.accounts:
        yield Said(phrasing.voice.say("bets", names=phrasing.names.joined(point.accounts), rest=rest))


def weighs(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Say what one deal means for the sum."""
    scenarios: Scenarios = fact(point, "scenarios")
    total = scenarios.total
    if total is None or not total.base:
        return
    inside = {h.account for h in (*scenarios.won, *scenarios.safe, *scenarios.at_risk)}
    key = "weighs" if point.accounts[0] in inside else "weighs.not"
    text = phrasing.voice.say(key, label=scenarios.period.label, base=sum_words(total.base, total, phrasing))
    yield Said(text, (computed("base", total.base, total, phrasing),))


def compared(point: Point, phrasing: Phrasing) -> Iterator[Said]:
    """Hold the forecast against that of last time."""
    now: Scenarios = fact(point, "scenarios")
    before: Scenarios = fact(point, "before")
    if now.total is None or before.total is None:
        return
    by = now.total.base - before.total.base
    key = "compared.same" if not by else "compared.up" if by > 0 else "compared.down"
    text = phrasing.voice.say(
        key,
        label=now.period.label,
        now=sum_words(now.total.base, now.total, phrasing),
        before=sum_words(before.total.base, now.total, phrasing),
        by=sum_words(abs(by), now.total, phrasing),
    )
    sources = (
        computed("base", now.total.base, now.total, phrasing),
        computed("base last time", before.total.base, now.total, phrasing),
        computed("difference", abs(by), now.total, phrasing),
    )
    yield Said(text, sources)


def computed(name: str, value: Decimal, sums: Sums, phrasing: Phrasing) -> Computed:
    """Return a sum as a source, worded as the text says it."""
    return Computed(name, sum_words(value, sums, phrasing))


def hinge_sources(phrasing: Phrasing, *groups: Iterable[Hinge]) -> tuple[Source, ...]:
    """Return the amounts that a sum hangs on as sources."""
    money = phrasing.figures.amount
    return tuple(Computed(h.account, money(h.money.amount, h.money.currency)) for group in groups for h in group)


def target_words(target: Target, phrasing: Phrasing) -> str:
    """Return the rep's number."""
    return phrasing.figures.amount(target.money.amount, target.money.currency)


def sum_words(value: Decimal, sums: Sums, phrasing: Phrasing) -> str:
    """Return a sum as the text says it."""
    return phrasing.figures.amount(value, sums.currency)


def _base(scenarios: Scenarios, total: Sums, phrasing: Phrasing) -> str:
    counted = (*scenarios.won, *scenarios.safe, *scenarios.at_risk, *scenarios.upside)
    return _with(sum_words(total.base, total, phrasing), _basis(total, phrasing, counted))


def _with(text: str, basis: str) -> str:
    return f"{text[:-1]},{basis.replace('(', '')}" if text.endswith(")") and basis.endswith(")") else f"{text}{basis}"


def _basis(total: Sums, phrasing: Phrasing, counted: Iterable[Hinge]) -> str:
    """Return what the sum is a sum of: ", all ARR" where nothing else occurs, " ARR" where only the sum is of it."""
    if total.basis is None or {h.money.basis for h in counted} != {total.basis}:
        return ""
    word = BASIS_WORDS[total.basis]
    if phrasing.figures.bare_basis is total.basis:
        return f" ({phrasing.voice.say('answer.all_basis', basis=word)})"
    return f" {word}"


def _hinges(hinges: Sequence[Hinge], phrasing: Phrasing) -> str:
    """Return the deals that a sum hangs on, each with what is open there as long as they are few."""
    if len(hinges) > _NAMED:
        return phrasing.names.joined(h.account for h in hinges)
    told = [_hinge_parts(hinge, phrasing) for hinge in hinges]
    if len(told) > 1:
        return joined([f"{parts['name']} ({parts['money']})" for parts in told])
    return joined([f"{parts['name']} ({parts['money']}), where {parts['where']}" for parts in told])


def _hinge_parts(hinge: Hinge, phrasing: Phrasing) -> dict[str, str]:
    """Return name, amount and what is open with a deal, the date of a slip last."""
    kinds = sorted((r.kind for r in hinge.risks), key=lambda k: k is RiskKind.TIMELINE_SLIP)
    return {
        "name": phrasing.names.short(hinge.account),
        "money": phrasing.figures.amount(hinge.money.amount, hinge.money.currency),
        "where": phrasing.voice.say(f"where.{kinds[0].value}"),
    }


def _intro_of_kinds(scenarios: Scenarios) -> str:
    return "by_kind.intro" if len({line.currency for line in scenarios.lines}) > 1 else "by_kind.intro.basis"
