"""Many people with a standing consent, written straight into the tables: an import would take as long as the measure.

The first ones are sealed as the book seals them and can be written to; the others are rows of the same size with bytes
that nobody can open, for they are planned and never reached.
"""

import secrets
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg

from bench.numbers import number

if TYPE_CHECKING:
    from bench.ground import Ground

FILLER = """
CREATE TEMP TABLE filler ON COMMIT DROP AS
SELECT izin_uuid7() AS id, uuid_send(gen_random_uuid()) AS index FROM generate_series(1, {people});
INSERT INTO contacts_contact (id, organisation_id, subject_ref, name_sealed, language, country, created_at)
SELECT f.id, p.organisation_id, gen_random_uuid(), p.name_sealed, p.language, p.country, p.created_at
  FROM filler f, contacts_contact p WHERE p.id = '{like}';
INSERT INTO contacts_subjectkey (id, organisation_id, contact_id, wrapped)
SELECT f.id, k.organisation_id, f.id, k.wrapped FROM filler f, contacts_subjectkey k WHERE k.contact_id = '{like}';
INSERT INTO contacts_identity (id, organisation_id, contact_id, kind, index, suppression_index, sealed)
SELECT f.id, i.organisation_id, f.id, i.kind, f.index, f.index, i.sealed
  FROM filler f, contacts_identity i WHERE i.contact_id = '{like}';
INSERT INTO consent_standing (id, organisation_id, contact_id, purpose_id, standing, because_id)
SELECT f.id, s.organisation_id, f.id, s.purpose_id, s.standing, s.because_id
  FROM filler f, consent_standing s WHERE s.contact_id = '{like}' AND s.purpose_id = '{purpose}';
"""


def fill(place: "Ground", lane: int, people: int, *, readable: int | None = None) -> None:
    """Let so many people stand for the lane's purpose; ``readable`` of them (all) can be written to."""
    from izin.consent.models import Purpose, Standing
    from izin.organisations.keys import keys
    from izin.organisations.scope import scope

    place.populate(lane, 1)
    with scope(place.organisation_id):
        organisation_keys = keys()
        purpose = Purpose.objects.get(key=f"promosi-{lane}")
        first = Standing.objects.get(purpose=purpose)
    real = people if readable is None else min(people, readable)
    with place.superuser(autocommit=False) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")  # each foreign key is met by construction
        _copy_readable(connection, place.organisation_id, organisation_keys, purpose.id, first.because_id, lane, real)
        if people > real:
            connection.execute(FILLER.format(people=people - real, like=first.contact_id, purpose=purpose.id))


def _copy_readable(
    connection: "psycopg.Connection[Any]",
    organisation_id: UUID,
    organisation_keys: Any,
    purpose_id: UUID,
    because_id: UUID,
    lane: int,
    people: int,
) -> None:
    from izin.lib.clock import now
    from izin.lib.ids import uuid7
    from izin.lib.keyring import associated, blind_index, new_key, seal, wrap

    def place_of(table: str, column: str, row: UUID) -> bytes:
        return associated(organisation_id, table, column, row)

    moment, start = now(), uuid7().int
    tables: dict[str, list[tuple[Any, ...]]] = {"contact": [], "subjectkey": [], "identity": [], "standing": []}
    for nth in range(1, people):  # the first one came by an import
        id_, key, written = UUID(int=start + nth), new_key(), number(lane, nth)
        name = seal(key, f"Orang {nth}", place_of("contacts_contact", "name_sealed", id_))
        wrapped = wrap(organisation_keys.wrapping, key, place_of("contacts_subjectkey", "wrapped", id_))
        index = blind_index(organisation_keys.index, "phone", written)
        suppression = blind_index(organisation_keys.suppression, "phone", written)
        sealed = seal(key, written, place_of("contacts_identity", "sealed", id_))
        row = (id_, organisation_id)
        tables["contact"].append((*row, UUID(bytes=secrets.token_bytes(16)), name, ("ms", "en")[nth % 2], "MY", moment))
        tables["subjectkey"].append((*row, id_, wrapped))
        tables["identity"].append((*row, id_, "phone", index, suppression, sealed))
        tables["standing"].append((*row, id_, purpose_id, "granted", because_id))
    columns = {
        "contacts_contact": ("subject_ref, name_sealed, language, country, created_at", tables["contact"]),
        "contacts_subjectkey": ("contact_id, wrapped", tables["subjectkey"]),
        "contacts_identity": ("contact_id, kind, index, suppression_index, sealed", tables["identity"]),
        "consent_standing": ("contact_id, purpose_id, standing, because_id", tables["standing"]),
    }
    for table, (names, rows) in columns.items():
        with connection.cursor().copy(f"COPY {table} (id, organisation_id, {names}) FROM STDIN") as copy:
            for one in rows:
                copy.write_row(one)
