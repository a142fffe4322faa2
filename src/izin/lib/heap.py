"""Keep the collector of reference cycles off what stays alive anyway."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG_MAX = 50_000  # objects that came and did not go since the last collection; Python's own is 700


def settle() -> None:
    """From here on, collections leave aside what is alive now: what a process has loaded when it begins its work.

    Going through all of it stopped a running lane for a tenth of a second, now and then. And they come seldom: what is
    under way for an answer's time, thousands of objects, was gone through after every few messages, for a sixth of all
    that a lane did.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_MAX, *gc.get_threshold()[1:])


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
