"""A large import of contacts with evidence: read, reviewed, recorded; its speed, and the memory of its process.

The ceiling is a bare COPY of the same columns into the same tables, with the same fields sealed: no file is read, no
number checked, nothing that was known is looked up, no consent decided, and nothing entered in the ledger.
"""

import json
import secrets
import subprocess
import sys
import time
from typing import Any
from uuid import UUID, uuid4

from bench.ground import Ground, ground
from bench.registry import Options, figure

NAME = "import"
SETTINGS = {"DJANGO_SETTINGS_MODULE": "izin.settings", "IZIN_ROLE": "web"}
ROWS, FEW_ROWS = 200_000, 10_000
HEADER = "nama,telefon,bahasa,tarikh_persetujuan,cara,versi_notis,sumber"
TAKE_IN = """
import json, sys
import django
django.setup()
from uuid import UUID
from izin.consent import intake
file = intake.take_in(UUID(sys.argv[1]), UUID(sys.argv[2]))
peak = open("/proc/self/status").read().partition("VmHWM:")[2].split()[0]
print(json.dumps({"state": file.state, "granted": file.granted, "mb": int(peak) / 1000}))
"""


def measure(options: Options) -> list[dict[str, Any]]:
    rows = FEW_ROWS if options.quick else ROWS
    with ground() as place:
        file_id = _receive(place, rows)
        began = time.perf_counter()
        read = _take_in(place, file_id)
        _confirm(place, file_id)
        recorded = _take_in(place, file_id)
        speed = rows / (time.perf_counter() - began)
        if recorded["granted"] != rows:
            raise RuntimeError(f"{recorded['granted']} of {rows} rows were taken in")
        bare = rows / _copy(place, rows)
    return [
        figure(f"import: {rows:,} rows", [speed], "rows/s", ceiling=bare),
        figure(f"import: {rows:,} rows, memory", [max(read["mb"], recorded["mb"])], "MB"),
    ]


def _receive(place: Ground, rows: int) -> UUID:
    from izin.consent import files, purposes
    from izin.notices.models import NoticeVersion
    from izin.organisations.scope import scope

    lines = (f"Orang,012{3_000_000 + row},ms,2026-01-15,qr,promosi@1,QR" for row in range(rows))
    with scope(place.organisation_id):
        names = {"ms": "Tawaran besar", "en": "Large offers"}
        notice = NoticeVersion.objects.select_related("notice").get().notice
        purpose = purposes.add_purpose("besar", name=names, description=names, notice=notice)
        file, _ = files.receive("\n".join((HEADER, *lines)).encode(), name="besar.csv", purpose=purpose)
    file_id: UUID = file.id
    return file_id


def _take_in(place: Ground, file_id: UUID) -> dict[str, Any]:
    """What is due for the file, done by a process of its own, as the worker's is."""
    command = [sys.executable, "-c", TAKE_IN, str(place.organisation_id), str(file_id)]
    done = subprocess.run(command, env=place.house.environment() | SETTINGS, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _confirm(place: Ground, file_id: UUID) -> None:
    from izin.consent import review
    from izin.consent.models import ContactFile
    from izin.organisations.scope import scope

    with scope(place.organisation_id):
        sample = review.lines_of(ContactFile.objects.get(id=file_id))
        review.accept(file_id, by=uuid4(), confirmed=sample)


def _copy(place: Ground, rows: int) -> float:
    """Seconds of the bare COPY of people like those that came by the import."""
    from izin.consent.models import Evidence, Standing
    from izin.lib.clock import now
    from izin.lib.ids import uuid7
    from izin.lib.keyring import associated, blind_index, new_key, seal, wrap
    from izin.organisations.keys import keys
    from izin.organisations.scope import scope

    with scope(place.organisation_id):
        mine = keys()
        model = Evidence.objects.order_by("-entry_seq").first()
        standing = Standing.objects.order_by("id").first()
    if model is None or standing is None:
        raise RuntimeError("nothing was imported")
    organisation_id, moment = place.organisation_id, now()

    def of(table: str, column: str, row: UUID) -> bytes:
        return associated(organisation_id, table, column, row)

    began = time.perf_counter()
    tables: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}
    for row in range(rows):
        person, key, evidence, number = uuid7(), new_key(), uuid7(), f"+60112{6_000_000 + row}"
        subject, wrapping = uuid4(), of("contacts_subjectkey", "wrapped", person)
        name = seal(key, "Orang", of("contacts_contact", "name_sealed", person))
        payload = secrets.token_bytes(32) + b'{"source":"QR","line":2,"attributes":{}}'
        tables["contacts_contact"].append((person, organisation_id, subject, name, "ms", "MY", moment))
        tables["contacts_subjectkey"].append((uuid7(), organisation_id, person, wrap(mine.wrapping, key, wrapping)))
        identity = uuid7()
        tables["contacts_identity"].append(
            (
                *(identity, organisation_id, person, "phone", blind_index(mine.index, "phone", number)),
                blind_index(mine.suppression, "phone", number),
                seal(key, number, of("contacts_identity", "sealed", identity)),
            )
        )
        tables["consent_evidence"].append(
            (
                *(evidence, organisation_id, person, subject, model.purpose_id, "attested", "qr", moment, moment),
                *(model.notice_version_id, "ms", 1, 1_000_000, row, secrets.token_hex(32)),
                seal(key, payload, of("consent_evidence", "payload_sealed", evidence)),
            )
        )
        tables["consent_standing"].append(
            (uuid7(), organisation_id, person, model.purpose_id, "granted", standing.valid_until, evidence)
        )
    with place.superuser(autocommit=False) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")  # no triggers, no foreign keys
        for table, columns in COLUMNS.items():
            with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for one in tables[table]:
                    copy.write_row(one)
    return time.perf_counter() - began


COLUMNS = {
    "contacts_contact": "id, organisation_id, subject_ref, name_sealed, language, country, created_at",
    "contacts_subjectkey": "id, organisation_id, contact_id, wrapped",
    "contacts_identity": "id, organisation_id, contact_id, kind, index, suppression_index, sealed",
    "consent_evidence": (
        "id, organisation_id, contact_id, subject_ref, purpose_id, act, method, at, received_at, notice_version_id, "
        "language, grade, entry_seq, position, commitment, payload_sealed"
    ),
    "consent_standing": "id, organisation_id, contact_id, purpose_id, standing, valid_until, because_id",
}
