"""When something of ours fails people read a sentence: never the inside of it, and never in vain."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse
from psycopg.errors import AdminShutdown, DiskFull

from throughline.config.trouble import Trouble, trouble_of
from throughline.foundation.files.store import FilesError


def led_to(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


def sqlite_full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    return error


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (None, Trouble.BROKEN),
        (KeyError("x"), Trouble.BROKEN),
        (OperationalError("secret"), Trouble.AWAY),
        (InterfaceError("the connection is closed"), Trouble.AWAY),
        (led_to(OperationalError(), AdminShutdown()), Trouble.AWAY),
        (led_to(OperationalError(), DiskFull()), Trouble.FULL),
        (led_to(OperationalError(), sqlite_full()), Trouble.FULL),
        (FilesError("away"), Trouble.AWAY),
        (led_to(FilesError("full"), OSError(errno.ENOSPC, "")), Trouble.FULL),
        (OSError(errno.ENOSPC, ""), Trouble.FULL),
        (led_to(ValueError(), OperationalError()), Trouble.AWAY),
    ],
)
def test_what_a_failure_means(error, trouble):
    assert trouble_of(error) is trouble


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("host=secret"), 503, "We cannot reach our own records just now"),
        (OSError(errno.ENOSPC, "/secret"), 503, "There is no room left to save anything"),
        (RuntimeError("secret"), 500, "Something of ours broke"),
    ],
)
def test_the_page_is_kind_and_says_nothing_more(mentor, monkeypatch, error, status, words):
    client = Client(raise_request_exception=False)
    client.force_login(mentor)

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("throughline.accounts.views.people.profile_for", fail)
    address = reverse("accounts:person", args=[mentor.pk])
    page = client.get(address)
    assert (page.status_code, page.headers.get("Retry-After")) == (status, "10" if status == 503 else None)
    assert words in page.content.decode()
    assert f'href="{address}"' in page.content.decode()
    asked = client.get(address, headers={"Accept": "application/json"})
    assert (asked.status_code, asked.json()["detail"].startswith(words)) == (status, True)
    assert "secret" not in page.content.decode() + asked.content.decode()
    assert "Traceback" not in page.content.decode()


@pytest.mark.django_db
def test_who_was_writing_is_told_that_the_words_are_still_there(mentor, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(mentor)

    def fail(*_: object, **__: object) -> None:
        raise OperationalError

    monkeypatch.setattr("throughline.accounts.models.Person.save", fail)
    page = client.post(reverse("accounts:section", args=["about"]), {"name": "Mira"})
    assert page.status_code == 503
    assert "Go back: what you typed is still on the page before" in page.content.decode()
