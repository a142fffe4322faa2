"""The stop that halts all sending: of one organisation by its own staff, or of the installation by its operator.

What is decided in a lane (``arm_campaign``, ``arm_answers``) asks for both in the same statement, so nothing is decided
after a stop has committed; lanes hear of it at once and drop what was decided and has not left yet. It takes in
everything, answers to people as well: a stop is for when something is wrong, and then nothing may leave. What people
write is still heard, and their refusals are in force at once.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from izin.campaigns.models import InstallationStop, SendingStop
from izin.campaigns.waking import stop_lanes, wake_lanes
from izin.ledger import log
from izin.lib.clock import now
from izin.organisations import registry
from izin.organisations.scope import current, scope


def stop(by: UUID | None) -> bool:
    """Stop all sending of the organisation whose scope is open; False when it is stopped already.

    ``by`` is the member of staff, None when it was done from the terminal.
    """
    with transaction.atomic():
        _, is_new = SendingStop.objects.get_or_create(lifted_at=None, defaults={"at": now(), "by": by})
        if not is_new:
            return False
        log.append("sending.stopped", _told(by))
        stop_lanes(current())
    return True


def resume(by: UUID | None) -> bool:
    """Let the organisation send again; False when it was not stopped. A stop of the installation stays."""
    with transaction.atomic():
        lifted = SendingStop.objects.filter(lifted_at=None).update(lifted_at=now(), lifted_by=by)
        if lifted:
            log.append("sending.resumed", _told(by))
            wake_lanes(current())
    return bool(lifted)


def stop_installation() -> bool:
    """Stop the sending of every organisation at once; False when it is stopped already. Outside any scope.

    It is in force before the ledgers are written, one organisation after the other.
    """
    with transaction.atomic():
        _, is_new = InstallationStop.objects.get_or_create(lifted_at=None, defaults={"at": now()})
        if not is_new:
            return False
        stop_lanes(None)
    _note_everywhere("sending.installation_stopped", registry.organisation_ids())
    return True


def resume_installation() -> bool:
    """Lift the stop of the installation; False when there was none. Organisations that stopped themselves stay so."""
    with transaction.atomic():
        lifted = InstallationStop.objects.filter(lifted_at=None).update(lifted_at=now())
        wake_lanes(None)
    if lifted:
        _note_everywhere("sending.installation_resumed", registry.organisation_ids())
    return bool(lifted)


def in_force() -> list[SendingStop | InstallationStop]:
    """The stops that stand at this moment for the organisation whose scope is open: the installation's first."""
    stops: list[SendingStop | InstallationStop] = list(InstallationStop.objects.filter(lifted_at=None))
    return stops + list(SendingStop.objects.filter(lifted_at=None))


def _note_everywhere(kind: str, organisation_ids: Iterable[UUID]) -> None:
    for organisation_id in organisation_ids:
        with scope(organisation_id):
            log.append(kind, {})


def _told(by: UUID | None) -> dict[str, str]:
    return {"by": str(by)} if by else {"by": "operator"}
