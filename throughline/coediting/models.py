"""Text that several people write at once: one merged state and a short log of updates, sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedBytes
from throughline.foundation.ids import new_id


class Document(models.Model):
    """A shared text. `origin` says which thing of which room it belongs to: "agreements.Section:…"."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    origin = models.CharField(max_length=160, unique=True)
    opened_at = models.DateTimeField(default=clock.now)
    last_seq = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.origin


class Update(models.Model):
    """What one person changed within one write of the log. `seq` counts from 1 within the document."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="updates")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    seq = models.PositiveBigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_index=True)
    content = SealedBytes()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "seq"], name="one_update_for_a_seq")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.seq}"


class Snapshot(models.Model):
    """Everything up to an update, merged; the log holds what came after. At most one a document."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.OneToOneField(Document, models.CASCADE, related_name="snapshot")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    up_to = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)
    inserted = models.JSONField(default=dict)
    """Characters that each person inserted, by their id: a count, no content."""
    state = SealedBytes()

    def __str__(self) -> str:
        return f"{self.document_id} to {self.up_to}"
