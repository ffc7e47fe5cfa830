"""The search for garbage put off while notes are read: a thing to do comes in, it is done without it.

Reading makes many small things that go away by themselves or stay; to look through all that stay, again and again, took
a tenth of the time of a long note and a quarter of an export's.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_later() -> Iterator[None]:
    """Let nobody look for garbage until the block, or the function this decorates, has ended."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()
