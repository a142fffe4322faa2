"""The command `izin-simulator`."""

import argparse
import asyncio
import gc
import json
import os
import signal
import sys
from pathlib import Path

import msgspec
import uvloop

from izin_simulator.config import Config, read_config
from izin_simulator.server import running


def parser() -> argparse.ArgumentParser:
    """Return the flags."""
    flags = argparse.ArgumentParser(prog="izin-simulator", description="The WhatsApp Cloud API on loopback.")
    flags.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    flags.add_argument("--port", type=int, default=8002, help="port, 0 for a free one (8002)")
    flags.add_argument("--config", type=Path, help="JSON file; README.md of this package explains its keys")
    flags.add_argument("--log", type=Path, required=True, help="log to append to; an existing one is resumed")
    flags.add_argument("--seed", type=int, default=1, help="the same seed gives the same people (1)")
    flags.add_argument("--until-eof", action="store_true", help="also end when standard input is closed")
    return flags


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT. Ends with status 2 and one sentence if it cannot start."""
    given = parser().parse_args(arguments)
    try:
        config = read_config(given.config)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve(config, given.log, given.seed, given.host, given.port, until_eof=given.until_eof))
    except (OSError, msgspec.DecodeError) as error:
        sys.stderr.write(f"izin-simulator: {error}\n")
        sys.exit(2)


async def _serve(config: Config, log: Path, seed: int, host: str, port: int, *, until_eof: bool) -> None:
    # Nearly everything that is kept is kept for good, and not worth looking through again and again.
    gc.set_threshold(100_000, 20, 100)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    if until_eof:  # whoever started us holds the other end: its death is our end
        loop.add_reader(sys.stdin.fileno(), _end_at_eof, ended)
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, ended.set)
    async with running(config, log, seed, host, port) as address:
        print(json.dumps({"listening": address}), flush=True)
        await ended.wait()


def _end_at_eof(ended: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 1024):
        ended.set()
