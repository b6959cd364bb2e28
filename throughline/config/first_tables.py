"""A new installation's tables, made at once from the models instead of migration by migration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def make_first_tables(migrations: Iterable[tuple[str, str]]) -> None:
    """Make every table, then note all `migrations`, by (app, name), as applied. Only for a database without any.

    What migrations lead to, in a tenth of their time (`tests/upgrade` compares both, table by table). Tables come in
    one transaction and the notes in another: whoever is stopped between them finds the tables and goes on. Data
    migrations are not run: there is nothing yet that they could change.
    """
    with _no_migrations():
        call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    note_as_applied(migrations)


def note_as_applied(migrations: Iterable[tuple[str, str]]) -> None:
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in sorted(migrations))


@contextmanager
def _no_migrations() -> Iterator[None]:
    """Django then takes the models as they are. Before anything is served: settings are one for all threads."""
    was = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = {config.label: None for config in apps.get_app_configs()}
    try:
        yield
    finally:
        settings.MIGRATION_MODULES = was
