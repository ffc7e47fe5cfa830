"""A `Book` comes in, a plain table for the terminal goes out: the deals, then what was left for a person to look at."""

from collections.abc import Sequence

from chains.deals import Book, Deal, Money

HEADINGS = ("Deal", "Amount", "Category", "Close", "Next step", "Open risks")
WIDEST = 44  # characters of one cell; longer text ends in an ellipsis


def book_text(book: Book) -> str:
    """Return the deals of `book` as an aligned table, followed by what was not understood."""
    if not book.deals:
        parts = [
            "No deal found in these notes. Name the account and what you know: amount, close date, where it stands."
        ]
    else:
        parts = [_aligned([HEADINGS, *(_row(d) for d in book.deals)])]
    if book.not_understood:
        parts.append("Please look at:")
        parts += [f"  line {u.span.line}: {u.reason} ({_short(u.span.text)})" for u in book.not_understood]
    if book.private:
        count = len(book.private)
        parts.append(f"{count} private remark{'s' if count > 1 else ''} will stay out of every draft.")
    return "\n".join(parts)


def money_text(money: Money) -> str:
    """Return an amount with its code and basis: `120,000 USD ARR`."""
    shown = f"{money.amount.normalize():,f} {money.currency}"
    return f"{shown} {money.basis.value.replace('_', '-')}" if money.basis else shown


def _row(deal: Deal) -> tuple[str, ...]:
    step = deal.next_step.value if deal.next_step else None
    who = f" ({', '.join(str(x) for x in (step.owner, step.due) if x)})" if step and (step.owner or step.due) else ""
    guessed = "?" if deal.category and deal.category.inferred else ""
    return (
        deal.name,
        money_text(deal.amount.value) if deal.amount else "not stated",
        (deal.category.value.value.replace("_", " ") + guessed) if deal.category else "not stated",
        deal.close_date.value.isoformat() if deal.close_date else "not stated",
        step.action + who if step else "none",
        ", ".join(r.value.kind.value.replace("_", " ") for r in deal.risks) or "none",
    )


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    cells = [[_short(c) for c in row] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= WIDEST else flat[: WIDEST - 1] + "…"
