"""Static files on the event loop: ours and the admin site's. Hashed names are kept for a year, text goes gzipped."""

from __future__ import annotations

import gzip
import os
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDERS = (("throughline.foundation", "static"), ("django.contrib.admin", "static"))
TEXT = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
WORTH_BYTES = 1000  # below this, gzip saves no packet
FOR_EVER = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"


class Assets(StaticFiles):
    """What stands under /static/. The browser code may be built after the start, so folders need not exist yet."""

    def __init__(self) -> None:
        super().__init__()
        self.all_directories = [_folder(package, name) for package, name in FOLDERS]

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        path, asked = Path(full_path), Headers(scope=scope)
        if _may_be_gzipped(path, stat_result, asked) and response.status_code == 200:
            body = _gzipped(str(path), stat_result.st_mtime_ns)
            response = Response(
                body, 200, {"Content-Encoding": "gzip", "ETag": response.headers["etag"]}, TEXT[path.suffix]
            )
        if path.suffix in TEXT:
            response.headers["Vary"] = "Accept-Encoding"
        hashed = path.parent.name == "built" and path.name != "manifest.json"
        response.headers["Cache-Control"] = FOR_EVER if hashed else FOR_AN_HOUR
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _folder(package: str, name: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent / name


def _may_be_gzipped(path: Path, found: os.stat_result, asked: Headers) -> bool:
    return (
        path.suffix in TEXT
        and found.st_size >= WORTH_BYTES
        and "range" not in asked
        and "gzip" in asked.get("accept-encoding", "")
    )


@lru_cache(maxsize=256)
def _gzipped(path: str, changed: int) -> bytes:
    """Compressed once a version: `changed` (nanoseconds) makes a rebuilt file another entry."""
    return gzip.compress(Path(path).read_bytes(), 9, mtime=0)
