"""The agreement, by two far apart: prepare alone, side by side, draft at once over a dropped line, disagree, sign,
amend, and look at it again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PHONE, PersonBrowser
from tests.journeys.server import Server
from tests.journeys.test_writing_together import PEOPLE, as_person
from tests.journeys.walks import acknowledge

PATIENCE = 30_000
STRANGER = """
stranger, sam = person("sam@example.org", "Sam Stranger", "UTC")
agreement = f"/relationships/{relationship.pk}/agreement/"
print(json.dumps({"mira": mira, "tomas": tomas, "sam": sam, "agreement": agreement}))
"""
READ = """
import json
from throughline.agreements.models import Agreement, Version
from throughline.coediting.queries import authors_of, text_of
from throughline.accounts.models import Person
names = {person.pk: person.called for person in Person.objects.all()}
prose = Agreement.objects.get().prose
print(json.dumps({
    "prose": text_of(prose), "authors": sorted(names[key] for key in authors_of(prose)),
    "in_force": [version.number for version in Version.objects.all() if version.in_force_at],
}))
"""


REVIEW_TODAY = """
from throughline.agreements.models import Review
from throughline.foundation import clock
assert Review.objects.filter(ended_at=None).update(due_on=clock.today_in("UTC")) == 1
"""


@pytest.fixture
def story(server: Server) -> dict[str, str]:
    script = PEOPLE.rsplit("print(", 1)[0] + STRANGER
    return dict(json.loads(server.manage("shell", "-v", "0", "-c", script)))


@pytest.fixture
def opens(server: Server, story: dict[str, str]) -> Callable[[Page, str], Page]:
    def goto(page: Page, path: str) -> Page:
        page.goto(server.address + story["agreement"] + path)
        return page

    return goto


Opens = Callable[[Page, str], Page]


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


def test_two_people_far_apart_agree(
    server: Server, story: dict[str, str], opens: Opens, person_browser: PersonBrowser
) -> None:
    berlin = person_browser("Europe/Berlin")
    los_angeles = person_browser("America/Los_Angeles", "en-US", PHONE)
    mira, tomas = as_person(berlin, server, story["mira"]), as_person(los_angeles, server, story["tomas"])
    for page in (mira, tomas):
        page.set_default_timeout(PATIENCE)
    prepare_apart(mira, tomas, opens)
    side_by_side(mira, tomas, opens)
    type_at_once(mira, tomas, opens, los_angeles)
    write_words(mira, tomas, opens, berlin)
    two_tabs_and_a_double_click(berlin, mira, opens)
    disagree_and_sign(server, mira, tomas, opens)
    amend(mira, tomas, opens)
    look_again(server, mira, tomas, opens)
    sam = as_person(person_browser("UTC"), server, story["sam"])
    for path in ("", "parts/objectives/", "parts/objectives/fields/", "prepare/", "prepare/side-by-side/", "sign/"):
        answer = sam.goto(server.address + story["agreement"] + path)
        assert answer is not None
        assert answer.status == 404, path


def prepare_apart(mira: Page, tomas: Page, opens: Opens) -> None:
    """Kept as typed, gone on with after a reload, and nobody else's until shown."""
    opens(mira, "").get_by_role("link", name="Prepare on my own").click()
    mira.get_by_role("link", name="Next: What we want to reach").click()
    mira.locator("[name=aim_1]").fill("Lead the weekly planning")
    expect(mira.get_by_text("Kept.")).to_be_visible()
    mira.reload()
    expect(mira.locator("[name=aim_1]")).to_have_value("Lead the weekly planning")
    mira.locator("[name=outcome_1]").fill("Three weeks without help")
    mira.get_by_role("button", name="Keep it and go on").click()
    expect(mira.get_by_role("heading", name="When we meet")).to_be_visible()
    opens(mira, "prepare/words/").locator("[name=why]").fill("Because somebody once did it for me")
    mira.get_by_role("button", name="Stop here for now").click()

    opens(tomas, "prepare/objectives/").locator("[name=aim_1]").fill("Publish the pilot")
    tomas.locator("[name=outcome_1]").fill("It is with a journal")
    tomas.get_by_role("button", name="Stop here for now").click()
    tomas.get_by_role("button", name="Show Mira Lindqvist what I have").click()
    expect(tomas.get_by_text("Mira Lindqvist has not shown any answers yet.")).to_be_visible()
    expect(tomas.get_by_text("Lead the weekly planning")).to_have_count(0)


def side_by_side(mira: Page, tomas: Page, opens: Opens) -> None:
    """One tap for each part: both objectives, Mira's words."""
    opens(mira, "prepare/").get_by_role("button", name="Show Tomás Rivera what I have").click()
    objectives, words = mira.locator("section#objectives"), mira.locator("section#words")
    expect(objectives.get_by_text("Publish the pilot")).to_be_visible()
    objectives.get_by_role("button", name="Take both").click()
    expect(objectives.get_by_text("in the draft", exact=True)).to_be_visible()
    words.get_by_role("button", name="Take mine").click()
    expect(words.get_by_text("in the draft", exact=True)).to_be_visible()
    opens(mira, "starting-texts/").get_by_role("button", name="Begin with this").first.click()
    expect(mira.get_by_text("There is something to start from now.")).to_be_visible()


def type_at_once(mira: Page, tomas: Page, opens: Opens, los_angeles: BrowserContext) -> None:
    """Both in one section: different fields at one moment, one field over a dropped line, and nobody loses a letter."""
    for page in (mira, tomas):
        opens(page, "parts/objectives/")
        expect(page.locator("[name=aim_2]")).to_have_value("Publish the pilot")
    tomas.locator("[name=outcome_2]").focus()
    beside = mira.locator(".field").filter(has=mira.locator("[name=outcome_2]")).locator(".is-here")
    expect(beside).to_have_text("TR")
    expect(mira.locator("[data-announce]")).to_contain_text("Tomás Rivera is here")

    for page, name, more in ((mira, "aim_2", ", with care"), (tomas, "outcome_2", " by June")):
        page.locator(f"[name={name}]").press("End")
        page.keyboard.type(more)
    expect(tomas.locator("[name=aim_2]")).to_have_value("Publish the pilot, with care")
    mira.locator("[name=aim_2]").blur()
    expect(mira.locator("[name=outcome_2]")).to_have_value("It is with a journal by June")

    # The line drops; both go on in the same field; it comes back; the later stands and the earlier is one tap away.
    los_angeles.set_offline(True)
    tomas.evaluate("dispatchEvent(new Event('offline'))")
    tomas.locator("[name=aim_1]").fill("Lead the planning and the review")
    expect(tomas.get_by_text("Not connected. What you type is kept in this browser")).to_be_visible()
    mira.locator("[name=aim_1]").fill("Lead every planning")
    expect(mira.get_by_text("Saved as you type.")).to_be_visible()
    los_angeles.set_offline(False)
    tomas.evaluate("dispatchEvent(new Event('online'))")
    for page in (mira, tomas):
        note = page.locator(".note").filter(has_text="“Lead every planning”")
        expect(note).to_be_visible()
    mira.locator("[name=outcome_1]").focus()
    expect(mira.locator("[name=aim_1]")).to_have_value("Lead the planning and the review")
    mira.locator(".note").get_by_role("button", name="Take it back").click()
    expect(mira.locator("[name=aim_1]")).to_have_value("Lead every planning")
    note = tomas.locator(".note").filter(has_text="“Lead the planning and the review”")
    note.get_by_role("button", name="Leave it").click()
    expect(tomas.locator(".note")).to_have_count(0)
    expect(tomas.locator("[name=aim_1]")).to_have_value("Lead every planning")


def write_words(mira: Page, tomas: Page, opens: Opens, berlin: BrowserContext) -> None:
    """The page of own words: each types while the other does, one of them without a line."""
    for page in (mira, tomas):
        opens(page, "words/")
        expect(page.locator("page-editor .editor-state")).to_have_text("Saved")
    berlin.set_offline(True)
    mira.evaluate("dispatchEvent(new Event('offline'))")
    for page, text in ((mira, " Written on a train."), (tomas, " Written at home.")):
        page.get_by_role("textbox", name="In our own words").click()
        page.keyboard.press("Control+End")
        page.keyboard.type(text)
    berlin.set_offline(False)
    mira.evaluate("dispatchEvent(new Event('online'))")
    for page in (mira, tomas):
        paper = page.get_by_role("textbox", name="In our own words")
        expect(paper).to_contain_text("Written on a train.")
        expect(paper).to_contain_text("Written at home.")
        expect(page.locator("page-editor .editor-state")).to_have_text("Saved")


def two_tabs_and_a_double_click(berlin: BrowserContext, mira: Page, opens: Opens) -> None:
    """Mira's other tab saves something else in the same part; her double click saves once."""
    other = berlin.new_page()
    for page in (mira, other):
        opens(page, "parts/schedule/")
    other.locator("[name=minutes]").fill("45")
    other.get_by_role("button", name="Save").dblclick()
    expect(other.get_by_role("heading", name="Your agreement")).to_be_visible()
    expect(mira.locator("[name=minutes]")).to_have_value("45")
    mira.locator("[name=time]").fill("18:30")
    mira.get_by_role("button", name="Save").click()
    expect(mira.locator("[data-part=schedule]")).to_contain_text("18:30")
    expect(mira.locator("[data-part=schedule]")).to_contain_text("45 minutes")
    other.close()


def disagree_and_sign(server: Server, mira: Page, tomas: Page, opens: Opens) -> None:
    """Mira signs; Tomás wants one thing different; Mira sees what changed, and both sign that."""
    sign(mira, opens)
    opens(tomas, "parts/responses/").locator("[name=mentor_amount]").fill("3")
    tomas.get_by_role("button", name="Save").click()
    expect(tomas.get_by_text("Version 1 was changed after")).to_be_visible()
    sign(tomas, opens)
    opens(mira, "sign/").get_by_text("What changed since version 1").click()
    expect(mira.get_by_text("The mentor answers the mentee within 3 working days").first).to_be_visible()
    sign(mira, opens)
    expect(mira.get_by_role("heading", name="In force")).to_be_visible()
    said = json.loads(server.manage("shell", "-v", "0", "-c", READ))
    assert said["in_force"] == [2]
    assert said["authors"] == ["Mira Lindqvist", "Tomás Rivera"]
    for text in ("Because somebody once did it for me", "Written on a train.", "Written at home."):
        assert text in said["prose"]


def amend(mira: Page, tomas: Page, opens: Opens) -> None:
    """Tomás proposes another time for one part and signs it; with Mira's signature it is in force at once."""
    opens(tomas, "proposals/new/responses/").locator("[name=mentor_amount]").fill("4")
    tomas.locator("[name=reason]").fill("The pilot takes all your days in December.")
    tomas.get_by_role("button", name=re.compile("^Propose")).click()
    expect(tomas.get_by_role("heading", name="A proposed change")).to_be_visible()
    mine = tomas.get_by_role("button", name="Sign my proposal")
    if prove(tomas) or mine.is_visible():  # their proof was too old when they proposed
        mine.click()
    expect(tomas.get_by_text("Waiting for Mira Lindqvist")).to_be_visible()

    opens(mira, "proposals/").get_by_role("link", name="How soon we answer").click()
    expect(mira.get_by_text("The pilot takes all your days in December.")).to_be_visible()
    expect(mira.locator("ins")).to_contain_text("within 4 working days")
    prove(mira)
    mira.get_by_role("button", name="Accept and sign").click()
    expect(mira.get_by_text("All of you have signed it: it is part of version 3.")).to_be_visible()


def look_again(server: Server, mira: Page, tomas: Page, opens: Opens) -> None:
    """On the day of the review both find what they agreed beside what happened, and confirm it with one press."""
    server.manage("shell", "-v", "0", "-c", REVIEW_TODAY)
    for page, said in ((mira, "It is done when everybody has."), (tomas, "The next look is on")):
        opens(page, "review/")
        expect(page.get_by_text("within 4 working days")).to_be_visible()
        prove(page)
        page.get_by_role("button", name="Confirm it as it is").click()
        expect(page.get_by_text(said)).to_be_visible()


def prove(page: Page) -> bool:
    """Say who one is, where the page asks; whether it did."""
    confirm = page.get_by_role("button", name="Confirm that it is me")
    if not confirm.is_visible():
        return False
    confirm.click()
    page.locator('[name="password"]').fill("correct horse battery")
    page.get_by_role("button", name="It is me", exact=True).click()
    return True


def sign(page: Page, opens: Opens) -> None:
    opens(page, "sign/")
    prove(page)
    acknowledge(page)
    page.get_by_role("button", name=re.compile("^Sign version")).click()
    expect(page.get_by_role("heading", name="Your agreement")).to_be_visible()
