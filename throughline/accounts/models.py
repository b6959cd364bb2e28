"""People and what they say of themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from throughline.accounts.domain.names import called_by, initials_of
from throughline.accounts.domain.needs import Need
from throughline.foundation import clock
from throughline.foundation.ids import new_id


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> Person:
        person = self.model(email=self.normalize_email(email), **extra)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> Person:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """An account. Whether somebody is a mentor or a mentee is said by each relationship, not here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    zone_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=16, default="en")
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    offers = models.TextField(_("what I offer"), blank=True)
    looks_for = models.TextField(_("what I look for"), blank=True)
    photo = models.CharField(max_length=32, blank=True, editable=False)  # the name of its file, without the ending
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once_in_any_case")]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name, or what stands before the @ until there is one."""
        return called_by(self.name, self.email)

    @property
    def photo_address(self) -> str:
        """Where the photo is served to those who may see it, or "" when there is none."""
        return f"{reverse('accounts:photo', args=[self.pk])}?{self.photo[:8]}" if self.photo else ""

    @property
    def initials(self) -> str:
        return initials_of(self.called)


class Rhythm(models.Model):
    """A person's working days and quiet hours, in their own zone. No row: Monday to Friday, 22:00 to 07:00."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    working_days = models.JSONField(default=list)  # weekdays, Monday is 0
    quiet_from = models.TimeField(null=True)  # null: no quiet hours
    quiet_until = models.TimeField(null=True)
    since = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"rhythm of {self.person_id}"


class WeeklyWindow(models.Model):
    """A weekly block in which a person likes to meet, in their own zone. ends 00:00 is the midnight after."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "weekday", "starts"], name="one_window_at_a_time")]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts}-{self.ends}"


class AbsenceRow(models.Model):
    """Whole days away, both ends included. Nobody is asked why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    first = models.DateField()
    last = models.DateField()
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "first", "last"], name="one_absence_for_the_same_days"),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="absence_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class ChannelOrder(models.Model):
    """The channels a person prefers, first one first. The latest row holds; earlier ones say since when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    channels = models.JSONField()
    since = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["person", "-since"], name="channels_by_time")]

    def __str__(self) -> str:
        return ", ".join(self.channels)


class NeedRow(models.Model):
    """A need a person has, from `since` until they take it back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    need = models.CharField(max_length=16, choices=[(need.value, need.value) for need in Need])
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "need"], condition=models.Q(until__isnull=True), name="one_need_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.need


class ApiToken(models.Model):
    """What lets a program act for a person within scopes. The token itself is shown once and never kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token, in hex
    scopes = models.JSONField()
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Export(models.Model):
    """A copy of everything that a person may read, asked for, made by a job, and gone when it expires.

    The ZIP lies in a file that is sealed under a key of its own; this row holds that key, wrapped, and takes it along.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    wrapped = models.BinaryField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes of the ZIP
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the ZIP, in hex
    fetched_at = models.DateTimeField(null=True)  # the first time

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ready_at__isnull=True), name="one_export_in_the_making"
            )
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"


class Closure(models.Model):
    """Somebody closes their account: erased at `erase_at` unless they take it back, which removes this row."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    erase_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"closing of {self.person_id}"


class Erased(models.Model):
    """That an account was erased: the id it had, and nothing else. A restored backup that still holds it is told by
    this row, which is kept beside the backups too (config/backups/tombstones.py)."""

    id = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"erased account {self.pk}"
