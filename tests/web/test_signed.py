"""Recording a signed form: what the page asks, what it refuses, and who may take the scan out again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from .addresses import address

pytestmark = pytest.mark.usefixtures("database")
JPEG = b"\xff\xd8\xff\xe0<script>alert(1)</script>\xff\xd9"


def filled(house, **changes):
    from izin.consent.purposes import current_wording
    from izin.organisations.scope import scope

    with scope(house.organisation.id):
        version = current_wording(house.purpose)
    given = {
        "number": "012-345 6799",
        "country": "MY",
        "name": "Puan Baharu",
        "language": "ms",
        "method": "counter",
        "at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        f"p-{house.purpose.id}": str(version.id),
        "adult": "on",
        "scan": SimpleUploadedFile("borang.html", JPEG, "text/html"),
    }
    return given | changes


def test_staff_record_it_and_an_officer_takes_the_scan_out_as_a_file(two, browse):
    ours, theirs = two
    page = browse(ours.members["marketer"])
    html = page.get(address("signed_new", ours)).content.decode()
    assert "checked" not in html, "nothing is ticked beforehand"
    assert '<option value="" selected>not agreed to</option>' in html
    assert "Asia/Kuala_Lumpur" in html
    answer = page.post(address("signed_new", ours), filled(ours))
    assert answer.status_code == 302, answer.content.decode()
    officer = browse(ours.members["officer"])
    assert "/signed/" in officer.get(answer.url).content.decode()
    assert "/signed/" not in page.get(answer.url).content.decode(), "the scan is the officer's"
    link = next(part for part in officer.get(answer.url).content.decode().split('"') if "/signed/" in part)
    got = officer.get(link)
    assert got.content == JPEG
    assert got["Content-Type"] == "image/jpeg"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Disposition"].startswith('attachment; filename="signed-form-')
    assert browse(theirs.members["officer"]).get(link).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": "+49 1"}, "field-error"),
        ({"at": "2099-01-01T10:00"}, "has not come yet"),
        ({"scan": SimpleUploadedFile("a.jpg", b"<html></html>", "image/jpeg")}, "JPEG, PNG or PDF"),
        ({"adult": ""}, "Only adults"),
        ({"language": ""}, "fill this in"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(two, browse, changes, said):
    ours, _ = two
    page = browse(ours.members["marketer"])
    answer = page.post(address("signed_new", ours), filled(ours, **changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_somebody_who_refused_is_told_to_write_themselves(two, browse):
    from izin.consent import records
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    ours, _ = two
    with scope(ours.organisation.id):
        records.withdraw("phone", "+60123456799", method="wa_keyword", at=now())
    answer = browse(ours.members["marketer"]).post(address("signed_new", ours), filled(ours))
    assert answer.status_code == 422 and "Nothing was kept" in answer.content.decode()
    contacts = reverse("staff:contacts", args=[ours.slug])
    assert "6799" not in browse(ours.members["marketer"]).get(contacts).content.decode()
