"""Notes to look at: notes and spans come in, numbered lines cut into marked and plain parts go out.

Nothing here is Markdown or HTML: parts are texts with a mark, and whoever shows them escapes them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chains.deals import Book, Deal, Fact, Span
from pages.mending import Edits, keyed
from pages.words import spoken

AROUND = 70  # characters of a long line shown on either side of a mark


@dataclass(frozen=True, slots=True)
class Part:
    """Hold a run of characters of one line; `mark` is "" where nothing points at it."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Hold one line of the notes by its number, with the characters that are meant marked in it."""

    line: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FactRow:
    """Hold a fact of a deal as it is shown: its name, its value in words, and the lines it was read from."""

    name: str
    value: str
    quotes: tuple[Quote, ...]
    remark: str = ""  # "set by you", "follows from the notes", ...


def marked_lines(notes: str, marks: Mapping[str, Iterable[Span]]) -> tuple[Quote, ...]:
    """Cut `notes` in lines and parts; of marks that overlap, the one named last in `marks` wins."""
    names = list(marks)
    kinds = bytearray(len(notes))
    for number, name in enumerate(names, 1):
        for span in marks[name]:
            kinds[span.start : span.end] = bytes([number]) * (span.end - span.start)
    lines: list[Quote] = []
    start = 0
    for number, line in enumerate(notes.split("\n"), 1):
        lines.append(Quote(number, _parts(line, kinds[start : start + len(line)], names)))
        start += len(line) + 1
    return tuple(lines)


def quotes(notes: str, spans: Iterable[Span]) -> tuple[Quote, ...]:
    """Return the lines that `spans` stand on, each once, with the spans marked and long lines cut around them."""
    kinds = bytearray(len(notes))
    starts: set[int] = set()
    for span in spans:
        kinds[span.start : span.end] = b"\x01" * (span.end - span.start)
        start = notes.rfind("\n", 0, span.start) + 1
        while start <= span.end and (start < span.end or start == span.start):
            starts.add(start)
            following = notes.find("\n", start)
            if following < 0:
                break
            start = following + 1
    found: list[Quote] = []
    for start in sorted(starts):
        end = notes.find("\n", start)
        end = len(notes) if end < 0 else end
        parts = _parts(notes[start:end], kinds[start:end], ["fact"])
        found.append(Quote(notes.count("\n", 0, start) + 1, _cut(parts)))
    return tuple(found)


def fact_rows(book: Book, edits: Edits, key: str) -> tuple[FactRow, ...]:
    """Return what is known of the deal `key` of the mended book, fact by fact."""
    deal = dict(keyed(book, edits))[key]
    by_hand = edits.by_hand(key)
    rows: list[FactRow] = []
    for field, name, fact, value in _facts(deal):
        spans = fact.spans if fact else ()
        if fact is None:
            remark = "set to none by you" if field in by_hand and key not in edits.added else ""
        elif not spans:
            remark = "set by you" if field in by_hand else ""
        else:
            remark = "follows from this line" if fact.inferred else ""
        rows.append(FactRow(name, value or "not stated", quotes(book.notes, spans), remark))
    return tuple(rows)


def _facts(deal: Deal) -> Iterable[tuple[str, str, Fact[Any] | None, str]]:
    yield "account", "Account", deal.account, deal.name
    yield "amount", "Amount", deal.amount, money_text(deal.amount.value) if deal.amount else ""
    if deal.previous_amount:
        yield "previous_amount", "Amount before", deal.previous_amount, money_text(deal.previous_amount.value)
    yield "category", "Category", deal.category, spoken(deal.category.value) if deal.category else ""
    yield "stage", "Stage", deal.stage, spoken(deal.stage.value) if deal.stage else ""
    yield "close_date", "Closes", deal.close_date, day_text(deal.close_date.value) if deal.close_date else ""
    if deal.previous_close_date:
        yield "previous_close_date", "Was to close", deal.previous_close_date, day_text(deal.previous_close_date.value)
    yield "next_step", "Next step", deal.next_step, _step_text(deal)
    champion, buyer = deal.person("champion"), deal.person("economic_buyer")
    yield "champion", "Champion", champion, _person_text(champion)
    yield "economic_buyer", "Economic buyer", buyer, _person_text(buyer)
    for person in deal.people:
        if person not in (champion, buyer):
            name = "Has left" if person.value.left else spoken_role(person.value.role)
            yield "people", name, person, _person_text(person)
    for competitor in deal.competitors:
        yield "competitors", "Competitor", competitor, competitor.value
    for risk in deal.risks:
        yield "risks", "Open risk", risk, spoken(risk.value.kind)
    for need in deal.dependencies:
        yield "dependencies", "Needs", need, spoken(need.value.team)
    for wish in deal.exceptions:
        yield "exceptions", "Wants", wish, spoken(wish.value.kind)
    for detail in deal.details:
        yield "details", detail.value.kind.capitalize(), detail, detail.value.text


def money_text(money: Any) -> str:
    """Return an amount in full with its currency and basis: "USD 120,000 ARR"."""
    shown = f"{money.amount:,.2f}" if money.amount % 1 else f"{money.amount:,.0f}"
    if money.low is not None and money.high is not None:
        shown = f"{money.low:,f} to {money.high:,f}, middle {shown}"
    about = "about " if money.approximate else ""
    basis = f" {spoken(money.basis)}" if money.basis else ""
    return f"{about}{money.currency} {shown}{basis}"


def day_text(day: Any) -> str:
    """Return a day as it cannot be misread: "27 Mar 2026"."""
    return f"{day.day} {day:%b %Y}"


def spoken_role(role: str) -> str:
    """Return the words for a person's part in the deal."""
    return role.replace("_", " ").capitalize()


def _step_text(deal: Deal) -> str:
    if deal.next_step is None:
        return ""
    step = deal.next_step.value
    who = "you" if step.owner == "me" else step.owner
    return ", ".join(p for p in (step.action, who, f"by {day_text(step.due)}" if step.due else None) if p)


def _person_text(person: Fact[Any] | None) -> str:
    if person is None:
        return ""
    return f"{person.value.name}, {person.value.title}" if person.value.title else str(person.value.name)


def _parts(line: str, kinds: bytearray, names: list[str]) -> tuple[Part, ...]:
    parts: list[Part] = []
    start = 0
    for at in range(1, len(line) + 1):
        if at == len(line) or kinds[at] != kinds[start]:
            number = kinds[start]
            parts.append(Part(line[start:at], names[number - 1] if number else ""))
            start = at
    return tuple(parts)


def _cut(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Shorten the plain parts of a long line so that what is marked stays in sight."""
    if sum(len(p.text) for p in parts) <= 3 * AROUND:
        return parts
    short: list[Part] = []
    for number, part in enumerate(parts):
        first, last = number == 0, number == len(parts) - 1
        if part.mark or len(part.text) <= 2 * AROUND:
            keep = part.text
        elif first and not last:
            keep = "… " + part.text[-AROUND:].lstrip()
        elif last and not first:
            keep = part.text[:AROUND].rstrip() + " …"
        else:
            keep = part.text[:AROUND].rstrip() + " … " + part.text[-AROUND:].lstrip()
        short.append(Part(keep, part.mark))
    return tuple(short)
