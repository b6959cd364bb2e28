"""Signed versions as files: the PDF as it was made, and the keys that the installation vouches with."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedBytes
from throughline.foundation.ids import new_id


class SigningKey(models.Model):
    """An Ed25519 key of the installation. The newest that is not retired signs; all of them verify, for ever."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=16, unique=True)
    public = models.BinaryField(max_length=32)
    wrapped = models.BinaryField(max_length=256)
    made_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """The PDF of one version, its bytes as they were made once. sha256, signature: of all of them, in hexadecimal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey("agreements.Version", models.CASCADE, related_name="+")
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    language = models.CharField(max_length=16)
    content = SealedBytes()
    sha256 = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="one_paper_for_a_language")]

    def __str__(self) -> str:
        return self.sha256
