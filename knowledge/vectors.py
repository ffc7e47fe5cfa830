"""The cards' vectors, made beforehand: rows in, unit vectors out, without loading the model.

    python -m knowledge.vectors        makes vectors.npz anew, after a card was changed

The file names the embedder it was made with, and each vector the text it stands for. A row that it does not know (a
card changed since) is embedded instead: the first opening is then slower, and nothing else.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.cards import Card, read_cards
from knowledge.embedder import fingerprint, shared
from knowledge.index import Row
from knowledge.words import spell_out

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PATH = Path(__file__).resolve().parent / "vectors.npz"


def row(of: str, text: str) -> Row:
    """Make a row whose id is 20 hexadecimal digits of what it is of and its text in full words."""
    text = spell_out(text)
    return Row(hashlib.sha256(f"{of}\0{text}".encode()).hexdigest()[:20], of, text)


def card_rows(card: Card) -> tuple[Row, ...]:
    """Return the texts by which a card is found: title with gist, each situation, the keywords, why it works.

    Situations in a rep's own words find more than explanations do; a vector each finds more than one for all.
    """
    texts = (f"{card.title}. {card.gist}", *card.when, ", ".join(card.keywords), card.why)
    rows = {found.id: found for found in (row(card.id, text) for text in texts if text.strip())}
    return tuple(rows.values())


def vectors(rows: Sequence[Row], made: Mapping[str, NDArray[np.float32]] | None = None) -> NDArray[np.float32]:
    """Return the unit vectors of rows, shape (rows, 384): from `made` or the file by their ids, else embedded."""
    import numpy as np

    known = {**_packaged(), **(made or {})}
    found = [known[one.id] if one.id in known else shared().embed(one.text) for one in rows]
    return np.stack(found) if found else shared().embed_all(())


@lru_cache(maxsize=1)
def _packaged(path: Path = PATH) -> Mapping[str, NDArray[np.float32]]:
    """Read the file; one of another embedder, or a damaged or absent one, knows no rows."""
    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as held:
            if str(held["embedder"]) != fingerprint():
                return {}
            found = held["vectors"].astype(np.float32)
            found /= np.linalg.norm(found, axis=1, keepdims=True)
            return dict(zip((str(id) for id in held["ids"]), found, strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def make(path: Path = PATH) -> int:
    """Embed all rows of the packaged cards and write the file; return the number of rows."""
    import numpy as np

    rows = [one for card in read_cards() for one in card_rows(card)]
    np.savez(
        path,
        embedder=np.array(fingerprint()),
        ids=np.array([one.id for one in rows]),
        vectors=shared().embed_all([one.text for one in rows]).astype(np.float16),
    )
    return len(rows)


if __name__ == "__main__":
    print(f"{PATH.name}: {make()} rows, {PATH.stat().st_size} bytes")
