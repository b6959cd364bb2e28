"""What each thinks over alone before both write: nobody else's until it is shown."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.agreements.domain.preparing import STEPS
from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedJson
from throughline.foundation.ids import new_id


class Preparing(models.Model):
    """One person's preparing for one agreement. Until `shown_at` only they can read it, in every mode."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    shown_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "person"], name="one_preparing_for_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} prepares"


class Answer(models.Model):
    """One step of it: the fields as they were typed. taken: who put it on the page of own words (that step alone)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    preparing = models.ForeignKey(Preparing, models.CASCADE, related_name="answers")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    step = models.CharField(max_length=16, choices=[(step, step) for step in STEPS])
    at = models.DateTimeField(default=clock.now)
    typed = SealedJson()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["preparing", "step"], name="one_answer_for_a_step")]

    def __str__(self) -> str:
        return f"{self.step} of {self.preparing_id}"
