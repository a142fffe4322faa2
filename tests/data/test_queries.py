"""Each statement of queries.sql fits the migrated schema, the role that runs it, and the row that reads it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from izin.lib import sql

QUERIES = sql.load("izin.dispatch", "queries.sql")
# Who runs it, in the process that it belongs to: outbox and report in web and worker, statuses in the worker, the rest
# in the lanes.
WEB = {"freeze_audience", "apply_statuses", "close_uncertain", "close_queued", "finished_campaigns"}
WEB |= {"count_messages", "count_withdrawals", "count_signals", "forget_reached", "give_variant"}
WEB |= {"count_unresolved", "send_again"}
ARRAYS = {
    "note_reached": "contact_ids",
    "record_outcomes": "message_ids tokens states reasons codes wamid_indexes wamids_sealed retry_s",
    "apply_statuses": "tokens wamid_indexes statuses times codes",
}
# A lane of another test may be free to be leased; it is given back with the rollback.
LEASE = {"holder": "test", "ttl": 1}
Connect = Callable[..., psycopg.Connection[Any]]


@pytest.mark.parametrize("name", QUERIES)
def test_fits_the_schema_and_its_role(connect: Connect, name: str) -> None:
    from izin.dispatch.store import ROWS

    connection = connect("izin_web" if name in WEB else "izin_dispatch", autocommit=False)
    connection.execute("SELECT set_config('izin.organisation_id', %s, true)", [str(uuid4())])
    arrays = ARRAYS.get(name, "").split()
    names = set(re.findall(r"%\((\w+)\)[sb]", QUERIES[name]))
    assert set(arrays) <= names
    cursor = connection.execute(QUERIES[name], dict.fromkeys(names) | {array: [] for array in arrays} | LEASE)
    if name in ROWS:
        assert [column.name for column in cursor.description or ()] == [field.name for field in fields(ROWS[name])]
    connection.rollback()


def test_every_row_has_a_query() -> None:
    from izin.dispatch.store import ROWS

    assert set(ROWS) <= set(QUERIES)


# Each place where a state stands as a literal, by the words before it, and the choices that it must be one of.
def _choices() -> dict[str, set[str]]:
    from izin.campaigns.models import Campaign
    from izin.consent.models import Evidence, Standing
    from izin.contacts.models import Identity
    from izin.dispatch.models import Message

    states = set(Message.State.values)
    return {
        r"\bm\.state": states,
        r"\bh\.state": states,
        r"\bc\.state": set(Campaign.State.values),
        r"\bs\.standing": set(Standing.State.values),
        r"\bCASE s\.standing WHEN": set(Standing.State.values),
        r"\be\.act": set(Evidence.Act.values),
        r"\bi\.kind": set(Identity.Kind.values),
        r"\bSET state": states,
        r"(?<=WHERE )state": states,
        r"(?<=AND )state": states,
    }


def test_every_state_is_one_that_the_models_know() -> None:
    text = "\n".join(line for query in QUERIES.values() for line in query.splitlines() if not line.startswith("--"))
    seen = 0
    for place, allowed in _choices().items():
        for found in re.finditer(place + r"(?:\s+(?:=|IN|WHEN))?\s*\(?((?:\s*,?\s*'[a-z_]+')+)", text):
            literals = set(re.findall(r"'([a-z_]+)'", found[1]))
            assert literals <= allowed, (place, literals - allowed)
            seen += len(literals)
    for found in re.finditer(r"(?:SET|,)\s+state = CASE(.*?)END", text, re.DOTALL):
        literals = set(re.findall(r"(?:THEN|ELSE) '([a-z_]+)'", found[1]))
        assert literals <= _choices()[r"\bm\.state"], literals
        seen += len(literals)
    assert seen >= 40


def test_a_new_message_is_queued() -> None:
    """freeze_audience writes its first state as a bare literal."""
    from izin.dispatch.models import Message

    assert f"'{Message.State.QUEUED}', '', 0, 0" in QUERIES["freeze_audience"]


# By which index each of them finds its rows, as it begins; every other row is read by its key.
BATCH = {"arm_campaign": {"message_queue"}, "arm_answers": {"message_queue", "message_campaign"}}
BATCH |= {"record_outcomes": {"attempt_token"}, "apply_statuses": {"attempt_token"}}
BY_KEY = {"dispatch_message_own", "message_wamid", "message_held_back"}


@pytest.mark.parametrize(("name", "when"), [*((name, "all in line") for name in BATCH), ("record_outcomes", "new")])
def test_a_batch_reads_its_own_rows_and_not_all_that_came_before(connect: Connect, name: str, when: str) -> None:
    """Whatever PostgreSQL knows of the tables: a lane keeps to the plan that it made when nothing had been sent yet."""
    connection = connect("postgres", autocommit=False)
    organisation_id = str(uuid4())
    connection.execute("TRUNCATE dispatch_message, dispatch_attempt CASCADE")
    if when == "all in line":
        connection.execute("SET LOCAL session_replication_role = replica")  # no organisation, no lane, no people
        connection.execute(
            "INSERT INTO dispatch_message (id, organisation_id, campaign_id, contact_id, lane_id,"
            " template_id, country, state, reason, epoch, tries)"
            " SELECT izin_uuid7(), %(us)s, %(us)s, gen_random_uuid(), %(us)s, %(us)s, 'MY', 'queued', '', 0, 0"
            " FROM generate_series(1, 20000)",
            {"us": organisation_id},
        )
        connection.execute("ANALYZE dispatch_message")
    connection.execute(f"SET LOCAL ROLE {'izin_web' if name in WEB else 'izin_dispatch'}")
    connection.execute(QUERIES["read_by_key"], {"local": True})
    connection.execute("SELECT set_config('izin.organisation_id', %s, true)", [organisation_id])
    numbers: dict[str, int] = {}
    statement = re.sub(
        r"%\((\w+)\)[sb]", lambda found: f"${numbers.setdefault(found[1], len(numbers) + 1)}", QUERIES[name]
    )
    ((plan,),) = connection.execute(f"EXPLAIN (GENERIC_PLAN, FORMAT JSON) {statement}").fetchall()
    connection.rollback()
    scans = [
        node
        for node in _nodes(plan[0]["Plan"])
        if node.get("Relation Name") in ("dispatch_message", "dispatch_attempt")
    ]
    read = {node.get("Index Name", node["Node Type"]) for node in scans if node["Node Type"] != "ModifyTable"}
    assert len(read & BATCH[name]) == 1
    assert read <= BATCH[name] | BY_KEY


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)
