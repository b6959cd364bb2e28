"""Behind nginx, below a path, on two web processes: what browsers do with scripts, and what they do when one dies."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Response, expect

from tests.journeys.conftest import DESKTOP, PHONE
from tests.ports import free_port
from tests.scale import proxies
from tests.scale.parts import House, Parts, until
from tests.scale.people import PASSWORD
from tests.servers import service_folder

pytestmark = pytest.mark.deep

PREFIX = "/mentoring"
PATIENT = 60_000  # milliseconds, on a busy machine
PAGES = (
    "/", "/relationships/", "/account/settings/", "/account/profile/", "/account/data/", "/design", "/keys",
    "/relationships/{pair}/", "/relationships/{pair}/agreement/", "/relationships/{pair}/goals/",
    "/relationships/{pair}/meetings/", "/relationships/{pair}/practices/",
)  # fmt: skip


@dataclass
class Site:
    """What people type, and what stands behind it."""

    house: House
    address: str

    def people_at(self) -> list[int]:
        """How many people have a socket to each web process."""
        return [_figure(server.port, "throughline_people_connected") for server in self.house.servers]


@dataclass
class Somebody:
    """A person at a browser, who notes whatever leaves the site's path or fails."""

    site: Site
    email: str
    context: BrowserContext
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("request", lambda request: self._must_be_below(request.url))
        self.context.on("response", self._must_be_there)
        self.context.on("weberror", lambda error: self.wrong.append(f"a script failed: {error.error}"))
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENT)
        self.page.on("websocket", lambda socket: self._must_be_below(socket.url))

    def sees(self, path: str) -> Page:
        self.page.goto(f"{self.site.address}{path}")
        return self.page

    def signs_in(self) -> None:
        page = self.sees("/account/login/")
        page.locator("[name=login]").fill(self.email)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page).to_have_url(f"{self.site.address}/", timeout=PATIENT)

    def writes(self, words: str) -> None:
        self.page.get_by_role("textbox", name="Message").fill(words)
        self.page.get_by_role("button", name="Send").click()

    def reads(self, words: str) -> None:
        """Taken by the server, or come from it, while the page is open."""
        line = self.page.locator(".line[data-number]").filter(has_text=words)
        expect(line).to_have_count(1, timeout=PATIENT)

    def _must_be_below(self, url: str) -> None:
        place = re.sub("^ws", "http", url)
        if not place.startswith((f"{self.site.address}/", "data:", "blob:")):
            self.wrong.append(f"asks for {url}")

    def _must_be_there(self, response: Response) -> None:
        if response.status >= 400 and not response.from_service_worker:  # it answers itself when there is no line
            self.wrong.append(f"{response.status} {response.url}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """PostgreSQL, Redis, two web processes and nginx, set up as docs/running/proxies.md says."""
    folder, port = tmp_path_factory.mktemp("behind"), free_port()
    address = f"https://localhost:{port}{PREFIX}"
    with ExitStack() as running:
        parts = running.enter_context(Parts(running.enter_context(service_folder())))
        more = {"THROUGHLINE_URL": address, "METRICS_NETWORKS": "127.0.0.1/32"}
        house = House(folder / "house", parts, 2, more)
        running.enter_context(proxies.nginx(folder, port, [server.port for server in house.servers], PREFIX))
        yield Site(running.enter_context(house), address)


@pytest.fixture
def trusting(playwright: Playwright, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A browser that believes the certificate made here, also for service workers."""
    flags = [*browser_type_launch_args["args"], "--ignore-certificate-errors"]
    browser = playwright.chromium.launch(**{**browser_type_launch_args, "args": flags})
    yield browser
    browser.close()


@pytest.fixture
def mira(site: Site, trusting: Browser) -> Somebody:
    return Somebody(site, "mira@example.org", trusting.new_context(timezone_id="Europe/Berlin", viewport=DESKTOP))


@pytest.fixture
def tomas(site: Site, trusting: Browser) -> Somebody:
    context = trusting.new_context(timezone_id="America/Los_Angeles", viewport=PHONE)
    return Somebody(site, "tomas@example.org", context)


def test_nothing_leaves_the_path_and_everything_below_it_works(site: Site, mira: Somebody, tomas: Somebody) -> None:
    mira.signs_in()
    for path in PAGES:
        mira.sees(path.format(pair=site.house.pair))
    gives_a_photo(mira)
    writes_in_the_agreement(mira)
    the_installed_app_stays_below(mira)
    tomas.signs_in()
    tomas.sees("/relationships/")
    face = tomas.page.locator(f'img[src^="{PREFIX}/account/people/"]').first
    face.wait_for()
    tomas.page.wait_for_function("face => face.complete && face.naturalWidth > 0", arg=face.element_handle())
    assert mira.wrong + tomas.wrong == []


def test_two_processes_carry_one_conversation_and_each_may_die(site: Site, mira: Somebody, tomas: Somebody) -> None:
    conversation = f"/relationships/{site.house.pair}/conversation/"
    for person in (mira, tomas):
        person.signs_in()
        person.sees(conversation)
    until(lambda: sum(site.people_at()) == 2, str)
    while site.people_at() != [1, 1]:  # the proxy hands them out in turn, pages and sockets alike
        tomas.sees(conversation)
        until(lambda: sum(site.people_at()) == 2, str)
    mira.writes("From one process")
    tomas.reads("From one process")
    tomas.writes("Through the other")
    mira.reads("Through the other")

    for which, server in enumerate(site.house.servers):
        server.kill()
        mira.writes(f"Number {which} was killed")
        tomas.reads(f"Number {which} was killed")
        tomas.writes(f"and I came back after {which}")
        mira.reads(f"and I came back after {which}")
        server.start()
    shown = [person.page.locator(".line[data-number] [data-part=text]").all_inner_texts() for person in (mira, tomas)]
    assert shown[0] == shown[1]
    assert len(shown[0]) == 6
    leaving = [each for each in mira.wrong + tomas.wrong if not re.match("50[0-9] ", each)]
    assert leaving == []


def gives_a_photo(mira: Somebody) -> None:
    made = io.BytesIO()
    Image.new("RGB", (300, 300), "teal").save(made, "JPEG")
    page = mira.sees("/account/profile/photo/")
    page.locator("input[type=file]").set_input_files(
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}
    )
    page.get_by_role("button", name="Use this photo").click()
    expect(page.locator(f'img[src^="{PREFIX}/account/people/"]').first).to_be_visible(timeout=PATIENT)


def writes_in_the_agreement(mira: Somebody) -> None:
    """Over the socket, as two who write at once; and it is still there when the page is opened anew."""
    page = mira.sees(f"/relationships/{mira.site.house.pair}/agreement/words/")
    page.get_by_role("button", name="Start writing").click()
    paper = page.get_by_role("textbox", name="In our own words")
    paper.click()
    paper.press_sequentially("Below a path.")
    expect(page.locator("page-editor .editor-state")).to_have_text("Saved", timeout=PATIENT)
    page.reload()
    expect(paper).to_contain_text("Below a path.", timeout=PATIENT)


def the_installed_app_stays_below(mira: Somebody) -> None:
    """The worker's scope is the path; without a line it shows our page; and with one, all is as before."""
    page = mira.sees("/")
    scope = page.evaluate("navigator.serviceWorker.ready.then(found => found.scope)")
    assert scope == f"{mira.site.address}/"
    page.wait_for_function(
        "navigator.serviceWorker.getRegistration().then(found => found.active?.state === 'activated')"
    )
    mira.context.set_offline(True)
    mira.sees("/relationships/")
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection just now")
    mira.context.set_offline(False)
    mira.sees("/relationships/")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("No connection just now")


def _figure(port: int, name: str) -> int:
    found = re.search(rf"^{name} ([0-9.]+)$", httpx.get(f"http://127.0.0.1:{port}/metrics").text, re.MULTILINE)
    assert found, f"/metrics shows no {name}"
    return int(float(found[1]))
