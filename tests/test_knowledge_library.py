"""The knowledge base as a whole: situations in rough words find the practices that fit."""

import shutil

import numpy as np
import pytest

from knowledge.cards import read_cards
from knowledge.embedder import fingerprint, shared
from knowledge.errors import KnowledgeError
from knowledge.library import Library
from knowledge.ranking import Words, shares, similarity, state_scores
from knowledge.vectors import PATH, card_rows, vectors


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    found = Library(tmp_path_factory.mktemp("data"))
    yield found
    found.close()


FOUND = {
    "bad news held back": (
        "the rollout customer is furious and I have not told my director yet, she hates surprises",
        "bad-news-early",
    ),
    "one figure asked for": (
        "CRO wants one figure for Q3, could be 2M could be 3M depending on two signatures",
        "scenarios",
    ),
    "a late promise of the manager": ("my mgr promised to call their CIO a month ago & forgot", "overdue-commitment"),
    "a big request": ("want to ask for budget and 3 people to open the Nordics", "ask-ladder"),
    "a deal that has to come down": ("should come out of commit, quarter ends in 3 wks", "downgrade-early"),
    "behind on quota": ("I'm at 40% of quota and want to bring my own plan for the next month", "thirty-day-plan"),
}


@pytest.mark.parametrize(("query", "id"), FOUND.values(), ids=FOUND)
def test_a_situation_finds_its_practice(library, query, id):
    assert id in [hit.id for hit in library.search(query, 5)]


def test_hits_come_best_first_with_their_source(library):
    hits = library.search("how do I tell my boss that a deal slipped", 8)
    assert len(hits) == 8
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 < hit.score <= 1 for hit in hits)
    card = library.card(hits[0].id)
    assert (hits[0].title, hits[0].source, hits[0].passage, hits[0].kind) == (
        card.title,
        card.cited,
        card.gist,
        "practice",
    )


@pytest.mark.parametrize("query", ["", " \n\t"], ids=["no text", "spaces"])
def test_nothing_asked_finds_nothing(library, query):
    assert library.search(query, 5) == ()


ODD = {
    "signs alone": "?! ... --",
    "words that say nothing": "it is the",
    "another script": "商談が遅れている",
    "braces and quotes": "{boss} \"wants\" 'it' %s \\",
    "zeros": "a\x00b",
    "200 kB of notes": "globex slipped to december, legal has the redlines. " * 4000,
    "one endless word": "x" * 100_000,
}


@pytest.mark.parametrize("query", ODD.values(), ids=ODD)
def test_odd_text_is_searched_like_any_other(library, query):
    assert len(library.search(query, 5)) == 5


def test_a_short_query_is_not_drowned_by_a_long_one(library):
    long = "globex slipped to december, legal has the redlines, procurement is slow, security wants a review. " * 5
    hits = library.find((long, "my manager wants to know what I want to become"), 8)
    assert "personal-goals" in [hit.id for hit in hits]


def test_states_raise_what_is_meant_for_them(library):
    def place(states):
        ids = [hit.id for hit in library.find(("what do I send on friday",), 47, states=states)]
        return ids.index("news-speed")

    assert "won" in library.card("news-speed").states
    assert place(("won",)) < place(())


def test_states_alone_find_practices(library):
    hits = library.find((), 5, states=("gone dark",))
    assert hits
    assert "gone_dark" in library.card(hits[0].id).states


def test_a_query_given_twice_counts_once(library):
    once = library.find(("the deal slipped",), 5)
    assert library.find(("the deal slipped", "the deal slipped"), 5) == once


def test_two_libraries_find_the_same(library):
    other = Library(None)
    assert other.search("boss wants a number by friday", 8) == library.search("boss wants a number by friday", 8)
    other.close()


def test_an_index_that_goes_away_while_open_is_made_again(tmp_path):
    library = Library(tmp_path)
    before = library.search("the deal slipped", 5)
    library._index.close()
    shutil.rmtree(tmp_path / "index")
    assert library.search("the deal slipped", 5) == before
    library.close()


def test_a_query_is_never_kept(tmp_path):
    library = Library(tmp_path)
    library.find(("Zanzibarquoll Ltd slipped, quoth the raven",), 5)
    library.close()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"zanzibarquoll" not in path.read_bytes().lower(), path


def test_an_unknown_practice_says_so(library):
    with pytest.raises(KnowledgeError, match="no practice 'nope'"):
        library.card("nope")


def test_an_unwritable_data_folder_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(KnowledgeError, match="cannot be written to"):
        Library(tmp_path / "file" / "data").search("the deal slipped")


def test_the_packaged_vectors_are_those_of_the_cards():
    rows = [row for card in read_cards() for row in card_rows(card)]
    with np.load(PATH) as held:
        assert str(held["embedder"]) == fingerprint(), "run: python -m knowledge.vectors"
        assert set(held["ids"]) == {row.id for row in rows}, "run: python -m knowledge.vectors"
    some = rows[::40]
    assert np.allclose(vectors(some), shared().embed_all([row.text for row in some]), atol=1e-3)


def test_no_shared_word_scores_nothing():
    words = Words(["the champion left", "legal is slow"])
    assert words.scores("budget").tolist() == [0, 0]
    assert words.scores("champions")[0] > 0
    assert words.scores("champions")[1] == 0


def test_ranks_are_shared_and_zero_gets_nothing():
    found = shares(np.array([3.0, 0.0, 3.0, 1.0]), least=0.0)
    assert found.tolist() == pytest.approx([1 / 6, 0, 1 / 6, 1 / 8])


def test_a_document_is_as_near_as_its_nearest_rows_together():
    nearest = [("a", 0.9), ("a", 0.8), ("b", 0.7), ("a", 0.6), ("a", 0.5)]
    found = similarity(nearest, False, {"a": 6, "b": 2, "c": 4}, {"a": 0, "b": 1, "c": 2})
    assert found.tolist() == pytest.approx([(0.9 + 0.8 + 0.6) / 3, (0.7 + 0.5) / 2, 0.5])


def test_a_rare_state_counts_more_than_a_common_one():
    scores = state_scores(("won", "timeline slip"), [("won",), ("slipped",), ("slipped", "lost"), ("lost",)])
    assert scores[0] > scores[1] == scores[2] > 0
    assert scores[3] == 0
