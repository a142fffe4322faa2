"""The ``izin`` command.

Each module named in ``MODULES`` has ``register(subparsers)``, adds its subcommands and says with ``set_defaults`` what
each one needs: ``handler`` (called with the parsed arguments; returns the exit code, None for 0), ``role`` (the
database role of the process: web, dispatch, owner or ops), ``django`` (set up before the handler) and ``database``
(the embedded PostgreSQL runs meanwhile, unless IZIN_DATABASE_URL names a server).

A refusal that a person can put right is one line on stderr and exit code 2, never a traceback.
"""

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module

from izin.lib.errors import IzinError

MODULES = (
    "run",
    "database",
    "organisation",
    "whatsapp",
    "contacts",
    "campaign",
    "stop",
    "ledger",
    "evidence",
    "erasure",
    "compliance",
    "understand",
    "demo.command",
)
REFUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit code."""
    parsed = parser().parse_args(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "izin.settings"
    os.environ["IZIN_ROLE"] = parsed.role
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # by the way of every "finally"
    try:
        return _execute(parsed) or 0
    except IzinError as refusal:
        return _refuse(refusal.sentence)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output had enough; nothing is left to flush to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def parser() -> argparse.ArgumentParser:
    """The command line with every subcommand."""
    top = argparse.ArgumentParser(prog="izin", description="WhatsApp campaigns that are lawful by construction.")
    top.set_defaults(role="web", django=True, database=True)
    subparsers = top.add_subparsers(title="commands", metavar="command", required=True)
    for name in MODULES:
        import_module(f"izin.cli.{name}").register(subparsers)
    return top


def _execute(parsed: argparse.Namespace) -> int | None:
    with contextlib.ExitStack() as needs:
        if parsed.database and not any(name.startswith("IZIN_DATABASE_URL") for name in os.environ):
            from izin import settings
            from izin.lib import embedded_postgres

            needs.enter_context(embedded_postgres.running(settings.DATA))
        if not parsed.django:
            code: int | None = parsed.handler(parsed)
            return code
        return _with_django(parsed)


def _with_django(parsed: argparse.Namespace) -> int | None:
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, connections

    try:
        django.setup()
        code: int | None = parsed.handler(parsed)
        return code
    except ImproperlyConfigured as wrong:
        return _refuse(str(wrong))
    except OperationalError as error:
        return _refuse(f"The database does not answer: {str(error).strip().splitlines()[0]}")
    finally:
        connections.close_all()


def _refuse(sentence: str) -> int:
    print(f"izin: {sentence}", file=sys.stderr)
    return REFUSED


if __name__ == "__main__":
    raise SystemExit(main())
