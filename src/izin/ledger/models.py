"""What happened, in order, provably. Nothing here is personal: subjects are random references, texts are digests."""

from django.db import models

from izin.ledger.chain import Frontier
from izin.organisations.models import Organisation
from izin.organisations.scope import current
from izin.organisations.tenancy import TenantForeignKey, TenantModel


def _empty_tree() -> bytes:
    return Frontier().to_bytes()


class Entry(TenantModel):
    """One fact at its place in the organisation's log. ``leaf`` is what the Merkle tree covers, byte for byte."""

    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    subject_ref = models.UUIDField(null=True)
    leaf = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "seq"], name="ledger_entry_seq")]
        indexes = [
            models.Index(fields=["organisation", "subject_ref"], name="ledger_entry_subject"),
        ]


class Head(models.Model):
    """Where the log ends. Its row lock gives every entry the next number, so the sequence has no gap."""

    organisation = models.OneToOneField(
        Organisation, primary_key=True, default=current, on_delete=models.DO_NOTHING, related_name="+"
    )
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=_empty_tree)


class Checkpoint(TenantModel):
    """A signed statement of the log's size and root (C2SP tlog-checkpoint); also written to a second place.

    ``frontier`` is the tree's right edge at that size: from it the next checkpoint is grown, and proofs need no more of
    the log than what came after it.
    """

    size = models.BigIntegerField()
    frontier = models.BinaryField(null=True)
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "size"], name="ledger_checkpoint_size")]


class TimeStamp(TenantModel):
    """An authority's word on when a checkpoint existed: the TimeStampResp (RFC 3161) over its note, byte for byte.

    ``at`` is the latest moment that it states. It is checked before it is kept, and also lies in the second place.
    """

    checkpoint = TenantForeignKey(Checkpoint, unique=True)
    response = models.BinaryField()
    at = models.DateTimeField()


class TimeStampTurn(models.Model):
    """When an authority was last asked, so that many workers ask it as seldom as one."""

    organisation = models.OneToOneField(
        Organisation, primary_key=True, default=current, on_delete=models.DO_NOTHING, related_name="+"
    )
    asked_at = models.DateTimeField(null=True)
