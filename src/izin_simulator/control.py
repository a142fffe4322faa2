"""The control endpoints under /control: a test moves people, faults and webhooks. Not part of Meta's API."""

import asyncio
import time
from typing import Annotated, Any, Literal

import msgspec
from aiohttp import web
from msgspec import Meta, Struct

from izin_simulator.cloud import Cloud
from izin_simulator.errors import GraphError
from izin_simulator.faults import FaultPlan
from izin_simulator.identifiers import digits_of

_LOOK_EVERY_S = 0.01


class Say(Struct, forbid_unknown_fields=True):
    """A person acts: exactly one of text, button_text and user_preferences."""

    sender: str = msgspec.field(name="from")
    to_phone_number_id: str | None = None
    text: str | None = None
    button_text: str | None = None
    button_payload: str | None = None
    user_preferences: Literal["stop", "resume"] | None = None
    name: str | None = None


class Delivery(Struct, forbid_unknown_fields=True):
    """How webhooks travel; a key that is not given stays as it is."""

    paused: bool | None = None
    duplicate: Annotated[int, Meta(ge=0, le=100)] | None = None
    shuffle: bool | None = None


class Quiet(Struct, forbid_unknown_fields=True):
    """How long to wait for quiet."""

    timeout_s: Annotated[float, Meta(ge=0)] = 30.0


class Control:
    """Routes and handlers. A request that cannot be understood is answered 400 with the reason."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.post("/control/say", self.say),
            web.post("/control/faults", self.faults),
            web.get("/control/state", self.state),
            web.post("/control/quiet", self.quiet),
            web.post("/control/webhooks", self.webhooks),
        ]

    async def say(self, request: web.Request) -> web.Response:
        """Let a person write in; answers once their words are in the log."""
        said = await _read(request, Say)
        if said.button_payload is not None and said.button_text is None:
            said.button_text = said.button_payload
        if sum(part is not None for part in (said.text, said.button_text, said.user_preferences)) != 1:
            raise _refused("give exactly one of text, button_text (with button_payload), user_preferences")
        digits = digits_of(said.sender)
        if digits is None:
            raise _refused("from is no phone number")
        try:
            number = self._cloud.gate.number(said.to_phone_number_id or self._cloud.config.phone_numbers[0].id)
        except GraphError:
            raise _refused("to_phone_number_id is no number of this business") from None
        wamid = await self._cloud.aftermath.say(number, digits, msgspec.to_builtins(said))
        return web.json_response({"wamid": wamid})

    async def faults(self, request: web.Request) -> web.Response:
        """Replace the fault plan; the body is a list, an empty one ends all faults."""
        try:
            self._cloud.gate.faults = FaultPlan.of(msgspec.json.decode(await request.read()))
        except (ValueError, msgspec.DecodeError) as error:
            raise _refused(str(error)) from error
        return web.json_response({"faults": len(self._cloud.gate.faults.struck())})

    async def state(self, request: web.Request) -> web.Response:
        """Answer the counts."""
        return web.json_response(self._cloud.state())

    async def quiet(self, request: web.Request) -> web.Response:
        """Answer the counts when nothing is under way any more; after the timeout, 504 and the counts."""
        until = time.monotonic() + (await _read(request, Quiet)).timeout_s
        while not self._cloud.quiet and time.monotonic() < until:
            await asyncio.sleep(_LOOK_EVERY_S)
        quiet = self._cloud.quiet
        return web.json_response({"quiet": quiet, **self._cloud.state()}, status=200 if quiet else 504)

    async def webhooks(self, request: web.Request) -> web.Response:
        """Hold webhooks back or let them go, send each batch several times, or shuffle their order."""
        wanted = await _read(request, Delivery)
        courier = self._cloud.courier
        courier.paused = courier.paused if wanted.paused is None else wanted.paused
        courier.duplicate = courier.duplicate if wanted.duplicate is None else wanted.duplicate
        courier.shuffle = courier.shuffle if wanted.shuffle is None else wanted.shuffle
        courier.pump()
        return web.json_response({"paused": courier.paused, "duplicate": courier.duplicate, "shuffle": courier.shuffle})


async def _read(request: web.Request, kind: type[Any]) -> Any:
    try:
        return msgspec.json.decode(await request.read() or b"{}", type=kind)
    except msgspec.DecodeError as error:
        raise _refused(str(error)) from error


def _refused(why: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=msgspec.json.encode({"error": why}).decode(), content_type="application/json")
