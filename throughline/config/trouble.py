"""What people see when something of ours fails: a sentence, never the inside of it.

503 where the failure will pass by itself (the database, the files or the disk), 500 for a mistake of ours.
"""

from __future__ import annotations

import errno
import sys
from enum import Enum

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from throughline.foundation.files.store import FilesError

SECONDS_TO_WAIT = 10


class Trouble(Enum):
    AWAY = "away"
    FULL = "full"
    BROKEN = "broken"


def trouble_of(error: BaseException | None) -> Trouble:
    """What an exception, or what led to it, means to the person who waits for an answer."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if _is_full(error):
            return Trouble.FULL
        cause = error.__cause__ or error.__context__
        if isinstance(error, OperationalError | InterfaceError | FilesError) and not _leads_to_full(cause):
            return Trouble.AWAY
        error = cause
    return Trouble.BROKEN


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    # SQLite says it in words alone; psycopg by the class of the state 53100.
    return type(error).__name__ == "DiskFull" or getattr(error, "sqlite_errorname", "").startswith("SQLITE_FULL")


def _leads_to_full(error: BaseException | None) -> bool:
    return error is not None and trouble_of(error) is Trouble.FULL


def answer(request: HttpRequest) -> HttpResponse:
    """Django's handler500: called while the exception is being handled. Reads no database and needs no session."""
    trouble = trouble_of(sys.exc_info()[1])
    status = 500 if trouble is Trouble.BROKEN else 503
    title, text = words()[trouble]
    if request.method == "POST":
        text += " " + _("Go back: what you typed is still on the page before, and can be sent once more.")
    response: HttpResponse
    if _wants_json(request):
        response = JsonResponse({"detail": f"{title}. {text}"}, status=status)
    else:
        context = {"title": title, "text": text, "again": request.get_full_path() if request.method == "GET" else ""}
        response = HttpResponse(render_to_string("500.html", context), status=status)
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = str(SECONDS_TO_WAIT)
    return response


def words() -> dict[Trouble, tuple[str, str]]:
    return {
        Trouble.AWAY: (
            _("We cannot reach our own records just now"),
            _(
                "It is not your doing, and nothing was half done: what you sent this moment was not taken, what was "
                "saved before is safe. This usually passes within a minute. Then try once more."
            ),
        ),
        Trouble.FULL: (
            _("There is no room left to save anything"),
            _(
                "It is not your doing, and nothing was half done: what you sent this moment was not taken, what was "
                "saved before is safe. Please tell whoever runs this installation that its disk is full."
            ),
        ),
        Trouble.BROKEN: (
            _("Something of ours broke"),
            _(
                "It is not your doing, and nothing was half done. Go back and try once more; if it happens again, "
                "tell whoever runs this installation what you were doing."
            ),
        ),
    }


def _wants_json(request: HttpRequest) -> bool:
    return (
        "/api/" in request.path or request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    )
