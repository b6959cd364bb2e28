"""What should stand in a person's own calendars, and when those calendars say that the person is busy.

An event belongs to one person: the two of a meeting have one each. `source` is how the room that planned it names it
("meetings.Meeting:<uuid>"); this room never asks what that is. Addresses and passwords of other people's servers are
sealed under the installation's key: they belong to a person, not to a relationship.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.encryption.envelope import open_sealed, seal
from throughline.foundation.encryption.installation import installation_key
from throughline.foundation.ids import new_id


class Answer(models.TextChoices):
    """What a person's calendar program mailed back to an invitation."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    COUNTERED = "countered"


class Run(models.Model):
    """Events that repeat: the rule that invitations by mail carry, so that eight meetings are one mail.

    start: of the first (UTC). rule: an RRULE of RFC 5545 in the zone. without: starts (ISO, UTC) that the rule has and
    the run has not. ended_at: nothing of it is to come any more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    relationship_id = models.UUIDField(null=True)  # an id, no key: relationships stand beside this room
    source = models.CharField(max_length=100)
    uid = models.CharField(max_length=120, unique=True)
    start = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=64)
    rule = models.CharField(max_length=200)
    without = models.JSONField(default=list)
    others = models.JSONField(default=list)
    path = models.CharField(max_length=200)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "source"], name="one_run_for_a_source")]

    def __str__(self) -> str:
        return f"run {self.pk}"


class Event(models.Model):
    """One event in one person's calendars. recurrence: the start that its run's rule gives it, where it has a run.

    others: ids of the people it is with. path: where one joins, a path of ours. sequence rises with each change.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    relationship_id = models.UUIDField(null=True)
    source = models.CharField(max_length=100)
    uid = models.CharField(max_length=120, unique=True)
    run = models.ForeignKey(Run, models.SET_NULL, null=True, related_name="+")
    recurrence = models.DateTimeField(null=True)
    start = models.DateTimeField()
    end = models.DateTimeField()
    zone = models.CharField(max_length=64)
    others = models.JSONField(default=list)
    path = models.CharField(max_length=200)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "source"], name="one_event_for_a_source")]
        indexes = [models.Index(fields=["person", "end"], name="events_by_end")]

    def __str__(self) -> str:
        return f"event {self.pk}"


class Subscription(models.Model):
    """The secret address of a person's feed. The secret itself is shown once and never kept."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret, in hex
    made_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)  # when a calendar last asked, by the hour

    def __str__(self) -> str:
        return f"subscription of {self.person_id}"


class MailStop(models.Model):
    """This person wants no invitations by mail."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"no invitations for {self.person_id}"


class SourceKind(models.TextChoices):
    ADDRESS = "address"
    ACCOUNT = "account"


class Source(models.Model):
    """A calendar of the person somewhere else: an address that is read, or an account that is also written to.

    sealed: what leads there, as JSON: url, and for an account user, password and collection. host: shown to the person.
    trouble: why the last try failed, "" when it did not. left_out: how many entries were not understood, by reason.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=SourceKind.choices)
    sealed = models.BinaryField()
    host = models.CharField(max_length=253)
    digest = models.CharField(max_length=64)  # of the address, keyed by the person: so that one stands once
    made_at = models.DateTimeField(default=clock.now)
    tried_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(default=clock.now)
    failures = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=16, blank=True)
    left_out = models.JSONField(default=dict)
    etag = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="one_source_for_an_address")]
        indexes = [models.Index(fields=["next_at"], name="sources_to_read")]

    def __str__(self) -> str:
        return f"calendar {self.pk}"

    @property
    def way(self) -> dict[str, str]:
        """What leads there. Raises CannotOpenError."""
        return dict(json.loads(open_sealed(installation_key(), bytes(self.sealed), b"calendar:" + self.pk.bytes)))

    @way.setter
    def way(self, value: dict[str, Any]) -> None:
        self.sealed = seal(installation_key(), json.dumps(value).encode(), b"calendar:" + self.pk.bytes)


class BusyTime(models.Model):
    """A stretch in which a calendar says that the person is busy. Never what with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    start = models.DateTimeField()
    end = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["source", "start"], name="busy_times_by_start")]

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"


class Copy(models.Model):
    """An event as we wrote it into an account. etag: what the server called it then. digest: of the bytes we sent.

    start: the one that the copy shows. asked_start: where the person moved it, while that is asked of the others.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    etag = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    start = models.DateTimeField()
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "source"], name="one_copy_in_an_account")]

    def __str__(self) -> str:
        return f"copy of {self.event_id}"
