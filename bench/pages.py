"""CPU of Today and of a relationship's page for somebody with 20 pairs, with 20 and with 20,000 pairs in the database.

Every pair has lived twelve weeks: a signed agreement and its meetings ahead, a held meeting and two messages a week, a
commitment (bench/_filling.py). A figure is the median milliseconds of CPU of RUNS requests, from the call of Django's
WSGI handler to the last byte, without server and network.

The peer stands in the same process on the same database: session and user by Django's own middleware, as many
queries as our page makes (each PEER_ROWS memberships with person and relationship), their rows in a Django template.
"""

# ruff: noqa: E402  Django is set up before its parts are imported
from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from typing import Any

os.environ["THROUGHLINE_DATA"] = tempfile.mkdtemp(prefix="throughline-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")

import django

django.setup()

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse

from bench._filling import live_pairs, multiply
from throughline.relationships.models import Membership

MINE, ALL = 20, 20_000
RUNS = 30
WARM = 5
PEER_ROWS = 3
BARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
PEER_PAGE = """<!doctype html><title>{{ user.called }}</title><ul>{% for rows in lists %}{% for row in rows %}
<li><a href="{% url "relationship" row.relationship_id %}">{{ row.person.called }}</a> {{ row.role }}
<time datetime="{{ row.since|date:"c" }}">{{ row.since|date:"D j M, H:i" }}</time> {{ row.person.zone }}</li>
{% endfor %}{% endfor %}</ul>"""


def bare(request: HttpRequest, queries: int) -> HttpResponse:
    """As plain as Django gets: session and user cost two of the queries."""
    rows = Membership.objects.select_related("person", "relationship")
    lists = [
        list(rows.filter(person=request.user.pk).order_by("pk")[number : number + PEER_ROWS])
        for number in range(queries - 2)
    ]
    return HttpResponse(engines["django"].from_string(PEER_PAGE).render({"lists": lists}, request))


urlpatterns = [path("bare/<int:queries>/", bare), path("", include("throughline.config.urls"))]


class Asking:
    """Requests of one signed-in person, straight to a WSGI handler."""

    def __init__(self, person: Any) -> None:
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(person)
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={self.client.cookies[settings.SESSION_COOKIE_NAME].value}"
        self.ours = WSGIHandler()
        with override_settings(MIDDLEWARE=BARE):
            self.bare = WSGIHandler()

    def queries_of(self, address: str) -> int:
        assert self.client.get(address).status_code == 200  # which reads keys that stay in memory
        with CaptureQueriesContext(connection) as caught:
            assert self.client.get(address).status_code == 200
        return len(caught)

    def cost(self, handler: WSGIHandler, address: str) -> float:
        """Milliseconds of CPU of one request."""
        environ = RequestFactory().get(address, headers={"Cookie": self.cookie, "Host": "localhost"}).environ
        answers: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            answers.append(status)

        begun = time.thread_time()
        response = handler(environ, start)
        body = b"".join(response)
        response.close()
        spent = time.thread_time() - begun
        assert answers[0].startswith("200"), (address, answers)
        assert body
        return spent * 1000


def costs(asking: Asking, address: str, queries: int) -> tuple[float, float]:
    """Ours and the peer's, asked in turns, so that a busy machine is busy for both."""
    ours, peers = [], []
    for _ in range(WARM + RUNS):
        ours.append(asking.cost(asking.ours, address))
        with override_settings(ROOT_URLCONF="bench.pages"):
            asking.cost(asking.bare, f"/bare/{queries}/")
            peers.append(asking.cost(asking.bare, f"/bare/{queries}/"))
    return statistics.median(ours[WARM:]), statistics.median(peers[WARM:])


def figure(name: str, value: float, peer: float, peer_is: str) -> None:
    print(
        json.dumps(
            {
                "name": name,
                "value": round(value, 2),
                "peer": round(peer, 2),
                "ratio": round(peer / value, 2),
                "peer_is": peer_is,
            }
        ),
        flush=True,
    )


def main() -> None:
    call_command("migrate", verbosity=0)
    mentor = live_pairs(MINE)
    relationship_id = Membership.objects.filter(person=mentor).latest("pk").relationship_id
    pages = {"Today": reverse("today"), "a relationship": reverse("relationship", args=[relationship_id])}
    asking = Asking(mentor)
    queries = {name: asking.queries_of(address) for name, address in pages.items()}
    few = {name: costs(asking, address, queries[name])[0] for name, address in pages.items()}
    begun = time.monotonic()
    multiply(ALL // MINE - 1)
    print(f"20,000 pairs stand after {time.monotonic() - begun:.0f} s; load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    for name, address in pages.items():
        assert asking.queries_of(address) == queries[name]
        many, peer = costs(asking, address, queries[name])
        said = f"bare Django, {queries[name]} queries"
        figure(f"{name}, 20 pairs of 20,000, ms of CPU", many, peer, said)
        figure(f"{name}, ms of CPU among 20,000 pairs beside 20", many, few[name], "among 20 pairs")


if __name__ == "__main__":
    main()
