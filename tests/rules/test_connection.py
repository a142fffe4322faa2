"""What is found wrong with a connection, and what is said about it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from izin.whatsapp import connection, connection_messages
from izin.whatsapp.connection import Facts, Finding, NumberFacts, TokenFacts, expiry, findings

AT = datetime(2026, 3, 1, tzinfo=UTC)
CALLBACK = "https://izin.example/webhooks/key"
TOKEN = TokenFacts(True, "1", "SYSTEM_USER", None, frozenset(connection.SCOPES), frozenset({"77"}))
NUMBER = NumberFacts("9", "+60312345678", "Akademi", "GREEN", "TIER_2K", "STANDARD", "CONNECTED", "AVAILABLE")
WELL = Facts("77", "Akademi", TOKEN, True, (NUMBER,), (CALLBACK,), 3, True)

CASES: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"token": replace(TOKEN, is_valid=False)}, ["token_refused"]),
    ({"token": replace(TOKEN, expires_at=AT + timedelta(days=13))}, ["token_ends_soon"]),
    ({"token": replace(TOKEN, expires_at=AT, is_valid=False)}, ["token_expired"]),
    ({"token": replace(TOKEN, expires_at=AT + timedelta(days=15))}, []),
    ({"token": replace(TOKEN, scopes=frozenset())}, ["scope_missing", "scope_missing"]),
    ({"token": replace(TOKEN, accounts=frozenset({"78"}))}, ["account_not_named"]),
    ({"token": replace(TOKEN, accounts=None)}, []),
    ({"token": replace(TOKEN, kind="USER")}, ["token_of_a_person"]),
    ({"secret_fits": False}, ["secret_wrong"]),
    ({"refused": {"account": 190}, "token": None}, ["token_refused"]),
    ({"refused": {"account": 100}, "token": None}, ["account_unknown"]),
    ({"refused": {"account": None}, "token": None}, ["no_answer"]),
    ({"refused": {"account": 10}, "token": None}, ["no_permission"]),
    ({"refused": {"account": 4}, "token": None}, ["refused"]),
    ({"refused": {"token": 4}, "token": None}, ["refused"]),
    ({"refused": {"numbers": 4}, "numbers": None}, ["refused"]),
    ({"refused": {"templates": 4}, "templates": None}, ["refused"]),
    ({"refused": {"subscription": 2200}, "callbacks": None}, ["handshake_failed"]),
    ({"refused": {"subscription": 4}, "callbacks": None}, ["refused"]),
    ({"callbacks": ()}, ["not_subscribed"]),
    ({"callbacks": ("https://elsewhere.example/",)}, ["address_elsewhere"]),
    ({"callbacks": ("",)}, ["address_of_the_app"]),
    ({"callbacks": ("", CALLBACK)}, []),
    ({"event_arrived": False}, ["event_unheard"]),
    ({"event_arrived": None}, []),
    ({"templates": 0}, ["no_templates"]),
    ({"numbers": ()}, ["no_numbers"]),
    ({"numbers": (replace(NUMBER, status="DISCONNECTED"),)}, ["number_not_connected"]),
    ({"numbers": (replace(NUMBER, can_send="BLOCKED"),)}, ["number_blocked"]),
    ({"numbers": (replace(NUMBER, can_send="LIMITED", quality="YELLOW"),)}, ["number_limited", "quality_yellow"]),
    ({"numbers": (replace(NUMBER, quality="RED"),)}, ["quality_red"]),
    ({"numbers": (replace(NUMBER, status="", can_send="", quality="UNKNOWN"),)}, []),
]


@pytest.mark.parametrize(("change", "expected"), CASES)
def test_each_rule_alone(change: dict[str, Any], expected: list[str]) -> None:
    assert [finding.code for finding in findings(replace(WELL, **change), at=AT, callback=CALLBACK)] == expected


def test_an_address_without_tls_is_noted() -> None:
    callback = "http://127.0.0.1:8001/webhooks/key"
    (only,) = findings(replace(WELL, callbacks=(callback,)), at=AT, callback=callback)
    assert (only.code, only.subject) == ("callback_without_tls", "http://127.0.0.1:8001"), (
        "the key is no one's business"
    )


def test_every_finding_has_a_sentence_and_a_case() -> None:
    written = set(re.findall(r'Finding\("\w+", "(\w+)"', Path(connection.__file__).read_text()))
    written |= {"quality_red", "quality_yellow", "account_unknown", "address_of_the_app", "address_elsewhere"}
    assert written == set(connection_messages.SENTENCES)
    assert {code for _, codes in CASES for code in codes} | {"callback_without_tls"} == written


@pytest.mark.parametrize("code", sorted(connection_messages.SENTENCES))
def test_sentences_say_what_is_wrong_and_what_to_do(code: str) -> None:
    said = [connection_messages.explain(Finding("blocker", code, "SUBJECT"), language) for language in ("ms", "en")]
    for wrong, mend in said:
        assert wrong
        assert mend.endswith(".")
        assert "{}" not in wrong + mend
    assert said[0] != said[1]
    assert ["SUBJECT" in "".join(one) for one in said] in ([True, True], [False, False])


def test_expiry() -> None:
    assert expiry(None, AT) is None
    assert expiry(AT + timedelta(days=14, seconds=1), AT) is None
    assert expiry(AT + timedelta(days=14), AT) == Finding("warning", "token_ends_soon", "2026-03-15")
    assert expiry(AT, AT) == Finding("blocker", "token_expired", "2026-03-01")


def test_debug_token_is_read() -> None:
    whatsapp = {"scope": "whatsapp_business_messaging", "target_ids": ["1", "2"]}
    others = [{"scope": "whatsapp_business_management", "target_ids": ["2", "3"]}, {"scope": "email", "target_ids": []}]
    data = {"app_id": 5, "type": "SYSTEM_USER", "is_valid": True, "expires_at": 1_772_323_200, "scopes": ["a", 7]}
    read = connection.read_token({"data": data | {"granular_scopes": [whatsapp, *others]}})
    assert read == TokenFacts(True, "5", "SYSTEM_USER", AT, frozenset({"a"}), frozenset({"2"}))
    assert connection.read_token({"data": {"is_valid": True, "expires_at": 0}}).expires_at is None


@pytest.mark.parametrize("rubbish", [{}, {"data": None}, {"data": {"scopes": 3, "granular_scopes": {}}}, {"data": []}])
def test_rubbish_is_no_token(rubbish: dict[str, Any]) -> None:
    assert not connection.read_token(rubbish).is_valid
    assert connection.read_number(rubbish) is None
    assert connection.read_callbacks(rubbish) == ()


def test_numbers_are_read_in_metas_words() -> None:
    told = {
        "id": "9",
        "display_phone_number": "60312345678",
        "verified_name": "Akademi",
        "quality_rating": "GREEN",
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
        "throughput": {"level": "STANDARD"},
        "status": "CONNECTED",
        "health_status": {"can_send_message": "AVAILABLE"},
    }
    assert connection.read_number(told) == NUMBER
    assert connection.read_number({"id": 9, "throughput": 7}) == NumberFacts("9", "")


@pytest.mark.parametrize(
    ("limit", "people"),
    [("TIER_250", 250), ("TIER_100K", 100_000), ("TIER_UNLIMITED", "unlimited"), ("2000", 2_000), ("", None)],
)
def test_people_per_day(limit: str, people: int | str | None) -> None:
    assert connection.people_per_day(limit) == people


def test_the_pace_follows_the_throughput() -> None:
    assert [replace(NUMBER, throughput=level).per_second for level in ("STANDARD", "HIGH", "")] == [80, 1000, 80]
