"""What the server says about itself: never an address, never the words of an exception.

Addresses hold invitations and password resets; an exception's text may hold what people wrote. So a request is
named by its route, and an error by its class and the places it passed through; a database
that is away, by its class alone. While developing (THROUGHLINE_DEBUG=1) everything is printed in full.
"""

from __future__ import annotations

import logging
import traceback
from copy import copy
from types import TracebackType
from typing import Any

from django.db import InterfaceError, OperationalError

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """One line a record; beneath it, for an error, one line a place; none while the database is away or full."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another formatter may have kept, with its words
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and _is_no_mistake_of_ours(error):
            short = copy(record)
            short.exc_info = None
            return f"{super().format(short)} ({_class_of(error.__cause__ or error)})"
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  logging's name
        request = getattr(record, "request", None)
        if request is not None:
            record.message = f"{getattr(record, 'status_code', '')} {request.method} {_route_of(request)}".strip()
        return super().formatMessage(record)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802  logging's name
        return "\n".join(_lines_of(ei[1])) if ei[1] else ""


def _route_of(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "an address that nobody serves"


def _is_no_mistake_of_ours(error: BaseException) -> bool:
    """The database is away, full or busy: every request meets that, in the same places. On SQLite the same class
    says that a table is missing, which is a mistake and is told in full."""
    ours = getattr(error.__cause__, "sqlite_errorname", "") == "SQLITE_ERROR"
    return isinstance(error, OperationalError | InterfaceError) and error.__cause__ is not None and not ours


def _class_of(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _lines_of(error: BaseException) -> list[str]:
    """The class and places of an error and of what led to it, the cause first. No values and no texts."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_lines_of(cause), "which led to"] if cause else []
    places = [
        f"  {frame.f_globals.get('__name__', '?')}:{line} in {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return [*lines, _class_of(error), *places]


def configuration(debug: bool) -> dict[str, Any]:
    """What Django's LOGGING takes."""
    plain = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    discreet: dict[str, Any] = {"()": "throughline.foundation.logs.DiscreetFormatter", "format": plain}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": plain} if debug else discreet},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            # Django's own set-up mails whole requests to ADMINS: nothing of that.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            # Below an error it tells of every address that somebody mistyped.
            "django.request": {"level": "WARNING" if debug else "ERROR"},
        },
    }
