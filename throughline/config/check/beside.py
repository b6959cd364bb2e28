"""What runs beside it: the mail server, Redis, the database, workers; and who administers it."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from throughline.config.check.finding import Finding
from throughline.foundation import clock
from throughline.foundation.environment import Environment

SECONDS_TO_ANSWER = 5
LONGEST_WAIT = timedelta(minutes=10)  # of a job, before somebody should look
MOST_APART = timedelta(seconds=30)  # of two machines' clocks
OLDEST_POSTGRESQL = 14


def findings(env: Environment) -> Iterator[Finding]:
    yield from _mail(env)
    yield from _redis(env)
    yield from _database(env)


def _mail(env: Environment) -> Iterator[Finding]:
    if not env.email_url:
        yield Finding(
            "No mail is sent: it is kept in the data folder and shown at /outbox. Set EMAIL_URL.", to_mend=False
        )
        return
    from throughline.notices.mailserver import settings_from

    try:
        settings = settings_from(env.email_url)
    except ValueError as error:
        yield Finding(str(error))
        return
    if sentence := _refusal_of_mail(settings):
        yield Finding(sentence)
    if env.mail_from.rstrip(">").endswith("@localhost"):
        yield Finding(
            f"Mail goes out from {env.mail_from}, which most receivers refuse: set MAIL_FROM to one of your own.",
            to_mend=False,
        )


def _refusal_of_mail(settings: dict[str, Any]) -> str:
    """Greets the mail server and signs in, as for a mail. "" when it would take one."""
    from django.core.mail import get_connection

    host = settings["EMAIL_HOST"]
    connection = get_connection(
        settings["EMAIL_BACKEND"],
        host=host,
        port=settings["EMAIL_PORT"],
        username=settings["EMAIL_HOST_USER"],
        password=settings["EMAIL_HOST_PASSWORD"],
        use_tls=settings["EMAIL_USE_TLS"],
        use_ssl=settings["EMAIL_USE_SSL"],
        timeout=SECONDS_TO_ANSWER,
    )
    try:
        connection.open()
        connection.close()
    except smtplib.SMTPAuthenticationError:
        return f"The mail server {host} refuses the user and password in EMAIL_URL: put the right ones there."
    except smtplib.SMTPNotSupportedError:
        return f"The mail server {host} does not offer what EMAIL_URL asks for: leave tls=1 or the user away there."
    except ssl.SSLError as error:
        return (
            f"The mail server {host} and EMAIL_URL do not agree on TLS ({error.reason or 'failed'}): ssl=1 is for port "
            "465, tls=1 for 587, and the certificate must be one that this machine trusts."
        )
    except (OSError, smtplib.SMTPException):
        return f"The mail server {host} does not answer: check EMAIL_URL, and that it runs."
    return ""


def _redis(env: Environment) -> Iterator[Finding]:
    if not env.redis_url:
        return
    import redis

    try:
        with redis.Redis.from_url(env.redis_url, socket_connect_timeout=SECONDS_TO_ANSWER, socket_timeout=5) as client:
            client.ping()
    except redis.AuthenticationError:
        yield Finding("Redis refuses the user and password in REDIS_URL: put the right ones there.")
    except (redis.RedisError, ValueError) as error:
        yield Finding(f"Redis does not answer ({type(error).__name__}): check REDIS_URL, and that it runs.")


def _database(env: Environment) -> Iterator[Finding]:
    from django.db import Error

    from throughline.config import schema

    try:
        yield from _postgresql()
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
            yield from _backups()
            yield from _administrators()
    except Error as error:
        yield Finding(f"The database does not answer ({type(error).__name__}): check DATABASE_URL, and that it runs.")


def _postgresql() -> Iterator[Finding]:
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000, clock_timestamp()")
        version, its_time = cursor.fetchone()
    if version < OLDEST_POSTGRESQL:
        yield Finding(f"PostgreSQL {version} is too old: {OLDEST_POSTGRESQL} or newer is needed.")
    if abs(its_time - clock.now()) > MOST_APART:
        yield Finding(
            "The clocks of this machine and of the database's are more than half a minute apart: let both follow NTP."
        )


def _the_key_fits() -> Iterator[Finding]:
    from throughline.config.serve import OTHER_KEY
    from throughline.relationships.queries import key_fits

    if not key_fits():
        yield Finding(OTHER_KEY)


def _jobs() -> Iterator[Finding]:
    from throughline.foundation.jobs.queries import state_of_the_queue

    state = state_of_the_queue()
    if not state.workers:
        yield Finding(
            "No worker was heard in the last half minute, so no mail is sent and no meeting planned: start "
            "`throughline serve`; if it runs, read its log and start it again."
        )
    elif state.oldest and state.oldest > LONGEST_WAIT:
        minutes = int(state.oldest.total_seconds() // 60)
        yield Finding(
            f"{state.waiting} jobs wait, the first for {minutes} minutes: the workers cannot keep up. Start another "
            "`throughline worker`."
        )
    if state.failed:
        yield Finding(f"{state.failed} jobs have failed for good: /admin/jobs/queuedjob/ says which.", to_mend=False)


def _backups() -> Iterator[Finding]:
    from throughline.config.backups import records

    for sentence, to_mend in records.findings():
        yield Finding(sentence, to_mend)


def _administrators() -> Iterator[Finding]:
    from throughline.accounts.queries import administrators

    if not administrators():
        yield Finding(
            "Nobody administers this installation: `throughline administrator EMAIL` makes somebody its administrator.",
            to_mend=False,
        )
