"""``izin erasure``: erase a person, verify erasures, and carry them out again after an older backup was restored."""

import argparse
import json
from uuid import UUID

from izin.cli.terminal import NotFound, number_from_input, organisation, say


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verbs = subparsers.add_parser("erasure", help="erase a person, verify erasures, replay them").add_subparsers(
        metavar="verb", required=True
    )
    person = verbs.add_parser("person", help="erase one person; the number is read from standard input")
    person.add_argument("--plan", action="store_true", help="only say what would go and what would stay")
    person.set_defaults(handler=run_person)
    verify = verbs.add_parser("verify", help="hold the tables and the journal against every erasure")
    verify.add_argument("reference", type=UUID, nargs="?", help="only this one, by the reference in its certificate")
    verify.set_defaults(handler=run_verify)
    replay = verbs.add_parser("replay", help="carry out again what a restored backup has undone")
    replay.set_defaults(handler=run_replay)
    for verb in (person, verify, replay):
        verb.add_argument("--organisation")


def run_person(parsed: argparse.Namespace) -> int:
    """Print the plan, or erase and print the certificate, as JSON."""
    from izin.contacts import book
    from izin.organisations.scope import scope
    from izin.rights import acts, erasure

    organisation_id, number = organisation(parsed.organisation), number_from_input()
    with scope(organisation_id):
        person = book.find("phone", number)
        if person is None:
            raise NotFound("Nobody in the book has this number.")
        if parsed.plan:
            plan = erasure.look(person)
            rows = {step.table: {"fate": step.fate, "ground": step.ground, "rows": step.rows} for step in plan.goes}
            kept = {step.table: {"fate": step.fate, "ground": step.ground} for step in plan.stays}
            print(json.dumps({"goes": rows, "stays": kept}, indent=2))
            return 0
        made = acts.erase(person, channel="letter", identity="staff").as_json()
    print(json.dumps(made, indent=2))
    return 0


def run_verify(parsed: argparse.Namespace) -> int:
    """Print the problems; returns 1 when there is one."""
    from izin.organisations.scope import scope
    from izin.rights import erasure

    organisation_id = organisation(parsed.organisation)
    with scope(organisation_id):
        problems = erasure.verify(parsed.reference)
    for problem in problems:
        print(problem)
    say("NOT VERIFIED" if problems else "verified: nothing leads to anybody who was erased")
    return 1 if problems else 0


def run_replay(parsed: argparse.Namespace) -> int:
    """Erase again whom the journal names and the ledger does not."""
    from izin.organisations.scope import scope
    from izin.rights import erasure

    with scope(organisation(parsed.organisation)):
        done = erasure.replay()
    say(f"{done} erasures carried out again; the journal and the ledger agree.")
    return 0
