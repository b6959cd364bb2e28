"""Two browsers write in one text: at once, offline, and while the server is killed. Nothing said saved is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PHONE, PersonBrowser
from tests.journeys.server import ROOT, Server

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# How many updates wait in the browser: asked inside the page until it is none, or some.
UNSAVED = """async (none) => {
  const count = async () => {
    const known = await indexedDB.databases();
    if (!known.some((database) => database.name === "throughline-unsaved")) return 0;
    return new Promise((answer) => {
      const open = indexedDB.open("throughline-unsaved");
      open.onsuccess = () => {
        const asked = open.result.transaction("updates").objectStore("updates").count();
        asked.onsuccess = () => { open.result.close(); answer(asked.result); };
      };
    });
  };
  for (let tries = 0; tries < 600; tries++) {
    if (((await count()) === 0) === none) return true;
    await new Promise((again) => setTimeout(again, 100));
  }
  return false;
}"""

PEOPLE = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from throughline.accounts.models import Person
from throughline.relationships.actions import begin_relationship, join_relationship
from throughline.relationships.domain.roles import Role

def person(email, name, zone):
    made = Person.objects.create_user(email, "correct horse battery", name=name, zone=zone)
    session = SessionStore()
    session[SESSION_KEY] = str(made.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = made.get_session_auth_hash()
    session.save()
    return made, session.session_key

mentor, mira = person("mira@example.org", "Mira Lindqvist", "Europe/Berlin")
mentee, tomas = person("tomas@example.org", "Tomás Rivera", "America/Los_Angeles")
relationship = begin_relationship(by=mentor, role=Role.MENTOR)
join_relationship(relationship=relationship, by=mentee, role=Role.MENTEE)
print(json.dumps({"mira": mira, "tomas": tomas, "words": f"/relationships/{relationship.pk}/agreement/words/"}))
"""
READ = """
from throughline.coediting.models import Document
from throughline.coediting.queries import text_of
print(text_of(Document.objects.get().pk))
"""
SIGN_OUT = """
from django.contrib.sessions.models import Session
from throughline.accounts.models import Person
mira = Person.objects.get(email="mira@example.org")
for session in Session.objects.all():
    if session.get_decoded().get("_auth_user_id") == str(mira.pk):
        session.delete()
"""


@pytest.fixture
def story(server: Server) -> dict[str, str]:
    return dict(json.loads(server.manage("shell", "-v", "0", "-c", PEOPLE)))


def as_person(context: BrowserContext, server: Server, session: str) -> Page:
    context.add_cookies([{"name": "sessionid", "value": session, "url": server.address}])
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))
    page.on("console", lambda said: pytest.fail(said.text) if "Content Security Policy" in said.text else None)
    return page


def paper(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("textbox", name="In our own words")


def saved(page: Page) -> None:
    expect(page.locator("page-editor .editor-state")).to_have_text("Saved", timeout=15_000)


def test_two_write_at_once_offline_and_through_a_kill(
    server: Server, story: dict[str, str], person_browser: PersonBrowser, tmp_path: Path
) -> None:
    berlin = person_browser("Europe/Berlin")
    mira = as_person(berlin, server, story["mira"])
    tomas = as_person(person_browser("America/Los_Angeles", "en-US", PHONE), server, story["tomas"])
    mira.goto(server.address + story["words"])
    mira.get_by_role("button", name="Start writing").click()
    tomas.goto(server.address + story["words"])
    for page in (mira, tomas):
        saved(page)

    # Together.
    paper(mira).click()
    mira.keyboard.type("We meet because we want to.")
    mira.keyboard.press("Enter")
    expect(paper(tomas)).to_contain_text("because we want to")
    expect(tomas.locator(".editor-people")).to_have_text("Here now: Mira Lindqvist")
    paper(tomas).click()
    tomas.keyboard.press("Control+End")
    tomas.get_by_role("button", name="Bold").click()
    expect(tomas.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "true")
    tomas.keyboard.type("And we say so.")
    expect(paper(mira).locator("strong")).to_have_text("And we say so.")
    expect(mira.locator(".caret-name")).to_have_text("Tomás Rivera")
    for page in (mira, tomas):
        saved(page)
    mira.screenshot(path=tmp_path / "editor-desktop.png")
    tomas.screenshot(path=tmp_path / "editor-phone.png")

    # Offline: kept here, and in the page as the server has it after a reload of the other side.
    berlin.set_offline(True)
    mira.evaluate("dispatchEvent(new Event('offline'))")
    expect(mira.locator("page-editor .editor-state")).to_contain_text("Not connected")
    mira.keyboard.press("Control+End")
    mira.keyboard.type(" Written on a train.")
    expect(tomas.locator(".editor-people")).to_have_text("")
    expect(paper(tomas)).not_to_contain_text("train")
    berlin.set_offline(False)
    mira.evaluate("dispatchEvent(new Event('online'))")
    saved(mira)
    expect(paper(tomas)).to_contain_text("Written on a train.")

    # The server is killed in the middle of a word; what was not acknowledged comes from the browser.
    mira.keyboard.type(" Before")
    server.kill()
    mira.keyboard.type(" and after.")
    expect(mira.locator("page-editor .editor-state")).to_contain_text("Not connected")
    server.start()
    saved(mira)
    expect(paper(tomas)).to_contain_text("Before and after.", timeout=20_000)
    tomas.reload()
    expect(paper(tomas)).to_contain_text("Before and after.")
    said = server.manage("shell", "-v", "0", "-c", READ)
    assert "We meet because we want to." in said
    assert "Written on a train. Before and after." in said
    assert mira.evaluate(UNSAVED, True)

    # Signed out elsewhere: nothing more can be written here, and nothing stays in the browser.
    berlin.set_offline(True)
    mira.evaluate("dispatchEvent(new Event('offline'))")
    mira.keyboard.type(" Never sent.")
    assert mira.evaluate(UNSAVED, False)
    server.manage("shell", "-v", "0", "-c", SIGN_OUT)
    berlin.set_offline(False)
    mira.evaluate("dispatchEvent(new Event('online'))")
    expect(mira.locator("live-status")).to_contain_text("You are signed out", timeout=15_000)
    expect(paper(mira)).to_have_attribute("contenteditable", "false")
    assert mira.evaluate(UNSAVED, True)
    mira.screenshot(path=tmp_path / "editor-signed-out.png")


def test_the_toolbar_works_by_keyboard_and_nothing_grave_is_found(
    server: Server, story: dict[str, str], person_browser: PersonBrowser, tmp_path: Path
) -> None:
    page = as_person(person_browser("Europe/Berlin", color_scheme="dark"), server, story["mira"])
    page.goto(server.address + story["words"])
    page.get_by_role("button", name="Start writing").click()
    saved(page)
    paper(page).click()
    page.get_by_role("button", name="Bold").focus()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type("What we want")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bulleted list").click()
    page.keyboard.type("to learn at example.org")
    for _ in "example.org":
        page.keyboard.press("Shift+ArrowLeft")
    page.get_by_role("button", name="Link", exact=True).click()
    page.get_by_label("Address of the link").fill("https://example.org/")
    page.keyboard.press("Enter")
    expect(paper(page).locator("li a")).to_have_attribute("href", "https://example.org/")
    expect(paper(page).locator("h2")).to_have_text("What we want")
    saved(page)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then(result => result.violations)")
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    page.screenshot(path=tmp_path / "editor-dark.png")
    said = server.manage("shell", "-v", "0", "-c", READ)
    assert said.splitlines() == ["What we want", "- to learn at example.org"]
