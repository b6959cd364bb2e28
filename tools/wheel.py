"""Refuses to build a package without the browser code, which git does not keep."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BrowserCodeIsThere(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        built = Path(self.root, "throughline/foundation/static/built/manifest.json")
        if version == "standard" and not built.exists():
            raise SystemExit("The browser code is not built: run `make build` first, then build the package.")
