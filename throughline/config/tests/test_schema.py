"""The schema's state is found without importing a migration."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from throughline.config import schema
from throughline.config.serve import CannotStartError, make_ready

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def throttles(db: None) -> None:
    if "throttles" not in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE throttles (cache_key varchar(255) PRIMARY KEY)")


def test_a_migrated_database_is_current():
    assert schema.state() == schema.Schema(frozenset(), frozenset(), True)


def test_what_is_not_applied_is_pending():
    MigrationRecorder(connection).record_unapplied("jobs", "0001_first")
    assert schema.state().pending == {("jobs", "0001_first")}


def test_a_newer_database_is_refused_with_a_sentence():
    MigrationRecorder(connection).record_applied("jobs", "0999_from_the_future")
    assert schema.state().unknown == {("jobs", "0999_from_the_future")}
    with pytest.raises(CannotStartError, match="made by a newer Throughline"):
        make_ready()


def test_what_a_library_applied_before_is_none_of_our_business():
    MigrationRecorder(connection).record_applied("auth", "0999_of_another_django")
    assert schema.state().current


def test_another_key_than_the_data_was_sealed_with_is_refused_with_a_sentence(pair, monkeypatch):
    monkeypatch.setattr("throughline.foundation.encryption.keyring.installation_key", lambda: bytes(32))
    with pytest.raises(
        CannotStartError, match=r"is not the one that this data was sealed with.*Put the right one back"
    ):
        make_ready()
