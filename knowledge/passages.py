"""A team's own documents: a Markdown, text, Word or PDF file in, its passages with their headings out."""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = (".md", ".markdown", ".txt", ".docx", ".pdf")
LARGEST = 20_000_000  # bytes of a file
LARGEST_UNPACKED = 200_000_000  # bytes of a Word file's parts together
MOST_WORDS = 130  # of a passage; about what the embedder reads at once

_ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{3,})[ \t]*$")
_FRONT = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*\n", re.DOTALL)


@dataclass(frozen=True)
class Passage:
    """A piece of a file, and the headings that it stands under ('Pricing > Discounts'), or None."""

    heading: str | None
    text: str


class Unreadable(Exception):
    """Say in a few words why a file cannot be used."""


def read_passages(path: Path) -> tuple[Passage, ...]:
    """Read a file's passages in order; raise Unreadable with the reason."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise Unreadable("it is no .md, .txt, .docx or .pdf file")
    try:
        size = path.stat().st_size
        if size == 0:
            raise Unreadable("it is empty")
        if size > LARGEST:
            raise Unreadable(f"it is larger than {LARGEST // 1_000_000} MB")
        if kind == ".docx":
            lines = list(_docx(path))
        elif kind == ".pdf":
            lines = list(_pdf(path))
        else:
            lines = list(_markdown(_text(path)) if kind != ".txt" else _plain(_text(path)))
    except OSError as error:
        raise Unreadable(f"it cannot be opened ({error.strerror or 'unknown reason'})") from error
    found = tuple(_passages(lines))
    if not found:
        raise Unreadable("it holds no text (a scan?)" if kind == ".pdf" else "it holds no text")
    return found


# Each reader yields (level, text): level 0 is text, 1 to 9 a heading; an empty text ends a paragraph.
Line = tuple[int, str]


def _text(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data:
        raise Unreadable("it is no text")
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(not char.isprintable() and char not in "\n\r\t\f\v\u00ad\ufeff" for char in text)
        if odd > len(text) // 50:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Unreadable("it is no text")


def _markdown(text: str) -> Iterator[Line]:
    body = _FRONT.sub("", text)
    fenced = False
    lines = body.split("\n")
    for i, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            yield 0, line
        elif heading := _ATX.match(line):
            yield len(heading[1]), heading[2]
        elif _UNDERLINE.match(line):
            yield 0, ""  # the heading that it underlines was given out with its own line
        elif line.strip() and _underlined(lines, i):
            yield 1 if lines[i + 1].lstrip().startswith("=") else 2, line.strip()
        else:
            yield 0, line


def _plain(text: str) -> Iterator[Line]:
    """Take underlined lines, short lines in capitals and short lines that end in a colon for headings."""
    lines = text.split("\n")
    for i, line in enumerate(lines):
        stripped = line.strip()
        alone = i == 0 or not lines[i - 1].strip()
        short = 0 < len(stripped.split()) <= 8
        if _UNDERLINE.match(line):
            yield 0, ""
        elif (stripped and _underlined(lines, i)) or (short and alone and stripped.isupper() and len(stripped) > 3):
            yield 1, stripped
        elif short and alone and stripped.endswith(":") and len(stripped) > 3:
            yield 2, stripped.rstrip(":")
        else:
            yield 0, line


def _underlined(lines: list[str], i: int) -> bool:
    """Tell whether a line is a heading for the line of = or - under it; not the end of a paragraph or list."""
    alone = i == 0 or not lines[i - 1].strip()
    followed = i + 1 < len(lines) and _UNDERLINE.match(lines[i + 1]) is not None
    return alone and followed and not lines[i].lstrip().startswith(("|", "-", "*", ">"))


def _docx(path: Path) -> Iterator[Line]:
    import docx
    from docx.table import Table

    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
                raise Unreadable("it unpacks to far more than its size")
        document = docx.Document(str(path))
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                for row in block.rows:
                    cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
                    yield 0, " | ".join(cell for cell in cells if cell)
            else:
                name = (block.style.name if block.style is not None else None) or ""
                level = re.fullmatch(r"Heading (\d)", name)
                yield int(level[1]) if level else 1 if name == "Title" else 0, block.text
            yield 0, ""
    except (Unreadable, OSError):
        raise
    except Exception as error:  # python-docx raises whatever its parts raise for a damaged file
        raise Unreadable("it is no Word file, or a damaged one") from error


def _pdf(path: Path) -> Iterator[Line]:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it prints about each flaw it gets over
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("it is locked with a password")
        for number, page in enumerate(reader.pages, start=1):
            yield 1, f"page {number}"
            for level, line in _plain(page.extract_text()):
                yield level + 1 if level else 0, line
    except (Unreadable, OSError):
        raise
    except Exception as error:  # pypdf raises whatever its parts raise for a damaged file
        raise Unreadable("it is no PDF file, or a damaged one") from error


def _passages(lines: list[Line]) -> Iterator[Passage]:
    path: list[Line] = []
    text: list[str] = []

    def flush() -> Iterator[Passage]:
        heading = " > ".join(name for _, name in path) or None
        for piece in _pieces("\n".join(text)):
            yield Passage(heading, piece)
        text.clear()

    for level, line in lines:
        if not level:
            text.append(line.rstrip())
            continue
        yield from flush()
        name = " ".join(line.split())
        while path and path[-1][0] >= level:
            path.pop()
        if name:
            path.append((level, name))
    yield from flush()


def _pieces(text: str) -> Iterator[str]:
    """Cut a section at its paragraphs into pieces of at most MOST_WORDS words; a longer paragraph is cut too."""
    held: list[str] = []
    count = 0
    for paragraph in re.split(r"\n\s*\n", text):
        words = paragraph.split()
        if not any(char.isalnum() for char in paragraph):
            continue
        if count + len(words) > MOST_WORDS and held:
            yield "\n\n".join(held)
            held, count = [], 0
        while len(words) > MOST_WORDS:
            yield " ".join(words[:MOST_WORDS])
            words = words[MOST_WORDS:]
            paragraph = " ".join(words)
        if words:
            held.append(paragraph.strip())
            count += len(words)
    if held:
        yield "\n\n".join(held)
