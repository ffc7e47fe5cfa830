"""Notes to a `Book`: text and its conventions come in, deals with the place of every fact go out.

The way stands in `book.py`: tables first, then tokens, layout and clauses; which names are accounts; which words belong
to which account; from those words each field; last what concerns no deal.
"""

from chains.reading.book import read

__all__ = ["read"]
