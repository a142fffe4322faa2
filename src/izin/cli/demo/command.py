"""The demo command: play, check, report; then the web app stays up."""

import argparse
import json
import os
import signal
import sys
import time
from contextlib import ExitStack
from typing import Any

from izin.cli.demo.place import Place
from izin.cli.run import commands
from izin.cli.supervisor import Supervisor
from izin.cli.terminal import say
from izin.lib import embedded_postgres
from izin.lib.errors import IzinError

READY_S = 60.0


class NotReady(IzinError):
    """One of the demo's processes did not come up."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = subparsers.add_parser("demo", help="run a lawful campaign end to end, on real parts")
    demo.add_argument("--once", action="store_true", help="end after the report; exit code 0 if every promise held")
    demo.add_argument("--json", action="store_true", help="the report as one JSON object on standard output")
    demo.set_defaults(handler=run, django=False, database=False)


def run(parsed: argparse.Namespace) -> int:
    """Play the demo in a folder of its own; returns 1 when a promise was broken."""
    for foreign in [name for name in os.environ if name.startswith("IZIN_DATABASE_URL")]:
        del os.environ[foreign]  # the demo never touches a real installation's database
    place = Place()
    taken_up = place.enter()
    os.environ |= place.environment()
    if taken_up:
        say("An earlier demo was interrupted: going on where it stopped.")
    with ExitStack() as closing:
        closing.enter_context(embedded_postgres.running(place.data))
        _prepare()
        return _play(parsed, place, closing)


def _prepare() -> None:
    """Migrate as the owner in a process of its own, then set Django up as the web role in this one."""
    import subprocess

    import django

    migrated = subprocess.run([sys.executable, "-m", "izin", "database", "migrate", "--quiet"], check=False)
    if migrated.returncode:
        raise NotReady("The demo's database could not be migrated.")
    os.environ["IZIN_ROLE"] = "web"
    django.setup()


def _play(parsed: argparse.Namespace, place: Place, closing: ExitStack) -> int:
    from izin.cli.demo import check, play
    from izin.cli.demo.stage import set_stage, submit_templates

    begun = time.monotonic()
    stage = set_stage(place)
    supervisor = _supervisor(place)
    closing.callback(supervisor.stop)
    supervisor.start()
    _wait_until_ready(place)
    say("ready        database, simulator, door, worker, dispatch and web are up")
    submit_templates(place, stage)
    file = play.take_in(stage)
    say(
        f"imported     {file.rows} rows: {file.granted} with evidence, {file.withdrawn} withdrawn earlier, rest refused"
    )
    campaign_id = play.launch(place, stage)
    report = play.watch(place, stage, campaign_id)
    place.memory.seconds += time.monotonic() - begun
    from izin.cli.demo.stage import simulator_log

    broken, ledger = check.check(stage.organisation_id, campaign_id, report, simulator_log(place))
    place.memory.finished = True
    place.remember()
    summary = _summary(report, ledger, place.memory.seconds)
    print(json.dumps(summary) if parsed.json else _table(summary, broken), flush=True)
    for sentence in broken:
        say(f"BROKEN: {sentence}")
    if not parsed.once:
        _stay_up(place, supervisor)
    return 1 if broken else 0


def _supervisor(place: Place) -> Supervisor:
    from izin.cli.demo.stage import simulator_config, simulator_log

    simulator = [
        *(sys.executable, "-m", "izin_simulator", "--until-eof"),
        *("--port", str(place.memory.ports["simulator"])),
        *("--config", str(simulator_config(place)), "--log", str(simulator_log(place)), "--seed", "7"),
    ]
    logs = (place.data / "processes.log").open("a", buffering=1)
    return Supervisor({"simulator": simulator, **commands()}, place.environment(), output=logs)


def _wait_until_ready(place: Place) -> None:
    import urllib.error
    import urllib.request

    deadline = time.monotonic() + READY_S
    for name, path in (("simulator", "/control/state"), ("door", "/health"), ("web", "/health")):
        while True:
            try:
                urllib.request.urlopen(place.url(name) + path, timeout=5).close()  # noqa: S310 - our own loopback
                break
            except (urllib.error.URLError, OSError):
                if time.monotonic() > deadline:
                    raise NotReady(f"{name} did not come up; see {place.data / 'processes.log'}.") from None
                time.sleep(0.1)


def _summary(report: Any, ledger: dict[str, Any], seconds: float) -> dict[str, Any]:
    return {
        "planned": report.planned,
        "accepted": report.accepted,
        "delivered": report.delivered,
        "suppressed": report.suppressed,
        "rejected": sum(report.rejected.values()),
        "unresolved": report.unresolved,
        "withdrawn_mid_campaign": report.withdrawn_mid_campaign,
        "decided_after_withdrawal": report.decided_after_withdrawal,
        "optout_to_silence_ms": {"p50": report.silence_p50_ms, "p99": report.silence_p99_ms},
        "ledger": ledger,
        "seconds": round(seconds, 1),
    }


def _table(summary: dict[str, Any], broken: list[str]) -> str:
    suppressed = ", ".join(f"{count} {reason}" for reason, count in summary["suppressed"].items()) or "0"
    silence = summary["optout_to_silence_ms"]
    ledger = summary["ledger"]
    rows = [
        ("planned", summary["planned"]),
        ("accepted", summary["accepted"]),
        ("delivered", summary["delivered"]),
        ("suppressed", suppressed),
        ("rejected", summary["rejected"]),
        ("unresolved", summary["unresolved"]),
        ("withdrawn mid-campaign", summary["withdrawn_mid_campaign"]),
        ("decided after a withdrawal", f"{summary['decided_after_withdrawal']} (must be 0)"),
        ("opt-out to silence", f"p50 {silence['p50']} ms, p99 {silence['p99']} ms"),
        ("ledger", f"{ledger['entries']} entries, {'verified' if ledger['verified'] else 'NOT VERIFIED'}"),
        ("seconds", summary["seconds"]),
        ("promises", "all kept" if not broken else f"{len(broken)} BROKEN"),
    ]
    return "\n".join(f"  {label:<28}{value}" for label, value in rows)


def _stay_up(place: Place, supervisor: Supervisor) -> None:
    from izin.cli.demo.stage import OTHER_PEOPLE, PEOPLE

    print(f"\n  Izin is up at {place.url('web')}/staff/ (Ctrl-C ends it)")
    for email, (role, _) in {**PEOPLE, **OTHER_PEOPLE}.items():
        print(f"    {email:<36} {role}")
    print(f"    password for all: {place.memory.secrets['password']}")
    print(f"  Public pages: {place.url('web')}/akademi-cahaya/sertai and /akademi-cahaya/privasi\n", flush=True)
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: supervisor.request_stop())
    supervisor.wait()
