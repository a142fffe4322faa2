"""``izin ledger verify``: recompute everything, and say whether every byte is where it was."""

import argparse
import json
from typing import Any
from uuid import UUID

from izin.cli.terminal import organisation


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verbs = subparsers.add_parser("ledger", help="verify the ledger").add_subparsers(metavar="verb", required=True)
    verify = verbs.add_parser("verify", help="recompute entries, checkpoints, time stamps, evidence and every standing")
    verify.add_argument("--organisation", help="one organisation's address; all when left out")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(handler=run)


def run(parsed: argparse.Namespace) -> int:
    """Print what was recomputed; returns 1 when something differs."""
    from izin.organisations import registry

    ids = [organisation(parsed.organisation)] if parsed.organisation else registry.organisation_ids()
    found = [verify(organisation_id) for organisation_id in ids]
    if parsed.json:
        print(json.dumps(found))
    else:
        for one in found:
            counted = f"{one['entries']} entries, {one['checkpoints']} checkpoints, {one['time_stamps']} time stamps"
            print(f"{one['organisation']}: {counted}:", end=" ")
            print("verified" if one["verified"] else "NOT VERIFIED")
            for problem in one["problems"]:
                print(f"  {problem}")
    return 0 if all(one["verified"] for one in found) else 1


def verify(organisation_id: UUID) -> dict[str, Any]:
    """The fsck of one organisation: ledger, evidence, standings, all of one moment while others go on writing."""
    from django.db import connection, transaction

    from izin.consent import verify as consent
    from izin.ledger import checkpoints
    from izin.ledger import verify as ledger
    from izin.organisations.models import Organisation
    from izin.organisations.scope import scope

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with scope(organisation_id):
            name = Organisation.objects.get(id=organisation_id).slug
            report = ledger.verify()
            problems = report.problems + consent.verify()
            key = checkpoints.verifier_key()
    return {
        "organisation": name,
        "entries": report.entries,
        "checkpoints": report.checkpoints,
        "time_stamps": report.stamps,
        "verified": not problems,
        "problems": problems,
        "verifier_key": key,
    }
