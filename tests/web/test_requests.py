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
