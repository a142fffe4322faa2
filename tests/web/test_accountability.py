"""The area of the officer: breaches from the record to the end, retention, documents, and the report of it all."""

from datetime import timedelta

import pytest

pytestmark = pytest.mark.usefixtures("database")
ZONE = "Asia/Kuala_Lumpur"


@pytest.fixture
def office(two, browse):
    ours, _ = two
    return ours, browse(ours.members["officer"]), f"/staff/{ours.slug}/breaches"


def on_clock(at) -> str:
    from zoneinfo import ZoneInfo

    return f"{at.astimezone(ZoneInfo(ZONE)):%Y-%m-%dT%H:%M}"


def recorded(client, url: str, at, **more) -> str:
    given = {"what": "Komputer riba Zqhilang dicuri", "zone": ZONE, "kinds": ["contact"], "facts": ["malicious"]}
    given |= {"scope": "all", "detected": on_clock(at - timedelta(hours=5)), "aware": on_clock(at)}
    return client.post(f"{url}/new", given | more).headers["Location"]


def body(response) -> str:
    return response.content.decode()


def test_from_the_record_to_the_end_and_every_step_is_in_the_ledger(office):
    from izin.compliance.models import Breach
    from izin.ledger.models import Entry
    from izin.lib.clock import frozen, now
    from izin.organisations.scope import scope

    ours, client, url = office
    start = now().replace(second=0, microsecond=0)
    with frozen(start + timedelta(minutes=1)) as hands:
        page = recorded(client, url, start)
        shown = body(client.get(page))
        assert "Komputer riba Zqhilang" in shown and "Commissioner (PDPA s.12B(1): 72 hours)" in shown
        assert "must be told" in shown and "Still missing: What happened (Malay)" in shown
        assert "First tell whom" in body(client.post(page, {"close": "1"}, follow=True))
        hands.move(timedelta(hours=68))  # 73 hours after it was found
        assert "2 breaches" not in body(client.get(f"/staff/{ours.slug}/"))
        assert "1 breach is overdue" in body(client.get(f"/staff/{ours.slug}/"))
        assert "1 breach is overdue" not in body(_as_marketer(client, ours))
        assert "Why it is late (Malay)" in body(client.get(page)), "a late notice needs its reasons"
        step = {"step": "1", "step-kind": "authority_told", "step-at": on_clock(now())}
        assert "Say which authority." in body(client.post(page, step))
        client.post(page, step | {"step-whom": "MY"})
        shown = body(client.get(page))
        assert "Kept too late" in shown and "Further information to the Commissioner" in shown
        told = {"step": "1", "step-kind": "people_told", "step-at": on_clock(now())}
        client.post(page, told)
        hands.move(timedelta(days=29))
        assert "First tell whom" in body(client.post(page, {"close": "1"}, follow=True)), "the rest is still owed"
        client.post(page, step | {"step-kind": "more_told", "step-whom": "MY", "step-at": on_clock(now())})
        assert "Done." in body(client.post(page, {"close": "1"}, follow=True))
        assert "This breach is closed" in body(client.post(page, told, follow=True))
    with scope(ours.organisation.id):
        row = Breach.objects.get(number=2)
        assert row.closed_at and (row.people, row.countries) == (1, {"MY": 1})
        assert b"Zqhilang" not in bytes(row.texts_sealed)
        entries = Entry.objects.filter(kind__startswith="breach.")
        assert entries.count() == 6  # two recorded (one by the cast), three told, one closed
        assert not [one for one in entries if b"Zqhilang" in bytes(one.leaf) or b"601234" in bytes(one.leaf)]


def _as_marketer(client, ours):
    from django.test import Client

    other = Client(SERVER_NAME="localhost")
    other.cookies["izin_language"] = "en"
    other.force_login(ours.members["marketer"])
    return other.get(f"/staff/{ours.slug}/")


def test_not_telling_needs_its_ground_and_complete_drafts_say_so(office):
    from izin.compliance import breach_words
    from izin.compliance.models import BreachTask
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    ours, client, url = office
    at = now() - timedelta(hours=1)
    page = recorded(client, url, at, facts=["unintelligible"])
    shown = body(client.get(page))
    assert "need not be told; say why" in shown and "a risk is unlikely" in shown
    not_told = {"step": "1", "step-kind": "authority_not", "step-whom": "MY", "step-at": on_clock(now())}
    assert "Say on which ground nobody is told." in body(client.post(page, not_told))
    client.post(page, not_told | {"step-ground": "Cakera disulitkan sepenuhnya."})
    texts = {f"texts-{name}_{tongue}": "Teks." for name in breach_words.TEXTS for tongue in ("ms", "en")}
    client.post(page, texts | {"texts": "1"})
    shown = body(client.get(page))
    assert "Cakera disulitkan" in shown and "Still missing" not in shown
    client.post(page, {"task": "1", "task-text": "Tukar kata laluan", "task-due": on_clock(now() - timedelta(days=1))})
    shown = body(client.get(f"/staff/{ours.slug}/"))
    assert "1 task about a breach is overdue" in shown
    with scope(ours.organisation.id):
        finish = {"finish": str(BreachTask.objects.get().id)}
    client.post(page, finish)
    assert "task about" not in body(client.get(f"/staff/{ours.slug}/"))
    made = client.get(f"{page}/notices/MY.pdf?language=ms")
    assert made.content.startswith(b"%PDF") and made["Content-Type"] == "application/pdf"
    assert client.get(f"{page}/notices/DE.pdf").status_code == 404


@pytest.mark.parametrize("kind", ["purpose", "file", "campaign", "span"])
def test_people_are_found_by_query_and_only_counts_are_shown(two, kind):
    from izin.campaigns import lifecycle
    from izin.compliance import affected
    from izin.dispatch import outbox
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    ours, theirs = two
    with scope(ours.organisation.id):
        lifecycle.approve(ours.objects["campaign"], ours.members["reviewer"].id)
        outbox.start(ours.objects["campaign"])
        span = {"since": (now() - timedelta(days=1)).isoformat(), "until": now().isoformat()}
        asked = {"kind": kind} | (span if kind == "span" else {"id": str(ours.objects[kind].id)})
        assert affected.by_country(asked) == {"MY": 1}
        assert affected.records(asked) >= 1
        other = {"kind": kind} | (
            {"since": "2020-01-01T00:00:00+00:00", "until": "2020-01-02T00:00:00+00:00"}
            if kind == "span"
            else {"id": str(theirs.objects[kind].id)}
        )
        assert affected.by_country(other) == {}
        with pytest.raises(affected.NoSuchScope):
            affected.by_country({"kind": kind})


def test_the_list_leaves_only_to_a_processor_in_the_register(office):
    from izin.accountability.models import Disclosure
    from izin.consent import records
    from izin.contacts import book
    from izin.ledger.models import Entry
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    ours, client, url = office
    with scope(ours.organisation.id):
        person = book.find("phone", "+60123456781")
        records.withdraw_known(person, method="call", at=now())
    page = recorded(client, url, now() - timedelta(minutes=1))
    given = {"hand_out": "1", "hand_out-recipient": ours.objects["recipient"].id, "hand_out-reason": "Surat notis"}
    assert "Please fill this in." in body(client.post(page, {"hand_out": "1"}))
    file = client.post(page, given)
    assert "+60123456781" in file.content.decode(), "who said stop is told as well: the law says so"
    with scope(ours.organisation.id):
        row = Disclosure.objects.get()
        assert row.people == 1 and b'"ground":"duty"' in bytes(Entry.objects.get(seq=row.entry_seq).leaf)


def test_spans_are_chosen_within_bounds_and_shown_with_what_goes_tomorrow(two, browse):
    from izin.compliance import sweeping
    from izin.ledger.models import Entry
    from izin.organisations.scope import scope

    ours, _ = two
    client, url = browse(ours.members["officer"]), f"/staff/{ours.slug}/retention"
    shown = body(client.get(url))
    assert "Raw messages that came in from WhatsApp" in shown and "contacts_contact" in shown
    with scope(ours.organisation.id):
        spans = sweeping.spans()
    assert client.post(url, spans | {"reply": 1}).status_code == 200, "below its bounds: the form comes back"
    client.post(url, spans | {"reply": 90})
    with scope(ours.organisation.id):
        assert sweeping.spans() == spans | {"reply": 90}
        assert Entry.objects.filter(kind="retention.chosen").count() == 1
