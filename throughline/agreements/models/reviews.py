"""Looking at the agreement again on its date: both confirm what is in force, or amend it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.ids import new_id


class Review(models.Model):
    """A date on which everybody looks at what is in force; one is open at a time. told_at: when all were told, once."""

    class How(models.TextChoices):
        CONFIRMED = "confirmed"
        AMENDED = "amended"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="+")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    version = models.ForeignKey("agreements.Version", models.CASCADE, related_name="+")
    due_on = models.DateField()  # in the zone of the schedule
    made_at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=16, choices=How.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], condition=models.Q(ended_at__isnull=True), name="one_open_review"
            )
        ]
        indexes = [models.Index(fields=["ended_at", "due_on"], name="reviews_that_are_due")]

    def __str__(self) -> str:
        return f"{self.due_on} {self.how}"


class Confirmation(models.Model):
    """Somebody, freshly proven, has looked at exactly this version again and means to keep to it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="confirmations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.ForeignKey("agreements.Version", models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    zone = models.CharField(max_length=64)
    proof_method = models.CharField(max_length=16)
    proof_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "person", "version"], name="one_confirmation_of_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} confirms {self.version_id}"
