"""Places where the fault tests kill the process. Without ``IZIN_CRASHPOINT`` in the environment they do nothing."""

import os
import signal

_point, _, _count = os.environ.get("IZIN_CRASHPOINT", "").partition(":")
_left = int(_count or 1)


def crash_point(name: str) -> None:
    """Die as by ``kill -9`` here when ``IZIN_CRASHPOINT`` is this name (``C3``; ``C3:5`` dies at the fifth visit)."""
    global _left  # noqa: PLW0603 - a process dies once
    if name != _point:
        return
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
