"""A change to one term of an agreement in force: proposed with a reason, agreed to by each, or ended otherwise."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.agreements.domain.terms import PartKind
from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedJson, SealedText
from throughline.foundation.ids import new_id

KINDS = [(kind.value, kind.value) for kind in PartKind]


class Proposal(models.Model):
    """One part as somebody would have it instead, and why. base: the version that was in force when it was made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="proposals")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=KINDS)
    payload = SealedJson()
    format = models.PositiveSmallIntegerField(default=1)  # of the payload: see domain/upgrade.py
    reason = SealedText()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    base = models.ForeignKey("agreements.Version", models.CASCADE, related_name="+")
    counters = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["relationship", "at"], name="proposals_of_a_relationship")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Assent(models.Model):
    """Somebody agreed, freshly proven, that this very text becomes version `number`: their signature in advance."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="assents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    zone = models.CharField(max_length=64)
    proof_method = models.CharField(max_length=16)
    proof_at = models.DateTimeField()
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    acknowledged = models.JSONField(null=True)  # as in Signature, which takes it over

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person", "digest"], name="one_assent_to_a_text"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} agrees to {self.proposal_id}"


class ProposalEnd(models.Model):
    """How a proposal ended, by whom. words: what they said with it. version: the one that it became."""

    class How(models.TextChoices):
        ACCEPTED = "accepted"
        DECLINED = "declined"
        COUNTERED = "countered"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="end")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    how = models.CharField(max_length=16, choices=How.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    words = SealedText(default="")
    version = models.ForeignKey("agreements.Version", models.CASCADE, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.how}"
