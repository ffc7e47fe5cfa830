"""A file or its bytes come in, the text of the notes goes out: .txt, .md, .csv, .tsv, .docx, .eml."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from chains.errors import NotesError

LARGEST = 2_000_000  # bytes of text; a year of weekly notes is a tenth of it
SUFFIXES = (".txt", ".md", ".csv", ".tsv", ".docx", ".eml")
_LARGEST_FILE = 20_000_000  # bytes; a .docx carries pictures beside its text


def notes_from_path(path: Path) -> str:
    """Return the text of the notes in `path`; raise NotesError where there is none to read."""
    if path.is_dir():
        raise NotesError(f"{path.name or path} is a folder.", "Give one file of notes, or - to read standard input.")
    try:
        size = path.stat().st_size
        if size > _LARGEST_FILE:
            raise _too_large(path.name)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotesError(f"There is no file {path}.", "Check the path, or give - to read standard input.") from error
    except OSError as error:
        raise NotesError(f"{path.name} cannot be opened.", "Check that you may read it.") from error
    return notes_from_bytes(path.name, data)


def notes_from_bytes(name: str, data: bytes) -> str:
    """Return the text of the notes in `data`, a file called `name`; raise NotesError where there is none to read."""
    if len(data) > _LARGEST_FILE:
        raise _too_large(name)
    openers: dict[str, Callable[[str, bytes], str]] = {".docx": _from_docx, ".eml": _from_mail}
    return checked(openers.get(Path(name).suffix.lower(), _from_text)(name, data), name)


def checked(text: str, name: str = "The notes") -> str:
    """Return `text` where it can be notes: not empty, not too large, no binary."""
    if not text.strip():
        raise NotesError(f"{name}: nothing is written there.", "Paste your deal notes, one deal a line will do.")
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise _too_large(name)
    if "\x00" in text:
        raise _binary(name)
    return text


def _from_text(name: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # a sheet saved as "Unicode text"
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _binary(name) from error
    if b"\x00" in data[:8192] or data.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise _binary(name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        controls = sum(1 for c in text[:8192] if c < " " and c not in "\t\n\r\f\v")
        if controls > len(text[:8192]) // 50 or text.count("\ufffd") > len(text) // 100:
            raise _binary(name) from None
        return text


def _from_docx(name: str, data: bytes) -> str:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    try:
        blocks = list(Document(BytesIO(data)).iter_inner_content())
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise NotesError(f"{name} is not a Word document that opens.", "Save it again, or paste its text.") from error
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            bullet = "- " if (block.style and (block.style.name or "").startswith("List")) else ""
            lines.append(bullet + block.text)
        elif isinstance(block, Table):
            rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in block.rows]
            lines += ["| " + " | ".join(cells) + " |" for cells in rows]
            if rows:
                lines.insert(len(lines) - len(rows) + 1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines)


def _from_mail(name: str, data: bytes) -> str:
    from email import message_from_bytes, policy

    message = message_from_bytes(data, policy=policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise NotesError(f"{name} has no text in it.", "Save the e-mail with its text, or paste it.")
    try:
        text = str(body.get_content())
    except (LookupError, UnicodeDecodeError, KeyError) as error:
        raise NotesError(f"The text of {name} cannot be decoded.", "Paste it instead.") from error
    if body.get_content_type() == "text/html":
        text = _text_of_html(text)
    heads = [f"{h}: {message[h]}" for h in ("From", "To", "Subject", "Date") if message[h]]
    return "\n".join([*heads, "", text]) if heads else text


def _text_of_html(source: str) -> str:
    from html.parser import HTMLParser

    class Text(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.parts: list[str] = []
            self.hidden = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.hidden += tag in ("script", "style", "head")
            if tag in ("p", "br", "div", "li", "tr", "h1", "h2", "h3"):
                self.parts.append("\n- " if tag == "li" else "\n")

        def handle_endtag(self, tag: str) -> None:
            self.hidden -= tag in ("script", "style", "head")

        def handle_data(self, data: str) -> None:
            if not self.hidden:
                self.parts.append(data)

    parser = Text()
    parser.feed(source)
    return "".join(parser.parts)


def _too_large(name: str) -> NotesError:
    return NotesError(
        f"{name}: that is more than {LARGEST // 1_000_000} MB of notes.", "Leave out what is not about deals."
    )


def _binary(name: str) -> NotesError:
    return NotesError(
        f"{name} is not text.", f"Give notes as {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}, or paste them."
    )
