"""Migrations are complete, in one line, and named by a person."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.architecture.house import forbid


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None, ignore_no_migrations=True)


def _ours() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name in settings.ROOMS}


def test_no_migration_is_pending(loader: MigrationLoader) -> None:
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    changes = detector.changes(graph=loader.graph)
    pending = [
        f"{label}: {operation.describe()}"
        for label in sorted(_ours() & set(changes))
        for migration in changes[label]
        for operation in migration.operations
    ]
    forbid("Write the migration: `throughline manage makemigrations ROOM --name what_it_does`.", pending)


def test_no_migration_is_forked(loader: MigrationLoader) -> None:
    forked = [f"{label}: {', '.join(sorted(names))}" for label, names in loader.detect_conflicts().items()]
    forbid("Two migrations follow the same one: renumber the later of them.", forked)


def test_every_migration_has_a_name_given_by_a_person(loader: MigrationLoader) -> None:
    nameless = [
        f"{label}.{name}"
        for (label, name), migration in sorted(loader.disk_migrations.items())
        if label in _ours()
        and (
            re.search(r"auto_\d{8}", name)
            or name.partition("_")[2] in {"initial", "", type(migration)(name, label).suggest_name()}
        )
    ]
    forbid("Name it after what it does, as in 0002_meetings_can_move.", nameless)
