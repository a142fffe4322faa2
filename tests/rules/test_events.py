"""Meta's webhooks that are about no message: what each asks of us, and that none is an error."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.whatsapp import errors
from izin.whatsapp.events import BARRED_AT_MOST, BARRED_FOR, TOLD, Event, read_event
from izin.whatsapp.webhook import Other, read_webhook

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
LOCKED = ("account_locked", AT + BARRED_FOR)
SOON = int((AT + timedelta(hours=5)).timestamp())
TEMPLATE = {"message_template_id": 1, "message_template_name": "kelas", "message_template_language": "en-US"}


def event(field: str, value: dict[str, Any]) -> Event | None:
    entry = {"id": "1", "time": int(AT.timestamp()), "changes": [{"field": field, "value": value}]}
    [other] = read_webhook(json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()).others
    return read_event(other, AT)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("PAUSED", "template_paused"),
        ("DISABLED", "template_disabled"),
        ("LOCKED", "template_disabled"),
        ("LIMIT_EXCEEDED", "template_disabled"),
        ("REJECTED", "template_missing"),
        ("PENDING", "template_missing"),
        ("IN_APPEAL", "template_missing"),
        ("ARCHIVED", "template_missing"),
        ("DELETED", "template_missing"),
        ("PENDING_DELETION", "template_missing"),
        ("APPROVED", None),
        ("REINSTATED", None),
        ("UNARCHIVED", None),
        ("FLAGGED", None),
        ("SOMETHING_NEW", None),
    ],
)
def test_a_template_that_may_not_be_sent_stops_its_campaigns(word: str, reason: str | None) -> None:
    told = event("message_template_status_update", {"event": word, **TEMPLATE, "reason": "NONE"})
    assert told is not None and told.word == word
    assert told.closes == (("kelas", reason) if reason else None)


def test_a_category_stops_when_it_is_changed_and_not_when_it_is_announced() -> None:
    announced = {**TEMPLATE, "new_category": "UTILITY", "correct_category": "MARKETING"}
    done = {**TEMPLATE, "previous_category": "UTILITY", "new_category": "MARKETING"}
    assert event("template_category_update", announced) == Event("template_category_update", "UTILITY")
    assert event("template_category_update", done) == Event(
        "template_category_update", "MARKETING", closes=("kelas", "category_changed")
    )


@pytest.mark.parametrize(
    ("value", "bars", "frees"),
    [
        (
            {
                "event": "ACCOUNT_RESTRICTION",
                "restriction_info": [
                    {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": SOON},
                    {"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION", "expiration": SOON + 9},
                ],
            },
            ("account_restricted", datetime.fromtimestamp(SOON, UTC)),
            False,
        ),
        (
            {
                "event": "ACCOUNT_RESTRICTION",
                "restriction_info": [{"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION", "expiration": SOON}],
            },
            None,
            False,
        ),
        (
            {
                "event": "ACCOUNT_RESTRICTION",
                "restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING"}],
            },
            ("account_restricted", AT + BARRED_FOR),
            False,
        ),
        (
            {
                "event": "ACCOUNT_RESTRICTION",
                "restriction_info": [
                    {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 4_102_444_800}
                ],
            },
            ("account_restricted", AT + BARRED_AT_MOST),
            False,
        ),
        ({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}}, LOCKED, False),
        ({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "SCHEDULE_FOR_DISABLE"}}, None, False),
        ({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}}, None, True),
        ({"event": "ACCOUNT_DELETED"}, LOCKED, False),
        ({"event": "ACCOUNT_OFFBOARDED"}, LOCKED, False),
        ({"event": "ACCOUNT_RECONNECTED"}, None, True),
        ({"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "ADULT"}}, None, False),
    ],
)  # fmt: skip
def test_an_account_that_may_not_send(value: dict[str, Any], bars: tuple[str, datetime] | None, frees: bool) -> None:
    told = event("account_update", value)
    assert told is not None
    assert (told.bars, told.frees, told.closes) == (bars, frees, None)


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("phone_number_quality_update", {"display_phone_number": "1", "event": "FLAGGED"}, "FLAGGED"),
        ("message_template_quality_update", {**TEMPLATE, "new_quality_score": "RED"}, "RED"),
        ("account_alerts", {"alert_info": {"alert_type": "OBA_REJECTED", "alert_severity": "WARNING"}}, "OBA_REJECTED"),
        ("business_capability_update", {"max_daily_conversations_per_business": 2000}, ""),
        ("security", {"event": "PIN_RESET_SUCCESS", "display_phone_number": "15550000000"}, "PIN_RESET_SUCCESS"),
        ("account_review_update", {"decision": "APPROVED"}, "APPROVED"),
        ("account_update", {"event": "ring +60123456789"}, ""),
    ],
)  # fmt: skip
def test_what_is_only_told_is_written_down_in_metas_word(field: str, value: dict[str, Any], word: str) -> None:
    assert event(field, value) == Event(field, word)


@pytest.mark.parametrize("field", ["calls", "flows", "smb_message_echoes", "tracking_events", "something_new", ""])
def test_a_field_that_asks_for_nothing(field: str) -> None:
    assert event(field, {"event": "PAUSED", **TEMPLATE}) is None


def test_every_reason_but_one_is_one_that_pages_explain() -> None:
    reasons = {verdict.reason for verdict in errors.VERDICTS.values()}
    assert {
        "template_paused",
        "template_disabled",
        "template_missing",
        "account_locked",
        "account_restricted",
    } <= reasons


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("event", "message_template_name", "restriction_info", "ban_info", "alert_info", "previous_category", "decision")


@given(st.sampled_from(sorted(TOLD)), st.dictionaries(st.sampled_from(KEYS), json_values), st.booleans())
def test_odd_shapes_never_raise(field: str, value: dict[str, Any], sound: bool) -> None:
    told = read_event(Other(field, "1", None, value, AT, sound), AT)
    assert told is not None and len(told.word) <= 60


@given(st.integers() | st.floats() | st.text(max_size=20))
def test_no_end_of_a_restriction_raises(expiration: object) -> None:
    info = [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": expiration}]
    value = {"event": "ACCOUNT_RESTRICTION", "restriction_info": info}
    told = read_event(Other("account_update", "1", None, value, AT, True), AT)
    assert told is not None and told.bars is not None
    assert told.bars[1] <= AT + BARRED_AT_MOST
