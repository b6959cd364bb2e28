"""The files that an operator starts from, checked by the programs that will read them, where these are there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

DEPLOY = ROOT / "deploy"
ASKED = {
    "THROUGHLINE_HOST": "mentoring.example.org",
    "THROUGHLINE_KEY": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "DATABASE_PASSWORD": "letters",
    "FILES_SECRET": "letters",
    "EMAIL_URL": "smtp://mail.example.org",
}


def program(name: str) -> str:
    """Where it is; the test is skipped, visibly, on a machine without it."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{name} is not on this machine")
    return found


def said(*command: str | Path, **environment: str) -> str:
    """What it printed. Fails with that when it failed."""
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units with a program that is there in place of /opt/throughline."""
    command = tmp_path / "bin/throughline"
    command.parent.mkdir()
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    made = []
    for unit in sorted(DEPLOY.glob("*.service")):
        made.append(tmp_path / unit.name)
        made[-1].write_text(unit.read_text().replace("/opt/throughline/bin/throughline", str(command)))
    assert [unit.name for unit in made] == ["throughline-worker.service", "throughline.service"]
    return made


def test_units_are_what_systemd_reads(units: list[Path]) -> None:
    assert said(program("systemd-analyze"), "verify", "--man=no", *units) == ""


def test_units_close_off_what_is_not_needed(units: list[Path]) -> None:
    """systemd's own measure, from 0 (nothing open) to 10. Its next word after 2 is "medium"."""
    for unit in units:
        words = said(program("systemd-analyze"), "security", "--offline=true", "--no-pager", unit)
        exposure = re.search(r"exposure level for \S+: ([\d.]+)", words)
        assert exposure is not None, words
        assert float(exposure[1]) <= 2.0


def test_the_proxies_files_are_those_of_their_page() -> None:
    page = (ROOT / "docs/running/proxies.md").read_text()
    for language, name in (("nginx", "nginx.conf"), ("caddyfile", "Caddyfile")):
        shown = re.search(rf"```{language}\n(.*?)```", page, re.DOTALL)
        assert shown is not None
        assert (DEPLOY / name).read_text() == shown[1], f"deploy/{name} and docs/running/proxies.md differ"


def test_nginx_reads_its_file(tmp_path: Path) -> None:
    nginx = program("nginx")
    subject = ("-subj", "/CN=mentoring.example.org", "-nodes", "-days", "2")
    keys = ("-keyout", tmp_path / "key.pem", "-out", tmp_path / "certificate.pem")
    said(program("openssl"), "req", "-x509", "-newkey", "rsa:2048", *subject, *keys)
    whole = f"""
        pid {tmp_path}/pid;
        error_log {tmp_path}/log;
        events {{}}
        http {{
            access_log off;
            client_body_temp_path {tmp_path}; proxy_temp_path {tmp_path}; fastcgi_temp_path {tmp_path};
            uwsgi_temp_path {tmp_path}; scgi_temp_path {tmp_path};
            ssl_certificate {tmp_path}/certificate.pem;
            ssl_certificate_key {tmp_path}/key.pem;
            {(DEPLOY / "nginx.conf").read_text()}
        }}
    """
    (tmp_path / "nginx.conf").write_text(whole)
    assert "test is successful" in said(nginx, "-t", "-c", tmp_path / "nginx.conf", "-p", tmp_path)


@pytest.mark.parametrize("name", ["Caddyfile", "Caddyfile.many"])
def test_caddy_reads_its_files(name: str, tmp_path: Path) -> None:
    given = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), **ASKED}
    words = said(program("caddy"), "validate", "--adapter", "caddyfile", "--config", DEPLOY / name, **given)
    assert "Valid configuration" in words


def test_the_containerfile_is_sound() -> None:
    assert said(program("hadolint"), DEPLOY / "Containerfile") == ""


@pytest.mark.parametrize("name", ["compose.yaml", "compose.many.yaml"])
def test_compose_reads_its_files(name: str) -> None:
    assert said(program("docker-compose"), "-f", DEPLOY / name, "config", "--quiet", **ASKED) == ""


def test_compose_asks_for_what_it_cannot_know() -> None:
    for missing in ASKED:
        given = {**os.environ, **ASKED}
        del given[missing]
        done = subprocess.run(
            [program("docker-compose"), "-f", DEPLOY / "compose.many.yaml", "config", "--quiet"],
            env=given,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode != 0
        assert missing in done.stderr


def test_every_variable_that_they_set_is_one_of_ours() -> None:
    from throughline.foundation.environment import VARIABLES

    pattern = re.compile(r"^\s*#?([A-Z][A-Z_]+)[=:]", re.MULTILINE)
    named = set(pattern.findall((DEPLOY / "throughline.env.example").read_text()))
    many = (DEPLOY / "compose.many.yaml").read_text()
    named |= set(pattern.findall(many[: many.index("services:")]))
    assert named - set(VARIABLES) == set()
