"""``izin import FILE``: take in contacts that carry evidence of their consent."""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from izin.cli.terminal import NotFound, Progress, organisation

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
    take.set_defaults(handler=run)


def run(parsed: argparse.Namespace) -> int:
    """Import, show what became of each refused row, and return 1 when the whole file was refused."""
    from izin.consent import intake
    from izin.consent.models import Purpose
    from izin.organisations.scope import scope

    organisation_id = organisation(parsed.organisation)
    try:
        body = parsed.file.read_bytes()
    except OSError as error:
        raise NotFound(f"The file {parsed.file} cannot be read: {error.strerror}.") from None
    with scope(organisation_id):
        purpose = Purpose.objects.filter(key=parsed.purpose).first()
        if purpose is None:
            known = ", ".join(Purpose.objects.values_list("key", flat=True)) or "none yet"
            raise NotFound(f"There is no purpose “{parsed.purpose}” (known: {known}).")
        file, is_new = intake.receive(body, name=parsed.file.name, purpose=purpose)
    progress = Progress("import")
    file = intake.take_in(organisation_id, file.id, country=parsed.country, progress=progress.show)
    progress.end()
    print(json.dumps(summary(file)) if parsed.json else table(file, parsed.language, is_new=is_new))
    return 1 if file.state == file.State.REFUSED else 0


def summary(file: "ContactFile") -> dict[str, object]:
    """The counts of an import as JSON."""
    by_code = Counter(rejection["code"] for rejection in file.rejections)
    return {
        "state": file.state,
        "refusal": file.refusal,
        "rows": file.rows,
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
    lines.append(f"{file.rows} rows: {file.granted} with consent, {file.withdrawn} marked as withdrawn,")
    lines.append(f"{len(file.rejections)} refused and not kept.")
    for rejection in file.rejections[:SHOWN]:
        place = f"line {rejection['line']}" + (f", {rejection['column']}" if rejection["column"] else "")
        lines.append(f"  {place}: {explain(rejection['code'], language)}")
    if len(file.rejections) > SHOWN:
        lines.append(f"  … and {len(file.rejections) - SHOWN} more; --json counts them all by reason.")
    return "\n".join(lines)
