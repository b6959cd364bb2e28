"""A conversation: two people, four pages, a bad line and a killed server. Each message exactly once, in order."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PHONE, PersonBrowser
from tests.journeys.server import ROOT, Server

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PATIENT = 60_000  # milliseconds, on a busy machine
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
_stranger, sam = person("sam@example.org", "Sam Stranger", "UTC")
relationship = begin_relationship(by=mentor, role=Role.MENTOR)
join_relationship(relationship=relationship, by=mentee, role=Role.MENTEE)
print(json.dumps({"mira": mira, "tomas": tomas, "sam": sam, "id": str(relationship.pk)}))
"""
STORED = """
import json
from throughline.messaging.models import Message
print(json.dumps([message.text for message in Message.objects.order_by("number")]))
"""
# By script where hundreds are written: what a person does is in the other tests.
WRITE = """text => {
  const form = document.querySelector("form.composer");
  form.elements.text.value = text;
  form.requestSubmit();
}"""
COMPLETE = """count => {
  const items = [...document.querySelectorAll("[data-lines] > .line")];
  return items.length > 0 && items.every(item => item.dataset.number) && Number(items.at(-1).dataset.number) === count;
}"""
SHOWN = """() => [...document.querySelectorAll("[data-lines] > .line")]
  .map(item => [Number(item.dataset.number), item.querySelector("[data-part=text]").textContent.trim()])"""
KEPT = "() => Object.keys(localStorage).filter(key => key.startsWith('conversation:')).length"
ASK_AT_THE_SOCKET = """async id => {
  const { ticket } = await (await fetch("/live/ticket")).json();
  const wire = new WebSocket(`${location.origin.replace("http", "ws")}/live/socket`);
  wire.onopen = () => wire.send(JSON.stringify({ do: "hello", ticket }));
  return new Promise(answer => wire.onmessage = ({ data }) => [JSON.parse(data)].flat().forEach(said => {
    if (said.is === "ready") wire.send(JSON.stringify({ do: "join", n: 1, topic: `conversation:${id}`, seen: 0 }));
    else answer(said);
  }));
}"""


class Story:
    """A running pair. `address` is their conversation's."""

    def __init__(self, server: Server, person_browser: PersonBrowser) -> None:
        self.server, self._browser = server, person_browser
        self.said = dict(json.loads(server.manage("shell", "-v", "0", "-c", PEOPLE)))
        self.address = f"{server.address}/relationships/{self.said['id']}/conversation/"

    def device(self, who: str, *place: object, **more: object) -> BrowserContext:
        context = self._browser(*place, **more)
        context.add_cookies([{"name": "sessionid", "value": self.said[who], "url": self.server.address}])
        return context

    def tab(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.set_default_timeout(PATIENT)
        page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))
        page.on("console", lambda said: pytest.fail(said.text) if "Content Security Policy" in said.text else None)
        page.goto(self.address)
        return page

    def stored(self) -> list[str]:
        return list(json.loads(self.server.manage("shell", "-v", "0", "-c", STORED)))


@pytest.fixture
def story(server: Server, person_browser: PersonBrowser) -> Story:
    return Story(server, person_browser)


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENT)
    yield
    expect.set_options(timeout=5_000)


def line_of(device: BrowserContext, *, there: bool) -> None:
    device.set_offline(not there)
    for page in device.pages:
        page.evaluate("there => dispatchEvent(new Event(there ? 'online' : 'offline'))", there)


def write(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Message").fill(words)
    page.get_by_role("button", name="Send").click()


def message(page: Page, words: str):  # type: ignore[no-untyped-def]
    return page.locator(".line").filter(has_text=words)


@pytest.mark.parametrize("count", [200, pytest.param(600, marks=pytest.mark.deep)])
def test_each_message_exactly_once_and_in_order_everywhere(story: Story, count: int) -> None:
    laptop = story.device("mira", "Europe/Berlin")
    phone = story.device("tomas", "America/Los_Angeles", "en-US", PHONE, apart=True)
    desk = story.device("tomas", "America/Los_Angeles", "en-US")
    pages = [story.tab(laptop), story.tab(laptop), story.tab(phone), story.tab(desk)]
    written: list[list[str]] = [[], [], [], []]
    chance, away, down = random.Random(count), set[BrowserContext](), False

    for index in range(count):
        which = chance.randrange(4)
        words = f"message {index} of page {which}"
        pages[which].evaluate(WRITE, words)
        written[which].append(words)
        match chance.randrange(12):
            case 0:
                device = chance.choice([laptop, phone, desk])
                line_of(device, there=device in away)
                away ^= {device}
            case 1 if not down:
                page = chance.choice(pages)
                if page.context not in away:
                    page.reload()
        if index % 150 == 70:
            story.server.kill()
            down = True
        elif index % 150 == 90:
            story.server.start()
            down = False
    if down:
        story.server.start()
    for device in (laptop, phone, desk):
        line_of(device, there=True)

    for page in pages:
        page.wait_for_function(COMPLETE, arg=count)
    stored = story.stored()
    assert sorted(stored) == sorted(words for mine in written for words in mine)
    for which, mine in enumerate(written):
        assert [words for words in stored if words.endswith(f"page {which}")] == mine
    everything = [[number, words] for number, words in enumerate(stored, 1)]
    for page in pages:
        while (earlier := page.locator("[data-earlier]")).count():
            before = page.locator("[data-number]").count()
            earlier.click()
            page.wait_for_function("n => document.querySelectorAll('[data-number]').length > n", arg=before)
        assert page.evaluate(SHOWN) == everything
        assert page.evaluate(KEPT) == 0
        assert page.locator(".day").count() == 1


def test_words_survive_reloads_lost_lines_and_closed_tabs(story: Story, person_browser: PersonBrowser) -> None:
    laptop = story.device("mira", "Europe/Berlin")
    mira, second = story.tab(laptop), story.tab(laptop)
    tomas = story.tab(story.device("tomas", "America/Los_Angeles", "en-US", PHONE))

    # A draft: in both tabs of one person, after a reload, and on a dead line.
    mira.get_by_role("textbox", name="Message").press_sequentially("Half a thou")
    expect(second.get_by_role("textbox", name="Message")).to_have_value("Half a thou")
    mira.reload()
    line_of(laptop, there=False)
    mira.get_by_role("textbox", name="Message").press_sequentially("ght")
    line_of(laptop, there=True)
    mira.reload()
    expect(mira.get_by_role("textbox", name="Message")).to_have_value("Half a thought")

    # Sent, seen, asked and answered, in words.
    mira.get_by_label("Please answer").check()
    mira.get_by_role("textbox", name="Message").press("Control+Enter")
    expect(message(second, "Half a thought")).to_have_attribute("data-number", "1")
    expect(second.get_by_role("textbox", name="Message")).to_have_value("")
    expect(message(tomas, "Half a thought")).to_contain_text("Please answer")
    expect(tomas.get_by_role("status").filter(has_text="Mira Lindqvist wrote: Half a thought")).to_be_attached()
    expect(message(mira, "Half a thought").get_by_text("Seen")).to_be_visible()
    write(tomas, "The **other** half")
    expect(mira.locator(".line strong", has_text="other")).to_have_text("other")
    for page in (mira, second, tomas):
        expect(message(page, "Half a thought")).to_contain_text("Answered")

    # Written offline, the tab closed: brought from whatever page is opened next.
    line_of(laptop, there=False)
    write(mira, "Written on a train")
    expect(message(mira, "Written on a train")).to_contain_text("On its way")
    expect(message(second, "Written on a train")).to_contain_text("On its way")
    mira.close()
    second.close()
    line_of(laptop, there=True)
    later = laptop.new_page()
    later.goto(story.server.address)
    expect(message(tomas, "Written on a train")).to_have_attribute("data-number", "3")
    later.wait_for_function(f"() => ({KEPT})() === 0")

    # Refused: its words stay with the reason, also after a reload, and come back into the field.
    mira = story.tab(laptop)
    mira.evaluate(WRITE, "Far too long. " * 1_500)
    expect(message(mira, "Far too long.")).to_contain_text("A message holds at most 20000 characters")
    mira.reload()
    mira.get_by_role("button", name="Try again").click()
    expect(message(mira, "Far too long.")).to_contain_text("Send it in parts")
    mira.get_by_role("button", name="Take it back").click()
    expect(mira.locator(".refused")).to_have_count(0)
    expect(mira.get_by_role("textbox", name="Message")).to_have_value(re.compile("^Far too long. "))
    mira.get_by_role("textbox", name="Message").fill("Left standing at sign-out")
    mira.evaluate(WRITE, "Far too long. " * 1_500)
    expect(message(mira, "Far too long.")).to_contain_text("Send it in parts")
    mira.get_by_role("textbox", name="Message").fill("Left standing at sign-out")
    assert mira.evaluate(KEPT) == 2

    # Signing out elsewhere in this browser erases both, also from the open tab.
    later.goto(f"{story.server.address}/account/settings/")
    later.get_by_role("button", name="Sign out", exact=True).click()
    expect(later.get_by_role("link", name="Sign in").first).to_be_visible()
    expect(mira.get_by_role("textbox", name="Message")).to_be_disabled()
    expect(mira.get_by_role("textbox", name="Message")).to_have_value("")
    assert [page.evaluate(KEPT) for page in (later, mira)] == [0, 0]


def test_a_stranger_meets_nothing_and_no_script_is_needed(story: Story, person_browser: PersonBrowser) -> None:
    plain = story.device("mira", "Europe/Berlin", java_script_enabled=False)
    mira = plain.new_page()
    mira.set_default_timeout(PATIENT)
    mira.goto(story.address)
    write(mira, "Without a script")
    expect(message(mira, "Without a script")).to_have_attribute("data-number", "1")
    tomas = story.tab(story.device("tomas", "America/Los_Angeles", "en-US", PHONE, color_scheme="dark"))
    write(tomas, "With one")
    expect(message(tomas, "With one")).to_have_attribute("data-number", "2")
    mira.reload()
    expect(message(mira, "With one")).to_be_visible()
    expect(message(mira, "Without a script").get_by_text("Seen")).to_be_visible()
    mira.get_by_role("button", name="I have read these").click()
    expect(mira.get_by_role("button", name="I have read these")).to_have_count(0)
    expect(message(tomas, "With one").get_by_text("Seen")).to_be_visible()
    tomas.evaluate(AXE.read_text())
    found = tomas.evaluate("axe.run().then(result => result.violations)")
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []

    sam = story.device("sam", "UTC").new_page()
    sam.set_default_timeout(PATIENT)
    answer = sam.goto(story.address)
    assert answer
    assert answer.status == 404
    assert sam.evaluate(ASK_AT_THE_SOCKET, story.said["id"]) == {"is": "refused", "n": 1, "reason": "not-found"}
