"""``izin whatsapp connect``, ``check`` and ``templates``: reach a WhatsApp business account."""

import argparse
import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from izin.cli.terminal import NotFound, first_line, organisation
from izin.lib.errors import IzinError


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verbs = subparsers.add_parser("whatsapp", help="connect a business account, fetch its templates").add_subparsers(
        metavar="verb", required=True
    )
    connect = verbs.add_parser("connect", help="connect an account and its numbers, and prove that it works")
    connect.add_argument("--organisation")
    connect.add_argument("--waba-id", required=True, help="the WhatsApp business account's id")
    connect.add_argument("--phone-number-id", action="append", help="send from this number (default: all of them)")
    connect.add_argument("--token-file", type=Path, required=True, help="a file with a system user's token")
    connect.add_argument("--app-secret-file", type=Path, required=True)
    connect.add_argument("--old-app-secret-file", type=Path, help="valid as well, while the secret is being rotated")
    connect.add_argument("--per-second", type=int, help="the numbers' pace, if it is not the one that Meta grants")
    connect.add_argument("--base-url", help="where the account is reached (default: IZIN_WHATSAPP_URL)")
    connect.set_defaults(handler=run_connect)
    check = verbs.add_parser("check", help="look at every connected account once more; 1 if something is wrong")
    check.add_argument("--organisation")
    check.set_defaults(handler=run_check)
    fetch = verbs.add_parser("templates", help="fetch the account's templates with their status")
    fetch.add_argument("--organisation")
    fetch.set_defaults(handler=run_templates)


def run_connect(parsed: argparse.Namespace) -> int:
    """Check token, account and numbers; keep the secrets sealed; subscribe and prove. 1 if something is wrong."""
    from django.conf import settings

    from izin.organisations.scope import scope
    from izin.whatsapp import accounts, connecting
    from izin.whatsapp.inquiry import Credentials

    old = parsed.old_app_secret_file
    old_secret = first_line(old) if old else None
    credentials = Credentials(
        parsed.base_url or settings.WHATSAPP_URL,
        parsed.waba_id,
        first_line(parsed.token_file),
        first_line(parsed.app_secret_file),
    )
    organisation_id = organisation(parsed.organisation)
    try:
        facts = connecting.ask(credentials)
    except ValueError as mistake:  # an id or a token that cannot be one; the sentence names no value
        raise IzinError(str(mistake)) from None
    wrong = connecting.wrong_with(facts)
    if any(finding.severity == "blocker" for finding in wrong):
        return _tell(wrong)
    with scope(organisation_id):
        account = connecting.keep(credentials, facts, old_secret=old_secret)
        wanted = parsed.phone_number_id or [number.id for number in facts.numbers or ()]
        senders = connecting.choose(account, wanted)
        for sender in senders if parsed.per_second else []:
            accounts.add_sender(
                account,
                phone_number_id=sender.phone_number_id,
                display=sender.display,
                per_second=parsed.per_second,
            )
        verify_token = accounts.secrets_of(account).verify_token
    print(f"{account.name}: {', '.join(sender.display for sender in senders) or 'no number'}")
    print(f"  Callback URL  {connecting.callback_of(account, settings.DOOR_URL)}")
    print(f"  Verify token  {verify_token}")
    return _check(organisation_id, account.id, subscribe=True)


def run_check(parsed: argparse.Namespace) -> int:
    """Look at every account of the organisation, post a test event, and say what is wrong."""
    from izin.organisations.scope import scope
    from izin.whatsapp.models import BusinessAccount

    organisation_id = organisation(parsed.organisation)
    with scope(organisation_id):
        account_ids = list(BusinessAccount.objects.values_list("id", flat=True))
    if not account_ids:
        raise NotFound("No account is connected: “izin whatsapp connect” first.")
    return max(_check(organisation_id, account_id, subscribe=False) for account_id in account_ids)


def run_templates(parsed: argparse.Namespace) -> None:
    """Fetch every account's templates and list them."""
    from izin.organisations.scope import scope
    from izin.whatsapp import connecting, templates
    from izin.whatsapp.models import BusinessAccount

    organisation_id = organisation(parsed.organisation)
    with scope(organisation_id):
        accounts = list(BusinessAccount.objects.order_by("id"))
        credentials = [connecting.credentials_of(account) for account in accounts]
    if not accounts:
        raise NotFound("No account is connected: “izin whatsapp connect” first.")
    for account, given in zip(accounts, credentials, strict=True):
        listed = asyncio.run(_fetch(given))
        with scope(organisation_id):
            templates.keep(account, listed)
        for entry in listed:
            print(f"{entry['name']:<40} {entry['language']:<8} {entry['category']:<12} {entry['status']}")


def _check(organisation_id: UUID, account_id: UUID, *, subscribe: bool) -> int:
    from django.conf import settings

    from izin.inbound.proving import prove
    from izin.whatsapp import connecting

    door = settings.DOOR_URL
    return _tell(
        connecting.check(organisation_id, account_id, door_url=door, prove=prove, subscribe=subscribe),
        well="Connected: Meta posts the webhooks here, and a signed test event arrived.",
    )


def _tell(wrong: Sequence[Any], well: str = "") -> int:
    """Print each finding in English; 1 if one of them keeps the connection from working."""
    from izin.whatsapp.connection_messages import explain

    for finding in wrong:
        what, mend = explain(finding, "en")
        print(f"  {finding.severity:<8} {what}. {mend}")
    is_blocked = any(finding.severity == "blocker" for finding in wrong)
    if well and not is_blocked:
        print(well)
    return int(is_blocked)


async def _fetch(credentials: Any) -> list[Mapping[str, Any]]:
    from izin.whatsapp.client import GraphError
    from izin.whatsapp.errors import explain

    async with credentials.client() as client:
        try:
            return list(await client.templates(credentials.account_id))
        except GraphError as refused:
            raise IzinError(explain(refused.code, "en")) from None
