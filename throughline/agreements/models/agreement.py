"""Drafted terms, the versions that somebody signed, and the signatures."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models

from throughline.agreements.domain.terms import PartKind
from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedJson, SealedText
from throughline.foundation.ids import new_id


def new_salt() -> str:
    return secrets.token_hex(16)


class Agreement(models.Model):
    """One for each relationship, from the first thing that somebody writes. Its row is what signing locks."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.OneToOneField("relationships.Relationship", models.CASCADE, related_name="+")
    prose = models.UUIDField(null=True, editable=False)  # the document of `coediting`, once somebody opened it
    begun_at = models.DateTimeField(default=clock.now)
    salt = SealedText(default=new_salt)  # part of every digest, so that a digest confirms nobody's guess of the text

    def __str__(self) -> str:
        return str(self.id)


class TermEdit(models.Model):
    """One part as one person saved it. The highest stamp of a kind is the draft; the others say how it came about.

    from_fields: it says what the fields of its form said at that stamp, rather than coming as a whole.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="edits")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in PartKind])
    stamp = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    payload = SealedJson()
    format = models.PositiveSmallIntegerField(default=1)  # of the payload: see domain/upgrade.py
    from_fields = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "kind", "stamp"], name="one_edit_for_a_stamp")]

    def __str__(self) -> str:
        return f"{self.kind} {self.stamp}"


class Version(models.Model):
    """Exactly what somebody signed: canonical JSON, its SHA-256, and that of the version before ("" for the first)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="versions")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    content = SealedText()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    in_force_at = models.DateTimeField(null=True)  # the instant of the last signature it needed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="one_version_for_a_number"),
            models.UniqueConstraint(fields=["agreement", "digest"], name="one_version_for_a_digest"),
        ]
        indexes = [models.Index(fields=["relationship", "-number"], name="versions_of_a_relationship")]

    def __str__(self) -> str:
        return f"version {self.number}"


class Signature(models.Model):
    """Who signed which version, when, where their clock stood, and how they had proved who they are."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(Version, models.CASCADE, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    zone = models.CharField(max_length=64)
    proof_method = models.CharField(max_length=16)
    proof_at = models.DateTimeField()
    acknowledged = models.JSONField(null=True)  # clauses of confidentiality, ticked; None: signed before each was asked

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="one_signature_for_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} signed {self.version_id}"
