"""Keep the collector of reference cycles off what stays alive anyway."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def settled() -> Iterator[None]:
    """While this is open, collections leave aside what was alive before.

    Work that makes millions of short-lived objects sets off many of them, and each would go through everything that
    the program has loaded: in an import that took a sixth of all time and found nothing.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
