"""The one error that the knowledge base raises: a sentence on what is wrong and a sentence on what to do."""

from __future__ import annotations

from pathlib import Path


class KnowledgeError(Exception):
    """Say what is wrong with a card, a playbook file or the index, and the way out."""

    def __init__(self, message: str, way_out: str) -> None:
        super().__init__(f"{message} {way_out}")
        self.message = message
        self.way_out = way_out


def unwritable(folder: Path) -> KnowledgeError:
    """Return the error of a data folder that cannot be written to."""
    return KnowledgeError(
        f"The data folder {folder} cannot be written to.",
        "Give yourself the right to write there, or set FOREWORD_DATA_FOLDER to another folder.",
    )
