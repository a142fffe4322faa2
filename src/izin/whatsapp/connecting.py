"""The steps of a connection, for the page, the terminal and the worker alike.

Each step asks Meta outside every scope and keeps what it learnt inside one. Token and secrets come in, are sealed, and
never go out again.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from izin.lib.clock import now
from izin.organisations.scope import scope
from izin.whatsapp import accounts, templates
from izin.whatsapp.connection import Facts, Finding, NumberFacts, findings
from izin.whatsapp.inquiry import Callback, Credentials, Inquiry
from izin.whatsapp.models import BusinessAccount, SenderNumber

Prove = Callable[[UUID, UUID], bool]  # (organisation, account): did a signed test event come through the door?


def credentials_of(account: BusinessAccount) -> Credentials:
    """With what Meta is asked about this account. Inside the organisation's scope."""
    opened = accounts.secrets_of(account)
    secret = opened.app_secrets[0] if opened.app_secrets else None
    return Credentials(
        account.base_url,
        account.waba_id,
        opened.token,
        secret,
        account.api_version,
        account.key_header,
        account.bare_paths,
    )


def ask(credentials: Credentials) -> Facts:
    """Step 1, outside every scope: is the token good, is the secret its app's, which numbers does the account have?"""
    return asyncio.run(Inquiry(credentials).about_access())


def wrong_with(facts: Facts, callback: str = "https://") -> list[Finding]:
    """What is wrong with what was found, now."""
    return findings(facts, at=now(), callback=callback)


def keep(credentials: Credentials, facts: Facts, *, old_secret: str | None = None) -> BusinessAccount:
    """Step 1, inside the scope: the account with its secrets sealed, two of them while one is being rotated."""
    given = [credentials.app_secret, old_secret]
    account = accounts.connect(
        waba_id=credentials.account_id,
        name=(facts.account_name or credentials.account_id)[:120],
        token=credentials.token,
        app_secrets=list(dict.fromkeys(secret for secret in given if secret)),
        base_url=credentials.base_url,
        api_version=credentials.api_version,
        key_header=credentials.key_header,
        bare_paths=credentials.bare_paths,
    )
    _remember(account, facts, wrong_with(facts))
    return account


def choose(account: BusinessAccount, number_ids: Sequence[str]) -> list[SenderNumber]:
    """Step 2: send from these of the account's numbers. One that was chosen before keeps its pace."""
    chosen = [number for number in numbers_of(account) if number.id in number_ids]
    known = set(SenderNumber.objects.filter(account=account).values_list("phone_number_id", flat=True))
    for number in chosen:
        if number.id not in known:
            accounts.add_sender(
                account, phone_number_id=number.id, display=number.display[:24], per_second=number.per_second
            )
    _describe(account, chosen)
    return list(SenderNumber.objects.filter(account=account))


def numbers_of(account: BusinessAccount) -> list[NumberFacts]:
    """All numbers of the account, as Meta listed them last."""
    return [NumberFacts(**one) for one in account.candidates]


def callback_of(account: BusinessAccount, door_url: str) -> str:
    """The address to which Meta posts this account's webhooks."""
    return f"{door_url}/webhooks/{account.webhook_key}"


def check(
    organisation_id: UUID, account_id: UUID, *, door_url: str, prove: Prove | None, subscribe: bool = False
) -> list[Finding]:
    """Step 3, and every look afterwards, outside every scope: ask all there is, take the templates in, keep the answer.

    ``subscribe`` has Meta post the webhooks to us, which it does only after the door answered its challenge; ``prove``
    posts a signed event to the door by its public address and waits for it (None: this is not tried).
    """
    with scope(organisation_id):
        account = BusinessAccount.objects.get(id=account_id)
        credentials = credentials_of(account)
        callback = Callback(callback_of(account, door_url), accounts.secrets_of(account).verify_token)
        used = set(SenderNumber.objects.filter(account=account).values_list("phone_number_id", flat=True))
    asked_at = now()
    facts, listed = asyncio.run(_whole(credentials, callback if subscribe else None))
    if prove is not None:
        facts = replace(facts, event_arrived=prove(organisation_id, account_id))
    wrong = wrong_with(_of_used_numbers(facts, used), callback.url)
    with scope(organisation_id):
        account.refresh_from_db()
        if listed is not None:
            templates.keep(account, listed, asked_at=asked_at)
        _remember(account, facts, wrong)
    return wrong


async def _whole(
    credentials: Credentials, subscribe_to: Callback | None
) -> tuple[Facts, tuple[Mapping[str, Any], ...] | None]:
    inquiry = Inquiry(credentials)
    facts = await inquiry.about_access()
    if credentials.is_providers:
        listed = await inquiry.templates()
        return replace(facts, refused=inquiry.refused), listed
    if "account" in facts.refused or facts.secret_fits is False:
        return facts, None
    if subscribe_to is not None:
        await inquiry.subscribe(subscribe_to)
    callbacks, listed = await inquiry.callbacks(), await inquiry.templates()
    count = None if listed is None else len(listed)
    return replace(facts, callbacks=callbacks, templates=count, refused=inquiry.refused), listed


def _of_used_numbers(facts: Facts, used: set[str]) -> Facts:
    """What is wrong with a number that nothing is sent from is nobody's business, once some are chosen."""
    if not facts.numbers or not used:
        return facts
    return replace(facts, numbers=tuple(number for number in facts.numbers if number.id in used) or None)


def _remember(account: BusinessAccount, facts: Facts, wrong: Sequence[Finding]) -> None:
    account.checked_at = now()
    account.findings = [asdict(finding) for finding in wrong]
    if facts.account_name:
        account.name = facts.account_name[:120]
    if facts.token is not None:
        account.app_id, account.token_ends_at = facts.token.app_id[:40], facts.token.expires_at
    if facts.numbers is not None:
        account.candidates = [asdict(number) for number in facts.numbers]
        _describe(account, facts.numbers)
    if facts.event_arrived:
        account.proved_at = now()
    account.save()


def _describe(account: BusinessAccount, numbers: Sequence[NumberFacts]) -> None:
    """Write down what Meta says of the numbers that we send from."""
    for number in numbers:
        SenderNumber.objects.filter(account=account, phone_number_id=number.id).update(
            verified_name=number.verified_name[:200],
            quality=number.quality[:12],
            messaging_limit=number.limit[:20],
            throughput=number.throughput[:20],
            status=number.status[:30],
        )
