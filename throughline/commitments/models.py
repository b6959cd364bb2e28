"""Who does what by when. Nothing is overwritten: each new date and each end is a row with who and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.commitments.domain.ends import End
from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedText
from throughline.foundation.ids import new_id

PERSON = settings.AUTH_USER_MODEL
ENDS = [(End.DONE.value, _("done")), (End.DROPPED.value, _("dropped"))]


class Commitment(models.Model):
    """`due` is a whole day in the owner's zone; `first_due` stays what it was when the commitment was made.

    `origin_kind` and `origin_id` name the thing that it came from, such as a meeting; empty when there is none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    words = SealedText()
    due = models.DateField()
    first_due = models.DateField()
    origin_kind = models.CharField(max_length=64, blank=True)
    origin_id = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["owner", "due"], name="commitments_by_due")]

    def __str__(self) -> str:
        return f"commitment {self.pk}"


class NewDate(models.Model):
    """The owner moved the date: the old one is kept in view."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="new_dates")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    before = models.DateField()
    after = models.DateField()

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.before} to {self.after}"


class Closing(models.Model):
    """Done, or dropped with a reason: at most one, whatever races."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="closing")
    end = models.CharField(max_length=8, choices=ENDS)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    reason = SealedText()

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.end}"
