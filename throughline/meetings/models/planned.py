"""What the signed schedule put into the calendar."""

from __future__ import annotations

from datetime import date, time

from django.db import models

from throughline.agreements.domain.terms import Cadence, Holiday, Schedule
from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.meetings.domain.occasions import occasion_of
from throughline.meetings.domain.outcomes import Planned


class Series(models.Model):
    """A signed schedule, and the version of the agreement that planned it. The columns are those of Schedule."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    version_id = models.UUIDField()
    cadence = models.CharField(max_length=16, choices=[(cadence.value, cadence.value) for cadence in Cadence])
    weekday = models.SmallIntegerField()
    week_of_month = models.SmallIntegerField(null=True)
    time = models.TimeField()
    zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField()
    first = models.DateField()
    last = models.DateField(null=True)
    holidays = models.JSONField(default=list)  # pairs of ISO dates, both days included
    rotation = models.JSONField(default=list)  # ISO times that take turns; empty where it is always `time`
    planned_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relationship"], condition=models.Q(ended_at__isnull=True), name="one_series_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"series of {self.relationship_id}"

    @property
    def schedule(self) -> Schedule:
        return Schedule(
            Cadence(self.cadence), self.weekday, self.week_of_month, self.time,
            self.zone, self.minutes, self.first, self.last,
            tuple(Holiday(date.fromisoformat(first), date.fromisoformat(last)) for first, last in self.holidays),
            tuple(time.fromisoformat(at) for at in self.rotation),
        )  # fmt: skip


class Meeting(models.Model):
    """One occurrence. first_start is what was first agreed and never changes; start follows moves.

    sequence rises with everything that changes it for others' calendars: moved, called off, skipped, withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(Series, models.CASCADE, related_name="+")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    first_start = models.DateTimeField()
    start = models.DateTimeField()
    end = models.DateTimeField()
    planned_at = models.DateTimeField(default=clock.now)
    sequence = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "first_start"], name="one_meeting_at_each_start"),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="a_meeting_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(fields=["relationship", "end"], name="meetings_by_end"),
            models.Index(fields=["end"], name="meetings_to_settle"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.id}"

    @property
    def occasion(self) -> str:
        """How calls and the ledger name it."""
        return occasion_of(self.pk)

    @property
    def planned(self) -> Planned:
        return Planned(self.first_start, self.start, self.end)


class ShiftWarning(models.Model):
    """Both have been told that a meeting's hour shifts for one of them, since only one zone changes its clocks."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"shift warning of {self.meeting_id}"


class Reminder(models.Model):
    """Both have been told that a meeting is about to begin: once, however often the job runs."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"reminder of {self.meeting_id}"
