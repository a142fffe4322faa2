"""The installed command as its own process: it starts, dies by kill -9, and goes on."""

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from .stage import AMINA, BALA, QUICK, Stage, listening, template_message

COMMAND = Path(sys.executable).parent / "izin-simulator"


async def started(config: Path, log: Path) -> tuple[asyncio.subprocess.Process, str]:
    process = await asyncio.create_subprocess_exec(
        COMMAND, "--port", "0", "--config", config, "--log", log, "--seed", "3", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    return process, json.loads(await process.stdout.readline())["listening"]


async def test_killed_in_the_middle_and_started_again(tmp_path: Path) -> None:
    config, log = tmp_path / "config.json", tmp_path / "simulator.jsonl"
    async with listening() as (listener, url), aiohttp.ClientSession() as session:
        listener.status = 500
        told: dict[str, Any] = QUICK | {"webhook_url": url, "read_rate": 1.0}
        config.write_text(json.dumps(told))
        process, address = await started(config, log)
        stage = Stage(address, session, listener, log)
        sent = {await stage.accepted(template_message(person)) for person in (AMINA, BALA)}
        process.kill()
        await process.wait()

        listener.status = 200
        process, address = await started(config, log)
        stage = Stage(address, session, listener, log)
        await stage.quiet()
        assert sorted((s["id"], s["status"]) for s in listener.items("statuses")) == sorted(
            (wamid, status) for wamid in sent for status in ("sent", "delivered", "read")
        )
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


@pytest.mark.parametrize("config", ['{"colour": "red"}', "{", None])
async def test_a_wrong_configuration_is_refused_with_a_sentence(tmp_path: Path, config: str | None) -> None:
    path = tmp_path / "config.json"
    if config is not None:
        path.write_text(config)
    process = await asyncio.create_subprocess_exec(
        COMMAND, "--port", "0", "--config", path, "--log", tmp_path / "log", stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 2
    assert said.startswith(b"izin-simulator: ")
    assert said.count(b"\n") == 1
