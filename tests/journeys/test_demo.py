"""`make run` as a visitor meets it: made once, three people with one click, and nothing for anybody else."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, PersonBrowser
from tests.journeys.server import ROOT, Server

MADE_WITHIN = 300.0  # seconds on a machine that does many other things; alone it takes ten


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "demonstration", environment={"THROUGHLINE_DEMO": "1", "DATABASE_URL": ""})
    server.start(ready=False)
    server.wait(lambda: "Throughline is at" in server.said(), MADE_WITHIN)
    server.wait_until_ready()
    yield server
    server.stop()


def be(page: Page, server: Server, name: str) -> None:
    """One click on a card of the welcome page."""
    page.goto(server.address)
    page.get_by_role("button", name=f"Look around as {name}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_a_visitor_is_each_of_the_three(demonstration: Server, person_browser: PersonBrowser) -> None:
    page = person_browser("Europe/Lisbon").new_page()
    be(page, demonstration, "Marisol")
    people = page.get_by_role("region", name="Your people").get_by_role("listitem")
    expect(people).to_have_count(7)  # six mentees, and one who is awaited
    expect(people.filter(has_text="Kiran Thapa")).to_contain_text("2 new")
    expect(people.filter(has_text="Oksana Hrytsiv")).to_contain_text("paused")
    expect(page.get_by_role("main")).to_contain_text("Read the agreement and sign it")
    people.get_by_role("link", name="Kiran Thapa", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Protected time")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"\d\d %"))
    pair = page.url

    page.get_by_text("You are Marisol Adeyemi: change").click()
    page.get_by_role("button", name="Kiran Thapa, a mentee").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kiran")
    page.goto(pair)
    page.get_by_role("link", name="Write").click()
    expect(page.get_by_role("main")).to_contain_text("the answer is yes, I want to apply")
    page.goto(f"{demonstration.address}/outbox/")
    expect(page.get_by_role("main")).to_contain_text("To marisol@example.org")

    phone = person_browser("Africa/Casablanca", "en-GB", PHONE).new_page()
    assert (answer := phone.goto(pair)) is not None
    assert "/login" in answer.url, "without a click nobody is anybody"
    be(phone, demonstration, "Soraya")
    assert (answer := phone.goto(pair)) is not None
    assert answer.status == 404
    phone.goto(f"{demonstration.address}/programmes/")
    phone.get_by_role("link", name="Across the Fence").click()
    expect(phone.get_by_role("row")).to_have_count(13)  # the heading, and twelve pairs
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")

    first = demonstration.said()
    demonstration.stop()
    demonstration.start()
    assert demonstration.said().count("Living through") == first.count("Living through") == 1
    with urllib.request.urlopen(f"{demonstration.address}/healthz") as ready:
        assert ready.status == 200


def test_it_does_not_start_over_real_data(tmp_path: Path) -> None:
    server = Server(tmp_path / "real", environment={"THROUGHLINE_DEMO": "1", "DATABASE_URL": ""})
    server.data.mkdir()
    database = server.data / "throughline.sqlite3"
    with closing(sqlite3.connect(database)) as file:
        file.execute("CREATE TABLE people (name)")
    before = database.read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "throughline.config.command", "serve"],
        cwd=ROOT, env=server.environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{server.data} holds a database that the demonstration did not make, so it is left alone. Set "
        "THROUGHLINE_DATA to another folder, or take THROUGHLINE_DEMO away.\n"
    )
    assert database.read_bytes() == before
