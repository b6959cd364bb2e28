"""What may go wrong in mid-call: the server killed, the clock moved, a second window, no device to be had."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PersonBrowser
from tests.journeys.server import Server
from tests.journeys.talking import sees_the_other, talk_for
from tests.journeys.test_call_media import FACT, as_person, story  # noqa: F401  a fixture

pytestmark = pytest.mark.deep

WAITS = 60_000
UNTIL_CLOSED = """async address => {
  for (let tries = 0; tries < 90; tries++) {
    const page = await (await fetch(address)).text();
    if (!page.includes("The call goes on without you")) return true;
    await new Promise((again) => setTimeout(again, 1000));
  }
  return false;
}"""
REFUSES = """
navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
"""
THIRD = """
from throughline.accounts.models import Person
from throughline.relationships.actions import join_relationship
from throughline.relationships.domain.roles import Role
from throughline.relationships.models import Relationship
join_relationship(
    relationship=Relationship.objects.get(), by=Person.objects.get(name="Sam Stranger"), role=Role.MENTEE
)
"""
CLOSES = """
from dataclasses import replace
from throughline.calls.actions import close_quiet_calls
doubts = {call: replace(doubt, since=doubt.since - 60) for call, doubt in close_quiet_calls(doubts={}).items()}
assert doubts and not close_quiet_calls(doubts=doubts)
"""
ALL_PLAY = """() => [...document.querySelectorAll(".call-tile video")].every(
  (video) => video.getVideoPlaybackQuality().totalVideoFrames > 10)"""
Pair = tuple[Page, Page]


@pytest.fixture
def talking(server: Server, story: dict[str, str], person_browser: PersonBrowser) -> Pair:  # noqa: F811
    mira, tomas = (as_person(person_browser(), server, story[name]) for name in ("mira", "tomas"))
    for page in (mira, tomas):
        page.goto(server.address + story["call"])
        page.get_by_role("button", name="Join").click()
    for page in (mira, tomas):
        sees_the_other(page)
    return mira, tomas


def facts_of(server: Server) -> list[list[object]]:
    return list(json.loads(server.manage("shell", "-v", "0", "-c", FACT)))


def leave(*pages: Page) -> None:
    for page in pages:
        page.get_by_role("button", name="Leave").click()
        expect(page.get_by_role("heading", name="You talked for")).to_be_visible(timeout=WAITS)


def test_a_killed_server_interrupts_nobody_and_loses_nothing(server: Server, talking: Pair) -> None:
    mira, tomas = talking
    talk_for(tomas, 6)
    server.kill()
    for page in talking:
        expect(page.get_by_text("Your line to us is away")).to_be_visible(timeout=WAITS)
    server.start()
    for page in talking:
        sees_the_other(page)
    talk_for(tomas, 6)
    server.move_clock(600)
    talk_for(tomas, 6)
    leave(mira, tomas)
    [[medium, together, both_video, session]] = facts_of(server)
    assert (medium, session) == ("video", True)
    assert 600 <= both_video <= together < 700


def test_a_moved_clock_is_credited_and_ends_nothing(server: Server, talking: Pair) -> None:
    mira, tomas = talking
    talk_for(tomas, 6)
    server.move_clock(3000)
    talk_for(tomas, 32)  # two sweeps
    leave(mira, tomas)
    [[_, together, both_video, session]] = facts_of(server)
    assert session is True
    assert 3000 <= both_video <= together < 3100


def test_both_windows_closed_while_the_server_was_killed(
    server: Server,
    talking: Pair,
    story: dict[str, str],  # noqa: F811
    person_browser: PersonBrowser,
) -> None:
    talk_for(talking[1], 6)
    server.kill()
    for page in talking:
        page.context.close()
    server.start()
    server.move_clock(90)
    later = as_person(person_browser(), server, story["mira"])
    later.goto(server.address + story["call"] + "after/")
    assert later.evaluate(UNTIL_CLOSED, later.url)
    [[_, together, _, session]] = facts_of(server)
    assert session is False
    assert 3 <= together < 60


def test_a_second_window_takes_over(
    server: Server,
    talking: Pair,
    story: dict[str, str],  # noqa: F811
) -> None:
    mira, tomas = talking
    other = tomas.context.new_page()
    other.goto(server.address + story["call"])
    other.get_by_role("button", name="Join").click()
    expect(tomas.get_by_text("so this one is quiet now")).to_be_visible()
    for page in (mira, other):
        sees_the_other(page)
    expect(mira.locator(".call-tile")).to_have_count(1)


def test_without_any_device_one_still_listens(
    server: Server,
    story: dict[str, str],  # noqa: F811
    person_browser: PersonBrowser,
) -> None:
    mira, tomas = (as_person(person_browser(), server, story[name]) for name in ("mira", "tomas"))
    tomas.add_init_script(REFUSES)
    for page in (mira, tomas):
        page.goto(server.address + story["call"])
    expect(tomas.get_by_text("Your browser did not give us the camera and microphone")).to_be_visible()
    for page in (mira, tomas):
        page.get_by_role("button", name="Join").click()
    sees_the_other(tomas)
    expect(mira.get_by_text("Tomás Rivera · microphone off · camera off")).to_be_visible()
    tomas.get_by_role("button", name="Camera").click()
    expect(tomas.locator("[data-part=said]")).to_have_text(re.compile("did not give us the camera"))


def test_a_line_that_is_away_for_a_while_comes_back(server: Server, talking: Pair) -> None:
    mira, tomas = talking
    tomas.context.set_offline(True)
    expect(tomas.get_by_text("Your line to us is away")).to_be_visible(timeout=WAITS)
    tomas.context.set_offline(False)
    for page in (mira, tomas):
        sees_the_other(page)


def test_a_circle_of_three_sees_everybody(
    server: Server,
    talking: Pair,
    story: dict[str, str],  # noqa: F811
    person_browser: PersonBrowser,
) -> None:
    server.manage("shell", "-v", "0", "-c", THIRD)
    sam = as_person(person_browser(), server, story["stranger"])
    sam.goto(server.address + story["call"])
    sam.get_by_role("button", name="Join").click()
    for page in (*talking, sam):
        expect(page.locator(".call-tile")).to_have_count(2)
        expect(page.get_by_text("Connected", exact=True)).to_be_visible(timeout=WAITS)
        page.wait_for_function(ALL_PLAY)
    talking[0].get_by_role("button", name="Leave").click()
    for page in (talking[1], sam):
        expect(page.locator(".call-tile")).to_have_count(1)


def test_a_call_that_was_closed_while_the_server_was_away_goes_on_in_another(
    server: Server,
    talking: Pair,
    story: dict[str, str],  # noqa: F811
) -> None:
    mira, tomas = talking
    talk_for(tomas, 6)
    server.kill()
    server.move_clock(120)
    server.manage("shell", "-v", "0", "-c", CLOSES)
    server.start()
    for page in (mira, tomas):
        expect(page).not_to_have_url(server.address + story["call"], timeout=WAITS)
        sees_the_other(page)
    assert mira.url == tomas.url
    talk_for(tomas, 6)
    leave(mira, tomas)
    assert len(facts_of(server)) == 2
