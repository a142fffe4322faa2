"""What is wrong with the way out at this moment, in words: for the overview, and for the campaigns it concerns."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from izin.dispatch.models import Lane
from izin.inbound import watch
from izin.inbound.models import Alarm
from izin.lib.clock import now
from izin.staff.reasons import in_words


def shown(sender_id: UUID | None = None) -> list[dict[str, Any]]:
    """Alarms and stopped sender numbers, of one number or of all: title, text, and since when (None: not known)."""
    alarms = [one for one in watch.open_alarms() if sender_id in (None, one.sender_id)]
    told = {one.sender_id for one in alarms if one.kind == watch.SILENT}
    lanes = Lane.objects.select_related("sender").filter(held_until__gt=now())
    lanes = lanes.filter(sender_id=sender_id) if sender_id else lanes
    return [_alarm(one) for one in alarms] + [
        _hold(lane) for lane in lanes if not (lane.held_because == watch.SILENT and lane.sender_id in told)
    ]


def _silent(number: str) -> dict[str, str]:
    return {
        "title": _("WhatsApp is silent about %(number)s") % {"number": number},
        "text": _(
            "It took messages from us and has said nothing about them since, so a stop could stay unheard. Nothing "
            "more is sent until it speaks again. An administrator looks whether the door runs and can be reached "
            "from the internet, and whether the webhook is still subscribed at Meta."
        ),
    }


def _canary(number: str) -> dict[str, str]:
    return {
        "title": _("A test stop to %(number)s was not heard") % {"number": number},
        "text": _(
            "Each day Izin says BERHENTI to every sender number through its own public address. This time it was "
            "not refused within a minute: real stops may be lost. An administrator looks after the door and its "
            "address at once; until then, pause what is being sent."
        ),
    }


WORDS: dict[str, Callable[[str], dict[str, str]]] = {watch.SILENT: _silent, watch.CANARY: _canary}


def _alarm(alarm: Alarm) -> dict[str, Any]:
    return WORDS[alarm.kind](alarm.sender.display if alarm.sender else "") | {"since": alarm.raised_at}


def _hold(lane: Lane) -> dict[str, Any]:
    title = _("Nothing leaves from %(number)s at the moment") % {"number": lane.sender.display}
    why = in_words(lane.held_because)
    return {"title": title, "text": f"{why[:1].upper()}{why[1:]}.".replace("..", "."), "since": None}
