"""Goals: from an objective of the agreement to a goal that moves, told by two people; a stranger finds nothing."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import PHONE, PersonBrowser
from tests.journeys.server import Server

PATIENT = 60_000  # milliseconds, on a busy machine
NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
PEOPLE = """
import json
from datetime import UTC, datetime, timedelta
import time_machine
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from throughline.accounts.models import Person
from throughline.meetings.models import Meeting
from throughline.meetings.tests import scenes

def person(email, name, zone):
    made = Person.objects.create_user(email, "correct horse battery", name=name, zone=zone)
    session = SessionStore()
    session.set_expiry(90 * 24 * 3600)  # the clock moves by weeks
    session[SESSION_KEY] = str(made.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = made.get_session_auth_hash()
    session.save()
    return made, session.session_key

NOW = datetime.fromisoformat("%s")
mentor, mira = person("mira@example.org", "Mira Lindqvist", "Europe/Berlin")
mentee, tomas = person("tomas@example.org", "Tomás Rivera", "America/Los_Angeles")
_stranger, sam = person("sam@example.org", "Sam Stranger", "UTC")
pair = scenes.begin(mentor, mentee)
with time_machine.travel(scenes.FIRST, tick=False):
    scenes.sign(pair)
meeting = Meeting.objects.filter(relationship_id=pair.pk, start__lt=NOW).order_by("-start")[0]
scenes.talk(pair, meeting, [mentor, mentee], late=2, minutes=45, cameras=True)
print(json.dumps({"mira": mira, "tomas": tomas, "sam": sam, "id": str(pair.pk), "meeting": str(meeting.pk),
                  "now": str((meeting.end + timedelta(hours=2)).timestamp())}))
""".replace("%s", NOW.isoformat())


@pytest.fixture
def people(server: Server) -> dict[str, str]:
    found = dict(json.loads(server.manage("shell", "-v", "0", "-c", PEOPLE)))
    server.move_clock(float(found["now"]) - time.time())
    return found


def signed_in(context: BrowserContext, server: Server, session: str) -> BrowserContext:
    context.add_cookies([{"name": "sessionid", "value": session, "url": server.address}])
    context.set_default_timeout(PATIENT)
    return context


def test_a_goal_moves(server: Server, people: dict[str, str], person_browser: PersonBrowser) -> None:
    relationship = f"{server.address}/relationships/{people['id']}/"
    berlin = person_browser("Europe/Berlin", "en-GB", PHONE, service_workers="block")
    angeles = person_browser("America/Los_Angeles", "en-US", service_workers="block")
    mira = signed_in(berlin, server, people["mira"]).new_page()
    tomas = signed_in(angeles, server, people["tomas"]).new_page()

    # An objective becomes a goal in one step; what it lacks is said.
    tomas.goto(f"{relationship}goals/")
    tomas.get_by_role("button", name="Make it a goal").first.click()
    expect(tomas.get_by_role("heading", name="What makes it measurable")).to_be_visible()
    goal = tomas.url
    tomas.get_by_role("link", name="How will it show? Choose a measure").click()
    tomas.fill('[name="unit"]', "pages")
    tomas.fill('[name="baseline"]', "10")
    tomas.fill('[name="target"]', "10")
    tomas.get_by_role("button", name="Measure it so").click()
    expect(tomas.get_by_text("This is where it stands today already.")).to_be_visible()
    assert tomas.input_value('[name="unit"]') == "pages"  # nothing typed is lost
    tomas.fill('[name="baseline"]', "0")
    tomas.fill('[name="target"]', "60")
    tomas.get_by_role("button", name="Measure it so").click()
    tomas.get_by_role("link", name="By when? Set a date").click()
    tomas.fill('[name="due"]', "2026-12-20")
    tomas.get_by_role("button", name="Set this date").click()
    expect(tomas.get_by_text("No measure yet")).to_have_count(0)

    # Progress takes a line: on the goal's page with its day, with a word too much, and by double click.
    for day, line in (("2026-11-02", "4"), ("2026-11-09", "9 pages"), ("2026-11-16", "15, the method is written")):
        tomas.fill('[name="line"]', line)
        tomas.get_by_text("Another day, or a page that shows it").click()
        tomas.fill('[name="day"]', day)
        tomas.get_by_role("button", name="Record", exact=True).click()
        expect(tomas.get_by_text("Recorded.")).to_be_visible()
    expect(tomas.get_by_text("Too early to say where this leads")).to_be_visible()
    tomas.fill('[name="line"]', "22 chapters")
    tomas.get_by_role("button", name="Record", exact=True).click()
    expect(tomas.get_by_text("This goal counts pages")).to_be_visible()
    assert tomas.input_value('[name="line"]') == "22 chapters"
    tomas.fill('[name="line"]', "22 pages")
    tomas.get_by_role("button", name="Record", exact=True).dblclick()
    expect(tomas.get_by_text("22 of 60 pages")).to_be_visible()
    expect(tomas.get_by_text(re.compile("Going on as it has, it gets there"))).to_be_visible()
    assert tomas.locator("#recorded ~ ul > li").count() == 4

    # The chart is read point by point, by keys and by a finger or the mouse.
    keys = tomas.get_by_role("slider", name="Points of the chart, one by one")
    keys.press("ArrowLeft")
    expect(keys).to_have_attribute("aria-valuetext", "15 pages, 16 Nov 2026, you")
    expect(tomas.locator("[data-read]")).to_have_text("15 pages, 16 Nov 2026, you")
    tomas.locator("chart-points circle").first.hover()
    expect(tomas.locator("[data-read]")).to_have_text("4 pages, 2 Nov 2026, you")

    # The other sees it at once, and records from the meeting's page, the relationship's and the conversation.
    mira.goto(f"{server.address}/meetings/{people['meeting']}/")
    mira.get_by_role("textbox", name=re.compile("Progress on")).fill("24 pages, read together")
    mira.get_by_role("button", name="Record", exact=True).click()
    expect(mira.get_by_text("Recorded.")).to_be_visible()
    assert people["meeting"] in mira.url
    mira.goto(relationship)
    mira.get_by_role("textbox", name=re.compile("Progress on")).fill("+1")
    mira.get_by_role("button", name="Record", exact=True).click()
    expect(mira.get_by_text("25 of 60 pages")).to_be_visible()
    mira.goto(f"{relationship}conversation/")
    mira.get_by_role("link", name="Progress").click()
    mira.locator('#beside-composer [name="line"]').fill("26")
    mira.locator("#beside-composer").get_by_role("button", name="Record").click()
    expect(mira.get_by_text("Recorded.")).to_be_visible()
    assert mira.url.endswith("conversation/")

    # The owner's Today has the line too; a slip is corrected, and what it said stays.
    tomas.goto(server.address)
    tomas.get_by_role("textbox", name=re.compile("Progress on")).fill("270")
    tomas.get_by_role("button", name="Record", exact=True).click()
    expect(tomas.get_by_text("Recorded.")).to_be_visible()
    tomas.goto(goal)
    tomas.get_by_role("link", name=re.compile("^Correct")).first.click()
    tomas.fill('[name="value"]', "27")
    tomas.get_by_role("button", name="Correct it").click()
    expect(tomas.get_by_text("27 of 60 pages")).to_be_visible()
    expect(tomas.get_by_text("Corrected once")).to_be_visible()

    # Goal talk: what was touched within a day of the meeting counts.
    tomas.goto(f"{relationship}practices/goal-talk/")
    expect(tomas.get_by_text("1 of 1, too early to say").first).to_be_visible()

    # A private goal is nobody else's; a stranger finds neither.
    tomas.goto(f"{relationship}goals/new/")
    tomas.fill('[name="sentence"]', "Ask for a raise")
    tomas.check('[name="private"]')
    tomas.check('[name="kind"][value="none"]')
    tomas.get_by_role("button", name="Write it down").click()
    expect(tomas.get_by_text("Only you see this goal.")).to_be_visible()
    private = tomas.url
    mira.goto(f"{relationship}goals/")
    expect(mira.get_by_text("Ask for a raise")).to_have_count(0)
    for path in (private, f"{private}words/"):
        answer = mira.goto(path)
        assert answer is not None
        assert answer.status == 404
    sam = signed_in(person_browser("UTC", service_workers="block"), server, people["sam"]).new_page()
    for path in (goal, private, f"{relationship}goals/", f"{goal}measure/"):
        answer = sam.goto(path)
        assert answer is not None
        assert answer.status == 404


def test_levels_are_agreed_by_both_and_a_late_goal_has_choices(
    server: Server, people: dict[str, str], person_browser: PersonBrowser
) -> None:
    relationship = f"{server.address}/relationships/{people['id']}/"
    berlin = person_browser("Europe/Berlin", service_workers="block")
    angeles = person_browser("America/Los_Angeles", "en-US", PHONE, service_workers="block")
    mira = signed_in(berlin, server, people["mira"]).new_page()
    tomas = signed_in(angeles, server, people["tomas"]).new_page()
    tomas.goto(f"{relationship}goals/new/")
    tomas.fill('[name="sentence"]', "Speak to a room without notes")
    tomas.fill('[name="due"]', "2026-12-01")
    tomas.check('[name="kind"][value="levels"]')
    tomas.get_by_role("button", name="Write it down").click()
    said = ("I avoid it", "I read it out", "I glance at notes", "I need none", "I enjoy it")
    for number, words in enumerate(said):
        tomas.fill(f'[name="level_{number}"]', words)
    tomas.fill('[name="weight"]', "0")
    tomas.get_by_role("button", name="Measure it so").click()
    expect(tomas.get_by_text("A weight of 0 would leave this goal out")).to_be_visible()
    tomas.fill('[name="weight"]', "2")
    tomas.get_by_role("button", name="Measure it so").click()
    expect(tomas.get_by_text("You agree. Waiting for Mira Lindqvist.")).to_be_visible()
    tomas.fill('[name="line"]', "+1")
    tomas.get_by_role("button", name="Record", exact=True).click()
    expect(tomas.get_by_text("All of you agree to the five levels first.")).to_be_visible()
    goal = tomas.url

    mira.goto(server.address)
    mira.get_by_role("link", name="Read five levels, and agree").first.click()
    mira.get_by_role("button", name="I agree to these levels").click()
    expect(mira.get_by_text("You have agreed to these five levels.")).to_be_visible()
    tomas.goto(goal)
    tomas.fill('[name="line"]', "0, with two glances")
    tomas.get_by_role("button", name="Record", exact=True).click()
    expect(tomas.get_by_text("Level 0: I glance at notes")).to_be_visible()
    tomas.goto(f"{relationship}practices/goals/")
    expect(tomas.get_by_text("T = 50.0")).to_be_visible()

    # Written anew after work began: both agree again, and until then the agreed ones count.
    tomas.goto(f"{goal}measure/?kind=levels")
    tomas.fill('[name="level_2"]', "I glance at notes twice")
    tomas.get_by_role("button", name="Measure it so").click()
    expect(tomas.get_by_text("Until all of you agree, what was agreed before counts.")).to_be_visible()
    expect(tomas.get_by_text("Level 0: I glance at notes")).to_be_visible()

    # Past its date it offers what fits; the first date stays in view.
    server.move_clock(14 * 24 * 3600)
    tomas.goto(f"{relationship}goals/new/")
    tomas.fill('[name="sentence"]', "Two interviews")
    tomas.fill('[name="due"]', "2026-12-07")
    tomas.check('[name="kind"][value="milestones"]')
    tomas.get_by_role("button", name="Write it down").click()
    tomas.fill('[name="words_1"]', "Interview one")
    tomas.fill('[name="words_2"]', "Interview two")
    tomas.get_by_role("button", name="Add these").click()
    tomas.get_by_role("button", name="Done").first.click()
    expect(tomas.get_by_text("1 of 2 milestones")).to_be_visible()
    server.move_clock(7 * 24 * 3600)
    tomas.reload()
    expect(tomas.get_by_role("heading", name="Its date has passed")).to_be_visible()
    tomas.get_by_role("link", name="Another date").click()
    tomas.fill('[name="due"]', "2026-12-21")
    tomas.get_by_role("button", name="Set this date").click()
    expect(tomas.get_by_text("first said 7 Dec 2026").first).to_be_visible()
    tomas.get_by_role("button", name="It is reached").click()
    expect(tomas.get_by_text("Reached. That is worth a moment together.")).to_be_visible()
