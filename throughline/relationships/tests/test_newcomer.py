"""Somebody without an account goes from the link in a mail to being one of a pair."""

from __future__ import annotations

import re

from django.core import mail
from django.urls import reverse

from throughline.accounts.models import Person
from throughline.foundation.jobs.runner import run_ready
from throughline.relationships.actions import invite
from throughline.relationships.domain.roles import Role
from throughline.relationships.domain.states import State
from throughline.relationships.queries import relationships_of


def link_in(message) -> str:
    return re.search(r"http://[^/\s]+(/\S+)", message.body).group(1)


def test_from_the_mail_through_sign_up_into_the_pair(client, mentor) -> None:
    invite(by=mentor, role=Role.MENTEE, email="New@example.net", note="Do join me")
    run_ready()
    invitation = link_in(mail.outbox[0])
    page = client.get(invitation).content.decode()
    assert "Mira Lindqvist would like to be your mentor" in page
    onward = re.search(r'href="(/account/signup/\?next=[^"]+)"', page).group(1)
    form = client.get(onward).content.decode()
    assert f'value="{invitation}"' in form
    given = {"name": "Noor", "email": "new@example.net", "password1": "four quiet words here", "zone": "UTC"}
    client.post(reverse("account_signup"), given | {"next": invitation})
    answer = client.post(link_in(mail.outbox[-1]))
    assert answer.headers["Location"] == invitation
    assert "Do join me" in client.get(invitation).content.decode()
    answer = client.post(invitation + "accept/", follow=True)
    assert answer.status_code == 200
    [summary] = relationships_of(Person.objects.get(email="new@example.net"))
    assert (summary.state, summary.others[0].called) == (State.ACTIVE, "Mira Lindqvist")
