"""``izin whatsapp connect`` and ``izin whatsapp templates``: reach a WhatsApp business account."""

import argparse
import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from izin.cli.terminal import NotFound, first_line, organisation
from izin.lib.errors import IzinError


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verbs = subparsers.add_parser("whatsapp", help="connect a business account, fetch its templates").add_subparsers(
        metavar="verb", required=True
    )
    connect = verbs.add_parser("connect", help="connect an account and one of its numbers")
    connect.add_argument("--organisation")
    connect.add_argument("--waba-id", required=True, help="the WhatsApp business account's id")
    connect.add_argument("--phone-number-id", required=True)
    connect.add_argument("--display", required=True, help="the number as people see it: +60…")
    connect.add_argument("--token-file", type=Path, required=True, help="a file with a system user's token")
    connect.add_argument("--app-secret-file", type=Path, required=True)
    connect.add_argument("--per-second", type=int, default=80, help="the number's throughput at Meta (80)")
    connect.add_argument("--base-url", default="https://graph.facebook.com")
    connect.set_defaults(handler=run_connect)
    fetch = verbs.add_parser("templates", help="fetch the account's templates with their status")
    fetch.add_argument("--organisation")
    fetch.set_defaults(handler=run_templates)


def run_connect(parsed: argparse.Namespace) -> None:
    """Keep the account's secrets sealed, and print what to enter at Meta."""
    from django.conf import settings

    from izin.organisations.scope import scope
    from izin.whatsapp import accounts

    with scope(organisation(parsed.organisation)):
        account = accounts.connect(
            waba_id=parsed.waba_id,
            name=parsed.waba_id,
            token=first_line(parsed.token_file),
            app_secrets=[first_line(parsed.app_secret_file)],
            base_url=parsed.base_url,
        )
        accounts.add_sender(
            account, phone_number_id=parsed.phone_number_id, display=parsed.display, per_second=parsed.per_second
        )
        verify_token = accounts.secrets_of(account).verify_token
    print("Enter this at Meta (App → WhatsApp → Configuration), and subscribe to messages and user_preferences:")
    print(f"  Callback URL  {settings.DOOR_URL}/webhooks/{account.webhook_key}")
    print(f"  Verify token  {verify_token}")


def run_templates(parsed: argparse.Namespace) -> None:
    """Fetch every account's templates and list them."""
    from izin.organisations.scope import scope
    from izin.whatsapp import templates
    from izin.whatsapp.accounts import access_of
    from izin.whatsapp.models import SenderNumber

    organisation_id = organisation(parsed.organisation)
    with scope(organisation_id):
        sender = SenderNumber.objects.select_related("account").first()
        if sender is None:
            raise NotFound("No account is connected: “izin whatsapp connect” first.")
        access = access_of(sender)
    listed = asyncio.run(_fetch(access))
    with scope(organisation_id):
        templates.keep(sender.account, listed)
    for entry in listed:
        print(f"{entry['name']:<40} {entry['language']:<8} {entry['category']:<12} {entry['status']}")


async def _fetch(access: Any) -> list[Mapping[str, Any]]:
    from izin.whatsapp.client import Client, GraphError

    secret = access.app_secret.encode() if access.app_secret else None
    async with Client(
        access.base_url, access_token=access.token, version=access.api_version, app_secret=secret
    ) as client:
        try:
            return list(await client.templates(access.waba_id))
        except GraphError as refused:
            from izin.whatsapp.errors import explain

            raise IzinError(explain(refused.code, "en")) from None
