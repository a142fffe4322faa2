"""The client over real HTTP on loopback: what is known after each way in which a send can go wrong."""

import asyncio
import base64
import hashlib
import json
import logging
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from izin.whatsapp import wire
from izin.whatsapp.client import Answer, Client, GraphError

TOKEN, NUMBER, NUMBER_ID = "EAAG-secret-token", "+60123456789", "106540352242922"
BODY = wire.encode(wire.text_message(NUMBER, "rahsia"))
ACCEPTED = json.dumps({"contacts": [{"wa_id": "60123456789"}], "messages": [{"id": "wamid.1"}]}).encode()

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def response(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, ""))
    return head.encode() + body


async def read_request(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0
    )
    return head, await reader.readexactly(length)


def answers(raw: bytes) -> Script:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(raw)
        await writer.drain()

    return script


def reset(writer: asyncio.StreamWriter) -> None:
    """Closes with an RST instead of a FIN."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class Server:
    """A raw server that plays one script for each connection and counts them."""

    def __init__(self, script: Script) -> None:
        self.script, self.connections, self.tasks = script, 0, set[asyncio.Task[None]]()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        try:
            await self.script(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(script: Script) -> AsyncIterator[tuple[Server, str]]:
    server = Server(script)
    listening = await asyncio.start_server(server.accept, "127.0.0.1", 0)
    try:
        yield server, f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    finally:
        listening.close()
        for task in server.tasks:
            task.cancel()
        await asyncio.gather(*server.tasks, return_exceptions=True)


def send_to(script: Script, *, total_s: float = 5.0) -> tuple[Answer, int]:
    """The answer of one send to a server that plays this script, and how many connections it saw."""

    async def run() -> tuple[Answer, int]:
        async with serving(script) as (server, url), Client(url, access_token=TOKEN, total_s=total_s) as client:
            return await client.send(NUMBER_ID, BODY), server.connections

    return asyncio.run(run())


def test_an_accepted_message() -> None:
    seen: list[tuple[bytes, bytes]] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(response(ACCEPTED))

    answer, _ = send_to(script)
    assert answer == Answer("accepted", 200, None, "wamid.1", "60123456789")
    ((head, body),) = seen
    assert head.startswith(f"POST /v23.0/{NUMBER_ID}/messages HTTP/1.1\r\n".encode())
    assert f"Authorization: Bearer {TOKEN}\r\n".encode() in head
    assert b"Content-Type: application/json\r\n" in head
    assert body == BODY


def test_the_app_secret_proves_the_token() -> None:
    heads: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append((await read_request(reader))[0])
        writer.write(response(ACCEPTED))

    async def run() -> None:
        async with serving(script) as (_, url), Client(url, access_token="t", app_secret=b"s") as client:
            await client.send(NUMBER_ID, BODY)

    asyncio.run(run())
    # printf t | openssl dgst -sha256 -hmac s
    assert b"?appsecret_proof=61f074c3fcd0a129debe8f2b1c6f66d8824d615cf8397cc192eb58a8b0367889 " in heads[0]


@pytest.mark.parametrize("status", ["400 Bad Request", "200 OK", "500 Internal Server Error"])
def test_metas_error_is_read_whatever_the_status(status: str) -> None:
    error = json.dumps({"error": {"code": 130429, "error_data": {"details": "slow down"}}}).encode()
    answer, _ = send_to(answers(response(error, status)))
    assert (answer.kind, answer.code, answer.details) == ("error", 130429, "slow down")


def test_refused_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

        async def run() -> Answer:
            async with Client(f"http://127.0.0.1:{port}", access_token=TOKEN) as client:
                return await client.send(NUMBER_ID, BODY)

        assert asyncio.run(run()) == Answer("not_sent")


def test_unknown_host() -> None:
    async def run() -> Answer:
        async with Client("http://nowhere.invalid", access_token=TOKEN) as client:
            return await client.send(NUMBER_ID, BODY)

    assert asyncio.run(run()) == Answer("not_sent")


def test_a_server_that_does_not_speak_tls() -> None:
    async def run() -> Answer:
        async with (
            serving(answers(b"not TLS\r\n" * 10)) as (_, url),
            Client(url.replace("http:", "https:"), access_token=TOKEN, total_s=1) as client,
        ):
            return await client.send(NUMBER_ID, BODY)

    assert asyncio.run(run()) == Answer("not_sent")


def test_no_free_connection_in_time() -> None:
    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async def run() -> list[Answer]:
        async with (
            serving(silent) as (_, url),
            Client(url, access_token=TOKEN, limit=1, total_s=1.0, connect_s=0.2) as client,
        ):
            return await asyncio.gather(client.send(NUMBER_ID, BODY), client.send(NUMBER_ID, BODY))

    assert [answer.kind for answer in asyncio.run(run())] == ["no_answer", "not_sent"]


async def at_once(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    reset(writer)


async def mid_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readexactly(20)
    reset(writer)


async def after_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    reset(writer)


async def closed_after_request(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await read_request(reader)


async def mid_response(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(response(ACCEPTED)[:-5])
    await writer.drain()


async def slow_drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    for byte in response(ACCEPTED):
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.05)


async def ten_megabytes(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(response(ACCEPTED[:-1] + b" " * 10_000_000 + b"}"))
    await writer.drain()


async def endless_head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1_000_000)
    await writer.drain()


@pytest.mark.parametrize(
    "script",
    [
        mid_request, after_request, closed_after_request, mid_response, slow_drip, ten_megabytes, endless_head,
        answers(b"SSH-2.0-OpenSSH\r\n\r\n"),
        answers(response(b"<html>Bad gateway</html>", "500 Internal Server Error")),
        answers(response(b"<html>Not found</html>", "404 Not Found")),
        answers(response(b"", "503 Service Unavailable")),
        answers(response(b"", "302 Found", "Location: http://127.0.0.1:9/")),
        answers(response(b'{"messages":[{}]}')),
        answers(response(b"{}")),
        answers(response(ACCEPTED, "202 Accepted")),
        answers(response(b"\x1f\x8b\x08\x00", "200 OK", "Content-Encoding: gzip")),
    ],
)  # fmt: skip
def test_whatever_else_happens_after_the_first_byte_is_no_answer(script: Script) -> None:
    answer, connections = send_to(script, total_s=0.5)
    assert (answer.kind, answer.code, answer.message_id) == ("no_answer", None, None)
    assert connections == 1  # nothing is ever tried again


def test_a_reset_at_once_is_never_taken_for_an_answer() -> None:
    answer, connections = send_to(at_once)
    assert answer.kind in ("not_sent", "no_answer")  # which of the two depends on who was quicker
    assert connections == 1


def test_a_kept_connection_that_the_peer_closes_is_not_used_for_a_second_try() -> None:
    requests = 0

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal requests
        await read_request(reader)
        requests += 1
        writer.write(response(ACCEPTED))
        await writer.drain()
        await read_request(reader)
        requests += 1
        reset(writer)

    async def run() -> tuple[Answer, Answer, int]:
        async with serving(once) as (server, url), Client(url, access_token=TOKEN) as client:
            first, second = await client.send(NUMBER_ID, BODY), await client.send(NUMBER_ID, BODY)
            return first, second, server.connections

    first, second, connections = asyncio.run(run())
    assert (first.kind, second.kind) == ("accepted", "no_answer")
    assert (connections, requests) == (1, 2)


def test_nothing_personal_is_shown_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def run() -> str:
        async with serving(answers(response(ACCEPTED))) as (_, url), Client(url, access_token=TOKEN) as client:
            answer = await client.send(NUMBER_ID, BODY)
            assert answer.message_id == "wamid.1"
            return f"{answer!r} {client!r} {GraphError(400, 100)!r}"

    shown = asyncio.run(run()) + caplog.text
    for secret in (TOKEN, NUMBER[1:], "rahsia", "wamid"):
        assert secret not in shown


@pytest.mark.parametrize("number_id", ["", "../1", "1/2", "+1", "12?x"])
def test_an_odd_id_never_becomes_an_address(number_id: str) -> None:
    async def run() -> None:
        async with Client("http://127.0.0.1:9", access_token=TOKEN) as client:
            await client.send(number_id, BODY)

    with pytest.raises(ValueError):
        asyncio.run(run())


@pytest.mark.parametrize(
    "settings",
    [
        {"base_url": "ftp://x"}, {"base_url": "https://user@host"}, {"base_url": "https://host/path"},
        {"version": "23"}, {"access_token": ""}, {"access_token": "a\r\nb"},
    ],
)  # fmt: skip
def test_settings_that_cannot_work_are_refused(settings: dict[str, str]) -> None:
    given = {"base_url": "https://graph.example", "access_token": TOKEN, **settings}
    with pytest.raises(ValueError) as refused:
        Client(given.pop("base_url"), access_token=given.pop("access_token"), **given)
    assert TOKEN not in str(refused.value)


def test_templates_are_read_page_by_page_by_the_cursor() -> None:
    heads: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            heads.append((await read_request(reader))[0])
            page: dict[str, object] = {"data": [{"name": f"t{len(heads)}"}]}
            if len(heads) < 3:
                page["paging"] = {"cursors": {"after": f"c{len(heads)}"}, "next": "http://127.0.0.1:9/?access_token=x"}
            writer.write(response(json.dumps(page).encode()))
            await writer.drain()

    async def run() -> list[object]:
        async with serving(script) as (_, url), Client(url, access_token=TOKEN) as client:
            return [template["name"] for template in await client.templates("215589313241560883")]

    assert asyncio.run(run()) == ["t1", "t2", "t3"]
    assert b"after=c2" in heads[2]


def test_management_errors_name_the_code() -> None:
    async def call(raw: bytes) -> GraphError:
        async with serving(answers(raw)) as (_, url), Client(url, access_token=TOKEN, total_s=1) as client:
            with pytest.raises(GraphError) as failed:
                await client.subscribe("1", "https://izin.example/hook", "verify")
            return failed.value

    error = asyncio.run(call(response(b'{"error":{"code":190}}', "401 Unauthorized")))
    assert (error.http_status, error.code) == (401, 190)
    error = asyncio.run(call(response(b"<html>", "502 Bad Gateway")))
    assert (error.http_status, error.code) == (502, None)


def test_subscribing() -> None:
    bodies: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        bodies.append((await read_request(reader))[1])
        writer.write(response(b'{"success":true}'))

    async def run() -> None:
        async with serving(script) as (_, url), Client(url, access_token=TOKEN) as client:
            await client.subscribe("1", "https://izin.example/hook", "verify")

    asyncio.run(run())
    assert json.loads(bodies[0]) == {"override_callback_uri": "https://izin.example/hook", "verify_token": "verify"}


def test_used_outside_its_context() -> None:
    with pytest.raises(RuntimeError):
        asyncio.run(Client("http://127.0.0.1:9", access_token=TOKEN).send(NUMBER_ID, BODY))


def test_a_providers_own_header_and_addresses() -> None:
    """Style of 360dialog: the key in a header of its own, neither version nor id in the address, and no proof."""
    heads: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            heads.append((await read_request(reader))[0])
            writer.write(response(ACCEPTED))
            await writer.drain()

    async def run() -> None:
        async with (
            serving(script) as (_, url),
            Client(url, access_token=TOKEN, app_secret=b"s", key_header="D360-API-KEY", bare_paths=True) as client,
        ):
            assert (await client.send(NUMBER_ID, BODY)).kind == "accepted"
            await client.templates("1")
            await client.mark_read(NUMBER_ID, "wamid.1")

    asyncio.run(run())
    assert [head.split(b" ", 2)[1].partition(b"?")[0] for head in heads] == [
        b"/messages",
        b"/message_templates",
        b"/messages",
    ]
    for head in heads:
        assert f"D360-API-KEY: {TOKEN}\r\n".encode() in head
        assert b"authorization" not in head.lower() and b"appsecret_proof" not in head


PICTURE = b"picture"
DIGEST = hashlib.sha256(PICTURE).hexdigest()


def download_from(link: str, *, digest: str = DIGEST, **settings: Any) -> tuple[bytes | GraphError, list[bytes]]:
    """What comes of a download whose description names this link ({host}: the server's own), and the requests."""
    heads: list[bytes] = []

    async def run() -> bytes | GraphError:
        async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while True:
                heads.append((await read_request(reader))[0])
                described = {"url": link.format(host=url), "sha256": digest, "mime_type": "image/png", "file_size": 7}
                is_description = heads[-1].split()[1].partition(b"?")[0] in (b"/v23.0/11", b"/11")
                writer.write(response(json.dumps(described).encode() if is_description else PICTURE))
                await writer.drain()

        async with serving(script) as (_, url), Client(url, access_token=TOKEN, **settings) as client:
            try:
                return await client.download("11")
            except GraphError as failed:
                return failed

    return asyncio.run(run()), heads


def test_a_download_follows_its_link_byte_for_byte() -> None:
    content, heads = download_from("{host}/files/a%2Fb?hash=x%2By%3D&ext=1")
    assert content == PICTURE
    assert heads[1].startswith(b"GET /files/a%2Fb?hash=x%2By%3D&ext=1 ")
    assert f"Authorization: Bearer {TOKEN}".encode() in heads[1]


def test_a_provider_passes_whatsapps_files_on_at_its_own_address() -> None:
    content, heads = download_from(
        "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", key_header="D360-API-KEY", bare_paths=True
    )
    assert content == PICTURE
    assert heads[1].startswith(b"GET /whatsapp_business/attachments/?mid=1 ")


@pytest.mark.parametrize(
    "link",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://evil.example/?mid=1",
        "https://lookaside.fbsbx.com.evil.example/",
        "https://fbsbx.com@evil.example/",
        "https://lookaside.fbsbx.com:8443/",
        "http://lookaside.fbsbx.com/",
        "file:///etc/passwd",
        "//evil.example/",
        "",
    ],
)
def test_a_link_that_leads_elsewhere_is_not_followed(link: str) -> None:
    failed, heads = download_from(link)
    assert isinstance(failed, GraphError)
    assert len(heads) == 1


def test_a_file_that_is_not_what_whatsapp_described_is_not_taken() -> None:
    failed, _ = download_from("{host}/x", digest="0" * 64)
    assert isinstance(failed, GraphError)


def test_a_digest_in_base64_is_the_same_digest() -> None:
    digest = base64.b64encode(bytes.fromhex(DIGEST)).decode()
    assert download_from("{host}/x", digest=digest)[0] == PICTURE
