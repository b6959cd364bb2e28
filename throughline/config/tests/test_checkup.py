"""/checkup and the red line: for administrators alone."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_network

import pytest
from django.test import RequestFactory
from django.urls import reverse

from throughline.config.check.outside import findings_of_request
from throughline.foundation.environment import ENV
from throughline.foundation.jobs.models import Worker

pytestmark = pytest.mark.django_db
SILENT = "No worker has been heard for half a minute"


@pytest.fixture
def administrator(client, mentor):
    mentor.is_staff = mentor.is_superuser = True
    mentor.save()
    client.force_login(mentor)
    return mentor


@pytest.fixture
def worker():
    return Worker.objects.create()


def test_it_says_what_the_command_says(client, administrator, worker):
    page = client.get(reverse("checkup")).content.decode()
    assert "No mail is sent: it is kept in the data folder" in page
    assert "Work in the background" in page
    assert SILENT not in page


def test_nobody_else_finds_it(client, mentee, stranger):
    for person in (mentee, stranger):
        client.force_login(person)
        assert client.get(reverse("checkup")).status_code == 404
    client.logout()
    assert client.get(reverse("checkup")).status_code == 302


def test_a_silent_worker_is_a_red_line_on_every_page_of_an_administrator(client, administrator, mentee, worker):
    today = reverse("today")
    assert SILENT not in client.get(today).content.decode()
    worker.delete()
    for address in (today, reverse("checkup"), reverse("accounts:settings")):
        assert SILENT in client.get(address).content.decode()
    client.force_login(mentee)
    assert SILENT not in client.get(today).content.decode()


PROXY = {"REMOTE_ADDR": "10.1.2.3"}
CLIENT = {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "203.0.113.9", "wsgi.url_scheme": "https"}


@pytest.mark.parametrize(
    ("came", "says"),
    [
        (CLIENT, []),
        (CLIENT | {"REMOTE_ADDR": "10.9.9.9"}, ["You come through 10.9.9.9, which says for whom"]),
        (PROXY | {"wsgi.url_scheme": "https"}, ["Your proxy 10.1.2.3 does not say"]),
        (CLIENT | {"wsgi.url_scheme": "http"}, ["You come by https, and this server hears http"]),
        ({"REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "https"}, []),
    ],
)
def test_what_the_way_of_a_request_shows(came, says):
    env = replace(ENV, base_url="https://example.org", proxies=(ip_network("10.1.0.0/16"), ip_network("127.0.0.0/8")))
    request = RequestFactory().get("/checkup/", **came)
    found = [finding.sentence for finding in findings_of_request(request, env)]
    assert len(found) == len(says)
    assert all(sentence.startswith(words) for sentence, words in zip(found, says, strict=True))
