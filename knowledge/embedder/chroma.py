"""The embedder as Chroma wants it. Importing this module imports chromadb; import it where it is used."""

from __future__ import annotations

from typing import Any

from chromadb.api.types import Documents, EmbeddingFunction, Embeddings, Space
from chromadb.utils.embedding_functions import register_embedding_function

from knowledge.embedder import Embedder, fingerprint, shared


@register_embedding_function
class MiniLM(EmbeddingFunction[Documents]):
    """Embed documents and queries with the packaged model; its config names the model's fingerprint."""

    def __init__(self, embedder: Embedder | None = None) -> None:
        self._embedder = embedder or shared()

    def __call__(self, input: Documents) -> Embeddings:
        return [self._embedder.embed(text) for text in input]

    @staticmethod
    def name() -> str:
        return "foreword-minilm"

    def default_space(self) -> Space:
        return "cosine"

    def supported_spaces(self) -> list[Space]:
        return ["cosine", "l2", "ip"]

    def get_config(self) -> dict[str, Any]:
        return {"model": "all-MiniLM-L6-v2", "fingerprint": fingerprint()}

    @staticmethod
    def build_from_config(config: dict[str, Any]) -> MiniLM:
        return MiniLM()
