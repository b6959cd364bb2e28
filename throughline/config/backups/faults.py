"""Why a backup, a restore or a move does not happen: each a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

FULL = "There is no room left on the disk: make room, then try once more."


class BackupError(Exception):
    """Nothing was changed; `args[0]` is a sentence for whoever runs the installation."""


class ChangedError(BackupError):
    """The file is not what was written: cut short, changed, or no backup at all."""


class WrongKeyError(BackupError):
    """The passphrase or secret key does not open this file."""


@contextmanager
def plainly_said() -> Iterator[None]:
    """Whatever a database or a store of files answers becomes a BackupError with a sentence."""
    from django.db import Error

    from throughline.config.trouble import Trouble, trouble_of
    from throughline.foundation.files.store import FilesError

    try:
        yield
    except FilesError as error:
        raise BackupError(f"{error} Nothing was changed.") from error
    except OSError as error:  # a full disk, a folder that is not there or not ours
        where = f"{error.filename}: " if error.filename else ""
        raise BackupError(f"{where}{error.strerror or type(error).__name__}. Nothing was changed.") from error
    except Error as error:
        if trouble_of(error) is Trouble.FULL:
            raise BackupError(f"{FULL} Nothing was changed.") from error
        what = f"The database does not answer as it should ({type(error).__name__})"
        raise BackupError(f"{what}: check DATABASE_URL, and that it runs. Nothing was changed.") from error
