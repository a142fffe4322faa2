"""Webhook envelopes and their signature. Pure; payloads.py makes what stands in them, the courier carries them.

Everything is JSON text that was encoded once: a batch only joins the parts, also when it is repeated.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True)


@dataclass(slots=True)
class Update:
    """One thing to tell. `ack` is what the log gets once the webhook that carried it was answered 200.

    `listed` is the key of `value` under which `body` is put (statuses, messages, user_preferences); without one,
    `body` is the whole value. `body`, `metadata` and `contact` are JSON text.
    """

    field: str
    body: str
    ack: Json
    listed: str | None = None
    number_id: str | None = None
    metadata: str = ""
    contact: str = ""
    attempts: int = 0
    first_at: float = 0.0


def encode(payload: Any) -> str:
    """Return JSON as Meta writes it: compact, other characters as lower-case `\\uXXXX`."""
    return _ENCODER.encode(payload)


def signature(app_secret: str, body: bytes) -> str:
    """Return the value of the `X-Hub-Signature-256` header over exactly these bytes."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def envelope(
    business_account_id: str, updates: Sequence[Update], *, grouped: bool, at: float, escaped_slashes: bool = False
) -> bytes:
    """Return one payload with all updates.

    `grouped` puts updates of one business number and kind into one change; otherwise each has its own. Meta does
    both. Account fields stand in an entry of their own, which alone has a `time`.
    """
    changes: dict[object, list[Update]] = {}
    account: list[str] = []
    for update in updates:
        if update.listed is None:
            change = f'{{"field":"{update.field}","value":{update.body}}}'
            account.append(f'{{"id":"{business_account_id}","time":{int(at)},"changes":[{change}]}}')
            continue
        key: object = (update.listed, update.number_id, not update.contact) if grouped else id(update)
        changes.setdefault(key, []).append(update)
    entries = []
    if changes:
        listed = ",".join([_change(group) for group in changes.values()])
        entries.append(f'{{"id":"{business_account_id}","changes":[{listed}]}}')
    text = f'{{"object":"whatsapp_business_account","entry":[{",".join(entries + account)}]}}'
    return (text.replace("/", "\\/") if escaped_slashes else text).encode("ascii")


def _change(group: list[Update]) -> str:
    first = group[0]
    contacts = ""
    if first.contact:
        contacts = f'"contacts":[{",".join(dict.fromkeys([update.contact for update in group]))}],'
    bodies = ",".join([update.body for update in group])
    return (
        f'{{"field":"{first.field}","value":{{"messaging_product":"whatsapp","metadata":{first.metadata},{contacts}'
        f'"{first.listed}":[{bodies}]}}}}'
    )


def acknowledged(updates: Iterable[Update], at: float) -> list[Json]:
    """Return the log records that say that these were answered 200 at this time (epoch seconds)."""
    return [{"at": at, **update.ack} for update in updates]
