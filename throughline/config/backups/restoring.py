"""Restoring: everything is built and checked beside what is there, and takes its place in one step at the end."""

from __future__ import annotations

import base64
import binascii
import shutil
from collections.abc import Callable
from contextlib import closing
from copy import deepcopy
from pathlib import Path

from django.db import DatabaseError, connection, connections

from throughline.config.backups import claiming, growing, others, rows, swapping, tombstones
from throughline.config.backups.contents import Opened, fingerprint
from throughline.config.backups.databases import applied_in, holds_data, models_at
from throughline.config.backups.faults import BackupError
from throughline.config.backups.files import put_back
from throughline.config.backups.locks import Key
from throughline.config.backups.sealing import is_backup
from throughline.demo import apart
from throughline.foundation import clock
from throughline.foundation.encryption.installation import installation_key
from throughline.foundation.environment import ENV

INSTALLATION, DJANGO = "installation.key", "django.key"
Keys = dict[str, bytes]


def restore(path: Path, key: Key, *, keys: Path | None, replace: bool, say: Callable[[str], None]) -> None:
    """Put a backup into the place of what is here. Raises BackupError, and then what is here is as it was."""
    opened = Opened(path, key)
    _suits(opened)
    given = _keys_in(keys, key) if keys else {}
    _key_is_at_hand(opened, given)
    had_data = must_be_free(replace=replace)
    say(f"Restoring what was there at {opened.head['made_at']}…")
    stamp = f"{clock.now():%Y%m%d%H%M%S}"
    incoming = clear_the_way(stamp)
    old_tables, gone = tables_here(), tombstones.gone_here()
    schema = f"throughline_restoring_{stamp}" if connection.vendor == "postgresql" else ""
    settings = deepcopy(connections["default"].settings_dict)
    try:
        with growing.new_schema(schema, settings) if schema else growing.new_sqlite(incoming / swapping.DATABASE[0]):
            _grow(opened, incoming, given)
            came_back = tombstones.gone_again(gone | tombstones.gone_beside(path, _key_of(given)))
            growing.close()
        if old_tables:
            others.nobody_is_connected(beside=_server_here())  # who came while it was built
        _mark_demonstration(incoming, opened)
    except BaseException:
        shutil.rmtree(incoming, ignore_errors=True)
        raise
    claiming.note_restored()
    put_in_place(incoming, schema, old_tables, stamp, say)
    for told in came_back:
        say(told)
    aside = ENV.data / f"before-restore-{stamp}"
    if not had_data and not (aside / "keys" / INSTALLATION).exists():
        shutil.rmtree(aside, ignore_errors=True)  # an empty database, and a key that has signed nothing
    else:
        where = f"{aside}{f' and in the schema before_restore_{stamp}' if schema else ''}"
        say(f"What was here before lies in {where}: docs/running/backup.md says how to let it go.")


def _grow(opened: Opened, incoming: Path, given: Keys) -> None:
    apps = growing.make_tables(opened.applied)
    growing.fill(apps, opened.parts())
    for name, content in opened.rest():
        if not name.startswith("keys/"):
            put_back(name, content, incoming)
        elif name == f"keys/{DJANGO}" or not ENV.key:
            given[name.removeprefix("keys/")] = content.read()
    for name, value in given.items():
        if name in (INSTALLATION, DJANGO) and not (name == INSTALLATION and ENV.key):
            (incoming / "keys").mkdir(exist_ok=True, mode=0o700)
            (incoming / "keys" / name).write_bytes(value)
    growing.must_be_equal(opened.manifest["tables"], growing.read_again(apps), "What was written is not what was read")
    growing.bring_up_to_date()


def _suits(opened: Opened) -> None:
    if opened.head["demonstration"] and not ENV.demo:
        raise BackupError("This is a backup of the demonstration, whose people are invented: set THROUGHLINE_DEMO=1.")
    if ENV.demo and not opened.head["demonstration"]:
        raise BackupError("Real people do not belong into the demonstration: take THROUGHLINE_DEMO away.")


def _key_is_at_hand(opened: Opened, given: Keys) -> None:
    """Without the installation's key nothing that people wrote could be read: say so before anything is done."""
    wanted = opened.head["key"]
    if ENV.key:
        if fingerprint(installation_key()) != wanted:
            raise BackupError("THROUGHLINE_KEY is not the key that this backup's content was sealed with.")
        return
    if INSTALLATION in given:
        if fingerprint(given[INSTALLATION]) != wanted:
            raise BackupError("The key that you gave is not the one that this backup's content was sealed with.")
        return
    here = ENV.data / "keys" / INSTALLATION
    if opened.head["keys"] == "inside" or (here.exists() and fingerprint(here.read_bytes()) == wanted):
        return
    raise BackupError(
        "This backup was made without the installation's key, and content cannot be opened without it. Give the key: "
        "--keys FILE (made by `throughline backup keys`), or THROUGHLINE_KEY."
    )


def _key_of(given: Keys) -> bytes:
    """The installation's key of what was restored; `_key_is_at_hand` has seen that it is there."""
    if ENV.key:
        return installation_key()
    return given.get(INSTALLATION) or (ENV.data / "keys" / INSTALLATION).read_bytes()


def _keys_in(path: Path, key: Key) -> Keys:
    """A file made by `throughline backup keys`, or the bare key: 32 bytes, or those in base64."""
    if is_backup(path):
        opened = Opened(path, key)
        for _ in opened.parts():
            pass
        return {name.removeprefix("keys/"): content.read() for name, content in opened.rest()}
    raw = path.read_bytes()
    try:
        value = raw if len(raw) == 32 else base64.b64decode(raw.strip(), validate=True)
    except binascii.Error:
        value = b""
    if len(value) != 32:
        raise BackupError(f"{path} holds no key of an installation.")
    return {INSTALLATION: value}


def must_be_free(*, replace: bool) -> bool:
    """Whether something is here. Raises BackupError when it may not be replaced, or when others use the database."""
    try:
        had_data = holds_data()
        others.must_be_alone(beside=_server_here())
    except DatabaseError as error:
        if connection.vendor == "postgresql":
            raise BackupError(f"The database does not answer ({type(error).__name__}): check DATABASE_URL.") from error
        had_data = True  # a damaged file: exactly what one restores over, when told to
    had_data = had_data or any((ENV.data / "files").glob("**/*"))
    if had_data and not replace:
        raise BackupError(
            "There is data here already, and it is left alone. Restore into an empty data folder (THROUGHLINE_DATA) "
            "and database, or say --replace: what is here is then moved aside, not deleted."
        )
    return had_data


def _server_here() -> int | None:
    """The process id of the one server of this data folder, which can be asked to make way. Raises BackupError."""
    with swapping.alone_with_swaps():  # a server that starts at this moment waits for that
        if place := swapping.nobody_serves():
            place.close()
            return None
    said = (ENV.data / "serving.lock").read_text()
    if not said.isdigit():  # several may share the place, and none of them says who it is
        others.must_be_alone()
        raise BackupError(
            "Several web processes may be serving from this data folder (REDIS_URL): stop them and the workers first. "
            "Nothing was changed."
        )
    return int(said)


def clear_the_way(stamp: str) -> Path:
    """A folder to build in; what an interrupted restore left behind goes."""
    for left in ENV.data.glob("restoring-*"):
        shutil.rmtree(left)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'throughline\\_restoring\\_%%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP SCHEMA {connection.ops.quote_name(name)} CASCADE")
    incoming = ENV.data / f"restoring-{stamp}"
    incoming.mkdir(mode=0o700)
    return incoming


def tables_here() -> list[str]:
    """Ours, in the database as it is: they go aside together."""
    try:
        applied = applied_in("default")
        if not applied:
            return []
        return [
            *(table.name for table in rows.tables_in(models_at("default", applied))),
            "django_migrations",
            "throttles",
        ]
    except (DatabaseError, BackupError):
        return []


def put_in_place(incoming: Path, schema: str, tables: list[str], stamp: str, say: Callable[[str], None]) -> None:
    connections.close_all()
    for path in [*incoming.rglob("*")]:
        if path.is_file():
            with path.open("rb") as file:
                swapping.flush_file(file)
    arriving = sorted(path.name for path in incoming.iterdir())
    leaving = [name for name in ("outbox", *([] if ENV.files_url else ["files"])) if name not in arriving]
    if not schema:
        leaving += [name for name in swapping.DATABASE if name not in arriving]
    swapping.leave_note(
        swapping.Swap(incoming.name, f"before-restore-{stamp}", arriving, leaving, schema, tables if schema else [])
    )
    swapping.take_over(say)


def _mark_demonstration(incoming: Path, opened: Opened) -> None:
    if not opened.head["demonstration"]:
        return
    import sqlite3

    with closing(sqlite3.connect(incoming / swapping.DATABASE[0])) as file:
        file.execute(f"PRAGMA application_id = {apart.OURS}")
        file.execute(f"PRAGMA user_version = {apart.WHOLE}")
