"""Each thing that is wrong is said once, with how to mend it."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_network

import pytest

from throughline.config import check
from throughline.config.check.finding import Finding
from throughline.foundation.environment import ENV
from throughline.foundation.jobs.models import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(monkeypatch, tmp_path):
    """Findings of an installation with these settings beside a safe default."""
    monkeypatch.setattr("throughline.foundation.islands.manifest", dict)

    def ask(**settings: object) -> list[Finding]:
        safe = replace(ENV, data=tmp_path, key="k", base_url="http://localhost:8000", host="127.0.0.1", redis_url="")
        return [finding for finding in check.findings(replace(safe, **settings)) if finding.to_mend]

    return ask


@pytest.fixture
def worker() -> Worker:
    return Worker.objects.create()


def test_nothing_is_wrong(ask, worker):
    assert ask() == []


def test_no_worker(ask):
    assert [finding.sentence for finding in ask()] == [
        "No worker was heard in the last half minute, so no mail is sent and no meeting planned: start `throughline "
        "serve`; if it runs, read its log and start it again."
    ]


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"base_url": "http://mentoring.example.org"}, "is not https"),
        ({"host": "0.0.0.0"}, "Set THROUGHLINE_URL"),
        ({"clock_file": "/tmp/clock"}, "THROUGHLINE_CLOCK_FILE moves the clock"),
        ({"debug": True}, "THROUGHLINE_DEBUG"),
        ({"email_url": "smtp://127.0.0.1:9/"}, "The mail server 127.0.0.1 does not answer"),
        ({"redis_url": "redis://127.0.0.1:9/0"}, "Redis does not answer"),
        ({"proxies": (ip_network("0.0.0.0/0"),)}, "TRUSTED_PROXIES believes everybody (0.0.0.0/0)"),
        ({"metrics_token": "short"}, "METRICS_TOKEN is short enough to be guessed"),
        ({"metrics_networks": (ip_network("::/0"),)}, "METRICS_NETWORKS shows /metrics to everybody"),
        ({"files_url": "s3://key:secret@127.0.0.1:9/bucket?tls=0"}, "Files cannot be kept at 127.0.0.1:9/bucket: "),
        ({"files_url": "file:///dev/null/files"}, "Files cannot be kept at /dev/null/files: "),
        ({"files_url": "ftp://here"}, "FILES_URL must look like"),
        ({"email_url": "smtp://"}, "EMAIL_URL must look like"),
    ],
)
def test_one_thing_is_wrong(ask, worker, chosen, words):
    (finding,) = ask(**chosen)
    assert words in finding.sentence


def test_keys_that_others_can_read(ask, worker, tmp_path):
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    (keys / "installation.key").touch(mode=0o644)
    (finding,) = ask()
    assert finding.sentence.endswith(f"`chmod 600 {keys / 'installation.key'}`.")


def test_a_key_that_does_not_fit_the_data(ask, worker, pair, monkeypatch):
    assert ask() == []
    monkeypatch.setattr("throughline.foundation.encryption.keyring.installation_key", lambda: bytes(32))
    (finding,) = ask()
    assert finding.sentence.startswith("The installation's key is not the one that this data was sealed with")
