"""EMAIL_URL as the settings that Django's SMTP backend reads."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BACKEND = "django.core.mail.backends.smtp.EmailBackend"
TIMEOUT = 20  # seconds


def settings_from(url: str) -> dict[str, Any]:
    """smtp://user:password@host:port/?tls=1 (STARTTLS) or ?ssl=1. Raises ValueError with a sentence.

    Port: 465 with ssl, 587 with tls, else 25. User and password may be percent-encoded.
    """
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    tls, ssl = (query.get(name, ["0"])[-1] == "1" for name in ("tls", "ssl"))
    if parts.scheme != "smtp" or not parts.hostname:
        raise ValueError("EMAIL_URL must look like smtp://user:password@host:587/?tls=1.")
    if tls and ssl:
        raise ValueError("EMAIL_URL: tls=1 and ssl=1 exclude each other; ssl=1 is for port 465.")
    try:
        port = parts.port or (465 if ssl else 587 if tls else 25)
    except ValueError as error:
        raise ValueError("EMAIL_URL: the port must be a number from 1 to 65535.") from error
    return {
        "EMAIL_BACKEND": BACKEND,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": tls,
        "EMAIL_USE_SSL": ssl,
        "EMAIL_TIMEOUT": TIMEOUT,
    }
