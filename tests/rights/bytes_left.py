"""Everything that an installation keeps, as bytes to search: database, its log, files, the outbox, the queue."""

from __future__ import annotations

import base64
from pathlib import Path

from django.db import connection

from throughline.foundation.environment import ENV


def everything() -> dict[str, bytes]:
    """By where it lies. On SQLite the database's own files; elsewhere each table as the server prints its rows."""
    found = {str(path.relative_to(ENV.data)): path.read_bytes() for path in _files()}
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                found[table] = "\n".join(row[0] for row in cursor.fetchall()).encode()
    return found


def places_with(words: list[str]) -> list[tuple[str, str]]:
    """Where any of these words lies: plain, wide, in hex, or in base64 at each of three offsets."""
    needles = {word: _disguises(word) for word in words}
    return sorted(
        (place, word)
        for place, content in everything().items()
        for word, ways in needles.items()
        if any(way in content for way in ways)
    )


def _disguises(word: str) -> list[bytes]:
    plain = word.encode()
    inner = [base64.b64encode(b"\0" * shift + plain)[4:-4] for shift in range(3)] if len(plain) > 8 else []
    return [plain, plain.lower(), word.encode("utf-16-le"), plain.hex().encode(), *inner]


def _files() -> list[Path]:
    """The database of the tests, and what lies beside it."""
    return [path for path in ENV.data.rglob("*") if path.is_file()]
