"""Meetings that take place elsewhere: the room, who went there, and what both say of it afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedText
from throughline.foundation.ids import new_id
from throughline.meetings.domain.elsewhere import Way
from throughline.meetings.models.planned import Meeting

PERSON = settings.AUTH_USER_MODEL


class OutsideRoom(models.Model):
    """A link that replaces our room for a pair that must. One at a time; who ended it, and when, stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    url = SealedText()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relationship"], condition=models.Q(ended_at__isnull=True), name="one_outside_room_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"outside room of {self.relationship_id}"


class OutsideJoin(models.Model):
    """Somebody pressed the button that leads there; the first time counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="outside_joins")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_outside_join_of_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} elsewhere for {self.meeting_id}"


class SelfReport(models.Model):
    """One side says that they met elsewhere. Counts apart, and only once another one has confirmed it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="report")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=16, choices=[(way.value, way.value) for way in Way])

    def __str__(self) -> str:
        return f"report of {self.meeting_id}"

    @property
    def source(self) -> str:
        """How the ledger names it."""
        return f"meetings.SelfReport:{self.pk}"


class SelfReportAnswer(models.Model):
    """Another one confirms it, or says that it was not so."""

    report = models.OneToOneField(SelfReport, models.CASCADE, primary_key=True, related_name="answer")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    confirmed = models.BooleanField()

    def __str__(self) -> str:
        return f"answer to {self.report_id}"
