"""Notices on their way and sent: who, about which thing, never what it says."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.notices.domain.topics import Rhythm, Topic, Way


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
    not_before = models.DateTimeField(null=True)  # a word that its reader may find by themselves until then
    due_at = models.DateTimeField(null=True)  # when it may reach its recipient, as far as is known
    claimed_at = models.DateTimeField(null=True)  # a worker is sending it since then
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)  # its thing was gone before it could be sent

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False) | ~models.Q(email=""), name="notice_goes_to_somebody"
            )
        ]
        indexes = [
            models.Index(
                "recipient", name="notices_waiting", condition=models.Q(sent_at__isnull=True, dropped_at__isnull=True)
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


class Reach(models.Model):
    """When a person wants our news, and whether mail may say what was written. No row: at once, and it may not."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    rhythm = models.CharField(max_length=12, choices=[(one, one) for one in Rhythm], default=Rhythm.AT_ONCE)
    working_days_only = models.BooleanField(default=False)
    words_since = models.DateTimeField(null=True)  # mail says what was written since then; null: who and a link
    undisturbed_until = models.DateTimeField(null=True)
    said_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"how {self.person_id} is reached"


class Wish(models.Model):
    """One choice of a person: news of this topic by this way, or not. What nobody chose follows the usual."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=16, choices=[(one, one) for one in Topic])
    way = models.CharField(max_length=12, choices=[(one, one) for one in Way])
    wanted = models.BooleanField()
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic", "way"], name="one_wish_each")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.topic} by {self.way}"


class Target(models.Model):
    """A device that gets pushes, or a webhook, of one person. Its address is a secret: sealed, found by its hash."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    way = models.CharField(max_length=12, choices=[(one, one) for one in Way])
    digest = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    label = models.CharField(max_length=80)
    made_at = models.DateTimeField(default=clock.now)
    reached_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)  # the last try did not arrive

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="each_target_once")]

    def __str__(self) -> str:
        return f"{self.way} of {self.person_id}"


class Delivery(models.Model):
    """A notice on its way to a target, beside the mail. Made once, done once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="+")
    target = models.ForeignKey(Target, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "target"], name="delivered_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} to {self.target_id}"


class AwayNote(models.Model):
    """A mailbox said that its owner is away; noted as an absence, which the person can take back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    first = models.DateField()
    last = models.DateField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "first", "last"], name="away_noted_once")]

    def __str__(self) -> str:
        return f"{self.person_id} away until {self.last}"
