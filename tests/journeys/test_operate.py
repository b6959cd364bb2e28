"""Running it for people: an administrator looks after it; somebody takes their data along, closes, stays, and goes."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PersonBrowser
from tests.journeys.mailbox import Mailbox
from tests.journeys.server import Server
from tests.journeys.walks import PASSWORD, Walker, walker

WORDS = "Bring the second chapter, and the heron."
HOUSE = f"""
import json
from allauth.account.models import EmailAddress
from django.test import Client
from throughline.accounts.actions import set_rhythm
from throughline.accounts.models import Person
from throughline.foundation.ids import new_id
from throughline.messaging.actions import send_message
from throughline.practices.actions import answer_about_cameras
from throughline.practices.domain.reasons import Reason
from throughline.relationships.actions import begin_relationship, join_relationship
from throughline.relationships.domain.roles import Role

def person(email, name, zone, **more):
    made = Person.objects.create_user(email, "{PASSWORD}", name=name, zone=zone, **more)
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made

mira = person("mira@example.org", "Mira Lindqvist", "Europe/Berlin")
tomas = person("tomas@example.org", "Tomás Rivera", "America/Los_Angeles")
set_rhythm(by=tomas, working_days=[0, 1, 2, 3, 4], quiet_hours=None)  # his mail comes at any hour of a test
olu = person("olu@example.org", "Olu Ade", "Africa/Lagos", is_staff=True, is_superuser=True)
sam = person("sam@example.org", "Sam Stranger", "UTC")
pair = begin_relationship(by=mira, role=Role.MENTOR)
join_relationship(relationship=pair, by=tomas, role=Role.MENTEE)
send_message(relationship=pair, by=mira, client_id=new_id(), text="{WORDS}")
answer_about_cameras(relationship=pair, by=tomas, reason=Reason.TIRED)
print(json.dumps({{"pair": str(pair.pk)}}))
"""


@pytest.fixture
def come(server: Server, person_browser: PersonBrowser, mailbox: Mailbox) -> Callable[..., Walker]:
    """come("Mira", zone) → that person, signed in by the form."""

    def arrive(name: str, zone: str) -> Walker:
        email = f"{name.lower()}@example.org"
        who = walker(name, email, person_browser(zone, accept_downloads=True), server, mailbox)
        who.goes_to("/account/login/")
        who.fills(login=email, password=PASSWORD)
        who.presses("Sign in")
        who.page.wait_for_url(lambda address: "/account/login/" not in address)
        return who

    return arrive


def test_an_account_is_looked_after_taken_along_and_closed(
    server: Server, come: Callable[..., Walker], mailbox: Mailbox
) -> None:
    pair = json.loads(server.manage("shell", "-v", "0", "-c", HOUSE))["pair"]
    administrator = come("Olu", "Africa/Lagos")
    assert administrator.goes_to("/checkup/") == 200
    expect(administrator.page.get_by_role("heading", level=1)).to_be_visible()
    mira, tomas, sam = come("Mira", "Europe/Berlin"), come("Tomas", "America/Los_Angeles"), come("Sam", "UTC")
    assert tomas.goes_to("/checkup/") == 404

    address = takes_it_along(mira, pair)
    for other in (tomas, sam, administrator):
        assert other.goes_to(address) == 404, "a copy is for its person alone"

    closes_and_stays(mira, mailbox)
    closes(mira)
    server.move_clock(15 * 24 * 3600)
    waits_until_gone(mira.page, server)
    tomas, sam = come("Tomas", "America/Los_Angeles"), come("Sam", "UTC")  # a sign-in lasts two weeks

    tomas.goes_to(f"/relationships/{pair}/conversation/")
    expect(tomas.page.get_by_text(WORDS)).to_be_visible()
    expect(tomas.page.get_by_text("Former participant").first).to_be_visible()
    assert "Mira" not in tomas.page.content()
    assert sam.goes_to(f"/relationships/{pair}/conversation/") == 404
    deletes_it_too(tomas, pair)


def takes_it_along(mira: Walker, pair: str) -> str:
    """Packed by the worker, fetched, and what it says of itself is true. Returns the address of the file."""
    mira.goes_to("/account/settings/")
    mira.follows("Your data")
    mira.presses("Pack my data")
    link = mira.page.get_by_role("link", name="Fetch it")
    expect(link.or_(mira.page.get_by_role("link", name="Look again"))).to_be_visible()
    while not link.is_visible():
        mira.follows("Look again")
        mira.page.wait_for_load_state()
    address = str(link.get_attribute("href"))
    with mira.page.expect_download() as fetched:
        link.click()
    archive = zipfile.ZipFile(io.BytesIO(fetched.value.path().read_bytes()))
    manifest = json.loads(archive.read("manifest.json"))
    for file in manifest["files"]:
        assert hashlib.sha256(archive.read(file["path"])).hexdigest() == file["sha256"], file["path"]
    assert WORDS in archive.read(f"messages/{pair}.md").decode()
    assert json.loads(archive.read("data/practices.CameraAnswer.json"))["rows"] == [], "the other's private answer"
    return address


def closes(mira: Walker) -> None:
    mira.goes_to("/account/settings/")
    mira.follows("Close my account")
    expect(mira.page.get_by_text("Your relationship with Tomás Rivera ends")).to_be_visible()
    mira.presses("Close my account")
    expect(mira.page.get_by_role("heading", name=re.compile("Your account will be erased on"))).to_be_visible()


def closes_and_stays(mira: Walker, mailbox: Mailbox) -> None:
    """The other hears of it; and of its being taken back."""
    closes(mira)
    assert "closing" in mailbox.wait_for(to="tomas@example.org", subject_contains="is closing their account").subject
    mailbox.wait_for(to="mira@example.org", subject_contains="You are closing your account")
    mira.presses("Keep my account")
    expect(mira.page.get_by_text("Good that you stay.")).to_be_visible()
    mailbox.wait_for(to="tomas@example.org", subject_contains="stays")


def waits_until_gone(page: Page, server: Server) -> None:
    """The hourly job comes by: what is signed in is signed out."""
    while "/account/login/" not in page.url:
        page.goto(f"{server.address}/account/settings/")


def deletes_it_too(tomas: Walker, pair: str) -> None:
    """Who went counts as having asked, so that the last one's word is enough."""
    tomas.goes_to(f"/relationships/{pair}/end/")
    tomas.presses("Delete it, as far as I am concerned")
    expect(tomas.page.get_by_text("Everything of it was deleted, and its key destroyed")).to_be_visible()
    assert tomas.goes_to(f"/relationships/{pair}/conversation/") == 404
