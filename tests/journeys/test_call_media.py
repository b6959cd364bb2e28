"""Two browsers talk and see each other: media flows, one camera goes off, one side reloads, and both leave."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PHONE, PersonBrowser
from tests.journeys.server import Server
from tests.journeys.talking import sees_the_other, talk_for

PEOPLE = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from throughline.accounts.models import Person
from throughline.calls.actions import open_call
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
_, stranger = person("stranger@example.org", "Sam Stranger", "UTC")
relationship = begin_relationship(by=mentor, role=Role.MENTOR)
join_relationship(relationship=relationship, by=mentee, role=Role.MENTEE)
call = open_call(relationship=relationship, by=mentor)
print(json.dumps({"mira": mira, "tomas": tomas, "stranger": stranger, "call": f"/calls/{call.pk}/"}))
"""
FACT = """
import json
from throughline.calls.contacts import facts
print(json.dumps([[f.medium, f.together, f.both_video, f.session] for f in facts()]))
"""


@pytest.fixture
def story(server: Server) -> dict[str, str]:
    return dict(json.loads(server.manage("shell", "-v", "0", "-c", PEOPLE)))


def as_person(context: BrowserContext, server: Server, session: str) -> Page:
    context.add_cookies([{"name": "sessionid", "value": session, "url": server.address}])
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))
    return page


def test_two_browsers_decode_each_others_frames(
    server: Server, story: dict[str, str], person_browser: PersonBrowser, tmp_path: Path
) -> None:
    mira = as_person(person_browser("Europe/Berlin"), server, story["mira"])
    tomas = as_person(person_browser("America/Los_Angeles", "en-US", PHONE), server, story["tomas"])
    stranger = as_person(person_browser(), server, story["stranger"])
    refused = stranger.goto(server.address + story["call"])
    assert refused is not None
    assert refused.status == 404

    for page in (mira, tomas):
        page.goto(server.address + story["call"])
        expect(page.get_by_role("heading", name="Ready to talk")).to_be_visible()
        page.get_by_role("button", name="Join").click()
    for page in (mira, tomas):
        sees_the_other(page)

    tomas.keyboard.press("Control+e")
    expect(mira.get_by_text("Tomás Rivera · camera off")).to_be_visible()
    tomas.keyboard.press("Control+e")
    sees_the_other(mira)

    tomas.reload()
    for page in (mira, tomas):
        sees_the_other(page)
    talk_for(tomas, 6)

    mira.get_by_role("button", name="Leave").click()
    expect(mira.get_by_role("heading", name=re.compile("You talked for"))).to_be_visible()
    tomas.get_by_role("button", name="Leave").click()
    expect(tomas.get_by_role("heading", name=re.compile("You talked for"))).to_be_visible()
    [[medium, together, both_video, session]] = json.loads(server.manage("shell", "-v", "0", "-c", FACT))
    assert (medium, session) == ("video", False)
    assert 5 <= both_video <= together < 120
