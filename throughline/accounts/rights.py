"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughline.accounts import parcels, photos
from throughline.accounts.models import Export, Person
from throughline.accounts.queries import SHELL_HOST
from throughline.foundation import clock
from throughline.foundation.environment import ENV
from throughline.foundation.files.store import NoFileError
from throughline.foundation.rights.holdings import Erasure, ExportFile, Holding, Sharing
from throughline.foundation.rights.periods import Period


def forget_sessions(before: datetime) -> int:
    """Those that ran out before then."""
    return Session.objects.filter(expire_date__lt=before).delete()[0]


def forget_administration(before: datetime) -> int:
    return LogEntry.objects.filter(action_time__lt=before).delete()[0]


PERIODS = [
    Period(
        "accounts.sessions", _("Sessions that ran out"), 1,
        _("A sign-in lasts two weeks after the last visit; then its row is of no more use."), forget_sessions,
    ),
    Period(
        "accounts.administration", _("Changes on the administration's pages"), ENV.keep_administration_days,
        _("So that whoever runs the site can see who changed what."), forget_administration,
    ),
]  # fmt: skip

YOURS = _("It is about you alone.")
WAY_IN = _("It is how you sign in.")


def sessions_of(person_id: UUID) -> QuerySet[Session]:
    """Every session is opened to see whose it is: their table points at nobody."""
    mine = [row.pk for row in Session.objects.iterator() if row.get_decoded().get("_auth_user_id") == str(person_id)]
    return Session.objects.filter(pk__in=mine)


def administration_of(person_id: UUID) -> QuerySet[LogEntry]:
    """What they changed on the administration's pages, and what was changed there of their account."""
    about = Q(content_type=ContentType.objects.get_for_model(Person), object_id=str(person_id))
    return LogEntry.objects.filter(Q(user_id=person_id) | about)


def what_closing_means(person_id: UUID) -> Iterable[str]:
    """Whoever looks after the site alone should find somebody before."""
    looking_after = Person.objects.filter(is_staff=True, is_active=True)
    if looking_after.filter(pk=person_id).exists() and not looking_after.exclude(pk=person_id).exists():
        yield gettext("Nobody else is an administrator here: appoint somebody before.")


def photo_of(sharing: Sharing) -> Iterable[ExportFile]:
    name = Person.objects.values_list("photo", flat=True).get(pk=sharing.person_id)
    if name:
        with suppress(NoFileError):
            yield ExportFile("photo.webp", photos.content(name))


def forget_exports(person_id: UUID) -> None:
    """The keys go with the rows; the files, which nobody could open any more, right after."""
    found = list(Export.objects.filter(person_id=person_id).values_list("pk", flat=True))
    Export.objects.filter(pk__in=found).delete()
    for each in found:
        transaction.on_commit(partial(parcels.forget, each))


def leave_an_empty_shell(person_id: UUID) -> None:
    """The row itself: nothing of the person is left in it. What stays with others goes on pointing at it."""
    person = Person.objects.select_for_update().get(pk=person_id)
    photo = person.photo
    person.groups.clear()
    person.user_permissions.clear()
    person.email, person.name = f"{person_id}@{SHELL_HOST}", gettext("Former participant")
    person.pronouns = person.offers = person.looks_for = person.photo = ""
    person.zone, person.language, person.zone_confirmed_at = "UTC", "en", None
    person.is_staff = person.is_superuser = person.is_active = False
    person.last_login, person.joined_at = None, clock.now()
    person.set_unusable_password()
    person.save()
    transaction.on_commit(lambda: photos.forget(photo))


HOLDINGS = [
    Holding(
        "accounts.Person", _("You"), Erasure.AUTHORED,
        _("Name, address, photo and all you said of yourself go. An empty row stays for what others keep, until "
          "nothing points at it."),
        owner=("pk",), leave_out=("password",), files=photo_of, erase=leave_an_empty_shell,
    ),
    Holding("accounts.Rhythm", _("Working days and quiet hours"), Erasure.GOES, YOURS, owner=("person",)),
    Holding("accounts.WeeklyWindow", _("Weekly windows"), Erasure.GOES, YOURS, owner=("person",)),
    Holding("accounts.AbsenceRow", _("Days away"), Erasure.GOES, YOURS, owner=("person",)),
    Holding("accounts.ChannelOrder", _("How you like to be in touch"), Erasure.GOES, YOURS, owner=("person",)),
    Holding("accounts.NeedRow", _("What you need"), Erasure.GOES, YOURS, owner=("person",)),
    Holding(
        "accounts.ApiToken", _("Programs that act for you"), Erasure.GOES, WAY_IN,
        owner=("person",), leave_out=("digest",),
    ),
    Holding(
        "accounts.Export", _("Your downloads"), Erasure.GOES, YOURS,
        owner=("person",), leave_out=("wrapped",), erase=forget_exports,
    ),
    Holding("accounts.Closure", _("The closing of your account"), Erasure.GOES, YOURS, owner=("person",)),
    Holding("account.EmailAddress", _("Addresses of mail"), Erasure.GOES, WAY_IN, owner=("user",)),
    Holding(
        "account.EmailConfirmation", _("Mails that confirm an address"), Erasure.GOES, WAY_IN,
        owner=("email_address__user",), leave_out=("key",),
    ),
    Holding(
        "mfa.Authenticator", _("Passkeys and second steps"), Erasure.GOES, WAY_IN, owner=("user",), leave_out=("data",)
    ),
    Holding(
        "usersessions.UserSession", _("Where you are signed in"), Erasure.GOES, WAY_IN,
        owner=("user",), leave_out=("session_key", "data"),
    ),
    Holding(
        "sessions.Session", _("Sessions"), Erasure.GOES, WAY_IN,
        rows=sessions_of, leave_out=("session_key", "session_data"),
    ),
    Holding(
        "admin.LogEntry", _("Changes on the administration's pages"), Erasure.GOES,
        _("It names you."), owner=("user",), rows=administration_of,
    ),
]  # fmt: skip
