"""Which version of the program this is."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def program_version() -> str:
    """As the installed package says, or "from source" where it runs from a clone."""
    try:
        return version("throughline")
    except PackageNotFoundError:
        return "from source"
