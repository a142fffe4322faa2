"""The control endpoints under /control: a test moves people, faults, webhooks and time. Not part of Meta's API."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from izin_simulator.answers import json_answer
from izin_simulator.cloud import Cloud
from izin_simulator.config import Category, Rating, TemplateStatus, Tier
from izin_simulator.errors import GraphError
from izin_simulator.faults import FaultPlan
from izin_simulator.http import Request, Response
from izin_simulator.identifiers import digits_of
from izin_simulator.regions import wa_id_of

_LOOK_EVERY_S = 0.01
_SPOKEN = ("text", "button_text", "user_preferences", "interactive", "reaction", "voice")
_ACTS = (*_SPOKEN, "block", "moves_to")


class Interactive(Struct, forbid_unknown_fields=True):
    """A reply button or a row of a list that a person chose."""

    type: Literal["button_reply", "list_reply"]
    id: str
    title: str
    description: str | None = None


class Say(Struct, forbid_unknown_fields=True):
    """A person acts, in exactly one way."""

    sender: str = msgspec.field(name="from")
    to_phone_number_id: str | None = None
    text: str | None = None
    button_text: str | None = None
    button_payload: str | None = None
    interactive: Interactive | None = None
    reaction: str | None = None
    voice: Literal[True] | None = None
    user_preferences: Literal["stop", "resume"] | None = None
    block: bool | None = None
    moves_to: str | None = None
    answers: str | None = None
    name: str | None = None
    username: str | None = None


class Delivery(Struct, forbid_unknown_fields=True):
    """How webhooks travel; a key that is not given stays as it is."""

    paused: bool | None = None
    duplicate: Annotated[int, Meta(ge=0, le=100)] | None = None
    shuffle: bool | None = None


class Quiet(Struct, forbid_unknown_fields=True):
    """How long to wait for quiet."""

    timeout_s: Annotated[float, Meta(ge=0)] = 30.0


class Time(Struct, forbid_unknown_fields=True):
    """Move the clock on, or let it run at another speed."""

    advance_s: Annotated[float, Meta(ge=0)] = 0.0
    seconds_per_day: Annotated[float, Meta(gt=0)] | None = None


class TemplateWish(Struct, forbid_unknown_fields=True):
    """What Meta shall do with a template."""

    name: str
    language: str
    status: TemplateStatus | None = None
    quality: Rating | None = None
    category: Category | None = None
    pacing: Literal["release", "drop"] | None = None


class NumberWish(Struct, forbid_unknown_fields=True):
    """What Meta shall do with a business number."""

    id: str | None = None
    quality: Rating | None = None
    messaging_limit: Tier | None = None
    registered: bool | None = None
    upgrade: Literal[True] | None = None


class Notice(Struct, forbid_unknown_fields=True):
    """A notice of any field to send as it is."""

    field: str
    value: dict[str, Any]


class Control:
    """A request that cannot be understood is answered 400 with the reason."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def routes(self) -> dict[tuple[str, str], Callable[[Request], Awaitable[Response]]]:
        """Return the handlers by method and name."""
        return {
            ("POST", "say"): self.say,
            ("POST", "faults"): self.faults,
            ("GET", "state"): self.state,
            ("POST", "quiet"): self.quiet,
            ("POST", "webhooks"): self.webhooks,
            ("POST", "clock"): self.clock,
            ("POST", "template"): self.template,
            ("POST", "number"): self.number,
            ("POST", "notice"): self.notice,
            ("GET", "phones"): self.phones,
        }

    async def say(self, request: Request) -> Response:
        """Let a person act; answers once the deed is in the log."""
        said = _read(request, Say)
        if said.button_payload is not None and said.button_text is None:
            said.button_text = said.button_payload
        acts = [name for name in _ACTS if getattr(said, name) is not None]
        if len(acts) != 1:
            raise Refused(f"give exactly one of {', '.join(_ACTS)}")
        digits, number_id = _digits(said.sender, "from"), self._number(said.to_phone_number_id)
        if said.block is not None:
            await self._cloud.aftermath.block(number_id, digits, blocked=said.block)
            return json_answer({"blocked": said.block})
        if said.moves_to is not None:
            new = _digits(said.moves_to, "moves_to")
            return json_answer({"moved_to": "+" + await self._cloud.aftermath.move(number_id, digits, new)})
        words = {key: value for key, value in msgspec.to_builtins(said).items() if value is not None}
        if said.interactive is not None:
            chosen = {key: value for key, value in words["interactive"].items() if value is not None}
            kind = chosen.pop("type")
            words["interactive"] = {"type": kind, kind: chosen}
        return json_answer({"wamid": await self._cloud.aftermath.say(number_id, digits, words)})

    async def faults(self, request: Request) -> Response:
        """Replace the fault plan; the body is a list, an empty one ends all faults."""
        try:
            told = msgspec.json.decode(request.body)
            plan = FaultPlan.of(told, began=time.monotonic(), seed=self._cloud.ground.seed)
        except (ValueError, msgspec.DecodeError) as error:
            raise Refused(str(error)) from error
        self._cloud.gate.faults = plan
        return json_answer({"faults": len(plan.struck())})

    async def state(self, request: Request) -> Response:
        """Answer the counts."""
        return json_answer(self._cloud.state())

    async def quiet(self, request: Request) -> Response:
        """Answer the counts when nothing is under way any more; after the timeout, 504 and the counts."""
        until = time.monotonic() + _read(request, Quiet).timeout_s
        while not self._cloud.quiet and time.monotonic() < until:
            await asyncio.sleep(_LOOK_EVERY_S)
        quiet = self._cloud.quiet
        return json_answer({"quiet": quiet, **self._cloud.state()}, 200 if quiet else 504)

    async def webhooks(self, request: Request) -> Response:
        """Hold webhooks back or let them go, send each batch several times, or shuffle their order."""
        wanted = _read(request, Delivery)
        courier = self._cloud.courier
        courier.paused = courier.paused if wanted.paused is None else wanted.paused
        courier.duplicate = courier.duplicate if wanted.duplicate is None else wanted.duplicate
        courier.shuffle = courier.shuffle if wanted.shuffle is None else wanted.shuffle
        courier.pump()
        return json_answer({"paused": courier.paused, "duplicate": courier.duplicate, "shuffle": courier.shuffle})

    async def clock(self, request: Request) -> Response:
        """Move the clock on; what falls due happens soon after."""
        wanted, clock = _read(request, Time), self._cloud.clock
        if wanted.seconds_per_day is not None:
            clock.run(wanted.seconds_per_day)
        clock.advance(wanted.advance_s)
        await self._cloud.log.commit({"at": clock.now(), "event": "clock"})
        self._cloud.ground.simulated.clock_moved()
        return json_answer({"now": clock.now(), "seconds_per_day": clock.seconds_per_day})

    async def template(self, request: Request) -> Response:
        """Let Meta change a template's status, quality or category, or decide on its held messages."""
        wanted, estate = _read(request, TemplateWish), self._cloud.estate
        try:
            template = estate.template(wanted.name, wanted.language)
        except GraphError:
            raise Refused("there is no such template") from None
        if wanted.category is not None:
            estate.set_category(template, wanted.category)
        if wanted.status is not None:
            estate.set_status(template, wanted.status)
        if wanted.quality is not None:
            estate.set_quality(estate.template(wanted.name, wanted.language), wanted.quality)
        if wanted.pacing is not None:
            estate.decide_pacing((wanted.name, wanted.language), wanted.pacing)
        await self._cloud.log.durable()
        return json_answer(msgspec.to_builtins(estate.template(wanted.name, wanted.language)))

    async def number(self, request: Request) -> Response:
        """Let Meta change a number's quality, limit or registration, or raise its throughput."""
        wanted, estate = _read(request, NumberWish), self._cloud.estate
        number_id = self._number(wanted.id)
        changes = {"messaging_limit": wanted.messaging_limit, "registered": wanted.registered}
        changes = {key: value for key, value in changes.items() if value is not None}
        if changes:
            estate.change_number(number_id, changes)
        if wanted.quality is not None:
            estate.set_number_quality(number_id, wanted.quality)
        if wanted.upgrade:
            estate.upgrade(number_id)
        await self._cloud.log.durable()
        return json_answer({"id": number_id})

    async def notice(self, request: Request) -> Response:
        """Send a notice of any field and value, as it is given."""
        wanted = _read(request, Notice)
        self._cloud.estate.tell(wanted.field, wanted.value)
        await self._cloud.log.durable()
        return json_answer({"field": wanted.field})

    async def phones(self, request: Request) -> Response:
        """Show the phones for the page; `{}` if nothing changed since `after`."""
        phones, aftermath, query = self._cloud.phones, self._cloud.aftermath, request.query
        if query.get("after") == str(phones.changes):
            return json_answer({})
        usernames = {person: aftermath.username(person) for person in phones.people()}
        numbers = {n.id: f"{n.verified_name} +{n.digits}" for n in self._cloud.config.phone_numbers}
        shown: dict[str, Any] = {"changes": phones.changes, "numbers": numbers}
        shown["phones"] = phones.listing(usernames, query.get("search", ""))
        if "person" in query:
            number_id = self._number(query.get("number"))
            shown["conversation"] = phones.conversation(number_id, query["person"])
        return json_answer(shown)

    def _number(self, wanted: str | None) -> str:
        try:
            return self._cloud.gate.number(wanted or self._cloud.config.phone_numbers[0].id).id
        except GraphError:
            raise Refused("there is no such number of this business") from None


class Refused(Exception):
    """A control request that cannot be understood."""


def _digits(written: str, where: str) -> str:
    digits = digits_of(written)
    if digits is None:
        raise Refused(f"{where} is no phone number")
    return wa_id_of(digits)


def _read(request: Request, kind: type[Any]) -> Any:
    try:
        return msgspec.json.decode(request.body or b"{}", type=kind)
    except msgspec.DecodeError as error:
        raise Refused(str(error)) from error
