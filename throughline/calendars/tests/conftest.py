"""Servers of calendars on loopback, which these tests allow as an operator would."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest

from throughline.foundation.environment import ENV
from throughline.foundation.outside import fetching

LOOPBACK = (ip_network("127.0.0.1/32"),)


@pytest.fixture
def reachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "ENV", replace(ENV, reachable_networks=LOOPBACK))


@dataclass
class Place:
    """What it answers may be changed at any time. asked: the headers of each request."""

    content: bytes
    status: int = 200
    etag: str = ""
    url: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def publish(reachable: None) -> Iterator[Callable[[bytes], Place]]:
    """publish(content) → a server that publishes it at an address."""
    running = []

    def start(content: bytes) -> Place:
        place = Place(content)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = {name.lower(): value for name, value in self.headers.items()}
                place.asked.append(asked)
                known = bool(place.etag) and asked.get("if-none-match") == place.etag
                self.send_response(304 if known else place.status)
                if place.etag:
                    self.send_header("ETag", place.etag)
                self.end_headers()
                if not known:
                    self.wfile.write(place.content)

            def log_message(self, format: str, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        place.url = f"http://127.0.0.1:{server.server_address[1]}/secret-of-mine.ics"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        running.append(server)
        return place

    yield start
    for server in running:
        server.shutdown()
        server.server_close()
