"""What two people type into the same part: each field by whom and when, and what was overtaken unseen."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.agreements.domain.terms import PartKind
from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedJson
from throughline.foundation.ids import new_id

KINDS = [(kind.value, kind.value) for kind in PartKind]


class FieldEdit(models.Model):
    """One field of a part's form as one person typed it. The highest stamp is what stands; the others, how it came.

    Stamps count the writes of a part, whole or field by field. window: the browser's page that typed it, by its own
    id, so that what one page types twice over a broken line contradicts nobody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="field_edits")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=KINDS)
    field = models.CharField(max_length=48)
    stamp = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    window = models.UUIDField(null=True)
    value = SealedJson()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "kind", "field", "stamp"], name="one_field_edit_for_a_stamp")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.field} {self.stamp}"


class Overtaken(models.Model):
    """What somebody had typed and a later one replaced without having seen it. It stays until one of them settles it.

    restored: how it was settled: taken back (True) or left (False).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="overtaken")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=KINDS)
    field = models.CharField(max_length=48)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    value = SealedJson()
    overtaken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    overtaken_at = models.DateTimeField(default=clock.now)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    restored = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "field", "by"],
                condition=models.Q(settled_at__isnull=True),
                name="one_open_overtaken_for_a_field",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.field} of {self.by_id}"
