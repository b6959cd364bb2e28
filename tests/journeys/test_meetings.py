"""Meetings in two zones: the hour through both clock changes, moved by asking, raced for, told of afterwards."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, PersonBrowser
from tests.journeys.furnished import furnish
from tests.journeys.server import Server


def opened(browser: PersonBrowser, server: Server, key: str, zone: str, *more: object) -> Page:
    """Signed in, on Today."""
    context = browser(zone, "en-GB", *more)
    context.add_cookies([{"name": "sessionid", "value": key, "url": server.address}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(server.address)
    return page


def each_reads_their_own_hour(mira: Page, tomas: Page, meetings: str) -> None:
    """Berlin changed its clocks on 25 October, Los Angeles on 1 November: for a week the hour shifted for one."""
    for page, hours in ((mira, ("18:00", "18:00", "18:00")), (tomas, ("09:00", "10:00", "09:00"))):
        page.goto(meetings)
        for day, hour in zip(("13 Oct", "27 Oct", "3 Nov"), hours, strict=True):
            expect(page.get_by_role("link", name=f"Tue {day}, {hour}")).to_be_visible()


def asked_on_the_phone_and_accepted_on_the_laptop(mira: Page, tomas: Page, server: Server, ids: dict[str, str]) -> None:
    tomas.goto(f"{server.address}/meetings/requests/{ids['request_id']}/")
    tomas.get_by_role("button", name="Take it back").click()
    expect(tomas.get_by_text("The question was taken back.")).to_be_visible()
    tomas.goto(f"{server.address}/meetings/{ids['later']}/move/")
    times = tomas.get_by_role("group", name="New time").get_by_role("radio")
    expect(times).to_have_count(4)  # three that are free for both, and one of their own
    tomas.get_by_role("textbox", name="Why?").fill("A visit to the lab.")
    tomas.get_by_role("button", name="Ask for it").click()
    expect(tomas.get_by_role("heading", level=1)).to_have_text("You asked for another time")
    mira.goto(server.address)
    mira.get_by_role("link", name=re.compile("Answer the new time")).first.click()
    expect(mira.get_by_text("A visit to the lab.")).to_be_visible()
    mira.get_by_role("button", name="Yes, move it").click()
    expect(mira.get_by_role("heading", level=1)).to_have_text("It is moved")
    tomas.reload()
    expect(tomas.get_by_role("heading", level=1)).to_have_text("It is moved")


def two_tabs_race_for_one_hour(tomas: Page, server: Server, meetings: str, ids: dict[str, str]) -> None:
    """The one hour that two meetings in a row may both be moved to: one gets it, the other is told and offered more."""
    tomas.goto(meetings)
    places = [tomas.get_by_role("link", name=f"Tue {day} Dec, 09:00").get_attribute("href") for day in (8, 15)]
    other = tomas.context.new_page()
    other.set_default_timeout(30_000)
    for page, place in zip((tomas, other), places, strict=True):
        page.goto(f"{server.address}{place}move/")
        page.get_by_role("radio", name="Another time").check()
        page.locator("#id_day").fill("2026-12-11")  # Friday evening there, Saturday 06:00 in Berlin
        page.locator("#id_time").fill("21:00")
        page.get_by_role("textbox", name="Why?").fill("A conference.")
    tomas.get_by_role("button", name="Ask for it").click()
    expect(tomas.get_by_role("heading", level=1)).to_have_text("You asked for another time")
    other.get_by_role("button", name="Ask for it").click()
    expect(other.get_by_text("That time is gone")).to_be_visible()
    expect(other.get_by_role("textbox", name="Why?")).to_have_value("A conference.")
    expect(other.get_by_role("group", name="New time").get_by_role("radio")).to_have_count(4)


def one_tells_and_the_other_confirms(mira: Page, tomas: Page, server: Server, ids: dict[str, str]) -> None:
    page = f"{server.address}/meetings/{ids['missed']}/"
    tomas.goto(f"{page}report/")
    tomas.get_by_label("in person").check()
    tomas.get_by_role("button", name="Say so").click()
    expect(tomas.get_by_text("It counts, apart, once the other has confirmed it.").first).to_be_visible()
    mira.goto(page)
    mira.get_by_role("button", name="Yes, we met").click()
    expect(mira.get_by_text("Self-reported", exact=True)).to_be_visible()


def test_meetings_of_two_zones(server: Server, person_browser: PersonBrowser) -> None:
    ids = furnish(server)
    mira = opened(person_browser, server, ids["mentor"], "Europe/Berlin")
    tomas = opened(person_browser, server, ids["tomas"], "America/Los_Angeles", PHONE)
    meetings = f"{server.address}/relationships/{ids['relationship_id']}/meetings/"
    each_reads_their_own_hour(mira, tomas, meetings)
    asked_on_the_phone_and_accepted_on_the_laptop(mira, tomas, server, ids)
    two_tabs_race_for_one_hour(tomas, server, meetings, ids)
    one_tells_and_the_other_confirms(mira, tomas, server, ids)
    stranger = opened(person_browser, server, ids["mentee"], "Africa/Accra")
    assert stranger.goto(f"{server.address}/meetings/{ids['later']}/move/").status == 404
