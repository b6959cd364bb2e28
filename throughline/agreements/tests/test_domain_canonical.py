"""Same content, same digest; anything else, another."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from throughline.agreements.domain.canonical import canonical, digest
from throughline.agreements.domain.plain import from_plain, to_plain
from throughline.agreements.domain.terms import Review, Terms
from throughline.agreements.tests.strategies import few, terms


def digest_of(value: Terms) -> str:
    return digest(canonical(to_plain(value)))


def turned(plain):
    """The same JSON with the keys of every object in the opposite order."""
    if isinstance(plain, dict):
        return {key: turned(plain[key]) for key in reversed(plain)}
    return [turned(item) for item in plain] if isinstance(plain, list) else plain


@few
@given(terms)
def test_terms_come_back_from_their_json(value):
    assert from_plain(Terms, json.loads(json.dumps(to_plain(value)))) == value


@few
@given(terms)
def test_the_order_of_keys_does_not_matter(value):
    assert digest(canonical(turned(to_plain(value)))) == digest_of(value)


@few
@given(terms, terms)
def test_digests_are_equal_exactly_when_the_terms_are(one, other):
    same = canonical(to_plain(one)) == canonical(to_plain(other))
    assert (digest_of(one) == digest_of(other)) == same


@few
@given(terms, terms, st.sampled_from(sorted(Terms.__annotations__)))
def test_any_part_that_changes_changes_the_digest(one, other, part):
    plain = to_plain(one)
    changed = {**plain, part: to_plain(other)[part]}
    assume(canonical(plain) != canonical(changed))
    assert digest(canonical(changed)) != digest_of(one)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_two_ways_to_write_one_character_sign_alike(text):
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert canonical({"prose": composed}) == canonical({"prose": apart})


def test_the_form_is_fixed_for_ever():
    text = canonical({"b": [1, None, True], "a": "Tomás \u2028 <b>"})
    assert text == '{"a":"Tomás \u2028 <b>","b":[1,null,true]}'
    assert digest(text) == "9f0a7f157447f2c38d8a49cbd06e9f086049e3f0b7e337fa4c24be20557bebdb"


@pytest.mark.parametrize(
    "bad", [1.0, float("nan"), {1: "a"}, {"e\u0301": 1, "\u00e9": 2}, "\ud800", {"a": {"b": b"bytes"}}]
)
def test_what_has_no_canonical_form_is_refused(bad):
    with pytest.raises(ValueError):
        canonical({"value": bad})


@pytest.mark.parametrize("change", [{"every_days": 7.0}, {"every_days": True}, {"first": 5}, {"more": 1}])
def test_json_of_another_shape_is_refused(change):
    with pytest.raises(ValueError):
        from_plain(Review, {"first": "2026-12-03", "every_days": 180, **change})
