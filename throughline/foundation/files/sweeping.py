"""Files that no row names: what broke off between a file and its row, or between a row's end and its file's.

    register_owner("photos", named_photos)       # in AccountsConfig.ready: of these names, those that a row still names

A daily job (config/backups/jobs.py) asks each owner about its folder. Only files older than GRACE are looked at, since
a file is written before its row; what lies in a folder of nobody is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from throughline.foundation.files.store import files

GRACE = timedelta(days=2)
AT_ONCE = 500
Named = Callable[[Sequence[str]], set[str]]

_owners: dict[str, Named] = {}


def register_owner(folder: str, named: Named) -> None:
    """named(names): those that rows name, of up to AT_ONCE. Raises ValueError when a folder has an owner already."""
    if _owners.get(folder, named) != named:
        raise ValueError(f"The files below {folder!r} have an owner already.")
    _owners[folder] = named


def sweep_files(now: datetime) -> int:
    """Remove what no row names. Returns how many files it was. Raises FilesError."""
    return sum(_swept(folder, named, now - GRACE) for folder, named in _owners.items())


def _swept(folder: str, named: Named, before: datetime) -> int:
    removed = 0
    for names in _in_parts(files().older(before, folder)):
        for name in set(names) - named(names):
            files().remove(name)
            removed += 1
    return removed


def _in_parts(names: Iterator[str]) -> Iterator[list[str]]:
    while part := list(islice(names, AT_ONCE)):
        yield part
