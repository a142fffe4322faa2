"""``izin whatsapp connect``, ``check``, ``templates`` and ``upload``: reach a WhatsApp business account."""

import argparse
import asyncio
import mimetypes
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from izin.cli.terminal import NotFound, first_line, organisation
from izin.lib.errors import IzinError

if TYPE_CHECKING:
    from izin.whatsapp.client import Client
    from izin.whatsapp.inquiry import Credentials

Result = TypeVar("Result")


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
    connect.add_argument("--api-version", default="v23.0", help="the version in the address (v23.0)")
    connect.add_argument("--key-header", default="Authorization", help="a provider's own header, as D360-API-KEY")
    connect.add_argument(
        "--bare-paths", action="store_true", help="the provider's addresses hold neither version nor number"
    )
    connect.add_argument("--display", help="with a provider's own header: the number as people see it, +60…")
    connect.add_argument(
        "--marketing-messages",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="send marketing templates by Meta's Marketing Messages API; without it, as before",
    )
    connect.set_defaults(handler=run_connect)
    check = verbs.add_parser("check", help="look at every connected account once more; 1 if something is wrong")
    check.add_argument("--organisation")
    check.set_defaults(handler=run_check)
    fetch = verbs.add_parser("templates", help="fetch the account's templates with their status")
    fetch.add_argument("--organisation")
    fetch.set_defaults(handler=run_templates)
    upload = verbs.add_parser("upload", help="hand over a picture, video or document for a template's header")
    upload.add_argument("--organisation")
    upload.add_argument("--phone-number-id", help="for which number; without it, the first")
    upload.add_argument("file", type=Path)
    upload.set_defaults(handler=run_upload)


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
        parsed.api_version,
        parsed.key_header,
        parsed.bare_paths,
    )
    number_ids = parsed.phone_number_id or []
    if credentials.is_providers and (len(number_ids) != 1 or not parsed.display):
        raise IzinError("A provider's own host does not list numbers: give --phone-number-id once, and --display.")
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
        if credentials.is_providers:
            pace = parsed.per_second or 80
            senders = [
                accounts.add_sender(account, phone_number_id=number_ids[0], display=parsed.display, per_second=pace)
            ]
        else:
            senders = connecting.choose(account, number_ids or [number.id for number in facts.numbers or ()])
            for sender in senders if parsed.per_second else []:
                accounts.add_sender(
                    account,
                    phone_number_id=sender.phone_number_id,
                    display=sender.display,
                    per_second=parsed.per_second,
                )
        for sender in senders if parsed.marketing_messages is not None else []:
            accounts.use_marketing_endpoint(sender, parsed.marketing_messages)
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
        listed = asyncio.run(_templates_of(given))
        with scope(organisation_id):
            templates.keep(account, listed)
        for entry in listed:
            print(f"{entry['name']:<40} {entry['language']:<8} {entry['category']:<12} {entry['status']}")


def run_upload(parsed: argparse.Namespace) -> None:
    """Upload one file, and print the id to enter as the campaign's ``header.media``."""
    from izin.organisations.scope import scope
    from izin.whatsapp.accounts import access_of, client_for

    if not parsed.file.is_file():
        raise NotFound(f"There is no file {parsed.file}.")
    with scope(organisation(parsed.organisation)):
        access = access_of(_sender(parsed.phone_number_id))
    mime_type = mimetypes.guess_type(parsed.file.name)[0] or "application/octet-stream"
    content = parsed.file.read_bytes()
    file = (access.phone_number_id, content, mime_type, parsed.file.name)
    print(asyncio.run(_asked(client_for(access), lambda client: client.upload(*file))))


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


async def _templates_of(credentials: "Credentials") -> Sequence[Mapping[str, Any]]:
    return await _asked(credentials.client(), lambda client: client.templates(credentials.account_id))


async def _asked(client: "Client", question: "Callable[[Client], Awaitable[Result]]") -> Result:
    """WhatsApp's answer. Raises IzinError with a sentence that says what is wrong."""
    from izin.whatsapp.client import GraphError
    from izin.whatsapp.errors import explain

    async with client:
        try:
            return await question(client)
        except GraphError as refused:
            raise IzinError(explain(refused.code, "en")) from None
