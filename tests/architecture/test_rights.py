"""Every table that holds something of a person says how it is exported, and what becomes of it with the account."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from tests.architecture.house import HERE, forbid
from throughline.accounts.models import Person
from throughline.foundation.encryption.fields import SealedField
from throughline.foundation.rights.holdings import Erasure, Holding, holdings
from throughline.foundation.rights.rows import model_of
from throughline.relationships.models import Relationship

OF_PEOPLE = ("person_id", "by_id", "recipient_id", "user_id", "owner_id", "author_id", "members", "people", "hears")
"""Names of plain columns that hold ids of people, where a key cannot stand."""


def tables() -> Iterator[type[models.Model]]:
    yield from (model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy)


def columns_of_people(model: type[models.Model]) -> set[str]:
    """The model's own columns that point at a person."""
    return {field.name for field in model._meta.concrete_fields if field.related_model is Person}


def personal(model: type[models.Model]) -> set[str]:
    """The columns for which a table must be claimed."""
    found = columns_of_people(model)
    for field in model._meta.concrete_fields:
        named = field.name in OF_PEOPLE and not field.is_relation
        address = isinstance(field, models.EmailField | models.GenericIPAddressField)
        if named or address or isinstance(field, SealedField):
            found.add(field.name)
    return found


def unclaimed() -> dict[str, str]:
    found: dict[str, str] = tomllib.loads((HERE / "holds_nobody.toml").read_text())
    return found


def test_every_table_that_holds_something_of_a_person_is_claimed_once() -> None:
    claimed, reasons = {holding.model for holding in holdings()}, unclaimed()
    missing = [
        f"{model._meta.label}: {', '.join(sorted(personal(model)))}"
        for model in tables()
        if personal(model) and model._meta.label not in claimed | set(reasons)
    ]
    forbid("Register a Holding in the room's rights.py (docs/building/rights.md), or list it with a reason:", missing)
    forbid("Both claimed and listed in holds_nobody.toml:", sorted(claimed & set(reasons)))
    gone = sorted(set(reasons) - {model._meta.label for model in tables()})
    forbid("No such table: take it off holds_nobody.toml:", gone)


def test_tables_of_relationships_are_claimed_too() -> None:
    """What a relationship shares is exported with it, although no column of it names a person."""
    claimed, reasons = {holding.model for holding in holdings()}, unclaimed()
    missing = [
        model._meta.label
        for model in tables()
        if any(field.related_model is Relationship for field in model._meta.concrete_fields)
        and model._meta.label not in claimed | set(reasons)
    ]
    forbid("Register a Holding with shared_by, or list it in holds_nobody.toml with a reason:", missing)


def test_holdings_name_every_column_that_points_at_a_person() -> None:
    found = []
    for holding in holdings():
        own = {lookup.split("__")[0] for lookup in holding.owner if "__" not in lookup} - {"pk"}
        said = own | set(holding.named)
        found += [f"{holding.model}.{name}: owner, or named?" for name in columns_of_people(model_of(holding)) - said]
        found += [f"{holding.model}.{name} is no column that points at a person" for name in said - _all_names(holding)]
    forbid("Say of each column whose row it makes it:", found)


def _all_names(holding: Holding) -> set[str]:
    return {field.name for field in model_of(holding)._meta.concrete_fields}


def test_what_is_joint_goes_with_its_relationship() -> None:
    """By the database's own rule, so that no room can forget it when everything of a relationship is destroyed."""
    found = []
    for holding in holdings():
        if holding.erasure is not Erasure.JOINT:
            continue
        if not holding.shared_by:
            found.append(f"{holding.model} is joint: say by shared_by whose")
            continue
        model: type[models.Model] = model_of(holding)
        for step in holding.shared_by.split("__"):
            field = model._meta.get_field(step)
            rule = field if field.concrete else field.field  # a step may lead to a row that points back here
            if rule.remote_field.on_delete is not models.CASCADE:
                found.append(f"{holding.model}: {step} must cascade")
            model = field.related_model
        if model is not Relationship:
            found.append(f"{holding.model}: shared_by leads to {model.__name__}")
    forbid("What belongs to several people belongs to their relationship:", found)


def test_what_is_left_out_of_an_export_exists() -> None:
    found = [
        f"{holding.model}.{name}"
        for holding in holdings()
        for name in holding.leave_out
        if name not in _all_names(holding)
    ]
    forbid("No such column: take it off leave_out:", found)
