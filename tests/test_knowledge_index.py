"""The index: rows in, nearest rows out; damage is found and mended, and one process at a time writes."""

import os
import shutil
import subprocess
import sys

import pytest

from knowledge.embedder import shared
from knowledge.errors import KnowledgeError
from knowledge.index import Index
from knowledge.vectors import row, vectors

TEXTS = [f"{thing} {n}" for thing in ("the champion left", "legal is slow", "we won") for n in range(40)]
ROWS = [row(text, text) for text in TEXTS]


def opened(folder, rows=ROWS):
    index = Index(folder)
    with index.writing():
        index.hold("practices-test", rows, vectors, rows[::30])
    return index


def nearest(index, text):
    return [id for id, _ in index.nearest("practices-test", shared().embed_all([text]), 1)[0]]


def drop_vectors(place):
    for one in place.iterdir():
        if one.is_dir():
            shutil.rmtree(one)


def overwrite_vectors(place):
    for one in place.glob("*/*.bin"):
        one.write_bytes(os.urandom(300))


def cut_database(place):
    data = (place / "chroma.sqlite3").read_bytes()
    (place / "chroma.sqlite3").write_bytes(data[: len(data) // 2])


def replace_by_file(place):
    shutil.rmtree(place)
    place.write_text("not a folder")


DAMAGE = {
    "nothing": lambda place: None,
    "the folder is gone": shutil.rmtree,
    "the folder is a file": replace_by_file,
    "the vectors are gone": drop_vectors,
    "the vectors are garbage": overwrite_vectors,
    "the database is garbage": lambda place: (place / "chroma.sqlite3").write_bytes(b"garbage" * 1000),
    "the database is cut off": cut_database,
    "the database is empty": lambda place: (place / "chroma.sqlite3").write_bytes(b""),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_index_is_mended_at_opening(tmp_path, damage):
    opened(tmp_path).close()
    damage(tmp_path / "index")
    index = opened(tmp_path)
    assert [nearest(index, one.text) for one in ROWS[::7]] == [[one.id] for one in ROWS[::7]]


def test_rows_that_changed_are_exchanged(tmp_path):
    opened(tmp_path).close()
    fresh = [*ROWS[10:], row("new", "the budget was cut")]
    index = opened(tmp_path, fresh)
    assert nearest(index, "the budget was cut") == [fresh[-1].id]
    assert nearest(index, ROWS[0].text) != [ROWS[0].id]


def test_sets_of_earlier_cards_are_dropped(tmp_path):
    index = opened(tmp_path)
    with index.writing():
        index.hold("practices-next", ROWS[:5], vectors, ROWS[:1])
        index.hold("playbook-x", ROWS[:5], vectors, ROWS[:1])
        index.drop_others("practices-", "practices-next")
    index.close()
    import chromadb

    with chromadb.PersistentClient(
        str(tmp_path / "index"), settings=chromadb.Settings(anonymized_telemetry=False)
    ) as client:
        assert {one.name for one in client.list_collections()} == {"practices-next", "playbook-x"}


def test_without_a_folder_two_indexes_keep_apart():
    one, other = opened(None, ROWS[:10]), opened(None, ROWS[40:50])
    assert nearest(one, ROWS[3].text) == [ROWS[3].id]
    assert nearest(other, ROWS[43].text) == [ROWS[43].id]


@pytest.mark.parametrize("place", ["file/inside", "/proc/nothing/here"], ids=["under a file", "where nobody may write"])
def test_an_unwritable_folder_says_so(tmp_path, place):
    (tmp_path / "file").write_text("")
    with pytest.raises(KnowledgeError, match="cannot be written to") as raised, Index(tmp_path / place).writing():
        pass
    assert "FOREWORD_DATA_FOLDER" in raised.value.way_out


def test_processes_that_open_at_once_all_find_and_lose_nothing(tmp_path):
    code = (
        "import sys; from pathlib import Path; from knowledge.library import Library\n"
        "print([hit.id for hit in Library(Path(sys.argv[1])).search('she wants bad news early', 8)])"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    found = [one.communicate(timeout=120)[0] for one in running]
    assert len(set(found)) == 1
    assert "bad-news-early" in found[0]
