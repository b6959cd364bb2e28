"""Throttles lie in the database: a restart of the server forgets none of them. Two real processes show it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

BEGIN = """
import django; django.setup()
from throughline.config.schema import bring_up_to_date
bring_up_to_date()
"""
TRY = """
import django; django.setup()
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
for _ in range(5):
    page = Client().post("/account/login/", {"login": "mira@example.org", "password": "not the password"})
    print("throttled" if "Too many" in page.content.decode() else "wrong")
"""


@pytest.mark.deep
def test_a_restart_forgets_no_throttle(tmp_path):
    environment = {**os.environ, "THROUGHLINE_DATA": str(tmp_path), "DATABASE_URL": ""}
    environment["DJANGO_SETTINGS_MODULE"] = "throughline.config.settings"

    def run(code: str) -> list[str]:
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        return done.stdout.split()

    run(BEGIN)
    assert run(TRY) == ["wrong"] * 5
    assert run(TRY) == ["throttled"] * 5
