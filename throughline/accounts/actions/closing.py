"""Closing an account: days in which it can be taken back, then nothing of the person is left here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.db.models import ProtectedError

from throughline.accounts.models import Closure, Erased, Person
from throughline.accounts.queries import SHELL_HOST, people_who_came_back
from throughline.accounts.signals import account_closing, account_kept, person_leaving
from throughline.foundation import clock
from throughline.foundation.environment import ENV
from throughline.foundation.jobs.registry import enqueue
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
    """Erase an account whose days are over, or that a restored backup brought back. False, and nothing done, when it
    was taken back or is gone already.

    The rooms from the top down, since the lower ones know what the upper ones look for: addresses, memberships.
    """
    due = Closure.objects.select_for_update().filter(person_id=person_id, erase_at__lte=clock.now())
    if not due.exists() and not _came_back(person_id):
        return False
    Erased.objects.get_or_create(pk=person_id)
    person_leaving.send(Person, person_id=person_id)
    for holding in reversed(holdings()):
        if holding.erase is not None:
            holding.erase(person_id)
        delete_own_rows(holding, person_id)
    _remove_shell(person_id)
    transaction.on_commit(partial(access_changed, person_id=person_id))
    transaction.on_commit(empty_log)
    return True


@transaction.atomic
def erase_again(ids: Iterable[UUID]) -> int:
    """Note these accounts as erased, here where a backup was just restored: whom it brought back can do nothing from
    now on, and a job erases them right after. Returns how many came back. Twice is once."""
    found = set(ids)
    now = clock.now()
    Erased.objects.bulk_create([Erased(pk=key, at=now) for key in sorted(found)], ignore_conflicts=True)
    back = set(people_who_came_back())
    Person.objects.filter(pk__in=back).update(is_active=False)
    if back:
        enqueue("accounts.erase")
    return len(back)


def _came_back(person_id: UUID) -> bool:
    """Locks the row, so that two workers do not both erase."""
    if not Erased.objects.filter(pk=person_id).exists():
        return False
    return Person.objects.select_for_update().filter(pk=person_id).exclude(email__endswith=f"@{SHELL_HOST}").exists()


def remove_empty_shells() -> int:
    """The empty rows of erased people at which nothing points any more. Returns how many went."""
    shells = Person.objects.filter(is_active=False, email__endswith=f"@{SHELL_HOST}").order_by("?")[:SHELLS_A_DAY]
    return sum(_remove_shell(person_id) for person_id in list(shells.values_list("pk", flat=True)))


def empty_log() -> None:
    """SQLite's log keeps pages as they were before: write it back, so that what was deleted is nowhere."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _remove_shell(person_id: UUID) -> bool:
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person_id).delete()
    except ProtectedError:
        return False
    return True
