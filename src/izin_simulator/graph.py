"""The Graph API's endpoints about numbers, media, the account and its subscription. Errors leave as GraphError."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import msgspec

from izin_simulator.access import MANAGEMENT, MESSAGING
from izin_simulator.answers import json_answer
from izin_simulator.cloud import Cloud
from izin_simulator.config import PhoneNumber
from izin_simulator.errors import GraphError
from izin_simulator.http import Request, Response
from izin_simulator.media import uploaded
from izin_simulator.paging import cursor

Handler = Callable[[Request, str], Awaitable[Response]]
_USUAL = "verified_name,code_verification_status,display_phone_number,quality_rating,platform_type,throughput"


class Graph:
    """Handlers, each given the request and the id in its path."""

    def __init__(self, cloud: Cloud, session: aiohttp.ClientSession) -> None:
        self._cloud = cloud
        self._holdings = cloud.memory.holdings
        self._session = session

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Return the handlers by method and what follows the id in the path."""
        return {
            ("POST", "media"): self.upload,
            ("GET", "phone_numbers"): self.phone_numbers,
            ("GET", "subscribed_apps"): self.subscribed_apps,
            ("POST", "subscribed_apps"): self.subscribe,
            ("DELETE", "subscribed_apps"): self.unsubscribe,
        }

    async def upload(self, request: Request, number_id: str) -> Response:
        """Keep an uploaded file."""
        now = self._authorise(request, MESSAGING)
        self._cloud.gate.number(number_id)
        content, mime_type = uploaded(request.headers.get("content-type", ""), request.body)
        record = self._cloud.ground.media.keep(content, mime_type, now)
        await self._cloud.log.commit(record)
        return json_answer({"id": record["id"]})

    async def media(self, request: Request, media_id: str) -> Response:
        """Describe a file, with a link that lives five minutes."""
        now = self._authorise(request, MESSAGING)
        self._check_owner(request)
        file = self._cloud.ground.media.find(media_id, now)
        host = request.headers.get("host", "localhost")
        described = {
            "messaging_product": "whatsapp",
            "url": f"http://{host}{self._cloud.ground.media.link(file, now)}",
            "mime_type": file.mime_type,
            "sha256": file.sha256,
            "file_size": file.size,
            "id": file.id,
        }
        return json_answer(described)

    async def delete_media(self, request: Request, media_id: str) -> Response:
        """Forget a file."""
        now = self._authorise(request, MESSAGING)
        self._check_owner(request)
        self._cloud.ground.media.find(media_id, now)
        await self._cloud.log.commit({"at": now, "event": "media_deleted", "id": media_id})
        return json_answer({"success": True})

    async def download(self, request: Request, media_id: str) -> Response:
        """Give the file behind a link; it wants the token too."""
        now = self._authorise(request, MESSAGING)
        found = self._cloud.ground.media.read(media_id, request.query.get("hash", ""), now)
        if found is None:
            return Response(b"URL signature expired", 404, "text/plain")
        file, content = found
        return Response(content, 200, file.mime_type)

    async def phone_number(self, request: Request, number_id: str) -> Response:
        """Show one business number."""
        self._authorise(request, MANAGEMENT)
        number = self._cloud.gate.number(number_id)
        return json_answer(self._shown(number, request.query.get("fields", "")))

    async def change_phone_number(self, request: Request, number_id: str) -> Response:
        """Give the number a callback of its own, which has to answer the handshake; an empty one ends it."""
        now = self._authorise(request, MANAGEMENT)
        self._cloud.gate.number(number_id)
        wanted = given(request).get("webhook_configuration")
        if not isinstance(wanted, dict) or "override_callback_uri" not in wanted:
            raise GraphError(100, "webhook_configuration needs an override_callback_uri.")
        address = str(wanted["override_callback_uri"])
        if address:
            await self._shake_hands(address, str(wanted.get("verify_token", self._cloud.config.verify_token)))
        event = {"at": now, "event": "number_changed", "phone_number_id": number_id}
        await self._cloud.log.commit(event | {"changes": {"callback": address or None}})
        return json_answer({"success": True})

    async def phone_numbers(self, request: Request, account_id: str) -> Response:
        """List the business account's numbers."""
        self.account(request, account_id)
        fields = request.query.get("fields", "")
        numbers = [self._shown(number, fields) for number in self._holdings.numbers.values()]
        paging = {"cursors": {"before": cursor(0), "after": cursor(len(numbers))}}
        return self.counted({"data": numbers, "paging": paging})

    async def business_account(self, request: Request, account_id: str) -> Response:
        """Show the business account: id, name and the like, or the wanted fields."""
        self.account(request, account_id)
        config = self._cloud.config
        whole: dict[str, Any] = {
            "name": config.business_account_name,
            "currency": "MYR",
            "timezone_id": "92",
            "message_template_namespace": "simulated_namespace",
            "account_review_status": "APPROVED",
            "business_verification_status": "verified",
            "ownership_type": "SELF",
            "country": "MY",
            "marketing_messages_onboarding_status": "ONBOARDED" if config.marketing.onboarded else "ELIGIBLE",
            "health_status": self._health("WABA", account_id),
        }
        wanted = (request.query.get("fields") or "name,currency,timezone_id,message_template_namespace").split(",")
        return self.counted({key: value for key, value in whole.items() if key in wanted} | {"id": account_id})

    async def subscribed_apps(self, request: Request, account_id: str) -> Response:
        """Show the subscription, with the override of the callback address if there is one."""
        self.account(request, account_id)
        app_id = self._cloud.config.app_id
        app = {"id": app_id, "name": "Simulated App", "link": f"https://www.facebook.com/games/?app_id={app_id}"}
        shown: dict[str, Any] = {"whatsapp_business_api_data": app}
        if self._holdings.callback:
            shown["override_callback_uri"] = self._holdings.callback
        listens = self._holdings.subscribed and (self._cloud.config.webhook_url or self._holdings.callback)
        return self.counted({"data": [shown] if listens else []})

    async def subscribe(self, request: Request, account_id: str) -> Response:
        """Subscribe; an `override_callback_uri` is used only once it has answered Meta's handshake."""
        now = self.account(request, account_id)
        wanted = request.query | given(request)
        address = wanted.get("override_callback_uri")
        record: dict[str, Any] = {"at": now, "event": "subscribed"}
        if address is not None:
            await self._shake_hands(str(address), str(wanted.get("verify_token", self._cloud.config.verify_token)))
            record["override_callback_uri"] = str(address)
        await self._cloud.log.commit(record)
        return self.counted({"success": True})

    async def unsubscribe(self, request: Request, account_id: str) -> Response:
        """End the subscription: no webhook is made any more."""
        now = self.account(request, account_id)
        await self._cloud.log.commit({"at": now, "event": "unsubscribed"})
        return self.counted({"success": True})

    async def debug_token(self, request: Request) -> Response:
        """Say what a token is worth; asked with the app's own token or with the access token."""
        config, now = self._cloud.config, self._cloud.clock.now()
        caller = request.headers.get("authorization", "").removeprefix("Bearer ")
        caller = request.query.get("access_token") or caller
        if caller not in (f"{config.app_id}|{config.app_secret}", config.access_token):
            raise GraphError(190)
        self._cloud.access.count_app_call(now)
        if "input_token" not in request.query:
            raise GraphError(100, "The parameter input_token is required.")
        told = self._cloud.access.of_token(request.query["input_token"], now)
        if "error" not in told:
            scopes = msgspec.convert(told["scopes"], list[str])
            granular = [{"scope": scope, "target_ids": [config.business_account_id]} for scope in scopes]
            told |= {"granular_scopes": granular, "user_id": "2000000000000002", "application": "Simulated App"}
        return json_answer({"data": {"app_id": config.app_id, **told}})

    def account(self, request: Request, account_id: str) -> float:
        """Check the right to ask about the business account, and count it; return the simulated time."""
        now = self._authorise(request, MANAGEMENT)
        if account_id != self._cloud.config.business_account_id:
            raise GraphError(100, "Object does not exist or does not support this operation.", subcode=33)
        self._cloud.access.count_account_call(now)
        return now

    def counted(self, body: Any) -> Response:
        """Return an answer with the header that says how much of the hour's calls is used."""
        answer = json_answer(body)
        usage = {self._cloud.config.business_account_id: [self._cloud.access.usage(self._cloud.clock.now())]}
        answer.headers["X-Business-Use-Case-Usage"] = msgspec.json.encode(usage).decode()
        return answer

    def _authorise(self, request: Request, scope: str) -> float:
        now = self._cloud.clock.now()
        self._cloud.access.authorise(request.headers, request.query, scope, now)
        return now

    def _check_owner(self, request: Request) -> None:
        if "phone_number_id" in request.query:
            self._cloud.gate.number(request.query["phone_number_id"])

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

    def _health(self, kind: str, entity_id: str) -> dict[str, Any]:
        state = next(iter(self._holdings.states.values()))
        can = "AVAILABLE" if state.registered else "BLOCKED"
        entity = {"entity_type": kind, "id": entity_id, "can_send_message": can}
        return {"can_send_message": can, "entities": [entity]}

    def _shown(self, number: PhoneNumber, fields: str) -> dict[str, Any]:
        """Return the number as Meta shows it: the usual fields, or the wanted ones and always the id."""
        state = self._holdings.states[number.id]
        configuration = {"application": self._cloud.config.webhook_url}
        if self._holdings.callback:
            configuration["whatsapp_business_account"] = self._holdings.callback
        if state.callback:
            configuration["phone_number"] = state.callback
        can = "BLOCKED" if not state.registered else "LIMITED" if state.quality_rating == "RED" else "AVAILABLE"
        whole: dict[str, Any] = {
            "verified_name": number.verified_name,
            "code_verification_status": "VERIFIED",
            "display_phone_number": number.display_phone_number,
            "quality_rating": state.quality_rating,
            "platform_type": "CLOUD_API" if state.registered else "NOT_APPLICABLE",
            "throughput": {"level": "HIGH" if state.messages_per_second > 80 else "STANDARD"},
            "webhook_configuration": configuration,
            "name_status": "APPROVED",
            "status": "CONNECTED" if state.registered else "DISCONNECTED",
            "account_mode": "LIVE",
            "whatsapp_business_manager_messaging_limit": state.messaging_limit,
            "health_status": {
                "can_send_message": can,
                "entities": [{"entity_type": "PHONE_NUMBER", "id": number.id, "can_send_message": can}],
            },
        }
        wanted = (fields or _USUAL).split(",")
        return {key: value for key, value in whole.items() if key in wanted} | {"id": number.id}


def given(request: Request) -> dict[str, Any]:
    """Return the JSON object in the body, an empty one without a body."""
    if not request.body:
        return {}
    try:
        body = msgspec.json.decode(request.body)
    except msgspec.DecodeError as error:
        raise GraphError(100, "The body is not JSON.") from error
    if not isinstance(body, dict):
        raise GraphError(100, "The body must be a JSON object.")
    return body
