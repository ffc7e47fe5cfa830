"""The Chroma index: named sets of rows in, the nearest rows of a vector out.

The index holds nothing that cannot be made again: the rows come from the packaged cards and from the playbook's own
file. So whatever is found damaged is thrown away and built anew. One process at a time writes (a lock file); Chroma
loses vectors silently when several do.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.errors import KnowledgeError, unwritable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Vectors = Callable[[Sequence["Row"]], Matrix]

BATCH = 2000  # rows written at a time; Chroma takes 5461 at most
# Wider than Chroma's own settings: with some hundred rows the search is then exact, and the same every time. Written to
# its files from a hundred rows on, not from a thousand: rows that are only in its log are indexed anew at each opening.
HNSW = {
    "space": "cosine",
    "ef_construction": 400,
    "ef_search": 400,
    "max_neighbors": 64,
    "batch_size": 100,
    "sync_threshold": 100,
}
PATIENCE = 60.0  # seconds to wait for another process that is writing


@dataclass(frozen=True)
class Row:
    """One text with a vector of its own; several rows may be `of` the same card or passage."""

    id: str
    of: str
    text: str


class Index:
    """Keep sets of rows in Chroma under `folder`; without a folder, in memory."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._client: Any = None
        self._sets: dict[str, Any] = {}
        self._memory = uuid.uuid4().hex[:8]  # in-memory clients share what they hold with the whole process

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder's lock; raise KnowledgeError where it cannot be written or stays locked."""
        if self.folder is None:
            yield
            return
        from filelock import FileLock, Timeout

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
            lock = FileLock(str(self.folder / "index.lock"), timeout=PATIENCE)
            lock.acquire()
        except Timeout as error:
            raise KnowledgeError(
                "Another foreword has been writing to the knowledge base for a minute.", "Close it, then try again."
            ) from error
        except (OSError, NotImplementedError) as error:
            raise unwritable(self.folder) from error
        try:
            yield
        finally:
            lock.release()

    def hold(self, name: str, rows: Sequence[Row], vectors: Vectors, probes: Sequence[Row]) -> None:
        """Make the set `name` hold exactly these rows, and check that `probes` find themselves; call while `writing`.

        `vectors` gives the unit vectors of rows, shape (rows, 384); it is asked for those that are not in the index
        yet, and for the probes. A damaged index is built anew.
        """
        if self._holds(name, rows, vectors, probes):
            return
        self._discard()
        if not self._holds(name, rows, vectors, probes):
            raise KnowledgeError(
                f"The index of the knowledge base in {self.folder or 'memory'} cannot be built.",
                "Check that the disk is not full, or set FOREWORD_DATA_FOLDER to another folder.",
            )

    def nearest(self, name: str, vectors: Matrix, most: int) -> list[list[tuple[str, float]]]:
        """Return for each vector the nearest rows of a set: their ids and cosines, best first.

        A set that is gone or has lost its rows raises whatever Chroma raises, or LookupError.
        """
        if not len(vectors):
            return []
        # Ids and distances only: Chroma takes three times as long to fetch the rows' texts or metadata as well.
        found = self._set(name, create=False).query(query_embeddings=vectors, n_results=most, include=["distances"])
        if not all(found["ids"]):
            raise LookupError(name)
        return [
            [(str(id), 1.0 - float(distance)) for id, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def drop_others(self, prefix: str, name: str) -> None:
        """Forget the sets whose name begins with `prefix`, but for `name`: those of earlier cards or models."""
        for collection in self._open().list_collections():
            if collection.name.startswith(self._full(prefix)) and collection.name != self._full(name):
                self._open().delete_collection(collection.name)
                self._sets.clear()

    def close(self) -> None:
        """Let go of the files; the next use opens them again."""
        if self._client is not None:
            client, self._client = self._client, None
            self._sets.clear()
            client.close()

    def _full(self, name: str) -> str:
        return name if self.folder is not None else f"{self._memory}-{name}"

    def _open(self) -> Any:
        if self._client is None:
            os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
            import chromadb
            from chromadb.config import Settings

            settings = Settings(anonymized_telemetry=False)
            if self.folder is None:
                self._client = chromadb.EphemeralClient(settings=settings)
            else:
                self._client = chromadb.PersistentClient(str(self.folder / "index"), settings=settings)
        return self._client

    def _set(self, name: str, *, create: bool = True) -> Any:
        if name not in self._sets:
            client = self._open()
            from knowledge.embedder.chroma import MiniLM

            if create:
                self._sets[name] = client.get_or_create_collection(
                    self._full(name), embedding_function=MiniLM(), configuration={"hnsw": HNSW}
                )
            else:
                self._sets[name] = client.get_collection(self._full(name), embedding_function=MiniLM())
        return self._sets[name]

    def _holds(self, name: str, rows: Sequence[Row], vectors: Vectors, probes: Sequence[Row]) -> bool:
        """Bring the set up to date and tell whether it is sound; False for damaged files."""
        try:
            collection = self._set(name)
            self._match(collection, rows, vectors)
            return collection.count() == len(rows) and self._finds(collection, vectors(probes), probes)
        except (KnowledgeError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # Chroma raises types of its own for damaged files, and panics that are no Exception
            return False

    def _match(self, collection: Any, rows: Sequence[Row], vectors: Vectors) -> None:
        """Add the rows that the set lacks and take out those that it should not have."""
        held = set(collection.get(include=[])["ids"])
        spare = sorted(held - {row.id for row in rows})
        lacking = [row for row in rows if row.id not in held]
        for start in range(0, len(spare), BATCH):
            collection.delete(ids=spare[start : start + BATCH])
        for start in range(0, len(lacking), BATCH):
            some = lacking[start : start + BATCH]
            collection.upsert(
                ids=[row.id for row in some],
                embeddings=vectors(some),
                documents=[row.text for row in some],
                metadatas=[{"of": row.of} for row in some],
            )

    def _finds(self, collection: Any, vectors: Matrix, probes: Sequence[Row]) -> bool:
        """Tell whether the nearest row of each probe is itself; a lost vector file shows only here."""
        if not probes:
            return True
        found = collection.query(query_embeddings=vectors, n_results=1, include=["distances", "documents"])
        # Two rows may have the same text, so the text has to match, not the id.
        return all(
            texts and texts[0] == row.text and distances[0] < 0.001
            for row, texts, distances in zip(probes, found["documents"], found["distances"], strict=True)
        )

    def _discard(self) -> None:
        """Throw the index's files away; the playbook's own file stands beside them and stays."""
        with suppress(Exception):  # a client of damaged files may not close
            self.close()
        if self.folder is None:
            self._memory = uuid.uuid4().hex[:8]
            return
        from chromadb.api.shared_system_client import SharedSystemClient

        # Chroma remembers a client that failed to start, and would hand it out again for the same folder.
        SharedSystemClient.clear_system_cache()
        place = self.folder / "index"
        try:
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(self.folder) from error
