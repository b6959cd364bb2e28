"""Behind nginx and Caddy, with HTTPS and below a path: every address holds, and no header is believed in vain."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.architecture.house import forbid
from tests.journeys.databases import Blank
from tests.journeys.mailbox import Mailbox
from tests.journeys.server import Server
from tests.ports import free_port
from tests.scale import proxies
from tests.scale.people import Links, Visitor, settle

PREFIX = "/mentoring"
ELSEWHERE = "203.0.113.9"
MOST_PAGES = 25


@dataclass
class House:
    server: Server
    folder: Path
    address: str
    pair: str

    def visitor(self) -> Visitor:
        return Visitor(self.address, proxies.trusting(self.folder))

    def direct(self) -> Visitor:
        """Past the proxy."""
        return Visitor(f"http://127.0.0.1:{self.server.port}")


Before = Callable[[Path, int, list[int], str], AbstractContextManager[None]]


@pytest.fixture(scope="module", params=["nginx", pytest.param("caddy", marks=pytest.mark.deep)])
def house(request: pytest.FixtureRequest, module_folder: Path, blank: Blank, post: Mailbox) -> Iterator[House]:
    before: Before = getattr(proxies, request.param)
    folder, port = module_folder / request.param, free_port()
    address = f"https://localhost:{port}{PREFIX}"
    more = {"THROUGHLINE_URL": address, "METRICS_NETWORKS": f"{ELSEWHERE}/32"}
    server = Server(folder, post.url, more)
    with before(folder, port, [server.port], PREFIX):
        blank.lend_to(server)
        pair = settle(server)
        with server:
            yield House(server, folder, address, pair)


def test_every_address_on_every_page_begins_with_the_prefix(house: House) -> None:
    with house.visitor() as mira:
        mira.sign_in("mira@example.org")
        seen: set[str] = set()
        found: list[str] = []
        waiting = deque([f"{PREFIX}/", f"{PREFIX}/relationships/{house.pair}/", f"{PREFIX}/account/settings/"])
        while waiting and len(seen) < MOST_PAGES:
            path = waiting.popleft()
            if path in seen:
                continue
            seen.add(path)
            answer = mira.get(path)
            if 300 <= answer.status_code < 400:
                waiting.append(_path_of(answer.headers["Location"], house, found, path))
                continue
            if answer.status_code != 200:
                found.append(f"{path} answers {answer.status_code}")
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue
            links = Links(answer.text)
            found += [f"{path} names {link}" for link in links.found if link.startswith("/") and not _below(link)]
            waiting.extend(urlsplit(link).path for link in links.follow if _below(link))
        forbid("These lead out of the prefix:", found)
        assert len(seen) >= 20


def _below(link: str) -> bool:
    return link.startswith(f"{PREFIX}/")


def _path_of(location: str, house: House, found: list[str], path: str) -> str:
    place = location.removeprefix(house.address.removesuffix(PREFIX))
    if not _below(place):
        found.append(f"{path} redirects to {location}")
    return urlsplit(place).path


def test_what_browsers_keep_stays_below_the_prefix(house: House) -> None:
    with house.visitor() as mira:
        mira.sign_in("mira@example.org")
        assert {(cookie.name, cookie.path, cookie.secure) for cookie in mira.client.cookies.jar} == {
            ("sessionid", f"{PREFIX}/", True),
            ("csrftoken", f"{PREFIX}/", True),
        }
        manifest = mira.get(f"{PREFIX}/manifest.webmanifest").json()
        assert {manifest[name] for name in ("id", "start_url", "scope")} == {f"{PREFIX}/"}
        assert all(_below(icon["src"]) for icon in manifest["icons"])
        worker = mira.get(f"{PREFIX}/sw.js").text
        kept = json.loads(re.match(r"self\.kept = (.*?);\n", worker)[1])  # type: ignore[index]
        assert all(_below(path) for path in [kept["page"], *kept["files"]])
        for path in kept["files"]:
            assert mira.get(path).status_code == 200
        styles = mira.get(next(path for path in kept["files"] if path.endswith(".css"))).text
        assert not [link for link in re.findall(r"url\(\"?(/[^)\"]+)", styles) if not _below(link)]


def test_the_socket_opens(house: House) -> None:
    with house.visitor() as mira:
        mira.sign_in("mira@example.org")
        with mira.socket():
            pass  # past its ticket


def test_mails_lead_back_through_the_proxy(house: House, post: Mailbox) -> None:
    with house.visitor() as guest:
        path = f"{PREFIX}/account/password/reset/"
        guest.get(path)
        assert guest.post(path, {"email": "tomas@example.org"}).status_code == 302
        link = next(each for each in post.wait_for(to="tomas@example.org").links() if "reset" in each)
        assert link.startswith(f"{house.address}/account/password/reset/key/")
        assert guest.get(urlsplit(link).path).status_code in (200, 302)


def test_health_and_figures_answer_with_and_without_the_prefix(house: House) -> None:
    with house.direct() as probe:
        assert [probe.get(path).text for path in ("/healthz", f"{PREFIX}/healthz")] == ["ready", "ready"]
        assert probe.get("/metrics").status_code == 404
        figures = probe.get("/metrics", **{"X-Forwarded-For": ELSEWHERE})
        assert figures.status_code == 200
        assert "throughline_workers 1.0" in figures.text
        assert probe.get("/").headers["Location"] == f"{PREFIX}/"


def test_what_a_browser_claims_is_not_believed(house: House) -> None:
    """The proxy says for whom it speaks, whatever it was told."""
    with house.visitor() as liar:
        assert liar.get(f"{PREFIX}/metrics", **{"X-Forwarded-For": ELSEWHERE}).status_code == 404


def test_the_check_up_finds_the_way_in_order(house: House) -> None:
    with house.visitor() as olu:
        olu.sign_in("olu@example.org")
        page = olu.get(f"{PREFIX}/checkup/").text
    assert "You come" not in page
    assert "Your proxy" not in page
    assert house.address in page


@pytest.mark.deep
def test_a_proxy_that_is_not_named_is_not_believed(module_folder: Path, blank: Blank) -> None:
    folder, port = module_folder / "unnamed", free_port()
    address = f"https://localhost:{port}"
    more = {"THROUGHLINE_URL": address, "METRICS_NETWORKS": f"{ELSEWHERE}/32", "TRUSTED_PROXIES": "10.0.0.0/8"}
    server = Server(folder, "", more)
    blank.lend_to(server)
    settle(server)
    with proxies.nginx(folder, port, [server.port]), server:
        with Visitor(address, proxies.trusting(folder)) as olu:
            olu.sign_in("olu@example.org")
            page = olu.get("/checkup/").text
        assert "You come by https, and this server hears http" in page
        with Visitor(f"http://127.0.0.1:{server.port}") as liar:
            assert liar.get("/metrics", **{"X-Forwarded-For": ELSEWHERE}).status_code == 404
