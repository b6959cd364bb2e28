"""The one ASGI application: sockets, static files and /healthz on the event loop; pages through Django's WSGI handler.

Native ASGI costs a page several times the CPU, so pages run in a pool of threads (decision 0015). Anything that
starts and ends with the process (the hub, the embedded worker) hangs on the lifespan below.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")

from django.core.wsgi import get_wsgi_application
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from throughline.config import embedded, live_door
from throughline.config.assets import Assets
from throughline.config.health import healthz
from throughline.config.metrics import Metrics
from throughline.config.pages import Pages
from throughline.foundation.environment import ENV

_pages = Pages(get_wsgi_application())


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    async with AsyncExitStack() as running:
        await running.enter_async_context(live_door.running())
        await running.enter_async_context(embedded.running())
        yield


# What asks for health and figures mostly comes past the proxy, straight to this process: they answer below the prefix
# and without it.
routes: list[BaseRoute] = [
    *(Route(f"{prefix}/healthz", healthz, methods=["GET", "HEAD"]) for prefix in {ENV.prefix, ""}),
    *(Route(f"{prefix}/metrics", Metrics(_pages), methods=["GET"]) for prefix in {ENV.prefix, ""}),
    Mount(f"{ENV.prefix}/static", Assets()),
    *live_door.routes(),
    Mount("", _pages),
]
app = Starlette(routes=routes, lifespan=lifespan)
