"""What one person answered or put aside, in private: no other person ever reads these rows. Times are UTC."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedText
from throughline.foundation.ids import new_id

PERSON = settings.AUTH_USER_MODEL


class CameraAnswer(models.Model):
    """Why sessions are held without cameras, as one person said. The pair's count begins anew at `at`; `reason`, one
    of domain.reasons.Reason, enters no number."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    reason = SealedText()

    class Meta:
        indexes = [models.Index(fields=["relationship", "at"], name="camera_answers_by_time")]

    def __str__(self) -> str:
        return f"camera answer {self.pk}"


class StepAside(models.Model):
    """One person does not want a practice's next step now, or says that it is wrong: it is not offered until then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    practice = models.SlugField(max_length=32)
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    wrong = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["relationship", "person"], name="steps_aside_of_a_person")]

    def __str__(self) -> str:
        return f"step aside {self.pk}"
