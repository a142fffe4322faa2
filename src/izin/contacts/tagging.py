"""Staff's own words on people, to choose among those who agreed. Inside an organisation's scope.

A tag lies in clear beside language and country, so ``tag_words`` keeps numbers and addresses out of it. It goes with
the contact's row when the person is erased, and stands in what they get to see of their data.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import connection

from izin.contacts.models import Tag
from izin.lib import sql

QUERIES = sql.load("izin.contacts", "tags.sql")


def known() -> list[str]:
    """Every tag that was ever given here, by name."""
    return list(Tag.objects.order_by("name").values_list("name", flat=True))


def add(tags_of: Mapping[UUID, Sequence[str]]) -> int:
    """Give each person these tags, read by ``tag_words`` before; how many people had not all of them yet."""
    pairs = [(contact_id, tag) for contact_id, tags in tags_of.items() for tag in tags]
    if not pairs:
        return 0
    Tag.objects.bulk_create([Tag(name=name) for name in sorted({tag for _, tag in pairs})], ignore_conflicts=True)
    ids, tags = zip(*pairs, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["add_tags"], {"ids": list(ids), "tags": list(tags)})
        return cursor.rowcount


def remove(contact_ids: Iterable[UUID], tag: str) -> int:
    """Take the tag from these people; how many had it."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["remove_tag"], {"ids": list(contact_ids), "tag": tag})
        return cursor.rowcount
