"""Every variable that an operator can set, each declared once with its meaning.

`throughline check` explains them and a test holds docs/running/environment.md to this list.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, the value when nothing is set, and what it is for."""

    name: str
    default: str
    meaning: str

    def read(self) -> str:
        return os.environ.get(self.name, self.default).strip()


VARIABLES: dict[str, Variable] = {}


def _declare(name: str, default: str, meaning: str) -> Variable:
    VARIABLES[name] = variable = Variable(name, default, meaning)
    return variable


_DATA = _declare(
    "THROUGHLINE_DATA",
    "data",
    "The folder that holds everything: database, files, keys. In the demonstration: data/demo when nothing is set.",
)
_DEMO = _declare(
    "THROUGHLINE_DEMO",
    "",
    "1 serves the demonstration: invented people whom anybody can be with one click, in a data folder of its own. "
    "`anywhere` allows that on other addresses than this machine's own.",
)
_HOST = _declare("HOST", "127.0.0.1", "The address that `throughline serve` listens on.")
_PORT = _declare("PORT", "8000", "The port that `throughline serve` listens on.")
_BASE_URL = _declare(
    "THROUGHLINE_URL",
    "",
    "The address people use, such as https://mentoring.example.org, or below a path of another site: "
    "https://example.org/mentoring. When empty: http://localhost and the port.",
)
_PROXIES = _declare(
    "TRUSTED_PROXIES",
    "127.0.0.0/8, ::1",
    "The networks of your proxies, separated by commas: only from these addresses is `X-Forwarded-For` and "
    "`X-Forwarded-Proto` believed. `none` believes nobody.",
)
_DATABASE = _declare("DATABASE_URL", "", "postgres://… for PostgreSQL. When empty: SQLite in the data folder.")
_REDIS = _declare("REDIS_URL", "", "redis://… joins several web processes. When empty: one process.")
_FILES = _declare(
    "FILES_URL",
    "",
    "s3://key:secret@host/bucket/below?region=… keeps files in S3, file:///folder in another folder. When empty: in "
    "the data folder.",
)
_EMAIL = _declare("EMAIL_URL", "", "smtp://user:password@host:587/?tls=1. When empty: mail is kept in the outbox.")
_MAIL_FROM = _declare("MAIL_FROM", "Throughline <throughline@localhost>", "The sender of every mail.")
_INBOUND_DOMAIN = _declare(
    "INBOUND_DOMAIN",
    "",
    "Where people's answers by mail arrive, such as reply.example.org, or box@example.org for the addresses "
    "box+…@example.org. When empty: our mail cannot be answered.",
)
_INBOUND_SMTP = _declare(
    "INBOUND_SMTP", "", "host:port on which the worker takes in mail for INBOUND_DOMAIN, such as 0.0.0.0:25."
)
_INBOUND_CERTIFICATE = _declare(
    "INBOUND_CERTIFICATE", "", "The file with certificate and key (PEM) for STARTTLS on INBOUND_SMTP."
)
_INBOUND_IMAP = _declare(
    "INBOUND_IMAP",
    "",
    "imaps://user:password@host/INBOX: the worker looks there for answers once a minute, and leaves other mail alone.",
)
_INBOUND_TRUST = _declare(
    "INBOUND_TRUST",
    "",
    "The name of your mail server in `Authentication-Results`. Then answers count only when it found SPF, DKIM or "
    "DMARC in order.",
)
_REACHABLE = _declare(
    "REACHABLE_NETWORKS",
    "",
    "Private networks, separated by commas, that addresses which people type may lead to, such as 192.168.1.0/24 for a "
    "calendar server in your own house. When empty: to public addresses alone.",
)
_TURN_URL = _declare(
    "TURN_URL",
    "",
    "The relays that calls may take, separated by commas: `turn:turn.example.org` is asked over UDP and TCP, "
    "`turns:turn.example.org:443` over TLS. When empty: calls go from browser to browser, or not at all.",
)
_TURN_SECRET = _declare(
    "TURN_SECRET",
    "",
    "The `static-auth-secret` of coturn: what each caller's credentials of a few hours are made with.",
)
_METRICS_TOKEN = _declare(
    "METRICS_TOKEN",
    "",
    "Shows /metrics to whoever sends `Authorization: Bearer` and this token. When empty: to no token.",
)
_METRICS_NETWORKS = _declare(
    "METRICS_NETWORKS", "", "Shows /metrics to these networks, separated by commas. When empty: to none."
)
_KEY = _declare(
    "THROUGHLINE_KEY",
    "",
    "The installation's key (32 bytes, base64). When empty: made once, in the data folder.",
)
_BACKUP_TO = _declare("BACKUP_TO", "", "The folder that backups are written into; best on another disk.")
_BACKUP_EVERY = _declare(
    "BACKUP_EVERY", "", "How often the worker makes a backup, such as 24h or 30m. When empty: never."
)
_BACKUP_KEEP = _declare("BACKUP_KEEP", "0", "How many backups are kept in BACKUP_TO: older ones go. 0 keeps all.")
_BACKUP_PASSPHRASE = _declare("BACKUP_PASSPHRASE", "", "What backups are sealed with and opened by.")
_BACKUP_FOR = _declare(
    "BACKUP_FOR",
    "",
    "The public key that backups are sealed for, instead of a passphrase: then this machine cannot open them.",
)
_BACKUP_KEYS = _declare(
    "BACKUP_KEYS",
    "",
    "`together`: the installation's keys are in the backup; `apart`: they are not. "
    "When empty: together, unless THROUGHLINE_KEY is set.",
)
_ERASE_AFTER = _declare(
    "ERASE_AFTER_DAYS", "14", "Days in which somebody who closes their account can take it back; then it is erased."
)
_KEEP_MAIL = _declare("KEEP_MAIL_DAYS", "90", "Days for which it is kept that a mail was sent. 0: for ever.")
_KEEP_INVITATIONS = _declare(
    "KEEP_INVITATIONS_DAYS", "90", "Days after its last link, until an invitation that nobody accepted goes. 0: never."
)
_KEEP_ENDED = _declare(
    "KEEP_ENDED_DAYS",
    "0",
    "Days after its end, until a relationship is destroyed with all that was written in it; its people are told a "
    "month before. 0: when they ask for it.",
)
_KEEP_LOOKS = _declare(
    "KEEP_LOOKS_DAYS", "730", "Days for which a pair can see that a coordinator looked at its counts. 0: for ever."
)
_KEEP_ADMINISTRATION = _declare(
    "KEEP_ADMINISTRATION_DAYS", "365", "Days for which changes on the administration's pages are kept. 0: for ever."
)
_CLOCK = _declare("THROUGHLINE_CLOCK_FILE", "", "Tests only: a file with seconds to add to the clock.")
_DEBUG = _declare("THROUGHLINE_DEBUG", "", "Set to 1 while developing: pages show errors in full.")


Networks = tuple[IPv4Network | IPv6Network, ...]


@dataclass(frozen=True)
class Environment:
    """The variables as typed values, read once at start.

    base_url is origin and prefix: "https://example.org" and "/mentoring" (or ""). An address that `reverse` made begins
    with the prefix already: it becomes a whole one by putting the origin before it.
    """

    data: Path
    demo: bool
    demo_anywhere: bool
    host: str
    port: int
    base_url: str
    origin: str
    prefix: str
    proxies: Networks
    inbound_domain: str
    inbound_smtp: str
    inbound_certificate: str
    inbound_imap: str
    inbound_trust: str
    turn_urls: tuple[str, ...]
    turn_secret: str
    metrics_token: str
    metrics_networks: Networks
    reachable_networks: Networks
    database_url: str
    redis_url: str
    files_url: str
    email_url: str
    mail_from: str
    key: str
    backup_to: str
    backup_every: timedelta
    backup_keep: int
    backup_passphrase: str
    backup_for: str
    backup_keys: str
    clock_file: str
    debug: bool
    erase_after_days: int
    keep_mail_days: int
    keep_invitations_days: int
    keep_ended_days: int
    keep_looks_days: int
    keep_administration_days: int


def read() -> Environment:
    """Read the process's environment. Raises ValueError with a sentence when a value cannot be used."""
    port = _PORT.read()
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError(f"PORT must be a number from 1 to 65535, not {port!r}.")
    demo = _DEMO.read()
    if demo not in ("", "1", "anywhere"):
        raise ValueError(f"THROUGHLINE_DEMO is 1, `anywhere`, or nothing, and not {demo!r}.")
    base_url = _BASE_URL.read().rstrip("/") or f"http://localhost:{port}"
    origin, prefix = _parts_of(base_url)
    return Environment(
        data=Path(_data_folder(demo=bool(demo))).absolute(),
        demo=bool(demo),
        demo_anywhere=demo == "anywhere",
        host=_HOST.read(),
        port=int(port),
        base_url=base_url,
        origin=origin,
        prefix=prefix,
        proxies=_networks(_PROXIES),
        inbound_domain=_INBOUND_DOMAIN.read(),
        inbound_smtp=_INBOUND_SMTP.read(),
        inbound_certificate=_INBOUND_CERTIFICATE.read(),
        inbound_imap=_INBOUND_IMAP.read(),
        inbound_trust=_INBOUND_TRUST.read().lower(),
        turn_urls=_relays(),
        turn_secret=_TURN_SECRET.read(),
        metrics_token=_METRICS_TOKEN.read(),
        metrics_networks=_networks(_METRICS_NETWORKS),
        reachable_networks=_networks(_REACHABLE),
        database_url=_DATABASE.read(),
        redis_url=_REDIS.read(),
        files_url=_FILES.read(),
        email_url=_EMAIL.read(),
        mail_from=_MAIL_FROM.read(),
        key=_KEY.read(),
        backup_to=_BACKUP_TO.read(),
        backup_every=_interval(_BACKUP_EVERY),
        backup_keep=_number(_BACKUP_KEEP),
        backup_passphrase=_BACKUP_PASSPHRASE.read(),
        backup_for=_BACKUP_FOR.read(),
        backup_keys=_one_of(_BACKUP_KEYS, ("", "together", "apart")),
        clock_file=_CLOCK.read(),
        debug=_DEBUG.read() == "1",
        erase_after_days=_days(_ERASE_AFTER),
        keep_mail_days=_days(_KEEP_MAIL),
        keep_invitations_days=_days(_KEEP_INVITATIONS),
        keep_ended_days=_days(_KEEP_ENDED),
        keep_looks_days=_days(_KEEP_LOOKS),
        keep_administration_days=_days(_KEEP_ADMINISTRATION),
    )


def _relays() -> tuple[str, ...]:
    """TURN_URL as addresses, each as it stands there. A relay without its secret would refuse everybody."""
    named = tuple(filter(None, re.split(r"[,\s]+", _TURN_URL.read())))
    for each in named:
        if not re.fullmatch(r"turns?:[A-Za-z0-9.-]+(:\d{1,5})?(\?transport=(udp|tcp))?", each):
            raise ValueError(f"TURN_URL holds relays such as turn:turn.example.org:3478, and not {each!r}.")
    if bool(named) != bool(_TURN_SECRET.read()):
        raise ValueError("TURN_URL and TURN_SECRET belong together: set both, or neither.")
    return named


def _interval(variable: Variable) -> timedelta:
    text = variable.read()
    if not text:
        return timedelta(0)
    if not re.fullmatch(r"[1-9]\d{0,5}[mhd]", text):
        raise ValueError(f"{variable.name} is a number with m, h or d after it, such as 24h, and not {text!r}.")
    return int(text[:-1]) * {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}[text[-1]]


def _number(variable: Variable) -> int:
    if not variable.read().isdigit():
        raise ValueError(f"{variable.name} is a number, and not {variable.read()!r}.")
    return int(variable.read())


def _one_of(variable: Variable, choices: tuple[str, ...]) -> str:
    if variable.read() not in choices:
        raise ValueError(f"{variable.name} is {' or '.join(filter(None, choices))}, and not {variable.read()!r}.")
    return variable.read()


def _days(variable: Variable) -> int:
    value = variable.read()
    if not value.isdigit() or int(value) > 36_500:
        raise ValueError(f"{variable.name} must be a number of days, not {value!r}.")
    return int(value)


def _data_folder(*, demo: bool) -> str:
    """The demonstration never falls into the folder that is meant for real people."""
    return "data/demo" if demo and _DATA.name not in os.environ else _DATA.read()


def _parts_of(url: str) -> tuple[str, str]:
    """The origin, and the path below which everything stands: "" or "/mentoring"."""
    parts = urlsplit(url)
    plain = re.fullmatch(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*", parts.path)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or not plain:
        raise ValueError(
            "THROUGHLINE_URL is a plain address such as https://mentoring.example.org or "
            f"https://example.org/mentoring, and not {url!r}."
        )
    return f"{parts.scheme}://{parts.netloc.lower()}", parts.path


def _networks(variable: Variable) -> Networks:
    """Each as given, and IPv4 once more as a server that listens on IPv6 sees it."""
    given = [word for word in re.split(r"[,\s]+", variable.read()) if word and word != "none"]
    try:
        named = [ip_network(word) for word in given]
    except ValueError:
        raise ValueError(
            f"{variable.name} holds networks such as 10.0.0.0/8 or 192.0.2.7, separated by commas, and not "
            f"{variable.read()!r}."
        ) from None
    mapped = [ip_network(f"::ffff:{each.network_address}/{96 + each.prefixlen}") for each in named if each.version == 4]
    return (*named, *mapped)


ENV = read()
