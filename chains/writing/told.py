"""What a model is told: a `Plan` and its `Book` come in, the values for the slots of a prompt go out.

Private remarks are blanked, characters that do not show are taken out, and everything stands inside tags that no
note can know. Offsets are never taken from these texts: they are changed copies.
"""

import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from chains.deals import Book, Conventions, Deal, Fact, Money, Span
from chains.drafts import Computed, Plan, Point
from chains.kinds import Category
from chains.scenarios import Scenarios, Sums
from chains.writing.figures import BASIS_WORDS, Figures, amount, plain

MOST_NOTES = 24_000  # characters of notes that go out; what is longer goes out as the lines that facts stand on
MOST_PASSAGE = 600  # characters of one practice
WITHHELD = "(withheld)"

Spans = tuple[Span, ...]

# zero-width and direction marks, soft hyphens, variation selectors, tag characters and control characters
_UNSEEN = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    r"\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\x00-\x08\x0b-\x1f\x7f-\x9f]"
)


def values(plan: Plan, book: Book) -> Mapping[str, str]:
    """Return the values of a prompt's slots; the tag is another one for each call."""
    return {
        "tag": secrets.token_hex(6),
        "request": _json(request_told(plan, book.conventions)),
        "practices": _json([{"title": p.title, "passage": p.passage[:MOST_PASSAGE]} for p in plan.practices]),
        "notes": notes_told(book),
        "plan": _json(plan_told(plan, book)),
    }


def visible(text: str) -> str:
    """Return `text` without the characters that do not show."""
    return _UNSEEN.sub("", text)


def notes_told(book: Book) -> str:
    """Return the notes with each line's number, private remarks blanked, cut to the lines that matter where long."""
    notes = list(book.notes)
    for span in book.private:
        # the line breaks stay, so that every line keeps its number
        for at in range(max(span.start, 0), min(span.end, len(notes))):
            if notes[at] != "\n":
                notes[at] = ""
        if span.start < len(notes) and notes[span.start] != "\n":
            notes[span.start] = WITHHELD
    lines = [visible(line).rstrip() for line in "".join(notes).split("\n")]
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    if sum(len(line) for _, line in numbered) > MOST_NOTES:
        numbered = _shortened(numbered, book)
    return "\n".join(f"{n}: {line}" for n, line in numbered)


def request_told(plan: Plan, conventions: Conventions) -> Mapping[str, Any]:
    """Return what is wanted and how the manager listens."""
    request, manager = plan.request, plan.request.manager
    return _filled(
        {
            "kind": request.kind,
            "asked": request.question,
            "manager": _filled(
                {
                    "name": manager.name,
                    "listens": manager.listens,
                    "priorities": list(manager.priorities),
                    "asked_by_their_boss": list(manager.asked_by_their_boss),
                }
            ),
            "today": conventions.as_of.isoformat(),
            "dates_are_written": "day first" if conventions.date_order == "DMY" else "month first",
        }
    )


def plan_told(plan: Plan, book: Book) -> Mapping[str, Any]:
    """Return the points in their order, the deals they are about and the figures that were worked out."""
    named = {a for p in plan.points for a in p.accounts}
    return _filled(
        {
            "points": [_point(p, book.private) for p in plan.points],
            "deals": [_deal(d, book.private) for d in book.deals if d.name in named],
            "statements": _told(book.statements, book.private),
            "promises": _told(book.commitments, book.private),
            "computed": _scenarios(plan.scenarios) if plan.scenarios else None,
        }
    )


def _point(point: Point, private: Spans) -> Mapping[str, Any]:
    facts: dict[str, Any] = {}
    for name, value in point.facts:
        told = _told(value, private)
        if not _empty(told):
            facts[name] = [facts[name], told] if name in facts else told
    return _filled(
        {
            "layer": point.layer,
            "role": point.role,
            "why": point.reason,
            "accounts": list(point.accounts),
            "topics": _told(point.topics, private),
            "facts": facts,
            "computed": {s.name: s.value for s in point.sources if isinstance(s, Computed)},
        }
    )


def _deal(deal: Deal, private: Spans) -> Mapping[str, Any]:
    told = {f.name: _told(getattr(deal, f.name), private) for f in fields(deal) if f.name not in ("lines", "aliases")}
    closed = deal.category is not None and deal.category.value in (Category.CLOSED_WON, Category.CLOSED_LOST)
    wanted = ("amount",) if closed else ("amount", "close_date", "next_step")
    missing = [n.replace("_", " ") for n in wanted if getattr(deal, n) is None]
    return _filled({**told, "not_stated": missing})


def _scenarios(scenarios: Scenarios) -> Mapping[str, Any]:
    def sums(line: Sums) -> Mapping[str, str]:
        said = {n: amount(getattr(line, n), line.currency) for n in ("worst", "base", "best")}
        return {**said, "basis": BASIS_WORDS[line.basis]} if line.basis else said

    gap = scenarios.gap
    return _filled(
        {
            "period": f"{scenarios.period.label}, until {scenarios.period.end.isoformat()}",
            "sums": [sums(line) for line in scenarios.lines],
            "target": Figures().money(scenarios.target.money) if scenarios.target else None,
            "gap_to_target": amount(gap, scenarios.target.money.currency) if gap and scenarios.target else None,
            "commits_at_risk": [h.account for h in scenarios.at_risk],
            "without_amount": list(scenarios.missing),
        }
    )


def _told(value: object, private: Spans) -> Any:
    """Return a fact as JSON can say it, figures the way the rep would write them; None where it is private."""
    match value:
        case Fact():
            return None if any(_within(s, private) for s in value.spans) else _told(value.value, private)
        case Money():
            return Figures().money(value)
        case Deal():
            return value.name
        case Span() | Scenarios():
            return None  # told once, in a place of its own
        case bool() | None | str() | int():
            return value.value.replace("_", " ") if isinstance(value, Enum) else value
        case Decimal() | float():
            return plain(Decimal(value))
        case date():
            return value.isoformat()
        case Mapping():
            return _filled({str(k): _told(v, private) for k, v in value.items()})
        case list() | tuple() | set() | frozenset():
            return [t for t in (_told(v, private) for v in value) if not _empty(t)]
    if is_dataclass(value):
        return _filled({f.name: _told(getattr(value, f.name), private) for f in fields(value)})
    return str(value)


def _within(span: Span, private: Spans) -> bool:
    return any(p.start <= span.start and span.end <= p.end for p in private)


def _filled(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in entries.items() if not _empty(v)}


def _empty(value: object) -> bool:
    return value is None or value is False or value in ("", [], {})


def _json(value: object) -> str:
    # brackets are escaped so that nothing in a value can look like the end of its tag
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return visible(text).replace("<", "\\u003c").replace(">", "\\u003e")


def _shortened(numbered: Iterable[tuple[int, str]], book: Book) -> list[tuple[int, str]]:
    facts: tuple[Fact[Any], ...] = (*book.statements, *book.commitments, *book.targets)
    spans = [s for d in book.deals for s in d.lines] + [s for f in facts for s in f.spans]
    wanted = {n for s in spans for n in range(s.line, s.line + s.text.count("\n") + 1)}
    kept: list[tuple[int, str]] = []
    room = MOST_NOTES
    for n, line in numbered:
        if wanted and n not in wanted:
            continue
        room -= len(line)
        if room < 0:
            break
        kept.append((n, line))
    return kept
