"""Giving, refusing and asking against a real PostgreSQL: standings, evidence, suppressions, notifications, races."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import consent_cast as cast
import pytest
from consent_cast import House, number, person

from izin.consent import joining, records, suppressions
from izin.consent.decision import Act
from izin.consent.models import Evidence, Standing, Suppression
from izin.consent.proof import open_payload
from izin.consent.records import NewFact
from izin.contacts import book
from izin.contacts.models import Identity
from izin.ledger import log
from izin.ledger.models import Entry
from izin.lib import clock
from izin.lib.keyring import Unreadable, new_key
from izin.lib.phone import PhoneNumber
from izin.organisations.scope import scope

NOON = cast.NOON
HOUR = timedelta(hours=1)


@pytest.fixture
def house(opened: None) -> House:
    return cast.found()


def fact(house: House, index: int, act: Act, purpose: str = "promosi", **more: Any) -> NewFact:
    more = {"at": NOON, "language": "ms", "payload": {"words": "Ya, saya setuju", "shown": "…"}} | more
    return NewFact(
        person(index), act, more.pop("method", "wa_keyword"), purpose=house.purposes[purpose],
        notice_version=house.versions[purpose], **more,
    )  # fmt: skip


def give(house: House, index: int, *purposes: str, **more: Any) -> None:
    with scope(house.id):
        records.give([fact(house, index, Act.GIVEN, purpose, **more) for purpose in purposes or ("promosi",)])


def withdraw(house: House, index: int, purpose: str | None = None, **more: Any) -> records.Withdrawal:
    more = {"method": "wa_keyword", "at": NOON + HOUR} | more
    with scope(house.id):
        return records.withdraw("phone", number(index), purpose=house.purposes[purpose] if purpose else None, **more)


def suppressed(house: House, index: int) -> set[str | None]:
    """The keys of the purposes for which this number is suppressed; None stands for everything."""
    with scope(house.id):
        rows = Suppression.objects.filter(index=book.suppression_index("phone", number(index)))
        return set(rows.values_list("purpose__key", flat=True))


# --- what each verb leaves behind ---


def test_a_given_consent_stands_with_its_end_and_its_evidence(house: House) -> None:
    give(house, 1)
    with scope(house.id):
        row = Standing.objects.get()
        evidence = Evidence.objects.get()
    assert (row.standing, row.valid_until, row.because_id) == ("granted", NOON + timedelta(days=730), evidence.id)
    assert house.standing(number(1), "jadual") is None
    assert house.problems() == []


def test_being_asked_leaves_the_person_pending(house: House) -> None:
    with scope(house.id):
        records.request([fact(house, 1, Act.REQUESTED)])
    assert house.standing(number(1)) == "pending"
    give(house, 1)
    with scope(house.id):
        records.request([fact(house, 1, Act.REQUESTED, at=NOON + HOUR)])
    assert house.standing(number(1)) == "granted"
    assert house.problems() == []


def test_brought_evidence_grants_and_is_one_entry_for_all_rows(house: House) -> None:
    with scope(house.id):
        before = Entry.objects.count()
        facts = [fact(house, index, Act.ATTESTED, method="paper") for index in range(5)]
        records.attest(facts, body={"purpose": "promosi", "file": "x"})
        assert Entry.objects.count() == before + 1
        assert list(Evidence.objects.order_by("position").values_list("position", flat=True)) == [0, 1, 2, 3, 4]
        assert set(Standing.objects.values_list("standing", flat=True)) == {"granted"}
    assert house.problems() == []


def test_a_refusal_never_gives_way_to_brought_evidence(house: House) -> None:
    give(house, 1)
    withdraw(house, 1)
    with scope(house.id):
        records.attest([fact(house, 1, Act.ATTESTED, at=NOON + 2 * HOUR)], body={"purpose": "promosi"})
    assert house.standing(number(1)) == "refused"
    assert house.problems() == []


def test_the_persons_own_yes_lifts_the_own_refusal(house: House) -> None:
    give(house, 1)
    withdraw(house, 1, "promosi")
    give(house, 1, at=NOON + 2 * HOUR)
    assert house.standing(number(1)) == "granted"
    assert suppressed(house, 1) == set()


def test_an_older_yes_that_arrives_late_lifts_nothing(house: House) -> None:
    withdrawn = withdraw(house, 1)
    assert withdrawn.contact_id is None
    give(house, 1, at=NOON)  # said an hour before the refusal, heard after it
    assert house.standing(number(1)) == "refused"
    assert suppressed(house, 1) == {None}


def test_an_objection_is_a_refusal(house: House) -> None:
    give(house, 1)
    withdraw(house, 1, act=Act.OBJECTED)
    assert house.standing(number(1)) == "refused"
    with scope(house.id):
        assert Entry.objects.order_by("-seq").first().kind == "consent.objected"
    assert house.problems() == []


def test_entries_are_gapless_and_name_the_subject_only_by_its_reference(house: House) -> None:
    give(house, 1, "promosi", "jadual")
    withdraw(house, 1)
    with scope(house.id):
        entries = list(Entry.objects.order_by("seq"))
        reference = person(1).subject_ref
    assert [entry.seq for entry in entries] == list(range(len(entries)))
    assert [entry.kind for entry in entries][-2:] == ["consent.given", "consent.withdrawn"]
    assert {entry.subject_ref for entry in entries[-2:]} == {reference}
    leaves = b"".join(bytes(entry.leaf) for entry in entries)
    for secret in (number(1), number(1)[1:], "Orang", "setuju"):
        assert secret.encode() not in leaves


def test_evidence_opens_with_the_persons_key_and_fits_its_commitment(house: House) -> None:
    give(house, 1)
    with scope(house.id):
        evidence = Evidence.objects.get()
        assert open_payload(evidence, person(1).key) == {"words": "Ya, saya setuju", "shown": "…"}
        with pytest.raises(Unreadable):
            open_payload(evidence, new_key())
        evidence.commitment = "0" * 64
        with pytest.raises(ValueError, match="commitment"):
            open_payload(evidence, person(1).key)


# --- refusing one purpose, everything, and by an unknown number ---


def test_refusing_one_purpose_leaves_the_other(house: House) -> None:
    give(house, 1, "promosi", "jadual")
    assert withdraw(house, 1, "promosi").purposes == 1
    assert [house.standing(number(1), key) for key in ("promosi", "jadual")] == ["refused", "granted"]
    assert suppressed(house, 1) == {"promosi"}


def test_refusing_everything_refuses_what_was_never_asked_too(house: House) -> None:
    give(house, 1)
    assert withdraw(house, 1).purposes == 2
    assert [house.standing(number(1), key) for key in ("promosi", "jadual")] == ["refused", "refused"]
    assert suppressed(house, 1) == {None}
    with scope(house.id):
        cast.add(house, "acara")
    assert house.standing(number(1), "acara") == "refused"
    assert house.problems() == []


def test_every_identity_of_a_person_is_suppressed(house: House) -> None:
    give(house, 1)
    with scope(house.id):
        book.learn(person(1), "bsuid", "MY.123")
        records.withdraw("bsuid", "MY.123", method="wa_keyword", at=NOON + HOUR)
        assert suppressions.suppressed_among([number(1)], house.purposes["jadual"]) == {number(1)}
    assert house.standing(number(1)) == "refused"


def test_an_unknown_number_is_refused_by_keyed_hash_alone(house: House) -> None:
    withdrawal = withdraw(house, 7)
    assert (withdrawal.contact_id, withdrawal.purposes) == (None, 0)
    with scope(house.id):
        assert not Identity.objects.exists()
        assert suppressions.suppressed_among([number(7), number(8)], house.purposes["promosi"]) == {number(7)}
        row = Suppression.objects.get()
        assert bytes(row.index) != book.suppression_index("phone", number(8))
        assert len(bytes(row.index)) == 16
        assert Entry.objects.order_by("-seq").first().subject_ref is None
    assert house.problems() == []


def test_the_latest_refusal_of_an_unknown_number_counts_in_either_order(house: House) -> None:
    for index, moments in enumerate(((1, 3), (3, 1))):
        for hours in moments:
            withdraw(house, index, at=NOON + hours * HOUR)
    with scope(house.id):
        assert list(Suppression.objects.values_list("since", flat=True)) == [NOON + 3 * HOUR] * 2


def test_lifting_a_refusal_of_everything_for_one_purpose_keeps_the_others(house: House) -> None:
    give(house, 1, "promosi", "jadual")
    withdraw(house, 1)
    give(house, 1, "promosi", at=NOON + 2 * HOUR)
    assert [house.standing(number(1), key) for key in ("promosi", "jadual")] == ["granted", "refused"]
    assert suppressed(house, 1) == {"jadual"}


def test_a_stranger_who_refused_everything_and_joins_one_purpose_has_refused_the_rest(house: House) -> None:
    withdraw(house, 1)
    give(house, 1, "promosi", at=NOON + 2 * HOUR)
    assert suppressed(house, 1) == {"jadual"}
    with scope(house.id):
        cast.add(house, "acara")
    assert [house.standing(number(1), key) for key in house.purposes] == ["granted", "refused", "refused"]
    assert house.take_in(cast.line(1, notice="acara@1"), purpose="acara").kept_refused == 1
    assert house.standing(number(1), "acara") == "refused"
    assert house.problems() == []


def test_a_late_join_after_a_stop_is_not_answered_with_a_welcome(house: House) -> None:
    with clock.frozen(NOON) as hands, scope(house.id):
        code = joining.issue_code(
            [(house.purposes["promosi"], house.versions["promosi"])], language="ms", shown_at=NOON
        )
        hands.move(HOUR)
        records.withdraw("phone", number(1), method="wa_keyword", at=clock.now())
        joined = joining.redeem(code, PhoneNumber(number(1)), at=NOON, message_id="wamid.1", text=code)
    assert joined is None
    assert house.standing(number(1)) == "refused"


def test_one_person_is_found_under_two_numbers(house: House) -> None:
    with scope(house.id):
        one = person(1)
        book.learn(one, "phone", number(2))
        assert book.find_many("phone", [number(1), number(2), number(3)]) == {number(1): one, number(2): one}
        assert person(2) == one


# --- several at once ---


def test_lanes_hear_of_a_withdrawal_when_it_commits_and_not_before(house: House) -> None:
    give(house, 1)
    with cast.raw("izin_dispatch", autocommit=True) as listener:
        listener.execute("LISTEN izin_withdrawal")
        with pytest.raises(ZeroDivisionError), scope(house.id):
            records.withdraw("phone", number(1), method="wa_keyword", at=NOON)
            raise ZeroDivisionError  # rolled back: nobody withdrew
        with scope(house.id):
            withdrawal = records.withdraw("phone", number(1), method="wa_keyword", at=NOON + HOUR)
            listener.execute("SELECT 1")
            assert list(listener.notifies(timeout=0)) == []
        heard = [one.payload for one in listener.notifies(timeout=30, stop_after=1)]
    assert heard == [f"{house.id} {withdrawal.contact_id}"]


def test_two_appenders_make_one_gapless_log(house: House) -> None:
    with scope(house.id):
        before = Entry.objects.count()
    start = Barrier(2)

    def append(name: str) -> None:
        start.wait()
        for turn in range(50):
            with scope(house.id):
                log.append("test.turn", {"name": name, "turn": turn})

    threads = [Thread(target=cast.in_own_connection, args=(lambda name=name: append(name),)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with scope(house.id):
        assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(before + 100))
    assert house.problems() == []


def test_a_stop_that_arrives_while_the_person_is_being_imported_is_not_lost(house: House) -> None:
    def stop() -> records.Withdrawal:
        return withdraw(house, 1)

    with scope(house.id):
        records.attest([fact(house, 1, Act.ATTESTED)], body={"purpose": "promosi"})
        stopping = cast.blocked(stop)
    assert stopping.result(60).purposes == 2
    assert house.standing(number(1)) == "refused"
    assert house.problems() == []
