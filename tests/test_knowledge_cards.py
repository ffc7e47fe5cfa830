"""Practice cards: every packaged one loads, and a broken one says what is wrong with it."""

import pytest

from knowledge.cards import SECTIONS, read_card, read_cards
from knowledge.errors import KnowledgeError

FRONT = """id: write-it-down
title: Write it down
source: "A talk: on writing"
publisher: Some blog
audience: rep
when: [we never remember what we said, "who owed what?", what did she promise]
keywords: [notes]
states: [one_on_one]
"""
BODY = "".join(f"## {name}\n{name} text.\n" for name in SECTIONS)


def card_file(folder, front=FRONT, body=BODY, name="write-it-down.md"):
    path = folder / name
    path.write_text(f"---\n{front}---\n{body}", encoding="utf-8")
    return path


def test_every_packaged_card_loads_and_is_complete():
    cards = read_cards()
    assert len(cards) == 47
    assert len({card.id for card in cards}) == 47
    for card in cards:
        assert all((card.gist, card.why, card.how, card.sounds, card.avoid)), card.id
        assert len(card.when) >= 5, card.id


def test_a_card_keeps_its_fields_and_sections(tmp_path):
    card = read_card(card_file(tmp_path))
    assert (card.id, card.title, card.audience) == ("write-it-down", "Write it down", "rep")
    assert card.cited == "A talk: on writing (Some blog)"
    assert card.when == ("we never remember what we said", "who owed what?", "what did she promise")
    assert card.how == "How to do it text."
    assert "who owed what?" in card.text


def test_a_card_may_have_windows_line_ends(tmp_path):
    path = tmp_path / "write-it-down.md"
    path.write_bytes(f"---\n{FRONT}---\n{BODY}".replace("\n", "\r\n").encode())
    assert read_card(path).avoid == "What to avoid text."


BROKEN = {
    "no front matter": (None, BODY, "does not open with front matter"),
    "front matter that is no YAML": ("id: [\n", BODY, "no valid YAML"),
    "front matter that is a list": ("- id\n", BODY, "no list of names and values"),
    "no title": (FRONT.replace("title: Write it down\n", ""), BODY, "'title' is missing"),
    "a title that YAML reads as a number": (
        FRONT.replace("Write it down", "30"),
        BODY,
        "'title' is missing or no text",
    ),
    "a situation that YAML reads as a mapping": (
        FRONT.replace("[notes]", "[notes: now]"),
        BODY,
        "'keywords' is no list of texts",
    ),
    "too few situations": (
        FRONT.replace("[we never remember what we said, ", "[").replace(", what did she promise", ""),
        BODY,
        "it has 1 situations",
    ),
    "another id than the file's name": (FRONT.replace("write-it-down", "write"), BODY, "its id is 'write'"),
    "an unknown audience": (FRONT.replace("audience: rep", "audience: boss"), BODY, "audience is 'boss'"),
    "a section missing": (FRONT, BODY.replace("## Gist", "### Gist"), "'Gist' is missing"),
    "a section empty": (FRONT, BODY.replace("Gist text.", " "), "'Gist' is missing or empty"),
    "a section twice": (FRONT, BODY + "## Gist\nagain\n", "'Gist' stands there twice"),
    "an unknown section": (FRONT, BODY + "## Sources\nx\n", "a section 'Sources'"),
}


@pytest.mark.parametrize(("front", "body", "error"), BROKEN.values(), ids=BROKEN)
def test_a_broken_card_says_what_is_wrong(tmp_path, front, body, error):
    path = tmp_path / "write-it-down.md"
    path.write_text(body if front is None else f"---\n{front}---\n{body}", encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        read_card(path)
    assert error in raised.value.message
    assert "write-it-down.md" in raised.value.message
    assert raised.value.way_out


def test_a_card_that_is_no_text_says_so(tmp_path):
    path = tmp_path / "write-it-down.md"
    path.write_bytes(b"\xff\x00\xfe")
    with pytest.raises(KnowledgeError, match="cannot be read as UTF-8"):
        read_card(path)


def test_a_folder_without_cards_says_so(tmp_path):
    with pytest.raises(KnowledgeError, match="no practice cards"):
        read_cards(tmp_path)
