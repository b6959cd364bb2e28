"""What the checks of this folder share: the rooms and their order as pyproject.toml writes them, and the files."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "throughline"
HERE = Path(__file__).resolve().parent


@cache
def floors() -> dict[str, int]:
    """Each room's floor, 0 the lowest: rooms on one floor may not know each other."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    house = next(item for item in settings["tool"]["importlinter"]["contracts"] if item["id"] == "house")
    lowest_first = reversed(house["layers"])
    return {room: floor for floor, layer in enumerate(lowest_first) for room in re.findall(r"\w+", layer)}


@cache
def sources(pattern: str) -> tuple[Path, ...]:
    """The files of this project whose name matches: what git keeps or would keep, nothing built or installed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", pattern],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=30,
    ).stdout.split("\n")
    return tuple(sorted({ROOT / name for name in listed if name and (ROOT / name).is_file()}))


def rooms_sources(pattern: str = "throughline/**.py") -> list[Path]:
    """Source files of the house without tests and migrations."""
    return [path for path in sources(pattern) if not {"tests", "migrations"} & set(path.relative_to(ROOT).parts)]


def room_of(path: Path) -> str:
    """The room that a file stands in: "meetings" for throughline/meetings/views.py."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def named(path: Path, line: int = 0) -> str:
    return f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))


def forbid(advice: str, findings: list[str]) -> None:
    """Fail with what to do, then where; no traceback, since the check itself is not what is wrong."""
    if findings:
        pytest.fail("\n  ".join([advice, *findings]), pytrace=False)


@dataclass(frozen=True)
class Import:
    """One import that happens when the program runs (those under TYPE_CHECKING do not)."""

    path: Path
    line: int
    module: str


def imports_of(path: Path) -> Iterator[Import]:
    """Every run-time import of a file; `from a.b import c` gives both a.b and a.b.c, since c may be a module."""
    for node in _running(ast.parse(path.read_text(), str(path))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield Import(path, node.lineno, f"{node.module}.{alias.name}")


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            for other in node.orelse:
                yield other
                yield from _running(other)
            continue
        yield node
        yield from _running(node)
