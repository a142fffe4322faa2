"""Webhooks that were set aside are seen: why, since when, how many; tried again, or dismissed with a reason."""

import json
from uuid import uuid4

import pytest

from .addresses import address

pytestmark = pytest.mark.usefixtures("database")
NUMBER = "+60123456781"


@pytest.fixture
def office(two, browse):
    """A with three webhooks set aside: one says stop and can be read again, one never, and one names nobody."""
    from izin.inbound.models import Delivery
    from izin.lib.clock import now
    from izin.lib.keyring import associated, seal
    from izin.organisations.keys import keys
    from izin.organisations.scope import scope
    from izin.whatsapp.models import SenderNumber

    ours, _ = two
    with scope(ours.organisation.id):
        sender = SenderNumber.objects.select_related("account").get()
        said = {"from": NUMBER[1:], "id": f"wamid.{uuid4().hex}", "timestamp": str(int(now().timestamp()))}
        said |= {"type": "text", "text": {"body": "BERHENTI"}}
        value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": sender.phone_number_id}}
        change = {"field": "messages", "value": value | {"messages": [said]}}
        body = {"object": "whatsapp_business_account", "entry": [{"id": sender.account.waba_id, "changes": [change]}]}
        rows = (
            (json.dumps(body), "set_aside", "IntegrityError"),
            ("no webhook", "set_aside", "undecodable"),
            ("x", "done", "stop_without_sender"),
        )
        for content, state, reason in rows:
            one = Delivery(account=sender.account, received_at=now(), state=state, reason=reason)
            one.body_sealed = seal(
                keys().inbox, content, associated(ours.organisation.id, "inbound_delivery", "body_sealed", one.id)
            )
            one.save(force_insert=True)
    return ours, browse(ours.members["officer"]), browse(ours.members["marketer"])


def test_nothing_that_was_set_aside_waits_unseen(office):
    from izin.consent.models import Standing
    from izin.inbound.models import Reply
    from izin.organisations.scope import scope

    ours, officer, marketer = office
    url = address("set_aside", ours)
    overview = officer.get(address("overview", ours)).content.decode()
    assert "3 incoming messages could not be read" in overview and url in overview
    assert url not in marketer.get(address("overview", ours)).content.decode()
    shown = officer.get(url).content.decode()
    for words in ("Izin failed on it: IntegrityError", "no webhook that can be read", "says stop and names nobody"):
        assert words in shown
    assert NUMBER[1:] not in shown and "BERHENTI" not in shown
    for _ in range(2):
        again = officer.post(url, {"retry": "IntegrityError"}, follow=True).content.decode()
    assert "IntegrityError" not in again
    failed = officer.post(url, {"retry": "undecodable"}, follow=True).content.decode()
    assert "1 failed again" in failed and "no webhook that can be read" in failed
    with scope(ours.organisation.id):
        assert Standing.objects.get().standing == "refused", "the stop in it is in force"
        assert Reply.objects.filter(intent="stop_all").count() == 1


def test_whoever_dismisses_says_why_and_only_what_was_seen_goes(office):
    from izin.inbound.models import Delivery
    from izin.ledger.models import Entry
    from izin.organisations.scope import scope

    ours, officer, _ = office
    url = address("set_aside", ours)
    with scope(ours.organisation.id):
        seen = Delivery.objects.get(reason="undecodable").received_at
    given = {"dismiss": "undecodable", "until": seen.isoformat()}
    assert "Say why" in officer.post(url, given, follow=True).content.decode()
    assert officer.post(url, given | {"because": "made up"}).status_code == 400
    earlier = given | {"until": "2020-01-01T00:00:00+00:00", "because": "test"}
    assert "0 dismissed" in officer.post(url, earlier, follow=True).content.decode()
    assert "1 dismissed" in officer.post(url, given | {"because": "unreadable"}, follow=True).content.decode()
    assert "no webhook that can be read" not in officer.get(url).content.decode()
    with scope(ours.organisation.id):
        entry = Entry.objects.get(kind="webhooks.dismissed")
        assert b"unreadable" in bytes(entry.leaf)
        assert Delivery.objects.filter(state="dismissed").count() == 1
