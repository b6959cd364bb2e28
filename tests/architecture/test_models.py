"""What the tables may hold and point at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import models

from tests.architecture.house import HERE, floors, forbid
from throughline.foundation.encryption.fields import SealedField

PROSE = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)


def our_models() -> Iterator[tuple[str, type[models.Model]]]:
    """Each model of ours with the room that it belongs to."""
    for config in apps.get_app_configs():
        if config.name in settings.ROOMS:
            room = config.name.split(".")[1]
            for model in config.get_models(include_auto_created=True):
                yield room, model


def test_foreign_keys_follow_the_import_order() -> None:
    found = []
    for room, model in our_models():
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if target is None or isinstance(target, str):
                continue
            name = apps.get_containing_app_config(target.__module__).name  # type: ignore[union-attr]
            if name not in settings.ROOMS:
                continue  # Django's own tables lie below all of ours
            other = name.split(".")[1]
            if other != room and floors()[other] >= floors()[room]:
                found.append(f"{model._meta.label}.{field.name} points up, or across, to {target._meta.label}")
            if other != room and not field.remote_field.hidden:
                found.append(f'{model._meta.label}.{field.name} needs related_name="+": nobody reads upward')
    forbid("A table points only at its own room and at rooms below; otherwise hold a plain id:", found)


def test_prose_is_sealed_or_has_a_reason() -> None:
    """Every column that could hold what people wrote is a sealed field, a closed choice, or on the written list."""
    listed = (HERE / "plain_columns.toml").read_text()
    reasons = dict(
        re.findall(r'^"([\w.]+)" = "(.*)"$', listed, re.MULTILINE)
    )  # a line that a merge doubled does no harm
    plain = {
        f"{model._meta.label}.{field.name}"
        for _, model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, PROSE) and not isinstance(field, SealedField) and not field.choices
    }
    missing = sorted(plain - set(reasons))
    forbid("Use SealedText, SealedJson or SealedBytes, or say in plain_columns.toml why not:", missing)
    gone = sorted(set(reasons) - plain)
    forbid("These columns are no longer plain: take them off plain_columns.toml:", gone)
    empty = sorted(name for name, reason in reasons.items() if len(reason) < 10)
    forbid("Say the reason in plain_columns.toml:", empty)
