"""What follows from Meta's word about templates and accounts: campaigns stop, lanes stand still, the ledger knows."""

import json
from collections.abc import Sequence

from django.db.models import Q

from izin.campaigns import lifecycle
from izin.campaigns.models import Campaign
from izin.dispatch import outbox
from izin.inbound.models import Delivery, Heard
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.keyring import blind_index
from izin.organisations.keys import keys
from izin.whatsapp.events import Event, read_event
from izin.whatsapp.models import SenderNumber
from izin.whatsapp.webhook import Other

ACCOUNT_REASONS = ("account_locked", "account_restricted")


def act_on(delivery: Delivery, told: Sequence[Other]) -> None:
    """Act on everything in a delivery that is about no message, each once; what asks for nothing is left alone."""
    for one in told:
        event = read_event(one, delivery.received_at)
        if event is not None and _is_new(delivery, one):
            log.append("whatsapp.told", {"account": str(delivery.account_id), "field": event.field, "word": event.word})
            _stop_campaigns(delivery, event)
            _bar_or_free(delivery, event)


def _is_new(delivery: Delivery, told: Other) -> bool:
    """Meta delivers at least once, and may put what it repeats into another batch: content and time make it one."""
    content = json.dumps([told.field, told.value, told.at.isoformat()], sort_keys=True)
    index = blind_index(keys().message_index, "event", content)
    heard = Heard(wamid_index=index, meaning="event", received_at=delivery.received_at, delivery=delivery)
    Heard.objects.bulk_create([heard], ignore_conflicts=True)
    return Heard.objects.filter(id=heard.id).exists()


def _stop_campaigns(delivery: Delivery, event: Event) -> None:
    if event.closes is None:
        return
    name, reason = event.closes
    named = Q(template_name=name) | Q(variant_name=name)
    running = Campaign.objects.filter(named, state=Campaign.State.RUNNING)
    for campaign_id in running.filter(sender__account_id=delivery.account_id).values_list("id", flat=True):
        lifecycle.pause_by_machine(campaign_id, reason)


def _bar_or_free(delivery: Delivery, event: Event) -> None:
    for sender in SenderNumber.objects.filter(account_id=delivery.account_id):
        if event.frees:
            outbox.free_lane(sender.id, ACCOUNT_REASONS)
        elif event.bars is not None and event.bars[1] > now():
            reason, until = event.bars
            outbox.open_lane(sender)
            outbox.hold_lane(sender.id, reason, (until - now()).total_seconds())
