"""`throughline verify FILE`: whether a file is one that this installation vouched for, unchanged.

With --keys FILE (the public keys, as the page “Check a file” hands them out) it needs no database and no network.
It ends with 0 when the file is good, 1 when it is not, 2 when it could not be checked.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from throughline.foundation.encryption.signing import public_keys_in


def verify(arguments: list[str]) -> int:
    given = _read(arguments)
    try:
        file = given.file.read_bytes()
        signature = given.signature.read_bytes() if given.signature else b""
        keys = public_keys_in(given.keys.read_text()) if given.keys else None
    except OSError as error:
        sys.stderr.write(f"{error.filename} cannot be read: {error.strerror}.\n")
        return 2
    except ValueError:  # also of text that is none
        sys.stderr.write(f"{given.keys} holds no public key. Take keys.pem from the page “Check a file”.\n")
        return 2
    import django

    django.setup()
    return _say(file, keys, signature)


def _say(file: bytes, keys: list[bytes] | None, signature: bytes) -> int:
    from django.db import DatabaseError

    from throughline.agreements.queries.verifying import known_keys, verdict_on

    try:
        verdict = verdict_on(file, known_keys() if keys is None else keys, signature)
    except DatabaseError:
        sys.stderr.write("The database with this installation's keys cannot be read. Say which keys with --keys.\n")
        return 2
    sys.stdout.write(f"{verdict.sentence}\n")
    for title, value in verdict.facts:
        sys.stdout.write(f"{title}: {value}\n")
    if verdict.next:
        sys.stdout.write(f"{verdict.next}\n")
    return 0 if verdict.good else 1


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="throughline verify", description="Check a signed agreement.")
    parser.add_argument("file", type=Path, help="the PDF")
    parser.add_argument("--signature", type=Path, help="its signature file, if there is one")
    parser.add_argument("--keys", type=Path, help="a file of public keys, instead of those in the database")
    return parser.parse_args(arguments)
