"""Documents and their log: opened once, appended together, compacted without a change, destroyed for good."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import time_machine

from throughline.coediting.access import may_edit, register_origin
from throughline.coediting.actions import Change, append_updates, compact_document, destroy_document, open_document
from throughline.coediting.domain.merging import document_of
from throughline.coediting.jobs import compact
from throughline.coediting.models import Document, Snapshot, Update
from throughline.coediting.queries import authors_of, html_of, state_of, text_of
from throughline.coediting.signals import document_changed
from throughline.coediting.tests.writing import lines, paragraph, written
from throughline.foundation import clock
from throughline.relationships.models import RelationshipKey


def test_an_origin_has_one_document(pair):
    assert open_document(pair.pk, "tests.Page:1") == open_document(pair.pk, "tests.Page:1")
    assert Document.objects.count() == 1


def test_an_empty_document_reads_as_nothing(pair):
    document = open_document(pair.pk, "tests.Page:1")
    assert (html_of(document), text_of(document), authors_of(document)) == ("", "", {})
    assert lines(document_of([state_of(document)])) == []


def test_what_is_appended_is_read_sealed_and_counted(pair, mentor, mentee, django_assert_num_queries):
    one, two = open_document(pair.pk, "tests.Page:1"), open_document(pair.pk, "tests.Page:2")
    hers, his = Change(mentor.pk, written("hers")), Change(mentee.pk, written("his own"))
    assert append_updates(changes={one: [hers, his, his], two: [hers]}) == set()
    assert sorted(text_of(one).split("\n")) == ["hers", "his own"]
    assert html_of(two) == "<p>hers</p>"
    assert authors_of(one) == {mentor.pk: 4, mentee.pk: 7}
    assert list(Update.objects.filter(document=one).values_list("seq", "by_id")) == [(1, mentor.pk), (2, mentee.pk)]
    assert b"hers" not in bytes(Update.objects.filter(document=two).values_list("content", flat=True)[0].content)
    with django_assert_num_queries(4):  # savepoint, state, log, release
        state_of(one)


def test_the_log_is_compacted_and_nothing_changes(pair, mentor, mentee):
    document = open_document(pair.pk, "tests.Page:1")
    doc = document_of([])
    before = doc.get_state()
    text = paragraph(doc)
    with time_machine.travel(clock.now() - timedelta(minutes=10)) as moved:
        for number in range(60):
            text.insert(0, str(number % 10))
            by = mentor.pk if number % 3 else mentee.pk
            append_updates(changes={document: [Change(by, doc.get_update(before))]})
            before = doc.get_state()
            moved.shift(1)
    append_updates(changes={document: [Change(mentor.pk, written("young"))]})
    read = (text_of(document), html_of(document), authors_of(document))
    compact()
    assert list(Update.objects.values_list("seq", flat=True)) == [61]
    snapshot = Snapshot.objects.get()
    assert (snapshot.up_to, snapshot.inserted) == (60, {str(mentor.pk): 40, str(mentee.pk): 20})
    assert (text_of(document), html_of(document), authors_of(document)) == read
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        compact_document(document_id=document)
        compact_document(document_id=document)
        assert Update.objects.count() == 0
        append_updates(changes={document: [Change(mentor.pk, written("more"))]})
    assert Update.objects.get().seq == 62
    assert Snapshot.objects.count() == 1
    assert authors_of(document) == {mentor.pk: 49, mentee.pk: 20}


def test_a_destroyed_document_or_key_takes_nothing_and_harms_no_other(pair, mentor):
    one, two = open_document(pair.pk, "tests.Page:1"), open_document(pair.pk, "tests.Page:2")
    destroy_document(one)
    change = [Change(mentor.pk, written("words"))]
    assert append_updates(changes={one: change, two: change, uuid4(): []}) >= {one}
    assert text_of(two) == "words"
    RelationshipKey.objects.all().delete()
    from throughline.foundation.encryption.keyring import keyring

    keyring.forget(pair.pk)
    assert append_updates(changes={two: change}) == {two}
    assert Update.objects.count() == 1


def test_a_change_is_announced_once_in_a_while_and_a_broken_receiver_harms_nobody(pair, mentor, caplog):
    document = open_document(pair.pk, "tests.Page:1")
    heard = []

    def hear(**told):
        heard.append((told["document_id"], told["relationship_id"], told["origin"], told["by_id"]))
        Document.objects.filter(pk=document).update(origin="lost")
        raise RuntimeError("receiver")

    document_changed.connect(hear)
    try:
        for _ in range(3):
            append_updates(changes={document: [Change(mentor.pk, written("words"))]})
    finally:
        document_changed.disconnect(hear)
    assert heard == [(document, pair.pk, "tests.Page:1", mentor.pk)]
    assert Update.objects.count() == 3
    assert Document.objects.get().origin == "tests.Page:1"
    assert [record.getMessage() for record in caplog.records] == ["a receiver of document_changed failed: RuntimeError"]


def test_the_origins_room_and_membership_decide_who_writes(pair, mentor, mentee, stranger):
    document = open_document(pair.pk, "tests.Page:1")
    assert may_edit(mentor.pk, document)
    assert not may_edit(stranger.pk, document)
    assert not may_edit(mentor.pk, uuid4())
    register_origin("tests.", lambda person_id, relationship_id, origin: person_id == mentee.pk)
    try:
        assert [may_edit(person.pk, document) for person in (mentor, mentee, stranger)] == [False, True, False]
    finally:
        from throughline.coediting import access

        del access._origins["tests."]
