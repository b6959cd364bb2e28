"""Whose place it is to remove what no row names from the store of FILES_URL: the data folder that claimed it, alone.

Two installations may share a store, such as a backup that was restored elsewhere to try it. Its rows do not know the
newer files, so it must remove none. A note in the store names a data folder; that folder holds the same note, which no
backup carries along. Whoever was restored claims nothing by itself.
"""

from __future__ import annotations

import os
from uuid import uuid4

from throughline.foundation.environment import ENV
from throughline.foundation.files.store import NoFileError, files

NAME = "swept-by"
RESTORED = "restored"


def may_sweep() -> bool:
    """For the daily job. A store that nobody claimed is claimed now, and swept from the next day on.

    Raises FilesError.
    """
    if not ENV.files_url:
        return True
    theirs = _claimed()
    if not theirs and _ours() != RESTORED:
        claim()
        return False
    return bool(theirs) and theirs == _ours()


def claim() -> None:
    """From now on it is ours; an operator said so, or nobody had it. Raises FilesError."""
    if not ENV.files_url:
        return
    ours = _ours()
    if ours in ("", RESTORED):
        ours = uuid4().hex
        _write(ours)
    files().write(NAME, [ours.encode()])


def note_restored() -> None:
    """Before what was restored is put in place: without a claim from before, this data folder makes none by itself."""
    if ENV.files_url and not _ours():
        _write(RESTORED)


def is_anothers() -> bool:
    """Whether the daily job leaves the store alone: another claimed it, or we were restored. Raises FilesError."""
    if not ENV.files_url:
        return False
    theirs, ours = _claimed(), _ours()
    return theirs != ours if theirs else ours == RESTORED


def _claimed() -> str:
    try:
        return b"".join(files().read(NAME)).decode(errors="replace")
    except NoFileError:
        return ""


def _ours() -> str:
    try:
        return (ENV.data / NAME).read_text().strip()
    except FileNotFoundError:
        return ""


def _write(word: str) -> None:
    draft = ENV.data / f".{NAME}.{uuid4().hex}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(word)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(ENV.data / NAME)
