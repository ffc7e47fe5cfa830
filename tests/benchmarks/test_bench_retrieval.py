"""How long a search takes in process, the library being open: `pytest tests/benchmarks --benchmark-enable`."""

import itertools

import pytest

from knowledge.embedder import Embedder, shared
from knowledge.library import Library

QUERIES = (
    "champion left and I have not told my director, hoping to find a new contact before she notices",
    "vp wants a number for the qtr. last time I missed it. what do I say?",
    "need an SE for 2 more quarters",
    "globex pushed to may, legal has the redlines. acme won. two others went dark",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    found = Library(tmp_path_factory.mktemp("data"))
    found.search("open", 1)
    yield found
    found.close()


def test_one_query(benchmark, library):
    fresh = itertools.count()

    def search():
        number = next(fresh)  # makes every query a new one: the embedder remembers
        return library.search(f"{QUERIES[number % len(QUERIES)]} {number}", 8)

    assert len(benchmark(search)) == 8


def test_eight_queries_and_states(benchmark, library):
    fresh = itertools.count()

    def find():
        number = next(fresh)
        queries = [f"{query} {number}" for query in (*QUERIES, *(query[:40] for query in QUERIES))]
        return library.find(queries, 8, states=("slipped", "gone dark", "won"))

    assert len(benchmark(find)) == 8


def test_one_sentence_embedded(benchmark):
    embedder = Embedder(shared().folder)
    fresh = itertools.count()
    vector = benchmark(lambda: embedder.embed(f"the champion left and nobody picks up {next(fresh)}"))
    assert vector.shape == (384,)
