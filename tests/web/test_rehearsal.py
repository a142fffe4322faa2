"""A rehearsal shows the report that a campaign would give, and leaves no trace in anything real."""

from typing import Any

import pytest
from django.urls import reverse

pytestmark = pytest.mark.usefixtures("database")


def traces(house: Any) -> tuple[int, ...]:
    """How much there is of everything that a real campaign would change."""
    from izin.consent.models import Evidence, Standing, Suppression
    from izin.dispatch.models import Attempt, Message
    from izin.inbound.models import Delivery, Reply
    from izin.ledger.models import Head
    from izin.organisations.scope import scope

    with scope(house.organisation.id):
        counted = [
            each.objects.count() for each in (Message, Attempt, Delivery, Reply, Evidence, Suppression, Standing)
        ]
        return (*counted, Head.objects.get().size)


def play(house: Any) -> Any:
    """What the switch and the worker do."""
    from izin.campaigns import rehearsals
    from izin.dispatch.rehearsal import rehearse
    from izin.organisations.scope import scope

    with scope(house.organisation.id):
        begun = rehearsals.begin(house.objects["campaign"], house.members["marketer"].id)
    rehearse(house.organisation.id, begun.id)
    with scope(house.organisation.id):
        return rehearsals.latest(house.objects["campaign"])


def address(house: Any, name: str) -> str:
    return reverse(f"staff:{name}", args=[house.slug, house.objects["campaign"].id])


def test_one_switch_a_banner_the_report_and_nothing_left(two, browse):
    from izin.campaigns import rehearsals
    from izin.organisations.scope import scope

    ours, _ = two
    client, before = browse(ours.members["marketer"]), traces(ours)
    assert client.post(address(ours, "rehearsal")).status_code == 302
    assert b"Being played" in client.get(address(ours, "rehearsal")).content
    played = play(ours)
    assert (played.people, played.audience, played.failed) == (1, 1, False)
    assert (played.report["planned"], played.report["accepted"], played.report["rejected"]) == (1, 1, {})
    page = client.get(address(ours, "rehearsal")).content.decode()
    assert "This is a rehearsal" in page
    assert "No message has left." in page
    assert "Accepted by WhatsApp" in page
    assert traces(ours) == before
    with scope(ours.organisation.id):
        assert ours.objects["campaign"].__class__.objects.get(id=ours.objects["campaign"].id).state == "draft"
    client.post(address(ours, "rehearsal_discard"))
    with scope(ours.organisation.id):
        assert rehearsals.latest(ours.objects["campaign"]) is None
    assert traces(ours) == before


def test_a_gap_shows_before_anybody_meets_it(two):
    from izin.campaigns.models import Campaign
    from izin.contacts.models import Contact
    from izin.organisations.scope import scope

    ours, _ = two
    with scope(ours.organisation.id):
        Contact.objects.update(name_sealed=None)
        Campaign.objects.update(parameters={"nama": {"field": "name", "fallback": ""}})
    played = play(ours)
    assert played.report["rejected"] == {"missing_value": 1}
    assert played.report["planned"] == 1


def test_what_has_started_is_not_rehearsed(two, browse):
    from izin.campaigns import lifecycle
    from izin.dispatch import outbox
    from izin.organisations.scope import scope

    ours, _ = two
    with scope(ours.organisation.id):
        lifecycle.approve(ours.objects["campaign"], ours.members["reviewer"].id)
        outbox.start(ours.objects["campaign"])
    page = browse(ours.members["marketer"]).post(address(ours, "rehearsal"), follow=True).content.decode()
    assert "Only a campaign that has not started can be rehearsed." in page


def test_a_simulator_that_does_not_start_is_said(two, browse, monkeypatch):
    from izin.dispatch import rehearsal

    ours, _ = two
    monkeypatch.setattr(rehearsal.sys, "executable", "/nonexistent/python")
    assert play(ours).failed
    assert b"could not be played" in browse(ours.members["marketer"]).get(address(ours, "rehearsal")).content


def test_discarded_meanwhile_is_never_played(two):
    from uuid import uuid4

    from izin.dispatch.rehearsal import rehearse

    ours, _ = two
    before = traces(ours)
    rehearse(ours.organisation.id, uuid4())
    assert traces(ours) == before


def test_only_those_who_write_or_approve_may_rehearse(two, browse):
    ours, _ = two
    assert browse(ours.members["officer"]).post(address(ours, "rehearsal")).status_code == 403
    assert browse(ours.members["officer"]).post(address(ours, "rehearsal_discard")).status_code == 403
