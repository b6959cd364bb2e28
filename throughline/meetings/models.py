"""What was planned, what changed since, and what became of it. Times are UTC; durations whole seconds.

A meeting's states are rows: moved (Move), cancelled (Cancellation), withdrawn by another schedule (Withdrawal),
settled (Settlement). A meeting without any of them is still to come.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models

from throughline.agreements.domain.terms import Cadence, Holiday, Schedule
from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedText
from throughline.foundation.ids import new_id
from throughline.meetings.domain.occasions import occasion_of
from throughline.meetings.domain.outcomes import Outcome, Planned


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
        )  # fmt: skip


class Meeting(models.Model):
    """One occurrence. first_start is what was first agreed and never changes; start follows moves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(Series, models.CASCADE, related_name="+")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    first_start = models.DateTimeField()
    start = models.DateTimeField()
    end = models.DateTimeField()
    planned_at = models.DateTimeField(default=clock.now)

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


class Move(models.Model):
    """Somebody moved a meeting. `before` is the start that it had, `after` the one that it got."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="moves")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    before = models.DateTimeField()
    after = models.DateTimeField()
    reason = SealedText()

    def __str__(self) -> str:
        return f"move of {self.meeting_id}"


class Cancellation(models.Model):
    """Somebody called a meeting off, and said why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="cancellation")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    reason = SealedText()

    def __str__(self) -> str:
        return f"cancellation of {self.meeting_id}"


class Withdrawal(models.Model):
    """A meeting that fell away with its series: another schedule was signed, or the relationship ended.

    version_id: the version that took its place, or None when nothing did. It never counts as due.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, primary_key=True, related_name="withdrawal")
    version_id = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"withdrawal of {self.meeting_id}"


class Reminder(models.Model):
    """Both have been told that a meeting is about to begin: once, however often the job runs."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"reminder of {self.meeting_id}"


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
