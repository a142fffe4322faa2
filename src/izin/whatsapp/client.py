"""The only door to WhatsApp's servers.

Nothing is ever tried again here, by us or by aiohttp (it repeats a request only for methods that are idempotent, and a
send is a POST), no redirect is followed, no proxy taken from the environment. Neither the access token nor a number
shows in a log, an exception or a ``repr``.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, Self

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from yarl import URL

from izin.whatsapp import lenient, wire

ANSWER_CAP = 64 * 1024
PAGE_CAP = 4 * 1024 * 1024
PAGES = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known after one send.

    accepted: WhatsApp took it over · error: WhatsApp refused it and says why · not_sent: not one byte of the request
    left this machine · no_answer: it may have arrived and may have not.
    """

    kind: Literal["accepted", "error", "not_sent", "no_answer"]
    http_status: int | None = None
    code: int | None = None
    message_id: str | None = field(default=None, repr=False)
    wa_id: str | None = field(default=None, repr=False)
    user_id: str | None = field(default=None, repr=False)
    message_status: str | None = None
    details: str | None = field(default=None, repr=False)


class GraphError(Exception):
    """A management call failed. ``code`` is Meta's, or None when there was no answer that could be read."""

    def __init__(self, http_status: int | None, code: int | None) -> None:
        super().__init__(f"WhatsApp's management API: HTTP {http_status}, code {code}")
        self.http_status, self.code = http_status, code


class Body(aiohttp.BytesPayload):
    """JSON to post, and whether its first byte was about to be written (``begun``).

    WhatsApp cannot take a message over whose body it never saw, so a call whose body was not begun did not send it.
    aiohttp asks for the body when the connection stands, and writes head and body together.
    """

    begun = False

    def __init__(self, content: bytes) -> None:
        super().__init__(content, content_type="application/json")

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        self.begun = True
        await super().write_with_length(writer, content_length)


class Client:
    """One access token's connections, as an asynchronous context manager.

    ``base_url`` is ``https://graph.facebook.com`` or a simulator's; ``limit`` the number of open connections. With
    ``app_secret`` every call carries its proof (Meta's page "Secure Graph API calls"). Times are seconds.
    """

    def __init__(
        self,
        base_url: str,
        *,
        access_token: str,
        version: str = "v23.0",
        app_secret: bytes | None = None,
        limit: int = 100,
        total_s: float = 20.0,
        connect_s: float = 5.0,
    ) -> None:
        if not re.fullmatch(r"https?://[^/\s?#@]+", base_url.rstrip("/")):
            raise ValueError("The address of WhatsApp's API is a scheme and a host, without a path.")
        if not re.fullmatch(r"v[0-9]{1,3}\.[0-9]", version):
            raise ValueError("The version of WhatsApp's API looks like v23.0.")
        if not re.fullmatch(r"[\x21-\x7e]+", access_token):
            raise ValueError("The access token is empty or holds a character that no token has.")
        self._root = f"{base_url.rstrip('/')}/{version}"
        self._headers = {"Authorization": f"Bearer {access_token}", "Accept-Encoding": "identity"}
        self._query: dict[str, str] = {}
        if app_secret:
            proof = hmac.new(app_secret, access_token.encode(), hashlib.sha256).hexdigest()
            self._query["appsecret_proof"] = proof
        self._addresses: dict[str, URL] = {}
        self._limit = limit
        # A wait for a free connection counts as connecting: the message has not left, and goes back.
        self._timeout = aiohttp.ClientTimeout(total=total_s, connect=connect_s, sock_connect=connect_s)
        self._session: aiohttp.ClientSession | None = None

    def __repr__(self) -> str:
        return "<Client of the WhatsApp Cloud API>"

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            # Shorter than the peer's own idle time, so that it does not close a connection just as we write to it.
            connector=aiohttp.TCPConnector(limit=self._limit, keepalive_timeout=5.0),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=self._headers,
            timeout=self._timeout,
            trust_env=False,
            auto_decompress=False,  # 64 KiB of answer must not unfold into a gigabyte
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(self, phone_number_id: str, body: bytes) -> Answer:
        """Posts one message from this number and says what is known then. The network never raises here.

        A cancelled send raises ``CancelledError`` as any task does; its message is uncertain.
        """
        posted = Body(body)
        status, raw = await self._call("POST", self._messages_at(phone_number_id), posted, ANSWER_CAP)
        if status is None and not posted.begun:
            return Answer("not_sent")
        answer = None if raw is None else wire.read_answer(raw)
        if isinstance(answer, wire.Refused):
            return Answer("error", status, answer.code, details=answer.details)
        if isinstance(answer, wire.Accepted) and status == 200:
            known = (answer.message_id, answer.wa_id, answer.user_id, answer.message_status)
            return Answer("accepted", status, None, *known)
        return Answer("no_answer", status)

    async def templates(self, waba_id: str) -> tuple[Mapping[str, Any], ...]:
        """All message templates of a WhatsApp business account as Meta's objects. Raises GraphError."""
        query = {"fields": "id,name,status,category,language,parameter_format,components", "limit": "100"}
        found: list[Mapping[str, Any]] = []
        for _ in range(PAGES):
            page = await self._manage("GET", self._address(f"{_graph_id(waba_id)}/message_templates", query))
            found.extend(lenient.dicts(page.get("data")))
            paging = lenient.mapping(page.get("paging"))
            after = lenient.text(lenient.mapping(paging.get("cursors")).get("after"))
            # Meta's ``next`` is an address that carries the token: only the cursor is taken from it.
            if not paging.get("next") or after is None:
                break
            query["after"] = after
        return tuple(found)

    async def create_template(self, waba_id: str, draft: Mapping[str, Any]) -> None:
        """Hands a template in for approval (Meta's page "Create a template"). Raises GraphError."""
        await self._manage("POST", self._address(f"{_graph_id(waba_id)}/message_templates"), draft)

    async def subscribe(self, waba_id: str, callback: str, verify_token: str) -> None:
        """Has the account's webhooks sent to ``callback``. Raises GraphError."""
        body = {"override_callback_uri": callback, "verify_token": verify_token}
        await self._manage("POST", self._address(f"{_graph_id(waba_id)}/subscribed_apps"), body)

    async def _manage(self, method: str, address: URL, content: Mapping[str, Any] | None = None) -> dict[str, Any]:
        body = None if content is None else Body(json.dumps(content).encode())
        status, raw = await self._call(method, address, body, PAGE_CAP)
        try:
            answer = lenient.mapping(lenient.decode(raw or b""))
        except wire.Poison:
            raise GraphError(status, None) from None
        if status != 200 or "error" in answer:
            raise GraphError(status, lenient.whole(lenient.mapping(answer.get("error")).get("code")))
        return answer

    def _address(self, path: str, query: Mapping[str, str] | None = None) -> URL:
        return URL(f"{self._root}/{path}").with_query({**self._query, **(query or {})})

    def _messages_at(self, phone_number_id: str) -> URL:
        """The address to which this number's messages are posted; a client has few numbers and many messages."""
        address = self._addresses.get(phone_number_id)
        if address is None:
            address = self._addresses[phone_number_id] = self._address(f"{_graph_id(phone_number_id)}/messages")
        return address

    async def _call(self, method: str, address: URL, body: Body | None, cap: int) -> tuple[int | None, bytes | None]:
        """(HTTP status, body): the status None when none came, the body None when it broke off or is too long."""
        if self._session is None:
            raise RuntimeError("The client is used inside its `async with`.")
        status = None
        try:
            async with self._session.request(method, address, data=body, allow_redirects=False) as response:
                status = response.status
                return status, await _read(response, cap)
        except (aiohttp.ClientError, OSError):
            # The error itself may quote the request: what it means is all that leaves this place.
            return status, None


async def _read(response: aiohttp.ClientResponse, cap: int) -> bytes | None:
    if response.content_length is not None and response.content_length <= cap:
        return await response.read()
    parts = bytearray()
    while chunk := await response.content.read(cap + 1 - len(parts)):
        parts += chunk
        if len(parts) > cap:
            response.close()
            return None
    return bytes(parts)


def _graph_id(value: str) -> str:
    if not re.fullmatch(r"[0-9]{1,32}", value):
        raise ValueError("An id of WhatsApp's API consists of digits.")
    return value
