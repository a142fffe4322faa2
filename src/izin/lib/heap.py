"""Keep the collector of reference cycles off what stays alive anyway."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def settle() -> None:
    """From here on, collections leave aside what is alive now: what a process has loaded when it begins its work.

    Going through all of it stopped a running lane for a tenth of a second, now and then.
    """
    gc.collect()
    gc.freeze()


@contextmanager
def settled() -> Iterator[None]:
    """While this is open, collections leave aside what was alive before.

    Work that makes millions of short-lived objects sets off many of them, and each would go through everything that
    the program has loaded: in an import that took a sixth of all time and found nothing.
    """
    before = gc.get_freeze_count()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if before:
            settle()
