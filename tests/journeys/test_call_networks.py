"""Calls over bad networks: each person's browser in a network of its own, with a real relay. Needs root."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.journeys.conftest import FLAGS, MakeServer
from tests.journeys.relay import Relay
from tests.journeys.server import Server
from tests.journeys.talking import sees_the_other
from tests.journeys.test_call_media import PEOPLE
from tests.journeys.weather import HERE, Weather, missing

pytestmark = [pytest.mark.deep, pytest.mark.skipif(bool(missing()), reason=missing() or "all is there")]

WAITS = 90_000
NAMES = ["mira", "tomas"]
# The fake microphone beeps once a second: found in what the other browser plays.
HEARS = """() => {
  const video = document.querySelector(".call-tile video");
  if (!video?.srcObject?.getAudioTracks().length) return false;
  if (!window.ear) {
    const context = new AudioContext();
    window.ear = context.createAnalyser();
    context.createMediaStreamSource(video.srcObject).connect(window.ear);
  }
  const found = new Uint8Array(window.ear.frequencyBinCount);
  window.ear.getByteFrequencyData(found);
  return found.some((loudness) => loudness > 120);
}"""
RUNG = "rungs => rungs.includes(document.querySelector('call-room').dataset.rung ?? 'video')"


class Scene:
    """Two people in networks of their own, and the server's machine in between."""

    def __init__(self, playwright: Playwright, weather: Weather, server: Server, folder: Path) -> None:
        self.weather, self.server, self.folder = weather, server, folder
        self._playwright = playwright
        self._browsers: list[Browser] = []
        self.story: dict[str, str] = json.loads(server.manage("shell", "-v", "0", "-c", PEOPLE))

    def page(self, name: str) -> Page:
        flags = [*FLAGS, f"--unsafely-treat-insecure-origin-as-secure={self.server.address}"]
        flags += ["--ignore-certificate-errors", "--disable-features=WebRtcHideLocalIpsWithMdns"]
        program = self.weather.chromium(name, self.folder)
        self._browsers.append(self._playwright.chromium.launch(executable_path=program, args=flags))
        context = self._browsers[-1].new_context(permissions=["camera", "microphone"])
        context.add_cookies([{"name": "sessionid", "value": self.story[name], "url": self.server.address}])
        return context.new_page()

    def join(self) -> tuple[Page, Page]:
        mira, tomas = (self.page(name) for name in NAMES)
        for page in (mira, tomas):
            page.goto(self.server.address + self.story["call"], timeout=WAITS)
            page.get_by_role("button", name="Join").click()
        for page in (mira, tomas):
            expect(page.get_by_text("Connected", exact=True)).to_be_visible(timeout=WAITS)
        return mira, tomas

    def close(self) -> None:
        for browser in self._browsers:
            browser.close()


@pytest.fixture
def scene(
    request: pytest.FixtureRequest, playwright: Playwright, make_server: MakeServer, tmp_path: Path
) -> Iterator[Scene]:
    only_443 = bool(getattr(request, "param", False))
    with Weather(NAMES) as weather, Relay(tmp_path / "relay", HERE, 443 if only_443 else None) as relay:
        server = make_server()
        server.address = f"http://{HERE}:{server.port}"
        server.environment |= {"HOST": "0.0.0.0", "THROUGHLINE_URL": server.address, **relay.environment}
        server.start()
        made = Scene(playwright, weather, server, tmp_path)
        yield made
        made.close()


def hear_each_other(*pages: Page) -> None:
    for page in pages:
        page.wait_for_function(HEARS, timeout=WAITS)


def way_of(page: Page) -> str:
    """How this browser reaches the other: the kind of its own end."""
    return str(page.evaluate("() => document.querySelector('call-room').ways.join()"))


def test_over_an_open_network_they_see_and_hear_each_other(scene: Scene) -> None:
    pages = scene.join()
    for page in pages:
        sees_the_other(page)
    hear_each_other(*pages)
    assert "relay" not in way_of(pages[0])


def test_without_udp_the_call_takes_the_relay_over_tcp(scene: Scene) -> None:
    for name in NAMES:
        scene.weather.set(name, only_tcp=True)
    pages = scene.join()
    hear_each_other(*pages)
    assert way_of(pages[0]) in ("relay tcp", "relay tls")


@pytest.mark.parametrize("scene", [True], indirect=True)
def test_where_only_443_is_open_the_call_takes_the_relay_over_tls(scene: Scene) -> None:
    # The page's own port stands for a proxy's 443: both are web traffic to a firewall.
    for name in NAMES:
        scene.weather.set(name, ports=(443, scene.server.port))
    pages = scene.join()
    hear_each_other(*pages)
    assert way_of(pages[0]) == "relay tls"


def test_a_narrow_line_takes_the_call_down_to_voice_and_up_again(scene: Scene) -> None:
    mira, tomas = scene.join()
    hear_each_other(mira, tomas)
    scene.weather.set("tomas", kbit=50)
    tomas.wait_for_function(RUNG, arg=["voice", "text"], timeout=WAITS)
    scene.weather.set("tomas", kbit=0)
    tomas.wait_for_function(RUNG, arg=["video"], timeout=3 * WAITS)
    sees_the_other(mira)


def test_losses_and_delay_end_nothing(scene: Scene) -> None:
    scene.weather.set("tomas", loss=0.05, delay=0.15)
    pages = scene.join()
    hear_each_other(*pages)
