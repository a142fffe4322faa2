"""Izin's own client against the simulator: each exchange held against Meta's specification, and what came of it."""

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import specification
from aiohttp import web

from izin.whatsapp import wire
from izin.whatsapp.client import Client, GraphError
from izin.whatsapp.media import Unsuitable
from izin.whatsapp.render import TemplateText, render

from .stage import ACCOUNT_ID, AMINA, NUMBER_ID, PROMO, SECRET, Stage, Theatre

TOKEN = "simulator-access-token"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
EVERYTHING = {
    "name": "semua",
    "language": "ms",
    "category": "MARKETING",
    "components": [
        {"type": "BODY", "text": "Hai {{nama}}, harga {{harga}}."},
        {"type": "FOOTER", "text": "Balas BERHENTI untuk berhenti menerima mesej."},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "Berhenti"},
                {"type": "URL", "text": "Lihat", "url": "https://example.org/{{1}}"},
                {"type": "COPY_CODE", "text": "Salin", "example": "KELAS25"},
            ],
        },
    ],
}
NUMBERED = {
    "name": "bernombor",
    "language": "en",
    "category": "UTILITY",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}"},
        {"type": "BODY", "text": "It is due on {{1}} at {{2}}."},
    ],
}
BARE = {"name": "teks", "language": "ms", "category": "UTILITY", "components": [{"type": "BODY", "text": "Selamat."}]}
VALUES = {
    "nama": "Aminah",
    "harga": "RM 99",
    "button.1": "k/1",
    "button.2": "KELAS25",
    "1": "Friday",
    "2": "9 am",
    "header.1": "77",
    "header.filename": "jadual.pdf",
}


def with_media(kind: str) -> dict[str, Any]:
    header = {"type": "HEADER", "format": kind.upper(), "example": {"header_handle": ["4::x"]}}
    return EVERYTHING | {"name": f"dengan_{kind}", "components": [header, *EVERYTHING["components"]]}  # type: ignore[misc]


TEMPLATES = [EVERYTHING, NUMBERED, BARE, *(with_media(kind) for kind in ("image", "video", "document"))]


def read(template: dict[str, Any]) -> TemplateText:
    named = {key: template[key] for key in ("name", "language", "category", "components")}
    return TemplateText.from_components(**named)


class Overhearing:
    """Passes everything on to the simulator, and holds both sides against the specification."""

    def __init__(self, address: str) -> None:
        self._address = address
        self.heard: list[tuple[str, str]] = []
        self.heads: list[dict[str, str]] = []

    async def pass_on(self, request: web.Request) -> web.Response:
        sent = await request.read()
        kept = {name: value for name, value in request.headers.items() if name != "Content-Length"}
        async with (
            aiohttp.ClientSession(auto_decompress=False) as session,
            session.request(
                request.method, self._address + request.raw_path, data=sent or None, headers=kept
            ) as answer,
        ):
            said = await answer.read()
            status, kind = answer.status, answer.headers.get("Content-Type", "")
        self.heard.append((request.method, request.path))
        self.heads.append(dict(request.headers))
        if kind.startswith("application/json"):
            is_json = request.headers.get("Content-Type", "").startswith("application/json")
            answered = json.loads(said)
            last = request.path.rpartition("/")[2]
            of = {NUMBER_ID: "phone number", ACCOUNT_ID: "WABA"}.get(last, "media")
            body = json.loads(sent) if is_json and sent else None
            specification.hold_against(
                request.method, request.path_qs, body, status, answered, of=of, who=" of Izin's client"
            )
        return web.Response(body=said, status=status, headers={"Content-Type": kind})


@asynccontextmanager
async def overhearing(stage: Stage) -> AsyncIterator[tuple[Overhearing, str]]:
    ear = Overhearing(stage.address)
    app = web.Application(client_max_size=200 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", ear.pass_on)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield ear, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def connected(theatre: Theatre, **config: Any) -> AsyncIterator[tuple[Stage, Overhearing, Client]]:
    async with (
        theatre.stage(templates=[*TEMPLATES, PROMO], **config) as stage,
        overhearing(stage) as (ear, url),
        Client(url, access_token=TOKEN, app_secret=SECRET.encode()) as client,
    ):
        yield stage, ear, client


async def test_every_part_of_a_template_by_every_kind_of_header(theatre: Theatre) -> None:
    async with connected(theatre) as (stage, _, client):
        for place, template in enumerate(TEMPLATES):
            kind = template["name"].removeprefix("dengan_")
            types = {"image": "image/png", "video": "video/mp4", "document": "application/pdf"}
            media_id = await client.upload(NUMBER_ID, PICTURE, types.get(kind, "image/png"), "fail")
            body = render(read(template), {**VALUES, "header.media": media_id}, to=AMINA, token=f"t-{place}")
            answer = await client.send(NUMBER_ID, body)
            assert answer.kind == "accepted", answer
        await stage.quiet()
        verdicts = {record["verdict"] for record in stage.records("message")}
        tokens = {status["biz_opaque_callback_data"] for status in stage.listener.items("statuses")}
    assert verdicts == {"accepted"}
    assert tokens == {f"t-{place}" for place in range(len(TEMPLATES))}


async def test_the_marketing_endpoint_shares_no_activity_and_takes_nothing_else(theatre: Theatre) -> None:
    async with connected(theatre) as (_, ear, client):
        marketing = render(read(EVERYTHING), VALUES, to=AMINA, token="t", for_marketing=True)
        assert json.loads(marketing)["message_activity_sharing"] is False
        assert (await client.send(NUMBER_ID, marketing, marketing=True)).kind == "accepted"
        assert ear.heard[-1] == ("POST", f"/v23.0/{NUMBER_ID}/marketing_messages")
        other = render(read(NUMBERED), VALUES, to=AMINA, token="t")
        refused = await client.send(NUMBER_ID, other, marketing=True)
        assert (refused.kind, refused.code) == ("error", 131055)


async def test_an_answer_in_the_window_and_a_read_mark(theatre: Theatre) -> None:
    async with connected(theatre) as (stage, _, client):
        too_early = await client.send(NUMBER_ID, wire.encode(wire.text_message(AMINA, "Hai")))
        assert too_early.code == 131047
        said = await stage.control("say", {"from": AMINA, "text": "Boleh tanya?"})
        await client.mark_read(NUMBER_ID, said["wamid"])
        answer = wire.encode(wire.text_message(AMINA, "Boleh.", token="t", answers=said["wamid"]))
        assert (await client.send(NUMBER_ID, answer)).kind == "accepted"
        with pytest.raises(GraphError):
            await client.mark_read(NUMBER_ID, "wamid.unknown")


async def test_a_person_without_a_number(theatre: Theatre) -> None:
    async with connected(theatre) as (stage, _, client):
        await stage.control("say", {"from": AMINA, "text": "hai", "username": "amina.7"})
        await stage.quiet()
        [message] = [one for body in stage.listener.bodies for one in wire.read_webhook(body).messages]
        assert message.from_number is None and message.from_user_id is not None
        body = render(read(EVERYTHING), VALUES, to=message.from_user_id, token="t")
        answer = await client.send(NUMBER_ID, body)
        assert (answer.kind, answer.user_id, answer.wa_id) == ("accepted", message.from_user_id, None)
        await stage.quiet()
        statuses = [one for raw in stage.listener.bodies for one in wire.read_webhook(raw).statuses]
        assert {(one.recipient_id, one.recipient_user_id, one.token) for one in statuses} == {
            (None, message.from_user_id, "t")
        }


async def test_a_file_goes_up_comes_back_whole_and_is_forgotten(theatre: Theatre) -> None:
    async with connected(theatre) as (_, ear, client):
        media_id = await client.upload(NUMBER_ID, PICTURE, "image/png", "poster.png")
        described = await client.describe(media_id)
        assert (described.mime_type, described.size) == ("image/png", len(PICTURE))
        assert described.sha256 == hashlib.sha256(PICTURE).hexdigest()
        assert await client.download(media_id) == PICTURE
        await client.delete_media(media_id)
        with pytest.raises(GraphError):
            await client.describe(media_id)
        before = len(ear.heard)
        for mime_type, size in (("image/gif", 10), ("image/png", 0), ("image/png", 5 * 1024 * 1024 + 1)):
            with pytest.raises(Unsuitable):
                await client.upload(NUMBER_ID, bytes(size), mime_type, "x")
        assert len(ear.heard) == before


async def test_templates_and_subscription(theatre: Theatre) -> None:
    async with connected(theatre) as (stage, _, client):
        assert len(await client.templates(ACCOUNT_ID)) == len(TEMPLATES) + 1
        await client.create_template(ACCOUNT_ID, BARE | {"name": "baharu"})
        assert len(await client.templates(ACCOUNT_ID)) == len(TEMPLATES) + 2
        stage.listener.verify_token = "kata"
        url = stage.hook
        await client.subscribe(ACCOUNT_ID, url, "kata")
        assert stage.listener.challenges
        with pytest.raises(GraphError) as refused:
            await client.subscribe(ACCOUNT_ID, url, "salah")
        assert refused.value.code == 2200


async def test_every_call_carries_the_proof_and_no_other_token(theatre: Theatre) -> None:
    async with connected(theatre, require_appsecret_proof=True) as (_, ear, client):
        assert await client.templates(ACCOUNT_ID)
        assert all(head["Authorization"] == f"Bearer {TOKEN}" for head in ear.heads)
