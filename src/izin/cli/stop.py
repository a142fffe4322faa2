"""``izin stop-sending`` and ``izin resume-sending``: the big red switch, for one organisation or for all of them."""

import argparse

from izin.cli.terminal import organisation, say


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    stop = subparsers.add_parser("stop-sending", help="stop all sending at once, of one organisation or of all")
    stop.set_defaults(handler=run_stop)
    resume = subparsers.add_parser("resume-sending", help="let them send again")
    resume.set_defaults(handler=run_resume)
    for verb in (stop, resume):
        whose = verb.add_mutually_exclusive_group(required=True)
        whose.add_argument("--organisation", metavar="ADDRESS", help="this organisation only")
        whose.add_argument("--installation", action="store_true", help="every organisation of this installation")


def run_stop(parsed: argparse.Namespace) -> int:
    """Nothing is decided any more once this has returned; what had left already still arrives."""
    from izin.campaigns import stopping
    from izin.organisations.scope import scope

    if parsed.installation:
        changed = stopping.stop_installation()
    else:
        with scope(organisation(parsed.organisation)):
            changed = stopping.stop(by=None)
    say("Nothing is sent any more. Let it go on with “izin resume-sending”." if changed else "It was stopped already.")
    return 0


def run_resume(parsed: argparse.Namespace) -> int:
    """Lift this stop; the other kind, if it stands, stays."""
    from izin.campaigns import stopping
    from izin.organisations.scope import scope

    if parsed.installation:
        changed = stopping.resume_installation()
    else:
        with scope(organisation(parsed.organisation)):
            changed = stopping.resume(by=None)
    say("Sending goes on." if changed else "It was not stopped.")
    return 0
