"""A stage for the simulator: itself, and a listener that stands where the product's webhook door would."""

import asyncio
import hashlib
import hmac
import json
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import specification
from aiohttp import web

from izin_simulator.config import Config
from izin_simulator.server import running

SECRET = "test_app_secret"
NUMBER_ID = "106540352242922"
ACCOUNT_ID = "102290129340398"
AUTHORIZATION = {"Authorization": "Bearer simulator-access-token"}
AMINA = "+60123456701"
BALA = "+60123456702"
CHONG = "+60123456703"

PROMO = {
    "name": "promo",
    "language": "ms",
    "category": "MARKETING",
    "components": [
        {"type": "BODY", "text": "Hai {{name}}, kelas baharu dibuka."},
        {"type": "FOOTER", "text": "Balas BERHENTI untuk berhenti"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "URL", "text": "Lihat", "url": "https://example.org/{{1}}"},
                {"type": "QUICK_REPLY", "text": "Berhenti"},
            ],
        },
    ],
}
PLAIN = {
    "name": "plain",
    "language": "en_US",
    "category": "UTILITY",
    "components": [{"type": "BODY", "text": "Order {{1}} is due on {{2}}."}],
}
QUICK: dict[str, Any] = {
    "app_secret": SECRET,
    "latency_ms": 0,
    "status_delay_ms": {"sent": 0, "delivered": 0, "read": 0},
    "templates": [PROMO, PLAIN],
    "webhook_retry_s": [0.01],
}


def text_parameters(*values: str, **named: str) -> list[dict[str, Any]]:
    positional: list[dict[str, Any]] = [{"type": "text", "text": value} for value in values]
    return positional + [{"type": "text", "parameter_name": key, "text": value} for key, value in named.items()]


def template_message(to: str = AMINA, token: str | None = None, **over: Any) -> dict[str, Any]:
    """Return a right request for the positional template."""
    body = {"type": "body", "parameters": text_parameters("77", "Friday")}
    message = {
        "messaging_product": "whatsapp",
        "to": to,
        "type": "template",
        "template": {"name": "plain", "language": {"code": "en_US"}, "components": [body]},
    }
    return message | ({"biz_opaque_callback_data": token} if token else {}) | over


def promo_message(to: str = AMINA, token: str | None = None) -> dict[str, Any]:
    """Return a right request for the named marketing template."""
    components = [
        {"type": "body", "parameters": text_parameters(name="Ali")},
        {"type": "button", "sub_type": "url", "index": "0", "parameters": text_parameters("r/1")},
    ]
    return template_message(to, token, template={"name": "promo", "language": {"code": "ms"}, "components": components})


def text_message(to: str = AMINA, body: str = "Terima kasih") -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": body}}


class Listener:
    """Receives webhooks, checks each signature, keeps what it accepted and what it refused."""

    def __init__(self) -> None:
        self.status = 200
        self.bodies: list[bytes] = []
        self.refused: list[bytes] = []
        self.verify_token = "simulator-verify-token"
        self.challenges: list[str] = []

    async def post(self, request: web.Request) -> web.Response:
        body = await request.read()
        expected = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        assert request.headers["X-Hub-Signature-256"] == expected
        (self.bodies if self.status == 200 else self.refused).append(body)
        specification.hold_webhook_against(body)
        return web.Response(status=self.status)

    async def get(self, request: web.Request) -> web.Response:
        if request.query["hub.mode"] != "subscribe" or request.query["hub.verify_token"] != self.verify_token:
            return web.Response(status=403)
        self.challenges.append(request.query["hub.challenge"])
        return web.Response(text=request.query["hub.challenge"])

    def values(self) -> list[dict[str, Any]]:
        payloads = [json.loads(body) for body in self.bodies]
        return [change["value"] for p in payloads for entry in p["entry"] for change in entry["changes"]]

    def items(self, kind: str) -> list[dict[str, Any]]:
        """Return all statuses, messages or user_preferences, in order of arrival."""
        return [item for value in self.values() for item in value.get(kind, [])]


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[Listener, str]]:
    listener = Listener()
    app = web.Application(client_max_size=3 * 1024 * 1024)
    app.add_routes([web.post("/hook", listener.post), web.get("/hook", listener.get)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield listener, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


class Stage:
    """Talks to one simulator."""

    def __init__(
        self, address: str, session: aiohttp.ClientSession, listener: Listener, log: Path, hook: str = ""
    ) -> None:
        self.address = address
        self.hook = hook
        self.listener = listener
        self.session = session
        self._log = log

    async def call(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, Any]:
        options.setdefault("headers", AUTHORIZATION)
        async with self.session.request(method, self.address + path, json=body, **options) as answer:
            said = await answer.json()
        if not path.startswith("/control/"):
            self._judge(method, path, body, answer.status, said)
        return answer.status, said

    def _judge(self, method: str, path: str, body: Any, status: int, said: Any) -> None:
        """Hold what was said on both sides against Meta's own specification, where it is at hand."""
        last = path.partition("?")[0].rpartition("/")[2]
        of = "phone number" if last == NUMBER_ID else "WABA" if last == ACCOUNT_ID else ""
        of = of or ("media" if "messaging_product" in said or method == "DELETE" else "template")
        specification.hold_against(method, path, body, status, said, of=of)

    async def send(self, message: Any, number_id: str = NUMBER_ID, **options: Any) -> tuple[int, Any]:
        return await self.call("POST", f"/v25.0/{number_id}/messages", message, **options)

    async def accepted(self, message: Any) -> str:
        """Send, insist on success, and return the message's id."""
        status, answer = await self.send(message)
        assert status == 200, answer
        return str(answer["messages"][0]["id"])

    async def refused(self, message: Any, **options: Any) -> tuple[int, int]:
        """Send, insist on Meta's shape of an error, and return HTTP status and code."""
        status, answer = await self.send(message, **options)
        assert status != 200, answer
        assert answer.keys() == {"error"}
        assert answer["error"].keys() >= {"message", "type", "code", "fbtrace_id"}
        return status, answer["error"]["code"]

    async def control(self, path: str, body: Any = None) -> Any:
        status, answer = await self.call("POST", f"/control/{path}", body)
        assert status == 200, answer
        return answer

    async def quiet(self) -> Any:
        return await self.control("quiet")

    async def until(self, holds: Callable[[dict[str, Any]], bool]) -> None:
        """Look at the counts until they are as wanted; the test run's own time-out ends a wait in vain."""
        while not holds(await self.state()):
            await asyncio.sleep(0.01)

    async def state(self) -> Any:
        return (await self.call("GET", "/control/state"))[1]

    def records(self, event: str | None = None) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self._log.read_text().splitlines()]
        return [line for line in lines if event in (None, line["event"])]


class Theatre:
    """Opens stages on one log, one after the other."""

    def __init__(self, directory: Path) -> None:
        self.log = directory / "simulator.jsonl"

    @asynccontextmanager
    async def stage(self, seed: int = 1, listener_status: int = 200, **config: Any) -> AsyncIterator[Stage]:
        async with listening() as (listener, url), aiohttp.ClientSession() as session:
            listener.status = listener_status
            told = msgspec.convert(QUICK | {"webhook_url": url} | config, Config)
            async with running(told, self.log, seed, "127.0.0.1", 0) as address:
                yield Stage(address, session, listener, self.log, url)


class Playing:
    """A simulator with its listener in a thread of their own, for callers that block."""

    def __init__(self, theatre: Theatre, **config: Any) -> None:
        self._scene = theatre.stage(**config)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self.stage: Stage

    def __enter__(self) -> "Playing":
        self._thread.start()
        self.stage = self.wait(self._scene.__aenter__())
        return self

    def __exit__(self, *_: object) -> None:
        self.wait(self._scene.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def wait(self, doing: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(30)
