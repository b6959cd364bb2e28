"""`throughline restore FILE`: put a backup into the place of what is here."""

from __future__ import annotations

import argparse
from pathlib import Path

from throughline.config.backup_command import add_key_arguments, key_of, say


def restore(arguments: list[str]) -> int:
    """Raises SystemExit with a sentence when nothing was changed."""
    parser = argparse.ArgumentParser("throughline restore", description="Put a backup into the place of what is here.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--replace", action="store_true", help="also where there is data: it is moved aside")
    parser.add_argument("--keys", type=Path, help="the installation's key, for a backup made without it")
    add_key_arguments(parser)
    given = parser.parse_args(arguments)
    from throughline.config.serve import configured

    configured()
    from throughline.config.backups import restoring
    from throughline.config.backups.faults import BackupError, plainly_said

    try:
        with plainly_said():
            restoring.restore(given.file, key_of(given), keys=given.keys, replace=given.replace, say=say)
    except BackupError as error:
        raise SystemExit(str(error)) from None
    say("Restored: everything that the backup holds is here again.")
    return 0
