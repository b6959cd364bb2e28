"""Ending without fault, looking back, and deleting together."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from throughline.foundation import clock
from throughline.foundation.encryption.keyring import KeyDestroyedError, keyring
from throughline.notices.models import Notice
from throughline.relationships.access import ensure_open
from throughline.relationships.actions import ask_for_deletion, end_relationship, reflect
from throughline.relationships.domain.states import State
from throughline.relationships.models import Ending, Relationship, RelationshipKey
from throughline.relationships.queries import reflections_of, relationships_of, state_of
from throughline.relationships.signals import relationship_ended


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, pair) -> str:
    return reverse(f"relationships:{name}", args=[pair.pk])


def test_one_ends_it_and_both_look_back(pair, mentor, mentee) -> None:
    heard = []

    def hear(**said: object) -> None:
        heard.append((said["relationship_id"], said["by_id"]))

    relationship_ended.connect(hear)
    client = signed_in(mentor)
    for words in ("It was <b>good</b>", "again"):
        client.post(page("end", pair), {"reflection": words})
    relationship_ended.disconnect(hear)
    assert heard == [(pair.pk, mentor.pk)]
    assert state_of(pair.pk, clock.now()) is State.ENDED
    shown = signed_in(mentee).get(page("end", pair)).content.decode()
    assert "It was &lt;b&gt;good&lt;/b&gt;" in shown
    assert "Mira Lindqvist ended it on" in shown
    signed_in(mentee).post(page("reflect", pair), {"words": "Thank you"})
    assert [(one.person_id, one.words) for one in reflections_of(pair.pk)] == [
        (mentor.pk, "It was <b>good</b>"),
        (mentee.pk, "Thank you"),
    ]
    assert [one.state for one in relationships_of(mentee)] == [State.ENDED]
    assert Notice.objects.filter(kind="relationships.ended", recipient=mentee).count() == 1


def test_it_ends_without_a_word_too(pair, mentee) -> None:
    signed_in(mentee).post(page("end", pair), {"reflection": ""})
    assert (Ending.objects.count(), reflections_of(pair.pk)) == (1, [])


def test_what_is_too_long_ends_nothing_and_is_kept(pair, mentor) -> None:
    response = signed_in(mentor).post(page("end", pair), {"reflection": "z" * 4001})
    assert (response.status_code, "z" * 4001 in response.content.decode()) == (422, True)
    assert Ending.objects.count() == 0


def test_a_look_back_needs_words_and_an_end(pair, mentor) -> None:
    with pytest.raises(ValueError):
        reflect(relationship=pair, by=mentor, words="too early")
    signed_in(mentor).post(page("reflect", pair), {"words": "too early"})
    assert reflections_of(pair.pk) == []
    end_relationship(relationship=pair, by=mentor)
    assert signed_in(mentor).post(page("reflect", pair), {"words": " "}).status_code == 422


def test_nothing_is_written_afterwards(pair, mentor) -> None:
    ensure_open(pair.pk)
    end_relationship(relationship=pair, by=mentor)
    with pytest.raises(PermissionDenied, match="has ended"):
        ensure_open(pair.pk)


def test_deletion_takes_everybody(pair, mentor, mentee) -> None:
    end_relationship(relationship=pair, by=mentor, reflection="bye")
    client = signed_in(mentor)
    for _ in range(2):
        client.post(page("delete", pair))
    assert Relationship.objects.filter(pk=pair.pk).exists()
    client.post(page("keep", pair))
    signed_in(mentee).post(page("delete", pair))
    assert Relationship.objects.filter(pk=pair.pk).exists()
    assert client.post(page("delete", pair)).headers["Location"] == reverse("relationships:index")
    assert not Relationship.objects.filter(pk=pair.pk).exists()
    assert not RelationshipKey.objects.filter(pk=pair.pk).exists()
    keyring.forget(pair.pk)
    with pytest.raises(KeyDestroyedError):
        keyring.key_of(pair.pk)
    assert ask_for_deletion(relationship=pair, by=mentor)  # a late second click finds it gone


def test_what_goes_on_is_not_deleted(pair, mentor, mentee) -> None:
    for person in (mentor, mentee):
        assert not ask_for_deletion(relationship=pair, by=person)
    assert Relationship.objects.filter(pk=pair.pk).exists()


@pytest.mark.parametrize("name", ["end", "reflect", "delete", "keep", "looks"])
def test_a_stranger_finds_nothing(pair, stranger, mentor, name) -> None:
    end_relationship(relationship=pair, by=mentor)
    client = signed_in(stranger)
    assert client.post(page(name, pair), {"reflection": "x", "words": "x"}).status_code == 404
    assert client.get(page(name, pair)).status_code in (404, 405)
