"""The ledger: entries a second with a commit each, recomputing, and what evidence for an outsider costs and weighs.

Recomputing reads every entry, hashes it and holds it against its columns; its ceiling is the hashing alone.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

from bench.ground import ground
from bench.registry import Options, figure

NAME = "ledger"
RUNS = 3
APPENDS = 200
WRITERS = 4
ENTRIES = 5_000
PEOPLE = 200


def measure(_options: Options) -> list[dict[str, Any]]:
    with ground() as place:
        from izin.organisations import registry

        others = [registry.found("Penyewa", slug=f"penyewa-{number}").id for number in range(WRITERS)]
        ours = place.organisation_id
        alone = [_rate(APPENDS, lambda: _append(ours, APPENDS)) for _ in range(RUNS)]
        same = [_rate(APPENDS * WRITERS, lambda: _in_threads([ours] * WRITERS)) for _ in range(RUNS)]
        many = [_rate(APPENDS * WRITERS, lambda: _in_threads(others)) for _ in range(RUNS)]
        place.populate(0, PEOPLE)
        return [
            figure("ledger: appends, one organisation", alone, "entries/s"),
            figure(f"ledger: appends, one organisation, {WRITERS} writers", same, "entries/s"),
            figure(f"ledger: appends, {WRITERS} organisations", many, "entries/s"),
            *_verified(others[0]),
            *_evidence(ours),
        ]


def _rate(count: int, work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def _append(organisation_id: UUID, count: int) -> None:
    from izin.ledger import log
    from izin.organisations.scope import scope

    for number in range(count):
        with scope(organisation_id):
            log.append("bench.entry", {"number": number}, subject_ref=uuid4())


def _in_threads(organisations: list[UUID]) -> None:
    def one(organisation_id: UUID) -> None:
        from django.db import connection

        try:
            _append(organisation_id, APPENDS)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(organisations)) as pool:
        list(pool.map(one, organisations))


def _verified(organisation_id: UUID) -> list[dict[str, Any]]:
    from izin.ledger import chain, log, verify
    from izin.organisations.scope import scope

    with scope(organisation_id):
        for number in range(ENTRIES):
            log.append("bench.entry", {"number": number}, subject_ref=uuid4())
    with scope(organisation_id):
        leaves = list(log.leaves())
        hashed = _rate(len(leaves), lambda: chain.root(map(chain.leaf_hash, leaves)) and None)
        runs = []
        for _ in range(RUNS):
            began = time.perf_counter()
            report = verify.verify()
            runs.append(report.entries / (time.perf_counter() - began))
            if report.problems:
                raise RuntimeError(report.problems[0])
    return [figure("ledger: entries recomputed", runs, "entries/s", ceiling=hashed)]


def _evidence(organisation_id: UUID) -> list[dict[str, Any]]:
    from izin.contacts.models import Contact
    from izin.evidence.person import bundle_of_person
    from izin.ledger import checkpoints
    from izin.organisations.scope import scope
    from izin_verify import bundle
    from izin_verify.note import Key

    made, verified, sizes, whole = [], [], [], []
    with scope(organisation_id):
        people = list(Contact.objects.values_list("subject_ref", flat=True)[:RUNS])
        key = Key.parse(checkpoints.verifier_key())
    for subject in people:
        with scope(organisation_id):
            began = time.perf_counter()
            raw = bundle_of_person(subject)
            made.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        bundle.verify(raw, key)
        verified.append((time.perf_counter() - began) * 1000)
        sizes.append(len(raw) / 1024)
    with scope(organisation_id):
        whole.append(len(bundle_of_person(people[0], whole_log=True)) / 1024)
    return [
        figure("ledger: a person's bundle made", made, "ms"),
        figure("ledger: a person's bundle verified", verified, "ms"),
        figure("ledger: a person's bundle", sizes, "KiB", peers={"with the whole log": whole[0]}),
    ]
