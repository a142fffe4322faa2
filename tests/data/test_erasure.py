"""After an erasure nothing in the database leads to the person, whatever key one has; and it stays so (H-08)."""

import json
from typing import Any
from uuid import UUID

import leaks
import psycopg
import pytest
from cast import SUPERUSER, Cast, Person, connect, csv_of, found, hear, message
from psycopg import sql

GONE = Person("+601123884011", "Zulaikha Terpadam", "berhenti Zqterpadam")
OTHER = Person("+601123884012", "Badrul Kekal", "berhenti Zqkekal")
NEVER_IN_BOOK = Person("+601123884013", "Cikgu Luar", "siapa ini Zqluar")
# Sealed columns of nobody's: the organisation's own secrets, and an uploaded file that goes once it was taken in.
OF_NOBODY = {
    "organisations_organisation",
    "whatsapp_businessaccount",
    "consent_contactfile",
    "accountability_disclosure",
    "compliance_breach",
    "compliance_breachstep",
    "compliance_breachtask",
}


@pytest.fixture(scope="module")
def house(opened: None) -> Cast:
    cast = found("padam", [GONE, OTHER])
    hear(cast, message(GONE, "kelas pukul berapa Zqterpadam"))
    hear(cast, message(NEVER_IN_BOOK, NEVER_IN_BOOK.words))
    return cast


def test_every_table_with_a_person_is_in_the_inventory(opened: None) -> None:
    from django.apps import apps

    from izin.contacts.models import Contact
    from izin.rights.inventory import INVENTORY

    listed = {holding.table for holding in INVENTORY}
    missing = []
    for model in apps.get_models():
        if not model.__module__.startswith("izin.") or model._meta.db_table in listed | OF_NOBODY:
            continue
        for field in model._meta.local_fields:
            leads_there = getattr(field, "related_model", None) is Contact
            if leads_there or field.name == "subject_ref" or field.name.endswith("_sealed"):
                missing.append(f"{model._meta.db_table}.{field.name}")
    assert missing == []
    assert listed <= {model._meta.db_table for model in apps.get_models()}


def test_everything_held_is_in_the_package(house: Cast) -> None:
    from izin.contacts import book
    from izin.organisations.scope import scope
    from izin.rights.package import package

    with scope(house.id):
        person = book.find("phone", GONE.number)
        assert person is not None
        held = package(person, "ms")
    said = json.dumps(held)
    for known in (GONE.number, GONE.name, "Hari terbuka", "kelas pukul berapa Zqterpadam", "Kelas cuti", "promosi@1"):
        assert known in said
    assert {act["act"] for act in held["acts"]} == {"attested", "given"}
    assert [one["state"] for one in held["messages"] if one["campaign"]] == ["accepted"]
    assert OTHER.name not in said and str(house.author.id) not in said, "nobody else is in it"


def test_an_erased_person_is_found_nowhere(house: Cast) -> None:
    from izin.contacts import book
    from izin.contacts.models import Identity, SubjectKey
    from izin.organisations.scope import scope
    from izin.rights import erasure

    scanner = leaks.Scanner([GONE.number], [GONE.name, "Zqterpadam", GONE.wamid])
    assert scanner.find(everything_opened(house)), "before the erasure the search finds them"
    with scope(house.id):
        person = book.find("phone", GONE.number)
        assert person is not None
        keys = [bytes(SubjectKey.objects.get(contact_id=person.id).wrapped), person.key]
        keys += [bytes(row.index) for row in Identity.objects.filter(contact_id=person.id)]
        planned = erasure.look(person)
        made = erasure.carry_out(person, method="preferences")
    after = everything_opened(house)
    assert scanner.find(after) == set()
    assert not [key for key in keys if key in after]
    assert str(person.id).encode() not in after
    assert leaks.Scanner([OTHER.number], [OTHER.name]).find(after), "and the other person is still there"
    done = {step.table: step.rows for step in made.plan.goes}
    assert {"contacts_contact", "dispatch_message", "inbound_reply", "inbound_delivery"} <= {
        table for table, rows in done.items() if rows
    }
    assert {step.table for step in planned.goes} == set(done)
    assert {str(step.ground) for step in made.plan.stays} == {"refusal", "proof", "sums", "repeats"}


def test_what_stays_is_sound_and_verifies(house: Cast) -> None:
    from izin.cli.ledger import verify
    from izin.contacts.models import Contact
    from izin.evidence.person import bundle_of_person
    from izin.ledger.models import Entry
    from izin.organisations.scope import scope
    from izin.rights import erasure

    assert verify(house.id)["problems"] == []
    with scope(house.id):
        reference = Entry.objects.get(kind="subject.erased").subject_ref
        assert reference is not None
        assert erasure.verify(reference) == erasure.verify() == []
        assert erasure.certificate(reference).as_json()["reference"] == str(reference)
        assert GONE.name.encode() not in bundle_of_person(reference)
        assert not Contact.objects.filter(subject_ref=reference).exists()
        with pytest.raises(erasure.NotErased):
            erasure.verify(UUID(int=7))


def test_an_import_brings_nobody_back_and_the_own_yes_does(house: Cast) -> None:
    from importing import let_in

    from izin.consent import files, joining
    from izin.contacts import book
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    with scope(house.id):
        file, _ = files.receive(csv_of([GONE]), name="lagi.csv", purpose=house.purpose)
    taken = let_in(house.id, file.id)
    assert (taken.granted, taken.kept_refused) == (0, 1)
    with scope(house.id):
        assert book.find("phone", GONE.number) is None
        code = joining.issue_code(joining.wordings([house.purpose]), language="ms", shown_at=now())
    yes = message(GONE, f"SERTAI {code}")
    yes["messages"][0]["timestamp"] = "4000000000"  # taken as this moment; WhatsApp's clock knows whole seconds only
    hear(house, yes)
    from izin.consent import records

    with scope(house.id):
        again = book.find("phone", GONE.number)
        assert again is not None and records.granted_to(again) == {house.purpose.id}


def test_nothing_is_sent_while_a_restored_backup_has_undone_an_erasure(house: Cast) -> None:
    from izin.contacts import book
    from izin.dispatch.main import _particulars
    from izin.dispatch.models import Lane
    from izin.ledger import journal
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.rights import erasure

    with scope(house.id):
        person = book.find("phone", OTHER.number)
        assert person is not None
        lane = Lane.objects.get().id
        _particulars(lane)
        journal.write(person.subject_ref, now(), book.suppression_indexes(person.id))
        missing = UUID(int=11)
        journal.write(missing, now(), [("phone", book.suppression_index("phone", "+601123884019"))])
        with pytest.raises(journal.Unreplayed, match="2 erasures"):
            _particulars(lane)
        assert erasure.replay() == 2
        assert erasure.replay() == 0
        _particulars(lane)
        assert book.find("phone", OTHER.number) is None
        assert erasure.verify() == []
    with scope(house.id):
        file = journal.journal_file()
        whole = file.read_bytes()
        file.write_bytes(whole + b'{"v":1,"torn')
        assert len(journal.read()) == 4  # one torn by a crash was never part of an erasure
        file.write_bytes(whole.replace(b"phone", b"other", 1))
        with pytest.raises(journal.JournalDamaged):
            _particulars(lane)
        file.write_bytes(whole)


def test_what_a_stranger_wrote_goes_as_well(house: Cast) -> None:
    from izin.organisations.scope import scope
    from izin.rights import erasure

    scanner = leaks.Scanner([NEVER_IN_BOOK.number], ["Zqluar"])
    assert scanner.find(everything_opened(house))
    with scope(house.id):
        assert erasure.carry_out_for_stranger(NEVER_IN_BOOK.number) == 1
    assert scanner.find(everything_opened(house)) == set()


def test_evidence_can_be_emptied_and_never_changed(house: Cast) -> None:
    with connect(SUPERUSER) as superuser:
        for change in ("act = 'given'", "payload_sealed = 'x'", "commitment = 'x'", "contact_id = gen_random_uuid()"):
            with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
                superuser.execute(
                    sql.SQL(f"UPDATE consent_evidence SET {change} WHERE organisation_id = %s"), [house.id]
                )


def everything_opened(cast: Cast) -> bytes:
    """Every row of the organisation as it lies in the database, and every sealed value that any key there opens."""
    from izin.contacts.book import open_key
    from izin.lib.keyring import Unreadable, associated, unseal
    from izin.organisations.keys import keys
    from izin.organisations.scope import scope

    with scope(cast.id):
        own = keys()
    parts: list[bytes] = []
    with connect(SUPERUSER) as superuser:
        people = superuser.execute(
            "SELECT contact_id, wrapped FROM contacts_subjectkey WHERE organisation_id = %s", [cast.id]
        )
        known = [own.inbox, own.wrapping, *(open_key(own, contact, bytes(wrapped)) for contact, wrapped in people)]
        tables = superuser.execute(
            "SELECT table_name::text FROM information_schema.columns "
            "WHERE column_name = 'organisation_id' AND table_schema = 'public'"
        ).fetchall()
        for (table,) in tables:
            statement = sql.SQL("SELECT * FROM {} WHERE organisation_id = %s").format(sql.Identifier(table))
            cursor = superuser.execute(statement, [cast.id])
            names = [column.name for column in cursor.description or []]
            for row in cursor:
                content: dict[str, Any] = dict(zip(names, row, strict=True))
                for name, value in content.items():
                    if not isinstance(value, bytes):
                        parts.append(str(value).encode())
                        continue
                    parts.append(value)
                    place = associated(cast.id, table, name, content.get("id", ""))
                    for key in known if name.endswith("_sealed") or name == "sealed" else []:
                        try:
                            parts.append(unseal(key, value, place))
                        except Unreadable:
                            continue
    return b"\n".join(parts)
