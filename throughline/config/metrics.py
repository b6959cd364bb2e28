"""/metrics for Prometheus: figures of this process and of the queue. No person, no address of a thing, no content.

Shown to a token or to named networks alone; to everybody else there is nothing here.
"""

from __future__ import annotations

import hmac
import shutil
from asyncio import to_thread
from collections.abc import Callable, Iterator
from datetime import timedelta
from ipaddress import ip_address
from time import perf_counter

from django.db import Error, close_old_connections
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Histogram, Info, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from throughline.foundation.environment import ENV
from throughline.foundation.live.socket import hub
from throughline.foundation.version import program_version

_PAGES = Counter("throughline_pages", "Answers by route and status", ["route", "method", "status"])
_SECONDS = Histogram(
    "throughline_page_seconds",
    "Seconds from a request's arrival at Django to its answer, by route",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
Info("throughline", "The program").info({"version": program_version()})


class Measured:
    """Middleware, the first of all: counts answers by the name of their route, never by their address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = (match.view_name or match.route or "unnamed") if match else "none"
        method = request.method if request.method in _METHODS else "other"
        _PAGES.labels(route, method, response.status_code).inc()
        _SECONDS.labels(route).observe(perf_counter() - begun)
        return response


class _Now:
    """What is asked for when somebody looks: sockets, the queue, workers, room on the disk."""

    def describe(self) -> list[Metric]:
        """Nothing beforehand: or registering would ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        yield _gauge("sockets", "Open sockets of this process", hub.sockets)
        yield _gauge("people_connected", "People with a socket to this process", hub.people)
        yield _gauge("disk_free_bytes", "Room left where the data folder lies", shutil.disk_usage(ENV.data).free)
        close_old_connections()
        begun = perf_counter()
        try:
            yield from _of_the_queue()
            yield _gauge("database_up", "1 when the database answers", 1)
            yield _gauge("database_answer_seconds", "What these questions took", perf_counter() - begun)
        except Error:
            yield _gauge("database_up", "1 when the database answers", 0)
        finally:
            close_old_connections()


def _of_the_queue() -> list[Metric]:
    from throughline.foundation.jobs.queries import state_of_the_queue

    state = state_of_the_queue()
    jobs = GaugeMetricFamily("throughline_jobs", "Jobs by state", labels=["state"])
    for name, count in (("waiting", state.waiting), ("running", state.running), ("failed", state.failed)):
        jobs.add_metric([name], count)
    oldest = (state.oldest or timedelta()).total_seconds()
    return [
        jobs,
        _gauge("job_oldest_seconds", "How long the job waits that could have begun first", oldest),
        _gauge("workers", "Workers with a heartbeat in the last half minute", state.workers),
    ]


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(f"throughline_{name}", says, value)


class Metrics:
    """The endpoint. `otherwise` answers whoever may not look, as if nothing were here."""

    def __init__(self, otherwise: ASGIApp) -> None:
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not may_look(Headers(scope=scope).get("authorization", ""), (scope.get("client") or ("",))[0]):
            await self._otherwise(scope, receive, send)
            return
        figures = await to_thread(generate_latest, REGISTRY)
        response = Response(figures, headers={"Cache-Control": "no-store"}, media_type=CONTENT_TYPE_LATEST)
        await response(scope, receive, send)


def may_look(authorization: str, client: str) -> bool:
    word, _space, token = authorization.partition(" ")
    if ENV.metrics_token and word.lower() == "bearer":
        return hmac.compare_digest(token.strip().encode(), ENV.metrics_token.encode())
    try:
        address = ip_address(client)
    except ValueError:
        return False
    return any(address in network for network in ENV.metrics_networks)


REGISTRY.register(_Now())
