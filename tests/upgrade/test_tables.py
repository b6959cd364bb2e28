"""A new installation, a restored one and one that ran every migration have the same tables."""

from __future__ import annotations

import json
from pathlib import Path

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


def shell(place: Place, script: str) -> object:
    return json.loads(place.do("manage", "shell", "-v", "0", "-c", script).splitlines()[-1])


def migrated(place: Place) -> Place:
    place.do("manage", "migrate", "-v", "0")
    place.do("manage", "createcachetable")
    return place


def new(place: Place) -> Place:
    place.do("manage", "shell", "-v", "0", "-c", MAKE)
    return place


@on_sqlite
def test_a_new_installation_has_the_tables_that_migrations_make(tmp_path: Path) -> None:
    assert shell(new(Place(tmp_path / "new")), SCHEMA) == shell(migrated(Place(tmp_path / "migrated")), SCHEMA)


@pytest.mark.deep
@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_so_has_a_restored_one(vendor: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    databases = request.getfixturevalue("postgres") if vendor == "postgresql" else None
    old, young, restored = (
        Place(tmp_path / name, {"DATABASE_URL": databases.new() if databases else ""})
        for name in ("old", "young", "restored")
    )
    migrated(old).do("backup", "--to", tmp_path / "kept")
    restored.do("restore", next((tmp_path / "kept").iterdir()))
    assert shell(restored, SCHEMA) == shell(old, SCHEMA)
    assert shell(new(young), SCHEMA) == shell(old, SCHEMA)
