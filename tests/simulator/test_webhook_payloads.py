"""Payloads and signatures against published vectors and the shape of real traffic."""

import json

import pytest

from izin_simulator.identifiers import digits_of, user_id, wamid
from izin_simulator.webhooks import Update, encode, envelope, failure, pricing, signature, status_body

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
    assert encode(json.loads(body)) == body


def test_raw_utf8_has_another_signature() -> None:
    body = json.dumps(json.loads(VECTORS[1][0]), ensure_ascii=False, separators=(",", ":")).encode()
    assert signature("test_app_secret", body).endswith(
        "999a1e3c876575da9ba29fae4bce2067501dfbd06ca4a8131132ae406697bfd1"
    )
    assert encode(json.loads(body)) == VECTORS[1][0]


def status(wamid_: str = "wamid.A", name: str = "sent", contact: dict | None = None) -> Update:
    body = status_body(wamid_, name, 1790307895.9, "59899000111", "t1")
    metadata = {"display_phone_number": "15550000000", "phone_number_id": "1"}
    ack = {"event": "status_acked", "wamid": wamid_, "status": name}
    return Update("messages", body, ack, "statuses", metadata, contact)


PERSON = {"wa_id": "59899000111", "user_id": "UY.1"}


def test_one_change_for_each_or_one_for_all() -> None:
    updates = [status("wamid.A", contact=PERSON), status("wamid.B", contact=PERSON)]
    apart = envelope("9", updates, grouped=False, at=0)["entry"]
    assert [len(change["value"]["statuses"]) for change in apart[0]["changes"]] == [1, 1]
    together = envelope("9", updates, grouped=True, at=0)["entry"]
    assert len(together[0]["changes"]) == 1
    value = together[0]["changes"][0]["value"]
    assert value["contacts"] == [PERSON]
    assert [s["id"] for s in value["statuses"]] == ["wamid.A", "wamid.B"]
    assert "time" not in together[0]


def test_a_failed_status_shares_no_change_with_one_that_has_contacts() -> None:
    updates = [status("wamid.A", contact=PERSON), status("wamid.B", "failed")]
    changes = envelope("9", updates, grouped=True, at=0)["entry"][0]["changes"]
    assert ["contacts" in change["value"] for change in changes] == [True, False]


def test_account_fields_stand_alone_and_have_a_time() -> None:
    review = Update("message_template_status_update", {"event": "APPROVED"}, {"event": "template_acked"})
    entries = envelope("9", [review, status(contact=PERSON)], grouped=True, at=17.5)["entry"]
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
    assert pricing("utility", free=True) == {
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
