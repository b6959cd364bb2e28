"""Reads that are compiled once: for the queries that every page of ours makes.

Django writes a query's SQL anew at each call, which costs several times what a small database needs to answer it.

    @prepared
    def _unread(person_id: UUID, ids: Sequence[UUID]) -> QuerySet[Message, tuple[UUID, int]]:
        return Message.objects.filter(relationship_id__in=ids).exclude(sender=person_id).values_list(…)

    for relationship_id, count in _unread(person.pk, ids): …

The function is called once for each shape of its arguments, with marks in their place; what it returns is a
`values_list`. So it puts its arguments into the query and does nothing else with them: no `if`, no `[:limit]`, no
function of the time zone. Rows and the count of queries are Django's own; sealed columns come as `Sealed`. A list of
ids is filled up to the next power of two with its last one, so that there are few shapes. Nothing to look for in an
empty list: no query.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import FlatValuesListIterable

P = ParamSpec("P")
Row = TypeVar("Row")
_EPOCH = datetime(1000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Plan:
    """SQL with its parameters: constants, and the places of arguments. converts: of columns, as Django has them."""

    sql: str
    constants: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]
    converts: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]
    flat: bool

    def rows(self, values: Sequence[Any]) -> list[Any]:
        parameters = list(self.constants)
        for place, number in self.places:
            parameters[place] = values[number]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found = cursor.fetchall()
        if self.converts:
            columns: list[Sequence[Any]] = list(zip(*found, strict=True))
            for place, converts, expression in self.converts if columns else ():
                columns[place] = _converted(columns[place], converts, expression)
            found = list(zip(*columns, strict=True))
        return [row[0] for row in found] if self.flat else found


def _converted(column: Sequence[Any], converts: Sequence[Callable[..., Any]], expression: Any) -> Sequence[Any]:
    for convert in converts:
        if convert == getattr(connection.ops, "convert_uuidfield_value", None):
            ids = {value: None if value is None else UUID(value) for value in set(column)}
            column = [ids[value] for value in column]
        else:
            column = [convert(value, expression, connection) for value in column]
    return column


class Prepared(Generic[P, Row]):
    """A query whose SQL is written once for each shape of its arguments."""

    def __init__(self, build: Callable[P, QuerySet[Any, Row]]) -> None:
        self._build: Callable[..., QuerySet[Any, Row]] = build
        self._plans: dict[tuple[Any, ...], _Plan] = {}

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[Row]:
        """Arguments by position: ids, instants, days, numbers, words, and sequences of them."""
        given = [_filled_up(arg) if isinstance(arg, (list, tuple)) else arg for arg in args]
        if [] in given:
            return []
        shape = (connection.vendor, *(len(arg) if isinstance(arg, list) else type(arg) for arg in given))
        plan = self._plans.get(shape) or self._plans.setdefault(shape, _planned(self._build, given))
        return plan.rows(_adapted(_flattened(given)))


def prepared(build: Callable[P, QuerySet[Any, Row]]) -> Prepared[P, Row]:
    """Decorator: see above."""
    return Prepared(build)


def _planned(build: Callable[..., QuerySet[Any, Any]], given: Sequence[Any]) -> _Plan:
    """Raises ValueError where an argument does not become a parameter of the SQL."""
    marks = [[_mark(value) for value in arg] if isinstance(arg, list) else _mark(arg) for arg in given]
    queryset = build(*marks)
    compiler = queryset.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    numbers = {mark: number for number, mark in enumerate(_adapted(_flattened(marks)))}
    places = tuple((place, numbers[value]) for place, value in enumerate(parameters) if _known(value, numbers))
    if {number for _place, number in places} != set(numbers.values()):
        raise ValueError(f"{build.__qualname__}: each argument must go into the query as it is.")
    columns = [column for column, *_rest in compiler.select[: compiler.col_count]]
    converts = tuple((place, tuple(found), of) for place, (found, of) in compiler.get_converters(columns).items())
    return _Plan(sql, tuple(parameters), places, converts, queryset._iterable_class is FlatValuesListIterable)


def _known(value: Any, numbers: dict[Any, int]) -> bool:
    return isinstance(value, (str, int, UUID, date)) and value in numbers


def _mark(value: Any) -> Any:
    """Something of the same type that stands nowhere else."""
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, datetime):
        return _EPOCH + timedelta(microseconds=random.randrange(10**15))  # noqa: S311  no secret
    if isinstance(value, date):
        return _EPOCH.date() + timedelta(days=random.randrange(10**5))  # noqa: S311
    if isinstance(value, int):
        return random.randrange(2**20, 2**31)  # noqa: S311
    if isinstance(value, str):
        return uuid4().hex
    raise TypeError(f"A prepared query takes no {type(value).__name__}.")


def _filled_up(values: Sequence[Any]) -> list[Any]:
    length = 1
    while length < len(values):
        length *= 2
    return [*values, *([values[-1]] * (length - len(values)))] if values else []


def _flattened(given: Sequence[Any]) -> list[Any]:
    return [value for arg in given for value in (arg if isinstance(arg, list) else [arg])]


def _adapted(values: Sequence[Any]) -> list[Any]:
    """As the database takes them."""
    native, ops = connection.features.has_native_uuid_field, connection.ops

    def one(value: Any) -> Any:
        if isinstance(value, UUID):
            return value if native else value.hex
        if isinstance(value, datetime):
            return ops.adapt_datetimefield_value(value)
        return ops.adapt_datefield_value(value) if isinstance(value, date) else value

    return [one(value) for value in values]
