"""Words as people mean them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.messaging.domain.searching import Excerpt, excerpt_at, folded, has_all, words_of


@pytest.mark.parametrize(
    ("text", "asked", "holds"),
    [
        ("Tomás liest das Kapitel", "TOMAS kapitel", True),
        ("The figures are in", "figures out", False),
        ("Straße", "strasse", True),
        ("naïve", "naive", True),
        ("Κεφάλαιο", "κεφαλαιο", True),
        ("第三章已经写好", "三章", True),
    ],
)
def test_case_and_accents_do_not_matter(text, asked, holds):
    assert has_all(text, words_of(asked)) is holds


@pytest.mark.parametrize("asked", ["", "  ", "?!", "—"])
def test_nothing_to_look_for(asked):
    assert words_of(asked) == ()


def test_an_excerpt_shows_the_first_hit_as_it_was_written():
    assert excerpt_at("Good: Tomás\nread it", ["read", "tomas"]) == Excerpt("Good: ", "Tomás", " read it")
    long = excerpt_at("x" * 200 + " Straße " + "y" * 200, ["strasse"])
    assert (long.before[0], long.found, long.after[-1]) == ("…", "Straße", "…")


@given(st.text(max_size=60), st.text(min_size=1, max_size=8), st.text(max_size=60))
def test_whatever_is_held_is_found_and_shown(before, word, after):
    words = words_of(word)
    text = before + word + after
    if words and has_all(text, words):
        shown = excerpt_at(text, words)
        assert any(found in folded(shown.found) for found in words) or not shown.found
