"""The real door against forged, broken and repeated webhooks, and killed while people say stop."""

import gzip
import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from .house import House, until
from .stage import APP_SECRET, OLD_APP_SECRET, Stage, stage

pytestmark = pytest.mark.flow

Json = dict[str, Any]


@pytest.fixture(scope="module")
def play(home: House) -> Iterator[Stage]:
    with stage(home, people=80) as built:
        yield built


def ask(play: Stage, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", play.house.door_port, timeout=20)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def sign(body: bytes, secret: str = APP_SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post(play: Stage, body: bytes, signature: str | None = None, **headers: str) -> int:
    """The status that the door answers, with the right signature unless another one is given."""
    signed = {"X_Hub_Signature_256": sign(body) if signature is None else signature}
    return ask(play, "POST", play.webhook_path, body, **signed, **headers)[0]


def webhook(play: Stage, field: str, value: Json) -> bytes:
    metadata = {"display_phone_number": "60312345678", "phone_number_id": play.phone_number_id}
    change = {"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
    return json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}).encode()


def saying(play: Stage, who: Json, text: str = "BERHENTI", wamid: str = "") -> bytes:
    message = {"id": wamid or f"wamid.{time.time_ns()}", "timestamp": str(int(time.time())), "type": "text"}
    return webhook(play, "messages", {"messages": [{**message, "text": {"body": text}, **who}]})


def stop(play: Stage, number: str, wamid: str = "") -> bytes:
    return saying(play, {"from": number.removeprefix("+")}, wamid=wamid)


def deliveries(play: Stage) -> int:
    from izin.inbound.models import Delivery
    from izin.organisations.scope import scope

    with scope(play.organisation_id):
        return Delivery.objects.count()


def suppressions(play: Stage, kind: str, value: str) -> int:
    from izin.consent.models import Suppression
    from izin.contacts import book
    from izin.organisations.scope import scope

    with scope(play.organisation_id):
        return Suppression.objects.filter(kind=kind, index=book.suppression_index(kind, value)).count()


FORGERIES: dict[str, Callable[[bytes], str]] = {
    "none": lambda body: "",
    "sha1": lambda body: "sha1=" + hmac.new(APP_SECRET.encode(), body, hashlib.sha1).hexdigest(),
    "too short": lambda body: sign(body)[:-1],
    "too long": lambda body: sign(body) + "0",
    "upper case": lambda body: "sha256=" + sign(body)[7:].upper(),
    "no hexadecimal": lambda body: sign(body)[:-1] + "g",
    "a space behind": lambda body: sign(body) + " x",
    "a list": lambda body: f"{sign(body)},{sign(body)}",
    "another secret": lambda body: sign(body, "somebody-else"),
    "re-serialised": lambda body: sign(json.dumps(json.loads(body), separators=(",", ":")).encode()),
    "one more newline": lambda body: sign(body + b"\n"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_webhook_is_refused_and_leaves_nothing(play: Stage, forgery: str) -> None:
    before, body = deliveries(play), stop(play, play.people[0])
    assert post(play, body, FORGERIES[forgery](body)) == 401
    assert deliveries(play) == before
    assert play.standings()[play.people[0]] == "granted"


def test_a_signature_that_comes_twice_is_none(play: Stage) -> None:
    body = stop(play, play.people[0])
    connection = http.client.HTTPConnection("127.0.0.1", play.house.door_port, timeout=20)
    connection.putrequest("POST", play.webhook_path)
    for _ in range(2):
        connection.putheader("X-Hub-Signature-256", sign(body))
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    assert connection.getresponse().status == 401
    connection.close()


@pytest.mark.parametrize("text", ["äöü 😀 நன்றி", "\\u00e4\\ud83d\\ude00"])
def test_the_signature_is_over_the_bytes_as_they_came(play: Stage, text: str) -> None:
    body = saying(play, {"from": play.people[1][1:]}, "X").replace(b'"X"', f'"{text}"'.encode())
    assert post(play, body, Content_Type="text/plain") == 200


def test_the_secret_before_the_last_rotation_still_signs(play: Stage) -> None:
    body = webhook(play, "messages", {"statuses": []})
    assert post(play, body, sign(body, OLD_APP_SECRET)) == 200


def test_packed_and_oversized_bodies_are_refused(play: Stage) -> None:
    packed = gzip.compress(stop(play, play.people[0]))
    assert post(play, packed, Content_Encoding="gzip") == 415
    assert post(play, b" " * (3 * 1024 * 1024 + 1)) == 413
    assert post(play, b" " * (3 * 1024 * 1024)) == 200, "the largest that is taken"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])
def test_other_methods_are_refused(play: Stage, method: str) -> None:
    assert ask(play, method, play.webhook_path)[0] == 405


def test_the_handshake(play: Stage) -> None:
    def shake(token: str, challenge: str | None = "1158201444", mode: str = "subscribe") -> tuple[int, str]:
        challenged = "" if challenge is None else f"&hub.challenge={challenge}"
        return ask(play, "GET", f"{play.webhook_path}?hub.mode={mode}&hub.verify_token={token}{challenged}")

    assert shake(play.verify_token) == (200, "1158201444")
    for refused in (
        shake("wrong"),
        shake(""),
        shake(play.verify_token, None),
        shake(play.verify_token, "%3Cscript%3Ealert(1)%3C/script%3E"),
        shake(play.verify_token, mode="unsubscribe"),
    ):
        assert refused[0] == 403
        assert "script" not in refused[1]
    assert ask(play, "GET", "/webhooks/unknown")[0] == 404


UNREADABLE = {
    "object": b"{}",
    "list": b"[]",
    "null": b"null",
    "text": b'""',
    "number": b"1",
    "empty": b"",
    "garbage": b"\x00\xff{{{",
    "no list of entries": b'{"entry": {}}',
    "deep": b'{"entry":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "huge number": b'{"entry": [' + b"9" * 5_000 + b"]}",
    "infinite": b'{"entry": [1e400]}',
    "not a number": b'{"entry": [NaN]}',
}


def test_signed_rubbish_is_kept_and_blocks_nothing(play: Stage) -> None:
    from izin.inbound.models import Delivery
    from izin.organisations.scope import scope

    before = deliveries(play)
    assert {name: post(play, body) for name, body in UNREADABLE.items()} == dict.fromkeys(UNREADABLE, 200)
    assert deliveries(play) == before + len(UNREADABLE)
    assert post(play, stop(play, play.people[2])) == 200
    assert play.standings()[play.people[2]] == "refused"
    until(play.is_drained, what="the queue goes on behind it")
    with scope(play.organisation_id):
        aside = Delivery.objects.filter(state=Delivery.State.SET_ASIDE).count()
    assert aside >= len(UNREADABLE) - 2, "set aside; valid JSON that names nothing may pass as empty"


def test_odd_values_in_a_real_shape_do_not_stop_a_stop(play: Stage) -> None:
    odd: list[Json] = [
        {"from": play.people[3][1:], "timestamp": "-5"},
        {"from": play.people[4][1:], "timestamp": 10**30},
        {"from": play.people[5][1:], "timestamp": None, "id": "wamid.\u0000nul"},
        {"from": play.people[6][1:], "id": None},
        {"from": play.people[7][1:], "id": "wamid." + "x" * 10_000},
    ]
    for who in odd:
        assert post(play, saying(play, who)) == 200
    nul = saying(play, {"from": play.people[8][1:]}, "BERHENTI\u0000")
    lone = saying(play, {"from": play.people[9][1:]}, "X").replace(b'"X"', b'"BERHENTI \\ud800"')
    assert (post(play, nul), post(play, lone)) == (200, 200)
    standings = play.standings()
    assert {standings[who] for who in play.people[3:9]} == {"refused"}


def test_statuses_with_odd_values_are_set_aside_alone(play: Stage) -> None:
    person = {"recipient_id": play.people[10][1:], "timestamp": "1"}
    huge = {"id": "wamid.huge", "status": "failed", "errors": [{"code": 10**12}], **person}
    foreign = {"id": "wamid.foreign", "status": "read", "biz_opaque_callback_data": "v1." + "ü" * 600, **person}
    for status in (huge, foreign):
        assert post(play, webhook(play, "messages", {"statuses": [status]})) == 200
    until(play.is_drained, what="the queue goes on")


def test_the_same_stop_five_times_at_once_is_one_act(play: Stage) -> None:
    from izin.consent.models import Evidence
    from izin.dispatch.models import Message
    from izin.organisations.scope import scope

    def acts() -> tuple[int, int]:
        with scope(play.organisation_id):
            return Evidence.objects.filter(act="withdrawn").count(), Message.objects.filter(campaign=None).count()

    before, body = acts(), stop(play, play.people[11], wamid="wamid.five")
    with ThreadPoolExecutor(5) as five:
        assert list(five.map(lambda _: post(play, body), range(5))) == [200] * 5
    assert acts() == (before[0] + 1, before[1] + 1), "one withdrawal, one confirmation"


def test_many_stops_in_one_webhook_while_the_worker_reads_it(play: Stage) -> None:
    """The door puts them into force one after the other, and the worker meets the same webhook meanwhile."""
    from izin.consent.models import Evidence
    from izin.inbound.models import Delivery
    from izin.organisations.scope import scope

    def state() -> tuple[int, int]:
        with scope(play.organisation_id):
            aside = Delivery.objects.filter(state=Delivery.State.SET_ASIDE).count()
            return Evidence.objects.filter(act="withdrawn").count(), aside

    people = play.people[13:20]
    text = {"timestamp": str(int(time.time())), "type": "text", "text": {"body": "BERHENTI"}}
    messages = [{"id": f"wamid.many.{who}", "from": who[1:], **text} for who in people]
    before, body = state(), webhook(play, "messages", {"messages": messages})
    with ThreadPoolExecutor(3) as three:
        assert list(three.map(lambda _: post(play, body), range(3))) == [200] * 3
    until(play.is_drained)
    assert {play.standings()[who] for who in people} == {"refused"}
    assert state() == (before[0] + len(people), before[1])


def test_a_stop_of_a_stranger_is_kept(play: Stage) -> None:
    stranger = "+60129876543"
    assert post(play, stop(play, stranger)) == 200
    assert suppressions(play, "phone", stranger) == 1


def test_a_stop_without_a_number_is_kept(play: Stage) -> None:
    assert post(play, saying(play, {"from_user_id": "MY.abc123DEF"})) == 200
    assert suppressions(play, "bsuid", "MY.abc123DEF") == 1


def test_whatsapps_own_switch_withdraws_and_its_resume_gives_nothing(play: Stage) -> None:
    who = play.people[12]

    def preference(value: str, at: int) -> bytes:
        item = {"wa_id": who[1:], "value": value, "category": "marketing_messages", "timestamp": at}
        return webhook(play, "user_preferences", {"user_preferences": [item]})

    moment = int(time.time())
    assert post(play, preference("stop", moment - 2)) == 200
    assert play.standings()[who] == "refused"
    assert post(play, preference("resume", moment - 1)) == 200
    until(play.is_drained)
    assert play.standings()[who] == "refused"
    play.check_other()


def test_who_was_answered_200_is_in_the_database_when_the_door_is_killed(home: House, play: Stage) -> None:
    home.end_all("door")
    door = home.run_door()
    people = play.people[20:]
    answered: list[str] = []

    def say(who: str) -> None:
        try:
            if post(play, stop(play, who)) == 200:
                answered.append(who)
        except (OSError, http.client.HTTPException):
            return  # killed before it could answer

    with ThreadPoolExecutor(8) as crowd:
        waiting = [crowd.submit(say, who) for who in people]
        until(lambda: len(answered) >= 10 or all(one.done() for one in waiting), what="some are answered")
        door.kill()
    assert 10 <= len(answered) < len(people), "killed in the middle"
    standings = play.standings()
    assert {standings[who] for who in answered} == {"refused"}
    home.run_door()
    for who in people:  # WhatsApp says everything again that was not answered
        assert post(play, stop(play, who)) == 200
    assert {play.standings()[who] for who in people} == {"refused"}
