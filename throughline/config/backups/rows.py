"""Rows of any table as lines of JSON and back, the same on SQLite and PostgreSQL.

A line is a list of values in the order of the table's columns: instants in ISO 8601 (UTC), ids as text, durations in
microseconds, bytes (sealed content among them, which stays sealed) in base64.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connections, models

from throughline.foundation.encryption.fields import Sealed, SealedField

ROWS_AT_ONCE = 100  # in memory while reading: a row may hold a whole document
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Table:
    """A table as the migrations describe it: a historical model and the fields that have a column to be written."""

    model: Any
    fields: tuple[Any, ...]

    @property
    def name(self) -> str:
        return str(self.model._meta.db_table)

    @property
    def columns(self) -> list[str]:
        return [field.column for field in self.fields]


@dataclass
class Tally:
    """How many rows, and a digest that does not depend on their order: the sum of their SHA-256 sums."""

    count: int = 0
    total: int = 0

    def add(self, line: bytes) -> None:
        self.count += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(line).digest(), "big")) % (1 << 256)

    def told(self) -> dict[str, int | str]:
        return {"count": self.count, "digest": f"{self.total:064x}"}


def tables_in(apps: Any) -> list[Table]:
    """Every table of a state of migrations, in a fixed order."""
    chosen = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    ]
    by_name = {model._meta.db_table: model for model in chosen}
    return [
        Table(model, tuple(field for field in model._meta.local_concrete_fields if not field.generated))
        for _, model in sorted(by_name.items())
    ]


def lines_of(table: Table, alias: str) -> Iterator[bytes]:
    rows = table.model._base_manager.using(alias).order_by().values_list(*(field.attname for field in table.fields))
    kinds = [_kind(field) for field in table.fields]
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield as_line(row, kinds)


def as_line(row: Sequence[Any], kinds: Sequence[str]) -> bytes:
    values = [_plain(value) if kind != "JSONField" else _settled(value) for value, kind in zip(row, kinds, strict=True)]
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def insert(table: Table, alias: str, lines: Iterable[bytes]) -> None:
    """Write rows as they were: nothing is computed, stamped or defaulted."""
    connection = connections[alias]
    quoted = connection.ops.quote_name
    columns = ", ".join(map(quoted, table.columns))
    places = ", ".join(["%s"] * len(table.fields))
    statement = f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({places})"  # noqa: S608  names of our own models
    batch: list[list[Any]] = []
    with connection.cursor() as cursor:
        for line in lines:
            values = zip(json.loads(line), table.fields, strict=True)
            batch.append([_for_database(value, field, connection) for value, field in values])
            if len(batch) == ROWS_AT_ONCE:
                cursor.executemany(statement, batch)
                batch.clear()
        if batch:
            cursor.executemany(statement, batch)


def _kind(field: Any) -> str:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return str(field.get_internal_type())


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value // _MICROSECOND
    if isinstance(value, UUID | Decimal):
        return str(value)
    content = value.content if isinstance(value, Sealed) else bytes(value)
    return base64.b64encode(content).decode()


def _settled(value: Any) -> Any:
    """JSON as both databases give it back: PostgreSQL may say 100000 where SQLite says 1e5."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, dict):
        return {key: _settled(each) for key, each in value.items()}
    return [_settled(each) for each in value] if isinstance(value, list) else value


def _for_database(value: Any, field: Any, connection: Any) -> Any:
    kind = _kind(field)
    if value is None:
        if kind == "JSONField" and not field.null:
            return connection.ops.adapt_json_value(None, field.encoder)
        return None
    return field.get_db_prep_save(_typed(value, kind, field), connection)


def _typed(value: Any, kind: str, field: Any) -> Any:
    if isinstance(field, SealedField):
        return Sealed(base64.b64decode(value))
    reader = _READERS.get(kind)
    return reader(value) if reader else value


_READERS: dict[str, Any] = {
    "UUIDField": UUID,
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "DurationField": lambda value: timedelta(microseconds=value),
    "DecimalField": Decimal,
    "BinaryField": base64.b64decode,
}
