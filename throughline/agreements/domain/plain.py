"""Terms as plain JSON values and back: enums by value, dates and times in ISO form, tuples as lists."""

from __future__ import annotations

import types
import typing
from dataclasses import Field, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast

Value = TypeVar("Value")


def to_plain(value: Any) -> Any:
    """Raises TypeError for anything that no term holds, floats among them."""
    if value is None or isinstance(value, bool | int) or type(value) is str:
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if is_dataclass(value):
        shown = [field.name for field in fields(value) if getattr(value, field.name) or not _may_lack(field)]
        return {name: to_plain(getattr(value, name)) for name in shown}
    raise TypeError(f"no term holds a {type(value).__name__}")


def from_plain(kind: type[Value], plain: Any) -> Value:
    """Raises ValueError when the plain value does not have the shape of `kind`."""
    return cast(Value, _read(kind, plain))


def _read(kind: Any, plain: Any) -> Any:
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        inner = next(option for option in typing.get_args(kind) if option is not type(None))
        return None if plain is None else _read(inner, plain)
    if typing.get_origin(kind) is tuple:
        return tuple(_read(typing.get_args(kind)[0], item) for item in _expect(plain, list, kind))
    if kind in (bool, int, str):
        return _expect(plain, kind, kind)
    if kind in (date, time) or issubclass(kind, StrEnum):
        text = _expect(plain, str, kind)
        return kind(text) if issubclass(kind, StrEnum) else kind.fromisoformat(text)
    return _read_dataclass(kind, _expect(plain, dict, kind))


def _read_dataclass(kind: Any, plain: dict[str, Any]) -> Any:
    hints = _hints_of(kind)
    needed = {field.name for field in fields(kind) if not _may_lack(field)}
    if not needed <= set(plain) <= set(hints):
        raise ValueError(f"{kind.__name__} has other fields than expected")
    return kind(**{name: _read(hints[name], value) for name, value in plain.items()})


def _may_lack(field: Field[Any]) -> bool:
    return bool(field.metadata.get("left_out_when_empty"))


@cache
def _hints_of(kind: Any) -> dict[str, Any]:
    """Asked of every dataclass of every reading: typing works them out anew each time."""
    return typing.get_type_hints(kind)


def _expect(plain: Any, shape: type, kind: Any) -> Any:
    if type(plain) is not shape:
        raise ValueError(f"{getattr(kind, '__name__', kind)} expected")
    return plain
