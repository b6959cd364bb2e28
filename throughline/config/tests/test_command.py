"""The command refuses with one sentence and code 1, and nothing else on the screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(folder: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Exit code and what it said on the error stream."""
    done = subprocess.run(
        [sys.executable, "-m", "throughline.config.command", *arguments],
        env={**os.environ, "THROUGHLINE_DATA": str(folder), "DATABASE_URL": "", "REDIS_URL": "", **environment},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "http"}, "PORT must be a number from 1 to 65535, not 'http'."),
        ({"THROUGHLINE_KEY": "short"}, "THROUGHLINE_KEY is not base64."),
        ({"HOST": "192.0.2.1"}, "192.0.2.1 is no address of this machine: set HOST."),
        (
            {"THROUGHLINE_DATA": "/dev/null/data"},
            "/dev/null/data cannot be used (Not a directory): set THROUGHLINE_DATA.",
        ),
        (
            {"DATABASE_URL": "postgres://throughline@127.0.0.1:9/none"},
            "The database cannot be used (OperationalError): check DATABASE_URL.",
        ),
    ],
)
def test_serve_says_why_it_does_not_start(tmp_path, environment, sentence):
    assert run(tmp_path, "serve", **environment) == (1, f"{sentence}\n")


def test_a_worker_waits_for_nobody_to_migrate(tmp_path):
    assert run(tmp_path, "worker") == (
        1,
        "The database is not up to date yet: `throughline serve` does that when it starts.\n",
    )


def test_an_unknown_word_is_answered_with_the_words_there_are(tmp_path):
    code, said = run(tmp_path, "serv")
    assert code == 2
    assert said.startswith("throughline serve ")


def test_what_is_written_is_for_its_owner_alone(tmp_path):
    run(tmp_path / "data", "manage", "migrate", "jobs", "--verbosity=0")
    found = {path.stat().st_mode & 0o077 for path in [tmp_path / "data", *(tmp_path / "data").rglob("*")]}
    assert found == {0}
