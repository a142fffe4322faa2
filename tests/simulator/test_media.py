"""Files: uploaded, described, fetched, sent and deleted."""

import hashlib

import aiohttp
import pytest

from izin_simulator.errors import GraphError
from izin_simulator.media import uploaded

from .stage import AMINA, AUTHORIZATION, BALA, NUMBER_ID, PROMO, Stage, Theatre, template_message

PICTURE = b"\x89PNG\r\n\x1a\n\x00\r\n--not a boundary\r\n" + bytes(range(256)) * 20
DAY_S = 86_400
POSTER = PROMO | {
    "name": "poster",
    "components": [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Salam."}],
}


def form(content: bytes = PICTURE, kind: str = "image/png", **fields: str) -> aiohttp.FormData:
    data = aiohttp.FormData()
    for key, value in ({"messaging_product": "whatsapp", "type": kind} | fields).items():
        data.add_field(key, value)
    data.add_field("file", content, filename="poster.png", content_type=kind)
    return data


async def upload(stage: Stage, data: aiohttp.FormData, number_id: str = NUMBER_ID) -> tuple[int, dict]:
    path = f"{stage.address}/v25.0/{number_id}/media"
    async with stage.session.post(path, data=data, headers=AUTHORIZATION) as answer:
        return answer.status, await answer.json()


def with_picture(media_id: str, to: str = AMINA) -> dict:
    header = {"type": "header", "parameters": [{"type": "image", "image": {"id": media_id}}]}
    return template_message(to, template={"name": "poster", "language": {"code": "ms"}, "components": [header]})


async def test_a_file_goes_up_and_comes_back(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        status, answer = await upload(stage, form())
        assert (status, answer.keys()) == (200, {"id"})
        _, described = await stage.call("GET", f"/v25.0/{answer['id']}?phone_number_id={NUMBER_ID}")
        url = described.pop("url")
        assert described == {
            "messaging_product": "whatsapp",
            "mime_type": "image/png",
            "sha256": hashlib.sha256(PICTURE).hexdigest(),
            "file_size": len(PICTURE),
            "id": answer["id"],
        }
        async with stage.session.get(url, headers=AUTHORIZATION) as got:
            assert (got.status, got.content_type, await got.read()) == (200, "image/png", PICTURE)
        async with stage.session.get(url) as got:
            assert got.status == 401
        await stage.control("clock", {"advance_s": 301})
        async with stage.session.get(url, headers=AUTHORIZATION) as got:
            assert got.status == 404


async def test_a_picture_is_sent_by_id(theatre: Theatre) -> None:
    async with theatre.stage(templates=[POSTER], read_rate=0) as stage:
        _, answer = await upload(stage, form())
        await stage.accepted(with_picture(answer["id"]))
        await stage.accepted(with_picture("123", BALA))
        await stage.quiet()
        statuses = stage.listener.items("statuses")
        assert [s["status"] for s in statuses if s["recipient_id"] == AMINA[1:]] == ["sent", "delivered"]
        [failed] = [s for s in statuses if s["recipient_id"] == BALA[1:]]
        assert failed["errors"][0]["code"] == 131053
    async with theatre.stage(templates=[POSTER], read_rate=0) as stage:  # the file outlives a restart
        await stage.accepted(with_picture(answer["id"]))
        assert (await stage.call("DELETE", f"/v25.0/{answer['id']}"))[1] == {"success": True}
        assert (await stage.call("GET", f"/v25.0/{answer['id']}"))[0] == 400
        assert (await stage.call("DELETE", f"/v25.0/{answer['id']}"))[1]["error"]["error_subcode"] == 33


async def test_files_are_gone_after_thirty_days(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        _, answer = await upload(stage, form())
        await stage.control("clock", {"advance_s": 29 * DAY_S})
        assert (await stage.call("GET", f"/v25.0/{answer['id']}"))[0] == 200
        await stage.control("clock", {"advance_s": 2 * DAY_S})
        assert (await stage.call("GET", f"/v25.0/{answer['id']}"))[0] == 400


async def test_uploads_that_are_refused(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        for data, code in (
            (form(kind="image/gif"), 100),
            (form(b""), 100),
            (form(messaging_product="sms"), 100),
            (form(b"x" * (5 * 1024 * 1024 + 1), "image/jpeg"), 131053),
        ):
            status, answer = await upload(stage, data)
            assert (status, answer["error"]["code"]) == (400, code)
        assert (await upload(stage, form(), "1"))[1]["error"]["code"] == 100
        assert (await stage.call("POST", f"/v25.0/{NUMBER_ID}/media", {}))[1]["error"]["code"] == 100
        assert (await stage.call("POST", f"/v25.0/{NUMBER_ID}/media", headers={}))[0] == 401


def test_forms_of_other_clients() -> None:
    body = (
        b'--b1\r\nContent-Disposition: form-data; name="messaging_product"\r\n\r\nwhatsapp\r\n'
        b"--b1\r\nContent-Type: application/pdf\r\ncontent-disposition: form-data; name=file; filename=a.pdf\r\n\r\n"
        b"%PDF\r\n\r\n--b\r\n--b1--\r\n"
    )
    assert uploaded('multipart/form-data; boundary="b1"', body) == (b"%PDF\r\n\r\n--b", "application/pdf")
    for kind in ("application/json", "multipart/form-data"):
        with pytest.raises(GraphError):
            uploaded(kind, body)
