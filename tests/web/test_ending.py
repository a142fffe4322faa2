"""Renewal on the screen: what ends soon is counted for each purpose, and a message that asks must say how to answer."""

from datetime import timedelta

import pytest

from .addresses import address
from .test_campaigns import compose

pytestmark = pytest.mark.usefixtures("database")


def test_a_campaign_for_renewal_must_say_how_to_renew_and_goes_to_whose_consent_ends(two, browse):
    from izin.campaigns.models import Campaign
    from izin.consent import consent_forms
    from izin.consent.models import Standing
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.whatsapp import templates
    from izin.whatsapp.models import BusinessAccount

    ours, _ = two
    client = browse(ours.members["marketer"])
    assert "First publish a form" in compose(client, ours, refresh_days="30").content.decode()
    with scope(ours.organisation.id):
        consent_forms.publish(ours.objects["form"])
        Standing.objects.update(valid_until=now() + timedelta(days=20))
    assert "“JOIN BORANG”" in compose(client, ours, refresh_days="30").content.decode()
    page = client.get(address("purpose_ending", ours)).content.decode()
    assert "1 consent ends within 60 days." in page and "1 person would be asked now." in page
    assert "JOIN BORANG" in page and "+60 •••••• 81" in page
    with scope(ours.organisation.id):
        bodies = {"ms": "{{nama}}, kekal? Balas SERTAI BORANG.", "en": "{{nama}}, stay? Reply JOIN BORANG."}
        asking = [
            {
                "name": "kelas_cuti",
                "language": language,
                "category": "MARKETING",
                "status": "APPROVED",
                "components": templates.body_and_footer(body, "Balas BERHENTI / Reply STOP", example={"nama": "Siti"}),
            }
            for language, body in bodies.items()
        ]
        later = now() + timedelta(seconds=2)  # what WhatsApp told in the same second would stay as it is
        templates.keep(BusinessAccount.objects.get(), asking, asked_at=later)
    made = compose(client, ours, refresh_days="30")
    assert made.status_code == 302
    assert "whose consent ends within 30 days" in client.get(made.url).content.decode()
    with scope(ours.organisation.id):
        assert Campaign.objects.filter(refresh_days=30).count() == 1
