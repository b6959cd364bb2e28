"""What became of meetings."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.meetings.domain.outcomes import Outcome
from throughline.meetings.models.planned import Meeting


class Settlement(models.Model):
    """What became of a meeting, from its calls. Settled again when another call on it ends."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, primary_key=True, related_name="settlement")
    at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=16, choices=[(outcome.value, outcome.value) for outcome in Outcome])
    kept = models.BooleanField()
    together = models.PositiveIntegerField()
    both_voice = models.PositiveIntegerField()
    both_video = models.PositiveIntegerField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"settlement of {self.meeting_id}"


class Attendance(models.Model):
    """Somebody came to a meeting, and for how long. Zero seconds: came, and met nobody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    settlement = models.ForeignKey(Settlement, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    present = models.PositiveIntegerField()
    voice = models.PositiveIntegerField()
    video = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["settlement", "person"], name="one_attendance_for_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.settlement_id}"
