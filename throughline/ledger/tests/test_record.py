"""Recording twice leaves one fact."""

from __future__ import annotations

from datetime import UTC, datetime

from throughline.ledger.actions import record
from throughline.ledger.domain.facts import Fact, Kind, Medium, Part
from throughline.ledger.models import FactRow, PartRow


def test_the_same_source_is_overwritten(pair, mentor, mentee):
    at = datetime(2026, 11, 3, 17, tzinfo=UTC)
    fact = Fact(
        "calls.Call:1",
        pair.pk,
        Kind.CALL,
        Medium.VIDEO,
        at,
        at,
        parts=(Part(mentor.pk, 20), Part(mentee.pk, 20)),
    )
    record(fact)
    record(fact)
    assert FactRow.objects.count() == 1
    assert PartRow.objects.count() == 2
