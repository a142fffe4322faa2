"""A connection from the token to the proved webhook, against the simulator as it would be against Meta."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError
from uuid import UUID, uuid4

import pytest

from .house import House, free_port, until

pytestmark = pytest.mark.flow

TOKEN, SECRET = "simulated-token", "simulated-app-secret"
NUMBER = {"id": "106540352242922", "display_phone_number": "60312345678", "verified_name": "Akademi Cahaya"}


@contextmanager
def simulator(home: House, **more: Any) -> Iterator[str]:
    """The simulator as its real command; its address."""
    mark = uuid4().hex[:8]
    config = {"access_token": TOKEN, "app_secret": SECRET, "phone_numbers": [NUMBER], "require_appsecret_proof": True}
    file = home.data / f"{mark}.json"
    file.write_text(json.dumps(config | more))
    port = free_port()
    command = ["-m", "izin_simulator", "--config", str(file), "--log", str(home.data / mark), "--port", str(port)]
    process = home.launch(f"simulator-{mark}", [sys.executable, *command])
    try:
        until(lambda: "listening" in process.lines or process.has_ended(), what="the simulator listens")
        assert not process.has_ended(), process.lines
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()


@pytest.fixture
def organisation(home: House) -> UUID:
    from izin.organisations import registry

    return registry.found("Akademi", slug=f"akademi-{uuid4().hex[:8]}").id


def credentials(base_url: str, *, token: str = TOKEN, secret: str = SECRET) -> Any:
    from izin.whatsapp.inquiry import Credentials

    return Credentials(base_url, "102290129340398", token, secret)


def codes(findings: list[Any]) -> list[str]:
    return [finding.code for finding in findings if finding.code != "callback_without_tls"]


def connected(organisation: UUID, base_url: str) -> UUID:
    from izin.organisations.scope import scope
    from izin.whatsapp import connecting

    facts = connecting.ask(credentials(base_url))
    assert codes(connecting.wrong_with(facts)) == []
    with scope(organisation):
        account = connecting.keep(credentials(base_url), facts)
        connecting.choose(account, [NUMBER["id"]])
    return account.id


def check(home: House, organisation: UUID, account: UUID, *, subscribe: bool = False) -> list[str]:
    from django.test.utils import override_settings

    from izin.inbound.proving import prove
    from izin.whatsapp import connecting

    with override_settings(DOOR_URL=home.door_url):
        return codes(connecting.check(organisation, account, door_url=home.door_url, prove=prove, subscribe=subscribe))


def test_from_the_token_to_the_proof(home: House, organisation: UUID) -> None:
    from izin.inbound import proving
    from izin.organisations.scope import scope
    from izin.whatsapp.models import BusinessAccount, SenderNumber

    with simulator(home, messaging_limit="TIER_2K") as base_url:
        account = connected(organisation, base_url)
        assert check(home, organisation, account) == ["not_subscribed", "no_templates"]
        assert check(home, organisation, account, subscribe=True) == ["no_templates"]
        assert check(home, organisation, account) == ["no_templates"]
    with scope(organisation):
        row, sender = BusinessAccount.objects.get(), SenderNumber.objects.get()
        assert (row.name, row.token_ends_at) == ("Simulated Business", None)
        assert row.proved_at is not None
        assert (sender.quality, sender.messaging_limit, sender.throughput) == ("GREEN", "TIER_2K", "STANDARD")
        assert (sender.display, sender.per_second, sender.status) == ("+60312345678", 80, "CONNECTED")
        assert proving.heard_at() is None, "our own test event is not WhatsApp speaking"
        secrets = [TOKEN, SECRET]
        assert not any(secret in json.dumps(row.candidates + row.findings) for secret in secrets)
    assert not any(secret in process.lines for process in home.processes for secret in (TOKEN, SECRET))


@pytest.mark.parametrize(
    ("given", "config", "expected"),
    [
        ({"token": "another"}, {}, ["token_refused"]),
        ({"secret": "another"}, {"require_appsecret_proof": False}, ["secret_wrong"]),
        ({}, {"token": {"scopes": ["whatsapp_business_management"]}}, ["scope_missing"]),
        ({}, {"token": {"type": "USER", "expires_at": 4_000_000_000}}, ["token_of_a_person"]),
        ({}, {"business_account_id": "77"}, ["account_unknown"]),
        ({}, {"phone_numbers": [NUMBER | {"registered": False}]}, ["number_not_connected"]),
        ({}, {"phone_numbers": [NUMBER | {"quality_rating": "RED"}]}, ["number_limited", "quality_red"]),
    ],
)
def test_what_is_wrong_is_said(home: House, given: dict[str, str], config: dict[str, Any], expected: list[str]) -> None:
    from izin.whatsapp import connecting

    with simulator(home, **config) as base_url:
        assert codes(connecting.wrong_with(connecting.ask(credentials(base_url, **given)))) == expected


def test_nobody_there(home: House) -> None:
    from izin.whatsapp import connecting

    facts = connecting.ask(credentials(f"http://127.0.0.1:{free_port()}"))
    assert codes(connecting.wrong_with(facts)) == ["no_answer"]


def test_a_door_that_is_closed_is_found(home: House, organisation: UUID) -> None:
    from django.test.utils import override_settings

    from izin.inbound.proving import prove
    from izin.whatsapp import connecting

    nowhere = f"http://127.0.0.1:{free_port()}"
    with simulator(home) as base_url, override_settings(DOOR_URL=nowhere):
        account = connected(organisation, base_url)
        wrong = connecting.check(organisation, account, door_url=nowhere, prove=prove, subscribe=True)
    assert codes(wrong) == ["handshake_failed", "event_unheard", "no_templates"]


def test_two_secrets_are_valid_during_a_rotation(home: House, organisation: UUID) -> None:
    """The door knows the new secret at the first letter that is signed with it, and the old one until it is ended."""
    from izin.organisations.scope import scope
    from izin.whatsapp import accounts, connecting
    from izin.whatsapp.models import BusinessAccount
    from izin.whatsapp.wire import signature

    with simulator(home) as base_url:
        account_id = connected(organisation, base_url)
        assert check(home, organisation, account_id, subscribe=True) == ["no_templates"]
    with simulator(home, app_secret="the-next-secret") as base_url:
        renewed = credentials(base_url, secret="the-next-secret")
        facts = connecting.ask(renewed)
        with scope(organisation):
            url = connecting.callback_of(BusinessAccount.objects.get(), home.door_url)
        with pytest.raises(HTTPError, match="401"):  # so that the door has just looked the secrets up
            _post(url, b"{}", signature(b"nobody's", b"{}"))
        with scope(organisation):
            connecting.keep(renewed, facts, old_secret=SECRET)
        assert "event_unheard" not in check(home, organisation, account_id, subscribe=True)
        with scope(organisation):
            account = BusinessAccount.objects.get()
            body = b'{"object":"whatsapp_business_account","entry":[]}'
        assert _post(url, body, signature(SECRET.encode(), body)) == 200
        with scope(organisation):
            assert accounts.retire_old_secret(account)
            assert not accounts.retire_old_secret(account)
            assert accounts.secrets_of(account).app_secrets == ("the-next-secret",)


def test_a_template_is_approved_by_webhook(home: House, organisation: UUID) -> None:
    import asyncio

    from izin.organisations.scope import scope
    from izin.whatsapp import connecting, templates
    from izin.whatsapp.models import BusinessAccount, Template

    with simulator(home, template_review_ms=200) as base_url:
        account_id = connected(organisation, base_url)
        check(home, organisation, account_id, subscribe=True)
        components = templates.body_and_footer("Kelas dibuka.", "Balas BERHENTI untuk berhenti.", example={})
        drafts = [{"name": "kelas", "language": "ms", "category": "MARKETING", "components": components}]
        with scope(organisation):
            account = BusinessAccount.objects.get()
            given = connecting.credentials_of(account)
            templates.begin(account, drafts)

        async def hand_in() -> list[dict[str, Any]]:
            async with given.client() as client:
                return await templates.submit(client, account, drafts)

        listed = asyncio.run(hand_in())
        assert [entry["status"] for entry in listed] == ["PENDING"]

        def status() -> str:
            with scope(organisation):
                return str(Template.objects.get().status)

        until(lambda: status() == "APPROVED", what="the webhook says approved")
        with scope(organisation):
            templates.keep(account, listed, asked_at=Template.objects.get().told_at)
        assert status() == "APPROVED", "an answer from before the webhook changes nothing"


def test_the_terminal_takes_the_same_steps(home: House, organisation: UUID) -> None:
    from izin.organisations.models import Organisation
    from izin.organisations.scope import scope

    with scope(organisation):
        slug = Organisation.objects.get().slug
    (home.data / "token").write_text(TOKEN)
    (home.data / "secret").write_text(SECRET)
    files = ("--token-file", str(home.data / "token"), "--app-secret-file", str(home.data / "secret"))

    def izin(*arguments: str, base_url: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "izin", "whatsapp", *arguments, "--organisation", slug]
        env = home.environment() | {"IZIN_WHATSAPP_URL": base_url}
        return subprocess.run(command, env=env, text=True, capture_output=True, check=False)

    with simulator(home) as base_url:
        refused = izin("connect", "--waba-id", "77", *files, base_url=base_url)
        assert refused.returncode == 1
        assert "There is no WhatsApp account 77 for this token" in refused.stdout
        nothing = izin("check", base_url=base_url)
        assert (nothing.returncode, nothing.stdout) == (2, "")
        first = izin("connect", "--waba-id", "102290129340398", *files, base_url=base_url)
        again = izin("connect", "--waba-id", "102290129340398", *files, base_url=base_url)
        assert first.returncode == again.returncode == 0, first.stdout + first.stderr
        assert "Simulated Business: +60312345678" in first.stdout
        assert "a signed test event arrived" in first.stdout
        assert first.stdout == again.stdout, "the address and the verify token that Meta knows stay"
        assert izin("check", base_url=base_url).returncode == 0
    gone = izin("check", base_url=base_url)
    assert gone.returncode == 1
    assert "WhatsApp did not answer" in gone.stdout
    assert TOKEN not in first.stdout + first.stderr
    assert SECRET not in first.stdout + first.stderr


def _post(url: str, body: bytes, signed: str) -> int:
    import urllib.request

    request = urllib.request.Request(url, body, {"X-Hub-Signature-256": signed, "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return int(answer.status)
