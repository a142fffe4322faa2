"""``izin compliance``: one dated report of everything that the officer must be able to show; deletions by hand."""

import argparse
import json
from pathlib import Path

from izin.cli.terminal import NotFound, organisation, say


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verbs = subparsers.add_parser("compliance", help="the compliance report; retention").add_subparsers(
        metavar="verb", required=True
    )
    report = verbs.add_parser("report", help="write one dated PDF and JSON of it all; the ledger is recomputed")
    report.add_argument("--output", type=Path, default=Path(), help="the folder to write to (this one)")
    report.add_argument("--language", choices=("ms", "en"), default="ms")
    report.add_argument("--law", type=Path, help="law-report.md as “make law” wrote it; its sums are taken over")
    report.set_defaults(handler=run_report)
    retention = verbs.add_parser("retention", help="what would be deleted now, by kind")
    retention.add_argument("--run", action="store_true", help="delete it now, and keep the report of the day")
    retention.set_defaults(handler=run_retention)
    for verb in (report, retention):
        verb.add_argument("--organisation")


def run_report(parsed: argparse.Namespace) -> int:
    """Make the report, keep it as a version, and write both files; the ledger gets its digest."""
    from izin.compliance import report
    from izin.compliance.report_files import as_json, as_pdf
    from izin.organisations.models import Organisation
    from izin.organisations.scope import current, scope
    from izin.rights.register import day_of

    if not parsed.output.is_dir():
        raise NotFound(f"There is no folder {parsed.output}.")
    with scope(organisation(parsed.organisation)):
        row = report.make(by=None, law=_sums(parsed.law), recompute=True)
        who = Organisation.objects.get(id=current())
        stem = f"compliance-{who.slug}-{day_of(row.made_at)}-{row.number}"
        files = {f"{stem}-{parsed.language}.pdf": as_pdf(row, parsed.language, who.name), f"{stem}.json": as_json(row)}
    for name, content in files.items():
        (parsed.output / name).write_bytes(content)
        print(parsed.output / name)
    missing = row.content["missing"]
    say(f"{len(missing)} things are missing; the report names them." if missing else "Nothing is missing.")
    return 0


def run_retention(parsed: argparse.Namespace) -> int:
    """Print what is due by rule, or what was deleted, as JSON."""
    from izin.compliance import sweeping
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    organisation_id = organisation(parsed.organisation)
    if parsed.run:
        print(json.dumps(sweeping.run(organisation_id), indent=2))
        return 0
    with scope(organisation_id):
        print(json.dumps(sweeping.preview(now()), indent=2))
    return 0


def _sums(file: Path | None) -> str:
    """The last line of the law matrix's report: how many rows are shown, open or failed."""
    if file is None:
        return ""
    try:
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError):
        lines = []
    if not lines:
        raise NotFound(f"The file {file} cannot be read. “make law” writes it.")
    return lines[-1]
