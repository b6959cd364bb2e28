"""Searching one conversation: everything that is there, nothing that is not, and nobody else."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from throughline.messaging.actions import delete_message, edit_message, keep_file, send_message
from throughline.messaging.queries import found_in
from throughline.relationships.actions import begin_relationship, join_relationship
from throughline.relationships.domain.roles import Role


def _send(pair, by, text, **more):
    return send_message(relationship=pair, by=by, client_id=uuid4(), text=text, **more)


@pytest.fixture
def address(pair):
    return reverse("messaging:search", args=[pair.pk])


def test_words_and_names_of_files_are_found(pair, mentor, mentee):
    _send(pair, mentor, "The **Kapitel** for Tomás")
    edited, gone = _send(pair, mentee, "kapitel two"), _send(pair, mentee, "kapitel three")
    edit_message(message=edited, by=mentee, text="chapter two")
    delete_message(message=gone, by=mentee)
    file = keep_file(relationship=pair, by=mentor, name="Kapitel vier.pdf", content=b"%PDF-1.7")
    _send(pair, mentor, "", files=[file.pk])
    other = begin_relationship(by=mentor, role=Role.MENTOR)
    join_relationship(relationship=other, by=mentee, role=Role.MENTEE)
    _send(other, mentor, "kapitel five")
    assert [one.number for one in found_in(pair.pk, ["kapitel"])] == [4, 1]
    assert [one.number for one in found_in(pair.pk, ["kapitel", "tomas"])] == [1]


def test_the_page_leads_to_the_place_and_keeps_words_out_of_its_address(client, pair, mentor, address):
    _send(pair, mentor, "<b>bold</b> Kapitel")
    client.force_login(mentor)
    shown = client.post(address, {"words": "kapitel"}).content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt; <mark>Kapitel</mark>" in shown
    assert "?around=1#m1" in shown
    assert "Nothing found" in client.post(address, {"words": "nowhere"}).content.decode()
    assert client.post(address, {"words": "x" * 201}).status_code == 422
    assert "Kapitel" not in client.get(address, {"words": "kapitel"}).content.decode()


def test_a_stranger_searches_nothing(client, stranger, address):
    client.force_login(stranger)
    assert client.post(address, {"words": "kapitel"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 60])
def test_a_search_takes_a_fixed_number_of_queries(client, pair, mentor, address, django_assert_num_queries, count):
    for number in range(count):
        _send(pair, mentor, f"kapitel {number}")
    client.force_login(mentor)
    client.post(address, {"words": "kapitel"})
    with django_assert_num_queries(9):
        client.post(address, {"words": "kapitel"})
