"""Signing up on a phone, saying who one is, and coming back by passkey, with real mail and a real browser."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PHONE, PersonBrowser
from tests.journeys.mailbox import Mailbox
from tests.journeys.server import ROOT, Server

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "four quiet words here"
PARTS = ("about", "photo", "place", "windows", "rhythm", "absences", "channels", "needs")
KEEPING = ("profile", "settings", "sessions", "tokens", "email", "password/change", "2fa", "2fa/webauthn", "logout")
PAGES = (*KEEPING, *(f"profile/{part}" for part in PARTS))


def grave(page: Page) -> list[str]:
    """What axe finds serious or worse on the page as it stands."""
    page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(result => result.violations)")
    return [f"{page.url} {one['id']}" for one in found if one["impact"] in ("serious", "critical")]


def give_authenticator(context: BrowserContext, page: Page) -> None:
    """A device that keeps passkeys and says yes by itself, as a phone with a willing finger on it."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_up(page: Page, server: Server, mailbox: Mailbox) -> None:
    page.goto(f"{server.address}/account/signup/?next=/account/profile/")
    assert grave(page) == []
    page.get_by_label("Name").fill("Mira Lindqvist")
    page.get_by_label("E-mail address").fill("mira@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    page.goto(mailbox.wait_for(to="mira@example.org", subject_contains="confirm").links()[0])
    page.get_by_role("button", name="Yes, it is mine").click()


def test_in_by_mail_then_by_passkey(server: Server, mailbox: Mailbox, person_browser: PersonBrowser) -> None:
    context = person_browser("Europe/Berlin", viewport=PHONE)
    page = context.new_page()
    give_authenticator(context, page)
    sign_up(page, server, mailbox)
    expect(page.get_by_role("heading", name="Is your clock in Berlin?")).to_be_visible()
    page.get_by_role("button", name="Yes, it is").click()
    expect(page.get_by_role("heading", name="Is your clock in Berlin?")).to_have_count(0)

    page.goto(f"{server.address}/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="It is me").click()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    mailbox.wait_for(to="mira@example.org", subject_contains="A passkey was added")

    page.goto(f"{server.address}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{server.address}/account/login/?next=/account/settings/")
    assert grave(page) == []
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{server.address}/account/settings/")
    page.goto(f"{server.address}/account/prove/?next=/account/tokens/")
    assert page.url == f"{server.address}/account/tokens/"


def test_every_page_of_the_profile_can_be_used_by_everyone(
    server: Server, mailbox: Mailbox, person_browser: PersonBrowser
) -> None:
    page = person_browser("Europe/Berlin", viewport=PHONE).new_page()
    sign_up(page, server, mailbox)
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for name in PAGES:
            page.goto(f"{server.address}/account/{name}/")
            found += grave(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is too wide"
    assert found == []


def test_without_javascript_all_of_it_works_but_passkeys(
    server: Server, mailbox: Mailbox, person_browser: PersonBrowser
) -> None:
    page = person_browser(java_script_enabled=False).new_page()
    page.goto(f"{server.address}/account/signup/")
    page.get_by_label("Name").fill("Mira Lindqvist")
    page.get_by_label("E-mail address").fill("mira@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.goto(mailbox.wait_for(to="mira@example.org").links()[0])
    page.get_by_role("button", name="Yes, it is mine").click()
    page.goto(f"{server.address}/account/profile/place/")
    page.get_by_label("Time zone").select_option("America/Los_Angeles")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("(America/Los_Angeles)")).to_be_visible()
