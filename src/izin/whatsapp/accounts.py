"""The organisation's WhatsApp business accounts and sender numbers. Secrets are sealed until used."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from izin.ledger import log
from izin.lib.keyring import associated, seal, unseal
from izin.organisations import registry
from izin.organisations.keys import keys
from izin.organisations.scope import current
from izin.whatsapp.client import BEARER, Client
from izin.whatsapp.models import BusinessAccount, SenderNumber


class Secrets(msgspec.Struct, frozen=True):
    """What Meta gave us. Two app secrets while one is being rotated."""

    token: str
    app_secrets: tuple[str, ...]
    verify_token: str

    def __repr__(self) -> str:
        return "<Secrets>"


@dataclass(frozen=True, slots=True)
class Access:
    """All that the client needs to send from one number."""

    base_url: str
    api_version: str
    waba_id: str
    phone_number_id: str
    token: str = field(repr=False)
    app_secret: str | None = field(repr=False)
    key_header: str = BEARER
    bare_paths: bool = False
    marketing_endpoint: bool = False


def connect(
    *,
    waba_id: str,
    name: str,
    token: str,
    app_secrets: Sequence[str],
    base_url: str = "https://graph.facebook.com",
    api_version: str = "v23.0",
    key_header: str = BEARER,
    bare_paths: bool = False,
) -> BusinessAccount:
    """A business account, connected: its webhook key is made here and known to the door at once.

    Connecting it again takes the new token and secrets, and keeps the address and the verify token that Meta knows.
    """
    account = BusinessAccount.objects.filter(waba_id=waba_id).first()
    if account is None:
        account = BusinessAccount(waba_id=waba_id, webhook_key=secrets.token_urlsafe(24))
        verify_token = secrets.token_urlsafe(24)
    else:
        verify_token = secrets_of(account).verify_token
    account.name, account.base_url, account.api_version = name, base_url, api_version
    account.key_header, account.bare_paths = key_header, bare_paths
    _seal(account, Secrets(token, tuple(app_secrets), verify_token))
    account.save()
    registry.add_webhook(account.webhook_key)
    log.append("whatsapp.connected", {"waba": waba_id})
    return account


def retire_old_secret(account: BusinessAccount) -> bool:
    """End a rotation: only the newest app secret is valid from now on. Whether there was an older one."""
    opened = secrets_of(account)
    if len(opened.app_secrets) < 2:
        return False
    _seal(account, Secrets(opened.token, opened.app_secrets[:1], opened.verify_token))
    account.save(update_fields=["secrets_sealed"])
    log.append("whatsapp.secret_retired", {"waba": account.waba_id})
    return True


def add_sender(account: BusinessAccount, *, phone_number_id: str, display: str, per_second: int = 80) -> SenderNumber:
    """A number to send from, with the limit that Meta gives it (messages per second)."""
    sender, _ = SenderNumber.objects.update_or_create(
        phone_number_id=phone_number_id,
        organisation_id=current(),
        defaults={"account": account, "display": display, "per_second": per_second},
    )
    return sender


def use_marketing_endpoint(sender: SenderNumber, use: bool) -> None:
    """Whether this number's marketing templates go to Meta's Marketing Messages API from now on."""
    SenderNumber.objects.filter(id=sender.id).update(marketing_endpoint=use)
    log.append("whatsapp.marketing_endpoint", {"sender": str(sender.id), "used": use})


def move_account(account: BusinessAccount, base_url: str) -> None:
    """Reach the same account at another address: a provider that speaks Meta's API, or the simulator."""
    BusinessAccount.objects.filter(id=account.id).update(base_url=base_url)


def secrets_of(account: BusinessAccount) -> Secrets:
    """The account's secrets in clear. Raises Unreadable."""
    return msgspec.json.decode(
        unseal(keys().inbox, bytes(account.secrets_sealed), _place(account.id)), type=Secrets, strict=True
    )


def access_of(sender: SenderNumber) -> Access:
    """What is needed to send from this number."""
    account, opened = sender.account, secrets_of(sender.account)
    return Access(
        account.base_url,
        account.api_version,
        account.waba_id,
        sender.phone_number_id,
        opened.token,
        opened.app_secrets[0] if opened.app_secrets else None,
        account.key_header,
        account.bare_paths,
        sender.marketing_endpoint,
    )


def client_for(access: Access, *, limit: int = 100) -> Client:
    """A client for this account, at most so many connections at once."""
    return Client(
        access.base_url,
        access_token=access.token,
        version=access.api_version,
        app_secret=access.app_secret.encode() if access.app_secret else None,
        key_header=access.key_header,
        bare_paths=access.bare_paths,
        limit=limit,
    )


def _seal(account: BusinessAccount, opened: Secrets) -> None:
    account.secrets_sealed = seal(keys().inbox, msgspec.json.encode(opened), _place(account.id))


def _place(account_id: UUID) -> bytes:
    return associated(current(), "whatsapp_businessaccount", "secrets_sealed", account_id)
