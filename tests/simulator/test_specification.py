"""The judge itself: Meta's own examples stand, and a slip in any of them does not."""

import copy
from typing import Any

import pytest
import specification

from .stage import NUMBER_ID, promo_message, template_message, text_message

MESSAGES = f"/v23.0/{NUMBER_ID}/messages"
STATUS = {"id": "wamid.1", "status": "sent", "timestamp": "1750016800", "recipient_id": "60123456701"}


def webhook(**content: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "60312345678", "phone_number_id": NUMBER_ID}
    value = {"messaging_product": "whatsapp", "metadata": metadata, **content}
    change = {"field": "messages", "value": value}
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}


@pytest.mark.parametrize("message", [template_message(), promo_message(token="t"), text_message()])
def test_a_right_request_stands_and_a_slip_does_not(message: dict[str, Any]) -> None:
    judge = specification.needed()
    kind = message["type"]
    assert judge.request("POST", MESSAGES, message) == []
    for slip in (
        {"to": None},
        {"type": "telegram"},
        {"messaging_product": 1},
        {kind: []},
        {"biz_opaque_callback_data": "x" * 513},
    ):
        assert judge.request("POST", MESSAGES, copy.deepcopy(message) | slip), slip
    assert judge.request("POST", MESSAGES, {key: value for key, value in message.items() if key != "to"})


def test_a_text_is_closed_to_fields_that_meta_does_not_know() -> None:
    judge = specification.needed()
    assert judge.request("POST", MESSAGES, text_message() | {"txet": 1})
    assert judge.request("POST", f"/v23.0/{NUMBER_ID}/marketing_messages", promo_message() | {"colour": "red"})


def test_errors_and_webhooks() -> None:
    judge = specification.needed()
    assert judge.answer("POST", MESSAGES, 400, {"error": {"message": "m", "type": "OAuthException", "code": "100"}})
    assert judge.webhook(webhook(statuses=[STATUS])) == []
    assert judge.webhook(webhook(statuses=[STATUS | {"status": "flown"}]))
    assert judge.webhook(webhook(statuses=[{key: STATUS[key] for key in ("id", "status", "timestamp")}]))
    assert judge.webhook(webhook(contacts=[{"wa_id": "1"}], messages=[{"id": "1", "timestamp": "1", "type": "text"}]))


def test_an_address_that_meta_does_not_have() -> None:
    assert specification.needed().request("POST", f"/v23.0/{NUMBER_ID}/telegrams", {})
