"""Calls, who was connected to them, and what their browsers reported. Nothing of what was said or shown."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.ledger.domain.facts import Exemption


class Call(models.Model):
    """A call, running until `closed_at`. `occasion` is the planned thing it belongs to; empty for a quick call."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=120, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    # As it stood when the call closed: a need declared later does not excuse an earlier call.
    exemption = models.CharField(
        max_length=16, blank=True, choices=[(reason.value, reason.value) for reason in Exemption]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "occasion"],
                condition=models.Q(closed_at=None),
                name="one_running_call_for_an_occasion",
            )
        ]
        indexes = [
            models.Index(fields=["occasion"], name="calls_by_occasion", condition=~models.Q(occasion="")),
            models.Index(fields=["opened_at"], name="calls_running", condition=models.Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return f"calls.Call:{self.pk}"

    @property
    def source(self) -> str:
        """What the ledger calls it."""
        return f"calls.Call:{self.pk}"


class HiddenAddress(models.Model):
    """Somebody's calls go through a relay alone, so that the others' browsers never learn where they are."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"hidden address of {self.person_id}"


class Presence(models.Model):
    """One socket's stay in a call. A reload, a second tab or a lost line begins another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    connection = models.CharField(max_length=64)
    joined_at = models.DateTimeField(default=clock.now)
    seen_until = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)
    by_choice = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "connection"], name="one_presence_for_a_connection")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.call_id}"


class SpanRow(models.Model):
    """A stretch in which this socket's reports did not change. `hears` and `sees`: ids of people, sorted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    presence = models.ForeignKey(Presence, models.CASCADE, related_name="spans")
    start = models.DateTimeField()
    end = models.DateTimeField()
    sends_voice = models.BooleanField(default=False)
    sends_video = models.BooleanField(default=False)
    hears = models.JSONField(default=list)
    sees = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["presence", "end"], name="spans_by_end")]

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"
