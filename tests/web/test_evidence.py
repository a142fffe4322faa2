"""Handing out evidence from the pages: who may, what comes, and what the ledger says afterwards."""

import pytest

from .addresses import address

pytestmark = pytest.mark.usefixtures("database")


def test_an_officer_hands_out_evidence_that_verifies(two, browse):
    from izin.ledger import checkpoints
    from izin.ledger.models import Entry
    from izin.organisations.scope import scope
    from izin_verify import bundle
    from izin_verify.note import Key

    ours, _ = two
    officer = browse(ours.members["officer"])
    assert "Download the evidence" in officer.get(address("contact", ours)).content.decode()
    response = officer.post(address("person_evidence", ours))
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    with scope(ours.organisation.id):
        key = Key.parse(checkpoints.verifier_key())
        entry = Entry.objects.order_by("-seq").first()
    assert dict(bundle.verify(response.content, key).proven)["acts"]["acts"] == 2, "the file, and the signed form"
    assert entry is not None and entry.kind == "evidence.bundled"
    assert str(ours.members["officer"].pk) in bytes(entry.leaf).decode()
    assert entry.subject_ref == ours.objects["contact"].subject_ref


def test_a_campaign_that_has_started_has_evidence(two, browse):
    from izin.campaigns import lifecycle
    from izin.dispatch import outbox
    from izin.ledger import checkpoints
    from izin.organisations.scope import scope
    from izin_verify import bundle
    from izin_verify.note import Key

    ours, _ = two
    officer = browse(ours.members["officer"])
    assert "Download the evidence" not in officer.get(address("campaign", ours)).content.decode()
    with scope(ours.organisation.id):
        lifecycle.approve(ours.objects["campaign"], ours.members["reviewer"].id)
        outbox.start(ours.objects["campaign"])
        key = Key.parse(checkpoints.verifier_key())
    assert "Download the evidence" in officer.get(address("campaign", ours)).content.decode()
    report = bundle.verify(officer.post(address("campaign_evidence", ours)).content, key)
    assert dict(report.proven)["sent_with_consent"]["people"] == 1
    assert "approved" in dict(report.proven)


@pytest.mark.parametrize("role", ["marketer", "reviewer"])
def test_others_may_not(two, browse, role):
    ours, _ = two
    member = browse(ours.members[role])
    assert "Download the evidence" not in member.get(address("contact", ours)).content.decode()
    for name in ("person_evidence", "campaign_evidence"):
        assert member.post(address(name, ours)).status_code == 403


def test_a_ledger_that_is_not_in_order_hands_out_nothing_and_says_why(two, browse):
    from izin.ledger import checkpoints
    from izin.organisations.scope import scope

    ours, _ = two
    with scope(ours.organisation.id):
        checkpoints.witness_file().parent.mkdir(parents=True, exist_ok=True)
        checkpoints.witness_file().write_text("nobody signed this")
    response = browse(ours.members["officer"]).post(address("person_evidence", ours), follow=True)
    assert "is not one that this organisation signed" in response.content.decode()


def test_the_page_of_a_contact_shows_standing_and_acts(two, browse):
    ours, _ = two
    body = browse(ours.members["marketer"]).get(address("contact", ours)).content.decode()
    assert ours.person in body and "Granted" in body and "promosi@1" in body
    body = browse(ours.members["reviewer"]).get(address("contact", ours)).content.decode()
    assert ours.person not in body and "•••••• 81" in body
