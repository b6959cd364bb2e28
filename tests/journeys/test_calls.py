"""A call beside its picture: what was chosen is remembered, a screen is shown, words are written, a line spared."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, PersonBrowser
from tests.journeys.server import Server
from tests.journeys.talking import sees_the_other
from tests.journeys.test_call_media import as_person, story  # noqa: F401  a fixture

WAITS = 60_000
HEARS_ITSELF = "() => document.querySelector('[data-part=level]').value > 0.02"
SHARED = "() => document.querySelector('[data-part=shared-video]').getVideoPlaybackQuality().totalVideoFrames > 2"
SAID = """
import json
from throughline.messaging.models import Message
print(json.dumps([message.text for message in Message.objects.order_by("number")]))
"""


def more(page: Page, name: str) -> None:
    page.get_by_role("button", name="More").click()
    page.get_by_role("dialog", name="More").get_by_role("button", name=re.compile(f"^{name}")).click()


def code_of(page: Page) -> str:
    page.get_by_role("button", name="More").click()
    shown = page.locator("[data-part=codes] dd")
    expect(shown).to_have_text(re.compile(r"^(\d{4} ){4}\d{4}$"), timeout=WAITS)
    code = shown.inner_text()
    page.get_by_role("dialog", name="More").get_by_role("button", name="Close").click()
    return code


def test_what_a_call_offers_besides_talking(
    server: Server,
    story: dict[str, str],  # noqa: F811
    person_browser: PersonBrowser,
) -> None:
    mira = as_person(person_browser("Europe/Berlin"), server, story["mira"])
    tomas = as_person(person_browser("America/Los_Angeles", "en-US", PHONE), server, story["tomas"])
    stranger = as_person(person_browser(), server, story["stranger"])
    assert stranger.request.get(f"{server.address}{story['call']}ticket/").status == 404

    # Before: one hears that one is heard, and this device remembers how the call was entered.
    for page in (mira, tomas):
        page.goto(server.address + story["call"])
        page.wait_for_function(HEARS_ITSELF)
    tomas.get_by_text("Devices and privacy").click()
    expect(tomas.get_by_role("region", name="Ready to talk").get_by_label("Loudspeaker")).to_be_visible()
    tomas.get_by_text("Next time, join at once").click()
    tomas.reload()  # with that, no press at all
    mira.get_by_role("button", name="Join").click()
    for page in (mira, tomas):
        sees_the_other(page)
    assert code_of(mira) == code_of(tomas)

    # What is typed lands in the conversation, from either side.
    mira.get_by_role("button", name="Chat").click()
    mira.get_by_label("Message").fill("Chapter two by Friday?")
    mira.keyboard.press("Enter")
    expect(tomas.locator("[data-part=told]")).to_have_text("Mira Lindqvist wrote: Chapter two by Friday?")
    tomas.get_by_role("button", name=re.compile("Chat")).click()
    tomas.get_by_label("Message").fill("Thursday, even")
    tomas.get_by_role("button", name="Send").click()
    expect(mira.locator(".call-line")).to_have_count(2)
    expect(mira.locator(".call-line").last).to_contain_text("Thursday, even")
    assert server.manage("shell", "-v", "0", "-c", SAID).strip() == '["Chapter two by Friday?", "Thursday, even"]'
    for page in (mira, tomas):
        page.get_by_role("complementary", name="Beside the call").get_by_role("button", name="Close").click()

    # Captions, a hand, the keys, a screen.
    more(tomas, "Type captions")
    tomas.get_by_label("What is being said").fill("She says: the second figure")
    tomas.keyboard.press("Enter")
    expect(mira.get_by_role("log", name="Captions")).to_contain_text("She says: the second figure")
    more(tomas, "Hand")
    expect(mira.get_by_text("Hand up")).to_be_visible()
    tomas.keyboard.press("Escape")
    mira.get_by_role("heading", name="Tomás Rivera").focus()
    mira.keyboard.press("Control+d")
    expect(tomas.get_by_text("Mira Lindqvist · microphone off")).to_be_visible()
    mira.keyboard.down("Space")
    expect(tomas.locator(".call-tile figcaption")).to_have_text("Mira Lindqvist")
    mira.keyboard.up("Space")
    expect(tomas.get_by_text("Mira Lindqvist · microphone off")).to_be_visible()
    mira.keyboard.press("?")
    expect(mira.get_by_role("dialog", name="Keys in a call")).to_be_visible()
    mira.keyboard.press("Escape")
    mira.get_by_role("button", name="Screen").first.click()
    tomas.wait_for_function(SHARED)
    mira.get_by_role("button", name="Screen").first.click()
    expect(tomas.locator("[data-part=shared]")).to_be_hidden()

    # By hand down the ladder and up again; the call goes on.
    mira.get_by_role("button", name="More").click()
    mira.get_by_label("Voice only").check()
    expect(tomas.get_by_text("Mira Lindqvist · microphone off · camera off")).to_be_visible()
    mira.get_by_label("As good as the line allows").check()
    expect(tomas.locator(".call-tile figcaption")).to_have_text("Mira Lindqvist · microphone off")
    mira.keyboard.press("Escape")
    sees_the_other(tomas)
