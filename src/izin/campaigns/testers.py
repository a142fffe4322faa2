"""Members of staff who get tests of drafts: each names the own number, which is a contact's. Inside a scope."""

from typing import Final
from uuid import UUID

from izin.campaigns.models import Tester
from izin.contacts.book import Known
from izin.lib.clock import now

MOST: Final = 5  # of one test


def name_own(member: UUID, person: Known) -> bool:
    """This member's own number is that of this contact; False when another member has named it."""
    if Tester.objects.filter(contact_id=person.id).exclude(member=member).exists():
        return False
    leave(member)
    Tester.objects.create(member=member, contact_id=person.id, at=now())
    return True


def leave(member: UUID) -> None:
    """Get no more tests."""
    Tester.objects.filter(member=member).delete()


def forget(person: Known) -> dict[str, int]:
    """Let go of an erased person; how many rows of each table."""
    return {"campaigns_tester": Tester.objects.filter(contact_id=person.id).delete()[0]}
