"""A new installation, a restored one and one that ran every migration have the same tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.databases import MAKE
from tests.upgrade.conftest import on_sqlite
from tests.upgrade.place import Place

SCHEMA = """
import json
from django.db import connection
introspection, found = connection.introspection, {}
with connection.cursor() as cursor:
    for table in sorted(set(introspection.table_names(cursor)) - {"sqlite_sequence"}):
        told = introspection.get_table_description(cursor, table)
        columns = [[c.name, str(c.type_code), bool(c.null_ok), str(c.default)] for c in told]
        constraints = {
            name: {key: str(value) for key, value in each.items() if key != "definition"}
            for name, each in introspection.get_constraints(cursor, table).items()
        }
        if connection.vendor == "sqlite":
            constraints = sorted(map(json.dumps, constraints.values()))
        found[table] = [sorted(columns), constraints]
print(json.dumps(found, sort_keys=True))
"""
MIGRATE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
"""


def shell(place: Place, script: str) -> dict[str, Any]:
    return dict(json.loads(place.do("manage", "shell", "-v", "0", "-c", script).splitlines()[-1]))


@on_sqlite
def test_a_new_installation_has_the_tables_that_migrations_make(tmp_path: Path) -> None:
    new, migrated = Place(tmp_path / "new"), Place(tmp_path / "migrated")
    assert shell(new, MAKE + SCHEMA) == shell(migrated, MIGRATE + SCHEMA)


@pytest.mark.deep
@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_so_has_a_restored_one(vendor: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    databases = request.getfixturevalue("postgres") if vendor == "postgresql" else None
    old, young, restored = (
        Place(tmp_path / name, {"DATABASE_URL": databases.new() if databases else ""})
        for name in ("old", "young", "restored")
    )
    tables = shell(old, MIGRATE + SCHEMA)
    old.do("backup", "--to", tmp_path / "kept")
    restored.do("restore", next((tmp_path / "kept").iterdir()))
    assert shell(restored, SCHEMA) == tables
    made = shell(young, MAKE + SCHEMA)
    for each in (made, tables):
        _key_of_a_table_that_nobody_uses(each)
    assert made == tables


def _key_of_a_table_that_nobody_uses(tables: dict[str, Any]) -> None:
    """Which groups hold which rights: Django's own migrations make its key a bigint, its own models an integer."""
    columns, _constraints = tables["auth_group_permissions"]
    columns.remove(next(column for column in columns if column[0] == "id"))
