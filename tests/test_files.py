"""Notes come in from the files reps keep them in; what cannot be read is named in one sentence with a way out."""

from io import BytesIO
from pathlib import Path

import pytest

from chains.errors import NotesError
from chains.reading.files import LARGEST, notes_from_bytes, notes_from_path


def docx() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("Deals", 1)
    document.add_paragraph("Globex 120k commit")
    document.add_paragraph("Initech 40k upside", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("acct", "amt", "Hooli", "9k"), strict=True):
        cell.text = text
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


MAIL = b"From: me@example.com\nSubject: Q3\nContent-Type: text/plain; charset=utf-8\n\nGlobex \xe2\x82\xac80k\n"
HTML_MAIL = b"Subject: Q3\nContent-Type: text/html\n\n<style>p{}</style><p>Globex 80k</p><ul><li>Initech</li></ul>"


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        pytest.param("a.txt", "Globex 80k €".encode(), "Globex 80k €", id="utf-8"),
        pytest.param("a.txt", b"\xef\xbb\xbfGlobex", "Globex", id="utf-8 with a byte order mark"),
        pytest.param("a.csv", "Höhe;80".encode("cp1252"), "Höhe;80", id="a sheet saved on Windows"),
        pytest.param("a.txt", "Globex".encode("utf-16"), "Globex", id="a sheet saved as Unicode text"),
        pytest.param("a.eml", MAIL, "From: me@example.com\nSubject: Q3\n\nGlobex €80k\n", id="an e-mail"),
        pytest.param("a.eml", HTML_MAIL, "Subject: Q3\n\n\nGlobex 80k\n- Initech", id="an e-mail in HTML"),
        pytest.param(
            "a.docx",
            docx(),
            "Deals\nGlobex 120k commit\n- Initech 40k upside\n| acct | amt |\n|---|---|\n| Hooli | 9k |",
            id="a Word document with a list and a table",
        ),
    ],
)
def test_text_comes_out(name: str, data: bytes, wanted: str) -> None:
    assert notes_from_bytes(name, data) == wanted


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param("a.txt", b"  \n", "nothing is written", id="empty"),
        pytest.param("a.txt", b"x" * (LARGEST + 1), "more than 2 MB", id="too large"),
        pytest.param("a.txt", b"\x89PNG\r\n\x1a\n", "not text", id="a picture"),
        pytest.param("a.md", bytes(range(256)) * 40, "not text", id="bytes of anything"),
        pytest.param("a.txt", b"PK\x03\x04rest", "not text", id="an archive under another name"),
        pytest.param("a.docx", b"PK\x03\x04broken", "not a Word document", id="a broken Word document"),
        pytest.param("a.docx", b"plain", "not a Word document", id="text under a Word name"),
        pytest.param("a.eml", b"Content-Type: image/png\n\nxx", "no text in it", id="an e-mail without text"),
    ],
)
def test_what_cannot_be_read_is_named(name: str, data: bytes, said: str) -> None:
    with pytest.raises(NotesError, match=said):
        notes_from_bytes(name, data)


def test_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotesError, match="is a folder"):
        notes_from_path(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotesError, match="There is no file"):
        notes_from_path(tmp_path / "none.txt")
