"""Show a person that what they wrote was read, once somebody has answered it (Meta's page "Mark messages as read").

The message's id is kept in clear nowhere: it holds the number. It is taken from the sealed webhook when it is needed.
"""

import asyncio
import logging
from uuid import UUID

from izin.inbound.bodies import open_body
from izin.inbound.models import Reply
from izin.lib.keyring import blind_index
from izin.organisations.keys import keys
from izin.organisations.scope import scope
from izin.whatsapp.accounts import Access, access_of, client_for
from izin.whatsapp.client import GraphError
from izin.whatsapp.wire import Poison, read_webhook

log = logging.getLogger(__name__)


def show_read(organisation_id: UUID, reply_id: UUID) -> bool:
    """Mark the reply as read at WhatsApp; whether that was done. Outside every scope, since it speaks HTTP.

    It is a courtesy: when WhatsApp refuses it or is away, nothing else depends on it.
    """
    with scope(organisation_id):
        found = _found(reply_id)
    if found is None:
        return False
    try:
        asyncio.run(_mark(*found))
    except GraphError as refused:
        log.info("a reply was not marked as read: code %s", refused.code)
        return False
    return True


async def _mark(access: Access, message_id: str) -> None:
    async with client_for(access, limit=1) as client:
        await client.mark_read(access.phone_number_id, message_id)


def _found(reply_id: UUID) -> tuple[Access, str] | None:
    """How to reach the reply's number, and the id of the message; None when either is not known any more."""
    reply = Reply.objects.select_related("delivery", "sender__account").filter(id=reply_id).first()
    if reply is None or reply.sender is None:
        return None
    try:
        webhook = read_webhook(open_body(reply.delivery))
    except Poison:
        return None
    ids = (message.id for message in webhook.messages)
    written = {blind_index(keys().message_index, "inbound", message_id): message_id for message_id in ids}
    message_id = written.get(bytes(reply.wamid_index))
    return (access_of(reply.sender), message_id) if message_id else None
