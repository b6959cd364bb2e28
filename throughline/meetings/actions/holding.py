"""One at a time for each person's time: what is booked is looked at and written under this lock."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection


def hold_time_of(person_ids: Iterable[UUID]) -> None:
    """Until this transaction ends nobody else books time of these people. Held in one order, so that no two wait for
    each other. SQLite needs none: its transactions here write one at a time from their beginning."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for key in sorted(int.from_bytes(person_id.bytes[8:], "big", signed=True) for person_id in set(person_ids)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
