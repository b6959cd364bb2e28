"""The main job, end to end: two people agree, meet by video in a planned slot, and one true number shows it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, PersonBrowser
from tests.journeys.mailbox import Mailbox
from tests.journeys.server import Server
from tests.journeys.talking import reported, sees_the_other, talk_for
from tests.journeys.walks import Walker, invite, sign, sign_up, walker, write_agreement

BERLIN, LOS_ANGELES = "Europe/Berlin", "America/Los_Angeles"


@pytest.fixture
def mira(person_browser: PersonBrowser, server: Server, mailbox: Mailbox) -> Walker:
    return walker("Mira Lindqvist", "mira@example.org", person_browser(BERLIN, apart=True), server, mailbox)


@pytest.fixture
def tomas(person_browser: PersonBrowser, server: Server, mailbox: Mailbox) -> Walker:
    context = person_browser(LOS_ANGELES, "en-US", PHONE, apart=True)
    return walker("Tomás Rivera", "tomas@example.org", context, server, mailbox)


@pytest.fixture
def sam(person_browser: PersonBrowser, server: Server, mailbox: Mailbox) -> Walker:
    return walker("Sam Stranger", "sam@example.org", person_browser("UTC"), server, mailbox)


def test_two_people_agree_meet_and_see_it(server: Server, mira: Walker, tomas: Walker, sam: Walker) -> None:
    relationship = become_a_pair(mira, tomas)
    first = agree(server, mira, tomas, relationship)
    strangers_are_refused(sam, relationship)

    server.move_clock((first - now(server)).total_seconds() - 60)
    call = meet_for_a_moment(mira, tomas)
    contact_but_not_held(mira, relationship)
    meet_in_full(server, mira, tomas)
    held_with_its_seconds(mira, tomas, relationship)
    assert sam.goes_to(call) == 404


def become_a_pair(mira: Walker, tomas: Walker) -> str:
    """Sign up on both sides, invite by mail, accept. Returns the relationship's address."""
    sign_up(mira)
    invite(mira, tomas.email, "You asked good questions in Porto. Shall we go on?")
    link = tomas.mailbox.wait_for(to=tomas.email).links()[0]
    tomas.goes_to(link)
    expect(tomas.page.get_by_role("heading", name="Mira Lindqvist would like to be your mentor")).to_be_visible()
    tomas.follows("Create an account")
    sign_up(tomas, tomas.page.url)
    expect(tomas.page.get_by_text("You asked good questions in Porto.")).to_be_visible()
    tomas.presses("Accept")
    mira.goes_to("/")
    mira.follows("Tomás Rivera")
    return mira.page.url


def agree(server: Server, mira: Walker, tomas: Walker, relationship: str) -> datetime:
    """Write the six parts, sign, change one, sign again. Returns the start of the first meeting."""
    agreement = f"{relationship}agreement/"
    day = now(server).astimezone(ZoneInfo(BERLIN)).date() + timedelta(days=8)
    write_agreement(mira, agreement, {
        "objectives": {"aim_1": "Publish the first paper", "outcome_1": "Submitted by June, both content with it"},
        "schedule": {
            "cadence": "weekly", "weekday": str(day.weekday()), "time": "18:00", "zone": BERLIN,
            "minutes": "50", "first": day.isoformat(), "last": "",
        },
        "confidentiality": {"mode": "private"},
    })  # fmt: skip
    write_agreement(tomas, agreement, {
        "channels": {}, "responses": {"mentor_amount": "2", "mentee_amount": "2"},
        "preparation": {"what_1": "Three questions"}, "review": {},
    })  # fmt: skip
    sign(mira, agreement)
    write_agreement(tomas, agreement, {"responses": {"mentor_amount": "3"}})
    sign(tomas, agreement)
    mira.goes_to("/")
    # Mira has not signed this version: nothing is planned, and Today says why.
    expect(mira.page.get_by_text("Tomás has signed. Once you have too, your meetings stand")).to_be_visible()
    assert mira.page.locator(f'time[datetime^="{day.isoformat()}"]').count() == 0
    sign(mira, agreement)

    first = datetime.combine(day, datetime.min.time().replace(hour=18), ZoneInfo(BERLIN))
    for who, zone in ((mira, BERLIN), (tomas, LOS_ANGELES)):
        who.goes_to("/")
        there = first.astimezone(ZoneInfo(zone))
        starts = who.page.locator(f'time[datetime="{first.astimezone(UTC).isoformat()}"]')
        expect(starts.first).to_contain_text(f"{there:%H:%M}")
        who.goes_to(relationship)
        who.follows("All meetings")
        assert who.page.locator("time[datetime]").count() >= 3
    return first


def meet_for_a_moment(mira: Walker, tomas: Walker) -> str:
    """A real call of some seconds in the planned slot, in which both sides decode frames. Returns its address."""
    join_from_today(mira, tomas)
    for who in (mira, tomas):
        sees_the_other(who.page)
    call = mira.page.url
    talk_for(mira.page, 20)
    leave(mira, tomas)
    return call


def meet_in_full(server: Server, mira: Walker, tomas: Walker) -> None:
    """Forty minutes on the server's clock: ten with both cameras, ten with one, then a reload and twenty with both."""
    join_from_today(mira, tomas)
    for who in (mira, tomas):
        sees_the_other(who.page)
    time_passes(server, mira, tomas, minutes=10)
    tomas.page.keyboard.press("Control+e")
    expect(mira.page.get_by_text("Tomás Rivera · camera off")).to_be_visible()
    time_passes(server, mira, tomas, minutes=10)
    tomas.page.keyboard.press("Control+e")
    sees_the_other(mira.page)
    mira.page.reload()
    for who in (mira, tomas):
        sees_the_other(who.page)
    time_passes(server, mira, tomas, minutes=20)
    leave(mira, tomas)


def contact_but_not_held(mira: Walker, relationship: str) -> None:
    mira.goes_to(relationship)
    expect(mira.page.get_by_text("too short to count as a session").first).to_be_visible()
    mira.goes_to(f"{relationship}practices/video-share/")
    expect(mira.page.get_by_text(re.compile("[Tt]oo early")).first).to_be_visible()


def held_with_its_seconds(mira: Walker, tomas: Walker, relationship: str) -> None:
    for who in (mira, tomas):
        who.goes_to(relationship)
        expect(who.page.get_by_text(re.compile(r"met for (40|41) min"))).to_be_visible()
        who.goes_to(f"{relationship}practices/protected-time/")
        expect(who.page.get_by_text(re.compile("1 of 1")).first).to_be_visible()
        who.goes_to(f"{relationship}practices/video-share/")
        expect(who.page.get_by_text(re.compile(r"\b(29|30|31) min")).first).to_be_visible()


def strangers_are_refused(sam: Walker, relationship: str) -> None:
    """At the page and at the API; the socket's refusal is below."""
    sign_up(sam)
    for path in ("", "agreement/", "conversation/", "looks/", "meetings/", "practices/video-share/"):
        assert sam.goes_to(relationship + path) == 404, path
    sam.goes_to("/")
    topic = "conversation:" + relationship.rstrip("/").rsplit("/", 1)[-1]
    assert socket_answer(sam, topic) == "not-found"


def socket_answer(who: Walker, topic: str) -> str:
    """What the live socket says to somebody who asks to sit in a topic."""
    return str(
        who.page.evaluate(
            """async (topic) => {
                const ticket = await (await fetch('/live/ticket')).json();
                const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/live/socket`);
                return new Promise((resolve) => {
                    socket.onopen = () => socket.send(JSON.stringify({ do: 'hello', ticket: ticket.ticket }));
                    socket.onmessage = ({ data }) => {
                        for (const said of [JSON.parse(data)].flat()) {
                            const join = JSON.stringify({ do: 'join', n: 1, topic, seen: null });
                            if (said.is === 'ready') socket.send(join);
                            if (said.is === 'refused') resolve(said.reason);
                            if (said.is === 'joined') resolve('joined');
                        }
                    };
                    socket.onclose = ({ code }) => resolve(`closed ${code}`);
                });
            }""",
            topic,
        )
    )


def join_from_today(*people: Walker) -> None:
    for who in people:
        who.goes_to("/")
        who.page.get_by_role("button", name="Join").or_(
            who.page.get_by_role("link", name="Join the call")
        ).first.click()
        who.page.get_by_role("button", name="Join").click()


def time_passes(server: Server, *people: Walker, minutes: int) -> None:
    """The server's clock moves on in mid-call. What flows now is told before, so that nothing else fills the time."""
    pages = [who.page for who in people]
    reported(*pages)
    server.move_clock(minutes * 60)
    reported(*pages)


def leave(*people: Walker) -> None:
    for who in people:
        who.presses("Leave")
        expect(who.page.get_by_role("heading", name=re.compile("You talked for"))).to_be_visible()


def now(server: Server) -> datetime:
    return datetime.fromtimestamp(server.now(), UTC)
