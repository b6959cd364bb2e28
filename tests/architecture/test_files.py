"""Files stay short, named after what they hold, and free of what a page may not carry."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

from tests.architecture.house import HERE, floors, forbid, named, room_of, rooms_sources, sources

LONG_FILE = 350  # lines: "about 300", with room to finish a thought
LONG_TEMPLATE = 150
LONG_VIEW = 25
DRAWERS = {"utils", "util", "common", "core", "helpers", "helper", "services", "misc"}
SLEEPS = re.compile(r"\b(?:time\.sleep|asyncio\.sleep|anyio\.sleep|wait_for_timeout)\((?!0\))")
OTHER_ORIGIN = re.compile(
    r"""(?:https?:)?//(?!www\.w3\.org/|[\w.-]*example\.(?:org|com)\b|localhost\b)[a-z0-9-]+\.[a-z]{2,}"""
)
A_CLOCK_OF_ITS_OWN = re.compile(r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|timezone\.now|time\.time)\(")


def templates() -> list[Path]:
    return [path for path in sources("throughline/**/templates/**") if path.suffix in (".html", ".txt", ".xml")]


def lines_matching(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{named(path, number)} {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def test_files_hold_one_idea() -> None:
    allowed: dict[str, str] = tomllib.loads((HERE / "long_files.toml").read_text())
    paths = [*rooms_sources(), *sources("islands/**.ts"), *sources("throughline/**.css"), *sources("bench/**.py")]
    long = {named(path): len(path.read_text().splitlines()) for path in paths}
    found = [f"{name} ({count} lines)" for name, count in long.items() if count > LONG_FILE and name not in allowed]
    forbid("Make it a folder of the same name with one idea a file:", found)
    stale = [name for name in allowed if long.get(name, 0) <= LONG_FILE]
    forbid("No longer long: take these off long_files.toml:", stale)


def test_templates_are_short() -> None:
    found = [
        f"{named(path)} ({count})"
        for path in templates()
        if (count := len(path.read_text().splitlines())) > LONG_TEMPLATE
    ]
    forbid(f"Over {LONG_TEMPLATE} lines: move a part that has a name into a file of its own:", found)


def test_views_do_five_things_only() -> None:
    """Find, validate, call one action, render."""
    found = []
    for path in rooms_sources():
        if path.stem != "views" and path.parent.stem != "views":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONG_VIEW:
                    found.append(f"{named(path, node.lineno)} {node.name} ({length} lines)")
    forbid(f"Over {LONG_VIEW} lines: rules belong to actions, reads to queries, input to forms:", found)


def test_no_room_keeps_a_drawer() -> None:
    everything = [*sources("*.py"), *sources("islands/**")]
    found = [named(path) for path in everything if DRAWERS & {path.stem, *path.relative_to(HERE.parents[1]).parts[:-1]}]
    forbid("Name the file after what it holds:", found)


def test_templates_extend_and_import_only_lower_rooms() -> None:
    found = []
    for path in templates():
        room = room_of(path)
        for target in re.findall(r"{%-?\s*(?:extends|import|from|include)\s+[\"']([^\"']+)", path.read_text()):
            other = target.split("/")[0]
            if other in floors() and other != room and floors()[other] >= floors().get(room, 99):
                found.append(f"{named(path)} takes {target}")
    forbid("Templates follow the import order; what both need goes down to the lower room:", found)


def test_pages_carry_no_inline_script_or_style() -> None:
    inline = re.compile(
        r"<style|\sstyle\s*=\s*[\"'{]|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\b(?:src=|type=[\"']application/json))|javascript:"
    )
    html = [path for path in templates() if path.suffix == ".html"]
    found = lines_matching(html, inline)
    forbid("The browser refuses these: use a class, a custom element or a named behaviour.", found)


def test_nothing_comes_from_another_origin() -> None:
    paths = [*templates(), *sources("islands/**.ts"), *sources("throughline/**.css")]
    found = lines_matching(paths, OTHER_ORIGIN)
    forbid("Everything a page loads or calls is ours: bring the file into the build.", found)


def test_no_test_sleeps() -> None:
    tests = [path for path in sources("*.py") if path.name.startswith("test_") or path.name == "conftest.py"]
    found = lines_matching(tests, SLEEPS)
    forbid("Wait for what you expect (an event, a state, expect(…)), or move the clock:", found)


def test_there_is_one_clock() -> None:
    allowed = {
        "throughline/foundation/clock.py",
        "throughline/accounts/access.py",  # takes the age of a stamp that allauth wrote with the machine's clock
    }
    found = lines_matching([path for path in rooms_sources() if named(path) not in allowed], A_CLOCK_OF_ITS_OWN)
    forbid("Ask throughline.foundation.clock, which tests can move:", found)


def test_the_environment_is_read_in_one_place() -> None:
    allowed = {"throughline/foundation/environment.py"}
    reads = re.compile(r"os\.environ\b(?!\.setdefault\(.DJANGO_SETTINGS_MODULE)|os\.getenv\(")
    found = [line for line in lines_matching(rooms_sources(), reads) if line.split(":")[0] not in allowed]
    forbid("Declare the variable in foundation/environment.py and use ENV:", found)
