"""A `Draft` comes in, text to paste goes out: Markdown, plain text, Slack mrkdwn, or HTML for an e-mail.

Words that came from notes are escaped for the format they go into, so that a name such as `H&K` or `*urgent*` shows
as it was written.
"""

import html
import re
from collections.abc import Callable, Sequence

from chains.drafts import Draft, Format, Section

FORMATS: tuple[Format, ...] = ("markdown", "plain", "slack", "html")

# what would turn into emphasis, code, a link, an image or a tag; a lone underscore inside a word does not
_MARKDOWN = re.compile(r"[\\`*]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|\[(?=[^\]\n]*\]\()|~(?=~)")
_LINE_START = re.compile(r"^(\s*)(?:(#{1,6}|[-+>])(?=\s)|(\d+)([.)])(?=\s))")


def written(draft: Draft, form: Format = "markdown") -> str:
    """Return the whole text of `draft` in `form`, without a line break at its end."""
    render: dict[Format, Callable[[Section], str]] = {
        "markdown": lambda s: _block(s, markdown, "- ", lambda h: f"**{h}**"),
        "plain": lambda s: _block(s, str, "- ", lambda h: h),
        "slack": lambda s: _block(s, slack, "• ", lambda h: f"*{h}*"),
        "html": _html,
    }
    blocks = [render[form](section) for section in draft.sections if section.sentences]
    return ("\n" if form == "html" else "\n\n").join(blocks)


def markdown(text: str) -> str:
    """Return `text` so that Markdown shows it as it is."""
    escaped = _MARKDOWN.sub(lambda m: "\\" + m.group(), text)
    return _LINE_START.sub(_as_text, escaped)


def _as_text(found: re.Match[str]) -> str:
    space, mark, digits, stop = found.groups()
    return f"{space}\\{mark}" if mark else f"{space}{digits}\\{stop}"


def slack(text: str) -> str:
    """Return `text` with the three characters escaped that Slack reads as control characters."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _block(section: Section, escape: Callable[[str], str], bullet: str, head: Callable[[str], str]) -> str:
    lines: list[str] = [head(escape(section.heading))] if section.heading else []
    texts = [escape(s.text) for s in section.sentences]
    if section.layout == "bullets":
        items = "\n".join(bullet + t for t in texts)
        # Markdown needs an empty line before a list to see it as one in every reader
        gap = "\n\n" if bullet == "- " else "\n"
        return gap.join([*lines, items])
    return "\n".join([*lines, " ".join(texts)])


def _html(section: Section) -> str:
    parts: list[str] = [f"<p><strong>{html.escape(section.heading)}</strong></p>"] if section.heading else []
    texts: Sequence[str] = [html.escape(s.text, quote=False) for s in section.sentences]
    if section.layout == "bullets":
        parts.append("<ul>\n" + "\n".join(f"<li>{t}</li>" for t in texts) + "\n</ul>")
    else:
        parts.append(f"<p>{' '.join(texts)}</p>")
    return "\n".join(parts)
