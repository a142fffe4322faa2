"""What an import does ahead of the lock must not be seen in what it records: newcomers, known people, other workers."""

import gc
from collections.abc import Callable
from typing import Any

import consent_cast as cast
import pytest
from consent_cast import HEADER, NOON, House, line, number
from django.db import connection
from django.test.utils import CaptureQueriesContext
from test_intake import confirm

from izin.consent import drafts, files, intake, purposes, records
from izin.consent.grades import Grade
from izin.consent.models import ContactFile, Evidence, Standing, Suppression
from izin.consent.proof import open_payload
from izin.contacts import book
from izin.contacts.models import Contact, Identity, SubjectKey
from izin.ledger.models import Entry
from izin.lib import clock
from izin.lib.ids import uuid7
from izin.organisations import bulk
from izin.organisations.scope import scope


@pytest.fixture
def house(opened: None) -> House:
    return cast.found()


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.frozen(NOON) as hands:
        yield hands


def reviewed(house: House, *lines: str) -> ContactFile:
    """A file that waits for nothing but being recorded."""
    with scope(house.id):
        body = "\n".join((HEADER, *lines)).encode()
        file, _ = files.receive(body, name="senarai.csv", purpose=house.purposes["promosi"])
    confirm(house, file)
    return file


def overtake(house: House, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> None:
    """Let this happen after each chunk's rows were drawn up, and before they are recorded."""
    drawn = drafts.draw_up

    def overtaken(*given: Any) -> list[drafts.Draft]:
        made = drawn(*given)
        if made:
            cast.in_thread(lambda: _with_scope(house, act))
        return made

    monkeypatch.setattr(intake, "draw_up", overtaken)


def test_what_was_sealed_ahead_opens_for_newcomers_and_for_those_who_were_known(house: House) -> None:
    house.take_in(line(1, notice="jadual@1"), purpose="jadual")
    house.take_in(line(1), line(2))
    with scope(house.id):
        assert Contact.objects.count() == SubjectKey.objects.count() == Identity.objects.count() == 2
        for index, acts in ((1, 2), (2, 1)):
            person = book.find("phone", number(index))
            assert person is not None
            told = [open_payload(one, person.key) for one in Evidence.objects.filter(contact_id=person.id)]
            assert [one["source"] for one in told] == ["Kaunter"] * acts
            assert book.numbers(Contact.objects.filter(id=person.id))[person.id].e164 == number(index)
    assert house.problems() == []


def test_somebody_who_joins_the_book_after_the_row_was_drawn_up_is_not_added_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = reviewed(house, line(1), line(2))
    overtake(house, monkeypatch, lambda: cast.person(1))
    assert intake.take_in(house.id, file.id).granted == 2
    with scope(house.id):
        assert Contact.objects.count() == 2
    assert (house.standing(number(1)), house.standing(number(2))) == ("granted", "granted")
    assert house.problems() == []


def test_somebody_who_refuses_after_the_row_was_drawn_up_stays_refused(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, told = reviewed(house, line(1), line(2)), {"method": "wa_keyword", "at": clock.now()}
    overtake(house, monkeypatch, lambda: records.withdraw("phone", number(1), **told))
    ended = intake.take_in(house.id, file.id)
    assert (ended.granted, ended.kept_refused) == (1, 1)
    assert (house.standing(number(1)), house.standing(number(2))) == (None, "granted")
    assert house.problems() == []


def test_a_purpose_that_has_become_stricter_leaves_newcomers_to_be_asked(house: House) -> None:
    file = reviewed(house, line(1))
    with scope(house.id):
        purposes.accept_from(house.purposes["promosi"], Grade.DOCUMENTED)
    assert intake.take_in(house.id, file.id).granted == 1
    assert house.standing(number(1)) == "pending"
    assert house.problems() == []


def test_rows_ahead_that_another_worker_recorded_are_not_recorded_again(house: House) -> None:
    chunks = 3
    file = reviewed(house, *(line(index) for index in range(intake.CHUNK * chunks)))
    others: list[int] = []

    def second(done: int, whole: int) -> None:
        """Another worker records the next chunk and stops, once."""
        if not others:
            others.append(done)
            with pytest.raises(InterruptedError):
                cast.in_thread(lambda: intake.take_in(house.id, file.id, progress=_stop))

    ended = intake.take_in(house.id, file.id, progress=second)
    assert (ended.granted, ended.rows_done) == (intake.CHUNK * chunks,) * 2
    with scope(house.id):
        assert Evidence.objects.count() == Standing.objects.count() == Contact.objects.count() == intake.CHUNK * chunks
        assert Entry.objects.filter(kind="consent.imported").count() == chunks
    assert house.problems() == []


def test_the_uploaded_file_is_not_fetched_with_its_row(house: House) -> None:
    file = reviewed(house, *(line(index) for index in range(3)))
    with scope(house.id), CaptureQueriesContext(connection) as asked:
        for lock in (False, True):
            files.get(file.id, lock=lock)
        list(ContactFile.objects.all())
    assert [one for one in asked if '"body_sealed"' in one["sql"] or '"lines"' in one["sql"]] == []


def test_an_import_leaves_the_collector_of_garbage_as_it_was(house: House) -> None:
    house.take_in(line(1))
    assert gc.get_freeze_count() == 0
    assert gc.isenabled()


def test_a_column_that_says_one_thing_and_a_column_that_differs_are_both_stored(house: House) -> None:
    with scope(house.id):
        at, columns = clock.now(), ("id", "kind", "index", "purpose_id", "since", "until_decided")
        purpose = house.purposes["promosi"]
        rows = [(uuid7(), "phone", bytes([n]) * 16, purpose.id if n else None, at, False) for n in range(3)]
        bulk.insert(Suppression, columns, rows)
        bulk.insert(Suppression, columns, [(uuid7(), "phone", bytes([9]) * 16, None, at, True)])
        stored = Suppression.objects.order_by("index").values_list(
            "id", "kind", "index", "purpose_id", "since", "until_decided"
        )
        assert [(*one[:2], bytes(one[2]), *one[3:]) for one in stored][:3] == rows
        assert [one[5] for one in stored] == [False, False, False, True]
        assert bulk.under(Suppression, "phone", [bytes([2]) * 16, bytes([7]) * 16], "purpose_id") == [
            (bytes([2]) * 16, purpose.id)
        ]
        assert bulk.under(Suppression, "wa_id", [bytes([2]) * 16], "purpose_id") == []
    with scope(cast.found().id):
        assert bulk.under(Suppression, "phone", [bytes([2]) * 16], "purpose_id") == []


def _with_scope(house: House, work: Any) -> Any:
    with scope(house.id):
        return work()


def _stop(done: int, whole: int) -> None:
    raise InterruptedError
