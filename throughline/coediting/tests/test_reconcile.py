"""What another process stored is read from the log, whatever Redis lost on the way."""

from __future__ import annotations

from uuid import uuid4

from throughline.coediting.actions import Change, append_updates, open_document
from throughline.coediting.domain.merging import document_of
from throughline.coediting.reconcile import Reconciler
from throughline.coediting.tests.writing import lines, written
from throughline.foundation.live import topics
from throughline.foundation.live.topics import Seat, Ways


def test_new_rows_are_told_once_to_the_seats_of_their_document(pair, mentor, django_assert_num_queries):
    document, other = open_document(pair.pk, "tests.Page:1"), open_document(pair.pk, "tests.Page:2")
    append_updates(changes={document: [Change(mentor.pk, written("known"))]})
    told: list[tuple[Seat, bytes]] = []
    before = topics.reach_through(Ways(lambda topic, message: None, lambda seat, piece: told.append((seat, piece))))
    try:
        reconciler = Reconciler()
        seat = Seat(uuid4().hex, mentor.pk, f"document:{document}", document)
        reconciler.watch(seat, 1)
        reconciler.watch(Seat(uuid4().hex, mentor.pk, f"document:{other}", other), 0)
        with django_assert_num_queries(1):
            reconciler.reconcile()
        append_updates(changes={document: [Change(mentor.pk, written("from elsewhere"))]})
        with django_assert_num_queries(2):
            reconciler.reconcile()
        reconciler.reconcile()
        assert [one for one, _ in told] == [seat]
        assert lines(document_of([told[0][1]])) == ["from elsewhere"]
        reconciler.unwatch(seat)
        append_updates(changes={document: [Change(mentor.pk, written("nobody here"))]})
        reconciler.reconcile()
        assert len(told) == 1
    finally:
        topics.reach_through(before)
