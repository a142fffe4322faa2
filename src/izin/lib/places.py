"""Where Izin keeps its files."""

import os
from pathlib import Path


def data_directory() -> Path:
    """The folder for keys, the embedded database, checkpoints and logs: ``IZIN_DATA`` or the user's own data folder."""
    given = os.environ.get("IZIN_DATA")
    base = Path(given) if given else Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "izin"
    return base.expanduser().absolute()
