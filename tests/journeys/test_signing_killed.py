"""kill -9 in mid-sign: a signature is there whole, with its version, or not at all."""

from __future__ import annotations

import json

import pytest

from tests.journeys.conftest import PersonBrowser
from tests.journeys.server import Server
from tests.journeys.walks import acknowledge

PAIR = """
import json
from dataclasses import replace
from datetime import timedelta
from allauth.account.models import EmailAddress
from throughline.accounts.models import Person
from throughline.agreements.actions import save_part
from throughline.agreements.tests.conftest import SCHEDULE, SIX
from throughline.foundation import clock
from throughline.relationships.actions import begin_relationship, join_relationship
from throughline.relationships.domain.roles import Role

def person(email, name, zone):
    made = Person.objects.create_user(email, "correct horse battery", name=name, zone=zone)
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made

mentor, mentee = person("mira@example.org", "Mira", "Europe/Berlin"), person("tomas@example.org", "Tomás", "UTC")
relationship = begin_relationship(by=mentor, role=Role.MENTOR)
join_relationship(relationship=relationship, by=mentee, role=Role.MENTEE)
tomorrow = replace(SCHEDULE, first=clock.today_in("UTC") + timedelta(days=1))  # whenever this runs
for part in (tomorrow if part is SCHEDULE else part for part in SIX):
    save_part(by=mentor, relationship=relationship, part=part, stamp=0)
print(json.dumps(str(relationship.pk)))
"""
STATE = """
import json
from throughline.agreements.models import Signature, Version
from throughline.meetings.models import Meeting
print(json.dumps({
    "versions": Version.objects.count(),
    "signatures": Signature.objects.count(),
    "orphans": Version.objects.exclude(pk__in=Signature.objects.values("version")).count(),
    "planned": Meeting.objects.count(),
}))
"""


def state(server: Server) -> dict[str, int]:
    return dict(json.loads(server.manage("shell", "-v", "0", "-c", STATE)))


@pytest.mark.parametrize("moment", ["request", pytest.param("response", marks=pytest.mark.deep)])
def test_no_half_signature(server: Server, person_browser: PersonBrowser, moment: str) -> None:
    """Killed as soon as the signature is asked for, and as soon as it is answered."""
    relationship = json.loads(server.manage("shell", "-v", "0", "-c", PAIR))
    for number, email in enumerate(("mira@example.org", "tomas@example.org"), 1):
        page = person_browser("Europe/Berlin").new_page()
        page.goto(f"{server.address}/account/login/?next=/relationships/{relationship}/agreement/sign/")
        page.fill('[name="login"]', email)
        page.fill('[name="password"]', "correct horse battery")
        page.get_by_role("button", name="Sign in", exact=True).click()
        sign = page.get_by_role("button", name="Sign version 1")
        acknowledge(page)
        with page.expect_event(
            moment, lambda event: (event if moment == "request" else event.request).method == "POST"
        ):
            sign.evaluate("button => { button.click(); }")
        server.kill()
        found = state(server)
        assert found["orphans"] == 0, found
        assert moment == "request" or found["signatures"] == number, found  # what was answered is there
        server.start()
        page.goto(f"{server.address}/relationships/{relationship}/agreement/sign/")
        if sign.is_visible():  # it was not taken: press once more, and it is
            acknowledge(page)
            sign.click()
            page.get_by_role("heading", name="Your agreement").wait_for()
    end = state(server)
    assert (end["versions"], end["signatures"], end["orphans"]) == (1, 2, 0)
    assert end["planned"] >= 3
