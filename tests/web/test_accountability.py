"""The area of the officer: breaches from the record to the end, retention, documents, and the report of it all."""

from datetime import timedelta
from pathlib import Path

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


def test_a_document_is_completed_kept_and_goes_stale(two, browse):
    from izin.accountability import recipients
    from izin.compliance import versions
    from izin.compliance.models import PaperVersion
    from izin.contacts import book
    from izin.contacts.book import Newcomer
    from izin.ledger.models import Entry
    from izin.lib.phone import PhoneNumber
    from izin.organisations.scope import scope

    ours, _ = two
    client, url = browse(ours.members["officer"]), f"/staff/{ours.slug}/processing"
    shown = body(client.get(url))
    assert "Data protection officer: name and contact" in shown and f"Cetak {ours.name}" in shown
    client.post(url, {"answers": "1", "officer": "Mei Ling, p@example.test", "security_more": "Pejabat berkunci"})
    client.post(url, {"keep": "1"})
    client.post(url, {"keep": "1"})
    with scope(ours.organisation.id):
        kept = PaperVersion.objects.get(number=2)
        assert kept.content["missing"][:1] == [{"en": "Registration number", "ms": "Nombor pendaftaran"}]
        assert bytes(Entry.objects.get(seq=kept.entry_seq).leaf).count(kept.digest.encode()) == 1
        versions.keep("assessment", versions.today("assessment").as_json(), by=None)
        book.find_or_add(Newcomer(PhoneNumber("+60123456799")))
        assert not versions.is_stale("processing") and not versions.is_stale("assessment"), "people come every day"
        recipients.end(ours.objects["recipient"])
        assert versions.is_stale("processing") and versions.is_stale("assessment"), "a recipient less is another record"
    assert "no longer what the newest version says" in body(client.get(url))
    file = client.get(f"/staff/{ours.slug}/documents/{kept.id}.pdf?language=ms")
    assert file.content.startswith(b"%PDF")
    assert client.get(f"/staff/{ours.slug}/documents/{kept.id}.json").json()["content"] == kept.content


def test_staff_promise_for_themselves_and_are_asked_again_in_a_year(two, browse):
    from izin.lib.clock import frozen, now
    from izin.organisations.scope import scope

    ours, _ = two
    marketer, officer = browse(ours.members["marketer"]), browse(ours.members["officer"])
    home, url = f"/staff/{ours.slug}/", f"/staff/{ours.slug}/instructions"
    with frozen(now()) as hands:
        assert "Please read what you promise" in body(marketer.get(home))
        marketer.post(f"/staff/{ours.slug}/confidentiality")
        assert "Please read what you promise" not in body(marketer.get(home))
        with scope(ours.organisation.id):
            from izin.organisations.models import Membership

            member = Membership.objects.get(user=ours.members["marketer"]).id
        given = {"member": member, "on": now().date().isoformat(), "about": "Permintaan berhenti"}
        assert "still to come" in body(officer.post(url, given | {"on": "2099-01-01"}))
        officer.post(url, given)
        shown = body(officer.get(url))
        assert "Permintaan berhenti" in shown and "Something is due for 3 members of staff." in shown
        hands.move(timedelta(days=367))
        assert "Please read what you promise" in body(browse(ours.members["marketer"]).get(home))
        assert "Something is due for 4 members of staff." in body(browse(ours.members["officer"]).get(url))


def test_one_report_has_all_of_it_and_is_kept(two, browse, tmp_path, capsys):
    import json

    from izin.cli.main import parser
    from izin.ledger import checkpoints
    from izin.ledger.models import Entry
    from izin.organisations.scope import scope

    ours, theirs = two
    client, url = browse(ours.members["officer"]), f"/staff/{ours.slug}/accountability"
    with scope(ours.organisation.id):
        checkpoints.sign()
    shown = body(client.get(url))
    assert "No report yet" in shown and "up to RM1,000,000 or three years" in shown
    assert "Report 1 is made" in body(client.post(url, follow=True))
    asked = ["compliance", "report", "--organisation", ours.slug, "--output", str(tmp_path), "--language", "en"]
    law = tmp_path / "law-report.md"
    law.write_text("# The law matrix\n\n154 rows: 100 shown, 54 open\n")
    parsed = parser().parse_args([*asked, "--law", str(law)])
    assert parsed.handler(parsed) == 0
    pdf_file, json_file = capsys.readouterr().out.split()
    assert Path(pdf_file).read_bytes().startswith(b"%PDF")
    written = json.loads(Path(json_file).read_text())
    text = json.dumps(written, ensure_ascii=False)
    headings = [one["heading"]["en"] for one in written["content"]["sections"]]
    for part in (
        *("Organisation", "Summary", "Purposes and notices", "Privacy policy", "Record of processing activities"),
        *("Recipients", "Security measures (GDPR Art. 32; PDPA s.9)", "Disclosures", "Requests by right", "Breach 1"),
        *("Deletion reports", "Impact assessment", "Risks to people", "Staff", "Ledger"),
    ):
        assert part in headings
    assert "promosi@1" in text and "yes, up to entry" in text and "100 shown, 54 open" in text
    assert not [secret for secret in theirs.secrets if secret in text]
    assert ours.person not in text and "123456781" not in text
    with scope(ours.organisation.id):
        entry = Entry.objects.get(seq=written["ledger_entry"])
        assert written["digest"].encode() in bytes(entry.leaf)
