"""The demonstration's lives are the same for one seed, and what they were meant to be."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from throughline.accounts.queries import people_by_email
from throughline.agreements.queries import version_in_force
from throughline.commitments.queries import open_commitments_of
from throughline.demo.actions import make_demonstration
from throughline.demo.domain import cast, tale
from throughline.ledger.actions import rebuild
from throughline.ledger.queries import contacts_of
from throughline.meetings.queries import outcomes_of
from throughline.messaging.queries import unread_of
from throughline.practices.queries import measures_of
from throughline.relationships.queries import relationships_of

NOW = datetime(2026, 11, 22, 12, 47, tzinfo=UTC)
EARLY = NOW - timedelta(days=100)
FEW = tuple(pair for pair in tale.PAIRS if pair.key in {"kiran", "oksana", "thabo"})


def life_of(person, summary):
    """What one pair's pages say, without the ids."""
    found = summary.relationship_id
    version = version_in_force(found)
    outcomes = Counter(one.outcome.value for one in outcomes_of(found, EARLY, NOW))
    contacts = [(one.started_at, one.kind.value, one.together) for one in contacts_of(found, EARLY, NOW)]
    measures = [(one.id, one.words) for one in measures_of(found, NOW)]
    return {
        "with": [other.called for other in summary.others],
        "state": summary.state.value,
        "version": version and (version.number, version.since),
        "outcomes": dict(outcomes),
        "contacts": contacts,
        "measures": measures,
        "unread": unread_of(person, [found]).get(found, 0),
        "promised": sorted(str(one.due) for one in open_commitments_of(person)),
    }


def lives():
    people = people_by_email(one.email for one in cast.EVERYBODY)
    return {
        (person.called, person.zone): sorted(
            (life_of(person, summary) for summary in relationships_of(person)), key=lambda life: life["with"]
        )
        for person in people.values()
    }


@pytest.fixture
def few(monkeypatch):
    """Three of the pairs, which take a fraction of the time."""
    monkeypatch.setattr(tale, "PAIRS", FEW)


def made(seed):
    """The lives of one seed; the database is as before."""
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        make_demonstration(seed=seed, until=NOW)
        assert rebuild().written == 0, "the ledger would be another one when rebuilt"
        found = lives()
        transaction.set_rollback(True)
    return found


def test_one_seed_is_one_story(db, few):
    first, second = made(7), made(7)
    assert first == second
    marisol = first["Marisol Adeyemi", "Europe/Lisbon"]
    assert [(life["with"], life["state"]) for life in marisol] == [
        ([], "invited"),
        (["Kiran Thapa"], "active"),
        (["Oksana Hrytsiv"], "paused"),
        (["Thabo Mokwena"], "active"),
    ]
    kiran = marisol[1]
    assert kiran["outcomes"] == {"held": 11}
    assert kiran["unread"] == 2
    assert [words for id, words in kiran["measures"] if id == "protected-time"] == ["91 %"]
    assert marisol[3]["version"] is None


@pytest.mark.deep
def test_everybodys_lives_end_as_they_were_told(db):
    mentors = {one.name for one in cast.EVERYBODY if one.key in {pair.mentor for pair in tale.PAIRS}}
    whole = [life for (name, _zone), theirs in made(20).items() if name in mentors for life in theirs if life["with"]]
    shown = {life["with"][0]: {"state": life["state"], **life["outcomes"]} for life in whole}
    assert len(shown) == len(tale.PAIRS)
    assert shown["Elif Karataş"]["one came"] == 3
    assert shown["Beatriz Salgueiro"]["state"] == "ended"
