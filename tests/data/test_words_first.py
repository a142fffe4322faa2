"""Somebody's words wait for no statuses: not at the door, and not on their way to the worker."""

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import cast as stage
import psycopg
import pytest

NEVER_S = 3600.0
TOKEN = "v1.AAAAAAAAAAAAAAAAAAAAAA"


def webhook(**value: Any) -> bytes:
    metadata = {"display_phone_number": "60312345678", "phone_number_id": stage.PHONE_NUMBER_ID}
    change = {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
    return json.dumps({"entry": [{"id": stage.WABA_ID, "time": 1, "changes": [change]}]}).encode()


def told() -> bytes:
    status = {"id": f"wamid.{uuid4().hex}", "status": "sent", "timestamp": "1700000000", "recipient_id": "60112394599"}
    return webhook(statuses=[status | {"biz_opaque_callback_data": TOKEN}])


def said() -> bytes:
    return webhook(**stage.message(stage.Person("+60112394599", "Orang"), "Terima kasih"))


async def post(door: Any, key: str, body: bytes) -> int:
    """The webhook, signed, through the ASGI application; the answer's status."""
    from izin.whatsapp.wire import signature

    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"x-hub-signature-256", signature(b"rahsia", body).encode())]
    asked = {"type": "http", "method": "POST", "path": f"/webhooks/{key}", "query_string": b"", "headers": headers}
    await door(asked, receive, send)
    return int(sent[0]["status"])


def test_the_door_answers_words_at_once_and_what_waited_with_them(
    ours: stage.Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from izin.inbound import door as doors
    from izin.inbound.accounts import Accounts
    from izin.inbound.storing import store

    monkeypatch.setattr(doors, "BATCH_S", NEVER_S)

    async def answered() -> list[int]:
        door = doors.Door(Accounts(), store)
        events: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        living = asyncio.create_task(door({"type": "lifespan"}, events.get, lambda _: asyncio.sleep(0)))
        events.put_nowait({"type": "lifespan.startup"})
        waiting = asyncio.create_task(post(door, ours.webhook_key, told()))
        while not door._waiting:
            await asyncio.sleep(0)
        words = await post(door, ours.webhook_key, said())
        both = [words, await waiting]
        events.put_nowait({"type": "lifespan.shutdown"})
        await living
        return both

    with stage.django_as("izin_dispatch"):
        assert asyncio.run(answered()) == [200, 200]


def test_the_worker_gathers_statuses_until_words_come(
    ours: stage.Cast, connect: Callable[..., psycopg.Connection[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from izin.cli import worker

    monkeypatch.setattr(worker, "STATUSES_WAIT_S", NEVER_S)
    monkeypatch.setattr(worker, "WORDS_WAIT_S", 0.0)
    ear, mouth = connect("izin_web"), connect("izin_dispatch")
    ear.execute("LISTEN izin_inbound")
    other = uuid4()
    for payload in (str(other), f"{ours.id} words"):
        mouth.execute("SELECT pg_notify('izin_inbound', %s)", [payload])
    assert worker._gathered(ear, threading.Event()) == {other, UUID(str(ours.id))}


def test_the_door_says_whether_words_came(ours: stage.Cast, connect: Callable[..., psycopg.Connection[Any]]) -> None:
    from izin.inbound.accounts import read_account
    from izin.inbound.door import Arrival
    from izin.inbound.storing import store
    from izin.lib.clock import now

    ear = connect("izin_web")
    ear.execute("LISTEN izin_inbound")
    heard = []
    loop = asyncio.new_event_loop()
    with stage.django_as("izin_dispatch"):
        account = read_account(ours.webhook_key)
        assert account is not None
        for body in (told(), said(), b"no webhook"):
            assert store([Arrival(account, body, now(), loop.create_future())]) == [True]
            heard += [notice.payload for notice in ear.notifies(timeout=30, stop_after=1)]
    loop.close()
    assert heard == [str(ours.id), f"{ours.id} words", f"{ours.id} words"]
