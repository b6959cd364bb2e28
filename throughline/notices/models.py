"""Notices on their way and sent: who, about which thing, never what it says."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.ids import new_id


class Notice(models.Model):
    """One mail to one person, or to an address that has no account yet (then `email` instead of `recipient`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=64)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=16, blank=True)
    relationship_id = models.UUIDField(null=True)  # an id, no key: relationships stand above this room
    thing_kind = models.CharField(max_length=64, blank=True)
    thing_id = models.UUIDField(null=True)
    address = models.CharField(max_length=500, blank=True)  # a path of ours that the mail links to
    ids = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)  # values that may not lie open (a link's secret); emptied once sent
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)  # its thing was gone before it could be sent

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False) | ~models.Q(email=""), name="notice_goes_to_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class AnswerAddress(models.Model):
    """An address of mail that one person may write to about one thing. Only its hash is here, so nobody can read it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=64)
    ids = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"


class TakenMail(models.Model):
    """A mail that was taken in: that it was, never what it says. The same one again changes nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address = models.ForeignKey(AnswerAddress, models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32)  # SHA-256 of its Message-ID
    nature = models.CharField(max_length=16)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "digest"], name="a_mail_is_taken_once")]

    def __str__(self) -> str:
        return f"{self.nature} at {self.at:%Y-%m-%d %H:%M}"


class CameBack(models.Model):
    """Mail to this person's address could not be delivered for good, since then. Goes when they write or say so."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"mail to {self.person_id} came back"


class MailboxMark(models.Model):
    """How far a mailbox of IMAP was looked through: the last number of a message, in one numbering of that server."""

    box = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the account's address
    numbering = models.CharField(max_length=32)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.box[:8]} up to {self.last}"


class ChannelRule(models.Model):
    """What the agreement in force says of reaching this person: written here when it is signed, for rooms below it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship_id = models.UUIDField()  # an id, no key: relationships stand above this room
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    quick = models.JSONField()  # ways in between, most liked first, the fallback last
    bodies = models.BooleanField()  # whether the person may choose to have what was written in their mail
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship_id", "person"], name="one_channel_rule_each")]

    def __str__(self) -> str:
        return f"rule for {self.person_id} in {self.relationship_id}"
