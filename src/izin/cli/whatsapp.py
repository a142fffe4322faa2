"""``izin whatsapp connect``, ``templates`` and ``upload``: reach a WhatsApp business account."""

import argparse
import asyncio
import mimetypes
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from izin.cli.terminal import NotFound, first_line, organisation
from izin.lib.errors import IzinError

if TYPE_CHECKING:
    from izin.whatsapp.accounts import Access
    from izin.whatsapp.client import Client

Result = TypeVar("Result")


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
    connect.add_argument("--base-url", default="https://graph.facebook.com", help="Meta's, or another provider's")
    connect.add_argument("--api-version", default="v23.0", help="the version in the address (v23.0)")
    connect.add_argument("--key-header", default="Authorization", help="a provider's own header, as D360-API-KEY")
    connect.add_argument(
        "--bare-paths", action="store_true", help="the provider's addresses hold neither version nor number"
    )
    connect.add_argument(
        "--marketing-messages",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="send marketing templates by Meta's Marketing Messages API; without it, as before",
    )
    connect.set_defaults(handler=run_connect)
    fetch = verbs.add_parser("templates", help="fetch the account's templates with their status")
    fetch.add_argument("--organisation")
    fetch.set_defaults(handler=run_templates)
    upload = verbs.add_parser("upload", help="hand over a picture, video or document for a template's header")
    upload.add_argument("--organisation")
    upload.add_argument("--phone-number-id", help="for which number; without it, the first")
    upload.add_argument("file", type=Path)
    upload.set_defaults(handler=run_upload)


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
            api_version=parsed.api_version,
            key_header=parsed.key_header,
            bare_paths=parsed.bare_paths,
        )
        sender = accounts.add_sender(
            account, phone_number_id=parsed.phone_number_id, display=parsed.display, per_second=parsed.per_second
        )
        if parsed.marketing_messages is not None:
            accounts.use_marketing_endpoint(sender, parsed.marketing_messages)
        verify_token = accounts.secrets_of(account).verify_token
    print("Enter this at Meta (App → WhatsApp → Configuration), and subscribe to messages and user_preferences:")
    print(f"  Callback URL  {settings.DOOR_URL}/webhooks/{account.webhook_key}")
    print(f"  Verify token  {verify_token}")


def run_templates(parsed: argparse.Namespace) -> None:
    """Fetch every account's templates and list them."""
    from izin.organisations.scope import scope
    from izin.whatsapp import templates
    from izin.whatsapp.accounts import access_of

    organisation_id = organisation(parsed.organisation)
    with scope(organisation_id):
        sender = _sender()
        access = access_of(sender)
    listed: tuple[Mapping[str, Any], ...] = asyncio.run(_ask(access, lambda client: client.templates(access.waba_id)))
    with scope(organisation_id):
        templates.keep(sender.account, listed)
    for entry in listed:
        print(f"{entry['name']:<40} {entry['language']:<8} {entry['category']:<12} {entry['status']}")


def run_upload(parsed: argparse.Namespace) -> None:
    """Upload one file, and print the id to enter as the campaign's ``header.media``."""
    from izin.organisations.scope import scope
    from izin.whatsapp.accounts import access_of

    if not parsed.file.is_file():
        raise NotFound(f"There is no file {parsed.file}.")
    with scope(organisation(parsed.organisation)):
        access = access_of(_sender(parsed.phone_number_id))
    mime_type = mimetypes.guess_type(parsed.file.name)[0] or "application/octet-stream"
    content = parsed.file.read_bytes()
    print(asyncio.run(_ask(access, lambda it: it.upload(access.phone_number_id, content, mime_type, parsed.file.name))))


def _sender(phone_number_id: str | None = None) -> Any:
    """The sender number with this id, or the first one, with its account."""
    from izin.whatsapp.models import SenderNumber

    senders = SenderNumber.objects.select_related("account")
    if phone_number_id:
        senders = senders.filter(phone_number_id=phone_number_id)
    sender = senders.first()
    if sender is None:
        raise NotFound("No such number is connected: “izin whatsapp connect” first.")
    return sender


async def _ask(access: "Access", question: "Callable[[Client], Awaitable[Result]]") -> Result:
    """WhatsApp's answer. Raises IzinError with a sentence that says what is wrong."""
    from izin.whatsapp.accounts import client_for
    from izin.whatsapp.client import GraphError
    from izin.whatsapp.errors import explain

    async with client_for(access) as client:
        try:
            return await question(client)
        except GraphError as refused:
            raise IzinError(explain(refused.code, "en")) from None
