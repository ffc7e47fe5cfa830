"""Facts and sources as HTML: quotes, facts and findings come in, escaped HTML for `st.html` goes out."""

from collections.abc import Iterable, Sequence
from html import escape

from chains.deals import Book, Span
from chains.drafts import Computed, Draft, Finding, Sentence
from pages.marking import FactRow, Quote, quotes
from pages.rework import line_of

_LOUD = {"error": "Wrong", "warning": "Look at", "info": "Note"}


def facts_html(rows: Sequence[FactRow]) -> str:
    """Return the facts of a deal as a table: name, value, and the lines they were read from."""
    body = "".join(
        f'<tr class="{"" if row.quotes or row.remark else "missing"}"><th scope="row">{escape(row.name)}</th>'
        f"<td>{escape(row.value)}</td><td>{_quotes(row.quotes)}{_remark(row.remark)}</td></tr>"
        for row in rows
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Fact", "Read as", "Line in your notes"))
    return f'<table class="facts"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def sources_html(sentence: Sentence, draft: Draft, book: Book) -> str:
    """Return what a sentence stands on: lines of the notes, computed values, practices."""
    spans = [s for s in sentence.sources if isinstance(s, Span)]
    parts = [_quotes(quotes(book.notes, spans))]
    parts += [
        '<p class="quote"><span class="line">Σ</span>'
        f"<span>{_words(s.name)}: {escape(s.value)}, worked out by code</span></p>"
        for s in sentence.sources
        if isinstance(s, Computed)
    ]
    titles = {p.id: (p.title, p.source) for p in draft.practices}
    for id in sentence.practices:
        title, source = titles.get(id, (id.replace("-", " ").capitalize(), ""))
        parts.append(f'<p class="quote"><span class="line">→</span><span>{escape(title)}{_small(source)}</span></p>')
    if not sentence.sources and not sentence.practices:
        parts.append('<p class="quote">No line of your notes bears this sentence out: it stands on your word.</p>')
    return f'<div class="sources">{"".join(parts)}</div>'


def findings_html(findings: Iterable[Finding], text: str) -> str:
    """Return findings as a list: what was found where, why, and the way out."""
    items = "".join(
        f'<li class="{f.severity}"><strong>{_LOUD[f.severity]}: “{escape(f.text)}”</strong> '
        f"(line {line_of(text, f)} of the draft). {escape(f.message)} <em>{escape(f.fix)}</em></li>"
        for f in findings
    )
    return f'<ul class="findings">{items}</ul>'


def lines_html(lines: Iterable[tuple[Quote, str]]) -> str:
    """Return lines of the notes with a word to each."""
    return f'<div class="sources">{"".join(_quotes((q,)) + _remark(word) for q, word in lines)}</div>'


def words_html(text: str) -> str:
    """Return a text that is still being written."""
    return f'<div class="words">{escape(text)}</div>'


def _quotes(found: Iterable[Quote]) -> str:
    return "".join(
        f'<p class="quote"><span class="line">{q.line}</span><span>'
        + "".join(f"<mark>{escape(p.text)}</mark>" if p.mark else escape(p.text) for p in q.parts)
        + "</span></p>"
        for q in found
    )


def _remark(text: str) -> str:
    return f'<p class="remark">{escape(text)}</p>' if text else ""


def _small(text: str) -> str:
    return f' <span class="remark">{escape(text)}</span>' if text else ""


def _words(name: str) -> str:
    return escape(name.replace("_", " ").replace("-", " ").capitalize())
