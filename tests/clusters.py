"""A migrated PostgreSQL for everything that wants one: migrated once in a run, and copied from then on.

What the copy is made from is made by the first who asks; the others, in whatever process, wait for it at a file lock.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACE = "IZIN_TEST_MIGRATED"  # the directory of the run, told to every process that runs tests


@contextmanager
def place_of_the_run() -> Iterator[None]:
    """Where the first one will be kept until the run ends."""
    with tempfile.TemporaryDirectory(prefix="izin-migrated-") as folder:
        Path(folder).chmod(0o711)  # as root, PostgreSQL runs as another user and must get through
        os.environ[PLACE] = folder
        yield
        del os.environ[PLACE]


@contextmanager
def running(data: Path) -> Iterator[None]:
    """The migrated database of the data directory ``data``, which has none yet, while the context lasts."""
    from izin.lib import embedded_postgres

    original = _original()
    cluster = embedded_postgres.location(data).cluster
    cluster.parent.mkdir(mode=0o711)
    shutil.copystat(original.parent, cluster.parent)
    os.chown(cluster.parent, original.parent.stat().st_uid, original.parent.stat().st_gid)
    subprocess.run(["cp", "-a", str(original), str(cluster)], check=True)
    with embedded_postgres.running(data, durable=False):
        yield


def _original() -> Path:
    """The cluster that nobody uses but as a pattern."""
    from izin.lib import embedded_postgres

    data = Path(os.environ[PLACE])
    with (data / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data / "done").exists():
            (data / "home").mkdir(mode=0o711)
            with embedded_postgres.running(data / "home", durable=False):
                env = {name: value for name, value in os.environ.items() if not name.startswith(("IZIN_", "DJANGO_"))}
                command = [sys.executable, "-m", "izin", "database", "migrate", "--quiet"]
                subprocess.run(command, env=env | {"IZIN_DATA": str(data / "home")}, check=True)
            (data / "done").touch()
    return embedded_postgres.location(data / "home").cluster
