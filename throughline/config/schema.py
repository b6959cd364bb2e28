"""Whether the database stands where this program expects it, found by names alone: no migration is imported."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from importlib.util import find_spec

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from throughline.config.first_tables import make_first_tables
from throughline.config.upgrading import keep_what_was, without_holding_readers_up
from throughline.foundation.environment import ENV

Migration = tuple[str, str]
_ADVISORY = 7_238_114_001  # any number, the same in every process: PostgreSQL's lock while migrating


@dataclass(frozen=True)
class Schema:
    """Migrations by (app, name): `pending` are here and not applied, `unknown` applied and not here."""

    pending: frozenset[Migration]
    unknown: frozenset[Migration]
    throttles: bool
    used: bool = field(default=False, compare=False)  # some migration was ever applied

    @property
    def current(self) -> bool:
        return not self.pending and not self.unknown and self.throttles


def state() -> Schema:
    """Raises DatabaseError when the database cannot be reached. One or two small queries."""
    tables = connection.introspection.table_names()
    applied: frozenset[Migration] = frozenset()
    if "django_migrations" in tables:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = frozenset((app, name) for app, name in cursor.fetchall())
    here = migrations_here()
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("throughline.")}
    unknown = frozenset(migration for migration in applied - here if migration[0] in ours)
    return Schema(here - applied, unknown, "throttles" in tables, bool(applied))


def bring_up_to_date() -> None:
    """Make the tables or migrate them, and make the cache's, one process at a time. Raises DatabaseError."""
    with _alone():
        found = state()
        if not found.used:
            make_first_tables(migrations_here())
        elif found.pending:
            keep_what_was(found)
            without_holding_readers_up(lambda: call_command("migrate", interactive=False, verbosity=0))
        if not found.throttles:
            call_command("createcachetable", verbosity=0)


def migrations_here() -> frozenset[Migration]:
    return frozenset(
        (config.label, module.name) for config in apps.get_app_configs() for module in _modules_of(config.label)
    )


def _modules_of(label: str) -> Iterator[pkgutil.ModuleInfo]:
    name, _explicit = MigrationLoader.migrations_module(label)
    try:
        spec = find_spec(name) if name else None
    except ModuleNotFoundError:
        return
    if spec and spec.submodule_search_locations:
        for module in pkgutil.iter_modules(spec.submodule_search_locations):
            if not module.name.startswith(("_", "~")):
                yield module


@contextmanager
def _alone() -> Iterator[None]:
    with (ENV.data / "migrating.lock").open("w") as file:
        flock(file, LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY])
