"""A fuller conversation: a mentor at a laptop with two tabs, a mentee on a phone, and nothing is reloaded."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.journeys.conftest import PHONE, PersonBrowser
from tests.journeys.server import Server
from tests.journeys.test_conversation import AXE, PATIENT, Story, line_of, write


@pytest.fixture
def story(server: Server, person_browser: PersonBrowser) -> Story:
    return Story(server, person_browser)


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENT)
    yield
    expect.set_options(timeout=5_000)


def message(page: Page, words: str) -> Locator:
    return page.locator(".line").filter(has=page.locator("[data-part=text]").filter(has_text=words))


def menu(page: Page, words: str, chosen: str) -> None:
    message(page, words).get_by_label("More about this message").click()
    page.get_by_role("group", name="This message").get_by_text(chosen, exact=True).click()


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message")


def a_photo() -> FilePayload:
    made, notes = io.BytesIO(), Image.Exif()
    notes[0x010F] = "CAMERA-9023"
    Image.effect_noise((1200, 900), 80).convert("RGB").save(made, "JPEG", exif=notes, quality=95)
    return {"name": "holiday.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def add(page: Page, *files: FilePayload) -> None:
    page.locator("[data-files-input]").set_input_files(list(files))


def complete(page: Page) -> str:
    """axe's serious faults, in one line."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then(result => result.violations)")
    return ", ".join(one["id"] for one in found if one["impact"] in ("serious", "critical"))


def test_reply_sign_edit_and_delete_are_live_for_both(story: Story) -> None:
    laptop = story.device("mira", "Europe/Berlin")
    mira, second = story.tab(laptop), story.tab(laptop)
    phone = story.device("tomas", "America/Los_Angeles", "en-US", PHONE, color_scheme="dark")
    tomas = story.tab(phone)

    # A reply shows what it answers, and one tap leaves a sign; by keyboard it is taken back.
    write(mira, "How did the **rehearsal** go?")
    menu(tomas, "rehearsal", "Reply")
    write(tomas, "Better than I feared")
    for page in (mira, second, tomas):
        expect(message(page, "Better than").locator(".quoted")).to_contain_text("How did the rehearsal go?")
    menu(mira, "Better than", "🎉")
    for page in (second, tomas):
        expect(message(page, "Better than").locator(".sign")).to_contain_text("Hooray: ")
    message(second, "Better than").locator(".sign").press("Enter")
    expect(message(tomas, "Better than").locator(".sign")).to_have_count(0)

    # The up arrow edits the last; half done it survives a reload, and Escape leaves it.
    field(mira).press("ArrowUp")
    expect(field(mira)).to_have_value("How did the **rehearsal** go?")
    field(mira).fill("How did it go on Tuesday?")
    mira.reload()
    expect(field(mira)).to_have_value("How did it go on Tuesday?")
    field(mira).press("Escape")
    expect(field(mira)).to_have_value("")
    expect(message(tomas, "rehearsal").get_by_text("Edited")).to_be_hidden()
    field(mira).press("ArrowUp")
    expect(field(mira)).to_have_value("How did the **rehearsal** go?")
    field(mira).fill("How did it go on Tuesday?")
    field(mira).press("Enter")
    for page in (mira, second, tomas):
        expect(message(page, "on Tuesday").get_by_role("link", name="Edited")).to_be_visible()
        expect(message(page, "Better than").locator(".quoted")).to_contain_text("on Tuesday")

    # What was changed while the phone had no line is there when it comes back.
    write(tomas, "Wrong window")
    expect(message(mira, "Wrong window")).to_have_attribute("data-number", "3")
    menu(tomas, "Wrong window", "Delete")
    tomas.get_by_role("button", name="Yes, delete it").click()
    for page in (mira, second, tomas):
        expect(message(page, "Deleted by Tomás Rivera")).to_be_visible()
    line_of(phone, there=False)
    menu(mira, "Better than", "👍")
    menu(mira, "on Tuesday", "Edit")
    expect(field(mira)).to_have_value("How did it go on Tuesday?")
    field(mira).fill("How did it go on Wednesday?")
    mira.get_by_role("button", name="Send").click()
    expect(message(second, "on Wednesday")).to_be_visible()
    line_of(phone, there=True)
    expect(message(tomas, "on Wednesday")).to_be_visible()
    expect(message(tomas, "Better than").locator(".sign")).to_contain_text("Thumbs up")
    assert complete(tomas) == ""

    # How it read before is there for both.
    menu(tomas, "on Wednesday", "What it said before")
    expect(tomas.get_by_text("How did the **rehearsal** go?")).to_be_visible()
    expect(tomas.get_by_text("How did it go on Tuesday?")).to_be_visible()
    assert complete(tomas) == ""


def test_files_pictures_voice_and_search(story: Story) -> None:
    mira = story.tab(story.device("mira", "Europe/Berlin"))
    phone = story.device("tomas", "America/Los_Angeles", "en-US", PHONE)
    tomas = story.tab(phone)

    # A program named like a picture is refused in words; the rest goes up, in pieces, while words are typed.
    program: FilePayload = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"MZ" + b"\0" * 99}
    add(tomas, program)
    expect(tomas.locator(".chip")).to_contain_text("This file would run as a program")
    tomas.locator(".chip").get_by_role("button", name="Take it out").click()
    line_of(phone, there=False)
    add(tomas, a_photo())
    field(tomas).fill("From the weekend")
    expect(tomas.locator(".chip")).to_contain_text("Waits for the line")
    tomas.get_by_role("button", name="Send").click()
    expect(tomas.get_by_text("It is sent as soon as the files are there.")).to_be_visible()
    line_of(phone, there=True)
    sent = message(mira, "From the weekend")
    expect(sent).to_have_attribute("data-number", "1")
    expect(sent.get_by_role("img", name="Picture: holiday.jpg")).to_have_js_property("naturalWidth", 960)

    # It opens large, and what is saved has lost what the camera wrote.
    sent.locator("a.picture").click()
    expect(mira.get_by_role("dialog").get_by_role("img")).to_have_js_property("naturalWidth", 1200)
    with mira.expect_download() as saved:
        mira.get_by_role("dialog").get_by_role("link", name="Save").click()
    assert saved.value.suggested_filename == "holiday.jpg"
    assert b"CAMERA-9023" not in saved.value.path().read_bytes()
    mira.get_by_role("dialog").get_by_role("button", name="Close").click()

    # Uploaded and not sent, a file survives a reload.
    draft: FilePayload = {"name": "Kapitel drei.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n"}
    add(mira, draft)
    expect(mira.locator(".chip")).to_contain_text("Ready")
    mira.reload()
    expect(mira.locator(".chip")).to_contain_text("Kapitel drei.pdf")
    mira.get_by_role("button", name="Send").click()
    expect(tomas.get_by_role("link", name="Kapitel drei.pdf")).to_be_visible()

    # A voice note is recorded, sent and heard.
    mira.get_by_role("button", name="Record a voice note").click()
    mira.wait_for_function("() => document.querySelector('[data-part=elapsed]').textContent >= '0:01'")
    mira.get_by_role("button", name="Stop").click()
    expect(mira.locator(".chip")).to_contain_text("Ready")
    mira.get_by_role("button", name="Send").click()
    tomas.locator("voice-note").get_by_role("button", name="Play").click()
    tomas.wait_for_function("() => document.querySelector('voice-note audio').currentTime > 0.2")
    assert complete(mira) == ""

    # What was said is found, and leads to its place.
    tomas.get_by_role("link", name="Search the conversation").click()
    tomas.get_by_label("Words").fill("KAPITEL")
    tomas.get_by_role("button", name="Search").click()
    tomas.get_by_role("link", name="Kapitel").click()
    expect(tomas.locator("#m2")).to_be_in_viewport()
    assert "KAPITEL" not in tomas.url
