"""Reading and deleting the rows of a holding, whatever its table."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from throughline.foundation.encryption.envelope import CannotOpenError
from throughline.foundation.encryption.keyring import KeyDestroyedError
from throughline.foundation.rights.holdings import Erasure, Holding, Sharing

CHUNK = 500


def model_of(holding: Holding) -> type[models.Model]:
    """Raises LookupError for a table that does not exist."""
    return apps.get_model(holding.model)


def own_rows(holding: Holding, person_id: UUID) -> QuerySet[Any]:
    """The rows that are this person's."""
    if holding.rows is not None:
        return holding.rows(person_id)
    own = Q(pk__in=())
    for lookup in holding.owner:
        own |= Q(**{lookup: person_id})
    return model_of(holding)._default_manager.filter(own)


def readable_rows(holding: Holding, sharing: Sharing) -> QuerySet[Any]:
    """The person's own rows, and those that a relationship shares with them."""
    own = own_rows(holding, sharing.person_id)
    if not holding.shared_by:
        return own.order_by("pk")
    shared = Q(**{f"{holding.shared_by}__in": sharing.relationship_ids})
    shared |= Q(**{f"{holding.shared_by}__isnull": True}, pk__in=own.values("pk"))  # shared with nobody, as a draft
    if holding.erasure is Erasure.GOES:  # one's own although others read it: not lost by leaving the relationship
        shared |= Q(pk__in=own.values("pk"))
    return model_of(holding)._default_manager.filter(shared).order_by("pk")


def plain_rows(holding: Holding, sharing: Sharing) -> Iterator[dict[str, Any]]:
    """Each readable row as JSON can say it: seals opened, instants as ISO 8601 in UTC, bytes in base64."""
    columns = [field for field in model_of(holding)._meta.concrete_fields if field.name not in holding.leave_out]
    for row in readable_rows(holding, sharing).iterator(CHUNK):
        yield {field.name: _plain(row, field) for field in columns}


def delete_own_rows(holding: Holding, person_id: UUID) -> None:
    """What erasure does to a holding that goes."""
    if holding.erasure is Erasure.GOES:
        own_rows(holding, person_id).delete()


def _plain(row: models.Model, field: models.Field[Any, Any]) -> Any:
    try:
        value = getattr(row, field.attname)
    except (CannotOpenError, KeyDestroyedError):
        return {"unreadable": "its seal cannot be opened"}
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case UUID():
            return str(value)
        case bytes() | memoryview() | bytearray():
            return {"base64": base64.b64encode(bytes(value)).decode()}
        case None | bool() | int() | float() | str() | list() | dict():
            return value
    return str(value)
