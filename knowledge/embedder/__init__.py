"""Text in, a unit vector of 384 numbers out: all-MiniLM-L6-v2, offline and the same on every machine.

The model's file is made by build.py; at run time only onnxruntime, tokenizers and numpy are needed.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

FOLDER = Path(__file__).resolve().parent
DIMENSIONS = 384
TOKENS = 256  # the model reads no further
KEPT = 512  # vectors remembered; a draft asks for the same sentences several times


class Embedder:
    """Embed texts one at a time; safe to share between threads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None
        self._kept: OrderedDict[str, Vector] = OrderedDict()

    def embed(self, text: str) -> Vector:
        """Return the unit vector of a text, shape (384,), float32; an empty text has one too.

        One text at a time without padding, so that a vector never depends on its neighbours.
        """
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
                return self._kept[text]
        vector = self._run(text)
        vector.setflags(write=False)
        with self._lock:
            self._kept[text] = vector
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return vector

    def embed_all(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors of several texts, shape (texts, 384)."""
        import numpy as np

        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        return np.stack([self.embed(text) for text in texts])

    def _run(self, text: str) -> Vector:
        import numpy as np

        tokenizer, session = self._load()
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        states = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
        vector: Vector = states[0].mean(axis=0)
        length = float(np.linalg.norm(vector))
        return (vector / max(length, 1e-12)).astype(np.float32)

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._loaded is None:
                self._loaded = _tokenizer(self.folder), _session(self.folder)
            return self._loaded


@lru_cache(maxsize=1)
def shared() -> Embedder:
    """Return the process's one embedder over the packaged files."""
    return Embedder()


@lru_cache(maxsize=4)
def fingerprint(folder: Path = FOLDER) -> str:
    """Return 12 hexadecimal digits that change with the model or its tokenizer."""
    digest = hashlib.sha256()
    for path in (folder / "model.onnx", folder / "tokenizer.json"):
        if not path.is_file():
            raise _missing(path)
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    path = folder / "tokenizer.json"
    if not path.is_file():
        raise _missing(path)
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS)
    return tokenizer


def _session(folder: Path) -> Any:
    # Before the first import: later releases write a device id and an event database into the user's cache.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    path = folder / "model.onnx"
    if not path.is_file():
        raise _missing(path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(2, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Idle threads sleep: spinning ones would take the processor from the page that waits for the draft.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises types of its own for a damaged file
        raise KnowledgeError(f"The embedder's file {path.name} cannot be read.", "Install foreword again.") from error


def _missing(path: Path) -> KnowledgeError:
    return KnowledgeError(f"The embedder's file {path.name} is missing.", "Install foreword again.")
