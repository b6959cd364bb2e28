"""What is kept for a time goes when it is over, and not before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail

from throughline.foundation import clock
from throughline.foundation.jobs.registry import function_of
from throughline.foundation.jobs.runner import run_ready
from throughline.foundation.rights.periods import periods, sweep_all
from throughline.notices.models import Notice
from throughline.relationships.actions import end_relationship, invite, record_looks
from throughline.relationships.actions.periods import forget_ended
from throughline.relationships.domain.roles import Role, Sight
from throughline.relationships.models import Invitation, Look, Relationship, RelationshipKey


def days_of(name: str) -> int:
    return next(period.days for period in periods() if period.name == name)


@pytest.mark.parametrize(
    ("name", "rows"),
    [("notices.sent", Notice), ("relationships.invitations", Invitation), ("relationships.looks", Look)],
)
def test_a_period(name: str, rows: Any, pair: Any, mentor: Any, coordinator: Any) -> None:
    invite(by=mentor, role=Role.MENTEE, email="nobody@example.org", note="?")
    record_looks(relationship_ids=[pair.pk], by=coordinator, what=Sight.COUNTS)
    run_ready()
    assert rows.objects.count() == 1
    for days, left in ((-1, 1), (1, 0)):
        with time_machine.travel(clock.now() + timedelta(days=days_of(name) + days)):
            sweep_all(clock.now())
            assert rows.objects.count() == left
    assert Relationship.objects.filter(pk=pair.pk).exists(), "what goes on stays"


def test_the_daily_job_does_it(pair: Any, mentor: Any) -> None:
    invite(by=mentor, role=Role.MENTEE, email="nobody@example.org", note="?")
    with time_machine.travel(clock.now() + timedelta(days=4000)):
        function_of("accounts.keep_periods")()
    assert list(RelationshipKey.objects.values_list("pk", flat=True)) == [pair.pk]


def test_what_ended_goes_a_month_after_its_people_were_told(pair: Any, mentor: Any, mentee: Any) -> None:
    """Nothing is set: for ever. With a year set, it is said a month before, once, and kept until then."""
    assert days_of("relationships.ended") == 0
    ended, left = datetime(2026, 11, 24, 17, tzinfo=UTC), []  # an hour at which both are awake
    with time_machine.travel(ended):
        end_relationship(relationship=pair, by=mentor)
        run_ready()
    mail.outbox.clear()
    for days in (300, 336, 340, 365, 367, 368):
        with time_machine.travel(ended + timedelta(days=days, hours=1)):
            forget_ended(clock.now() - timedelta(days=365))
            run_ready()
        left.append((days, Relationship.objects.exists(), len(mail.outbox)))
    assert left == [
        (300, True, 0), (336, True, 2), (340, True, 2), (365, True, 2), (367, False, 2), (368, False, 2),
    ]  # fmt: skip
