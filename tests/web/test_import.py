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


def jobs_of(house) -> list[dict]:
    from procrastinate.contrib.django.models import ProcrastinateJob

    return [
        job.args
        for job in ProcrastinateJob.objects.filter(task_name="consent.take_in_file")
        if job.args["organisation_id"] == str(house.organisation.id)
    ]


def test_from_upload_to_the_reason_of_each_row(upload):
    from izin.consent import tasks

    ours, client, post = upload
    body = CSV.format(name="Puan Baharu").replace("+60123456781", "012-345 6785").encode()
    where = post(body)["Location"]
    waiting = client.get(where).content.decode()
    assert "Waiting for the worker" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    (job,) = jobs_of(ours)
    assert set(job) == {"organisation_id", "file_id", "country"}
    tasks.take_in_file.func(**job)
    done = client.get(where).content.decode()
    assert "Waiting for the worker" not in done
    assert "hx-trigger" not in done
    assert "Evidence of consent is missing" in done
    assert "Excel has rounded this number" in done
    assert client.get(f"{where}/progress")["HX-Refresh"] == "true"
    rows = list(csv.reader(io.StringIO(client.get(f"{where}/rejected.csv").content.decode("utf-8-sig"))))
    assert rows[0] == ["Line", "Column", "Why it was not taken"]
    assert {row[0] for row in rows[1:]} == {"3", "4"}
    assert "4.91E" not in done + str(rows)
    assert "Tanpa Bukti" not in done + str(rows)
    assert "Puan Baharu" in client.get(address("contacts", ours)).content.decode()


def test_the_same_file_again_says_so_and_starts_nothing(upload):
    ours, client, post = upload
    body = b"nama,telefon\nAli,0123456782\n"
    first = post(body)["Location"]
    again = post(body)
    assert again["Location"] == first
    assert "was uploaded before" in client.get(first).content.decode()
    assert len(jobs_of(ours)) == 1


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"PK\x03\x04 workbook", "This is an Excel file"),
        (b"nama,alamat\nAli,Ipoh\n", "no column of phone numbers"),
        (b'nama,"telefon\nAli,0123456782\n', "row of headings cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(upload, body, says):
    from izin.consent import tasks

    ours, client, post = upload
    where = post(body)["Location"]
    tasks.take_in_file.func(**jobs_of(ours)[0])
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
