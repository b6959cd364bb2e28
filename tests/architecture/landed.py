"""Migrations that have landed, each with the digest of its file: what is released is never edited.

python -m tests.architecture.landed      adds those that are new (make docs does it too)
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from tests.architecture.house import HERE, ROOT, sources

LIST = HERE / "landed_migrations.toml"
HEAD = """# Migrations that have landed, by file, with its SHA-256. Installations have run them: they are never edited,
# renamed or removed. Add another one instead. `make docs` adds the new ones.

"""


def kept() -> dict[str, str]:
    return dict(tomllib.loads(LIST.read_text())) if LIST.exists() else {}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def with_new_ones() -> str:
    """The list as it should be: what is in it stays as it is, new files are added."""
    here = {
        str(path.relative_to(ROOT)): digest(path)
        for path in sources("throughline/**/migrations/*.py")
        if path.name != "__init__.py"
    }
    listed = here | kept()
    return HEAD + "".join(f'"{name}" = "{value}"\n' for name, value in sorted(listed.items()))


if __name__ == "__main__":
    LIST.write_text(with_new_ones())
