"""`throughline move --to ADDRESS`: from SQLite to PostgreSQL, or back."""

from __future__ import annotations

import argparse

from throughline.config.backup_command import say


def move(arguments: list[str]) -> int:
    """Raises SystemExit with a sentence when nothing was moved."""
    parser = argparse.ArgumentParser("throughline move", description="Copy everything into another database.")
    parser.add_argument("--to", required=True, help="postgres://user:password@host/database, or `sqlite`")
    parser.add_argument("--replace", action="store_true", help="also where there is data: it is moved aside")
    given = parser.parse_args(arguments)
    from throughline.config.serve import configured

    configured()
    from throughline.config.backups import moving
    from throughline.config.backups.faults import BackupError, plainly_said

    try:
        with plainly_said():
            count = moving.move(given.to, replace=given.replace, say=say)
    except BackupError as error:
        raise SystemExit(str(error)) from None
    say(f"{count} rows, the same on both sides by number and digest. The old database is as it was.")
    return 0
