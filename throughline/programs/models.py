"""Programmes, who coordinates them, and which relationships take part by everybody's consent."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.ids import new_id

PERSON = settings.AUTH_USER_MODEL


class Programme(models.Model):
    """Made by any signed-in person. What it says of itself is read by everybody who holds its link."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    code = models.CharField(max_length=32, unique=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class Coordinator(models.Model):
    """Somebody who runs a programme."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="coordinators")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "person"], name="coordinates_a_programme_once")]

    def __str__(self) -> str:
        return f"{self.person_id} coordinates {self.programme_id}"


class Enrolment(models.Model):
    """A member proposed that their relationship joins. `begun_at` is when the last member said yes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    begun_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"enrolment {self.pk}"

    @property
    def ground(self) -> str:
        """What the oversight rows that follow from it rest on."""
        return f"programs.enrolment:{self.pk}"


class Consent(models.Model):
    """One member's yes; the proposer's is written with the proposal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="consents")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "person"], name="one_consent_for_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} consents to {self.enrolment_id}"


class Leaving(models.Model):
    """Somebody said no to the proposal, or took the relationship out of the programme."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="leaving")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.by_id} leaves {self.enrolment_id}"
