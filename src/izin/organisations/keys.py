"""The organisation's keys in this process: wrapped in the database by the root key, which is never there."""

import os
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from izin.lib.keyring import KeyMissing, OrganisationKeys, RootKey, Unreadable, associated
from izin.organisations.models import Organisation
from izin.organisations.scope import current

_opened: dict[UUID, OrganisationKeys] = {}


@lru_cache(maxsize=1)
def root() -> RootKey:
    """The root key from ``IZIN_ROOT_KEY`` or its file. Raises KeyMissing with the sentence that tells what to do."""
    return RootKey.load(os.environ, settings.ROOT_KEY_FILE)


def keys() -> OrganisationKeys:
    """The keys of the organisation whose scope is open. Raises KeyMissing for a foreign root key."""
    organisation_id = current()
    if organisation_id not in _opened:
        sealed = Organisation.objects.values_list("secret_sealed", flat=True).get(id=organisation_id)
        try:
            secret = root().unwrap(bytes(sealed), _place(organisation_id))
        except Unreadable:
            raise KeyMissing(
                "The root key is not the one that this database was sealed with. Put the right key back "
                f"({settings.ROOT_KEY_FILE}, or IZIN_ROOT_KEY); nothing was changed."
            ) from None
        _opened[organisation_id] = OrganisationKeys(organisation_id, secret)
    return _opened[organisation_id]


def wrap_secret(organisation_id: UUID, secret: bytes) -> bytes:
    """The organisation's secret as its row keeps it."""
    return root().wrap(secret, _place(organisation_id))


def _place(organisation_id: UUID) -> bytes:
    return associated(organisation_id, "organisations_organisation", "secret_sealed", organisation_id)
