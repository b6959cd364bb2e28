"""What people do again and again in journeys, by the labels that they read. Each walk ends on the page it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.mailbox import Mailbox
from tests.journeys.server import Server

PASSWORD = "a long walk by the river"


@dataclass
class Walker:
    """A person at a browser."""

    name: str
    email: str
    context: BrowserContext
    page: Page
    server: Server
    mailbox: Mailbox

    def goes_to(self, path: str) -> int:
        """Open a path of ours. Returns the status."""
        answer = self.page.goto(path if path.startswith("http") else self.server.address + path)
        return answer.status if answer else 0

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follows(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def fills(self, **fields: str) -> None:
        """By the names of the form's fields; a select takes its value."""
        for name, value in fields.items():
            field = self.page.locator(f'[name="{name}"]:visible').first
            kind = field.evaluate("field => field.tagName + ':' + field.type")
            if kind.startswith("SELECT"):
                field.select_option(value)
            elif kind == "INPUT:radio":
                self.page.locator(f'[name="{name}"][value="{value}"]').check()
            else:
                field.fill(value)


def walker(name: str, email: str, context: BrowserContext, server: Server, mailbox: Mailbox) -> Walker:
    page = context.new_page()
    page.set_default_timeout(15_000)
    return Walker(name, email, context, page, server, mailbox)


def sign_up(who: Walker, start: str = "/account/signup/") -> None:
    """From the form to a confirmed address, signed in."""
    who.goes_to(start)
    who.fills(name=who.name, email=who.email, password1=PASSWORD)
    who.presses("Create account")
    mail = who.mailbox.wait_for(to=who.email, subject_contains="onfirm")
    who.goes_to(mail.links()[0])
    who.presses("Yes, it is mine")


def invite(mentor: Walker, email: str, note: str) -> None:
    mentor.goes_to("/")
    mentor.follows("Invite somebody")
    mentor.fills(role="mentee", email=email, note=note)
    mentor.presses("Invite")
    expect(mentor.page.get_by_role("heading", name="Your invitation")).to_be_visible()


def write_agreement(who: Walker, address: str, parts: dict[str, dict[str, str]]) -> None:
    """Fill in parts of the agreement whose address is given; what is not said keeps what the form suggests."""
    for kind, fields in parts.items():
        who.goes_to(f"{address}parts/{kind}/")
        who.fills(**fields)
        who.page.get_by_role("button", name=re.compile("^(Save|Keep)")).first.click()
        expect(who.page.get_by_role("heading", name="Your agreement")).to_be_visible()


def sign(who: Walker, address: str) -> None:
    """Read and sign what is there, with the password where it is asked for."""
    who.goes_to(f"{address}sign/")
    confirm = who.page.get_by_role("button", name="Confirm that it is me")
    if confirm.is_visible():
        confirm.click()
        who.page.locator('[name="password"]').fill(PASSWORD)
        who.presses("It is me")
    acknowledge(who.page)
    who.page.get_by_role("button", name=re.compile("^Sign version")).click()


def acknowledge(page: Page) -> None:
    """Tick each clause of what stays between the two."""
    boxes = page.locator('[name="acknowledged"]')
    boxes.first.wait_for()
    for box in boxes.all():
        box.check()
