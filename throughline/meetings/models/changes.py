"""What people changed of what was planned, and what they asked each other for: each a row with who and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedText
from throughline.foundation.ids import new_id
from throughline.meetings.domain.changing import How, Scope
from throughline.meetings.models.planned import Meeting


class ChangeRequest(models.Model):
    """Somebody asks the others for another time for a meeting, or for it to be skipped (`to` is None).

    Open until it has an end; so long the new time is held for everybody. before: the start that it had then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="requests")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    scope = models.CharField(max_length=16, choices=[(scope.value, scope.value) for scope in Scope])
    before = models.DateTimeField()
    to = models.DateTimeField(null=True)
    reason = SealedText()

    class Meta:
        indexes = [models.Index(fields=["relationship", "to"], name="times_that_are_asked_for")]

    def __str__(self) -> str:
        return f"request about {self.meeting_id}"

    @property
    def open(self) -> bool:
        return not hasattr(self, "end")

    @property
    def is_skip(self) -> bool:
        return self.to is None


class ChangeAnswer(models.Model):
    """What one of the others said to a request."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(ChangeRequest, models.CASCADE, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    accepted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "person"], name="one_answer_of_a_person")]

    def __str__(self) -> str:
        return f"answer to {self.request_id}"


class ChangeEnd(models.Model):
    """How a request ended. by: whose act that was; None where nobody's was.

    proposal_id: what it became, if PROPOSED.
    """

    request = models.OneToOneField(ChangeRequest, models.CASCADE, primary_key=True, related_name="end")
    how = models.CharField(max_length=16, choices=[(how.value, how.value) for how in How])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    proposal_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"end of {self.request_id}"


class Skip(models.Model):
    """A meeting that both agreed to leave out, because one of them is away. It is not due."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, primary_key=True, related_name="skip")
    request = models.ForeignKey(ChangeRequest, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"skip of {self.meeting_id}"


class Move(models.Model):
    """Somebody moved a meeting, and the others agreed. `before` is the start that it had, `after` the one that it got.

    at: when it was asked for, which is when the others heard of it.
    """

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

    version_id: the version that took its place, or None when nothing did. It never counts as due. TAKEN: one of the
    people had another meeting then when it was planned; it may still be given another time.
    """

    class Why(models.TextChoices):
        REPLACED = "replaced"
        TAKEN = "taken"

    meeting = models.OneToOneField(Meeting, models.CASCADE, primary_key=True, related_name="withdrawal")
    version_id = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)
    why = models.CharField(max_length=16, choices=Why.choices, default=Why.REPLACED)

    def __str__(self) -> str:
        return f"withdrawal of {self.meeting_id}"
