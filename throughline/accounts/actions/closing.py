"""Closing an account: days in which it can be taken back, then nothing of the person is left here."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.db.models import ProtectedError

from throughline.accounts.models import Closure, Person
from throughline.accounts.signals import account_closing, account_kept, person_leaving
from throughline.foundation import clock
from throughline.foundation.environment import ENV
from throughline.foundation.live.topics import access_changed
from throughline.foundation.rights.holdings import holdings
from throughline.foundation.rights.rows import delete_own_rows

SHELLS_A_DAY = 500


@transaction.atomic
def close_account(*, by: Person) -> Closure:
    """From now on the days run. Twice is once, and the first date holds."""
    erase_at = clock.now() + timedelta(days=ENV.erase_after_days)
    closure, is_new = Closure.objects.get_or_create(person=by, defaults={"erase_at": erase_at})
    if is_new:
        account_closing.send(Person, person_id=by.pk, erase_at=erase_at)
    return closure


@transaction.atomic
def keep_account(*, by: Person) -> None:
    """Take the closing back. Twice is once."""
    if Closure.objects.filter(person=by).delete()[0]:
        account_kept.send(Person, person_id=by.pk)


@transaction.atomic
def erase_account(*, person_id: UUID) -> bool:
    """Erase an account whose days are over. False, and nothing done, when it was taken back or is gone already.

    The rooms from the top down, since the lower ones know what the upper ones look for: addresses, memberships.
    """
    due = Closure.objects.select_for_update().filter(person_id=person_id, erase_at__lte=clock.now())
    if not due.exists():
        return False
    person_leaving.send(Person, person_id=person_id)
    for holding in reversed(holdings()):
        if holding.erase is not None:
            holding.erase(person_id)
        delete_own_rows(holding, person_id)
    _remove_shell(person_id)
    transaction.on_commit(partial(access_changed, person_id=person_id))
    transaction.on_commit(empty_log)
    return True


def remove_empty_shells() -> int:
    """The empty rows of erased people at which nothing points any more. Returns how many went."""
    shells = Person.objects.filter(is_active=False, email__endswith=f"@{SHELL_HOST}").order_by("?")[:SHELLS_A_DAY]
    return sum(_remove_shell(person_id) for person_id in list(shells.values_list("pk", flat=True)))


def empty_log() -> None:
    """SQLite's log keeps pages as they were before: write it back, so that what was deleted is nowhere."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


SHELL_HOST = "erased.invalid"


def _remove_shell(person_id: UUID) -> bool:
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person_id).delete()
    except ProtectedError:
        return False
    return True
