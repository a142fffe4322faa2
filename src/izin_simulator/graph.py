"""The Graph API's endpoints. Each answers as Meta does; errors leave as GraphError and become bodies in server.py."""

import asyncio
import base64
import secrets
import socket
import struct
import time
from typing import Any

import aiohttp
from aiohttp import web

from izin_simulator.cloud import Cloud
from izin_simulator.config import PhoneNumber
from izin_simulator.errors import GraphError
from izin_simulator.gate import Judgement
from izin_simulator.identifiers import template_id
from izin_simulator.templates import created, listed

_VERSION = r"/{version:v\d+\.\d+}"
_PAGE_MAX = 100
_HTML_ERROR = (
    "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>"
)


def fbtrace_id() -> str:
    """Return a trace id in Meta's shape."""
    return "A" + secrets.token_urlsafe(16)


def error_answer(error: GraphError) -> web.Response:
    """Return Meta's answer to a refused request."""
    return web.json_response(error.body(fbtrace_id()), status=error.http)


class Graph:
    """Routes and handlers. A later endpoint is one more route here and one handler."""

    def __init__(self, cloud: Cloud, session: aiohttp.ClientSession) -> None:
        self._cloud = cloud
        self._session = session

    def routes(self) -> list[web.RouteDef]:
        """Return the routes, for any version of the API."""
        return [
            web.post(_VERSION + "/{id}/messages", self.send),
            web.get(_VERSION + "/{id}/message_templates", self.templates),
            web.post(_VERSION + "/{id}/message_templates", self.create_template),
            web.get(_VERSION + "/{id}/phone_numbers", self.phone_numbers),
            web.get(_VERSION + "/{id}/subscribed_apps", self.subscribed_apps),
            web.post(_VERSION + "/{id}/subscribed_apps", self.subscribe),
            web.get(_VERSION + "/{id}", self.phone_number),
        ]

    async def send(self, request: web.Request) -> web.Response:
        """Accept a message or refuse it. The verdict is on disk before anything is answered."""
        began = time.monotonic()
        raw = await request.read()
        cloud = self._cloud
        authorization = request.headers.get("Authorization", "")
        with cloud.request_under_way():
            judgement = cloud.gate.judge(request.match_info["id"], authorization, raw, time.time())
            await cloud.log.commit(judgement.record)
            if judgement.answer is not None:
                cloud.aftermath.follow(judgement.record["wamid"])
            await self._wait(judgement, began)
            return _answer(request, judgement)

    async def _wait(self, judgement: Judgement, began: float) -> None:
        fault = judgement.fault
        wait = self._cloud.config.latency_ms + (fault.ms if fault else 0)
        if fault is None or fault.deed != "reset":
            await asyncio.sleep(max(0.0, wait / 1000 - (time.monotonic() - began)))

    async def templates(self, request: web.Request) -> web.Response:
        """List templates, a page at a time; `fields`, `limit`, `after` and equality filters as at Meta."""
        self._business_account(request)
        fields = {f for f in request.query.get("fields", "").split(",") if f}
        found = self._cloud.memory.catalogue.listing(dict(request.query))
        start = _offset(request.query.get("after"))
        size = _page_size(request.query.get("limit"))
        page = found[start : start + size]
        answer: dict[str, Any] = {"data": [listed(template, fields) for template in page]}
        if page:
            cursors = {"before": _cursor(start), "after": _cursor(start + len(page))}
            answer["paging"] = {"cursors": cursors}
            if start + len(page) < len(found):
                following = request.url.update_query(after=cursors["after"])
                answer["paging"]["next"] = str(following)
        return web.json_response(answer)

    async def create_template(self, request: web.Request) -> web.Response:
        """Create a template; it is PENDING until its review, which may be at once."""
        self._business_account(request)
        template = created(await _json(request))
        await self._cloud.aftermath.create_template(template)
        new_id = template_id(template.name, template.language)
        return web.json_response({"id": new_id, "status": "PENDING", "category": template.category})

    async def phone_number(self, request: web.Request) -> web.Response:
        """Show one business number."""
        self._authorise(request)
        number = self._cloud.gate.number(request.match_info["id"])
        return web.json_response(_shown(number, request.query.get("fields", "")))

    async def phone_numbers(self, request: web.Request) -> web.Response:
        """List the business account's numbers."""
        self._business_account(request)
        fields = request.query.get("fields", "")
        numbers = [_shown(number, fields) for number in self._cloud.config.phone_numbers]
        return web.json_response({"data": numbers, "paging": {"cursors": {"before": _cursor(0), "after": _cursor(1)}}})

    async def subscribed_apps(self, request: web.Request) -> web.Response:
        """Show the subscription, with the override of the callback address if there is one."""
        self._business_account(request)
        app = {"id": "1000000000000001", "name": "Simulated App", "link": "https://www.facebook.com/games/?app_id=1"}
        shown: dict[str, Any] = {"whatsapp_business_api_data": app}
        if self._cloud.memory.callback:
            shown["override_callback_uri"] = self._cloud.memory.callback
        return web.json_response({"data": [shown] if self._cloud.courier.url else []})

    async def subscribe(self, request: web.Request) -> web.Response:
        """Subscribe; an `override_callback_uri` is used only once it has answered Meta's handshake."""
        self._business_account(request)
        body = await _json(request) if request.can_read_body else {}
        wanted = {**request.query, **body}
        address = wanted.get("override_callback_uri")
        if address is None:
            return web.json_response({"success": True})
        await self._shake_hands(str(address), str(wanted.get("verify_token", self._cloud.config.verify_token)))
        await self._cloud.log.commit({"at": time.time(), "event": "subscribed", "override_callback_uri": str(address)})
        self._cloud.courier.url = str(address)
        return web.json_response({"success": True})

    async def _shake_hands(self, address: str, verify_token: str) -> None:
        challenge = str(secrets.randbelow(10**10))
        query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
        try:
            async with self._session.get(address, params=query, allow_redirects=False) as answer:
                shaken = answer.status == 200 and (await answer.text()).strip() == challenge
                said = f"HTTP Status Code = {answer.status}"
        except (aiohttp.ClientError, TimeoutError, ValueError):
            shaken, said = False, "the callback did not answer"
        if not shaken:
            raise GraphError(2200, f"Callback verification failed with the following errors: {said}")

    def _authorise(self, request: web.Request) -> None:
        self._cloud.gate.authorise(request.headers.get("Authorization", ""))

    def _business_account(self, request: web.Request) -> None:
        self._authorise(request)
        if request.match_info["id"] != self._cloud.config.business_account_id:
            raise GraphError(100, "Object does not exist or does not support this operation.", subcode=33)


def _answer(request: web.Request, judgement: Judgement) -> web.Response:
    deed = judgement.fault.deed if judgement.fault else None
    if deed in ("drop", "reset", "accept_no_answer"):
        _hang_up(request, with_reset=deed == "reset")
    if deed == "html500":
        return web.Response(text=_HTML_ERROR, status=500, content_type="text/html")
    if judgement.error is not None:
        return error_answer(judgement.error)
    return web.json_response(judgement.answer)


def _hang_up(request: web.Request, *, with_reset: bool) -> None:
    """Close the connection without a word; what the handler returns afterwards reaches nobody."""
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if with_reset and connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError as error:
        raise GraphError(100, "The body is not JSON.") from error
    if not isinstance(body, dict):
        raise GraphError(100, "The body must be a JSON object.")
    return body


def _shown(number: PhoneNumber, fields: str) -> dict[str, Any]:
    """Return the number as Meta shows it: the usual fields, or the wanted ones and always the id."""
    whole: dict[str, Any] = {
        "verified_name": number.verified_name,
        "code_verification_status": "VERIFIED",
        "display_phone_number": number.display_phone_number,
        "quality_rating": "GREEN",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "HIGH" if number.messages_per_second > 80 else "STANDARD"},
        "name_status": "APPROVED",
        "status": "CONNECTED",
        "whatsapp_business_manager_messaging_limit": "TIER_UNLIMITED",
        "health_status": {"can_send_message": "AVAILABLE", "entities": []},
    }
    usual = "verified_name,code_verification_status,display_phone_number,quality_rating,platform_type,throughput"
    wanted = (fields or usual).split(",")
    return {key: value for key, value in whole.items() if key in wanted} | {"id": number.id}


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(f"offset:{offset}".encode()).decode()


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(cursor).decode().removeprefix("offset:"))
    except ValueError as error:
        raise GraphError(131059, "The cursor is not one of this listing.") from error


def _page_size(limit: str | None) -> int:
    if limit is None:
        return 25
    if not limit.isdecimal() or int(limit) == 0:
        raise GraphError(100, "limit must be a positive number.")
    return min(int(limit), _PAGE_MAX)
