"""The log names routes and classes, never addresses or texts."""

from __future__ import annotations

import logging
import sys

import pytest
from django.test import RequestFactory
from django.urls import resolve

from throughline.foundation.logs import DiscreetFormatter

SECRET = "a-secret-of-an-invitation"


@pytest.fixture
def formatter() -> DiscreetFormatter:
    return DiscreetFormatter("%(levelname)s: %(message)s")


def a_record(message: str, *words: object, **extra: object) -> logging.LogRecord:
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, words, sys.exc_info())
    record.__dict__.update(extra)
    return record


def test_a_request_is_named_by_its_route(formatter):
    request = RequestFactory().post("/admin/login/", {"next": SECRET})
    request.resolver_match = resolve("/admin/login/")
    record = a_record("Bad Request: %s", request.get_full_path(), request=request, status_code=400)
    record.exc_info = None
    assert formatter.format(record) == "ERROR: 400 POST /admin/login/"


def test_an_unknown_address_is_not_repeated(formatter):
    request = RequestFactory().get(f"/invitations/{SECRET}/")
    record = a_record("Not Found: %s", request.path, request=request, status_code=404)
    record.exc_info = None
    assert formatter.format(record) == "ERROR: 404 GET an address that nobody serves"


def test_an_error_is_told_by_class_and_place_with_its_cause(formatter):
    try:
        try:
            int(SECRET)
        except ValueError as cause:
            raise RuntimeError(SECRET) from cause
    except RuntimeError:
        told = formatter.format(a_record("it failed"))
    assert SECRET not in told
    lines = told.splitlines()
    assert lines[0] == "ERROR: it failed"
    assert [line for line in lines[1:] if not line.startswith("  ")] == [
        "builtins.ValueError",
        "which led to",
        "builtins.RuntimeError",
    ]
    assert f"{__name__}:" in told


def test_a_database_that_is_away_is_one_line_and_a_missing_table_is_told_in_full(formatter):
    import sqlite3

    from django.db import OperationalError

    def told(cause: Exception) -> str:
        try:
            try:
                raise cause
            except type(cause) as known:
                raise OperationalError("connection to secret.example failed") from known
        except OperationalError:
            record = logging.LogRecord("django.request", logging.ERROR, "", 0, "%s", ("x",), sys.exc_info())
        return formatter.format(record)

    away = told(ConnectionRefusedError("secret"))
    assert away == "ERROR: x (builtins.ConnectionRefusedError)"
    missing = sqlite3.OperationalError("no such table: secret")
    missing.sqlite_errorname = "SQLITE_ERROR"
    assert len(told(missing).splitlines()) > 3
    assert "secret" not in away + told(missing)
