"""The register: whoever asks by letter gets a clock, and no answer before it is clear who asks."""

from datetime import timedelta

import pytest

pytestmark = pytest.mark.usefixtures("database")
NUMBER, STRANGER = "+60123456781", "+60199887755"


@pytest.fixture
def office(two, browse):
    """A, and its officer's client."""
    ours, _ = two
    return ours, browse(ours.members["officer"]), f"/staff/{ours.slug}/requests"


def record(client, url: str, kind: str, number: str, **more):
    given = {"kind": kind, "channel": "letter", "received": "2026-11-02", "number": number, "country": "MY"}
    return client.post(f"{url}/new", given | {"asked": "Tolong Zqminta"} | more)


def test_a_letter_is_answered_only_when_it_is_clear_who_asks(office):
    from izin.organisations.scope import scope
    from izin.rights.models import SubjectRequest

    ours, client, url = office
    page = record(client, url, "access", NUMBER).headers["Location"]
    assert "Zqminta" in client.get(page).content.decode()
    answer = {"answer": "1", "text": "Dilampirkan."}
    assert "First make sure who asks" in client.post(page, answer, follow=True).content.decode()
    client.post(page, {"identify": "1"})
    assert "Done." in client.post(page, answer, follow=True).content.decode()
    assert "Dilampirkan." in client.get(page).content.decode()
    assert "answered already" in client.post(page, answer, follow=True).content.decode()
    with scope(ours.organisation.id):
        row = SubjectRequest.objects.get(state="answered")
        assert (row.due_on.isoformat(), row.answered_by) == ("2026-11-23", ours.members["officer"].id)
        assert b"Zqminta" not in bytes(row.asked_sealed) and row.entry_seq is not None


def test_a_refusal_names_its_ground_and_an_erasure_leaves_the_row_empty(office):
    from izin.contacts import book
    from izin.organisations.scope import scope
    from izin.rights import erasure
    from izin.rights.models import SubjectRequest

    ours, client, url = office
    page = record(client, url, "erase", STRANGER).headers["Location"]
    client.post(page, {"answer": "1", "text": "Tidak dapat.", "ground": "unproven"})
    assert "identity could not be established" in client.get(page).content.decode()
    page = record(client, url, "erase", NUMBER).headers["Location"]
    client.post(page, {"erase": "1"})
    with scope(ours.organisation.id):
        assert book.find("phone", NUMBER) is not None, "nobody is erased on an unproven letter"
    client.post(page, {"identify": "1"})
    client.post(page, {"erase": "1"})
    assert "Zqminta" not in client.get(page).content.decode()
    with scope(ours.organisation.id):
        assert book.find("phone", NUMBER) is None and erasure.verify() == []
        assert SubjectRequest.objects.filter(contact=None, kind="erase", state="answered").count() == 1


def test_whoever_wants_to_be_left_alone_is_at_once(office):
    from izin.consent.models import Standing, Suppression
    from izin.organisations.scope import scope

    ours, client, url = office
    record(client, url, "object", STRANGER)
    with scope(ours.organisation.id):
        assert Suppression.objects.filter(purpose=None).count() == 1
    record(client, url, "restrict", NUMBER)
    with scope(ours.organisation.id):
        assert Standing.objects.get().standing == "held"
    record(client, url, "withdraw", NUMBER)
    with scope(ours.organisation.id):
        assert Standing.objects.get().standing == "refused"


def test_what_is_overdue_is_said_loudly_and_can_be_extended_only_in_time(office):
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.rights.models import SubjectRequest

    ours, client, url = office
    old = (now() - timedelta(days=40)).date().isoformat()
    late = record(client, url, "access", STRANGER, received=old).headers["Location"]
    assert "1 request is overdue" in client.get(url).content.decode()
    assert "Overdue: it had to be answered" in client.get(late).content.decode()
    assert "too late to extend" in client.post(late, {"extend": "1"}, follow=True).content.decode()
    fresh = record(client, url, "erase", STRANGER, received=now().date().isoformat()).headers["Location"]
    client.post(fresh, {"extend": "1"})
    with scope(ours.organisation.id):
        assert SubjectRequest.objects.filter(extended_at__isnull=False).count() == 1
    assert record(client, url, "access", "123").status_code == 200
    assert record(client, url, "access", NUMBER, received="2099-01-01").status_code == 200


def test_whoever_was_given_the_data_is_told_by_mark_and_it_is_recorded(office):
    from izin.accountability import sharing
    from izin.accountability.models import DisclosedPerson
    from izin.contacts.models import Contact
    from izin.ledger.models import Entry
    from izin.organisations.scope import scope
    from izin.rights import erasure, telling
    from izin.rights.models import RecipientNotice

    ours, client, url = office
    with scope(ours.organisation.id):
        for reason in ("Surat", "Surat lagi"):
            sharing.export(ours.objects["recipient"], reason=reason, made_by=ours.members["officer"].id)
        subject = Contact.objects.get().subject_ref
        marks = list(DisclosedPerson.objects.filter(subject_ref=subject).values_list("mark", flat=True))
    record(client, url, "object", NUMBER)
    record(client, url, "restrict", NUMBER)
    corrected = record(client, url, "correct", NUMBER).headers["Location"]
    assert (
        "First make sure"
        in client.post(corrected, {"correct": "1", "name": "Nama Betul"}, follow=True).content.decode()
    )
    client.post(corrected, {"identify": "1"})
    assert "Nothing was changed" in client.post(corrected, {"correct": "1", "name": " "}, follow=True).content.decode()
    client.post(corrected, {"correct": "1", "name": "Nama Betul"})
    client.post(corrected, {"answer": "1", "text": "Sudah dibetulkan."})
    page = client.get(corrected).content.decode()
    assert "Nama Betul" in page and all(f"mark {mark}" in page for mark in marks) and len(marks) == 2
    erased = record(client, url, "erase", NUMBER).headers["Location"]
    client.post(erased, {"identify": "1"})
    client.post(erased, {"erase": "1"})
    page = client.get(erased).content.decode()
    assert marks[0] in page and "Nama Betul" not in page and "Sila padamkan baris" in page
    with scope(ours.organisation.id):
        notices = {one.kind: one for one in RecipientNotice.objects.all()}
        assert sorted(notices) == ["correct", "erase", "restrict"], "an objection is not passed on"
        assert "Nama Betul" not in str(telling.drafts(notices["correct"], "A")), "the name went with the person"
        RecipientNotice.objects.update(due_on="2026-01-01")
    assert "3 recipients should have been told already" in client.get(url).content.decode()
    wrong = {"told": str(notices["erase"].id), "how": "email"}
    assert client.post(corrected, wrong).status_code == 400, "a notice of another request"
    client.post(erased, wrong)
    assert "has been sent already" in client.post(erased, wrong, follow=True).content.decode()
    assert "2 recipients should" in client.get(url).content.decode()
    with scope(ours.organisation.id):
        told = Entry.objects.get(kind="recipient.notified")
        assert told.subject_ref == subject and b"Nama" not in bytes(told.leaf)
        assert erasure.certificate(subject).as_json()["recipients_told"][0]["sent_at"]
        assert not telling.open_again(subject)
