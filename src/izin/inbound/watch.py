"""Nobody notices a dead exit by accident: watch that the way out is open (law.md C-03, C-07).

Two watches. While messages are going out, WhatsApp must tell us something about them: when it has been silent for too
long, the lanes stand still until the backlog is heard. And once a day a canary says BERHENTI to every sender number
through our own public door, and must be refused within a minute.
"""

import json
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import Max

from izin.consent.models import Suppression
from izin.contacts import book
from izin.dispatch import outbox
from izin.dispatch.models import Message
from izin.inbound.models import Alarm, Delivery, Heard
from izin.ledger import log as ledger
from izin.lib.clock import now
from izin.lib.keyring import blind_index
from izin.organisations.keys import keys
from izin.whatsapp.accounts import secrets_of
from izin.whatsapp.models import BusinessAccount, SenderNumber
from izin.whatsapp.wire import signature

SILENT, CANARY = "webhooks_silent", "canary_unheard"
OF_CANARY = "canary"  # the reason of a delivery that our own canary posted
CANARY_NUMBER = "+60111000000001"  # one digit too many for a subscriber: nobody's number
CANARY_EVERY = timedelta(days=1)
HEARD_WITHIN_S = 60.0
HOLD_S = 60.0


def check_silence(limit: timedelta) -> bool:
    """Hold the lanes while WhatsApp says nothing for ``limit`` about messages that it accepted; whether it does.

    What our own canary posted is not WhatsApp speaking.
    """
    heard_at = Delivery.objects.exclude(reason=OF_CANARY).aggregate(last=Max("received_at"))["last"]
    accepted = Message.objects.filter(state=Message.State.ACCEPTED, sent_at=None, settled_at__lte=now() - limit)
    if heard_at is not None:
        accepted = accepted.filter(settled_at__gt=heard_at)
    backlog = Delivery.objects.filter(state=Delivery.State.NEW, received_at__lte=now() - limit).exists()
    unheard = set(accepted.values_list("lane__sender_id", flat=True).distinct())
    for sender in SenderNumber.objects.all():
        silent = sender.id in unheard or backlog
        _raise_or_lift(SILENT, sender, raised=silent)
        if silent:
            outbox.hold_lane(sender.id, SILENT, HOLD_S)
    return bool(unheard) or backlog


def canary_is_due() -> bool:
    """Whether the canary has not sung for a day, or was not heard, and there is a number that it could sing to."""
    if not SenderNumber.objects.exists():
        return False
    if Alarm.objects.filter(kind=CANARY, lifted_at=None).exists():
        return True
    index = book.suppression_index("phone", CANARY_NUMBER)
    last = Suppression.objects.filter(kind="phone", index=index).aggregate(last=Max("since"))["last"]
    return last is None or now() - last >= CANARY_EVERY


@dataclass(frozen=True, slots=True)
class Letter:
    """The canary's signed webhook, ready to be posted."""

    url: str
    message_id: str
    body: bytes = field(repr=False)
    signature: str = field(repr=False)


def canary_letter(sender: SenderNumber) -> Letter:
    """A signed BERHENTI of nobody's number to this sender number, as WhatsApp would post it to our door."""
    message_id = f"wamid.canary.{secrets.token_hex(12)}"
    body = json.dumps(_webhook(sender.account, sender, message_id), separators=(",", ":")).encode()
    secret = secrets_of(sender.account).app_secrets[0].encode()
    url = f"{settings.DOOR_URL}/webhooks/{sender.account.webhook_key}"
    return Letter(url, message_id, body, signature(secret, body))


def post(letter: Letter) -> bool:
    """Post it to our own door, by the address that Meta uses; whether the door took it. Never inside a transaction."""
    headers = {"X-Hub-Signature-256": letter.signature, "Content-Type": "application/json"}
    request = urllib.request.Request(letter.url, data=letter.body, headers=headers)  # noqa: S310 - our own door
    try:
        with urllib.request.urlopen(request, timeout=HEARD_WITHIN_S) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def note_canary(sender: SenderNumber, *, heard: bool) -> None:
    """Raise the alarm when the canary was not refused, and lift it when it was."""
    _raise_or_lift(CANARY, sender, raised=not heard)
    if not heard:
        ledger.append("canary.unheard", {"sender": str(sender.id)})


def is_refused(letter: Letter) -> bool:
    """Whether this very letter was heard, and the refusal that it asks for stands."""
    heard = Heard.objects.filter(wamid_index=blind_index(keys().message_index, "inbound", letter.message_id))
    index = book.suppression_index("phone", CANARY_NUMBER)
    return heard.exists() and Suppression.objects.filter(kind="phone", index=index, until_decided=False).exists()


def open_alarms() -> list[Alarm]:
    """What a person must look at now."""
    return list(Alarm.objects.filter(lifted_at=None).select_related("sender").order_by("raised_at"))


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again, until it is so or the time is over."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.2)
    return True


def _raise_or_lift(kind: str, sender: SenderNumber, *, raised: bool) -> None:
    standing = Alarm.objects.filter(kind=kind, sender=sender, lifted_at=None)
    if raised and not standing.exists():
        Alarm.objects.create(kind=kind, sender=sender, raised_at=now())
    elif not raised:
        standing.update(lifted_at=now())


def _webhook(account: BusinessAccount, sender: SenderNumber, message_id: str) -> dict[str, object]:
    digits = CANARY_NUMBER.removeprefix("+")
    message = {
        "from": digits,
        "id": message_id,
        "timestamp": str(int(now().timestamp())),
        "type": "text",
        "text": {"body": "BERHENTI"},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": sender.display, "phone_number_id": sender.phone_number_id},
        "contacts": [{"wa_id": digits, "profile": {"name": ""}}],
        "messages": [message],
    }
    change = {"field": "messages", "value": value}
    return {"object": "whatsapp_business_account", "entry": [{"id": account.waba_id, "changes": [change]}]}
