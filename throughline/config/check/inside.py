"""What lies on this machine: the data folder and its keys, the browser code, room on the disk, the files."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from uuid import uuid4

from throughline.config.check.finding import Finding
from throughline.foundation.environment import Environment

LEAST_FREE = 512 * 1024 * 1024  # bytes; below, a busy day can fill the disk


def findings(env: Environment) -> Iterator[Finding]:
    yield from _keys(env)
    yield from _room(env)
    yield from _browser_code()
    yield from _files(env)


def _keys(env: Environment) -> Iterator[Finding]:
    folder = env.data / "keys"
    for path in [env.data, folder, *sorted(folder.glob("*"))]:
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            mode = "700" if path.is_dir() else "600"
            yield Finding(f"{path} can be read by other users of this machine: `chmod {mode} {path}`.")
    if not env.key:
        yield Finding(
            f"The key that opens all content lies beside it, in {folder}. Whoever copies the whole data folder can "
            "read it; set THROUGHLINE_KEY from a safe place of your own to prevent that.",
            to_mend=False,
        )


def _room(env: Environment) -> Iterator[Finding]:
    free = shutil.disk_usage(env.data).free
    if free < LEAST_FREE:
        yield Finding(
            f"Only {free // 1024 // 1024} MB are left on the disk of {env.data}. When it is full nothing can be saved: "
            "make room, or move the data folder to a larger disk."
        )


def _browser_code() -> Iterator[Finding]:
    from throughline.foundation import islands

    try:
        islands.manifest()
    except FileNotFoundError:
        yield Finding("The browser code was never built, so no page can be shown: run `make build`.")


def _files(env: Environment) -> Iterator[Finding]:
    """Writes, reads and removes a small file: what people will ask of it."""
    from throughline.config.backups import claiming
    from throughline.foundation.files.store import FilesError, NoFileError, store_at

    try:
        store = store_at(env.files_url) if env.files_url else None
    except ValueError as error:
        yield Finding(str(error))
        return
    if store is None:
        return  # the data folder, looked at above
    name, content = f"check/{uuid4().hex}", b"throughline check"
    try:
        store.write(name, [content])
        same = b"".join(store.read(name)) == content
        store.remove(name)
    except (FilesError, NoFileError) as error:
        yield Finding(
            f"Files cannot be kept at {store.where}: {error} Check FILES_URL, that the bucket or folder exists, and "
            "that its key may write, read, list and remove."
        )
    else:
        if not same:
            yield Finding(f"What is written to {store.where} does not come back as it was: check FILES_URL.")
        elif claiming.is_anothers():
            yield Finding(
                f"What no row names is removed from {store.where} by another data folder than this one, or by nobody "
                "since a restore. When no other installation uses it, say `throughline manage sweep_files`.",
                to_mend=False,
            )
