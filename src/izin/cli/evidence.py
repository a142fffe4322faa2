"""``izin evidence``: hand out one zip file about a person or a campaign, which anybody can verify without us."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from izin.cli.terminal import NotFound, number_from_input, organisation, say
from izin.lib.errors import IzinError

if TYPE_CHECKING:
    from izin.campaigns.models import Campaign


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verbs = subparsers.add_parser("evidence", help="hand out evidence that anybody can verify").add_subparsers(
        metavar="verb", required=True
    )
    person = verbs.add_parser("person", help="about one person; the number is read from standard input")
    person.add_argument("--reference", type=UUID, help="the person's reference in the ledger, in place of a number")
    person.add_argument(
        "--whole-log", action="store_true", help="with every entry of the log: nothing can have been left out"
    )
    person.set_defaults(handler=run_person)
    campaign = verbs.add_parser("campaign", help="about one campaign")
    campaign.add_argument("campaign", help="its name, or its id")
    campaign.add_argument(
        "--opened", type=int, default=20, metavar="N", help="open the evidence of N recipients drawn by lot (20)"
    )
    campaign.set_defaults(handler=run_campaign)
    for verb in (person, campaign):
        verb.add_argument("--organisation")
        verb.add_argument("--output", type=Path, required=True, help="the zip file to write; must not exist yet")


def run_person(parsed: argparse.Namespace) -> int:
    """Write the bundle about the holder of a number, who is never named on the command line."""
    from izin.evidence.person import bundle_of_person
    from izin.organisations.scope import scope

    organisation_id = organisation(parsed.organisation)
    number = None if parsed.reference else number_from_input()
    with scope(organisation_id):
        subject = parsed.reference or _subject(number)
        made = bundle_of_person(subject, whole_log=parsed.whole_log)
    _write(parsed.output, made)
    return 0


def run_campaign(parsed: argparse.Namespace) -> int:
    """Write the bundle about a campaign."""
    from izin.evidence.campaign import bundle_of_campaign
    from izin.organisations.scope import scope

    organisation_id = organisation(parsed.organisation)
    with scope(organisation_id):
        made = bundle_of_campaign(_campaign(parsed.campaign), opened=parsed.opened)
    _write(parsed.output, made)
    return 0


def _subject(number: str | None) -> UUID:
    from izin.contacts import book

    person = book.find("phone", number or "")
    if person is None:
        raise NotFound("Nobody in the book has this number. After an erasure, ask by --reference.")
    return person.subject_ref


def _campaign(named: str) -> "Campaign":
    from izin.campaigns.models import Campaign

    campaigns = Campaign.objects.select_related("purpose", "sender")
    try:
        found = list(campaigns.filter(id=UUID(named)))
    except ValueError:
        found = list(campaigns.filter(name=named))
    if len(found) != 1:
        raise NotFound(f"There {'is no campaign' if not found else 'are several campaigns'} called “{named}”.")
    return found[0]


def _write(file: Path, made: bytes) -> None:
    """Write the bundle where only its owner may read it. Raises IzinError when the file is there already."""
    try:
        with file.open("xb") as out:
            file.chmod(0o600)
            out.write(made)
    except OSError as error:
        raise IzinError(f"The file {file} cannot be written: {error.strerror}.") from None
    say(f"{file}: {len(made):,} bytes. Check it with: izin-verify {file} --key KEY (izin ledger verify --json has it)")
