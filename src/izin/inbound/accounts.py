"""Which account a webhook address belongs to, and its secrets: looked up once, then kept for a minute."""

import asyncio
import hmac
import time
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from izin.organisations import registry
from izin.organisations.scope import scope
from izin.whatsapp.accounts import secrets_of
from izin.whatsapp.models import BusinessAccount

KEPT_S = 60.0
AGAIN_S = 1.0  # an unknown key, or an account whose secret did not fit, is looked up again as soon as this
KNOWN_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Account:
    """What the door needs to know of a business account."""

    id: UUID
    organisation_id: UUID
    app_secrets: tuple[bytes, ...] = field(repr=False)
    verify_token: str = field(repr=False)

    def knows(self, verify_token: str) -> bool:
        return hmac.compare_digest(verify_token.encode(), self.verify_token.encode())


class Accounts:
    """A small cache in front of the look-up. Unknown keys are remembered too, so that guessing stays cheap."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, Account | None]] = {}

    async def find(self, key: str, *, at_most_s: float = KEPT_S) -> Account | None:
        """The account behind this webhook key, as it was known not longer ago than this."""
        read_at, account = self._known.get(key, (0.0, None))
        if not read_at or time.monotonic() - read_at > (at_most_s if account else AGAIN_S):
            account = await asyncio.to_thread(read_account, key)
            if len(self._known) >= KNOWN_MAX:
                self._known.clear()
            self._known[key] = (time.monotonic(), account)
        return account


def read_account(key: str) -> Account | None:
    """Read the account and open its secrets, on a connection that is closed after it."""
    try:
        organisation_id = registry.organisation_of_webhook(key)
        if organisation_id is None:
            return None
        with scope(organisation_id):
            row = BusinessAccount.objects.filter(webhook_key=key).first()
            if row is None:
                return None
            opened = secrets_of(row)
        app_secrets = tuple(secret.encode() for secret in opened.app_secrets)
        return Account(row.id, organisation_id, app_secrets, opened.verify_token)
    finally:
        connection.close()
