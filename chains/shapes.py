"""The JSON that other programs rely on: a `Book`, `Draft` or findings come in, plain dicts go out.

Amounts are numbers, dates ISO 8601, offsets count characters.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from chains.deals import Book, Deal, Fact, Span
from chains.drafts import Computed, Draft, Finding, Source

Json = dict[str, Any]


def book_json(book: Book) -> Json:
    """Return the shape of `foreword read --json`."""
    return {
        "deals": [deal_json(d) for d in book.deals],
        "statements": [
            {"kind": s.value.kind.value, "text": s.value.text, "sources": _spans(s.spans)} for s in book.statements
        ],
        "commitments": [
            {
                "owner": c.value.owner,
                "to": c.value.to,
                "text": c.value.text,
                "due": c.value.due.isoformat() if c.value.due else None,
                "done": c.value.done,
                "sources": _spans(c.spans),
            }
            for c in book.commitments
        ],
        "targets": [
            {
                "amount": number(t.value.money.amount),
                "currency": t.value.money.currency,
                "start": t.value.start.isoformat(),
                "end": t.value.end.isoformat(),
                "sources": _spans(t.spans),
            }
            for t in book.targets
        ],
        "private": [span_json(s) for s in book.private],
        "not_understood": [{**span_json(u.span), "reason": u.reason} for u in book.not_understood],
    }


def deal_json(deal: Deal) -> Json:
    """Return one deal in the shape of `foreword read --json`."""
    money = deal.amount.value if deal.amount else None
    step = deal.next_step.value if deal.next_step else None
    champion, buyer = deal.person("champion"), deal.person("economic_buyer")
    return {
        "account": deal.name,
        "aliases": list(deal.aliases),
        "amount": number(money.amount) if money else None,
        "currency": money.currency if money else None,
        "basis": money.basis.value if money and money.basis else None,
        "category": deal.category.value.value if deal.category else None,
        "category_inferred": bool(deal.category and deal.category.inferred),
        "stage": deal.stage.value.value if deal.stage else None,
        "close_date": deal.close_date.value.isoformat() if deal.close_date else None,
        "previous_close_date": deal.previous_close_date.value.isoformat() if deal.previous_close_date else None,
        "next_step": {"action": step.action, "owner": step.owner, "due": step.due.isoformat() if step.due else None}
        if step
        else None,
        "champion": champion.value.name if champion else None,
        "economic_buyer": buyer.value.name if buyer else None,
        "risks": [{"kind": r.value.kind.value, "text": r.value.text} for r in deal.risks],
        "dependencies": [{"team": d.value.team.value, "text": d.value.text} for d in deal.dependencies],
        "exceptions": [{"kind": e.value.kind.value, "text": e.value.text} for e in deal.exceptions],
        "sources": {name: _spans(spans) for name, spans in deal_sources(deal).items()},
    }


def deal_sources(deal: Deal) -> dict[str, tuple[Span, ...]]:
    """Return for each field that the notes told the spans it was read from."""
    single: dict[str, Fact[Any] | None] = {
        "account": deal.account,
        "amount": deal.amount,
        "category": deal.category,
        "stage": deal.stage,
        "close_date": deal.close_date,
        "previous_close_date": deal.previous_close_date,
        "next_step": deal.next_step,
        "champion": deal.person("champion"),
        "economic_buyer": deal.person("economic_buyer"),
    }
    several: dict[str, tuple[Fact[Any], ...]] = {
        "risks": deal.risks,
        "dependencies": deal.dependencies,
        "exceptions": deal.exceptions,
    }
    found = {name: fact.spans for name, fact in single.items() if fact is not None}
    found |= {name: tuple(s for f in facts for s in f.spans) for name, facts in several.items() if facts}
    return found


def draft_json(draft: Draft, text: str, form: str) -> Json:
    """Return the shape of `foreword draft --format json`; `text` is the draft in the format `form`."""
    total = draft.scenarios.total if draft.scenarios else None
    return {
        "text": text,
        "format": form,
        "writer": draft.writer,
        "remark": draft.remark,
        "prompt": draft.prompt,
        "sections": [
            {
                "role": section.role,
                "heading": section.heading,
                "sentences": [
                    {"text": s.text, "sources": [source_json(x) for x in s.sources], "practices": list(s.practices)}
                    for s in section.sentences
                ],
            }
            for section in draft.sections
        ],
        "scenarios": {
            "worst": number(total.worst),
            "base": number(total.base),
            "best": number(total.best),
            "currency": total.currency,
        }
        if total
        else None,
        "anticipates": [t.value for t in draft.topics],
        "practices": [p.id for p in draft.practices],
        "practices_found": [
            {"id": p.id, "title": p.title, "source": p.source, "reason": p.reason} for p in draft.practices
        ],
        "findings": findings_json(draft.findings),
    }


def findings_json(findings: Iterable[Finding]) -> list[Json]:
    """Return findings in the shape of `foreword check --json`."""
    return [
        {
            "severity": f.severity,
            "kind": f.kind,
            "start": f.start,
            "end": f.end,
            "text": f.text,
            "message": f.message,
            "fix": f.fix,
        }
        for f in findings
    ]


def source_json(source: Source) -> Json:
    """Return where a sentence stands on: a place in the notes or a computed value."""
    if isinstance(source, Computed):
        return {"kind": "computed", "name": source.name, "value": source.value}
    return {"kind": "notes", **span_json(source)}


def span_json(span: Span) -> Json:
    """Return a place in the notes."""
    return {"start": span.start, "end": span.end, "line": span.line, "text": span.text}


def number(amount: Decimal) -> int | float:
    """Return an amount as JSON writes it: whole where it is whole."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _spans(spans: Iterable[Span]) -> list[Json]:
    return [span_json(s) for s in spans]
