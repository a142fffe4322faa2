"""Where an embedded database lies, who owns it, and its files and settings; nothing here runs a server."""

import contextlib
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from izin.lib.postgres_binaries import ENVIRONMENT, PostgresUnavailable
from izin.lib.roles import QUIET, ROLES

STATE = Path("/var/lib/izin")
SUPERUSER = "postgres"
_SHORT = 100  # a socket's path has at most 103 bytes on macOS, 107 on Linux


@dataclass(frozen=True, slots=True)
class Location:
    """Where an embedded database is; enough to connect, whether it runs or not."""

    cluster: Path
    socket: Path
    port: int = 5432
    database: str = "izin"

    def url(self, role: str, database: str | None = None) -> str:
        """The address for ``role``; nobody else on the machine may use it, so that there is no password."""
        host = quote(str(self.socket), safe="")
        return f"postgresql://{role}@/{database or self.database}?host={host}&port={self.port}"


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    uid: int
    gid: int

    @property
    def switch(self) -> dict[str, Any]:
        """The arguments of ``subprocess`` that change to this account."""
        same = self.uid == os.geteuid()
        return {} if same else {"user": self.uid, "group": self.gid, "extra_groups": []}


def location(data: Path) -> Location:
    """Where the database of the data directory ``data`` is, computed alike in every process; nothing is made."""
    data = data.expanduser().resolve()
    key = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    home = data / "postgres"
    if os.geteuid() == 0 and not (home / "cluster").is_dir():
        outside = STATE / "clusters" / key
        if (outside / "cluster").is_dir() or not _passable(data, owner_of(None)):
            home = outside
    sockets = home / "socket"
    if len(os.fsencode(sockets / ".s.PGSQL.5432")) >= _SHORT:
        sockets = Path("/tmp") / f"izin-{key}"  # noqa: S108 - made with mode 0700, and its owner is checked
    return Location(home / "cluster", sockets)


def owner_of(cluster: Path | None) -> Account:
    """Who runs the server: the owner of an existing cluster, else ourselves, or as root postgres or nobody."""
    owner = cluster.stat().st_uid if cluster and cluster.is_dir() else None
    uid = os.geteuid()
    if uid != 0 and owner not in (None, uid):
        raise PostgresUnavailable(f"The database in {cluster} belongs to user {owner}: run Izin as that user.")
    if owner == 0:
        raise PostgresUnavailable(
            f"The database in {cluster} belongs to root, as which PostgreSQL does not run: give it to the account "
            "postgres (chown -R)."
        )
    names = ("postgres", "nobody") if uid == 0 and owner is None else ()
    for name in names:
        with contextlib.suppress(KeyError):
            owner = pwd.getpwnam(name).pw_uid
            break
    try:
        entry = pwd.getpwuid(uid if owner is None else owner)
    except KeyError:
        raise PostgresUnavailable(
            f"User id {uid} has no name on this machine, and PostgreSQL needs one: add it to /etc/passwd, or set "
            "IZIN_DATABASE_URL to a server."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _passable(path: Path, account: Account) -> bool:
    """Whether the account may go through each directory on the way that exists; we make the others."""
    for step in (path, *path.parents):
        if step.is_dir():
            status = step.stat()
            shift = 6 if status.st_uid == account.uid else 3 if status.st_gid == account.gid else 0
            if not status.st_mode >> shift & 1:
                return False
    return True


def make_directories(place: Location, data: Path, account: Account) -> None:
    # 0710 and the account's group: it may pass, and neither it nor anybody else may look around.
    shared = 0o700 if not account.switch else 0o710
    for path in (data, place.cluster.parent):
        directory(path, shared, Account("", os.geteuid(), account.gid))
    directory(place.socket, 0o700, account)
    status = place.socket.lstat()
    if status.st_uid != account.uid or status.st_mode & 0o170077 != 0o040000:
        raise PostgresUnavailable(f"{place.socket} is not a directory of {account.name} alone. Remove it.")


def directory(path: Path, mode: int, owner: Account) -> None:
    """Make it with that mode and owner, and the missing ones above it passable; leave what exists as it is."""
    for missing in reversed([above for above in path.parents if not above.exists()]):
        missing.mkdir()
        missing.chmod(0o755)
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=0o700)
        os.chown(path, owner.uid, owner.gid)
        path.chmod(mode)


def make_cluster(place: Location, programs: Path, version: int, account: Account, durable: bool) -> None:
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    locale = builtin if version >= 17 else ["--locale=C.UTF-8"]
    fresh = place.cluster.with_name("cluster.new")  # renamed when whole: a kill in the middle leaves nothing half-made
    if fresh.exists():
        shutil.rmtree(fresh)
    directory(fresh, 0o700, account)
    command: list[str | Path] = [programs / "initdb", "-D", fresh, "-U", SUPERUSER, "-E", "UTF8", *locale]
    command += [] if durable else ["--no-sync"]
    # For whoever starts it by hand with its own settings: never open to others.
    command += ["--data-checksums", "--auth-local=peer", "--auth-host=reject"]
    made = subprocess.run(  # noqa: S603 - a fixed list, no shell
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=place.cluster.parent,
        env=ENVIRONMENT,
        **account.switch,
    )
    if made.returncode:
        told = [line for line in made.stderr.splitlines() if "error" in line] or made.stderr.splitlines() or ["?"]
        raise PostgresUnavailable(f"The database could not be made in {place.cluster.parent}: {told[0]}")
    fresh.rename(place.cluster)


def write_settings(place: Location, account: Account, durable: bool) -> None:
    home = place.cluster.parent
    settings = QUIET | {
        "listen_addresses": "",
        "unix_socket_directories": '"' + str(place.socket).replace('"', '""') + '"',
        "unix_socket_permissions": "0700",
        "port": str(place.port),
        "hba_file": str(home / "pg_hba.conf"),
        "ident_file": str(home / "pg_ident.conf"),
        "max_connections": "100",
        "shared_buffers": "128MB",
        "track_commit_timestamp": "on",
        "track_activity_query_size": "100",
        "log_checkpoints": "off",
        "log_autovacuum_min_duration": "-1",
        "log_timezone": "UTC",
        "timezone": "UTC",
        "lc_messages": "C",
    }
    if not durable:
        settings |= {"fsync": "off", "full_page_writes": "off"}
    lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()]
    # Root and the cluster's owner may read its files anyway: they may connect, and nobody else.
    names = dict.fromkeys(pwd.getpwuid(uid).pw_name for uid in (0, account.uid))
    mapped = [f'izin "{name}" {role}' for name in names for role in (*ROLES, SUPERUSER)]
    _write(home / "postgresql.conf", lines, account)
    _write(home / "pg_hba.conf", ["local all all peer map=izin"], account)
    _write(home / "pg_ident.conf", mapped, account)


def _write(file: Path, lines: list[str], account: Account) -> None:
    descriptor, scratch = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "w") as new:
        new.write("\n".join(["# Written by Izin at each start.", *lines, ""]))
    os.chown(scratch, -1, account.gid)
    Path(scratch).chmod(0o640)
    Path(scratch).replace(file)
