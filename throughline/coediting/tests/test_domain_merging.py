"""Yjs bytes: merging, garbage, and who inserted how much."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc

from throughline.coediting.domain.merging import (
    EMPTY,
    NotAnUpdateError,
    checked,
    document_of,
    insertions,
    lacking,
    merged,
)
from throughline.coediting.tests.writing import lines, paragraph, written


def test_merging_keeps_everything_once():
    updates = [written(str(number)) for number in range(150)]
    assert sorted(lines(document_of([merged(updates)])), key=int) == [str(number) for number in range(150)]
    assert merged([]) == EMPTY
    assert lines(document_of([*updates[:3], b"broken", *updates[:3]])) == lines(document_of(updates[:3]))


@given(st.binary(max_size=200))
def test_garbage_is_an_update_or_is_refused(frame):
    with suppress(NotAnUpdateError):
        document_of([checked(frame)])


@given(st.data())
def test_a_real_update_with_a_flipped_byte_never_breaks_the_reader(data):
    doc: Doc = Doc(client_id=7)
    paragraph(doc, "some words that will be broken")
    update = bytearray(doc.get_update())
    at = data.draw(st.integers(0, len(update) - 1))
    update[at] ^= data.draw(st.integers(1, 255))
    with suppress(NotAnUpdateError):
        document_of([written("before"), checked(bytes(update))]).get_update()


HOSTILE = [
    b"",
    b"\x00",
    b"hello",
    b"\xff" * 30,
    b"\x80\x80\x80\x80\x3e",  # says it holds 16 billion authors
    b"\x01\x80\x80\x80\x80\x3e\x01\x00",  # as many structs
    b"\x00\x01\x01\x80\x80\x80\x80\x3e",  # as many deletions
    b"\x00\x80\x80\x80\x80\x3e",
    b"\x01\x01\x01\x00\x08\x01\x01a\x80\x80\x80\x80\x3e",  # as many values
    b"\x01\x01\x01\x00\x08\x01\x01a\x01" + b"\x75\x01" * 100_000,  # arrays in arrays
    b"\x01\x01\x01\xff\xff\xff\xff\x07\x00\x7f\x00",  # at the end of all clocks
]


@pytest.mark.parametrize("frame", HOSTILE)
def test_what_no_update_is(frame):
    with pytest.raises(NotAnUpdateError):
        checked(frame)


def test_a_vector_that_makes_no_sense_gets_everything():
    doc = document_of([written("all")])
    assert (
        lacking(doc, b"\xff\xff\xff") == lacking(doc, b"\x80\x80\x80\x80\x3e") == doc.get_update() == lacking(doc, b"")
    )
    assert lacking(doc, doc.get_state()) == EMPTY


def test_insertions_count_once_for_whoever_came_first():
    doc: Doc = document_of([])
    text = paragraph(doc, "12345")
    first = doc.get_update()
    before = doc.get_state()
    text.insert(5, "678")
    second = doc.get_update(before)
    before = doc.get_state()
    del text[0:4]
    third = doc.get_update(before)
    log = [("ann", first), ("ben", second), ("ben", second), ("ann", doc.get_update()), ("ben", third)]
    assert insertions([], log) == {"ann": 5, "ben": 3}
    assert insertions([first], log) == {"ben": 3}
