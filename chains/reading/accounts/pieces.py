"""A stretch of the notes that is about one account, as the scopes give it out."""

from typing import NamedTuple


class Piece(NamedTuple):
    """Hold tokens `first` up to and without `last` that are about one account; a lent piece is only likely to be."""

    account: int
    first: int
    last: int
    unit: int
    sentence: int
    lent: bool = False
    category: str = ""  # the category that a heading or label gives to what stands here
    stage: str = ""  # the stage that a heading or label gives
    rep: bool = True  # said by the rep
