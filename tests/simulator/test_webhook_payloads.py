"""Payloads and signatures against published vectors and the shape of real traffic."""

import json
from typing import Any

import pytest

from izin_simulator.identifiers import digits_of, user_id, wamid
from izin_simulator.payloads import Person, failed_status, failure, pricing, tail_of_status
from izin_simulator.payloads import status as status_of
from izin_simulator.webhooks import Update, encode, signature
from izin_simulator.webhooks import envelope as envelope_of

VECTORS = [
    (
        b'{"object":"whatsapp_business_account","entry":[]}',
        "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
    ),
    (
        rb'{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages",'
        rb'"value":{"text":"a\u00f1o \ud83d\udc4d"}}]}]}',
        "9d942741b11a7af3352bb04781cd3dcb0f5a96d45aec8e25fc7932eddfa4b8c5",
    ),
]


@pytest.mark.parametrize(("body", "expected"), VECTORS)
def test_signature_is_over_the_escaped_bytes(body: bytes, expected: str) -> None:
    assert signature("test_app_secret", body) == "sha256=" + expected
    assert encode(json.loads(body)).encode() == body


def test_raw_utf8_has_another_signature() -> None:
    body = json.dumps(json.loads(VECTORS[1][0]), ensure_ascii=False, separators=(",", ":")).encode()
    assert signature("test_app_secret", body).endswith(
        "999a1e3c876575da9ba29fae4bce2067501dfbd06ca4a8131132ae406697bfd1"
    )
    assert encode(json.loads(body)).encode() == VECTORS[1][0]


PERSON = Person("59899000111", "UY.1")
METADATA = '{"display_phone_number":"15550000000","phone_number_id":"1"}'


def status(wamid_: str = "wamid.A", name: str = "sent", contact: Person | None = PERSON) -> Update:
    if name == "failed":
        body = failed_status(wamid_, 1790307895.9, "59899000111", "t1", 131026)
    else:
        tail = tail_of_status(PERSON, "t1", "utility", free=False)
        body = status_of(wamid_, name, 1790307895.9, tail)
    ack = {"event": "status_acked", "wamid": wamid_, "status": name}
    return Update("messages", body, ack, "statuses", "1", METADATA, contact.contact(None) if contact else "")


def envelope(updates: list[Update], *, grouped: bool, at: float = 0) -> Any:
    return json.loads(envelope_of("9", updates, grouped=grouped, at=at))


def test_one_change_for_each_or_one_for_all() -> None:
    updates = [status("wamid.A"), status("wamid.B")]
    apart = envelope(updates, grouped=False, at=0)["entry"]
    assert [len(change["value"]["statuses"]) for change in apart[0]["changes"]] == [1, 1]
    together = envelope(updates, grouped=True, at=0)["entry"]
    assert len(together[0]["changes"]) == 1
    value = together[0]["changes"][0]["value"]
    assert value["contacts"] == [{"wa_id": "59899000111", "user_id": "UY.1"}]
    assert [s["id"] for s in value["statuses"]] == ["wamid.A", "wamid.B"]
    assert "time" not in together[0]


def test_a_failed_status_shares_no_change_with_one_that_has_contacts() -> None:
    updates = [status("wamid.A"), status("wamid.B", "failed", None)]
    changes = envelope(updates, grouped=True, at=0)["entry"][0]["changes"]
    assert ["contacts" in change["value"] for change in changes] == [True, False]


def test_account_fields_stand_alone_and_have_a_time() -> None:
    review = Update("message_template_status_update", '{"event":"APPROVED"}', {"event": "template_acked"})
    entries = envelope([review, status()], grouped=True, at=17.5)["entry"]
    assert [entry.get("time") for entry in entries] == [None, 17]


def test_shape_of_a_failure() -> None:
    assert failure(131049) == {
        "code": 131049,
        "title": "This message was not delivered to maintain healthy ecosystem engagement.",
        "message": "This message was not delivered to maintain healthy ecosystem engagement.",
        "error_data": {
            "details": "In order to maintain a healthy ecosystem engagement, the message failed to be delivered."
        },
        "href": "/documentation/business-messaging/whatsapp/support/error-codes",
    }


def test_free_inside_the_window() -> None:
    assert json.loads(pricing("utility", free=True)) == {
        "billable": False,
        "pricing_model": "PMP",
        "type": "free_customer_service",
        "category": "utility",
    }


def test_wamid_is_built_like_metas() -> None:
    outgoing = wamid("16505551234", bytes.fromhex("9A3CA5B3D4CD6E67E7FF"), inbound=False)
    assert outgoing == "wamid.HBgLMTY1MDU1NTEyMzQVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA"
    inbound = wamid("16503879439", bytes.fromhex("3AADF8441347E8571C10"), inbound=True)
    assert inbound == "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUFERjg0NDEzNDdFODU3MUMxMAA="


@pytest.mark.parametrize(
    ("written", "country", "digits"),
    [
        ("+60 12-345 (6789)", "", "60123456789"),
        ("60123456789", "60", "60123456789"),
        ("0123456789", "60", "60123456789"),
        ("0123456789", "", None),
        ("+123", "", None),
        ("+6012345678901234", "", None),
        ("+60abc", "", None),
        ("", "60", None),
    ],
)
def test_numbers_are_read_as_meta_reads_them(written: str, country: str, digits: str | None) -> None:
    assert digits_of(written, country) == digits


def test_user_id_belongs_to_one_business() -> None:
    assert user_id("1", "60123456789") == user_id("1", "60123456789") != user_id("2", "60123456789")
    assert user_id("1", "60123456789").startswith("MY.")
    assert user_id("1", "99123456789").startswith("XX.")
