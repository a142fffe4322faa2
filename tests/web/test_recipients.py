"""The register on the screen: enter, be told about the policy, export, find the list again, end."""

import csv
import io

import pytest

from .addresses import address

pytestmark = pytest.mark.usefixtures("database")


def test_from_the_register_to_the_export_and_the_persons_page(two, browse):
    from izin.consent import intake
    from izin.contacts.models import Contact
    from izin.organisations.scope import scope

    ours, _ = two
    with scope(ours.organisation.id):
        file = ours.objects["file"].id
    intake.take_in(ours.organisation.id, file)
    client, url = browse(ours.members["officer"]), address("recipient", ours)
    assert "would be in the file" in client.get(url).content.decode()
    assert "Please fill this in." in client.post(url, {"step": "export", "reason": ""}).content.decode()
    given = client.post(url, {"step": "export", "reason": "Surat hari terbuka"})
    assert given["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(given.content.decode("utf-8-sig"))))
    assert rows and rows[0]["telefon"].startswith("+")
    assert "Surat hari terbuka" in client.get(url).content.decode()
    found = client.get(address("recipients", ours), {"mark": rows[0]["tanda"]}).content.decode()
    assert "Surat hari terbuka" in found
    assert "No export of yours" in client.get(address("recipients", ours), {"mark": "f" * 16}).content.decode()
    with scope(ours.organisation.id):
        ours.objects["contact"] = Contact.objects.first()
    assert "Given to others" in client.get(address("contact", ours)).content.decode()
    ended = client.post(url, {"step": "end"}, follow=True).content.decode()
    assert "would be in the file" not in ended


def test_a_new_recipient_must_be_named_in_the_policy(two, browse):
    ours, _ = two
    client, url = browse(ours.members["officer"]), address("recipients", ours)
    given = {"name": "Hos Awan", "kind": "processor", "role_ms": "menyimpan data", "role_en": "stores data"}
    given |= {"contract": "2026-01-03", "country": "DE", "ground": "home", "purpose": ""}
    refused = client.post(url, given).content.decode()
    assert "choose on which ground" in refused and "Say what protects" in refused
    given |= {"ground": "clauses", "safeguards_ms": "fasal kontrak", "safeguards_en": "contract clauses"}
    assert "does not name it yet" in client.post(url, given, follow=True).content.decode()
    policy = address("policy", ours)
    page = client.post(policy, {"step": "complete"}, follow=True).content.decode()
    assert "Hos Awan (Germany): stores data." in page and "Hos Awan handles data in Germany" in page
