"""The demonstration and real life never share a database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from throughline.demo import apart
from throughline.demo.apart import Found
from throughline.foundation.environment import ENV


@pytest.fixture
def demo(tmp_path):
    """The environment of a demonstration in an empty folder."""
    return replace(
        ENV,
        data=tmp_path,
        demo=True,
        demo_anywhere=False,
        host="127.0.0.1",
        base_url="http://localhost:8000",
        database_url="",
        email_url="",
    )


def write(path, sql):
    with closing(sqlite3.connect(path)) as file:
        file.executescript(sql)


def test_an_empty_folder_is_marked_before_its_first_table(demo):
    assert apart.reason_to_refuse(demo) == ""
    apart.begin_where_nothing_is_finished(demo)
    assert apart.found_in(apart.database(demo)) is Found.UNFINISHED
    assert not apart.is_made(demo)


def test_a_real_database_is_refused_and_left_alone(demo):
    path = apart.database(demo)
    write(path, "CREATE TABLE people (name); INSERT INTO people VALUES ('Mira')")
    before = path.read_bytes()
    assert apart.reason_to_refuse(demo) == (
        f"{demo.data} holds a database that the demonstration did not make, so it is left alone. Set "
        "THROUGHLINE_DATA to another folder, or take THROUGHLINE_DEMO away."
    )
    apart.begin_where_nothing_is_finished(demo)
    assert path.read_bytes() == before
    assert apart.reason_to_refuse(replace(demo, demo=False)) == ""


def test_what_is_no_database_at_all_counts_as_real(demo):
    apart.database(demo).write_bytes(b"somebody's notes, which are longer than the head of a database file " * 20)
    assert apart.found_in(apart.database(demo)) is Found.REAL


def test_an_interrupted_one_begins_anew_and_a_whole_one_stays(demo):
    path = apart.database(demo)
    apart.begin_where_nothing_is_finished(demo)
    write(path, "CREATE TABLE half (done)")
    (demo.data / "outbox").mkdir()
    apart.begin_where_nothing_is_finished(demo)
    assert not (demo.data / "outbox").exists()
    write(path, f"CREATE TABLE whole (done); PRAGMA user_version = {apart.WHOLE}")  # as if `half` had never been
    before = path.read_bytes()
    apart.begin_where_nothing_is_finished(demo)
    assert path.read_bytes() == before
    assert apart.is_made(demo)


def test_real_life_does_not_move_into_a_demonstration(demo):
    apart.begin_where_nothing_is_finished(demo)
    real = replace(demo, demo=False)
    assert apart.reason_to_refuse(real) == (
        f"{demo.data} holds the demonstration, whose people are invented. Set THROUGHLINE_DATA to a folder of "
        "your own; or THROUGHLINE_DEMO=1 to look at the demonstration."
    )
    assert apart.reason_to_refuse(replace(real, database_url="postgres://elsewhere")) == ""


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"host": "0.0.0.0"}, "THROUGHLINE_DEMO=anywhere"),
        ({"host": "192.168.1.4"}, "THROUGHLINE_DEMO=anywhere"),
        ({"base_url": "https://mentoring.example.org"}, "THROUGHLINE_DEMO=anywhere"),
        ({"database_url": "postgres://host/name"}, "take DATABASE_URL away"),
        ({"email_url": "smtp://host"}, "take EMAIL_URL away"),
    ],
)
def test_it_stays_on_this_machine(demo, change, word):
    assert word in apart.reason_to_refuse(replace(demo, **change))


def test_somebody_may_say_that_everybody_may_come_in(demo):
    assert apart.reason_to_refuse(replace(demo, host="0.0.0.0", demo_anywhere=True)) == ""
