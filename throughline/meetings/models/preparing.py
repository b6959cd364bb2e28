"""What people bring to a meeting and take from it: its agenda, its notes, and what each had ready beforehand."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedText
from throughline.foundation.ids import new_id
from throughline.meetings.domain.agenda import ItemEnd
from throughline.meetings.models.planned import Meeting

PERSON = settings.AUTH_USER_MODEL
RELATIONSHIP = "relationships.Relationship"


class AgendaItem(models.Model):
    """Something to talk about: in words, or a thing of another room by its kind and id, whose title is asked each time.

    `carries` is the item of an earlier meeting that this one goes on from.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    words = SealedText()
    thing_kind = models.CharField(max_length=64, blank=True)
    thing_id = models.UUIDField(null=True)
    carries = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "thing_kind", "thing_id"],
                condition=models.Q(thing_id__isnull=False),
                name="one_thing_once_on_an_agenda",
            ),
            models.UniqueConstraint(fields=["meeting", "carries"], name="one_item_carried_once"),
        ]

    def __str__(self) -> str:
        return f"agenda item {self.pk}"


class AgendaEnd(models.Model):
    """Talked about, taken off, or carried on: who said so, and when. Taken back by deleting the row."""

    item = models.OneToOneField(AgendaItem, models.CASCADE, primary_key=True, related_name="end")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    end = models.CharField(max_length=8, choices=[(end.value, end.value) for end in ItemEnd])

    def __str__(self) -> str:
        return f"{self.item_id}: {self.end}"


class Notes(models.Model):
    """A meeting has notes: the document of `coediting` that everybody writes in."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, primary_key=True, related_name="notes")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    document_id = models.UUIDField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "notes"

    def __str__(self) -> str:
        return f"notes of {self.meeting_id}"


class Preparation(models.Model):
    """What one person was to have ready for one meeting by `due`, and what they posted.

    number: which item of the signed version's preparation. asked_at: they were reminded, once. posted_at: when it was
    first there; what they write later changes the words alone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="preparations")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    version_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    due = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(null=True)
    words = SealedText()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person", "version_id", "number"], name="one_preparation_for_each_item"
            )
        ]

    def __str__(self) -> str:
        return f"preparation {self.pk}"
