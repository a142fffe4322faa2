"""``izin import FILE`` reads contacts with evidence of their consent; ``izin contacts review`` lets them count."""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from izin.cli.members import authenticate, member
from izin.cli.terminal import NotFound, Progress, organisation, say

if TYPE_CHECKING:
    from izin.consent.models import ContactFile

SHOWN = 20


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    take = subparsers.add_parser("import", help="take in a CSV file of contacts with evidence of their consent")
    take.add_argument("file", type=Path)
    take.add_argument("--purpose", required=True, help="the key of the purpose that they agreed to")
    take.add_argument("--organisation")
    take.add_argument("--country", default="MY", help="the country of numbers that begin with 0 (MY)")
    take.add_argument("--language", choices=["ms", "en"], default="en", help="of the reasons")
    take.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    take.add_argument("--by", help="e-mail address of whoever brings the file; somebody else must review it")
    take.set_defaults(handler=run)
    verbs = subparsers.add_parser("contacts", help="review an import").add_subparsers(metavar="verb", required=True)
    review = verbs.add_parser("review", help="look at a sample of an import's proofs, and let its rows count")
    review.add_argument("file", nargs="?", type=UUID, help="the import; the only one that waits when left out")
    review.add_argument("--organisation")
    review.add_argument("--reviewer", required=True, help="e-mail address of the reviewer or the officer who looks")
    review.add_argument("--reviewer-password-file", type=Path, help="asked for when left out")
    review.add_argument("--accept", action="store_true", help="every proof listed was opened, and fits")
    review.add_argument("--refuse", metavar="WHY", help="proof_missing, proof_differs or no_consent")
    review.add_argument("--language", choices=["ms", "en"], default="en", help="of the reasons")
    review.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    review.set_defaults(handler=run_review)


def run(parsed: argparse.Namespace) -> int:
    """Read the file, show what became of each refused row, and return 1 when the whole file was refused."""
    from izin.consent import files, intake
    from izin.consent.models import Purpose
    from izin.organisations.roles import COMPOSERS
    from izin.organisations.scope import scope

    organisation_id = organisation(parsed.organisation)
    by = member(organisation_id, parsed.by, COMPOSERS, "import contacts").id if parsed.by else None
    try:
        body = parsed.file.read_bytes()
    except OSError as error:
        raise NotFound(f"The file {parsed.file} cannot be read: {error.strerror}.") from None
    with scope(organisation_id):
        purpose = Purpose.objects.filter(key=parsed.purpose).first()
        if purpose is None:
            known = ", ".join(Purpose.objects.values_list("key", flat=True)) or "none yet"
            raise NotFound(f"There is no purpose “{parsed.purpose}” (known: {known}).")
        given = {"name": parsed.file.name, "purpose": purpose, "uploaded_by": by, "country": parsed.country}
        file, is_new = files.receive(body, **given)
    progress = Progress("import")
    file = intake.take_in(organisation_id, file.id, progress=progress.show)
    progress.end()
    return _show(file, parsed, is_new=is_new)


def run_review(parsed: argparse.Namespace) -> int:
    """Show the sampled rows; with ``--accept`` or ``--refuse`` decide, and then record what was let through."""
    from izin.consent import intake, review
    from izin.organisations.roles import REVIEWERS
    from izin.organisations.scope import scope

    organisation_id = organisation(parsed.organisation)
    reviewer = member(organisation_id, parsed.reviewer, REVIEWERS, "review imports")
    with scope(organisation_id):
        file = _waiting(parsed.file)
        say(f"Open the proof of each of these rows of import {file.id}, and see whether it says the same:")
        for line in _sample(file):
            say(f"  {line}")
    if not parsed.accept and not parsed.refuse:
        say("Then say --accept, or --refuse proof_missing, proof_differs or no_consent.")
        return 0
    authenticate(reviewer, parsed.reviewer_password_file)
    with scope(organisation_id):
        if parsed.refuse:
            file = review.refuse(file.id, by=reviewer.id, because=parsed.refuse)
        else:
            file = review.accept(file.id, by=reviewer.id, confirmed=review.lines_of(file))
    progress = Progress("recording")
    file = intake.take_in(organisation_id, file.id, progress=progress.show)
    progress.end()
    return _show(file, parsed, is_new=True)


def _waiting(file_id: UUID | None) -> "ContactFile":
    """The import that waits for its review. Raises NotFound."""
    from izin.consent.models import ContactFile

    waiting = ContactFile.objects.filter(state=ContactFile.State.REVIEW)
    found = list(waiting.filter(id=file_id) if file_id else waiting)
    if len(found) == 1:
        return found[0]
    known = ", ".join(str(one.id) for one in found)
    raise NotFound(f"Say which import: {known}." if found else "No such import waits for a review.")


def _sample(file: "ContactFile") -> list[str]:
    from django.utils.timezone import localtime

    from izin.consent import files

    return [
        f"line {one.line}: {one.number}, {localtime(one.consent_at):%Y-%m-%d}, {one.method}, {one.notice_version}"
        f", {one.source}" + (f", proof: {one.proof}" if one.proof else "")
        for one in files.sample_of(file)
    ]


def _show(file: "ContactFile", parsed: argparse.Namespace, *, is_new: bool) -> int:
    print(json.dumps(summary(file)) if parsed.json else table(file, parsed.language, is_new=is_new))
    return 1 if file.state == file.State.REFUSED else 0


def summary(file: "ContactFile") -> dict[str, object]:
    """The counts of an import as JSON."""
    by_code = Counter(rejection["code"] for rejection in file.rejections)
    return {
        "file": str(file.id),
        "state": file.state,
        "refusal": file.refusal,
        "rows": file.rows,
        "evidenced": file.evidenced,
        "grades": file.grades,
        "granted": file.granted,
        "withdrawn": file.withdrawn,
        "rejected": dict(by_code),
    }


def table(file: "ContactFile", language: str, *, is_new: bool) -> str:
    """The counts and the refused rows, for people."""
    from izin.contacts.spreadsheet_messages import explain

    if file.state == file.State.REFUSED:
        return explain(file.refusal, language)
    lines = [] if is_new else ["This file was imported before; nothing was taken in twice."]
    counted = (
        f"{file.granted} consents recorded" if file.state == file.State.DONE else f"{file.evidenced} with evidence"
    )
    lines.append(f"{file.rows} rows: {counted}, {file.withdrawn} marked as withdrawn,")
    lines.append(f"{len({one['line'] for one in file.rejections})} refused and not kept.")
    for rejection in file.rejections[:SHOWN]:
        place = f"line {rejection['line']}" + (f", {rejection['column']}" if rejection["column"] else "")
        lines.append(f"  {place}: {explain(rejection['code'], language)}")
    if len(file.rejections) > SHOWN:
        lines.append(f"  … and {len(file.rejections) - SHOWN} more; --json counts them all by reason.")
    if file.state == file.State.REVIEW:
        lines.append("Nothing of it counts until somebody else has looked at a sample of its proofs:")
        lines.append(f"  izin contacts review {file.id} --reviewer E-MAIL")
    return "\n".join(lines)
