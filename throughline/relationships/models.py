"""Who mentors whom, since when, and the key that seals everything between them. States follow from rows."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedBytes, SealedText
from throughline.foundation.ids import new_id
from throughline.relationships.domain.invitations import Answer
from throughline.relationships.domain.roles import Role, Sight
from throughline.relationships.domain.states import Span

PERSON = settings.AUTH_USER_MODEL
ROLES = [(Role.MENTOR.value, _("mentor")), (Role.MENTEE.value, _("mentee"))]
SIGHTS = [(Sight.COUNTS.value, _("counts and measures, no content"))]


class Relationship(models.Model):
    """A pair, or a circle with several of either. Begins with an invitation; its state follows from its rows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    begun_at = models.DateTimeField(default=clock.now)
    mode = models.CharField(max_length=20, blank=True, default="")  # who can read: as signed; "" until then

    def __str__(self) -> str:
        return str(self.id)


class Destroyed(models.Model):
    """That a relationship was destroyed: the id it had, and nothing else. A restored backup that still holds it is told
    by this row, which is kept beside the backups too (config/backups/tombstones.py)."""

    id = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"destroyed relationship {self.pk}"


class RelationshipKey(models.Model):
    """The data key of a relationship, wrapped by the installation's key. Deleting this row destroys the content."""

    relationship = models.OneToOneField(Relationship, models.CASCADE, primary_key=True, related_name="+")
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return f"key of {self.relationship_id}"


class Membership(models.Model):
    """A person's part in a relationship. Measures run for each mentor and mentee who share one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=ROLES)
    since = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)  # they left it to the others: nothing of it is theirs to read any more

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "person"], name="one_membership_for_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.role}"


class Invitation(models.Model):
    """Somebody is asked to join as `role`. `email` is empty when whoever holds the link may answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=ROLES)
    email = models.EmailField(blank=True)
    note = SealedText()
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class InvitationLink(models.Model):
    """One link of an invitation; sending again adds a newer one, which replaces it.

    A link is looked up by its hash. The token itself is kept sealed, so that its maker can see it again and a
    mail can be written from ids alone; a stolen database holds nothing that opens an invitation.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="links")
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32, unique=True)
    token = SealedBytes()
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"link {self.pk}"


class InvitationAnswer(models.Model):
    """Accepted, declined or taken back: at most one, whatever races. The reason is read by the one who invited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="answer")
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=8, choices=[(answer.value, answer.value) for answer in Answer])
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    reason = SealedText()

    def __str__(self) -> str:
        return self.answer


class Pause(models.Model):
    """Proposed by one, in force once every member has accepted. Days are whole days in the proposer's zone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    first_day = models.DateField()
    last_day = models.DateField()
    zone = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = SealedText()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="a_pause_has_a_length")
        ]
        indexes = [models.Index(fields=["relationship", "ends_at"], name="pauses_by_end")]

    def __str__(self) -> str:
        return f"pause {self.pk}"

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)


class PauseAcceptance(models.Model):
    """One member's yes to a pause; the proposer's is written with the proposal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pause = models.ForeignKey(Pause, models.CASCADE, related_name="acceptances")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pause", "person"], name="one_acceptance_for_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} accepts {self.pause_id}"


class PauseClosing(models.Model):
    """A pause that was turned down or taken back before everybody had accepted, or ended early afterwards."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pause = models.OneToOneField(Pause, models.CASCADE, related_name="closing")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.by_id} closes {self.pause_id}"


class Ending(models.Model):
    """The relationship is over: readable for its members, written to by nobody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.OneToOneField(Relationship, models.CASCADE, related_name="ending")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"end of {self.relationship_id}"


class DestructionWarning(models.Model):
    """Its people were told that what has ended will be destroyed: not before a month from then."""

    relationship = models.OneToOneField(Relationship, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"warning of {self.relationship_id}"


class Reflection(models.Model):
    """A member's words at the end, read by all members: the only thing that can still be added to an ended one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    words = SealedText()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "person"], name="one_reflection_for_a_person")]

    def __str__(self) -> str:
        return f"reflection {self.pk}"


class DeletionRequest(models.Model):
    """A member's wish that everything be destroyed; carried out when every member has asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "person"], name="one_request_for_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} asks to delete {self.relationship_id}"


class Oversight(models.Model):
    """Somebody who takes no part may see something: written down by the room that was given consent (programs)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    may_see = models.CharField(max_length=16, choices=SIGHTS)
    since = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "person", "may_see", "ground"], name="one_oversight_for_a_ground"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} may see {self.may_see} of {self.relationship_id}"


class Look(models.Model):
    """A non-participant looked: kept for the pair to see, also after the oversight has ended. Once a day (UTC)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    what = models.CharField(max_length=16, choices=SIGHTS)
    at = models.DateTimeField(default=clock.now)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "person", "what", "day"], name="one_look_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} looked at {self.what}"
