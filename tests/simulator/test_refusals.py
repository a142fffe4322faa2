"""What Meta would refuse is refused, with its code and HTTP status."""

from typing import Any

import pytest

from izin_simulator.config import PhoneNumber, Template
from izin_simulator.errors import GraphError
from izin_simulator.templates import Catalogue, created
from izin_simulator.validation import check_send

from .stage import AMINA, PLAIN, PROMO, promo_message, template_message, text_message, text_parameters

CATALOGUE = Catalogue(
    (
        Template(**PROMO),
        Template(**PLAIN),
        Template("tired", "ms", status="PAUSED"),
        Template("gone", "ms", status="DISABLED"),
        Template("young", "ms", status="PENDING"),
        Template(
            "poster",
            "ms",
            components=[
                {"type": "HEADER", "format": "IMAGE"},
                {"type": "BODY", "text": "Salam."},
                {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE"}, {"type": "URL", "url": "https://example.org"}]},
            ],
        ),
    )
)
NUMBER = PhoneNumber()


def code(message: Any) -> tuple[int, int] | None:
    """Return (HTTP status, code) of the refusal, None if the message is accepted."""
    try:
        check_send(message, NUMBER, CATALOGUE)
    except GraphError as error:
        return error.http, error.code
    return None


def without(message: dict[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in message.items() if k != key}


def test_right_messages_pass() -> None:
    assert code(template_message(token="t" * 512)) is None
    assert code(promo_message()) is None
    assert code(text_message()) is None
    assert code(without(text_message(), "type")) is None  # text is Meta's default type
    assert code({"messaging_product": "whatsapp", "to": AMINA, "type": "image", "image": {"id": "1"}}) is None
    assert code({"messaging_product": "whatsapp", "to": AMINA, "type": "contacts", "contacts": [{}]}) is None


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ([], (400, 100)),
        (without(text_message(), "messaging_product"), (400, 100)),
        (without(text_message(), "to"), (400, 100)),
        (text_message() | {"messaging_product": "sms"}, (400, 100)),
        (text_message() | {"tpl": 1}, (400, 100)),
        (text_message() | {"to": 60123456789}, (400, 131009)),
        (text_message() | {"to": "12"}, (400, 131009)),
        (text_message() | {"to": "+" + NUMBER.digits}, (400, 131021)),
        (text_message() | {"type": "carrier_pigeon"}, (400, 131051)),
        (text_message() | {"type": ["text"]}, (400, 131051)),
        (text_message() | {"recipient_type": "crowd"}, (400, 131009)),
        (text_message() | {"biz_opaque_callback_data": "t" * 513}, (400, 131009)),
        (text_message() | {"context": {}}, (400, 131008)),
        (without(text_message(), "text"), (400, 131008)),
        (text_message() | {"text": "hello"}, (400, 131009)),
        (text_message(body=""), (400, 131008)),
        (text_message(body="a" * 4097), (400, 131009)),
        (text_message() | {"text": {"body": "a", "colour": "red"}}, (400, 100)),
        ({"messaging_product": "whatsapp", "to": AMINA, "type": "image", "image": {}}, (400, 131008)),
    ],
)
def test_wrong_messages(message: Any, expected: tuple[int, int]) -> None:
    assert code(message) == expected


def send_template(name: str, language: Any = "ms", *components: dict[str, Any], **over: Any) -> dict[str, Any]:
    language = {"code": language} if isinstance(language, str) else language
    return template_message(template={"name": name, "language": language, "components": list(components)} | over)


def body(*values: str, **named: str) -> dict[str, Any]:
    return {"type": "body", "parameters": text_parameters(*values, **named)}


def button(index: Any, *values: str, sub_type: str = "url") -> dict[str, Any]:
    return {"type": "button", "sub_type": sub_type, "index": index, "parameters": text_parameters(*values)}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (send_template("nobody"), (404, 132001)),
        (send_template("plain", "en", body("1", "2")), (404, 132001)),  # en is not en_US
        (send_template("young"), (404, 132001)),
        (send_template("tired"), (400, 132015)),
        (send_template("gone"), (400, 132016)),
        (send_template("plain", {}), (400, 131008)),
        (send_template("plain", ["ms"]), (400, 131009)),
        (send_template("plain", "en_US", colour="red"), (400, 100)),
        (send_template("plain", "en_US", components=body("1", "2")), (400, 131009)),
        (send_template("plain", "en_US", {"type": "tail"}), (400, 100)),
        (send_template("plain", "en_US"), (400, 132000)),
        (send_template("plain", "en_US", body("1")), (400, 132000)),
        (send_template("plain", "en_US", body("1", "2", "3")), (400, 132000)),
        (send_template("plain", "en_US", body(a="1", b="2")), (400, 132012)),  # named for a positional template
        (send_template("plain", "en_US", body("1", "")), (400, 131008)),
        (send_template("plain", "en_US", body("1", "a\nb")), (400, 132018)),
        (send_template("plain", "en_US", body("1", "x" * 1020)), (400, 132005)),
        (send_template("plain", "en_US", {"type": "body", "parameters": [{"type": "image"}] * 2}), (400, 132012)),
        (send_template("plain", "en_US", body("1", "2"), button("0", "x")), (400, 132012)),  # it has no buttons
        (send_template("promo", "ms", body("Ali"), button("0", "x")), (400, 132012)),  # positional for a named one
        (send_template("promo", "ms", body(surname="Ali"), button("0", "x")), (400, 132012)),
        (send_template("promo", "ms", body(name="Ali")), (400, 131008)),  # its address needs a parameter
        (send_template("promo", "ms", body(name="Ali"), button("0", "x", "y")), (400, 132000)),
        (send_template("promo", "ms", body(name="Ali"), button("0", "x"), button(0, "x")), (400, 131009)),
        (send_template("promo", "ms", body(name="Ali"), button("1", "x")), (400, 132012)),  # button 1 is a reply
        (send_template("promo", "ms", body(name="Ali"), button(None, "x")), (400, 131008)),
        (send_template("promo", "ms", body(name="Ali"), button("-1", "x")), (400, 131009)),
        (send_template("poster"), (400, 132012)),
        (send_template("poster", "ms", {"type": "header", "parameters": text_parameters("a")}), (400, 132012)),
        (
            send_template("poster", "ms", {"type": "header", "parameters": [{"type": "image", "image": {}}]}),
            (400, 131008),
        ),
        (
            send_template("poster", "ms", {"type": "header", "parameters": [{"type": "image", "image": {"id": "1"}}]}),
            (400, 131008),  # its coupon code is missing
        ),
    ],
)
def test_wrong_templates(message: Any, expected: tuple[int, int]) -> None:
    assert code(message) == expected


def test_a_picture_and_a_coupon_pass() -> None:
    picture = {"type": "header", "parameters": [{"type": "image", "image": {"id": "1"}}]}
    coupon = {
        "type": "button",
        "sub_type": "copy_code",
        "index": "0",
        "parameters": [{"type": "coupon_code", "coupon_code": "RAYA25"}],
    }
    assert code(send_template("poster", "ms", picture, coupon)) is None
    assert code(send_template("poster", "ms", picture, coupon, button(1, "x"))) == (400, 132000)  # a fixed address


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Has Capitals"},
        {"category": "ADVERT"},
        {"components": []},
        {"components": [{"type": "BODY", "text": "{{1}} first"}]},
        {"components": [{"type": "BODY", "text": "a" * 1025}]},
        {"colour": "red"},
    ],
)
def test_creation_is_refused(wrong: dict[str, Any]) -> None:
    right = {"name": "new_one", "language": "ms", "category": "MARKETING", "components": PROMO["components"]}
    assert created(right).status == "PENDING"
    with pytest.raises(GraphError) as caught:
        created(right | wrong)
    assert caught.value.code == 100
