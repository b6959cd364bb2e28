"""Pairs in bulk: twenty lived by models and actions, and copies of all their rows made inside SQLite.

A copy keeps every column but the first eight hexadecimal digits of each id, so that references stay among themselves;
addresses and the ledger's names follow. Its sealed columns are under keys that no longer fit: nobody opens them here.
The ledger of the twenty is rebuilt from its producers; the copies hold what a rebuild would write for them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.apps import apps
from django.db import connection, models, transaction

from throughline.accounts.models import Person, WeeklyWindow
from throughline.agreements.actions import save_part
from throughline.agreements.tests.conftest import SIX, sign
from throughline.commitments.actions import make_commitment
from throughline.foundation import clock
from throughline.ledger.actions import rebuild
from throughline.meetings.models import Attendance, Meeting, Series, Settlement
from throughline.messaging.models import Conversation, Message
from throughline.relationships.actions import begin_relationship, join_relationship
from throughline.relationships.domain.roles import Role
from throughline.relationships.models import Membership

if TYPE_CHECKING:
    from throughline.relationships.models import Relationship

WEEKS = 12
RECENT = timedelta(weeks=3)
NAMES = {"source", "occasion"}  # "meetings.Meeting:<id>"
ZONES = ("America/Los_Angeles", "Asia/Kolkata", "Europe/Lisbon", "Africa/Nairobi", "Pacific/Auckland")


def live_pairs(count: int) -> Person:
    """A mentor with so many mentees, each pair twelve weeks old."""
    mentor = Person.objects.create_user("mira@example.org", None, name="Mira Lindqvist", zone="Europe/Berlin")
    with transaction.atomic():
        for number in range(count):
            mentee = Person.objects.create_user(
                f"mentee{number}@example.org", None, name=f"Mentee Number{number}", zone=ZONES[number % len(ZONES)]
            )
            WeeklyWindow.objects.create(person=mentee, weekday=1, starts="09:00", ends="11:00")
            _live(_pair(mentor, mentee), mentor, mentee, clock.now().replace(microsecond=0) - timedelta(weeks=WEEKS))
    rebuild()
    return mentor


def _pair(mentor: Person, mentee: Person) -> Relationship:
    relationship = begin_relationship(by=mentor, role=Role.MENTOR)
    join_relationship(relationship=relationship, by=mentee, role=Role.MENTEE)
    for part in SIX:
        save_part(by=mentor, relationship=relationship, part=part, stamp=0)
    for person in (mentor, mentee):
        sign(person, relationship)  # type: ignore[no-untyped-call]
    make_commitment(
        by=mentor, relationship=relationship, owner=mentor, due=clock.today_in(mentor.zone) + timedelta(days=3),
        words="Read the draft",
    )  # fmt: skip
    return relationship


def _live(pair: Relationship, mentor: Person, mentee: Person, begun: datetime) -> None:
    Membership.objects.filter(relationship=pair).update(since=begun)
    series = Series.objects.get(relationship=pair)
    for week in range(WEEKS):
        start = begun + timedelta(weeks=week, hours=week)
        end = start + timedelta(minutes=50)
        meeting = Meeting.objects.create(series=series, relationship=pair, first_start=start, start=start, end=end)
        settlement = Settlement.objects.create(
            meeting=meeting, outcome="held", kept=True, together=3000, both_voice=3000, both_video=2500,
            started_at=start, ended_at=end,
        )  # fmt: skip
        for person in (mentor, mentee):
            Attendance.objects.create(settlement=settlement, person=person, present=3000, voice=3000, video=2500)
        for number, sender in enumerate((mentor, mentee), 2 * week + 1):
            Message.objects.create(
                relationship=pair, number=number, sender=sender, client_id=uuid4(), text="Two lines on the week.",
                sent_at=end + timedelta(days=2, hours=number % 2),
            )  # fmt: skip
    Conversation.objects.update_or_create(relationship=pair, defaults={"last_number": 2 * WEEKS})


def multiply(times: int) -> None:
    """So many copies of what is there: each table by one statement. Of what grows weekly, the last RECENT weeks."""
    rooms = [model for model in apps.get_models() if model.__module__.startswith("throughline.")]
    since = (clock.now() - RECENT).replace(tzinfo=None).isoformat(" ")
    with connection.cursor() as cursor:
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000", "temp_store = MEMORY"):
            cursor.execute(f"PRAGMA {pragma}")
        for model in rooms:
            table, recent = model._meta.db_table, _recent(model)
            read = f'CREATE TEMP TABLE "own_{table}" AS SELECT own.* FROM "{table}" AS own {recent}'
            cursor.execute(read, [since] if recent else [])
        for model in rooms:
            table = model._meta.db_table
            columns = [(field.column, _copied(model, field)) for field in model._meta.concrete_fields]
            into, copied = ", ".join(f'"{name}"' for name, _ in columns), ", ".join(copied for _, copied in columns)
            cursor.execute(
                f'INSERT INTO "{table}" ({into}) '
                f"WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < {times}) "
                f'SELECT {copied} FROM k CROSS JOIN "own_{table}" AS own'
            )


def _recent(model: type[models.Model]) -> str:
    """Which rows of a table are copied; empty: all."""
    return {
        "Meeting": "WHERE own.start > %s",
        "Message": "WHERE own.sent_at > %s",
        "FactRow": "WHERE own.started_at > %s",
        "Settlement": "WHERE own.started_at > %s",
        "Attendance": "WHERE own.settlement_id IN (SELECT meeting_id FROM meetings_settlement WHERE started_at > %s)",
        "PartRow": "WHERE own.fact_id IN (SELECT id FROM ledger_factrow WHERE started_at > %s)",
    }.get(model.__name__, "")


def _copied(model: type[models.Model], field: models.Field[object, object]) -> str:
    own = f'own."{field.column}"'
    if isinstance(field, models.AutoField):
        return "NULL"
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.UUIDField):
        return f"printf('%08x', k.n) || substr({own}, 9)"
    if field.column in NAMES:
        colon = f"instr({own}, ':')"
        copied = f"substr({own}, 1, {colon}) || printf('%08x', k.n) || substr({own}, {colon} + 9)"
        return f"iif({own} = '', '', {copied})"
    return f"k.n || {own}" if model is Person and field.column == "email" else own
