"""The browser code's one manifest: logical name to hashed file, written by `npm run build`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from markupsafe import Markup

from throughline.foundation.environment import ENV

STATIC_URL = f"{ENV.prefix}/static/"
_BUILT = Path(__file__).parent / "static" / "built"


@cache
def manifest() -> dict[str, str]:
    """Raises FileNotFoundError with what to do when the browser code was never built."""
    path = _BUILT / "manifest.json"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: run `make build`.")
    return dict(json.loads(path.read_text()))


def asset(name: str) -> str:
    """The address of a built file: asset("app.css")."""
    return f"{STATIC_URL}built/{manifest()[name]}"


@cache
def built(pattern: str) -> list[str]:
    """The addresses of built files whose hashed name matches a glob: of shared parts and fonts, which nothing names."""
    return sorted(f"{STATIC_URL}built/{path.name}" for path in _BUILT.glob(pattern))


@cache
def built_folder(name: str) -> str:
    """The address of a folder of files that a page fetches by itself when it needs them; "" where it was not built."""
    return f"{STATIC_URL}built/{name}/" if (_BUILT / name).is_dir() else ""


def source(name: str) -> str:
    """The text of a built file: of the service worker, which is served under an address of its own."""
    return (_BUILT / manifest()[name]).read_text()


def island(name: str) -> Markup:
    """The script tag of one island: {{ island("call") }}. Loaded on the pages that need it alone."""
    return Markup('<script type="module" src="{}"></script>').format(asset(f"{name}.js"))
