"""/healthz: 200 "ready" once the database answers and is migrated; else 503 and one plain word. No secrets."""

from __future__ import annotations

from asyncio import to_thread

from django.db import Error, close_old_connections
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from throughline.config import schema


async def healthz(request: Request) -> PlainTextResponse:
    word = await to_thread(_state)
    return PlainTextResponse(word, 200 if word == "ready" else 503, {"Cache-Control": "no-store"})


def _state() -> str:
    close_old_connections()
    try:
        return "ready" if schema.state().current else "migrating"
    except Error:
        return "database"
    finally:
        close_old_connections()
