"""Model fields whose column holds sealed bytes and whose attribute reads as plain text or JSON.

A sealed field opens when it is read, so a list that never touches it decrypts nothing. Its scope is an
attribute of the row (`relationship_id` unless said otherwise) whose value names the data key:

    class Pause(models.Model):
        relationship = models.ForeignKey(Relationship, …)
        reason = SealedText(blank=True)

The row's primary key must exist before saving (`default=new_id`), since it is part of the seal.
`QuerySet.update()` cannot seal and refuses; assign and save.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from throughline.foundation.encryption.keyring import open_for, seal_for


@dataclass(frozen=True)
class Sealed:
    """A column's bytes as they lie in the database, not opened yet."""

    content: bytes


class _OpeningAttribute(DeferredAttribute):
    """Opens the sealed bytes on first read and keeps the plain value on the instance."""

    field: SealedField

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = self.field.open(instance, value)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        # Having this, Python asks __get__ before the instance's own dictionary, where sealed bytes would lie bare.
        instance.__dict__[self.field.attname] = value


class SealedField(models.Field[Any, Any]):
    """Common to all sealed fields. Use SealedText, SealedJson or SealedBytes."""

    descriptor_class = _OpeningAttribute
    empty_strings_allowed = False

    def __init__(self, *args: Any, scope: str = "relationship_id", **kwargs: Any) -> None:
        self.scope = scope
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if self.scope != "relationship_id":
            kwargs["scope"] = self.scope
        return name, path, list(args), kwargs

    def get_internal_type(self) -> str:
        return "BinaryField"

    def encode(self, value: Any) -> bytes:
        raise NotImplementedError  # each kind says how

    def decode(self, plain: bytes) -> Any:
        raise NotImplementedError  # each kind says how

    def open(self, instance: models.Model, value: Sealed) -> Any:
        return self.opened(value, instance.pk, scope=self._scope_of(instance))

    def opened(self, value: Sealed, pk: Any, *, scope: UUID) -> Any:
        """The same of a row that was read as values. scope: what names its data key."""
        return self.decode(open_for(scope, value.content, self._context(pk)))

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        sealed = seal_for(self._scope_of(model_instance), self.encode(value), self._context(model_instance.pk))
        return Sealed(sealed)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.model.__name__}.{self.name} is sealed: assign it and save the row.")
        return connection.Database.Binary(value.content)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def _scope_of(self, instance: models.Model) -> UUID:
        scope: Any = instance
        for name in self.scope.split("."):
            scope = getattr(scope, name)
        if not isinstance(scope, UUID):
            raise ValueError(f"{type(instance).__name__}.{self.scope} names no data key yet.")
        return scope

    def _context(self, pk: Any) -> bytes:
        return f"{self.model._meta.label_lower}.{self.name}:{pk}".encode()


class SealedText(SealedField):
    """Text; never None unless null=True. Length is checked by the form, not by the database."""

    def encode(self, value: Any) -> bytes:
        return str(value).encode()

    def decode(self, plain: bytes) -> str:
        return plain.decode()


class SealedJson(SealedField):
    """Anything that JSON can say."""

    def encode(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def decode(self, plain: bytes) -> Any:
        return json.loads(plain)


class SealedBytes(SealedField):
    """Bytes, such as an update of a document."""

    def encode(self, value: Any) -> bytes:
        return bytes(value)

    def decode(self, plain: bytes) -> bytes:
        return plain
