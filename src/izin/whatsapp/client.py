"""The only door to WhatsApp's servers.

Nothing is ever tried again here, by us or by aiohttp (it repeats a request only for methods that are idempotent, and a
send is a POST), no redirect is followed, no proxy taken from the environment. Neither the access token nor a number
shows in a log, an exception or a ``repr``, and the token goes to WhatsApp's own hosts and the account's only.
"""

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from izin.lib.patience import Patience
from izin.whatsapp import lenient, media, wire
from izin.whatsapp.media import Described

ANSWER_CAP = 64 * 1024
PAGE_CAP = 4 * 1024 * 1024
PAGES = 100
META = "https://graph.facebook.com"
BEARER = "Authorization"
TEMPLATE_FIELDS = "id,name,status,category,language,parameter_format,components,quality_score,rejected_reason"


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
    """A management call failed. ``code`` is Meta's, or None when there was no answer that could be read.

    ``may_have_arrived`` is False only where not a byte of the call can have left.
    """

    def __init__(
        self, http_status: int | None, code: int | None, subcode: int | None = None, *, may_have_arrived: bool = True
    ) -> None:
        super().__init__(f"WhatsApp's management API: HTTP {http_status}, code {code}")
        self.http_status, self.code, self.subcode = http_status, code, subcode
        self.may_have_arrived = may_have_arrived


@dataclass(slots=True)
class Request:
    """One call; whether its first byte was about to be written (``begun``), and the HTTP ``status`` once it is known.

    ``cap`` limits the answer in bytes.
    """

    method: str
    path: str
    body: bytes | aiohttp.FormData | None = field(default=None, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    cap: int = PAGE_CAP
    begun: bool = False
    status: int | None = None


_calling: ContextVar[Request] = ContextVar("izin_calling")


class Noting(aiohttp.ClientRequest):
    """Notes that the connection stands and the head is about to be written, for a part of what a trace costs."""

    async def send(self, conn: Any) -> aiohttp.ClientResponse:
        _calling.get().begun = True
        return await super().send(conn)


class Client:
    """One access token's connections, as an asynchronous context manager.

    ``base_url`` is ``https://graph.facebook.com`` or a simulator's; ``limit`` the number of open connections. With
    ``app_secret`` every call carries its proof (Meta's page "Secure Graph API calls"). Times are seconds.

    A provider that speaks Meta's API may take its key in a header of its own (``key_header``, such as 360dialog's
    ``D360-API-KEY``), and know by the key whose number it is, so that its addresses hold neither version nor id
    (``bare_paths``). Such a provider gets no proof, which only Meta can check.
    """

    def __init__(
        self,
        base_url: str,
        *,
        access_token: str,
        version: str = "v23.0",
        app_secret: bytes | None = None,
        key_header: str = BEARER,
        bare_paths: bool = False,
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
        if not re.fullmatch(r"[A-Za-z0-9-]{1,64}", key_header):
            raise ValueError("The header that carries the key consists of letters, digits and hyphens.")
        self._host = base_url.rstrip("/")
        self._root = self._host if bare_paths else f"{self._host}/{version}"
        self._bare_paths = bare_paths
        key = f"Bearer {access_token}" if key_header == BEARER else access_token
        self._headers = {key_header: key, "Accept-Encoding": "identity"}
        self._query: dict[str, str] = {}
        if app_secret and key_header == BEARER:
            proof = hmac.new(app_secret, access_token.encode(), hashlib.sha256).hexdigest()
            self._query["appsecret_proof"] = proof
        self._limit = limit
        self._address_of = lru_cache(maxsize=16)(self._written)
        # A wait for a free connection counts as connecting: the message has not left, and goes back.
        self._timeout = aiohttp.ClientTimeout(connect=connect_s, sock_connect=connect_s)
        self._patience = Patience(total_s, look_s=min(1.0, total_s / 4))
        self._looking: asyncio.Task[None] | None = None
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
            request_class=Noting,
            trust_env=False,
            auto_decompress=False,  # 64 KiB of answer must not unfold into a gigabyte
        )
        self._looking = asyncio.create_task(self._patience.run_out())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._looking is not None:
            self._looking.cancel()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(self, phone_number_id: str, body: bytes, *, marketing: bool = False) -> Answer:
        """Posts one message from this number and says what is known then. The network never raises here.

        With ``marketing`` it goes to Meta's Marketing Messages endpoint, which takes nothing but marketing templates
        (131055). A cancelled send raises ``CancelledError`` as any task does; its message is uncertain.
        """
        endpoint = "marketing_messages" if marketing else "messages"
        request = Request("POST", self._below(phone_number_id, endpoint), body, cap=ANSWER_CAP)
        status, raw = await self._call(request)
        if status is None and not request.begun:
            return Answer("not_sent")
        answer = None if raw is None else wire.read_answer(raw)
        if isinstance(answer, wire.Refused):
            return Answer("error", status, answer.code, details=answer.details)
        if isinstance(answer, wire.Accepted) and status == 200:
            known = (answer.message_id, answer.wa_id, answer.user_id, answer.message_status)
            return Answer("accepted", status, None, *known)
        return Answer("no_answer", status)

    async def mark_read(self, phone_number_id: str, message_id: str) -> None:
        """Shows the person that their message was read (Meta's page "Mark messages as read"). Raises GraphError."""
        body = wire.encode(wire.ReadMark(message_id))
        await self._manage(Request("POST", self._below(phone_number_id, "messages"), body, cap=ANSWER_CAP))

    async def upload(self, phone_number_id: str, content: bytes, mime_type: str, filename: str) -> str:
        """Hands a file over and returns its id, under which it can be sent for 30 days (Meta's page "Media").

        Raises Unsuitable for a type or size that WhatsApp does not take, and GraphError.
        """
        media.check(mime_type, len(content))
        form = aiohttp.FormData({"messaging_product": "whatsapp", "type": mime_type})
        form.add_field("file", content, content_type=mime_type, filename=filename)
        answer = await self._manage(Request("POST", self._below(phone_number_id, "media"), form, cap=ANSWER_CAP))
        media_id = lenient.text(answer.get("id"))
        if media_id is None:
            raise GraphError(200, None)
        return media_id

    async def describe(self, media_id: str) -> Described:
        """Type, size and digest of a file, with its link, which lives five minutes. Raises GraphError."""
        answer = await self._manage(Request("GET", _graph_id(media_id)))
        described = media.read_description(answer)
        if described is None:
            raise GraphError(200, None)
        return described

    async def download(self, media_id: str) -> bytes:
        """The file itself, whole and with the digest that WhatsApp names. Raises GraphError.

        The link is followed only to WhatsApp's hosts or the account's own: the token goes along.
        """
        described = await self.describe(media_id)
        status, content = await self._call(Request("GET", self._link(described.url), cap=media.LARGEST))
        if status != 200 or content is None or hashlib.sha256(content).hexdigest() != described.sha256:
            raise GraphError(status, None)
        return content

    async def delete_media(self, media_id: str) -> None:
        """Has a file forgotten. Raises GraphError."""
        await self._manage(Request("DELETE", _graph_id(media_id)))

    async def templates(self, waba_id: str) -> tuple[Mapping[str, Any], ...]:
        """All message templates of a WhatsApp business account as Meta's objects. Raises GraphError."""
        query = {"fields": TEMPLATE_FIELDS, "limit": "100"}
        found: list[Mapping[str, Any]] = []
        for _ in range(PAGES):
            page = await self._manage(Request("GET", self._below(waba_id, "message_templates"), query=query))
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
        await self._manage(Request("POST", self._below(waba_id, "message_templates"), json.dumps(draft).encode()))

    async def subscribe(self, waba_id: str, callback: str, verify_token: str) -> None:
        """Has the account's webhooks sent to ``callback``. Raises GraphError."""
        body = {"override_callback_uri": callback, "verify_token": verify_token}
        await self._manage(Request("POST", self._below(waba_id, "subscribed_apps"), json.dumps(body).encode()))

    def _below(self, graph_id: str, endpoint: str) -> str:
        """The endpoint below this id; the id is checked also where it does not stand in the address."""
        path = f"{_graph_id(graph_id)}/{endpoint}"
        return endpoint if self._bare_paths else path

    def _link(self, url: str) -> str:
        """Where to fetch a file whose link is this. Raises GraphError for a link that leads anywhere else.

        A provider of its own host passes files on under Meta's path, but at its own address.
        """
        link = urlsplit(url)
        if url.startswith(self._host + "/"):
            return url
        if link.scheme != "https" or not media.is_whatsapps(link.hostname or "") or link.port not in (None, 443):
            raise GraphError(None, None)
        return url if self._host == META else f"{self._host}{link.path}?{link.query}"

    async def read(self, path: str, **query: str) -> dict[str, Any]:
        """What the Graph API says of a token, an account or a number at this path. Raises GraphError."""
        return await self._manage(Request("GET", path, query=query))

    async def _manage(self, request: Request) -> dict[str, Any]:
        status, raw = await self._call(request)
        try:
            answer = lenient.mapping(lenient.decode(raw or b""))
        except wire.Poison:
            raise GraphError(status, None, may_have_arrived=request.begun) from None
        if status != 200 or "error" in answer:
            error = lenient.mapping(answer.get("error"))
            raise GraphError(status, lenient.whole(error.get("code")), lenient.whole(error.get("error_subcode")))
        return answer

    def _written(self, path: str, query: Mapping[str, str] | None = None) -> URL:
        """The whole address; to write it costs a tenth of what sending a message does, so that a lane's is kept."""
        if path.startswith(("https://", "http://")):
            return URL(path, encoded=True)  # a link is signed: not one of its bytes may be written in another way
        return URL(f"{self._root}/{path}").with_query({**self._query, **(query or {})})

    async def _call(self, request: Request) -> tuple[int | None, bytes | None]:
        """(HTTP status, body): the status None when none came, the body None when it broke off or is too long."""
        _calling.set(request)
        try:
            body = await self._patience.spend(self._exchange(request))
            return request.status, body
        except (aiohttp.ClientError, OSError):
            # The error itself may quote the request: what it means is all that leaves this place.
            return request.status, None

    async def _exchange(self, request: Request) -> bytes | None:
        if self._session is None:
            raise RuntimeError("The client is used inside its `async with`.")
        async with self._session.request(
            request.method,
            self._address_of(request.path) if not request.query else self._written(request.path, request.query),
            data=request.body,
            headers={"Content-Type": "application/json"} if isinstance(request.body, bytes) else None,
            allow_redirects=False,
        ) as response:
            request.status = response.status
            return await _read(response, request.cap)


async def _read(response: aiohttp.ClientResponse, cap: int) -> bytes | None:
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
