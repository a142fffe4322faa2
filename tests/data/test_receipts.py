"""Who is answered sees that the message was read: by the staff's own verb, the job behind it, and the simulator."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import cast as stage
import pytest
from simulator.stage import NUMBER_ID, Playing, Theatre

PEOPLE = [stage.Person(f"+6012347{number}", f"Orang {number}") for number in range(5101, 5104)]
ASKED = PEOPLE[2]


@pytest.fixture(scope="module")
def cast(opened: None) -> stage.Cast:
    return stage.found("baca", PEOPLE)


@pytest.fixture
def playing(tmp_path: Path, cast: stage.Cast) -> Iterator[Playing]:
    from izin.organisations.scope import scope
    from izin.whatsapp import accounts

    with Playing(Theatre(tmp_path), access_token="token", app_secret="rahsia") as playing:
        with scope(cast.id):
            accounts.move_account(cast.sender.account, playing.stage.address)
        yield playing


def asked(cast: stage.Cast, wamid: str) -> Any:
    from izin.inbound.models import Reply
    from izin.organisations.scope import scope

    said = stage.message(ASKED, "Boleh tanya?")
    said["messages"][0]["id"] = wamid
    stage.hear(cast, said)
    with scope(cast.id):
        return Reply.objects.select_related("sender", "contact").order_by("-id")[0]


def test_an_answer_marks_the_question_as_read(cast: stage.Cast, playing: Playing) -> None:
    from django.db import connection

    from izin.inbound import replies
    from izin.inbound.tasks import show_read
    from izin.organisations.scope import scope

    wamid = playing.wait(playing.stage.control("say", {"from": ASKED.number, "text": "Boleh tanya?"}))["wamid"]
    reply = asked(cast, wamid)
    with scope(cast.id):
        replies.answer(reply, "Boleh.", by=uuid4())
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'inbound.show_read' ORDER BY id DESC")
        arguments = cursor.fetchone()[0]
    arguments = arguments if isinstance(arguments, dict) else json.loads(arguments)
    assert arguments == {"organisation_id": str(cast.id), "reply_id": str(reply.id)}, "opaque ids, nothing else"
    show_read(**arguments)
    [receipt] = playing.stage.records("read_receipt")
    assert (receipt["wamid"], receipt["phone_number_id"]) == (wamid, NUMBER_ID)


def test_a_refused_or_unreachable_mark_harms_nothing(cast: stage.Cast, playing: Playing) -> None:
    from izin.inbound.receipts import show_read
    from izin.organisations.scope import scope
    from izin.whatsapp import accounts

    reply = asked(cast, f"wamid.{uuid4().hex}")
    assert not show_read(cast.id, reply.id), "WhatsApp does not know this message"
    assert not show_read(cast.id, uuid4())
    with scope(cast.id):
        accounts.move_account(cast.sender.account, "http://127.0.0.1:9")
    assert not show_read(cast.id, reply.id)
