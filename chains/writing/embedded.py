"""The writer that comes with Foreword: a `Plan` and its `Book` come in, a `Draft` goes out, without any model."""

from collections.abc import Iterator
from dataclasses import replace

from chains.deals import Book
from chains.drafts import Draft, Plan, Section
from chains.writing.asks import ask_sections
from chains.writing.feedback import feedback_sections
from chains.writing.figures import code_once, sign_in
from chains.writing.phrasing import Phrasing, phrasing
from chains.writing.updates import update_sections


class EmbeddedWriter:
    """Word plans from the phrases under chains/writing."""

    name = "embedded"

    def write(self, plan: Plan, book: Book) -> Iterator[str | Draft]:
        """Yield the draft in one piece."""

        def worded(*files: str) -> Phrasing:
            return phrasing(book, plan.request, "common", "updates", *files, manager=plan.manager)

        match plan.request.kind:
            case "update":
                sections = update_sections(plan, worded())
            case "ask":
                sections = ask_sections(plan, worded("asks"))
            case "feedback":
                sections = feedback_sections(plan, worded("feedback"))
        sections = _with_code_once(sections, book)
        used = {i for section in sections for s in section.sentences for i in s.practices}
        yield Draft(
            request=plan.request,
            sections=sections,
            writer=self.name,
            topics=plan.topics,
            practices=tuple(p for p in plan.practices if p.id in used) or plan.practices,
            scenarios=plan.scenarios,
        )


def _with_code_once(sections: tuple[Section, ...], book: Book) -> tuple[Section, ...]:
    """Return the sections with the code of the only currency at the first amount alone."""
    home = book.conventions.currency
    if any(d.amount is not None and d.amount.value.currency != home for d in book.deals):
        return sections
    code = sign_in(book.notes, home).strip() or home
    texts = code_once([s.text for section in sections for s in section.sentences], code)
    return tuple(
        replace(section, sentences=tuple(replace(s, text=next(texts)) for s in section.sentences))
        for section in sections
    )
