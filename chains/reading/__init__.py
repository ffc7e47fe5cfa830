"""Notes to a `Book`: text and its conventions come in, deals with the place of every fact go out."""

from chains.deals import Book, Conventions


def read(notes: str, conventions: Conventions) -> Book:
    """Read the deals, statements and promises out of `notes`."""
    raise NotImplementedError
