"""A signed test event through our own door, by the address that Meta uses: does it arrive?

It proves everything but Meta itself: name, proxy, certificate, signature over unchanged bytes, and the commit.
"""

import json
import secrets
import time
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from izin.inbound import watch
from izin.inbound.accounts import AGAIN_S
from izin.inbound.bodies import open_body
from izin.inbound.models import Delivery
from izin.lib.clock import now
from izin.organisations.scope import scope
from izin.whatsapp.accounts import secrets_of
from izin.whatsapp.models import BusinessAccount
from izin.whatsapp.wire import signature

SKEW = timedelta(minutes=1)  # the door may run on another machine, by another clock
FIELD = "izin_test"  # no field of Meta's: it is read, kept and asks for nothing


def prove(organisation_id: UUID, account_id: UUID) -> bool:
    """Post one, and say whether exactly this one was stored. Outside every scope."""
    began = now()
    with scope(organisation_id):
        letter = _letter(BusinessAccount.objects.get(id=account_id))
    if letter is None or not _posted(letter):
        return False
    with scope(organisation_id):
        return _note_arrival(account_id, letter.body, began)


def _posted(letter: watch.Letter) -> bool:
    """Twice, as Meta would: a door that has just looked does not see a renewed secret before ``AGAIN_S``."""
    if watch.post(letter):
        return True
    time.sleep(AGAIN_S + 0.1)
    return watch.post(letter)


def _letter(account: BusinessAccount) -> watch.Letter | None:
    """The event, signed; None without an app secret, since nothing can be signed then."""
    app_secrets = secrets_of(account).app_secrets
    if not app_secrets:
        return None
    mark = secrets.token_hex(12)
    change = {"field": FIELD, "value": {"mark": mark}}
    entry = {"id": account.waba_id, "time": int(now().timestamp()), "changes": [change]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}, separators=(",", ":")).encode()
    url = f"{settings.DOOR_URL}/webhooks/{account.webhook_key}"
    return watch.Letter(url, mark, body, signature(app_secrets[0].encode(), body))


def _note_arrival(account_id: UUID, body: bytes, since: datetime) -> bool:
    """Find the delivery, and mark it as our own, so that nobody takes it for WhatsApp speaking."""
    fresh = Delivery.objects.filter(account_id=account_id, received_at__gte=since - SKEW)
    for delivery in fresh.order_by("-id")[:1000]:
        if open_body(delivery) == body:
            Delivery.objects.filter(id=delivery.id).update(reason=watch.OF_CANARY)
            return True
    return False


def heard_at() -> datetime | None:
    """When WhatsApp last told us anything; what we posted ourselves is left out."""
    spoken = Delivery.objects.exclude(reason=watch.OF_CANARY).order_by("-received_at")
    return spoken.values_list("received_at", flat=True).first()
