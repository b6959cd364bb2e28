"""`throughline backup`: make one, verify one, make keys for them."""

from __future__ import annotations

import argparse
import os
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.foundation.environment import ENV

if TYPE_CHECKING:
    from throughline.config.backups.contents import Opened
    from throughline.config.backups.locks import Key, Lock

SHORTEST = 12  # characters of a passphrase


def backup(arguments: list[str]) -> int:
    """Prints what was made. Raises SystemExit with a sentence when nothing was."""
    from throughline.config.backups.faults import BackupError, plainly_said

    given = _parser().parse_args(arguments)
    try:
        with plainly_said():
            return VERBS[given.verb or "make"](given)
    except BackupError as error:
        if not given.verb:
            _note_fault(str(error))
        raise SystemExit(str(error)) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("throughline backup", description="Make a backup, while people work.")
    parser.add_argument("--to", type=Path, help="the folder to write it into (BACKUP_TO)")
    parser.add_argument("--for", dest="public", help="the public key that it is sealed for (BACKUP_FOR)")
    parser.add_argument("--keep", type=int, help="how many to keep in that folder; 0: all (BACKUP_KEEP)")
    parser.add_argument(
        "--keys", choices=["together", "apart"], help="the installation's keys in it or not (BACKUP_KEYS)"
    )
    parser.add_argument("--scheduled", action="store_true", help=argparse.SUPPRESS)
    add_key_arguments(parser)
    verbs = parser.add_subparsers(dest="verb")
    checked = verbs.add_parser("verify", help="read a backup from its beginning to its end")
    checked.add_argument("file", type=Path)
    add_key_arguments(checked)
    pair = verbs.add_parser("keypair", help="make a secret key in a file, and print its public one")
    pair.add_argument("file", type=Path)
    alone = verbs.add_parser("keys", help="write the installation's keys alone into a file, sealed")
    alone.add_argument("file", type=Path)
    alone.add_argument("--for", dest="public")
    add_key_arguments(alone)
    return parser


def add_key_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--passphrase-file", type=Path, help="a file that holds the passphrase (BACKUP_PASSPHRASE)")
    parser.add_argument("--secret-key", type=Path, help="a file made by `throughline backup keypair`")


def locks_of(given: argparse.Namespace) -> list[Lock]:
    from throughline.config.backups.faults import BackupError
    from throughline.config.backups.locks import Passphrase, PublicKey

    if public := given.public or ENV.backup_for:
        return [PublicKey(public)]
    words = _passphrase(given, twice=True)
    if len(words) < SHORTEST:
        raise BackupError(
            f"A backup is always sealed: give a passphrase of {SHORTEST} characters or more (BACKUP_PASSPHRASE or "
            "--passphrase-file), or a public key (--for)."
        )
    return [Passphrase(words)]


def key_of(given: argparse.Namespace) -> Key:
    from throughline.config.backups.faults import BackupError
    from throughline.config.backups.locks import Passphrase, SecretKey

    if given.secret_key:
        return SecretKey(_text_of(given.secret_key))
    if words := _passphrase(given, twice=False):
        return Passphrase(words)
    raise BackupError("Say how to open it: --passphrase-file or BACKUP_PASSPHRASE, or --secret-key.")


def _passphrase(given: argparse.Namespace, *, twice: bool) -> str:
    if given.passphrase_file:
        return _text_of(given.passphrase_file)
    if ENV.backup_passphrase or not sys.stdin.isatty():
        return ENV.backup_passphrase
    words = getpass("Passphrase: ")
    if twice and getpass("Once more: ") != words:
        raise SystemExit("The two were not the same.")
    return words


def _text_of(path: Path) -> str:
    from throughline.config.backups.faults import BackupError

    try:
        return path.read_text().strip()
    except (OSError, ValueError) as error:
        raise BackupError(f"{path} cannot be read.") from error


def _make(given: argparse.Namespace) -> int:
    from throughline.config.serve import configured

    if given.scheduled:
        os.nice(10)
    locks, folder = locks_of(given), given.to or ENV.backup_to
    if not folder:
        raise SystemExit("Say where: --to FOLDER, or BACKUP_TO. Best on another disk than the data folder.")
    configured()
    from throughline.config.backups.making import make_backup
    from throughline.config.backups.records import note_made

    keys = given.keys or ENV.backup_keys
    together = keys == "together" if keys else not ENV.key
    made = make_backup(
        Path(folder).absolute(), locks, with_keys=together, keep=ENV.backup_keep if given.keep is None else given.keep
    )
    note_made(made.path, made.size, made.rows)
    say(f"{made.path}: {made.rows} rows, {made.files} files, {made.size} bytes; written, read again and found whole.")
    if not together:
        say("The installation's key is NOT in it, and without it content cannot be opened: keep that key as well.")
    return 0


def _verify(given: argparse.Namespace) -> int:
    from throughline.config.serve import configured

    configured()
    from throughline.config.backups.contents import verify

    say(told_of(verify(given.file, key_of(given))))
    return 0


def told_of(opened: Opened) -> str:
    count = sum(each["count"] for each in opened.manifest["tables"].values())
    head = opened.head
    keys = "with the installation's keys" if head["keys"] == "inside" else "WITHOUT the installation's keys"
    return (
        f"Whole: made at {head['made_at']} by Throughline {head['throughline']} on {head['database']}, {count} rows, "
        f"{opened.manifest['files']['count']} files and keys, {keys}."
    )


def _keypair(given: argparse.Namespace) -> int:
    from throughline.config.backups.locks import SecretKey

    key = SecretKey.new()
    descriptor = os.open(given.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key.text + "\n")
    say(
        f"{key.public}\nThat is the public key, for --for or BACKUP_FOR. The secret one is in {given.file}: keep it "
        "elsewhere."
    )
    return 0


def _keys(given: argparse.Namespace) -> int:
    from throughline.config.serve import configured

    configured()
    from throughline.config.backups.making import write_keys

    write_keys(given.file, locks_of(given))
    say(f"{given.file}: the keys of this installation. Keep it apart from the backups.")
    return 0


def _note_fault(sentence: str) -> None:
    from throughline.config.serve import configured

    configured()
    from throughline.config.backups.records import note_fault

    note_fault(sentence)


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


VERBS = {"make": _make, "verify": _verify, "keypair": _keypair, "keys": _keys}
