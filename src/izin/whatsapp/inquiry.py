"""Asking Meta about a connection: the token, the account, its numbers, its subscription, its templates.

Network only: nothing is read from or written to the database, so that no transaction waits for somebody else's server.
"""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from izin.whatsapp import lenient
from izin.whatsapp.client import BEARER, Client, GraphError
from izin.whatsapp.connection import (
    INVALID,
    NUMBER_FIELDS,
    UNKNOWN_OBJECT,
    Facts,
    NumberFacts,
    Step,
    read_callbacks,
    read_number,
    read_token,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Credentials:
    """With what Meta is asked, and about which account."""

    base_url: str
    account_id: str
    token: str = field(repr=False)
    app_secret: str | None = field(repr=False)
    api_version: str = "v23.0"
    key_header: str = BEARER
    bare_paths: bool = False

    @property
    def is_providers(self) -> bool:
        """A provider's own host takes messages and lists templates; about tokens and numbers only Meta can be asked."""
        return self.key_header != BEARER or self.bare_paths

    def client(self, *, proof: bool = True) -> Client:
        """A client with this token; with the proof of the app secret, unless it is left away on purpose."""
        secret = self.app_secret.encode() if proof and self.app_secret else None
        return Client(
            self.base_url,
            access_token=self.token,
            version=self.api_version,
            app_secret=secret,
            key_header=self.key_header,
            bare_paths=self.bare_paths,
        )


@dataclass(frozen=True, slots=True)
class Callback:
    """Where the account's webhooks shall be posted, and the word by which the door knows that Meta asks."""

    url: str
    verify_token: str = field(repr=False)


@dataclass(slots=True)
class Inquiry:
    """One look at Meta. Each step is asked once; what it refuses is noted and the next one is asked all the same."""

    credentials: Credentials
    refused: dict[Step, int | None] = field(default_factory=dict)

    async def about_access(self) -> Facts:
        """Token, account and numbers: what must be right before anything is kept. A provider is not asked."""
        if self.credentials.is_providers:
            return Facts(self.credentials.account_id)
        name, fits = await self._account()
        if "account" in self.refused:
            return Facts(self.credentials.account_id, secret_fits=fits, refused=self.refused)
        async with self.credentials.client(proof=fits is not False) as client:
            told = await self._ask("token", client.read("debug_token", input_token=self.credentials.token))
            numbers = await self._ask("numbers", _numbers(client, self.credentials.account_id))
        return Facts(
            self.credentials.account_id,
            account_name=name,
            token=None if told is None else read_token(told),
            secret_fits=fits,
            numbers=numbers,
            refused=self.refused,
        )

    async def subscribe(self, callback: Callback) -> None:
        """Have the account's webhooks posted to us; Meta asks the door for the challenge before it says yes."""
        async with self.credentials.client() as client:
            account_id = self.credentials.account_id
            await self._ask("subscription", client.subscribe(account_id, callback.url, callback.verify_token))

    async def callbacks(self) -> tuple[str, ...] | None:
        """Where the webhooks are posted now; None when Meta did not say."""
        if "subscription" in self.refused:
            return None
        async with self.credentials.client() as client:
            told = await self._ask("subscription", client.read(f"{self.credentials.account_id}/subscribed_apps"))
        return None if told is None else read_callbacks(told)

    async def templates(self) -> tuple[Mapping[str, Any], ...] | None:
        """All templates of the account; None when Meta did not say."""
        async with self.credentials.client() as client:
            return await self._ask("templates", client.templates(self.credentials.account_id))

    async def _account(self) -> tuple[str, bool | None]:
        """(name, does the app secret fit). Meta refuses a wrong proof with code 100, as it does an unknown id."""
        fits = True if self.credentials.app_secret else None
        try:
            return await self._name(proof=True), fits
        except GraphError as refused:
            may_be_the_proof = refused.code == INVALID and refused.subcode != UNKNOWN_OBJECT
            if not (self.credentials.app_secret and may_be_the_proof):
                self.refused["account"] = refused.code
                return "", None
        return await self._ask("account", self._name(proof=False)) or "", False

    async def _name(self, *, proof: bool) -> str:
        async with self.credentials.client(proof=proof) as client:
            told = await client.read(self.credentials.account_id, fields="id,name")
        return lenient.text(told.get("name")) or ""

    async def _ask(self, step: Step, question: Awaitable[T]) -> T | None:
        try:
            return await question
        except GraphError as refused:
            self.refused[step] = refused.code
            return None


async def _numbers(client: Client, account_id: str) -> tuple[NumberFacts, ...]:
    told = await client.read(f"{account_id}/phone_numbers", fields=NUMBER_FIELDS, limit="100")
    found = (read_number(one) for one in lenient.dicts(told.get("data")))
    return tuple(number for number in found if number is not None)
