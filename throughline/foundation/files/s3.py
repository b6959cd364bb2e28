"""Files in a bucket of S3, or of anything that speaks its language.

Large files go up in parts, so that no more than a few MiB are in memory; a part that fails is tried again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError, GenericError
from obstore.store import S3Store

from throughline.foundation.files.store import FilesError, NoFileError, checked

PART = 8 * 1024 * 1024  # bytes of one part of a large file; S3 wants at least 5 MiB
PIECE = 1024 * 1024  # bytes read at once
WAIT = timedelta(seconds=20)  # for one answer
TRIES = 3
MEANING = "FILES_URL must look like s3://key:secret@host/bucket/below?region=eu-central-1 (and ?tls=0 without TLS)."


class Bucket:
    """A Store."""

    def __init__(self, store: S3Store, where: str) -> None:
        self._store, self.where = store, where

    @classmethod
    def of_url(cls, url: str) -> Self:
        """s3://key:secret@host:port/bucket/below?region=…&tls=0. Without key and secret: those of the machine's role.

        key and secret may be percent-encoded. Raises ValueError.
        """
        parts = urlsplit(url)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        bucket, _slash, below = parts.path.strip("/").partition("/")
        if not parts.hostname or not bucket or bool(parts.username) != bool(parts.password) or asked.keys() - KNOWN:
            raise ValueError(MEANING)
        try:
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            raise ValueError(MEANING) from None
        with_tls = asked.get("tls", "1") != "0"
        endpoint = f"{'https' if with_tls else 'http'}://{parts.hostname}{port}"
        keys = {"access_key_id": unquote(parts.username or ""), "secret_access_key": unquote(parts.password or "")}
        store = S3Store(
            bucket,
            prefix=below or None,
            config={
                "endpoint": endpoint,
                "region": asked.get("region", "us-east-1"),
                "virtual_hosted_style_request": False,
            }
            | ({name: value for name, value in keys.items() if value}),  # type: ignore[arg-type]
            client_options={"allow_http": not with_tls, "timeout": WAIT, "connect_timeout": timedelta(seconds=5)},
            retry_config={"max_retries": TRIES, "retry_timeout": WAIT},
        )
        return cls(store, f"{parts.hostname}{port}/{bucket}{'/' if below else ''}{below}")

    def write(self, name: str, chunks: Iterable[bytes]) -> int:
        length = 0

        def counted() -> Iterator[bytes]:
            nonlocal length
            for chunk in chunks:
                length += len(chunk)
                yield chunk

        with _plainly_said():
            obstore.put(self._store, checked(name), _in_parts(counted()), chunk_size=PART)
        return length

    def read(self, name: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        size = self.size(name)
        last = size if stop is None else min(stop, size)
        if start >= last:
            return iter(())
        with _plainly_said():
            found = obstore.get(self._store, name, options={"range": (start, last)})

        def pieces() -> Iterator[bytes]:
            with _plainly_said():
                for piece in found.stream(min_chunk_size=PIECE):
                    yield bytes(piece)

        return pieces()

    def size(self, name: str) -> int:
        with _plainly_said():
            return obstore.head(self._store, checked(name))["size"]

    def remove(self, name: str) -> None:
        try:
            with _plainly_said():
                obstore.delete(self._store, checked(name))
        except NoFileError:
            return

    def names(self, under: str = "") -> Iterator[str]:
        with _plainly_said():
            for page in obstore.list(self._store, prefix=checked(under) if under else None):
                for found in page:
                    yield found["path"]

    def older(self, before: datetime, under: str = "") -> Iterator[str]:
        with _plainly_said():
            for page in obstore.list(self._store, prefix=checked(under) if under else None):
                for found in page:
                    if found["last_modified"] < before:
                        yield found["path"]


KNOWN = {"region", "tls"}


def _in_parts(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Joined to about PART each: a caller may give very small ones."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        if len(waiting) >= PART:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


@contextmanager
def _plainly_said() -> Iterator[None]:
    """The library's messages hold addresses of files, so only the kind of failure is passed on."""
    try:
        yield
    except FileNotFoundError:
        raise NoFileError("no such file") from None
    except (BaseError, GenericError) as error:
        raise FilesError(f"The store of files does not answer as it should ({type(error).__name__}).") from None
