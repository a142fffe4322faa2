"""Consent forms: from the draft to what a visitor is served, and what is kept of it."""

import hashlib
import re
from dataclasses import replace

import pytest

from .test_join import codes_of, note_in

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def published(two):
    """A's form, published, in the scope of nobody."""
    from izin.consent import consent_forms
    from izin.organisations.scope import scope
    from izin.staff.views_purposes import particulars

    ours, _ = two
    with scope(ours.organisation.id):
        titles = {"ms": "Mesej daripada akademi", "en": "Messages from the academy"}
        form = consent_forms.start("borang", titles, particulars(ours.organisation))
        version = consent_forms.publish(form, by=ours.members["officer"].id)
    return ours, form, version


def add(form, slot: str, **sentences: str) -> None:
    """Write one more sentence into a part of the draft, in each language."""
    from izin.consent import consent_forms

    draft = consent_forms.draft_of(form)
    texts = {one: dict(parts) for one, parts in draft.texts.items()}
    for language, sentence in sentences.items():
        texts[language][slot] += f" {sentence}"
    consent_forms.save(form, replace(draft, texts=texts))


def kinds_logged(house) -> list[str]:
    from izin.ledger.models import Entry
    from izin.organisations.scope import scope

    with scope(house.organisation.id):
        return list(Entry.objects.order_by("seq").values_list("kind", flat=True))


def test_what_is_served_is_kept_and_logged_before(published, browse):
    from izin.consent.models import ServedPage
    from izin.ledger.models import Entry
    from izin.organisations.scope import scope

    ours, _, version = published
    client, url = browse(), f"/{ours.slug}/sertai/borang?lang=en"
    html = client.get(url).content
    again = client.get(url).content
    assert b"Messages from the academy" in html
    assert b"I agree to receive tuition class offers" in html
    assert b"checked" not in html
    with scope(ours.organisation.id):
        page = ServedPage.objects.get()
        said = bytes(Entry.objects.get(seq=page.entry_seq).leaf)
    kept = bytes(page.body)
    assert hashlib.sha256(kept).hexdigest() == page.digest
    assert page.digest.encode() in said
    assert page.form_version_id == version.id
    for served in (html, again):
        assert served.replace(note_in(served.decode()).encode(), b"", 1) == kept
    given = {"shown": note_in(html.decode()), "adult": "yes", f"p-{ours.purpose.id}": "on"}
    assert b"SERTAI " in client.post(url, given).content
    (code,) = codes_of(ours)
    assert code.page_digest == page.digest
    assert kinds_logged(ours)[-2:] == ["page.served", "consent.shown"]


def test_a_new_version_asks_again_and_marks_what_it_no_longer_covers(published, browse):
    from izin.consent import consent_forms
    from izin.consent.models import Coverage
    from izin.organisations.scope import scope

    ours, form, first = published
    client, url = browse(), f"/{ours.slug}/sertai/borang?lang=en"
    html = client.get(url).content.decode()
    with scope(ours.organisation.id):
        assert Coverage.objects.count() == 0  # the form said what the purpose's own notice had said, and more
        assert consent_forms.publish(form).id == first.id
        add(form, "automated", ms="Sama sekali.", en="Not at all.")
        ((_, _, changed),) = consent_forms.difference(form)
        assert {(one.slot, one.weight) for one in changed} == {("automated", "tell")}
        second = consent_forms.publish(form)
        assert (second.number, consent_forms.uncovered(ours.purpose).count()) == (2, 0)
        add(form, "recipients", ms="Penaja kami juga menerimanya.", en="Our sponsor gets them, too.")
        third = consent_forms.publish(form)
        assert Coverage.objects.get().parts == ["recipients"]
        assert consent_forms.uncovered(ours.purpose).count() == consent_forms.in_force(ours.purpose).count() == 1
        assert [consent_forms.asked_by(one)[0][1].number for one in (first, second, third)] == [2, 3, 4]
    late = client.post(url, {"shown": note_in(html), "adult": "yes", f"p-{ours.purpose.id}": "on"}).content.decode()
    assert "its text has changed" in late
    assert "Our sponsor gets them, too." in late
    assert codes_of(ours) == []


def test_a_reason_keeps_consents_whole_and_is_kept_itself(published):
    from izin.consent import consent_forms
    from izin.consent.models import Coverage
    from izin.organisations.scope import scope

    ours, form, _ = published
    reason = "Only a full stop and a name that was spelt wrongly were mended."
    with scope(ours.organisation.id):
        add(form, "recipients", ms="Terima kasih.", en="Thank you.")
        version = consent_forms.publish(form, wording_only=reason)
        assert version.content["wording_only"] == reason
        assert Coverage.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_form_takes_nothing(published, browse, method):
    from izin.consent import consent_forms
    from izin.organisations.scope import scope

    ours, form, _ = published
    client, url = browse(), f"/{ours.slug}/sertai/borang?lang=en"
    given = {"shown": note_in(client.get(url).content.decode()), "adult": "yes", f"p-{ours.purpose.id}": "on"}
    with scope(ours.organisation.id):
        consent_forms.close(form, True)
    assert "nothing to join" in getattr(client, method)(url, given).content.decode()
    assert codes_of(ours) == []
    with scope(ours.organisation.id):
        consent_forms.close(form, False)
    assert "SERTAI" in client.post(url, given).content.decode()


def test_only_the_sites_that_are_named_may_frame_the_form(published, browse):
    from izin.consent import consent_forms
    from izin.organisations.scope import scope

    ours, form, _ = published
    client, url = browse(), f"/{ours.slug}/bingkai/borang?lang=en"
    assert client.get(url).status_code == 404
    with scope(ours.organisation.id):
        consent_forms.let_frame(form, ["https://sekolah.example"])
    response = client.get(url)
    assert "frame-ancestors https://sekolah.example" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert not response.cookies
    own = client.get(f"/{ours.slug}/sertai/borang")
    assert "frame-ancestors 'none'" in own["Content-Security-Policy"]
    assert own["X-Frame-Options"] == "DENY"
    given = {"shown": note_in(response.content.decode()), "adult": "yes", f"p-{ours.purpose.id}": "on"}
    code = client.post(url, given)
    assert re.search(r'href="https://wa.me/[^"]+"[^>]* target="_blank"', code.content.decode())
    assert "frame-ancestors https://sekolah.example" in code["Content-Security-Policy"]


def test_a_form_of_another_organisation_or_unpublished_does_not_exist(published, two, browse):
    from izin.consent import consent_forms
    from izin.organisations.scope import scope
    from izin.staff.views_purposes import particulars

    ours, theirs = two
    with scope(theirs.organisation.id):
        consent_forms.start("draf", {"ms": "Draf", "en": "Draft"}, particulars(theirs.organisation))
    client = browse()
    assert client.get(f"/{theirs.slug}/sertai/borang").status_code == 404
    assert client.get(f"/{theirs.slug}/sertai/draf").status_code == 404
    note = note_in(client.get(f"/{ours.slug}/sertai/borang").content.decode())
    assert client.post(f"/{theirs.slug}/sertai", {"shown": note}).status_code == 400
