"""Notices on their way and sent: who, about which thing, never what it says."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.ids import new_id


class Notice(models.Model):
    """One mail to one person, or to an address that has no account yet (then `email` instead of `recipient`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=64)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=16, blank=True)
    relationship_id = models.UUIDField(null=True)  # an id, no key: relationships stand above this room
    thing_kind = models.CharField(max_length=64, blank=True)
    thing_id = models.UUIDField(null=True)
    address = models.CharField(max_length=500, blank=True)  # a path of ours that the mail links to
    ids = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)  # values that may not lie open (a link's secret); emptied once sent
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)  # its thing was gone before it could be sent

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False) | ~models.Q(email=""), name="notice_goes_to_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
