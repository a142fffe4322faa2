"""A PostgreSQL of Izin's own: made at first use, reached by a local socket only, stopped by its last user.

Who is alive is never guessed from a process id, which the system may have given to somebody else by now. The kernel's
file locks tell: the server and its children hold ``server.lock`` from before their start until the last of them has
ended, and each process that uses the server holds ``users.lock``, shared; both locks fall by themselves at a kill -9.

As root, which PostgreSQL refuses to be, it runs as the account ``postgres``, else ``nobody``. No directory that
existed before is ever opened to that account: where it cannot pass, the database is kept in /var/lib/izin instead.
"""

import contextlib
import errno
import fcntl
import os
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import psycopg

from izin.lib import postgres_cluster
from izin.lib.postgres_binaries import ENVIRONMENT, PostgresUnavailable, find
from izin.lib.postgres_cluster import SUPERUSER, Account, Location, location, owner_of
from izin.lib.roles import prepare_roles

__all__ = ["Location", "PostgresUnavailable", "Server", "location", "prepare_roles", "running", "start"]

_SILENCE_S, _STOP_S, _PAUSE_S = 30.0, 30.0, 0.02
_NOT_YET = ("starting up", "not yet accepting", "recovery", "shutting down")


def start(data: Path, *, durable: bool = True) -> "Server":
    """Start the database of ``data``, or join the one that runs already; make it at first use. Ready when it returns.

    ``durable=False`` gives up what survives a power cut, for tests. Raises PostgresUnavailable.
    """
    place = location(data)
    try:
        return _start(place, data.expanduser().resolve(), durable)
    except OSError as error:
        raise PostgresUnavailable(_why(error, place)) from error
    except psycopg.Error as error:
        raise PostgresUnavailable(f"The embedded PostgreSQL failed: {str(error).splitlines()[0]}") from error


@contextlib.contextmanager
def running(data: Path, *, durable: bool = True) -> Iterator["Server"]:
    """``start``, and at the end ``Server.stop``."""
    server = start(data, durable=durable)
    try:
        yield server
    finally:
        server.stop()


class Server:
    """A running database that this process uses, until ``stop``. ``adopted``: another process had started it."""

    def __init__(
        self, place: Location, account: Account, users: IO[bytes], process: "subprocess.Popen[bytes] | None"
    ) -> None:
        self.location = place
        self.adopted = process is None
        self._account = account
        self._users = users
        self._process = process

    def stop(self) -> bool:
        """Leave the database, and stop it unless another process still uses it. True if it has been stopped."""
        if self._users.closed:
            return False
        with self._users:
            return _taken(self._users) and self._end()

    def _end(self) -> bool:
        with _lock(self.location, self._account, "server.lock") as guard:
            for how in (signal.SIGINT, signal.SIGQUIT):  # fast, then at once (it recovers at its next start)
                pid = _postmaster(self.location, self._account)
                if pid:
                    os.kill(pid, how)
                until = time.monotonic() + _STOP_S
                while time.monotonic() < until:
                    if _taken(guard):
                        if self._process:
                            self._process.wait()
                        return True
                    time.sleep(_PAUSE_S)
        return False


def _start(place: Location, data: Path, durable: bool) -> Server:
    account = owner_of(place.cluster)
    postgres_cluster.make_directories(place, data, account)
    users = _lock(place, account, "users.lock")
    try:
        fcntl.flock(users, fcntl.LOCK_SH)  # waits while another process is stopping the server
        process, connection = _join_or_launch(place, data, account, durable)
    except BaseException:
        users.close()
        raise
    server = Server(place, account, users, process)
    try:
        with connection:
            prepare_roles(connection, database=place.database)
    except BaseException:
        server.stop()
        raise
    return server


def _join_or_launch(
    place: Location, data: Path, account: Account, durable: bool
) -> tuple["subprocess.Popen[bytes] | None", psycopg.Connection[Any]]:
    process = None
    heard = time.monotonic()
    with _lock(place, account, "server.lock") as guard:
        while True:
            listening = _postmaster(place, account) is not None
            answer = _connect(place) if listening else ""
            if isinstance(answer, psycopg.Connection):
                return process, answer
            if process is not None and process.poll() is not None:
                raise PostgresUnavailable(f"PostgreSQL did not start: {_last_words(data)}")
            if not listening and process is None and _taken(guard):
                process = _launch(place, data, account, guard.fileno(), durable)
            if answer:  # a recovery after a power cut may take long, and ends
                heard = time.monotonic()
            if time.monotonic() - heard > _SILENCE_S:
                raise PostgresUnavailable(
                    f"The PostgreSQL of {place.cluster} does not answer. Look into {_log(data)}; end the "
                    "processes of that directory by hand if they hang, then start again."
                )
            time.sleep(_PAUSE_S)


def _launch(place: Location, data: Path, account: Account, guard: int, durable: bool) -> "subprocess.Popen[bytes]":
    """Start the server, which inherits the lock ``guard``; whoever holds that knows that no other server runs."""
    version_file = place.cluster / "PG_VERSION"
    major = int(version_file.read_text().split(".")[0]) if version_file.exists() else None
    programs, version = find(account.switch, postgres_cluster.STATE, major)
    if major is None:
        postgres_cluster.make_cluster(place, programs, version, account, durable)
    postgres_cluster.write_settings(place, account, durable)
    # Left behind by a server that was killed; its process id may be another program's by now.
    for stale in (place.cluster / "postmaster.pid", place.socket / f".s.PGSQL.{place.port}.lock"):
        stale.unlink(missing_ok=True)
    log = _log(data)
    postgres_cluster.directory(log.parent, 0o700, replace(account, uid=data.stat().st_uid))
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    home = place.cluster.parent
    settings = f"config_file={home / 'postgresql.conf'}"
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(  # noqa: S603 - a fixed list, no shell
            [programs / "postgres", "-D", place.cluster, "-c", settings],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=home,
            env=ENVIRONMENT,
            pass_fds=[guard],
            start_new_session=True,  # Ctrl-C is for us: the order of stopping is ours
            **account.switch,
        )
    finally:
        os.close(output)


def _postmaster(place: Location, account: Account) -> int | None:
    """The process that listens on our socket, from the kernel (0: in another container); None if there is none."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(place.socket / f".s.PGSQL.{place.port}"))
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        if not hasattr(socket, "SO_PEERCRED"):  # macOS
            return int((place.cluster / "postmaster.pid").read_text().split()[0])
        size = struct.calcsize("3i")
        pid, uid, _ = struct.unpack("3i", probe.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    if uid != account.uid:
        raise PostgresUnavailable(f"A process of another user listens in {place.socket}. End it, then start again.")
    return int(pid)


def _connect(place: Location) -> psycopg.Connection[Any] | str:
    """A superuser's connection in autocommit, or the server's word that it is not ready; empty if it said nothing."""
    try:
        connection = psycopg.connect(place.url(SUPERUSER, "postgres"), autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        _, fatal, told = str(error).partition("FATAL: ")
        if fatal and not any(words in told for words in _NOT_YET):
            raise PostgresUnavailable(f"The embedded PostgreSQL refuses Izin: {told.strip().splitlines()[0]}") from None
        return told.strip()
    row = connection.execute("SHOW data_directory").fetchone()
    if row is None or not Path(row[0]).is_dir() or not place.cluster.samefile(row[0]):
        connection.close()
        raise PostgresUnavailable(
            f"The PostgreSQL that answers in {place.socket} serves another directory than {place.cluster}. The data "
            "directory was moved while it ran: stop that PostgreSQL, then start again."
        )
    return connection


def _lock(place: Location, account: Account, name: str) -> IO[bytes]:
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    file = os.fdopen(os.open(place.cluster.parent / name, flags, 0o600), "rb+")
    if account.switch and os.fstat(file.fileno()).st_uid == os.geteuid():  # the cluster's owner may start it later
        os.fchown(file.fileno(), -1, account.gid)
        os.fchmod(file.fileno(), 0o660)
    return file


def _taken(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _log(data: Path) -> Path:
    return data / "logs" / "postgres.log"


def _last_words(data: Path) -> str:
    lines = _log(data).read_text(errors="replace").splitlines()
    fatal = [line for line in lines if "FATAL" in line or "PANIC" in line] or lines[-1:] or ["it said nothing"]
    return f"{fatal[-1].split(':  ')[-1]} (see {_log(data)})"


def _why(error: OSError, place: Location) -> str:
    home = place.cluster.parent
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk of {home} is full: make room, then start again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Izin may not write {error.filename or home}: allow it, or set IZIN_DATA to a directory of your own."
    return f"The embedded PostgreSQL in {home} could not be used: {error.strerror}."
