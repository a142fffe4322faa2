"""Who wrote a reply, as staff may see it: a masked number, and the name for roles that need it."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from izin.contacts import book
from izin.inbound import replies
from izin.inbound.models import Reply
from izin.lib.phone import PhoneError, PhoneNumber


def shown_sender(reply: Reply) -> str:
    """The masked number; for somebody whom WhatsApp names only by a user id, words that say so."""
    if reply.identity_kind == "phone":
        try:
            return PhoneNumber(replies.identity_in_clear(reply)).masked
        except PhoneError:
            return _("erased")
    return _("a WhatsApp user without a number") if reply.identity_kind else _("unknown sender")


def names_of(listed: Sequence[Reply]) -> dict[UUID, str]:
    """The names of those who are in the book, by reply."""
    contacts = {reply.contact_id: reply.contact for reply in listed if reply.contact}
    names = book.names(contacts.values())
    return {reply.id: names.get(reply.contact_id, "") for reply in listed if reply.contact_id}
