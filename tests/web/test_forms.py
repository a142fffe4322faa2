"""Consent forms: from the draft to what a visitor is served, and what is kept of it."""

import hashlib
import re
from dataclasses import replace
from html import unescape

import pytest

from izin.notices import asking

from .addresses import address
from .test_join import codes_of, note_in
from .test_wordings import texts_in

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def published(two):
    """A and its published form."""
    from izin.consent import consent_forms
    from izin.organisations.scope import scope

    ours, _ = two
    form = ours.objects["form"]
    with scope(ours.organisation.id):
        return ours, form, consent_forms.publish(form, by=ours.members["officer"].id)


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
        page = ServedPage.objects.get(form_version=version)
        said = bytes(Entry.objects.get(seq=page.entry_seq).leaf)
    kept = bytes(page.body)
    assert hashlib.sha256(kept).hexdigest() == page.digest
    assert page.digest.encode() in said
    for served in (html, again):
        assert served.replace(note_in(served.decode()).encode(), b"", 1) == kept
    given = {"shown": note_in(html.decode()), "adult": "yes", f"p-{ours.purpose.id}": "on"}
    assert b"SERTAI " in client.post(url, given).content
    (code,) = codes_of(ours)
    assert code.page_digest == page.digest
    assert kinds_logged(ours)[-2:] == ["page.served", "consent.shown"]


def test_a_new_version_asks_again_and_marks_what_it_no_longer_covers(published, browse):
    from izin.campaigns import preflight
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
        assert "wording_changed" in {one.code for one in preflight.findings(ours.objects["campaign"])}
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


def test_a_form_that_is_unpublished_or_of_another_organisation_does_not_exist(published, two, browse):
    ours, theirs = two  # the other one has a draft under the same name
    client = browse()
    assert client.get(f"/{theirs.slug}/sertai/borang").status_code == 404
    assert client.get(f"/{ours.slug}/sertai/lain").status_code == 404
    note = note_in(client.get(f"/{ours.slug}/sertai/borang").content.decode())
    assert client.post(f"/{theirs.slug}/sertai", {"shown": note}).status_code == 400


# What a visitor's browser, or somebody else, may send instead of an answer: the status, and whether it makes a code.
ANSWERS = {
    "a purpose that is not there": ({"p-01a21000-0000-7000-8000-000000000000": "on", "adult": "yes"}, 200),
    "an age that is no answer": ({"p-{purpose}": "on", "adult": "maybe"}, 422),
    "no age": ({"p-{purpose}": "on"}, 422),
    "under age": ({"p-{purpose}": "on", "adult": "no"}, 200),
    "a box that says false": ({"p-{purpose}": "false", "adult": "yes"}, 200),
    "a language that is none": ({"lang": "../../etc/passwd", "adult": "yes"}, 200),
    "a note sent twice, the last one forged": ({"p-{purpose}": "on", "adult": "yes", "shown": ["", "forged"]}, 400),
    "a hundred thousand letters": ({"adult": "x" * 100_000, "p-{purpose}": "on"}, 422),
    "a code that we did not sign": ({"issued": "forged"}, 400),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_no_other_answer_makes_a_code(published, browse, case):
    ours, _, _ = published
    client, url = browse(), f"/{ours.slug}/sertai/borang?lang=en"
    given, status = ANSWERS[case]
    sent = {"shown": note_in(client.get(url).content.decode())}
    sent |= {name.format(purpose=ours.purpose.id): value for name, value in given.items()}
    assert client.post(url, sent).status_code == status
    assert codes_of(ours) == []


# What the builder is given instead of a good answer, and what it says to that.
REFUSED = {
    "no Malay heading": ({"title_ms": ""}, "Write this part."),
    "no English notice": ({"recipients_en": ""}, "Write this part."),
    "a vague purpose": ({"promosi-kinds_en": "marketing purposes"}, "too vague to agree to"),
    "two purposes in one box": ({"promosi-kinds_en": "offers and exam reminders"}, "more than one purpose"),
    "another channel": ({"promosi-kinds_ms": "tawaran melalui e-mel"}, "WhatsApp alone"),
    "another sender": ({"promosi-kinds_en": "offers of our partners"}, "messages from you alone"),
    "the terms": ({"promosi-kinds_en": "offers under our terms"}, "stands apart from terms"),
    "ticked beforehand": ({"promosi-ticked": "on"}, "ticked beforehand is no consent"),
    "required": ({"promosi-required": "on"}, "must be ticked is no free choice"),
    "no frequency": ({"promosi-per_month": ""}, "at most 1 to 60 messages"),
    "a condition": ({"voluntary_en": "Your consent is required to place an order."}, "made to depend on the consent"),
    "pressure": ({"voluntary_en": "You are free to refuse, but hurry!"}, "press people to decide"),
    "hard words": ({"data_en": "Data " + "and more data " * 20 + "."}, "hard to read"),
    "no way out": ({"withdraw_ms": "Tulis surat kepada kami."}, "Name the word that stops the messages"),
    "a right left out": ({"rights_en": "You can access your data and complain."}, "Name each right"),
    "other figures": ({"complaint_en": "You can complain within 14 days to the authority."}, "numbers in the two"),
    "no purpose at all": ({"choice": []}, "there is nothing to agree to"),
    "a purpose of no key": ({"choice": ["promosi", "Dua Kata"]}, "Each purpose needs a key of its own"),
}


def fields_in(html: str) -> dict:
    """The builder as the page has filled it in."""
    found = texts_in(html)
    for tag in re.findall(r"<input[^>]*>", html):
        given = dict(re.findall(r'(name|value)="([^"]*)"', tag))
        if given.get("name", "csrf").startswith(("title", "promosi-", "choice", "baharu-")):
            found[given["name"]] = unescape(given.get("value", ""))
    found.pop("origins", None)
    return found


@pytest.mark.parametrize("case", REFUSED)
def test_the_builder_refuses_and_says_why(office, case):
    from izin.consent.models import FormVersion
    from izin.organisations.scope import scope

    ours, client, url = office
    changed, said = REFUSED[case]
    response = client.post(url, fields_in(client.get(url).content.decode()) | changed | {"do": "publish"})
    assert said in unescape(response.content.decode())
    with scope(ours.organisation.id):
        assert FormVersion.objects.count() == 0


@pytest.fixture
def office(two, browse):
    """A's officer before the draft."""
    ours, _ = two
    return ours, browse(ours.members["officer"]), address("form", ours)


def test_from_the_draft_to_the_published_form_and_its_next_version(office, browse):
    ours, client, url = office
    assert "The draft is complete in both languages." in client.get(url).content.decode()
    fields = fields_in(client.get(url).content.decode())
    html = client.post(url, fields | {"do": "add", "starter": "own", "own_key": "baharu"}, follow=True).content.decode()
    assert "baharu-kinds_ms" in html
    assert "Not yet" in html
    new = {"name_ms": "Acara", "name_en": "Events", "kinds_ms": "acara sekolah", "kinds_en": "school events"}
    new |= {"per_month": "2", "months": "12", "category": "UTILITY"}
    fields = fields_in(html) | {f"baharu-{name}": value for name, value in new.items()}
    fields["choice"] = ["promosi", "baharu"]
    html = client.post(url, fields | {"do": "publish"}, follow=True).content.decode()
    assert "Published as borang@1." in html
    public = browse().get(f"/{ours.slug}/sertai/borang?lang=en").content.decode()
    assert "I agree to receive school events from" in public
    assert "at most 2 messages a month" in public
    assert "This consent holds for 12 months" in public
    assert public.count('type="checkbox"') == 2
    assert "I agree to receive school events" in client.get(address("form_preview", ours)).content.decode()

    fields["recipients_en"] += " Our sponsor gets them, too."
    fields["recipients_ms"] += " Penaja kami juga menerimanya."
    html = client.post(url, fields | {"do": "save"}, follow=True).content.decode()
    assert "1 consent stands. It would not cover the new wording." in html
    assert "Our sponsor gets them, too.</ins>" in html
    html = client.post(url, fields | {"do": "publish"}, follow=True).content.decode()
    assert "Published as borang@2." in html
    assert "1 consent does not cover the new wording." in html
    assert "there is no new version" in client.post(url, fields | {"do": "publish"}, follow=True).content.decode()


def test_the_page_of_a_purpose_keeps_what_a_form_gave_to_its_notice(published, browse):
    from izin.consent import consent_forms
    from izin.organisations.scope import scope

    ours, _, _ = published
    client, url = browse(ours.members["officer"]), address("purpose", ours)
    texts = texts_in(client.get(url).content.decode())
    texts["recipients_ms"] += " Penaja kami juga menerimanya."
    texts["recipients_en"] += " Our sponsor gets them, too."
    html = client.post(url, texts, follow=True).content.decode()
    assert "Published as promosi@3." in html
    assert "1 consent does not cover the new wording." in html
    with scope(ours.organisation.id):
        version = consent_forms.current_wording(ours.purpose)
        assert version.texts["en"].keys() == {"statement", "retention", *asking.SHARED_SLOTS}


def test_the_poster_leads_to_the_form_in_both_languages(published, browse):
    ours, _, _ = published
    client = browse(ours.members["marketer"])
    got = client.get(address("form_poster", ours))
    assert (got["Content-Type"], got.content[:5]) == ("application/pdf", b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", got.content)) == 1, "one sheet"
    assert got.content == client.get(address("form_poster", ours)).content
    html = client.get(address("form", ours)).content.decode()
    assert "JOIN BORANG" in html and "https://wa.me/60123456789?text=JOIN%20BORANG" in html


def test_the_poster_says_how_to_join_by_page_and_by_chat_in_both_languages(published):
    from izin.consent import consent_forms
    from izin.organisations.scope import scope
    from izin.staff import poster_page

    ours, _, _ = published
    with scope(ours.organisation.id):
        version = consent_forms.newest(ours.objects["form"])
        said = repr(poster_page.poster(version, organisation=ours.name, address="https://a.example/b", number="+60 1"))
    for words in ("Mesej daripada akademi", "Messages from the academy", "Imbas kod ini", "Scan the code"):
        assert words in said
    assert "SERTAI BORANG" in said and "JOIN BORANG" in said and "https://a.example/b" in said and "<svg" in said


def test_a_site_is_an_https_origin_or_refused(published, browse):
    ours, _, _ = published
    client, url = browse(ours.members["officer"]), address("form_frames", ours)
    for wrong in ("http://sekolah.example", "https://sekolah.example/laman", "*", "https://*.example; script-src *"):
        response = client.post(url, {"origins": wrong})
        assert "begins with https://" in response.content.decode()
    html = client.post(url, {"origins": "https://Sekolah.example/\n\nhttps://b.example:8443"}, follow=True).content
    assert b"bingkai/borang" in html
    framed = browse().get(f"/{ours.slug}/bingkai/borang")
    assert "frame-ancestors https://sekolah.example https://b.example:8443" in framed["Content-Security-Policy"]


def test_a_new_form_begins_with_the_words_that_were_used_so_far(two, browse):
    ours, _ = two
    client = browse(ours.members["officer"])
    given = {"title_ms": "Hari terbuka", "title_en": "Open day", "key": "hari-terbuka"}
    html = client.post(address("form_new", ours), given, follow=True).content.decode()
    assert "The draft is complete in both languages." in html
    assert "Another form has this key." in client.post(address("form_new", ours), given).content.decode()
    assert "Open day" in client.get(address("forms", ours)).content.decode()
