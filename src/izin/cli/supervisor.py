"""Keep a few processes running: start, restart after a death, gather their lines, stop all in order."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from queue import SimpleQueue
from typing import IO

SUPERVISED = "IZIN_SUPERVISED"  # tells a child that the end of its standard input is the end of its supervisor
REFUSED = 2  # a child that ends with it said what is wrong; another start would say the same
_FIRST_PAUSE_S, _LONGEST_PAUSE_S, _HEALTHY_S = 0.5, 30.0, 10.0


class Supervisor:
    """Runs each of ``commands`` (name → argument list) in a process group of its own, with ``env`` added to ours.

    One that dies is started again after a pause that doubles (0.5 to 30 s) until it lives for 10 s. One that exits
    with code 2 has refused: then all are stopped and ``wait`` returns 2. Their lines go to ``output``, each after its
    process's name. Children started here must watch their standard input (``cli.run.end_with_supervisor``).
    """

    def __init__(
        self,
        commands: Mapping[str, list[str]],
        env: Mapping[str, str] | None = None,
        *,
        output: IO[str] | None = None,
        grace: float = 10.0,
    ) -> None:
        self._commands = dict(commands)
        self._env = {**os.environ, "PYTHONUNBUFFERED": "1", **(env or {}), SUPERVISED: "1"}
        self._output = output or sys.stdout
        self._grace = grace
        self._width = max(map(len, self._commands), default=0)
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._threads: list[threading.Thread] = []
        self._guard = threading.RLock()  # nothing is started once stopping has begun
        self._writing = threading.Lock()
        self._stopping = threading.Event()
        self._ends: SimpleQueue[int] = SimpleQueue()  # unlike an event, safe to use in a signal handler

    def start(self) -> None:
        """Start all in their order; returns at once."""
        for name in self._commands:
            child = self._spawn(name)
            if child is not None:
                keeper = threading.Thread(target=self._keep, args=(name, child), name=f"keep-{name}", daemon=True)
                self._threads.append(keeper)
                keeper.start()

    def wait(self) -> int:
        """Wait for ``request_stop`` or a refusal, stop all, and return the exit code: 0, or 2 after a refusal."""
        code = self._ends.get()
        self.stop()
        return code

    def request_stop(self) -> None:
        """Let ``wait`` stop all; may be called in a signal handler."""
        self._ends.put(0)

    def stop(self) -> None:
        """Stop all, last started first: SIGTERM, and SIGKILL for what is left when ``grace`` seconds are over."""
        with self._guard:
            self._stopping.set()
        deadline = time.monotonic() + self._grace
        children = list(reversed([self._children[name] for name in self._commands if name in self._children]))
        for position, child in enumerate(children):
            child.terminate()
            left = deadline - time.monotonic()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, left / (len(children) - position)))
        for child in children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
            _kill_group(child)
        for keeper in self._threads:
            keeper.join()

    @property
    def alive(self) -> bool:
        """Whether every process runs at this moment."""
        return bool(self.pids) and len(self.pids) == len(self._commands)

    @property
    def pids(self) -> dict[str, int]:
        """The process ids of those that run at this moment, by name."""
        return {name: child.pid for name, child in list(self._children.items()) if child.poll() is None}

    def _spawn(self, name: str) -> "subprocess.Popen[bytes] | None":
        with self._guard:
            if self._stopping.is_set():
                return None
            child = subprocess.Popen(
                self._commands[name],
                env=self._env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            self._children[name] = child
            return child

    def _keep(self, name: str, child: "subprocess.Popen[bytes] | None") -> None:
        pause = _FIRST_PAUSE_S
        while child is not None:
            born = time.monotonic()
            reader = threading.Thread(target=self._read, args=(name, child), daemon=True)
            reader.start()
            code = child.wait()
            _kill_group(child)  # what it had started would hold its ports
            reader.join()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()
            if self._stopping.is_set():
                return
            if code == REFUSED:
                self._ends.put(REFUSED)
                return
            pause = _FIRST_PAUSE_S if time.monotonic() - born >= _HEALTHY_S else pause
            self._say(name, f"ended ({_how(code)}); starts again in {pause:g} s")
            if self._stopping.wait(pause):
                return
            pause = min(pause * 2, _LONGEST_PAUSE_S)
            child = self._spawn(name)

    def _read(self, name: str, child: "subprocess.Popen[bytes]") -> None:
        assert child.stdout is not None
        for line in child.stdout:
            self._say(name, line.decode(errors="replace").rstrip("\r\n"))

    def _say(self, name: str, line: str) -> None:
        # Nobody may read our output any more; the processes go on all the same.
        with self._writing, contextlib.suppress(OSError, ValueError):
            print(f"{name:<{self._width}} | {line}", file=self._output, flush=True)


def _kill_group(child: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def _how(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
