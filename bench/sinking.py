"""The sink as a process, seen from the measures."""

import json
import os
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bench import certificates
from tests.flows.house import free_port


class Sinking:
    """A running sink: where it listens, whom to trust, and what came."""

    def __init__(self, port: int, authority: Path) -> None:
        self.url = f"https://127.0.0.1:{port}"
        self.authority = authority
        self._trust = ssl.create_default_context(cafile=str(authority))

    def environment(self) -> dict[str, str]:
        """For a process that sends to it: Python's default context takes its authorities from here."""
        return {**os.environ, "SSL_CERT_FILE": str(self.authority)}

    def ask(self, what: str) -> dict[str, Any]:
        """``count``, ``whole`` or ``reset``."""
        with urllib.request.urlopen(f"{self.url}/{what}", context=self._trust, timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
        return found


@contextmanager
def sinking(
    folder: Path, *, latency_ms: float = 80.0, webhook: str = "", secret: str = "", batch: int = 1
) -> Iterator[Sinking]:
    """Start a sink; with ``webhook`` it posts three signed statuses for each message there, ``batch`` at a time."""
    authority, leaf = certificates.make(folder)
    port = free_port()
    options = ["--port", str(port), "--certificate", str(leaf), "--latency-ms", str(latency_ms)]
    if webhook:
        options += ["--webhook", webhook, "--secret", secret, "--batch", str(batch)]
    process = subprocess.Popen([sys.executable, "-m", "bench.sink", *options], stdout=subprocess.PIPE, text=True)
    # It stands for a machine elsewhere, whose clock does not wait for ours; root may say so.
    with suppress(PermissionError):
        os.sched_setscheduler(process.pid, os.SCHED_RR, os.sched_param(1))
    try:
        if process.stdout is None or "listening" not in process.stdout.readline():
            raise RuntimeError("the sink did not start")
        yield Sinking(port, authority)
    finally:
        process.terminate()
        process.wait(10)
