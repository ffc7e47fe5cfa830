"""The knowledge base: situations in a rep's rough words in, the practices and playbook passages that fit out.

Each query makes two rankings, by words (BM25) and by meaning (vectors in Chroma); all rankings are joined by
reciprocal rank. Queries are never kept: the index holds cards and the team's playbook, no notes.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from knowledge import ranking
from knowledge.cards import Card, read_cards
from knowledge.documents import Document, Hit, Kind, of_card, of_file
from knowledge.embedder import fingerprint, shared
from knowledge.errors import KnowledgeError
from knowledge.index import Index, Row
from knowledge.playbook import NAME, Added, Kept, read_files, read_playbook, take_in, write_playbook
from knowledge.vectors import vectors
from knowledge.words import MOST_SENTENCES, sentences, spell_out

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Added", "Entry", "Hit", "Kind", "Library"]

NEAREST = 100  # rows asked for a sentence; further ones could not move a document into the first places
SENTENCES = 12  # embedded for one search, all queries together: some milliseconds each
LONGEST = 400  # characters of a sentence that are looked at

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """A file of the playbook, as listed."""

    name: str
    passages: int
    added: date


@dataclass(frozen=True)
class _Shelf:
    """What a search reads; replaced as a whole when the playbook changes."""

    documents: tuple[Document, ...]
    places: dict[str, int]
    rows: dict[str, int]
    of: dict[str, str]
    words: ranking.Words
    sets: tuple[tuple[str, int], ...]
    stamp: tuple[int, ...]


class Library:
    """Find practices and playbook passages; opens at first use, and may be shared between threads.

    `folder` is the user's data folder, in which the index and the playbook are kept; None keeps nothing.
    """

    def __init__(self, folder: Path | None, *, playbook: bool = True) -> None:
        self.folder = folder
        self._index = Index(folder)
        self._playbook = playbook and folder is not None
        self._lock = threading.RLock()
        self._shelf: _Shelf | None = None
        self._notices: tuple[str, ...] = ()
        self._cards: dict[str, Card] | None = None

    def search(self, query: str, n: int = 5, *, kind: Kind | None = None) -> tuple[Hit, ...]:
        """Return the `n` best hits for one situation or request, best first."""
        return self.find((query,), n, kind=kind)

    def find(
        self, queries: Sequence[str], n: int = 5, *, states: Sequence[str] = (), kind: Kind | None = None
    ) -> tuple[Hit, ...]:
        """Return the `n` best hits for several queries (the request, the notes' own words), best first.

        Each query ranks for itself, so that a long one does not drown a short one. `states` are those of the deals
        ('slipped', 'gone dark'); they raise what is meant for them. `kind` keeps to practices or to the playbook.
        """
        asked = [query for query in dict.fromkeys(queries) if query.strip()]
        most = min(MOST_SENTENCES, max(1, SENTENCES // max(1, len(asked))))
        parts = [tuple(spell_out(one[:LONGEST]) for one in sentences(query, most)) for query in asked]
        parts = [part for part in parts if part]
        if not parts and not states:
            return ()
        shelf, total = self._ready(lambda shelf: (shelf, self._score(shelf, parts, states)))
        fitting = [place for place, document in enumerate(shelf.documents) if kind in (None, document.hit.kind)]
        order = sorted(fitting, key=lambda place: (-total[place], place))[: max(0, n)]
        return tuple(replace(shelf.documents[place].hit, score=round(total[place], 6)) for place in order)

    @property
    def notices(self) -> tuple[str, ...]:
        """Say what a search went on without: a playbook that cannot be read."""
        return self._notices

    def cards(self) -> tuple[Card, ...]:
        """Return all practice cards, by id."""
        with self._lock:
            if self._cards is None:
                self._cards = {card.id: card for card in read_cards()}
            return tuple(self._cards.values())

    def card(self, id: str) -> Card:
        """Return a practice card; raise KnowledgeError where there is none of that id."""
        for card in self.cards():
            if card.id == id:
                return card
        raise KnowledgeError(f"There is no practice {id!r}.", "Search with `foreword practices` to see the ids.")

    def add(self, paths: Sequence[Path]) -> Added:
        """Take files and folders (.md, .txt, .docx, .pdf) into the playbook; a file added again replaces the old."""
        folder = self._kept_in()
        with self._index.writing():
            # A damaged playbook or an unwritable folder is told before the work.
            held = {kept.digest for kept in read_playbook(folder)}
        fresh, skipped = read_files(paths, date.today())
        # Embedded before the lock is taken: a thick playbook takes a minute, and searches would wait for it.
        changed = [kept for kept in fresh if kept.digest not in held]
        rows = [one for kept in changed for document in of_file(kept) for one in document.rows]
        made = dict(zip((one.id for one in rows), vectors(rows), strict=True))
        with self._lock, self._index.writing():
            files, added = take_in(read_playbook(folder), fresh, skipped)
            if added.files:
                write_playbook(folder, files)
                self._open(made)
        return added

    def entries(self) -> tuple[Entry, ...]:
        """Return the playbook's files, by name."""
        if self.folder is None:
            return ()
        files = sorted(read_playbook(self.folder), key=lambda one: one.name)
        return tuple(Entry(one.name, len(one.passages), one.added) for one in files)

    def remove(self, name: str) -> int:
        """Take a file out of the playbook; return the number of its passages, or raise KnowledgeError.

        `name` is as listed; a folder's name takes out all files that were added with it.
        """
        folder = self._kept_in()
        with self._lock, self._index.writing():
            files = read_playbook(folder)
            gone = [one for one in files if one.name == name or one.name.startswith(name.rstrip("/") + "/")]
            if not gone:
                raise KnowledgeError(
                    f"The playbook has no file {name!r}.", "List the names with `foreword knowledge list`."
                )
            write_playbook(folder, [one for one in files if one not in gone])
            self._open()
        return sum(len(one.passages) for one in gone)

    def close(self) -> None:
        """Let go of the index's files; the next search opens them again."""
        with self._lock:
            self._shelf = None
            self._index.close()

    def _kept_in(self) -> Path:
        if self.folder is None:
            raise KnowledgeError("There is no data folder to keep a playbook in.", "Set FOREWORD_DATA_FOLDER.")
        return self.folder

    def _score(self, shelf: _Shelf, parts: Sequence[Sequence[str]], states: Sequence[str]) -> list[float]:
        """Return the joined score of every document, 0 to 1."""
        import numpy as np

        flat = [text for part in parts for text in part]
        near = self._similarities(shelf, flat)
        total, best, start = np.zeros(len(shelf.documents)), 0.0, 0
        for part in parts:
            total += ranking.shares(near[start : start + len(part)].mean(axis=0))
            total += ranking.shares(shelf.words.scores(" ".join(part)), least=0.0)
            start, best = start + len(part), best + 2
        if states:
            fitting = ranking.state_scores(states, [document.states for document in shelf.documents])
            total += ranking.shares(fitting, least=0.0)
            best += 1
        scores: list[float] = (total * (ranking.RRF_K + 1) / best).tolist()
        return scores

    def _similarities(self, shelf: _Shelf, texts: Sequence[str]) -> ranking.Scores:
        """Return the similarity of every document to every text, shape (texts, documents)."""
        import numpy as np

        asked = shared().embed_all(texts)
        found = np.full((len(texts), len(shelf.documents)), -1.0)
        for name, count in shelf.sets:
            most = min(NEAREST, count)
            for i, nearest in enumerate(self._index.nearest(name, asked, most)):
                owned = [(shelf.of[id], cosine) for id, cosine in nearest]
                of_set = ranking.similarity(owned, most == count, shelf.rows, shelf.places)
                found[i] = np.maximum(found[i], of_set)
        return found

    def _ready(self, use: Callable[[_Shelf], T]) -> T:
        """Use the shelf, brought up to date; open it anew once where the index was damaged meanwhile."""
        with self._lock:
            if self._shelf is None or self._shelf.stamp != self._stamp():
                with self._index.writing():
                    self._open()
            shelf = self._shelf
        assert shelf is not None
        try:
            return use(shelf)
        except (KnowledgeError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # Chroma raises types of its own for files that went away, and panics
            with self._lock, self._index.writing():
                self._index.close()
                shelf = self._open()
        try:
            return use(shelf)
        except Exception as error:
            raise KnowledgeError(
                f"The index of the knowledge base in {self.folder or 'memory'} cannot be read.",
                "Close other programs that use it, or delete its folder `index`; it is made again.",
            ) from error

    def _open(self, made: Mapping[str, NDArray[np.float32]] | None = None) -> _Shelf:
        """Read cards and playbook and make the index hold them; call it while the index is locked for writing.

        `made` holds vectors that are known already, by row.
        """
        stamp = self._stamp()
        practices = tuple(of_card(card) for card in self.cards())
        files: tuple[Kept, ...] = ()
        self._notices = ()
        if self._playbook and self.folder is not None:
            try:
                files = read_playbook(self.folder)
            except KnowledgeError as error:  # the practices are of use without it
                self._notices = (str(error),)
        passages = tuple(document for kept in files for document in of_file(kept))
        sets = []
        for prefix, documents, probes in (("practices-", practices, 12), ("playbook-", passages, 2)):
            rows = [one for document in documents for one in document.rows]
            if rows or (prefix == "playbook-" and self._playbook):
                name = prefix + _name(rows if prefix == "practices-" else ())
                self._index.hold(name, rows, partial(vectors, made=made or {}), _probes(rows, probes))
                self._index.drop_others(prefix, name)
                sets.append((name, len(rows)))
        documents = practices + passages
        self._shelf = _Shelf(
            documents=documents,
            places={document.hit.id: place for place, document in enumerate(documents)},
            of={one.id: one.of for document in documents for one in document.rows},
            rows=dict(Counter(one.of for document in documents for one in document.rows)),
            words=ranking.Words([document.text for document in documents]),
            sets=tuple((name, count) for name, count in sets if count),
            stamp=stamp,
        )
        return self._shelf

    def _stamp(self) -> tuple[int, ...]:
        """Return what changes when this or another process changes the playbook."""
        if not self._playbook or self.folder is None:
            return ()
        try:
            found = (self.folder / NAME).stat()
        except OSError:
            return ()
        return found.st_mtime_ns, found.st_size, found.st_ino


def _probes(rows: Sequence[Row], most: int) -> list[Row]:
    """Choose rows that have to find themselves, from everywhere; short ones, as those are quickly embedded."""
    step = max(1, len(rows) // most)
    starts = range(0, len(rows), step)[:most]
    return [min(rows[start : start + step], key=lambda one: len(one.text)) for start in starts]


def _name(rows: Sequence[Row]) -> str:
    """Return a digest of the embedder and of what a set holds, for its name."""
    return hashlib.sha256("".join((fingerprint(), *(one.id for one in rows))).encode()).hexdigest()[:16]
