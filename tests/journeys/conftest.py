"""What every journey stands on: a server of its own, a post box, and a browser for each person."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.journeys.databases import Blank, BlankFile, BlankOnPostgres
from tests.journeys.mailbox import Mailbox
from tests.journeys.server import ROOT, Server

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream=fps=10",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    # Two windows share one screen that nobody looks at: neither may be slowed down for being behind the other.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--autoplay-policy=no-user-gesture-required",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

CONTEXTS = pytest.StashKey[list[BrowserContext]]()
PersonBrowser = Callable[..., BrowserContext]
MakeServer = Callable[..., Server]


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    here = Path(__file__).parent
    ours = [item for item in items if here in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.journey)
    yield
    # Last of all, for those who run everything in one process: once Playwright runs its event loop never rests, and
    # Django refuses its database there. Calls first among them: they are the longest.
    order = {item: 2 - is_a_call(item.path) if item in ours else 0 for item in items}
    items.sort(key=lambda item: order[item])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """What runs one after the other when `pytest -n 2 tests/journeys` runs two at once."""
    return _InTurns(config, log)


class _InTurns(LoadScopeScheduling):
    """The tests of one file, which may share a server; and all calls, since two at once would starve each other."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "calls" if is_a_call(ROOT / file) else file


@cache
def is_a_call(path: Path) -> bool:
    return "from tests.journeys.talking import" in path.read_text()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, with a camera and a microphone made of test pictures and tones."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("There is no chromium on the PATH: run `tools/browser.sh`.", pytrace=False)
    return {**browser_type_launch_args, "executable_path": program, "args": FLAGS}


@pytest.fixture
def launched(playwright: Playwright, browser_type_launch_args: dict[str, Any]) -> Iterator[Callable[[], Browser]]:
    """Start a browser process of its own; all are closed at the end."""
    browsers: list[Browser] = []

    def launch() -> Browser:
        browsers.append(playwright.chromium.launch(**browser_type_launch_args))
        return browsers[-1]

    yield launch
    for browser in browsers:
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call" and report.failed:
        _show(item)
    return report


def _show(item: pytest.Item) -> None:
    """Keep what everybody saw when a journey failed: test-results/<test>-<n>.png."""
    folder = item.config.rootpath / "test-results"
    folder.mkdir(exist_ok=True)
    pages = [page for context in item.stash.get(CONTEXTS, []) for page in context.pages]
    for number, page in enumerate(pages):
        page.screenshot(path=folder / f"{item.name.partition('[')[0]}-{number}.png", full_page=True)


@pytest.fixture
def person_browser(
    request: pytest.FixtureRequest, browser: Browser, launched: Callable[[], Browser]
) -> Iterator[PersonBrowser]:
    """person_browser("Europe/Berlin", "de-DE", PHONE) → a context with its own cookies, zone, language and camera.

    apart=True starts another browser process for it, as two people on two machines have. Everything else goes to
    Playwright's `new_context`: color_scheme="dark", java_script_enabled=False, reduced_motion="reduce".
    """
    contexts: list[BrowserContext] = request.node.stash.setdefault(CONTEXTS, [])

    def open_for(
        zone: str = "UTC",
        locale: str = "en-GB",
        viewport: dict[str, int] | None = None,
        *,
        apart: bool = False,
        permissions: tuple[str, ...] = ("camera", "microphone"),
        **more: Any,
    ) -> BrowserContext:
        context = (launched() if apart else browser).new_context(
            timezone_id=zone, locale=locale, viewport=viewport or DESKTOP, permissions=list(permissions), **more
        )
        contexts.append(context)
        return context

    yield open_for
    for context in contexts:
        context.close()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blank]:
    """Empty databases for servers."""
    if os.environ.get("DATABASE_URL"):
        with BlankOnPostgres(tmp_path_factory.mktemp("blank")) as made:
            yield made
    else:
        run = tmp_path_factory.getbasetemp()
        yield BlankFile((run.parent if os.environ.get("PYTEST_XDIST_WORKER") else run) / "blank")


@pytest.fixture
def make_server(tmp_path: Path, mailbox: Mailbox, blank: Blank) -> Iterator[MakeServer]:
    """Another server, not started yet: make_server(environment={…}). All are stopped at the end."""
    servers: list[Server] = []

    def make(environment: dict[str, str] | None = None) -> Server:
        made = Server(tmp_path / f"server-{len(servers)}", mailbox.url, environment)
        blank.lend_to(made)
        servers.append(made)
        return made

    yield make
    for server in servers:
        server.stop()


@pytest.fixture
def server(make_server: MakeServer) -> Server:
    """A running server with an empty database, whose mail goes to `mailbox`."""
    made = make_server()
    made.start()
    return made
