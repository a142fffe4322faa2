"""The izin command: what it says when it refuses, and the supervisor on real processes."""

import io
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from queue import Queue

import pytest

from izin.cli import database, main
from izin.cli.run import PROCESSES, commands
from izin.cli.supervisor import Supervisor

CHILD = """
import os, signal, sys
from izin.cli.run import end_with_supervisor
end_with_supervisor()
print("here", os.getpid(), flush=True)
signal.pause()
"""
ENDS = "print('once', flush=True)"
REFUSES = "import sys; print('izin: No key.', flush=True); sys.exit(2)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); signal.pause()"


class Lines(io.StringIO):
    """An output that a test can wait on, line by line."""

    def __init__(self) -> None:
        super().__init__()
        self.queue: Queue[str] = Queue()

    def write(self, text: str) -> int:
        if text.strip():
            self.queue.put(text)
        return len(text)

    def next(self) -> str:
        return self.queue.get(timeout=60)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def ends(pid: int) -> None:
    """Wait until the process, a child of somebody else, has ended."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    with os.fdopen(descriptor) as process:
        assert select.select([process], [], [], 60)[0], "the process goes on"


def izin(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("IZIN_")}
    command = [sys.executable, "-m", "izin", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=clean | env, check=False)


def test_help_names_the_commands() -> None:
    told = izin("--help")
    assert told.returncode == 0
    assert {"run", "up", "database"} <= set(told.stdout.split())


@pytest.mark.parametrize("arguments", [(), ("run",), ("run", "nothing"), ("database",), ("fly",)])
def test_a_wrong_command_is_refused_with_its_usage(arguments: tuple[str, ...]) -> None:
    told = izin(*arguments)
    assert told.returncode == 2
    assert told.stderr.startswith("usage: izin")


def test_a_refusal_is_one_sentence(tmp_path: Path) -> None:
    told = izin("database", "check", IZIN_DATA=str(tmp_path), IZIN_DATABASE_URL="mysql://nobody@nowhere")
    assert told.returncode == 2
    assert told.stdout == ""
    assert told.stderr.startswith("izin: IZIN_DATABASE_URL must look like")
    assert told.stderr.count("\n") == 1


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    told = izin(
        "database", "check", IZIN_DATA=str(tmp_path), IZIN_DATABASE_URL="postgresql://izin_web@127.0.0.1:1/izin"
    )
    assert told.returncode == 2
    assert told.stderr.startswith("izin: The database does not answer:")
    assert told.stderr.count("\n") == 1


def test_create_says_what_the_server_refused() -> None:
    told = izin("database", "create", "--admin-url", "postgresql://postgres@127.0.0.1:1/postgres")
    assert told.returncode == 2
    assert told.stderr.startswith("izin: The server refused:")
    assert told.stderr.count("\n") == 1


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_password_file_without_a_password_is_refused(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_text(content)
    with pytest.raises(database.NotPrepared, match="password file"):
        database._first_line(file)


@pytest.mark.parametrize(
    ("arguments", "role"),
    [
        (["run", "web"], "web"),
        (["run", "worker"], "web"),
        (["run", "door"], "dispatch"),
        (["run", "dispatch"], "dispatch"),
        (["database", "migrate"], "owner"),
        (["database", "check"], "web"),
    ],
)
def test_each_command_takes_its_own_database_role(arguments: list[str], role: str) -> None:
    assert main.parser().parse_args(arguments).role == role


def test_all_processes_are_supervised() -> None:
    assert list(commands()) == list(PROCESSES) == ["web", "door", "worker", "dispatch"]


def test_supervisor_starts_all_names_their_lines_and_stops_them() -> None:
    lines = Lines()
    supervisor = Supervisor({"one": python(CHILD), "three": python(CHILD)}, output=lines)
    supervisor.start()
    told = {lines.next() for _ in range(2)}
    pids = supervisor.pids
    assert told == {f"one   | here {pids['one']}", f"three | here {pids['three']}"}
    assert supervisor.alive
    supervisor.stop()
    assert not supervisor.alive
    assert supervisor.pids == {}
    supervisor.stop()  # once more does nothing
    assert lines.queue.empty()


def test_supervisor_starts_one_again_that_was_killed() -> None:
    lines = Lines()
    supervisor = Supervisor({"one": python(CHILD)}, output=lines)
    supervisor.start()
    first = lines.next()
    os.kill(supervisor.pids["one"], signal.SIGKILL)
    assert lines.next() == "one | ended (SIGKILL); starts again in 0.5 s"
    second = lines.next()
    assert second.startswith("one | here ")
    assert second != first
    supervisor.stop()


def test_supervisor_waits_longer_each_time_that_one_dies_at_once() -> None:
    lines = Lines()
    supervisor = Supervisor({"one": python(ENDS)}, output=lines)
    supervisor.start()
    told = [lines.next() for _ in range(4)]
    supervisor.stop()
    pauses = ["one | ended (exit code 0); starts again in 0.5 s", "one | ended (exit code 0); starts again in 1 s"]
    assert told == ["one | once", pauses[0], "one | once", pauses[1]]


def test_a_process_that_refuses_ends_all() -> None:
    lines = Lines()
    supervisor = Supervisor({"one": python(CHILD), "two": python(REFUSES)}, output=lines)
    supervisor.start()
    assert supervisor.wait() == 2
    assert supervisor.pids == {}
    assert "two | izin: No key." in list(lines.queue.queue)


def test_a_signal_handler_may_ask_to_stop() -> None:
    lines = Lines()
    supervisor = Supervisor({"one": python(CHILD)}, output=lines)
    before = signal.signal(signal.SIGUSR1, lambda *_: supervisor.request_stop())
    try:
        supervisor.start()
        lines.next()
        os.kill(os.getpid(), signal.SIGUSR1)
        assert supervisor.wait() == 0
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert supervisor.pids == {}


def test_a_process_that_does_not_hear_is_killed_in_the_end() -> None:
    lines = Lines()
    supervisor = Supervisor({"one": python(DEAF)}, output=lines, grace=0.2)
    supervisor.start()
    lines.next()
    supervisor.stop()
    assert supervisor.pids == {}


def test_children_end_when_their_supervisor_is_killed() -> None:
    code = f"""
import sys
from izin.cli.supervisor import Supervisor
supervisor = Supervisor({{"one": [sys.executable, "-c", {CHILD!r}]}})
supervisor.start()
supervisor.wait()
"""
    with subprocess.Popen(python(code), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline().split()[-1])
        process.kill()
    ends(child)


def test_what_a_dead_process_had_started_is_ended_with_it() -> None:
    grandchild = f"import subprocess, signal; subprocess.Popen({python(DEAF)!r}); signal.pause()"
    lines = Lines()
    supervisor = Supervisor({"one": python(grandchild)}, output=lines)
    supervisor.start()
    assert lines.next() == "one | deaf"
    # The dead one's lines end only when all who could write them have gone: the next line is the proof.
    os.kill(supervisor.pids["one"], signal.SIGKILL)
    assert lines.next().startswith("one | ended (SIGKILL)")
    assert lines.next() == "one | deaf"
    supervisor.stop()
