"""The same few people in every test, named once; and the database's extra table that Django makes by command."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "THROUGHLINE_DATA" not in os.environ:
    # In memory where there is room for it: no test asks what a disk keeps when the power fails.
    memory = Path("/dev/shm")  # noqa: S108
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 30
    made = tempfile.mkdtemp(prefix="throughline-test-", dir=memory if roomy else None)
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    os.environ["THROUGHLINE_DATA"] = made

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

# Several builds share a machine: a slow example says nothing about the code. On a build server the examples are the
# same each time; elsewhere each run tries others: `make check` a few, `make test-deep` many.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.register_profile("quick", deadline=None, max_examples=25)
settings.register_profile("deep", deadline=None, max_examples=1000)
settings.load_profile("house")

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Tables from the models, as a new installation makes them: migrations take ten times as long in each worker."""
    from django.db import connection

    connection.settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    from throughline.config.first_tables import note_as_applied
    from throughline.config.schema import migrations_here

    with django_db_blocker.unblock():
        note_as_applied(migrations_here())


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> None:
    """A slow hash protects real passwords; in tests it would take most of the time."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _person(email: str, name: str, zone: str) -> Person:
    from throughline.accounts.models import Person

    return Person.objects.create_user(email, "correct horse battery", name=name, zone=zone)


@pytest.fixture
def mentor(db: None) -> Person:
    return _person("mira@example.org", "Mira Lindqvist", "Europe/Berlin")


@pytest.fixture
def mentee(db: None) -> Person:
    return _person("tomas@example.org", "Tomás Rivera", "America/Los_Angeles")


@pytest.fixture
def coordinator(db: None) -> Person:
    return _person("ines@example.org", "Inês Carvalho", "Europe/Lisbon")


@pytest.fixture
def stranger(db: None) -> Person:
    """Has an account and belongs to nothing here: must be refused everywhere."""
    return _person("stranger@example.org", "Sam Stranger", "UTC")


@pytest.fixture
def pair(mentor: Person, mentee: Person) -> Relationship:
    """A relationship of mentor and mentee, both in."""
    from throughline.relationships.actions import begin_relationship, join_relationship
    from throughline.relationships.domain.roles import Role

    relationship = begin_relationship(by=mentor, role=Role.MENTOR)
    join_relationship(relationship=relationship, by=mentee, role=Role.MENTEE)
    return relationship


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Making a password slow to guess would be most of a test's time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
