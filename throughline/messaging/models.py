"""What two people write to each other. Times are UTC; a message's text is sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedBytes, SealedJson, SealedText
from throughline.foundation.ids import new_id


class Via(models.TextChoices):
    """How a message came to us."""

    PAGE = "page"
    MAIL = "mail"
    CHECK_IN = "check-in"


class SendsBy(models.TextChoices):
    """Which key sends what stands in the field, at a keyboard. The other one begins a line."""

    ENTER = "enter"
    CTRL = "ctrl"


class Conversation(models.Model):
    """The one conversation of a relationship. Its row is locked to give the next message its number, and each change
    of a message that is there already the next number of changes."""

    relationship = models.OneToOneField(
        "relationships.Relationship", models.CASCADE, primary_key=True, related_name="+"
    )
    last_number = models.PositiveBigIntegerField(default=0)
    last_change = models.PositiveBigIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"conversation of {self.relationship_id}"


class Message(models.Model):
    """number: 1, 2, 3 … within the relationship, without gaps. client_id: made by the sender's browser, so that
    a message sent twice arrives once. please_answer: the sender asked for an answer. answers: what it replies to.

    change: the number of its last change (an edit, a reaction, its deletion) among all changes of the conversation, 0
    without one. Deleted by its sender at deleted_at, it has no words left; that it was sent stays.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    number = models.PositiveBigIntegerField()
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    client_id = models.UUIDField()
    text = SealedText()
    please_answer = models.BooleanField(default=False)
    answer_by = models.DateTimeField(null=True)  # by the terms signed when it was sent; null without such terms
    sent_at = models.DateTimeField(default=clock.now)
    answers = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    via = models.CharField(max_length=8, choices=Via.choices, default=Via.PAGE, db_default=Via.PAGE)
    change = models.PositiveBigIntegerField(default=0, db_default=0)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["relationship", "number"], name="one_message_at_each_number"),
            models.UniqueConstraint(fields=["sender", "client_id"], name="sent_twice_arrives_once"),
        ]
        indexes = [models.Index("relationship", "change", name="messages_changed", condition=models.Q(change__gt=0))]

    def __str__(self) -> str:
        return f"message {self.number} of {self.relationship_id}"


class Enclosure(models.Model):
    """A file, from its first piece on. Its bytes are sealed under its id, those of the picture that the page shows
    under small_id. client_id: made by the sender's browser, so that a piece sent again is the same file's.

    message is null until it is sent. received: bytes so far, of size; ready_at: when it was whole and found fit, and
    size is then what it takes as it is kept. about: what it is (type, shape, width, height, seconds, bars).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    client_id = models.UUIDField()
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)
    name = SealedText()
    about = SealedJson(default=dict)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    small_id = models.UUIDField(null=True)
    begun_at = models.DateTimeField(default=clock.now)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "client_id"], name="one_file_for_each_client_id")]

    def __str__(self) -> str:
        return f"file of {self.relationship_id}"


class Wording(models.Model):
    """How a message read before it was edited; both can open it. written_at: when these words were written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, related_name="+")
    text = SealedText()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"earlier words of message {self.message_id}"


class Reaction(models.Model):
    """One sign of a person at a message: another takes its place. It is no contact, and nobody is told of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sign = SealedText()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="one_reaction_each")]

    def __str__(self) -> str:
        return f"{self.person_id} at message {self.message_id}"


class SeenMarker(models.Model):
    """How far a person has read: the highest number seen. It only rises."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "person"], name="one_seen_marker_each")]

    def __str__(self) -> str:
        return f"{self.person_id} saw {self.number} of {self.relationship_id}"


class Waiting(models.Model):
    """Somebody has messages that they may not have seen: a look is planned, or (told_at) they were told by mail.

    Goes when they come and see, or when the look finds nothing unseen. So a burst is told of once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True)
    told_number = models.PositiveBigIntegerField(default=0, db_default=0)  # whose mail says the words: told up to here

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "person"], name="told_of_waiting_once")]

    def __str__(self) -> str:
        return f"messages wait for {self.person_id} in {self.relationship_id}"


class Letter(models.Model):
    """The mail that a message came as, whole: what was left out of the message is never lost."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+")
    message = models.OneToOneField(Message, models.CASCADE, related_name="+")
    raw = SealedBytes()

    def __str__(self) -> str:
        return f"the mail of message {self.message_id}"


class SendingKey(models.Model):
    """The key that somebody chose to send with, on all their devices. Enter, where there is no row."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    key = models.CharField(max_length=5, choices=SendsBy.choices)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.person_id} sends by {self.key}"
