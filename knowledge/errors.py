"""The one error that the knowledge base raises: a sentence on what is wrong and a sentence on what to do."""

from __future__ import annotations


class KnowledgeError(Exception):
    """Say what is wrong with a card, a playbook file or the index, and the way out."""

    def __init__(self, message: str, way_out: str) -> None:
        super().__init__(f"{message} {way_out}")
        self.message = message
        self.way_out = way_out
