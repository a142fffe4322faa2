"""The Cloud API's bytes: what we post, what Meta answers, what its webhooks say."""

import hashlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.whatsapp import wire
from izin.whatsapp.wire import Accepted, Component, Parameter, Poison, Refused, read_answer, read_webhook

NUMBER, WAMID = "+16505551234", "wamid.HBgLMTY1MDU1NTEyMzQVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA"
SECRET = b"test_app_secret"


def envelope(value: object, field: str = "messages", **entry: object) -> bytes:
    change = {"field": field, "value": value}
    return json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"id": "9", "changes": [change], **entry}]}
    ).encode()


def of_number(**content: object) -> dict[str, object]:
    return {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "106540352242922"}, **content}


def message(kind: str = "text", content: object = None, **fields: object) -> bytes:
    item = {"id": WAMID, "from": "16505551234", "timestamp": "1750016800", "type": kind, kind: content, **fields}
    return envelope(of_number(messages=[item]))


# --- what we post


def test_template_body_is_what_meta_documents() -> None:
    body = wire.encode(
        wire.template_message(
            NUMBER,
            "token-1",
            name="fall_sale_v3",
            language="en_US",
            components=[
                Component("body", (Parameter("text", parameter_name="first_name", text="Jess"),)),
                Component("button", (Parameter("payload", payload="optout:x"),), sub_type="quick_reply", index="1"),
            ],
        )
    )
    assert json.loads(body) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+16505551234",
        "type": "template",
        "biz_opaque_callback_data": "token-1",
        "template": {
            "name": "fall_sale_v3",
            "language": {"code": "en_US"},
            "components": [
                {"type": "body", "parameters": [{"type": "text", "parameter_name": "first_name", "text": "Jess"}]},
                {
                    "type": "button",
                    "sub_type": "quick_reply",
                    "index": "1",
                    "parameters": [{"type": "payload", "payload": "optout:x"}],
                },
            ],
        },
    }


def test_a_template_without_values_has_no_components() -> None:
    body = json.loads(wire.encode(wire.template_message(NUMBER, "t", name="hello", language="ms")))
    assert body["template"] == {"name": "hello", "language": {"code": "ms"}}


def test_text_and_read_mark() -> None:
    body = json.loads(wire.encode(wire.text_message(NUMBER, "Anda telah dikeluarkan.", answers="wamid.X")))
    assert body["text"] == {"body": "Anda telah dikeluarkan.", "preview_url": False}
    assert body["context"] == {"message_id": "wamid.X"}
    assert "biz_opaque_callback_data" not in body and "template" not in body
    mark = json.loads(wire.encode(wire.ReadMark("wamid.X")))
    assert mark == {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.X"}


def test_a_business_scoped_user_id_goes_into_recipient() -> None:
    body = json.loads(wire.encode(wire.text_message("US.13491208655302741918", "x")))
    assert body["recipient"] == "US.13491208655302741918"
    assert "to" not in body


@pytest.mark.parametrize(
    "to", ["16505551234", "", "+1 650 555", "+0123456789", "+", "+6501234567890123456789", "a@b.c"]
)
def test_an_address_without_plus_is_refused_and_not_repeated(to: str) -> None:
    with pytest.raises(ValueError) as refused:
        wire.text_message(to, "x")
    assert len(to) < 2 or to not in str(refused.value)


@pytest.mark.parametrize("body", ["", "x" * 4097])
def test_text_length(body: str) -> None:
    with pytest.raises(ValueError):
        wire.text_message(NUMBER, body)


def test_token_length() -> None:
    with pytest.raises(ValueError):
        wire.text_message(NUMBER, "x", token="t" * 513)


# --- what Meta answers


def test_accepted() -> None:
    raw = {
        "contacts": [{"input": NUMBER, "wa_id": "16505551234"}],
        "messages": [{"id": WAMID, "message_status": "accepted"}],
    }
    assert read_answer(json.dumps(raw).encode()) == Accepted(WAMID, "16505551234", None, "accepted")
    by_user_id = {"contacts": [{"input": "US.1", "user_id": "US.1"}], "messages": [{"id": WAMID}]}
    assert read_answer(json.dumps(by_user_id).encode()) == Accepted(WAMID, None, "US.1", None)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ({"code": 130429}, 130429),
        ({"code": "132015"}, 132015),
        ({}, None),
        ({"code": None}, None),
        ({"code": "x"}, None),
    ],
)
def test_an_error_is_read_whatever_its_code_looks_like(error: dict[str, object], code: int | None) -> None:
    answer = read_answer(json.dumps({"error": error}).encode())
    assert isinstance(answer, Refused)
    assert answer.code == code


def test_error_details() -> None:
    error = {
        "message": "(#1)",
        "type": "OAuthException",
        "code": 1,
        "error_data": {"details": "why"},
        "fbtrace_id": "A",
    }
    answer = read_answer(json.dumps({"error": error}).encode())
    assert answer == Refused(1, None, "OAuthException", "A", "why")


@pytest.mark.parametrize(
    "raw",
    [b"", b"<html>", b"{}", b"[]", b"null", b'{"messages":[]}', b'{"messages":[{}]}', b'{"messages":[{"id":""}]}'],
)
def test_an_answer_that_names_no_message_says_nothing(raw: bytes) -> None:
    assert read_answer(raw) is None


# --- webhooks


def test_statuses_carry_token_codes_and_both_identities() -> None:
    item = {
        "id": WAMID,
        "status": "failed",
        "timestamp": "1751142888",
        "recipient_id": "16505551234",
        "recipient_user_id": "US.1",
        "biz_opaque_callback_data": "token-1",
        "errors": [{"code": "132015"}, {"code": 131049, "title": "x"}, {"title": "no code"}],
    }
    (status,) = read_webhook(envelope(of_number(statuses=[item]))).statuses
    assert status.phone_number_id == "106540352242922"
    assert (status.id, status.status, status.token) == (WAMID, "failed", "token-1")
    assert status.codes == (132015, 131049)
    assert (status.recipient_id, status.recipient_user_id) == (NUMBER, "US.1")
    assert status.at == datetime(2025, 6, 28, 20, 34, 48, tzinfo=UTC)


def test_every_item_of_every_change_of_every_entry() -> None:
    def change(first: int) -> dict[str, object]:
        statuses = [{"id": f"wamid.{first + n}", "status": "sent", "timestamp": "1751142888"} for n in range(3)]
        return {"field": "messages", "value": of_number(statuses=statuses)}

    entries = [{"id": "1", "changes": [change(0), change(3)]}, {"id": "2", "changes": [change(6)]}]
    read = read_webhook(json.dumps({"entry": entries}).encode())
    assert [status.id for status in read.statuses] == [f"wamid.{n}" for n in range(9)]


def test_text_button_list_caption_reaction_and_edit() -> None:
    (text,) = read_webhook(message(content={"body": "BERHENTI"})).messages
    assert (text.kind, text.text, text.payload, text.from_number) == ("text", "BERHENTI", None, NUMBER)
    (button,) = read_webhook(
        message("button", {"payload": "optout:1", "text": "Henti"}, context={"id": "wamid.T"})
    ).messages
    assert (button.text, button.payload, button.context_id) == ("Henti", "optout:1", "wamid.T")
    reply = {"type": "button_reply", "button_reply": {"id": "cancel", "title": "Cancel"}}
    (pressed,) = read_webhook(message("interactive", reply)).messages
    assert (pressed.text, pressed.payload) == ("Cancel", "cancel")
    (image,) = read_webhook(message("image", {"caption": "stop", "id": "1"})).messages
    assert (image.kind, image.text) == ("image", "stop")
    (reaction,) = read_webhook(message("reaction", {"message_id": "wamid.T", "emoji": "👎"})).messages
    assert (reaction.text, reaction.context_id) == ("👎", "wamid.T")
    (removed,) = read_webhook(message("reaction", {"message_id": "wamid.T"})).messages
    assert removed.text is None
    (edit,) = read_webhook(message("edit", {"message": {"type": "text", "text": {"body": "stop"}}})).messages
    assert edit.text == "stop"


def test_the_profile_name_is_the_senders_own() -> None:
    people = [{"wa_id": "1999", "profile": {"name": "Lain"}}, {"user_id": "MY.7", "profile": {"name": "Aminah"}}]
    item = {"id": WAMID, "from_user_id": "MY.7", "timestamp": "1750016800", "type": "text", "text": {"body": "hi"}}
    (read,) = read_webhook(envelope(of_number(contacts=people, messages=[item]))).messages
    assert (read.profile_name, read.from_number, read.from_user_id) == ("Aminah", None, "MY.7")


def test_a_user_id_where_a_number_is_expected() -> None:
    (read,) = read_webhook(message(content={"body": "x"}, **{"from": "MY.1349120865"})).messages
    assert (read.from_number, read.from_user_id) == (None, "MY.1349120865")


def test_number_change_names_old_and_new() -> None:
    system = {"type": "user_changed_number", "wa_id": "12195555358", "user_id": "US.2", "previous_user_id": "US.1"}
    (read,) = read_webhook(message("system", system)).messages
    assert (read.from_number, read.new_number) == (NUMBER, "+12195555358")
    assert (read.previous_user_id, read.new_user_id) == ("US.1", "US.2")


def test_preferences() -> None:
    item = {"wa_id": "16505551234", "category": "marketing_messages", "value": "stop", "timestamp": 1731705721}
    (read,) = read_webhook(envelope(of_number(user_preferences=[item]), "user_preferences")).preferences
    assert (read.value, read.number, read.at_is_sound) == ("stop", NUMBER, True)
    nobody = {"user_id": "US.1", "value": "stop", "timestamp": 1731705721}
    (read,) = read_webhook(envelope(of_number(user_preferences=[nobody]), "user_preferences")).preferences
    assert (read.number, read.user_id) == (None, "US.1")


def test_everything_else_is_kept_whole() -> None:
    update = {"event": "PAUSED", "message_template_id": 64244916695, "message_template_name": "x"}
    (other,) = read_webhook(envelope(update, "message_template_status_update", time=1731617831)).others
    assert (other.field, other.account_id, other.phone_number_id) == ("message_template_status_update", "9", None)
    assert other.value == update
    assert other.at == datetime(2024, 11, 14, 20, 57, 11, tzinfo=UTC)
    (errors,) = read_webhook(envelope(of_number(errors=[{"code": 130429}]))).others
    assert errors.codes == (130429,)


def test_errors_beside_a_status_are_not_lost() -> None:
    status = {"id": WAMID, "status": "sent", "timestamp": "1"}
    read = read_webhook(envelope(of_number(statuses=[status], errors=[{"code": 4}])))
    assert len(read.statuses) == 1 and read.others[0].codes == (4,)


def test_group_messages_are_nobodys_opt_out() -> None:
    read = read_webhook(message(content={"body": "stop"}, group_id="G"))
    assert not read.messages and len(read.others) == 1


@pytest.mark.parametrize(
    ("written", "read", "sound"),
    [
        ("1750016800", datetime(2025, 6, 15, 19, 46, 40, tzinfo=UTC), True),
        (1750016800, datetime(2025, 6, 15, 19, 46, 40, tzinfo=UTC), True),
        (1750016800000, datetime(2025, 6, 15, 19, 46, 40, tzinfo=UTC), True),
        ("1750016800000000", datetime(2025, 6, 15, 19, 46, 40, tzinfo=UTC), True),
        (-5, datetime(2009, 1, 1, tzinfo=UTC), False),
        (9999999999, datetime(2100, 1, 1, tzinfo=UTC), False),
        ("9" * 400, datetime(2100, 1, 1, tzinfo=UTC), False),
        ("nan", datetime(2009, 1, 1, tzinfo=UTC), False),
        ("soon", datetime(2009, 1, 1, tzinfo=UTC), False),
        (None, datetime(2009, 1, 1, tzinfo=UTC), False),
        ([], datetime(2009, 1, 1, tzinfo=UTC), False),
    ],
)
def test_times_are_read_or_clamped_and_flagged(written: object, read: datetime, sound: bool) -> None:
    (status,) = read_webhook(
        envelope(of_number(statuses=[{"id": "w", "status": "sent", "timestamp": written}]))
    ).statuses
    assert (status.at, status.at_is_sound) == (read, sound)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{}", b"[]", b"null", b'""', b"1", b"\xff", b'{"entry":{}}', b'{"entry":', b'{"entry":[],"x":NaN}',
        b'{"entry":[],"x":1e400}', b'{"entry":[],"x":' + b"1" * 5000 + b"}", b"[" * 100_000 + b"]" * 100_000,
        b'{"entry":[{"id":"\xff"}]}',
    ],
)  # fmt: skip
def test_poison(raw: bytes) -> None:
    with pytest.raises(Poison) as poison:
        read_webhook(raw)
    assert poison.value.__cause__ is None


def test_a_cut_emoji_in_one_name_does_not_lose_the_batch() -> None:
    raw = envelope(
        of_number(
            contacts=[{"profile": {"name": "A?"}}], messages=[{"id": "w", "type": "text", "text": {"body": "stop"}}]
        )
    )
    for cut in (rb"\ud83d", rb"\udc4d", rb"\ud83d\ud83d\udc4d", rb"\\\ud83d"):
        (read,) = read_webhook(raw.replace(b"A?", cut)).messages
        assert read.text == "stop"
    whole = read_webhook(raw.replace(b"stop", rb"\ud83d\udc4d")).messages[0]
    assert whole.text == "👍"


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [None, 1, [], "x"], {"metadata": []}])
@pytest.mark.parametrize("field", ["messages", "user_preferences", "flows", None, 3])
def test_odd_shapes_never_raise(value: object, field: str) -> None:
    read_webhook(envelope(value, field))
    read_webhook(envelope(of_number(statuses=value, messages=value, user_preferences=value, errors=value), field))
    read_webhook(envelope(of_number(statuses=[value], messages=[value], contacts=value), field))
    read_webhook(json.dumps({"entry": [{"changes": value}, value]}).encode())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "type", "text", "body", "from", "contacts", "wa_id", "timestamp", "system", "errors", "code"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(item=JSON, other=JSON)
def test_no_json_item_raises(item: object, other: object) -> None:
    read_webhook(envelope(of_number(messages=[item], statuses=[other, item], contacts=[other])))


def test_a_message_without_an_id_gets_the_same_name_each_time() -> None:
    raw = envelope(of_number(messages=[{"from": "16505551234", "type": "text", "text": {"body": "stop"}}]))
    first, again = read_webhook(raw).messages[0], read_webhook(raw).messages[0]
    assert first.id == again.id and first.id.startswith("unnamed:")


def test_of_a_key_written_twice_the_last_counts() -> None:
    raw = message(content={"body": "x"}).replace(b'{"body": "x"}', b'{"body": "first", "body": "last"}')
    assert read_webhook(raw).messages[0].text == "last"


def test_nothing_personal_shows_in_a_repr() -> None:
    item = {"id": WAMID, "status": "sent", "timestamp": "1", "recipient_id": "16505551234"}
    read = [
        *read_webhook(envelope(of_number(statuses=[item]))).statuses,
        *read_webhook(message(content={"body": "rahsia"}, type="text\n16505551234")).messages,
        *read_webhook(message(content={"body": "rahsia"})).messages,
        read_webhook(message(content={"body": "rahsia"})),
        *read_webhook(envelope(of_number(user_preferences=[{"wa_id": "16505551234"}]), "user_preferences")).preferences,
        *read_webhook(envelope({"from": "16505551234"}, "calls")).others,
        wire.text_message(NUMBER, "rahsia"),
        wire.text_message(NUMBER, "rahsia").text,
        Parameter("text", text="rahsia"),
        Accepted(WAMID, "16505551234"),
        Refused(100, details="to 16505551234"),
    ]
    shown = " ".join(f"{one!r} {one!s} {list(one.__rich_repr__())}" for one in read)
    assert "6505551234" not in shown and "rahsia" not in shown and "wamid" not in shown


# --- signature (W01–W07)

BODY = b'{"object":"whatsapp_business_account","entry":[]}'
ESCAPED = (
    rb'{"object":"whatsapp_business_account","entry":[{"id":"1","changes":'
    rb'[{"field":"messages","value":{"text":"a\u00f1o \ud83d\udc4d"}}]}]}'
)
RAW_UTF8 = ESCAPED.decode("unicode_escape").encode("utf-16", "surrogatepass").decode("utf-16").encode()
GOOD = "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"


@pytest.mark.parametrize(
    ("raw", "digest"),
    [
        (BODY, "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"),
        (ESCAPED, "9d942741b11a7af3352bb04781cd3dcb0f5a96d45aec8e25fc7932eddfa4b8c5"),
        (RAW_UTF8, "999a1e3c876575da9ba29fae4bce2067501dfbd06ca4a8131132ae406697bfd1"),
    ],
)
def test_signature_vectors(raw: bytes, digest: str) -> None:
    assert wire.signature(SECRET, raw) == f"sha256={digest}"
    assert wire.signature_is_valid(f"sha256={digest}", raw, [SECRET])


@pytest.mark.parametrize(
    "header",
    [
        None, "", "sha256=", GOOD[:-1], GOOD + "0", GOOD.upper(), "sha256=" + GOOD[7:].upper(), GOOD + " ", " " + GOOD,
        GOOD + "\n", GOOD + "," + GOOD, "sha1=" + hashlib.sha1(BODY).hexdigest(), GOOD[7:], "sha256=" + "g" * 64,
        "sha256=" + "٣" * 64, GOOD.replace("=", ": "),
    ],
)  # fmt: skip
def test_any_other_header_is_refused(header: str | None) -> None:
    assert not wire.signature_is_valid(header, BODY, [SECRET])


def test_only_these_bytes_and_only_our_secrets() -> None:
    assert not wire.signature_is_valid(GOOD, BODY + b"\n", [SECRET])
    assert not wire.signature_is_valid(GOOD, json.dumps(json.loads(BODY)).encode(), [SECRET])
    assert not wire.signature_is_valid(GOOD, BODY, [b"another app's"])
    assert not wire.signature_is_valid(GOOD, BODY, [])
    assert not wire.signature_is_valid(wire.signature(b"", BODY), BODY, [b""])
    assert wire.signature_is_valid(GOOD, BODY, [b"the new one", SECRET])
