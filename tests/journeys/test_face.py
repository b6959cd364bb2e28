"""The face: keys that help and jump, an app that can be installed, and a page for when there is no line."""

from __future__ import annotations

import io
import json
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, PersonBrowser
from tests.journeys.furnished import furnish
from tests.journeys.server import Server


@pytest.fixture
def mira(server: Server, person_browser: PersonBrowser) -> Page:
    """Signed in, on Today, a few minutes before a meeting."""
    ids = furnish(server)
    context = person_browser("Europe/Berlin", reduced_motion="reduce")
    context.add_cookies([{"name": "sessionid", "value": ids["mentor"], "url": server.address}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(server.address)
    return page


def keys_and_dialogs(page: Page) -> None:
    """By keyboard alone: help opens, closes, and gives the focus back; a few letters lead to a person."""
    brand = page.get_by_role("link", name="Throughline")
    brand.focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("?")  # a second time: still one
    expect(page.locator("dialog")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(brand).to_be_focused()

    page.keyboard.press("Control+k")
    jump = page.get_by_role("dialog", name="Go to")
    field = jump.get_by_role("searchbox", name="A person or a place")
    expect(field).to_be_focused()
    page.keyboard.type("tomas conv")  # without the accent
    expect(jump.get_by_role("link")).to_have_count(1)
    expect(jump.get_by_role("status")).to_have_text("1 found")
    page.keyboard.type("zzz")
    expect(jump.get_by_role("status")).to_have_text("Nothing by these letters")
    for _ in "zzz":
        page.keyboard.press("Backspace")
    page.keyboard.press("ArrowDown")
    expect(jump.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Conversation")).to_be_visible()
    page.get_by_role("textbox", name="Message").press("?")  # a question mark in words is one
    expect(page.locator("dialog[open]")).to_have_count(0)


def installable(page: Page, origin: str) -> None:
    """The manifest and its pictures are what Chromium asks of an app."""
    manifest = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"] == f"{origin}/manifest.webmanifest"
    said = json.loads(manifest["data"])
    assert (said["start_url"], said["scope"], said["display"]) == ("/", "/", "standalone")
    for icon in said["icons"]:
        body = page.request.get(origin + icon["src"]).body()
        if icon["type"] == "image/png":
            width, height = Image.open(io.BytesIO(body)).size
            assert f"{width}x{height}" == icon["sizes"]
    assert {icon.get("purpose", "any") for icon in said["icons"]} == {"any", "maskable"}


STORES = """caches.keys().then((names) => names.filter((name) => name.startsWith("throughline-offline-")))"""
AN_OLDER_ONE = """async () => {
  await (await navigator.serviceWorker.getRegistration()).unregister();
  for (const name of await caches.keys()) await caches.delete(name);
  await (await caches.open("throughline-offline-0123456789ab")).put("/static/built/old.css", new Response("old"));
}"""
TAKEN_OVER = """async (current) => {
  for (let tries = 0; tries < 600; tries++) {
    const names = await caches.keys();
    if (navigator.serviceWorker.controller !== null && names.length === 1 && names[0] === current) return true;
    await new Promise((again) => setTimeout(again, 100));
  }
  return false;
}"""


def an_upgrade_takes_over(page: Page) -> None:
    """A device that kept an older version's files: the next visit fills the new store, drops the old one, and the new
    worker answers for the open page without a reload."""
    [current] = page.evaluate(STORES)
    page.evaluate(AN_OLDER_ONE)
    page.reload()
    assert page.evaluate(TAKEN_OVER, current), page.evaluate(STORES)


def test_the_face(server: Server, mira: Page) -> None:
    keys_and_dialogs(mira)
    installable(mira, server.address)

    mira.goto(server.address)
    mira.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    stored = mira.evaluate("""async () => {
      const names = await caches.keys();
      const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return kept.flat().map((request) => new URL(request.url).pathname);
    }""")
    assert all(path == "/offline" or path.startswith("/static/built/") for path in stored), stored
    assert "/offline" in stored

    an_upgrade_takes_over(mira)
    mira.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict of the two lengths
    server.stop()
    answer = mira.goto(f"{server.address}/relationships/")
    assert answer is not None
    assert answer.status == 503
    expect(mira.get_by_role("heading", level=1)).to_have_text("No connection just now")
    expect(mira.get_by_role("region", name="Your next meetings").get_by_role("listitem")).to_have_text(
        [re.compile("24 November.* 18:00")]
    )
    assert "Tomás" not in mira.content()
    server.start()
    mira.get_by_role("link", name="Try again").click()
    expect(mira.get_by_role("heading", level=1)).to_have_text("Your people")

    # Signing out leaves nothing of it on the device.
    mira.goto(f"{server.address}/account/logout/")
    mira.get_by_role("main").get_by_role("button").first.click()
    expect(mira.get_by_role("link", name="Create an account")).to_be_visible()
    left = mira.evaluate("""async () => [
      localStorage.length, (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]""")
    assert left == [0, 0, 0]
