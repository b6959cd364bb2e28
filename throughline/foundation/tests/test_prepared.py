"""A prepared read answers as the query it was made from, and is written once for each shape."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db.models import Count, F, Max, QuerySet

from throughline.accounts.models import AbsenceRow, Person
from throughline.foundation.prepared import prepared

AT = datetime(2026, 11, 24, 18, 30, 12, 345678, tzinfo=UTC)
built: list[int] = []


@prepared
def _people(ids: Sequence[UUID], name: str) -> QuerySet[Person, tuple[UUID, str, datetime | None]]:
    built.append(len(ids))
    return Person.objects.filter(pk__in=ids).exclude(name=name).order_by("name").values_list("pk", "name", "last_login")


@prepared
def _seen(since: datetime) -> QuerySet[Person, UUID]:
    return Person.objects.filter(last_login__gte=since).order_by("pk").values_list("pk", flat=True)


@prepared
def _away(person_id: UUID, on: date, least: int) -> QuerySet[AbsenceRow, tuple[UUID, int, date]]:
    rows = AbsenceRow.objects.filter(person=person_id, last__gte=on).values("person_id")
    counted = rows.annotate(times=Count("pk"), until=Max("last")).filter(times__gte=least)
    return counted.values_list("person_id", "times", "until")


@prepared
def _careless(ids: Sequence[UUID], most: int) -> QuerySet[Person, UUID]:
    return Person.objects.filter(pk__in=ids).values_list("pk", flat=True)[:most]


def test_rows_are_those_of_the_query(mentor: Person, mentee: Person, stranger: Person) -> None:
    Person.objects.filter(pk=mentee.pk).update(last_login=AT)
    ids = [mentor.pk, mentee.pk, stranger.pk]
    assert _people(ids, "Sam Stranger") == [
        (mentor.pk, "Mira Lindqvist", None), (mentee.pk, "Tomás Rivera", AT),
    ]  # fmt: skip
    assert _people([mentee.pk], "") == [(mentee.pk, "Tomás Rivera", AT)]
    assert (_seen(AT), _seen(AT + timedelta(microseconds=1))) == ([mentee.pk], [])


def test_other_types_and_groups(mentor: Person) -> None:
    for month in (3, 6):
        AbsenceRow.objects.create(person=mentor, first=date(2027, month, 1), last=date(2027, month, 9))
    assert _away(mentor.pk, date(2027, 3, 9), 2) == [(mentor.pk, 2, date(2027, 6, 9))]
    assert _away(mentor.pk, date(2027, 3, 10), 2) == []


def test_a_shape_is_written_once_and_ids_fill_up_to_a_power_of_two(
    mentor: Person, mentee: Person, stranger: Person
) -> None:
    built.clear()
    everybody = [mentor.pk, mentee.pk, stranger.pk] * 3
    found = [len(_people(everybody[:count], "")) for count in (5, 6, 7, 8, 9)]
    assert found == [3] * 5
    assert [count for count in built if count > 4] == [8, 16]


def test_nothing_to_look_for_is_no_query(db: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert _people([], "") == []


def test_an_argument_that_is_no_parameter_is_refused(mentor: Person) -> None:
    with pytest.raises(ValueError, match="each argument must go into the query"):
        _careless([mentor.pk], 3)


def test_expressions_stay(mentor: Person) -> None:
    @prepared
    def joined_and_seen(person_id: UUID) -> QuerySet[Person, UUID]:
        rows = Person.objects.filter(pk=person_id, last_login__gte=F("joined_at"))
        return rows.values_list("pk", flat=True)

    assert joined_and_seen(mentor.pk) == []
    Person.objects.filter(pk=mentor.pk).update(last_login=F("joined_at"))
    assert joined_and_seen(mentor.pk) == [mentor.pk]
