"""What people do to what they said of themselves: one verb a function."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction

from throughline.accounts import photos
from throughline.accounts.access import digest_of, token_for
from throughline.accounts.domain.availability import Absence, QuietHours, Window, distinct
from throughline.accounts.domain.channels import Channel
from throughline.accounts.domain.needs import Need
from throughline.accounts.models import AbsenceRow, ApiToken, ChannelOrder, NeedRow, Person, Rhythm, WeeklyWindow
from throughline.accounts.queries import channels_of, needs_of, windows_of
from throughline.accounts.signals import time_changed
from throughline.foundation import clock

TOKEN_MARK = "tl_"  # noqa: S105  so that a token that got out is recognised where it lies


@transaction.atomic
def open_account(*, email: str, name: str, zone: str, language: str = "en", password: str | None = None) -> Person:
    """An account whose address counts as confirmed: made by whoever runs the installation, who knows the person.

    Without a password nobody can sign in with one. Raises django.db.IntegrityError for an address that is taken.
    """
    person = Person.objects.create_user(
        email, password, name=name, zone=zone, zone_confirmed_at=clock.now(), language=language
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@transaction.atomic
def appoint_administrator(*, email: str) -> Person:
    """Asked for at the machine itself, by whoever runs it. Opens an account when there is none."""
    person = Person.objects.filter(email__iexact=email).first() or open_account(email=email, name="", zone="UTC")
    person.is_staff = person.is_superuser = person.is_active = True
    person.save(update_fields=["is_staff", "is_superuser", "is_active"])
    return person


@transaction.atomic
def dismiss_administrator(*, email: str) -> bool:
    """False when nobody of this address was one."""
    found = Person.objects.filter(email__iexact=email, is_staff=True)
    return bool(found.update(is_staff=False, is_superuser=False))


@transaction.atomic
def describe_yourself(*, by: Person, name: str, pronouns: str, offers: str, looks_for: str) -> None:
    by.name, by.pronouns, by.offers, by.looks_for = name, pronouns, offers, looks_for
    by.save(update_fields=["name", "pronouns", "offers", "looks_for"])


@transaction.atomic
def choose_zone_and_language(*, by: Person, zone: str, language: str) -> None:
    """From now on every date reads in this zone; saving it is how the person confirms what was detected."""
    moved = by.zone != zone
    by.zone, by.language, by.zone_confirmed_at = zone, language, clock.now()
    by.save(update_fields=["zone", "language", "zone_confirmed_at"])
    if moved:
        time_changed.send(sender=Person, person_id=by.pk)


@transaction.atomic
def show_photo(*, by: Person, photo: bytes) -> None:
    """photo: what photos.prepared returned. The old file goes once the new one is on record."""
    _replace_photo(by, photos.keep(photo))


@transaction.atomic
def remove_photo(*, by: Person) -> None:
    _replace_photo(by, "")


def _replace_photo(person: Person, name: str) -> None:
    before, person.photo = person.photo, name
    person.save(update_fields=["photo"])
    transaction.on_commit(lambda: photos.forget(before))


@transaction.atomic
def set_windows(*, by: Person, windows: Sequence[Window]) -> None:
    """Replace all weekly windows. Raises WindowError("overlap"). Windows that stay keep their `since`."""
    Person.objects.select_for_update().get(pk=by.pk)
    wanted, kept = distinct(windows), windows_of(by)
    for window in set(kept) - set(wanted):
        WeeklyWindow.objects.filter(person=by, weekday=window.weekday, starts=window.starts, ends=window.ends).delete()
    WeeklyWindow.objects.bulk_create(
        WeeklyWindow(person=by, weekday=window.weekday, starts=window.starts, ends=window.ends)
        for window in wanted
        if window not in kept
    )


@transaction.atomic
def set_rhythm(*, by: Person, working_days: Sequence[int], quiet_hours: QuietHours | None) -> None:
    Rhythm.objects.update_or_create(
        person=by,
        defaults={
            "working_days": sorted(set(working_days)),
            "quiet_from": quiet_hours.starts if quiet_hours else None,
            "quiet_until": quiet_hours.ends if quiet_hours else None,
            "since": clock.now(),
        },
    )


@transaction.atomic
def be_away(*, by: Person, first: date, last: date) -> None:
    """Whole days away, both included. The same days twice leave one row. Raises ValueError when last is earlier."""
    absence = Absence(first, last)
    AbsenceRow.objects.get_or_create(person=by, first=absence.first, last=absence.last)
    time_changed.send(sender=Person, person_id=by.pk)


@transaction.atomic
def be_back(*, by: Person, absence_id: UUID) -> None:
    """Take an absence back; one that is gone already stays gone."""
    AbsenceRow.objects.filter(person=by, pk=absence_id).delete()
    time_changed.send(sender=Person, person_id=by.pk)


@transaction.atomic
def prefer_channels(*, by: Person, channels: Sequence[Channel]) -> None:
    """A new row when the order changed; the same order again leaves `since` as it was."""
    Person.objects.select_for_update().get(pk=by.pk)
    said = ChannelOrder.objects.filter(person=by).exists()
    if not said or tuple(channels) != channels_of(by):
        ChannelOrder.objects.create(person=by, channels=[channel.value for channel in channels])


@transaction.atomic
def state_needs(*, by: Person, needs: frozenset[Need]) -> None:
    """New needs begin now, those left out end now, the others keep their `since`."""
    Person.objects.select_for_update().get(pk=by.pk)
    had = needs_of(by)
    NeedRow.objects.filter(person=by, until=None, need__in=[need.value for need in had - needs]).update(
        until=clock.now()
    )
    NeedRow.objects.bulk_create(NeedRow(person=by, need=need.value) for need in sorted(needs - had))


@transaction.atomic
def make_token(*, by: Person, name: str, scopes: Sequence[str], days: int) -> tuple[ApiToken, str]:
    """The row, and the token itself, which nobody can read again."""
    token = TOKEN_MARK + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        person=by,
        name=name,
        digest=digest_of(token),
        scopes=sorted(set(scopes)),
        expires_at=clock.now() + timedelta(days=days),
    )
    return row, token


@transaction.atomic
def revoke_token(*, by: Person, token_id: UUID) -> None:
    """Raises Http404 for a token of somebody else. Revoking twice keeps the first time."""
    row = token_for(by, token_id)
    ApiToken.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=clock.now())
