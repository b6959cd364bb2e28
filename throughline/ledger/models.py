"""The ledger's rows: touched by this room alone. Times are UTC; durations whole seconds."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation.ids import new_id
from throughline.ledger.domain.facts import Exemption, Kind, Medium


class FactRow(models.Model):
    """One raw fact, upserted by its source. See ledger.domain.facts.Fact for each column."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=120, unique=True)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Kind])
    medium = models.CharField(max_length=16, choices=[(medium.value, medium.value) for medium in Medium])
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    initiator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    occasion = models.CharField(max_length=120, blank=True)
    together = models.PositiveIntegerField(default=0)
    both_voice = models.PositiveIntegerField(default=0)
    both_video = models.PositiveIntegerField(default=0)
    session = models.BooleanField(default=False)
    exemption = models.CharField(
        max_length=16, blank=True, choices=[(reason.value, reason.value) for reason in Exemption]
    )
    automatic = models.BooleanField(default=False)
    self_reported = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["relationship", "started_at"], name="facts_by_time"),
            models.Index(fields=["occasion"], name="facts_by_occasion", condition=~models.Q(occasion="")),
        ]

    def __str__(self) -> str:
        return self.source


class PartRow(models.Model):
    """One person's part in a fact."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    fact = models.ForeignKey(FactRow, models.CASCADE, related_name="parts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    present = models.PositiveIntegerField(default=0)
    voice = models.PositiveIntegerField(default=0)
    video = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "person"], name="one_part_for_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.fact_id}"
