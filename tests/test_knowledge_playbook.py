"""The team's own playbook: files in, passages under their headings out; what cannot be used is skipped."""

import docx
import pytest

from knowledge.errors import KnowledgeError
from knowledge.library import Library
from knowledge.passages import MOST_WORDS, Passage, Unreadable, read_passages
from knowledge.playbook import NAME, Skipped

TEXTS = {
    "Markdown headings nest": (
        "rules.md",
        "Intro line.\n# Pricing\n## Discounts\nUp to 10% is yours.\n## Terms ##\nNet 30.\n# Legal\nAsk Petra.\n",
        [
            (None, "Intro line."),
            ("Pricing > Discounts", "Up to 10% is yours."),
            ("Pricing > Terms", "Net 30."),
            ("Legal", "Ask Petra."),
        ],
    ),
    "underlined headings count": (
        "a.md",
        "Pricing\n=======\nNet 30.\n\nLegal\n-----\nAsk.\n",
        [("Pricing", "Net 30."), ("Pricing > Legal", "Ask.")],
    ),
    "a hash in code is no heading": ("a.md", "# Steps\n```\n# not a heading\n```\n", [("Steps", "# not a heading")]),
    "front matter is left out": ("a.md", "---\nauthor: x\n---\n# One\ntext\n", [("One", "text")]),
    "a table stays together": (
        "a.md",
        "# Who\n| a | b |\n|---|---|\n| c | d |\n",
        [("Who", "| a | b |\n|---|---|\n| c | d |")],
    ),
    "capitals and colons head plain text": (
        "a.txt",
        "DISCOUNT RULES\nUp to 10% is yours.\n\nAbove that:\nask the desk\n",
        [("DISCOUNT RULES", "Up to 10% is yours."), ("DISCOUNT RULES > Above that", "ask the desk")],
    ),
    "Windows line ends": ("a.md", "# One\r\ntext\r\n", [("One", "text")]),
}


@pytest.mark.parametrize(("name", "text", "passages"), TEXTS.values(), ids=TEXTS)
def test_text_becomes_passages_under_their_headings(tmp_path, name, text, passages):
    path = tmp_path / name
    path.write_bytes(text.encode())
    assert read_passages(path) == tuple(Passage(*one) for one in passages)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_may_have_any_usual_encoding(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes("Für Größe gilt".encode(encoding))
    assert read_passages(path)[0].text == "Für Größe gilt"


def test_a_long_section_is_cut_and_loses_nothing(tmp_path):
    path = tmp_path / "long.md"
    words = [f"word{n}" for n in range(1000)]
    path.write_text("# Long\n" + " ".join(words[:700]) + "\n\n" + " ".join(words[700:]))
    passages = read_passages(path)
    assert all(len(one.text.split()) <= MOST_WORDS and one.heading == "Long" for one in passages)
    assert " ".join(one.text for one in passages).split() == words


def word_file(path):
    document = docx.Document()
    document.add_heading("Handbook", 0)
    document.add_heading("Discounts", 1)
    document.add_paragraph("Up to 10% is yours.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "15%", "deal desk"
    document.save(str(path))


def pdf_file(path, text="Up to ten percent is yours."):
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, one)
    start = len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    path.write_bytes(data + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)


def test_a_word_file_becomes_passages_with_its_tables(tmp_path):
    word_file(tmp_path / "a.docx")
    assert read_passages(tmp_path / "a.docx") == (Passage("Discounts", "Up to 10% is yours.\n\n15% | deal desk"),)


def test_a_pdf_file_becomes_passages_by_page(tmp_path):
    pdf_file(tmp_path / "a.pdf")
    assert read_passages(tmp_path / "a.pdf") == (Passage("page 1", "Up to ten percent is yours."),)


BAD = {
    "empty": ("a.md", b"", "it is empty"),
    "only spaces": ("a.md", b" \n\n", "it holds no text"),
    "only headings": ("a.md", b"# One\n## Two\n", "it holds no text"),
    "binary": ("a.txt", b"\x00\x01\x02" * 50, "it is no text"),
    "binary without zeros": ("a.txt", bytes(range(1, 32)) * 20, "it is no text"),
    "no Word file": ("a.docx", b"PK\x03\x04 broken", "it is no Word file, or a damaged one"),
    "no PDF file": ("a.pdf", b"%PDF-1.4 broken", "it is no PDF file, or a damaged one"),
    "another kind": ("a.xlsx", b"x", "it is no .md, .txt, .docx or .pdf file"),
    "too large": ("a.txt", b"a" * 20_000_001, "it is larger than 20 MB"),
}


@pytest.mark.parametrize(("name", "data", "reason"), BAD.values(), ids=BAD)
def test_a_bad_file_gives_its_reason(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Unreadable) as raised:
        read_passages(tmp_path / name)
    assert str(raised.value) == reason


def test_a_pdf_without_text_gives_its_reason(tmp_path):
    pdf_file(tmp_path / "scan.pdf", text="")
    with pytest.raises(Unreadable, match="a scan"):
        read_passages(tmp_path / "scan.pdf")


@pytest.fixture
def team(tmp_path):
    folder = tmp_path / "team"
    (folder / "more").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / ".git" / "note.md").write_text("hidden")
    (folder / "discounts.md").write_text("# Discounts\nAbove 15 percent, Petra in the deal desk approves.\n")
    (folder / "more" / "travel.txt").write_text("Flights are booked by the office in Ghent.\n")
    (folder / "broken.docx").write_bytes(b"broken")
    return folder


@pytest.fixture
def library(tmp_path):
    found = Library(tmp_path / "data")
    yield found
    found.close()


def test_a_folder_is_added_and_found_by_file_and_heading(library, team):
    added = library.add([team])
    assert added.files == (("team/discounts.md", 1), ("team/more/travel.txt", 1))
    assert added.passages == 2
    assert added.skipped == (Skipped("team/broken.docx", "it is no Word file, or a damaged one"),)
    hit = library.search("who approves 20 percent discount, deal desk?", 1)[0]
    assert (hit.kind, hit.source, hit.heading) == ("playbook", "team/discounts.md", "Discounts")
    assert hit.passage == "Above 15 percent, Petra in the deal desk approves."
    assert [hit.source for hit in library.search("flights to Ghent", 1, kind="playbook")] == ["team/more/travel.txt"]
    assert {hit.kind for hit in library.search("flights to Ghent", 8, kind="practice")} == {"practice"}


def test_a_file_added_again_replaces_the_old(library, team):
    path = team / "discounts.md"
    library.add([path])
    path.write_text("# Discounts\nAbove 25 percent, Tomasz in finance approves.\n\n# New\nSecond passage here.\n")
    added = library.add([path])
    assert added.replaced == ("discounts.md",)
    assert [(one.name, one.passages) for one in library.entries()] == [("discounts.md", 2)]
    hits = library.search("who approves a discount above 25 percent?", 10, kind="playbook")
    assert "Petra" not in " ".join(hit.passage for hit in hits)
    assert "Tomasz" in hits[0].passage


def test_a_copy_under_another_name_is_skipped(library, team):
    library.add([team / "discounts.md"])
    (team / "copy.md").write_bytes((team / "discounts.md").read_bytes())
    assert library.add([team / "copy.md"]).skipped == (Skipped("copy.md", "it has the same content as discounts.md"),)


def test_files_of_one_name_in_two_folders_are_both_kept(library, team):
    (team / "more" / "discounts.md").write_text("# Partners\nPartners get 20 percent.\n")
    added = library.add([team / "discounts.md", team / "more" / "discounts.md"])
    assert [name for name, _ in added.files] == ["discounts.md", "more/discounts.md"]


def test_a_path_that_is_not_there_is_skipped(library, tmp_path):
    added = library.add([tmp_path / "nothing.md"])
    assert added.files == ()
    assert added.skipped[0].reason == "there is no such file or folder"


def test_what_is_removed_is_no_longer_found(library, team):
    library.add([team])
    assert library.remove("team/discounts.md") == 1
    assert [one.name for one in library.entries()] == ["team/more/travel.txt"]
    assert library.remove("team") == 1
    assert library.search("who approves a discount?", 60, kind="playbook") == ()
    with pytest.raises(KnowledgeError, match="no file 'team'"):
        library.remove("team")


def test_another_process_s_additions_are_found(library, team, tmp_path):
    library.search("discount", 1)
    other = Library(tmp_path / "data")
    other.add([team / "discounts.md"])
    other.close()
    assert library.search("Petra approves above 15 percent", 1)[0].source == "discounts.md"


def test_a_damaged_playbook_says_so_and_the_practices_stay(library, team, tmp_path):
    library.add([team])
    (tmp_path / "data" / NAME).write_text("{broken")
    assert {hit.kind for hit in library.search("the deal slipped", 8)} == {"practice"}
    assert "cannot be read" in library.notices[0]
    with pytest.raises(KnowledgeError, match="cannot be read"):
        library.add([team])
    with pytest.raises(KnowledgeError, match="cannot be read"):
        library.entries()
    assert (tmp_path / "data" / NAME).read_text() == "{broken"


def test_the_playbook_survives_a_damaged_index(library, team, tmp_path):
    library.add([team])
    library.close()
    (tmp_path / "data" / "index" / "chroma.sqlite3").write_bytes(b"garbage" * 1000)
    assert library.search("Petra approves above 15 percent", 1)[0].source == "team/discounts.md"


def test_without_a_data_folder_there_is_no_playbook(team):
    library = Library(None)
    assert library.entries() == ()
    with pytest.raises(KnowledgeError, match="no data folder"):
        library.add([team])
