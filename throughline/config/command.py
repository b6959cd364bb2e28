"""`throughline serve | worker | administrator | check | manage`: the one command of an installation."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

HELP = """throughline serve                 serve pages and sockets, with a worker beside
throughline worker                run jobs only (beside a server on the same database)
throughline administrator EMAIL   let somebody see /checkup and the administration
throughline check                 say what is missing, unsafe or unreachable, and how to mend it
throughline verify FILE           say whether a signed agreement is exactly the file that was made here
throughline backup                write a sealed backup while people work (also: backup verify | keypair | keys)
throughline restore FILE          put a backup into the place of what is here
throughline move --to ADDRESS     from SQLite to PostgreSQL, or back
throughline manage …              Django's management commands

`throughline check --variables` and docs/running/environment.md explain the environment variables.
"""


def main(arguments: list[str] | None = None) -> None:
    given = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    verb = COMMANDS.get(given[0]) if given else None
    if verb is None:
        sys.stderr.write(HELP)
        raise SystemExit(0 if given in ([], ["help"], ["--help"], ["-h"]) else 2)
    os.umask(0o077)  # whatever is written is the installation's own: database, keys, photos, outbox
    try:
        # The first to read the environment; a value that cannot be used is a ValueError with a sentence.
        from throughline.config.backups.faults import BackupError
        from throughline.config.backups.swapping import finish_interrupted
        from throughline.config.serve import CannotStartError

        finish_interrupted()
    except (ValueError, BackupError) as error:
        raise SystemExit(str(error)) from None
    try:
        raise SystemExit(verb(given[1:]))
    except CannotStartError as error:
        raise SystemExit(str(error)) from None


def _serve(arguments: list[str]) -> int:
    from throughline.config.serve import end_now, serve

    code = serve()
    end_now(code)
    return code


def _manage(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    from throughline.config.serve import configured

    configured()
    execute_from_command_line(["throughline manage", *arguments])
    return 0


def _worker(arguments: list[str]) -> int:
    from throughline.config.serve import end_now
    from throughline.config.worker import work

    code = work(arguments)
    end_now(code)
    return code


def _check(arguments: list[str]) -> int:
    from throughline.config.check import check

    return check(arguments)


def _verify(arguments: list[str]) -> int:
    from throughline.config.verify import verify

    return verify(arguments)


def _administrator(arguments: list[str]) -> int:
    from throughline.config.administrator import administrator

    return administrator(arguments)


def _backup(arguments: list[str]) -> int:
    from throughline.config.backup_command import backup

    return backup(arguments)


def _restore(arguments: list[str]) -> int:
    from throughline.config.restore_command import restore

    return restore(arguments)


def _move(arguments: list[str]) -> int:
    from throughline.config.move_command import move

    return move(arguments)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "serve": _serve,
    "worker": _worker,
    "administrator": _administrator,
    "check": _check,
    "verify": _verify,
    "backup": _backup,
    "restore": _restore,
    "move": _move,
    "manage": _manage,
}

if __name__ == "__main__":
    main()
