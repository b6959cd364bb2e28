"""Released migrations stay as they are, and new ones keep no reader out."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.architecture.gentle import faults_of
from tests.architecture.house import HERE, ROOT, forbid
from tests.architecture.landed import digest, kept


def test_what_has_landed_is_never_edited() -> None:
    changed = [name for name, value in kept().items() if not (ROOT / name).exists() or digest(ROOT / name) != value]
    forbid("Installations have run these: put them back, and add a migration that does the rest:", changed)


def test_migrations_keep_no_reader_out() -> None:
    """Exceptions stand with their reason in harsh_migrations.toml."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    excused: dict[str, str] = tomllib.loads((HERE / "harsh_migrations.toml").read_text())
    ours = {config.label for config in apps.get_app_configs() if config.name in settings.ROOMS}
    found = [
        f"{app}.{name}: {fault}"
        for (app, name), migration in sorted(loader.disk_migrations.items())
        if app in ours and f"{app}.{name}" not in excused
        for fault in faults_of(migration, loader.project_state((app, name), at_end=False))
    ]
    forbid("While this runs on PostgreSQL, nobody could read (docs/building/migrations.md):", found)


def field(name: str, kind: models.Field[Any, Any]) -> migrations.AddField:
    return migrations.AddField("goal", name, kind)


NO_READERS = [
    (field("due", models.DateField(null=True)), ""),
    (field("state", models.CharField(max_length=9, default="open")), ""),
    (field("due", models.DateField()), "give it a default"),
    (field("code", models.CharField(max_length=9, unique=True, null=True)), "its index is built"),
    (migrations.AlterField("goal", "title", models.CharField(max_length=200)), ""),
    (migrations.AlterField("goal", "title", models.TextField()), ""),
    (migrations.AlterField("goal", "title", models.CharField(max_length=50)), "may be rewritten"),
    (migrations.AlterField("goal", "number", models.BigIntegerField()), "integer to bigint"),
    (migrations.AlterField("goal", "note", models.TextField()), "keep it nullable"),
    (migrations.AddConstraint("goal", models.UniqueConstraint(fields=["title"], name="once")), "its index is built"),
    (
        migrations.AddConstraint(
            "goal", models.UniqueConstraint(fields=["title"], condition=models.Q(number__gte=0), name="once")
        ),
        "",
    ),
    (
        migrations.AddConstraint("goal", models.CheckConstraint(condition=models.Q(number__gt=0), name="some")),
        "checked",
    ),
    (migrations.AddIndex("goal", models.Index(fields=["title"], name="by_title")), ""),
    (migrations.RemoveField("goal", "note"), "a release later"),
    (migrations.RunSQL("SELECT 1"), "a restored backup would lack it"),
    (migrations.RunPython(migrations.RunPython.noop), ""),
]


@pytest.mark.parametrize(("operation", "fault"), NO_READERS, ids=[each[0].describe() for each in NO_READERS])
def test_the_check_knows_what_locks(operation: Any, fault: str) -> None:
    goal = migrations.CreateModel(
        "Goal",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("title", models.CharField(max_length=100)),
            ("number", models.IntegerField()),
            ("note", models.TextField(null=True)),
        ],
    )
    before = ProjectState()
    goal.state_forwards("goals", before)
    migration = migrations.Migration("0002_more", "goals")
    migration.operations = [operation]
    said = " ".join(faults_of(migration, before))
    assert (bool(said), fault in said) == (bool(fault), True), said
    together = migrations.Migration("0001_first", "goals")
    together.operations = [goal, operation]
    if not isinstance(operation, migrations.RunSQL):
        assert [*faults_of(together, ProjectState())] == []


def test_data_has_a_migration_of_its_own() -> None:
    migration = migrations.Migration("0002_more", "goals")
    migration.operations = [
        migrations.AlterModelOptions("goal", {}),
        migrations.RunPython(migrations.RunPython.noop),
    ]
    before = ProjectState()
    migrations.CreateModel("Goal", [("id", models.BigAutoField(primary_key=True))]).state_forwards("goals", before)
    assert "of its own" in " ".join(faults_of(migration, before))
