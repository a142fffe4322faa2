"""Upload, the job in the same transaction, and what became of each row, without a number in any of it."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from .addresses import address
from .conftest import CSV

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def upload(two, browse):
    """Post a file as the marketer of A; returns (house, client, response)."""
    ours, _ = two
    client = browse(ours.members["marketer"])

    def post(body: bytes, country: str = "MY"):
        file = SimpleUploadedFile("senarai.csv", body, content_type="text/csv")
        return client.post(address("import", ours), {"file": file, "purpose": str(ours.purpose.id), "country": country})

    return ours, client, post


def begin(client, where):
    """Leave the columns as they were guessed, look at the preview, and let the file be read."""
    columns = client.get(where)
    given = {name: field.initial for name, field in columns.context["form"].fields.items()}
    preview = client.post(where, given)["Location"]
    shown = client.get(preview).content.decode()
    return shown, client.post(preview)["Location"]


def jobs_of(house) -> list[dict]:
    from procrastinate.contrib.django.models import ProcrastinateJob

    return [
        job.args
        for job in ProcrastinateJob.objects.filter(task_name="consent.take_in_file")
        if job.args["organisation_id"] == str(house.organisation.id)
    ]


def test_from_upload_to_the_reason_of_each_row(upload, browse):
    from izin.consent import tasks

    ours, client, post = upload
    body = CSV.format(name="Puan Baharu").replace("+60123456781", "012-345 6785").encode()
    shown, where = begin(client, post(body)["Location"])
    assert "+60 •••••• 85" in shown and "Evidence of consent is missing" in shown
    assert "not even to ask" in shown and f"/{ours.slug}/sertai" in shown
    waiting = client.get(where).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert "Waiting for the worker" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    (job,) = jobs_of(ours)
    assert set(job) == {"organisation_id", "file_id"}
    tasks.take_in_file.func(**job)
    held = client.get(where).content.decode()
    assert "Nothing of it counts yet" in held and "Look at the proofs" not in held
    assert "hx-trigger" not in held and "Puan Baharu" not in client.get(address("contacts", ours)).content.decode()
    confirm(ours, browse, where)
    tasks.take_in_file.func(**jobs_of(ours)[-1])
    done = client.get(where).content.decode()
    assert "Waiting for the worker" not in done
    assert "hx-trigger" not in done
    assert "Evidence of consent is missing" in done
    assert "Excel has rounded this number" in done
    news = client.get(f"{where}/progress")
    assert (news["HX-Retarget"], news["HX-Reselect"]) == ("#main", "#main")
    assert "Excel has rounded this number" in news.content.decode()
    rows = list(csv.reader(io.StringIO(client.get(f"{where}/rejected.csv").content.decode("utf-8-sig"))))
    assert rows[0] == ["Line", "Column", "Why it was not taken"]
    assert {row[0] for row in rows[1:]} == {"3", "4"}
    assert "4.91E" not in done + str(rows)
    assert "Tanpa Bukti" not in done + str(rows)
    assert "Puan Baharu" in client.get(address("contacts", ours)).content.decode()


def confirm(house, browse, where):
    """As the reviewer: the link on the contacts page, and a tick at each proof; without the tick nothing happens."""
    reviewer = browse(house.members["reviewer"])
    page = where + "/review"
    assert page in reviewer.get(address("contacts", house)).content.decode()
    shown = reviewer.get(page).content.decode()
    assert "Hari terbuka" in shown and "checked" not in shown
    assert "Puan Baharu" not in shown  # a reviewer sees no names
    assert "Open this proof, or refuse the import." in reviewer.post(page, {}).content.decode()
    assert reviewer.post(page, {"line_2": "on"})["Location"] == where


def test_whoever_uploaded_a_file_does_not_review_it_and_one_bad_proof_refuses_it(upload, browse):
    from izin.consent import tasks
    from izin.contacts.models import Contact
    from izin.organisations.scope import scope

    ours, _, _ = upload
    owner = browse(ours.members["admin"])
    file = SimpleUploadedFile("s.csv", CSV.format(name="X").replace("6781", "6779").encode())
    given = {"file": file, "purpose": str(ours.purpose.id), "country": "MY"}
    _, where = begin(owner, owner.post(address("import", ours), given)["Location"])
    tasks.take_in_file.func(**jobs_of(ours)[-1])
    assert "You uploaded this file" in owner.get(f"{where}/review").content.decode()
    owner.post(f"{where}/review", {"line_2": "on"})
    assert "Nothing of it counts yet" in owner.get(where).content.decode()
    officer = browse(ours.members["officer"])
    officer.post(f"{where}/review", {"refuse": "1", "because": "proof_differs"})
    ended = officer.get(where).content.decode()
    assert "Nothing was taken in" in ended and "says something else" in ended
    with scope(ours.organisation.id):
        assert Contact.objects.count() == 1


def test_columns_are_corrected_and_the_correction_is_remembered(upload):
    _, client, post = upload
    body = b"Hubungi di,Bila,cara,versi_notis,sumber\n0123456777,2026-01-02,qr,promosi@1,Gerai\n"
    columns = post(body)["Location"]
    form = client.get(columns).context["form"]
    guessed = {name: field.initial for name, field in form.fields.items()}
    assert list(guessed.values()) == ["attribute", "attribute", "method", "notice_version", "source"]
    assert "0123456777" in client.get(columns).content.decode()
    assert "Say which column holds the telephone numbers." in client.post(columns, guessed).content.decode()
    twice = guessed | {"column_0": "number", "column_1": "number"}
    assert "Two columns are for “Number”" in client.post(columns, twice).content.decode()
    preview = client.post(columns, guessed | {"column_0": "number", "column_1": "consent_at"})["Location"]
    assert "Stated" in client.get(preview).content.decode()
    assert "discarded" in client.post(columns.replace("/columns", "/discard"), follow=True).content.decode()
    again = client.get(post(body.replace(b"777", b"778"))["Location"]).context["form"]
    assert [field.initial for field in again.fields.values()][:2] == ["number", "consent_at"]


def test_the_same_file_again_says_so_and_starts_nothing(upload):
    ours, client, post = upload
    body = b"nama,telefon,cara\nAli,0123456782,qr\n"
    first = post(body)["Location"]
    assert post(body)["Location"] == first  # not begun yet: it goes on where it was
    _, where = begin(client, first)
    again = post(body)
    assert again["Location"] == where
    assert "was uploaded before" in client.get(where).content.decode()
    assert len(jobs_of(ours)) == 1


def test_a_list_without_evidence_is_told_what_to_do_instead(upload):
    _, client, post = upload
    columns = post(b"nama,telefon\nAli,0123456782\n")["Location"]
    preview = client.post(columns, {"column_0": "name", "column_1": "number"})["Location"]
    shown = client.get(preview).content.decode()
    assert "No row of this file can be taken in" in shown and "Read the file" not in shown
    assert "<details open" in shown or "open>" in shown


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"PK\x03\x04 workbook", "This is an Excel file"),
        (b'nama,"telefon\nAli,0123456782\n', "row of headings cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(upload, body, says):
    _, client, post = upload
    where = post(body)["Location"]
    html = client.get(where).content.decode()
    assert "The file could not be read" in html
    assert says in html


def test_no_file_and_an_empty_file_are_form_errors(upload):
    _, _, post = upload
    assert "The file is empty." in post(b"").content.decode()


def test_contacts_are_filtered_by_standing_and_turned_page_by_page(two, browse):
    from izin.consent import records
    from izin.consent.models import Evidence
    from izin.contacts import book
    from izin.contacts.book import Newcomer
    from izin.lib.clock import now
    from izin.lib.phone import PhoneNumber
    from izin.organisations.scope import scope

    ours, _ = two
    with scope(ours.organisation.id):
        book.find_or_add_many([Newcomer(PhoneNumber(f"+6011234500{n:02d}"), f"Orang {n:02d}") for n in range(30)])
        records.withdraw("phone", "+60112345003", method=Evidence.Method.STAFF, at=now())
    client, url = browse(ours.members["admin"]), address("contacts", ours)
    first = client.get(url).content.decode()
    assert first.count("••••••") == 25
    older = client.get(url + _link(first, "before")).content.decode()
    assert older.count("••••••") == 6
    assert client.get(url + _link(older, "after")).content.decode().count("••••••") == 25
    granted = client.get(f"{url}?purpose=promosi&standing=granted").content.decode()
    assert granted.count("••••••") == 1
    assert ours.person in granted
    assert client.get(f"{url}?purpose=promosi&standing=unknown").content.decode().count("••••••") == 25
    assert "Nobody here" in client.get(f"{url}?purpose=promosi&standing=pending").content.decode()
    assert client.get(f"{url}?before=x&standing=y&purpose=z").status_code == 200


def _link(html: str, word: str) -> str:
    import re

    return re.search(rf'href="(\?[^"]*{word}=[^"]+)"', html).group(1).replace("&amp;", "&")


def test_an_officer_asks_for_stronger_evidence_and_weaker_consents_stop_counting(two, browse):
    from izin.consent.models import Standing
    from izin.organisations.scope import scope

    ours, _ = two
    url = address("purpose", ours)
    assert browse(ours.members["marketer"]).post(url, {"least_grade": "2"}).status_code == 403
    officer = browse(ours.members["officer"])
    assert "date, way, notice version and source are enough" in officer.get(url).content.decode()
    assert "must name its proof" in officer.post(url, {"least_grade": "2"}, follow=True).content.decode()
    with scope(ours.organisation.id):
        assert set(Standing.objects.values_list("standing", flat=True)) == {"granted"}, "the signed form is a proof"
    officer.post(url, {"least_grade": "3"})
    with scope(ours.organisation.id):
        assert set(Standing.objects.values_list("standing", flat=True)) == {"pending"}
    assert officer.post(url, {"least_grade": "9"}).status_code == 200
