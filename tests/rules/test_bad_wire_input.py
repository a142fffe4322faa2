"""Bad input of the wire, by its number in the reliability plan (W: webhooks, T: templates), where it is a pure matter.

The door's part (signatures, sizes, methods, rotation, replays) is in tests/flows/test_door.py.
"""

import json
from typing import Any

import pytest

from izin.inbound.understanding import understand
from izin.whatsapp.render import MissingValue, TemplateText, TooLong, UnsupportedTemplate, preview, render
from izin.whatsapp.wire import Poison, read_webhook

TO, TOKEN = "+60123456789", "t"
STOP = {"from": "60123456789", "id": "wamid.1", "timestamp": "1750016800", "type": "text", "text": {"body": "BERHENTI"}}


def of_number(**content: Any) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "106540352242922"}, **content}


def body(*changes: dict[str, Any], entries: int = 1, **envelope: Any) -> bytes:
    entry = {"id": "9", "changes": list(changes)}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry] * entries, **envelope}).encode()


def change(value: Any, field: Any = "messages", **more: Any) -> dict[str, Any]:
    return {"field": field, "value": value, **more}


def stops(raw: bytes) -> int:
    """How many opt-outs are heard in it."""
    messages = read_webhook(raw).messages
    return sum(understand(one.text, payload=one.payload, kind=one.kind).intent == "stop_all" for one in messages)


UNKNOWN = [
    change({"anything": [1, {"x": None}]}, "something_new"),
    change(None, None),
    change([], "messages"),
    change(of_number(statuses="none", messages={"0": STOP}), "messages"),
    change(of_number(statuses=[{"id": "wamid.2", "status": "teleported", "timestamp": "1750016800", "new": {}}])),
    change(of_number(messages=[{"type": "hologram", "id": "wamid.3", "hologram": {}, "from": "601"}])),
    change(of_number(messages=[{"type": "unsupported", "unsupported": {}, "errors": [{"code": 131051}]}])),
    change(of_number(messages=[None, 3, "x", []])),
    change(of_number(user_actions=[{"action_type": "marketing_messages_link_click"}])),
    change(of_number(errors=[{"code": 130429, "title": "Rate limit hit"}])),
    change(of_number(messages=[{**STOP, "id": "wamid.4", "type": "order", "order": {"product_items": []}}])),
    change({"event": "PAUSED"}, "message_template_status_update", unknown=True),
]  # fmt: skip


@pytest.mark.parametrize("odd", UNKNOWN)
def test_w16_unknown_fields_and_types_break_no_batch(odd: dict[str, Any]) -> None:
    said = change(of_number(contacts=[{"wa_id": "60123456789"}], messages=[STOP]))
    for changes in ([odd, said], [said, odd], [odd, said, odd]):
        assert stops(body(*changes)) == 1
    webhook = read_webhook(body(odd))
    kept = [*webhook.statuses, *webhook.messages, *webhook.preferences, *webhook.others]
    assert kept, "what is unknown is kept for a later reader"


def test_w16_an_unknown_object_is_read_all_the_same() -> None:
    assert stops(body(change(of_number(messages=[STOP])), object="instagram")) == 1


def test_w15_every_entry_and_change_of_ten_thousand() -> None:
    said = change(of_number(messages=[STOP, {**STOP, "id": "wamid.5"}]))
    assert stops(body(said, said, entries=2_500)) == 10_000


@pytest.mark.parametrize(
    "raw",
    [
        b"{}", b"[]", b"null", b'""', b"1", b"", b'{"entry": {}}', b'{"entry": "x"}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"entry":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}",
        b'{"entry": [' + b"1" * 5_000 + b"]",
        b'{"entry": [], "x": NaN}',
        b"\xff\xfe{}", b"\x00",
    ],
)  # fmt: skip
def test_w14_w15_w17_w18_poison_is_poison_and_nothing_worse(raw: bytes) -> None:
    with pytest.raises(Poison):
        read_webhook(raw)


@pytest.mark.parametrize("number", ["1" * 300, "1e400", "-1e400", "0.1", "-1"])
def test_w18_w25_numbers_beyond_reason_stop_no_stop(number: str) -> None:
    said = json.dumps(STOP).replace('"1750016800"', number)
    raw = body(change(of_number(messages=["HERE"]))).replace(b'"HERE"', said.encode())
    try:
        [message] = read_webhook(raw).messages
    except Poison:  # then the whole body is kept for a person to look at
        assert number in ("1e400", "-1e400") or len(number) > 100
        return
    assert message.text == "BERHENTI"
    assert not message.at_is_sound


@pytest.mark.parametrize("text", ["\x00BERHENTI", "BERHENTI\x00", "BERHENTI" + "\u200b" * 20, " \u202eBERHENTI"])
def test_w20_w30_invisible_characters_hide_no_stop(text: str) -> None:
    assert stops(body(change(of_number(messages=[{**STOP, "text": {"body": text}}])))) == 1


def test_w21_half_a_character_in_another_message_loses_no_stop() -> None:
    raw = body(change(of_number(messages=[{**STOP, "id": "wamid.6", "text": {"body": "HALF"}}, STOP])))
    assert stops(raw.replace(b"HALF", b"\\ud83d")) == 1


def test_w22_a_text_of_a_megabyte_is_read() -> None:
    [message] = read_webhook(body(change(of_number(messages=[{**STOP, "text": {"body": "a" * 1_000_000}}])))).messages
    assert message.text is not None and len(message.text) == 1_000_000


def test_w37_what_is_said_in_a_group_is_nobodys_stop() -> None:
    assert stops(body(change(of_number(messages=[{**STOP, "group_id": "g"}])))) == 0


# --- templates


def template(text: str, **more: Any) -> TemplateText:
    return TemplateText("kelas", "ms", "MARKETING", text, is_named=True, **more)


HOSTILE = [
    "{{ env.SECRET }}", "{{7*7}}", "{% include 'x' %}", "{{ request }}", "{0.__class__}", "%(x)s", "$HOME", "<%= 1 %>",
    "{{nama}}", "{{1}}", "${jndi:ldap://x}", "<img onerror=alert(1)>",
]  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
def test_t01_nothing_is_evaluated(hostile: str) -> None:
    sent = json.loads(render(template("Hai {{nama}}."), {"nama": hostile}, to=TO, token=TOKEN))
    assert sent["template"]["components"][0]["parameters"] == [
        {"type": "text", "parameter_name": "nama", "text": hostile}
    ]
    assert preview(template(f"Hai {hostile}"), {}) == f"Hai {hostile}"


def test_t02_t03_t06_every_placeholder_needs_its_value() -> None:
    two = template("Hai {{nama}}, {{harga}}.")
    assert two.needs() == ("nama", "harga")
    with pytest.raises(MissingValue):
        render(two, {"nama": "A"}, to=TO, token=TOKEN)
    with pytest.raises(MissingValue):
        render(two, {"nama": "A", "harga": " \n "}, to=TO, token=TOKEN)
    assert b"RM1" in render(two, {"nama": "A", "tambahan": "x"}, to=TO, token=TOKEN, fallbacks={"harga": "RM1"})


@pytest.mark.parametrize(("value", "sent"), [("a\nb", "a b"), ("a\tb", "a b"), ("a     b", "a b"), (" a ", "a")])
def test_t04_line_breaks_and_long_gaps_are_cleaned(value: str, sent: str) -> None:
    assert f'"text":"{sent}"'.encode() in render(template("Hai {{nama}}"), {"nama": value}, to=TO, token=TOKEN)


def test_t05_too_long_is_found_before_it_is_sent() -> None:
    with pytest.raises(TooLong):
        render(template("Hai {{nama}}"), {"nama": "a" * 1_025}, to=TO, token=TOKEN)


@pytest.mark.parametrize("url", ["{{1}}", "http://a.example/{{1}}", "javascript:{{1}}", "https://{{1}}.example/"])
def test_t10_a_value_never_chooses_where_a_link_leads(url: str) -> None:
    from izin.whatsapp.render import Button

    with pytest.raises(UnsupportedTemplate):
        render(template("Hai", buttons=(Button("url", "Buka", url),)), {"button.0": "x"}, to=TO, token=TOKEN)


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "//evil.example", "../../x", "?a=b#c", "https://evil.example"]
)
def test_t10_the_end_of_a_link_stays_the_end(value: str) -> None:
    from izin.whatsapp.render import Button

    linked = template("Hai", buttons=(Button("url", "Buka", "https://a.example/{{1}}"),))
    sent = json.loads(render(linked, {"button.0": value}, to=TO, token=TOKEN))
    [parameter] = sent["template"]["components"][0]["parameters"]
    assert not parameter["text"].startswith("/")
    assert not set(parameter["text"]) & set(":?#")


@pytest.mark.parametrize("value", ["مرحبا", "👩‍👩‍👧‍👦", "❤️", "நன்றி", "é"])
def test_t12_what_was_approved_is_what_is_sent(value: str) -> None:
    text = template("Hai {{nama}}!")
    sent = json.loads(render(text, {"nama": value}, to=TO, token=TOKEN))
    assert preview(text, {"nama": value}) == f"Hai {sent['template']['components'][0]['parameters'][0]['text']}!"
