"""Every page of the product, found by its address: open to everybody, whole at both widths, light, and ours alone.

A new page is covered by being in urls.py. Where its address takes a parameter that nobody filled before, VALUES
wants one; where a signed-in mentor is led to another page, LED_ON says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from itertools import product
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import URLResolver, get_resolver, reverse
from playwright.sync_api import BrowserContext

from tests.architecture.house import forbid
from tests.journeys.conftest import PersonBrowser
from tests.journeys.databases import Blank
from tests.journeys.furnished import MENTEE, MENTOR, PASSWORD, furnish
from tests.journeys.inspection import Inspector
from tests.journeys.server import Server
from throughline.agreements.domain.terms import PartKind

LIBRARIES = ("admin:", "api:")  # the admin site's own pages, and the API, which is no page
VALUES: dict[str, list[str]] = {
    # By "name of the address.parameter" or by parameter alone; what is not here comes from the furnished ids.
    "agreements:part.kind": [kind.value for kind in PartKind],
    "agreements:fields.kind": ["objectives"],
    "agreements:settled.kind": ["objectives"],
    "agreements:says.kind": ["objectives"],
    "agreements:settled.overtaken_id": ["00000000-0000-0000-0000-000000000001"],
    "agreements:begin-part.kind": ["objectives"],
    "agreements:step.step": ["objectives", "schedule", "words"],
    "agreements:version.number": ["1"],
    "agreements:paper.number": ["1"],
    "agreements:paper-signature.number": ["1"],
    "goals:take-up.number": ["1"],
    "goals:goal.goal_id": ["goal_id", "steps", "levels"],
    "goals:end.goal_id": ["steps"],
    "goals:measure.goal_id": ["goal_id", "steps", "levels"],
    "agreements:propose.kind": ["schedule", "confidentiality"],
    "agreements:proposal.proposal_id": ["proposal_id", "declined_id"],
    "meetings:agenda-end.end": ["covered"],
    "meetings:ready.number": ["0"],
    "practice_id": ["protected-time"],
    "practices:practice.practice_id": ["protected-time", "video-share", "goals"],
    "accounts:section.name": ["about", "place", "rhythm", "channels", "needs"],
    "relationship.relationship_id": ["relationship_id", "begun"],
    "agreements:agreement.relationship_id": ["relationship_id", "begun"],
    "messaging:conversation.relationship_id": ["relationship_id", "begun"],
    "meetings:meeting.meeting_id": ["meeting_id", "over", "later"],
    "calls:after.call_id": ["ended"],
    "account_confirm_email.key": ["gone"],
    "demo:look-around.who": ["mentor"],
    "messaging:seen.number": ["1"],
    "notices:remove.target_id": ["00000000-0000-0000-0000-000000000001"],
    "notices:stop.token": ["stop"],
    "messaging:promise.message_id": ["asks", "message_id"],
    "account_reset_password_from_key.uidb36": ["1"],
    "account_reset_password_from_key.key": ["gone"],
}
LED_ON = {
    "calendars:subscription": "leads back to the calendars, where an address is made",
    "account_login": "who is in needs no way in; seen by everybody else",
    "account_signup": "who is in needs no way in; seen by everybody else",
    "account_confirm_login_code": "a way in that is not offered",
    "account_set_password": "for people without a password",
    "agreements:side-by-side": "leads back until both have shown what they prepared",
    "agreements:paper": "a file, which nobody has made yet",
    "agreements:paper-signature": "a file, which nobody has made yet",
    "accounts:photo": "a picture, and none is there",
    "messaging:letter": "the mail that a message came as, and this one came by the page",
    "accounts:prove": "leads on to what the proof was for",
    "calls:call": "open only while somebody is in it: the first test looks at one",
    "checkup": "for administrators: one of them looks at it",
    "meetings:beside": "a part of a call's page",
    "mfa_activate_totp": "for people without an app for codes: the mentor sees it",
    "mfa_authenticate": "a step of signing in: the last test takes it",
    "mfa_login_webauthn": "a step of signing in, answered by a script",
    "mfa_reauthenticate": "leads to the way that this person has",
    "mfa_reauthenticate_webauthn": "leads to the way that this person has",
    "relationships:decline": "leads back to the invitation, where one declines",
    "relationships:accept": "leads back to the invitation, where one accepts",
}
"""Addresses that show people who are signed in something else, and why."""

Visited = list[tuple[str, str]]
House = tuple[Server, dict[str, str]]


def addresses() -> Iterator[tuple[str, list[str]]]:
    """Name and parameters of every address of ours."""

    def walk(patterns: list[Any], prefix: str, before: list[str]) -> Iterator[tuple[str, list[str]]]:
        for each in patterns:
            here = before + list(each.pattern.regex.groupindex)
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, f"{prefix}{each.namespace}:" if each.namespace else prefix, here)
            elif each.name:
                yield f"{prefix}{each.name}", here

    return ((name, keys) for name, keys in walk(get_resolver().url_patterns, "", []) if not name.startswith(LIBRARIES))


def paths(ids: dict[str, str]) -> Visited:
    """Every address with its parameters filled in."""
    found, missing = [], []
    for name, parameters in addresses():
        choices = [
            VALUES.get(f"{name}.{key}") or VALUES.get(key) or ([key] if key in ids else []) for key in parameters
        ]
        missing += [f"{name} takes {key}" for key, choice in zip(parameters, choices, strict=True) if not choice]
        for values in product(*choices):
            given = {key: ids.get(value, value) for key, value in zip(parameters, values, strict=True)}
            found.append((name, reverse(name, kwargs=given)))
    forbid("Give these a value in VALUES, or furnish them in furnished.py, so that the page is looked at:", missing)
    return found


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, blank: Blank) -> Iterator[House]:
    server = Server(tmp_path_factory.mktemp("every-page"))
    blank.lend_to(server)
    ids = furnish(server)
    with server:
        yield server, ids


Come = Callable[[str], BrowserContext]


@pytest.fixture
def come(house: House, person_browser: PersonBrowser) -> Come:
    """come("mentor") → a browser in which that person is signed in; come("") → in which nobody is."""
    server, ids = house

    def open_for(who: str) -> BrowserContext:
        context = person_browser("Europe/Berlin", service_workers="block")  # what one keeps weighs otherwise
        if who:
            context.add_cookies([{"name": "sessionid", "value": ids[who], "url": server.address}])
        return context

    return open_for


def kinds(house: House, who: str, places: Visited) -> dict[str, Visited]:
    """Sorts addresses by what they answer to being opened: page, elsewhere, or post (which no link opens)."""
    server, ids = house
    found: dict[str, Visited] = {"page": [], "elsewhere": [], "post": [], "file": []}
    asked = HTTPConnection("127.0.0.1", server.port, timeout=60)
    host = urlsplit(server.address).netloc
    with closing(asked):
        for name, path in places:
            asked.request("GET", path, headers={"Host": host} | ({"Cookie": f"sessionid={ids[who]}"} if who else {}))
            answer = asked.getresponse()
            html = (answer.getheader("content-type") or "").startswith("text/html")
            answer.read()
            assert answer.status < 500, f"{name} ({path}) answers {answer.status}"
            kinds_of = {200: "page" if html else "file", 204: "file", 302: "elsewhere", 404: "elsewhere", 405: "post"}
            found[kinds_of[answer.status]].append((name, path))
    return found


@pytest.fixture(scope="module")
def of_a_mentor(house: House) -> dict[str, Visited]:
    return kinds(house, "mentor", [place for place in paths(house[1]) if not second_step(place)])


def second_step(place: tuple[str, str]) -> bool:
    return place[0].startswith("mfa_") and place[0] != "mfa_activate_totp"


def inspect(context: BrowserContext, origin: str, places: Visited) -> None:
    inspector = Inspector(context, origin)
    forbid(
        "Mend these pages:", [f"{n} ({path}) {fault}" for n, path in places for fault in inspector.visit(origin + path)]
    )


def test_a_call(house: House, come: Come) -> None:
    server, ids = house
    inspector = Inspector(come("mentor"), server.address)
    inspector.page.goto(server.address + reverse("relationship", args=[ids["begun"]]))
    inspector.page.get_by_role("button", name="Call now").or_(
        inspector.page.get_by_role("link", name="Join the call")
    ).click()
    inspector.page.wait_for_url("**/calls/*/")
    forbid("Mend the call's page:", inspector.look())


@pytest.mark.parametrize("third", [0, 1, 2])
def test_pages_of_a_mentor(house: House, come: Come, of_a_mentor: dict[str, Visited], third: int) -> None:
    unsaid = [f"{name} ({path})" for name, path in of_a_mentor["elsewhere"] if name not in LED_ON]
    forbid("These show a mentor nothing: furnish what they need, or say in LED_ON why:", unsaid)
    pages = [place for place in of_a_mentor["page"] if place[0] != "calls:call"]
    inspect(come("mentor"), house[0].address, pages[third::3])


def test_pages_of_second_steps(house: House, come: Come) -> None:
    """Of somebody who has them: an app for codes, recovery codes, and a passkey."""
    server, ids = house
    found = kinds(house, "mentee", [place for place in paths(ids) if second_step(place)])
    unsaid = [f"{name} ({path})" for name, path in found["elsewhere"] if name not in LED_ON]
    forbid("These show nothing to somebody with second steps: say in LED_ON why:", unsaid)
    inspect(come("mentee"), server.address, found["page"])


def test_the_page_of_an_administrator(house: House, come: Come) -> None:
    server, ids = house
    inspect(come("administrator"), server.address, [place for place in paths(ids) if place[0] == "checkup"])


def test_pages_of_everybody(house: House, come: Come) -> None:
    """Signing in with a second step included, and what says that nothing is there."""
    server, ids = house
    guest = come("")
    inspect(guest, server.address, [*kinds(house, "", paths(ids))["page"], ("nowhere", "/nowhere/")])
    inspector = Inspector(guest, server.address)
    inspector.page.goto(server.address + reverse("account_login"))
    inspector.page.fill('[name="login"]', MENTEE)
    inspector.page.fill('[name="password"]', PASSWORD)
    inspector.page.get_by_role("button", name="Sign in", exact=True).click()
    inspector.page.wait_for_url("**/2fa/authenticate/**")
    forbid("Mend the second step:", inspector.look())


REFUSED: list[tuple[str, str, dict[str, str]]] = [
    ("", "account_login", {"login": "mira@example.org", "password": "wrong"}),
    ("", "account_signup", {"name": "Mira", "email": "mira@example.org", "password1": "short"}),
    ("mentor", "relationships:invite", {"email": MENTOR}),
    ("mentor", "relationships:pause", {"first_day": "2020-01-01", "last_day": "2020-01-02"}),
    ("mentor", "accounts:absences", {"first": "2026-12-24", "last": "2026-12-23"}),
    ("mentor", "programs:new", {"name": ""}),
    ("mentor", "goals:new", {"sentence": "", "due": "2020-01-01"}),
    ("mentor", "calendars:follow", {"url": "my calendar"}),
]
"""Forms that are sent with a mistake, and answer on a page as good as any."""


def test_refused_forms(house: House, come: Come) -> None:
    server, ids = house
    inspectors = {who: Inspector(come(who), server.address) for who in ("", "mentor")}
    known, faults = dict(paths({**ids, "relationship_id": ids["begun"]})), []
    for who, name, values in REFUSED:
        page = inspectors[who].page
        page.goto(server.address + known[name])
        for key, value in values.items():
            page.locator(f'[name="{key}"]').first.fill(value)
        form = page.locator("form", has=page.locator(f'[name="{next(iter(values))}"]')).first
        form.evaluate("form => { form.noValidate = true; form.requestSubmit(); }")
        page.locator(".error, .banner.error").first.wait_for()
        faults += [f"{name}, refused: {fault}" for fault in inspectors[who].look()]
    forbid("Mend these answers:", faults)
