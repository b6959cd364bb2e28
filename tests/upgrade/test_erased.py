"""Erased or deleted after a backup was made: a restore of that backup does it again, by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.upgrade.place import Place

pytestmark = pytest.mark.deep
MAKE = """
from throughline.accounts.actions import close_account
from throughline.accounts.models import Person
from throughline.relationships.actions import begin_relationship
from throughline.relationships.domain.roles import Role
close_account(by=Person.objects.create_user(email="goer@example.org", name="Quillfeather"))
stayer = Person.objects.create_user(email="stayer@example.org", name="Stayer")
for _ in range(2):
    begin_relationship(by=stayer, role=Role.MENTOR)
"""
ERASE = """
from throughline.accounts.models import Closure
from throughline.foundation import clock
from throughline.foundation.jobs.registry import function_of
Closure.objects.update(erase_at=clock.now())
function_of("accounts.erase")()
from throughline.relationships.actions import destroy_relationship
from throughline.relationships.models import Relationship
destroy_relationship(relationship=Relationship.objects.order_by("pk")[0])
function_of("backups.note_erased")()
"""
WORK = "from throughline.foundation.jobs.runner import run_ready; run_ready()"
NAMES = "from throughline.accounts.models import Person; print(sorted(Person.objects.values_list('name', flat=True)))"
SHUT = (
    "from throughline.accounts.models import Person; "
    "print([*Person.objects.filter(is_active=False).values_list('name', flat=True)])"
)
COUNT = "from throughline.relationships.models import Relationship; print(Relationship.objects.count())"


def shell(place: Place, script: str) -> str:
    return place.do("manage", "shell", "-v", "0", "-c", script).strip().rpartition("\n")[2]


@pytest.mark.parametrize("lost", [False, True], ids=["over what was there", "on a new machine"])
def test_who_was_erased_after_the_backup_does_not_come_back(lost: bool, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    place = Place(tmp_path / "old", {"DATABASE_URL": "", "BACKUP_TO": str(kept)})
    place.do("manage", "migrate", "-v", "0")
    place.do("manage", "createcachetable")
    shell(place, MAKE)
    place.do("backup", "--to", kept)
    shell(place, ERASE)
    assert (shell(place, NAMES), shell(place, COUNT)) == ("['Stayer']", "1")
    (file,) = kept.glob("*.backup")
    if lost:
        place = Place(tmp_path / "new", {"DATABASE_URL": ""})
        said = place.do("restore", file)
    else:
        (kept / "throughline-erased.txt").unlink()
        said = place.do("restore", file, "--replace")
    assert "Accounts that were erased after this backup and came back with it: 1." in said
    assert "Relationships that were deleted after this backup and came back with it: 1." in said
    assert shell(place, COUNT) == "1"
    assert shell(place, SHUT) == "['Quillfeather']"
    shell(place, WORK)
    assert shell(place, NAMES) == "['Stayer']"
