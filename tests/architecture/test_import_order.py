"""The rooms stand in one order, and know each other only through their public modules."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.house import HOUSE, ROOT, floors, forbid, imports_of, named, room_of, rooms_sources

PUBLIC = {"actions", "queries", "access", "signals", "domain"}
ALSO_PUBLIC = {"relationships.things"}


def test_import_linter_finds_every_contract_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-logo"], cwd=ROOT, check=False, capture_output=True, text=True, timeout=120)
    forbid("The import linter says:", [done.stdout + done.stderr] if done.returncode else [])


def test_every_room_is_on_the_plan() -> None:
    unknown = {path.name for path in HOUSE.iterdir() if (path / "__init__.py").exists()} - set(floors())
    forbid("Give these rooms their place in pyproject.toml, contract `house`:", sorted(unknown))


def test_other_rooms_are_entered_by_their_public_modules() -> None:
    found = []
    for path in rooms_sources():
        room = room_of(path)
        if room == "config":  # puts the program together, so it may name any part
            continue
        for each in imports_of(path):
            match = re.match(r"throughline\.(\w+)\.(\w+)", each.module)
            if match is None or match[1] in (room, "foundation"):
                continue
            if match[2] not in PUBLIC and f"{match[1]}.{match[2]}" not in ALSO_PUBLIC:
                found.append(f"{named(path, each.line)} imports {each.module}")
    advice = (
        "From another room import its actions, queries, access, signals or domain; a model class that only an "
        "annotation needs goes under `if TYPE_CHECKING:`."
    )
    forbid(advice, found)


def test_models_of_other_rooms_are_not_fetched_by_name() -> None:
    """get_model("ledger", …) and raw SQL on another room's tables would step around the linter."""
    found = []
    for path in rooms_sources():
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for room in re.findall(r"(?:get_model\(\s*|(?:FROM|JOIN|INTO|UPDATE)\s+\"?)[\"']?(\w+?)[._\"']", line):
                if room in floors() and room != room_of(path):
                    found.append(f"{named(path, number)} reaches into {room}")
    forbid("Ask that room's queries instead:", found)
