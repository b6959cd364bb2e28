"""`throughline check`: what is missing, unsafe or unreachable, each in a sentence that says how to mend it."""

from __future__ import annotations

import socket
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from throughline.foundation.environment import ENV, VARIABLES

LOCAL = {"localhost", "127.0.0.1", "::1"}
SECONDS_TO_ANSWER = 5


@dataclass(frozen=True)
class Finding:
    """A sentence. to_mend: people are harmed or something does not work until it is mended; else good to know."""

    sentence: str
    to_mend: bool = True


def check(arguments: list[str]) -> int:
    """Prints one finding a line. Returns 1 when something is to be mended."""
    if arguments == ["--variables"]:
        for variable in VARIABLES.values():
            sys.stdout.write(f"{variable.name} ({variable.default or 'empty'} by default): {variable.meaning}\n")
        return 0
    import django

    django.setup()
    found = [*findings()]
    for finding in found:
        sys.stdout.write(f"{'To mend' if finding.to_mend else 'To know'}: {finding.sentence}\n")
    if not found:
        sys.stdout.write("Everything is in order.\n")
    return int(any(finding.to_mend for finding in found))


def findings() -> Iterator[Finding]:
    yield from _address()
    yield from _keys()
    yield from _browser_code()
    yield from _tests_only()
    yield from _mail()
    yield from _redis()
    yield from _database()


def _address() -> Iterator[Finding]:
    site = urlsplit(ENV.base_url)
    if site.scheme != "https" and site.hostname not in LOCAL:
        yield Finding(
            f"{ENV.base_url} is not https: passwords travel in the open and browsers refuse camera and microphone. "
            "Put a proxy with a certificate in front and set THROUGHLINE_URL to its https address."
        )
    if ENV.host not in LOCAL and site.hostname in LOCAL:
        yield Finding(
            f"The server listens on {ENV.host} but answers to {site.hostname} alone. Set THROUGHLINE_URL to the "
            "address people use, or HOST to 127.0.0.1."
        )


def _keys() -> Iterator[Finding]:
    folder = ENV.data / "keys"
    for path in [ENV.data, folder, *sorted(folder.glob("*"))]:
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            mode = "700" if path.is_dir() else "600"
            yield Finding(f"{path} can be read by other users of this machine: `chmod {mode} {path}`.")
    if not ENV.key:
        yield Finding(
            f"The key that opens all content lies beside it, in {folder}. Whoever copies the whole data folder can "
            "read it; set THROUGHLINE_KEY from a safe place of your own to prevent that.",
            to_mend=False,
        )


def _browser_code() -> Iterator[Finding]:
    from throughline.foundation import islands

    try:
        islands.manifest()
    except FileNotFoundError:
        yield Finding("The browser code was never built, so no page can be shown: run `make build`.")


def _tests_only() -> Iterator[Finding]:
    if ENV.clock_file:
        yield Finding("THROUGHLINE_CLOCK_FILE moves the clock, for tests only: unset it.")
    if ENV.debug:
        yield Finding("THROUGHLINE_DEBUG shows the inside of errors to everybody: unset it.")


def _mail() -> Iterator[Finding]:
    if not ENV.email_url:
        yield Finding(
            "No mail is sent: it is kept in the data folder and shown at /outbox. Set EMAIL_URL.", to_mend=False
        )
        return
    address = urlsplit(ENV.email_url)
    if not _listens(address.hostname or "", address.port or 25):
        yield Finding(f"The mail server {address.hostname} does not answer: check EMAIL_URL, and that it runs.")


def _redis() -> Iterator[Finding]:
    if not ENV.redis_url:
        return
    import redis

    try:
        redis.Redis.from_url(ENV.redis_url, socket_connect_timeout=SECONDS_TO_ANSWER).ping()
    except (redis.RedisError, ValueError) as error:
        yield Finding(f"Redis does not answer ({type(error).__name__}): check REDIS_URL, and that it runs.")


def _database() -> Iterator[Finding]:
    from django.db import DatabaseError

    from throughline.config import schema

    try:
        found = schema.state()
        if found.unknown:
            yield Finding("The database was made by a newer Throughline: install that version, or restore a backup.")
        elif not found.current:
            yield Finding(
                "The database is not up to date: `throughline serve` brings it there when it starts.", to_mend=False
            )
        else:
            yield from _the_key_fits()
            yield from _jobs()
    except DatabaseError as error:
        yield Finding(f"The database does not answer ({type(error).__name__}): check DATABASE_URL, and that it runs.")


def _the_key_fits() -> Iterator[Finding]:
    from throughline.config.serve import OTHER_KEY
    from throughline.relationships.queries import key_fits

    if not key_fits():
        yield Finding(OTHER_KEY)


def _jobs() -> Iterator[Finding]:
    from django.db.models.functions import Now
    from django_tasks import TaskResultStatus as Status
    from django_tasks_db.models import DBTaskResult

    from throughline.foundation.jobs.leases import LEASE_SECONDS
    from throughline.foundation.jobs.models import Worker

    if not Worker.objects.filter(seen_at__gt=Now() - timedelta(seconds=LEASE_SECONDS)).exists():
        yield Finding("No worker runs, so no mail is sent and no meeting planned: start `throughline serve`.")
    failed = DBTaskResult.objects.filter(status=Status.FAILED).count()
    if failed:
        yield Finding(f"{failed} jobs have failed for good: /admin/jobs/queuedjob/ says which.", to_mend=False)


def _listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=SECONDS_TO_ANSWER).close()
    except OSError:
        return False
    return True
