"""Keeps a small, real installation of a release, for later versions to be upgraded from.

    python -m tests.upgrade.release 0.1.0 ce0a8d5

takes the source of that commit, lives three pairs' twelve weeks by that source's own actions (the demonstration's story
on an ordinary database; the people are invented), and packs its database and keys into releases/<version>.tar.xz. Run
it once for each release, from the commit that was released, and never again: what is in there is what was.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RELEASES = Path(__file__).resolve().parent / "releases"
LIFE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "throughline.config.settings"
import django
django.setup()
from throughline.config.serve import make_ready
from throughline.demo.domain import tale
from throughline.demo.actions.making import make_demonstration
from django.db import connection
make_ready()
tale.PAIRS = tale.PAIRS[:3]
make_demonstration()
with connection.cursor() as cursor:
    cursor.execute("PRAGMA user_version = 0")  # the demonstration's mark: this one is to be taken for real
    cursor.execute("VACUUM")
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
"""


def main(version: str, commit: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, data = Path(folder) / "source", Path(folder) / "data"
        packed = subprocess.run(["git", "archive", commit, "throughline"], cwd=ROOT, check=True, capture_output=True)
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(source, filter="data")
        bare = {name: value for name, value in os.environ.items() if not name.startswith(("THROUGHLINE_", "DATABASE_"))}
        environment = {**bare, "PYTHONPATH": str(source), "THROUGHLINE_DATA": str(data)}
        subprocess.run([sys.executable, "-c", LIFE], cwd=source, env=environment, check=True)
        with tarfile.open(RELEASES / f"{version}.tar.xz", "w:xz") as kept:
            for name in ("throughline.sqlite3", "keys/installation.key", "keys/django.key"):
                kept.add(data / name, name)


def unpack(version: str, data: Path) -> None:
    """The installation as that release left it, as a data folder."""
    with tarfile.open(RELEASES / f"{version}.tar.xz") as kept:
        kept.extractall(data, filter="data")


if __name__ == "__main__":
    main(*sys.argv[1:])
