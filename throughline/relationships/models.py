"""Who mentors whom, since when, and the key that seals everything between them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.foundation import clock
from throughline.foundation.ids import new_id


class Role(models.TextChoices):
    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")


class Relationship(models.Model):
    """A pair, or a circle with several of either. Begins with an invitation; its state follows from its rows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    begun_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.id)


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
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=Role.choices)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "person"], name="one_membership_for_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.role}"
