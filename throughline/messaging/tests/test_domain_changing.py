"""Excerpts and signs: plain values."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from throughline.messaging.domain.changing import excerpt_of, signs_of
from throughline.messaging.domain.limits import EXCERPT, SIGNS

ONE, OTHER = UUID(int=1), UUID(int=2)


@given(st.text(max_size=400))
def test_an_excerpt_is_one_short_line_of_its_beginning(text):
    found = excerpt_of(text)
    assert len(found) <= EXCERPT
    assert len(found.splitlines()) <= 1
    assert set(found) <= set(text) | {" ", "…"}


def test_an_excerpt_ends_between_words():
    assert excerpt_of("word " * 40) == ("word " * 27).strip() + "…"


def test_an_excerpt_is_without_marks():
    assert excerpt_of("> The **second** one\n\n- `x*y` stays") == "The second one x*y stays"


def test_signs_stand_in_the_order_in_which_they_are_offered():
    assert signs_of([(ONE, SIGNS[2]), (ONE, "?"), (OTHER, SIGNS[0]), (OTHER, SIGNS[2])]) == (
        (SIGNS[0], (OTHER,)),
        (SIGNS[2], (ONE, OTHER)),
        ("?", (ONE,)),
    )
