"""The ledger in PostgreSQL: appending, checkpoints in two places, and everything that somebody could change unseen."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import consent_cast as cast
import psycopg
import pytest
from consent_cast import NOON, House, line, number
from django.db import Error, connection

from izin.cli import ledger as command
from izin.consent import records
from izin.ledger import chain, checkpoints, log
from izin.ledger import verify as ledger_verify
from izin.ledger.models import Checkpoint, Entry, Head
from izin.organisations.scope import scope

Connection = psycopg.Connection[Any]


@pytest.fixture
def house(opened: None) -> House:
    """Three people from a file, one of whom withdrew, and a stranger who did; a checkpoint; one entry more."""
    house = cast.found()
    house.take_in(line(1), line(2), line(3))
    with scope(house.id):
        records.withdraw("phone", number(1), method="wa_keyword", at=NOON)
        records.withdraw("phone", number(9), method="wa_keyword", at=NOON)
    with scope(house.id):
        checkpoints.sign()
    with scope(house.id):
        log.append("test.after", {"the": "checkpoint"})
    return house


def size_of(house: House) -> int:
    with scope(house.id):
        return Head.objects.get().size


def found_in(house: House) -> str:
    """Everything that the fsck finds, through the command's own function."""
    told = command.verify(house.id)
    assert told["verified"] is (not told["problems"])
    return "\n".join(told["problems"])


# --- whole ---


def test_an_untouched_ledger_is_verified(house: House) -> None:
    told = command.verify(house.id)
    assert (told["problems"], told["entries"], told["checkpoints"]) == ([], size_of(house), 1)


def test_an_empty_ledger_is_verified(opened: None) -> None:
    house = cast.found("promosi")
    with cast.tampering() as hands:
        for table in ("consent_purpose", "notices_noticeversion", "ledger_entry", "ledger_head"):
            hands.execute(f"DELETE FROM {table} WHERE organisation_id = %s", [house.id])
    assert command.verify(house.id)["entries"] == 0
    assert found_in(house) == ""
    with scope(house.id):
        assert checkpoints.sign() is None


def test_an_entry_is_canonical_and_the_frontier_is_the_trees(house: House) -> None:
    with scope(house.id):
        leaves = list(log.leaves())
        frontier = chain.Frontier.from_bytes(bytes(Head.objects.get().frontier))
        entry = log.append("test.entry", {"b": 1, "a": "é"})
    assert [chain.canonical(json.loads(leaf)) for leaf in leaves] == leaves
    assert (frontier.size, frontier.root()) == (len(leaves), chain.root(map(chain.leaf_hash, leaves)))
    said = json.loads(entry.leaf)
    assert (said["seq"], said["organisation"], said["body"]) == (len(leaves), str(house.id), {"a": "é", "b": 1})


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_checkpoint"])
def test_the_application_itself_cannot_change_what_was_written(house: House, table: str, statement: str) -> None:
    with pytest.raises(Error), scope(house.id), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert found_in(house) == ""


def test_verifying_while_others_write_sees_one_moment(house: House) -> None:
    with scope(house.id):
        log.append("test.open", {})
        told = cast.in_thread(lambda: command.verify(house.id))
    assert told["problems"] == []
    assert told["entries"] + 1 == size_of(house)


# --- checkpoints ---


def test_a_checkpoint_is_signed_and_lies_in_both_places(house: House) -> None:
    with scope(house.id):
        row = Checkpoint.objects.get()
        key, second = checkpoints.verifier_key(), checkpoints.witness_file().read_text(encoding="utf-8")
        leaves = list(log.leaves())[: row.size]
    assert second == row.note
    said = chain.Checkpoint.parse(chain.verify_note(row.note, key))
    root = chain.root(map(chain.leaf_hash, leaves))
    assert said == chain.Checkpoint(f"izin/{house.id}", row.size, root)


def test_nothing_new_needs_no_new_checkpoint(house: House) -> None:
    with scope(house.id):
        assert checkpoints.sign() is not None
        assert checkpoints.sign() is None
        assert Checkpoint.objects.count() == 2


def test_one_organisations_checkpoint_says_nothing_for_another(house: House) -> None:
    other = cast.found("promosi")
    with scope(house.id):
        note = checkpoints.witness_file().read_text(encoding="utf-8")
    with scope(other.id):
        checkpoints.sign()
    with scope(other.id):
        checkpoints.witness_file().write_text(note, encoding="utf-8")
    assert "second place: the checkpoint there is not signed" in found_in(other)


# --- changed by somebody who owns the machine ---


def entry_of(hands: Connection, house: House, kind: str) -> int:
    row = hands.execute(
        "SELECT seq FROM ledger_entry WHERE organisation_id = %s AND kind = %s", [house.id, kind]
    ).fetchone()
    assert row is not None
    return int(row[0])


def flip_a_byte_in_a_leaf(hands: Connection, house: House) -> str:
    seq = entry_of(hands, house, "consent.withdrawn")
    change = "UPDATE ledger_entry SET leaf = set_byte(leaf, 40, get_byte(leaf, 40) # 1)"
    hands.execute(f"{change} WHERE organisation_id = %s AND seq = %s", [house.id, seq])
    return f"entry {seq}:"


def make_a_leaf_unreadable(hands: Connection, house: House) -> str:
    seq = entry_of(hands, house, "consent.imported")
    hands.execute(r"UPDATE ledger_entry SET leaf = '\xff00' WHERE organisation_id = %s AND seq = %s", [house.id, seq])
    return f"entry {seq}: the evidence rows"


def rewrite_a_leaf_whole(hands: Connection, house: House) -> str:
    seq = entry_of(hands, house, "notice.published")
    row = hands.execute("SELECT leaf FROM ledger_entry WHERE organisation_id = %s AND seq = %s", [house.id, seq])
    said = json.loads(row.fetchone()[0])  # type: ignore[index]
    leaf = chain.canonical(said | {"body": said["body"] | {"digest": "0" * 64}})
    hands.execute("UPDATE ledger_entry SET leaf = %s WHERE organisation_id = %s AND seq = %s", [leaf, house.id, seq])
    return "the entries below it were changed"


def delete_an_entry_in_the_middle(hands: Connection, house: House) -> str:
    hands.execute("DELETE FROM ledger_entry WHERE organisation_id = %s AND seq = 3", [house.id])
    return "entry 3: missing"


def cut_the_last_entries(hands: Connection, house: House) -> str:
    hands.execute("DELETE FROM ledger_entry WHERE organisation_id = %s AND seq >= 4", [house.id])
    return "the log has 4"


def cut_the_last_entries_and_the_head(hands: Connection, house: House) -> str:
    roll_back(hands, house, 4)
    return "second place: a later checkpoint was signed"


def cut_and_append_others(hands: Connection, house: House) -> str:
    """The log is as long as it was, of other entries, in order, with a head that fits: only a signature tells."""
    before = hands.execute("SELECT size FROM ledger_head WHERE organisation_id = %s", [house.id]).fetchone()
    assert before is not None
    roll_back(hands, house, before[0] - 3)
    hands.commit()
    with scope(house.id):
        for _ in range(3):
            log.append("test.other", {})
    return "were signed there were changed"


def swap_two_entries(hands: Connection, house: House) -> str:
    hands.execute(
        "UPDATE ledger_entry a SET leaf = b.leaf, kind = b.kind, at = b.at, subject_ref = b.subject_ref "
        "FROM ledger_entry b WHERE a.organisation_id = %s AND b.organisation_id = a.organisation_id "
        "AND a.seq IN (2, 3) AND b.seq = 5 - a.seq",
        [house.id],
    )
    return "entry 2: missing, out of order"


def change_the_kind(hands: Connection, house: House) -> str:
    hands.execute("UPDATE ledger_entry SET kind = 'x' WHERE organisation_id = %s AND seq = 2", [house.id])
    return "entry 2:"


def change_the_time(hands: Connection, house: House) -> str:
    hands.execute(
        "UPDATE ledger_entry SET at = at - interval '1 hour' WHERE organisation_id = %s AND seq = 2", [house.id]
    )
    return "entry 2:"


def change_the_subject(hands: Connection, house: House) -> str:
    hands.execute(
        "UPDATE ledger_entry SET subject_ref = %s WHERE organisation_id = %s AND seq = 2", [uuid4(), house.id]
    )
    return "entry 2:"


def change_the_head(hands: Connection, house: House) -> str:
    hands.execute(
        "UPDATE ledger_head SET frontier = set_byte(frontier, 20, get_byte(frontier, 20) # 1) "
        "WHERE organisation_id = %s",
        [house.id],
    )
    return "head: says"


def date_the_evidence_later(hands: Connection, house: House) -> str:
    seq = entry_of(hands, house, "consent.withdrawn")
    hands.execute(
        "UPDATE consent_evidence SET at = at - interval '2 years' WHERE organisation_id = %s AND act = 'withdrawn'",
        [house.id],
    )
    return f"entry {seq}: the evidence rows"


def turn_a_refusal_into_a_yes(hands: Connection, house: House) -> str:
    seq = entry_of(hands, house, "consent.withdrawn")
    hands.execute(
        "UPDATE consent_evidence SET act = 'given' WHERE organisation_id = %s AND act = 'withdrawn'", [house.id]
    )
    return f"entry {seq}: the evidence rows"


def change_what_was_said(hands: Connection, house: House) -> str:
    seq = entry_of(hands, house, "consent.imported")
    hands.execute(
        "UPDATE consent_evidence SET payload_sealed = set_byte(payload_sealed, 30, get_byte(payload_sealed, 30) # 1) "
        "WHERE organisation_id = %s AND entry_seq = %s AND position = 1",
        [house.id, seq],
    )
    return f"evidence under entry {seq}: row 1 does not open"


def give_the_evidence_to_somebody_else(hands: Connection, house: House) -> str:
    seq = entry_of(hands, house, "consent.imported")
    hands.execute(
        "UPDATE consent_evidence e SET contact_id = (SELECT contact_id FROM consent_evidence o WHERE "
        "o.organisation_id = e.organisation_id AND o.entry_seq = e.entry_seq AND o.position = 2) "
        "WHERE organisation_id = %s AND entry_seq = %s AND position = 1",
        [house.id, seq],
    )
    return f"evidence under entry {seq}: row 1 does not open"


def delete_a_row_of_evidence(hands: Connection, house: House) -> str:
    seq = entry_of(hands, house, "consent.imported")
    hands.execute(
        "DELETE FROM consent_evidence WHERE organisation_id = %s AND entry_seq = %s AND position = 2", [house.id, seq]
    )
    return f"entry {seq}: the evidence rows"


def invent_evidence(hands: Connection, house: House) -> str:
    hands.execute(
        "INSERT INTO consent_evidence (id, organisation_id, contact_id, subject_ref, purpose_id, act, method, at, "
        "received_at, notice_version_id, language, entry_seq, position, commitment, payload_sealed) "
        "SELECT gen_random_uuid(), organisation_id, contact_id, subject_ref, purpose_id, 'given', method, now(), "
        "now(), notice_version_id, language, 999, 0, commitment, payload_sealed FROM consent_evidence "
        "WHERE organisation_id = %s AND position = 0 AND act = 'attested'",
        [house.id],
    )
    return "evidence under entry 999: the ledger does not know it"


def turn_a_standing(hands: Connection, house: House) -> str:
    row = hands.execute(
        "UPDATE consent_standing SET standing = 'granted' WHERE organisation_id = %s AND standing = 'refused' "
        "RETURNING id",
        [house.id],
    ).fetchone()
    assert row is not None
    return f"standing {row[0]}: differs"


def prolong_a_standing(hands: Connection, house: House) -> str:
    row = hands.execute(
        "UPDATE consent_standing SET valid_until = NULL WHERE organisation_id = %s AND standing = 'granted' "
        "RETURNING id",
        [house.id],
    ).fetchone()
    assert row is not None
    return f"standing {row[0]}: differs"


def delete_every_standing_of_a_person(hands: Connection, house: House) -> str:
    row = hands.execute(
        "DELETE FROM consent_standing WHERE organisation_id = %s AND standing = 'refused' RETURNING contact_id",
        [house.id],
    ).fetchone()
    assert row is not None
    return f"standing {row[0]}: differs"


def change_a_checkpoint(hands: Connection, house: House) -> str:
    hands.execute(
        r"UPDATE ledger_checkpoint SET note = regexp_replace(note, '\n\d+\n', E'\n2\n') WHERE organisation_id = %s",
        [house.id],
    )
    return "the signature is not ours"


def move_a_checkpoint(hands: Connection, house: House) -> str:
    hands.execute("UPDATE ledger_checkpoint SET size = 2 WHERE organisation_id = %s", [house.id])
    return "checkpoint over 2 entries"


def claim_a_later_checkpoint(hands: Connection, house: House) -> str:
    hands.execute("UPDATE ledger_checkpoint SET size = 99 WHERE organisation_id = %s", [house.id])
    return "checkpoint over 99 entries: the log is shorter"


def empty_the_second_place(hands: Connection, house: House) -> str:
    with scope(house.id):
        checkpoints.witness_file().unlink()
    return "second place: nothing is there"


def spoil_the_second_place(hands: Connection, house: House) -> str:
    with scope(house.id):
        checkpoints.witness_file().write_bytes(b"\xff\x00 no note")
    return "second place: the checkpoint there is not signed"


def roll_back(hands: Connection, house: House, size: int) -> None:
    """The tables as an older backup has them: fewer entries, the head of that day, no later checkpoint."""
    found = hands.execute(
        "DELETE FROM ledger_entry WHERE organisation_id = %s AND seq >= %s RETURNING seq", [house.id, size]
    )
    assert found.fetchall()
    frontier = chain.Frontier()
    for (leaf,) in hands.execute("SELECT leaf FROM ledger_entry WHERE organisation_id = %s ORDER BY seq", [house.id]):
        frontier.append(chain.leaf_hash(leaf))
    hands.execute(
        "UPDATE ledger_head SET size = %s, frontier = %s WHERE organisation_id = %s",
        [size, frontier.to_bytes(), house.id],
    )
    hands.execute("DELETE FROM ledger_checkpoint WHERE organisation_id = %s AND size > %s", [house.id, size])
    hands.execute("DELETE FROM consent_evidence WHERE organisation_id = %s AND entry_seq >= %s", [house.id, size])


TAMPERINGS: list[Callable[[Connection, House], str]] = [
    flip_a_byte_in_a_leaf,
    make_a_leaf_unreadable,
    rewrite_a_leaf_whole,
    delete_an_entry_in_the_middle,
    cut_the_last_entries,
    cut_the_last_entries_and_the_head,
    cut_and_append_others,
    swap_two_entries,
    change_the_kind,
    change_the_time,
    change_the_subject,
    change_the_head,
    date_the_evidence_later,
    turn_a_refusal_into_a_yes,
    change_what_was_said,
    give_the_evidence_to_somebody_else,
    delete_a_row_of_evidence,
    invent_evidence,
    turn_a_standing,
    prolong_a_standing,
    delete_every_standing_of_a_person,
    change_a_checkpoint,
    move_a_checkpoint,
    claim_a_later_checkpoint,
    empty_the_second_place,
    spoil_the_second_place,
]


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_every_change_is_reported_with_its_place(house: House, tamper: Callable[[Connection, House], str]) -> None:
    assert found_in(house) == ""
    with cast.tampering() as hands:
        place = tamper(hands, house)
    assert place in found_in(house)
    assert not re.search(r"6012345\d|Orang", found_in(house))


# --- a restored backup ---


def test_an_older_backup_is_told_from_the_second_place(house: House) -> None:
    with cast.tampering() as hands:
        roll_back(hands, house, 4)
    with scope(house.id), pytest.raises(checkpoints.RolledBack, match="has 4 entries"):
        checkpoints.refuse_when_rolled_back()
    with scope(house.id), pytest.raises(checkpoints.RolledBack):
        checkpoints.sign()
    with scope(house.id):
        log.append("test.after", {"the": "restore"})  # life goes on, but nothing is signed and nothing is sent
    with scope(house.id), pytest.raises(checkpoints.RolledBack):
        checkpoints.sign()


def test_a_backup_that_ends_at_a_checkpoint_of_its_own_is_told_too(house: House) -> None:
    with scope(house.id):
        checkpoints.sign()
        older = Checkpoint.objects.order_by("size").first()
    assert older is not None
    with cast.tampering() as hands:
        roll_back(hands, house, older.size)
    with scope(house.id), pytest.raises(checkpoints.RolledBack):
        checkpoints.sign()


def test_an_empty_database_behind_a_signed_second_place_is_told(house: House) -> None:
    with cast.tampering() as hands:
        for table in ("ledger_entry", "ledger_head", "ledger_checkpoint"):
            hands.execute(f"DELETE FROM {table} WHERE organisation_id = %s", [house.id])
    with scope(house.id), pytest.raises(checkpoints.RolledBack, match="has 0 entries"):
        checkpoints.sign()


def test_a_spoilt_second_place_is_refused_with_a_sentence(house: House) -> None:
    with scope(house.id):
        checkpoints.witness_file().write_bytes(b"\xff\x00 no note")
        with pytest.raises(checkpoints.SecondPlaceDamaged, match="signed"):
            checkpoints.refuse_when_rolled_back()
        with pytest.raises(checkpoints.SecondPlaceDamaged):
            checkpoints.sign()


def test_a_whole_database_is_not_held_back(house: House) -> None:
    with scope(house.id):
        checkpoints.refuse_when_rolled_back()
        assert ledger_verify.verify().checkpoints == 1


# --- the command ---


def run(house: House, *options: str) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-m", "izin", "ledger", "verify", "--organisation", house.slug, *options]
    return subprocess.run(arguments, env=dict(os.environ), capture_output=True, text=True, check=False, timeout=120)


def test_the_command_says_verified_and_then_what_was_changed(house: House) -> None:
    good = run(house, "--json")
    assert good.returncode == 0, good.stderr
    (told,) = json.loads(good.stdout)
    assert told == {
        "organisation": house.slug,
        "entries": size_of(house),
        "checkpoints": 1,
        "time_stamps": 0,
        "verified": True,
        "problems": [],
        "verifier_key": told["verifier_key"],
    }
    with scope(house.id):
        chain.verify_note(Checkpoint.objects.get().note, told["verifier_key"])
        seq = Entry.objects.get(kind="consent.imported").seq
    with cast.tampering() as hands:
        change_what_was_said(hands, house)
    bad = run(house)
    assert bad.returncode == 1
    assert "NOT VERIFIED" in bad.stdout
    assert f"evidence under entry {seq}: row 1 does not open" in bad.stdout


# --- nothing is signed that is no continuation ---


def test_a_log_that_went_another_way_is_neither_signed_nor_sent_from(house: House) -> None:
    """A backup was restored and grew past what had been signed: the size alone tells nothing."""
    with scope(house.id):
        checkpoints.sign()
        signed = Head.objects.get().size
    with cast.tampering() as hands:
        roll_back(hands, house, 4)
        hands.execute("DELETE FROM ledger_checkpoint WHERE organisation_id = %s", [house.id])
    with scope(house.id):
        for number in range(signed):
            log.append("test.after", {"the": "restore", "number": number})
    with scope(house.id), pytest.raises(checkpoints.Rewritten, match="not those that were signed"):
        checkpoints.refuse_when_rolled_back()
    with scope(house.id), pytest.raises(checkpoints.Rewritten):
        checkpoints.sign()


@pytest.mark.parametrize("table", ["ledger_head", "ledger_checkpoint"])
def test_a_frontier_that_was_changed_is_not_signed(house: House, table: str) -> None:
    with cast.tampering() as hands:
        change = f"UPDATE {table} SET frontier = set_byte(frontier, 20, get_byte(frontier, 20) # 1)"
        hands.execute(f"{change} WHERE organisation_id = %s", [house.id])
    with scope(house.id), pytest.raises(checkpoints.Rewritten):
        checkpoints.sign()
    assert found_in(house)


def test_what_was_signed_and_rolled_back_is_seen_by_nobody(house: House) -> None:
    with scope(house.id):
        before = checkpoints.witness_file().read_text(encoding="utf-8")
    with pytest.raises(RuntimeError), scope(house.id):
        assert checkpoints.sign() is not None
        raise RuntimeError
    with scope(house.id):
        assert checkpoints.witness_file().read_text(encoding="utf-8") == before
        assert Checkpoint.objects.count() == 1
