"""The rule by which fields merge: worked cases, and that nothing is ever replaced in silence."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from throughline.agreements.domain.fields import Merged, Rows, append, merge, same, sound

ROWS = (Rows(("aim", "outcome"), ("aim", "outcome"), 4),)


def merged(typed, read, now, rows=()):
    found = merge(typed, read, now, rows)
    return dict(found.written), set(found.overtaken)


def test_different_fields_merge():
    read = {"minutes": "50", "time": "18:00"}
    now = {"minutes": "45", "time": "18:00"}
    assert merged({"minutes": "50", "time": "17:00"}, read, now) == ({"time": "17:00"}, set())


def test_the_same_field_the_later_stands_and_the_earlier_is_told():
    read, now = {"minutes": "50"}, {"minutes": "45"}
    assert merged({"minutes": "60"}, read, now) == ({"minutes": "60"}, {"minutes"})


def test_the_same_change_by_both_is_one_change():
    assert merged({"minutes": "45"}, {"minutes": "50"}, {"minutes": "45"}) == ({}, set())


def test_what_nobody_has_written_takes_a_suggestion_that_is_sent_along():
    assert merged({"minutes": "50", "last": ""}, {"minutes": "50"}, {}) == ({"minutes": "50"}, set())


def test_what_the_other_has_emptied_stays_empty_unless_one_changed_it():
    assert merged({"off_limits": "Pay"}, {"off_limits": "Pay"}, {"off_limits": ""}) == ({}, set())
    assert merged({"off_limits": "Pay!"}, {"off_limits": "Pay"}, {"off_limits": ""}) == (
        {"off_limits": "Pay!"},
        {"off_limits"},
    )


def test_rows_that_both_added_are_both_kept():
    typed = {"aim_1": "a", "outcome_1": "b", "aim_2": "mine", "outcome_2": "m"}
    read = {"aim_1": "a", "outcome_1": "b"}
    now = {**read, "aim_2": "theirs", "outcome_2": "t"}
    assert merged(typed, read, now, ROWS) == ({"aim_3": "mine", "outcome_3": "m"}, set())
    again = {**now, "aim_3": "mine", "outcome_3": "m"}
    assert merged(typed, read, again, ROWS) == ({}, set())  # sent twice


def test_without_room_the_rule_for_fields_holds():
    now = {f"aim_{n}": f"theirs {n}" for n in range(1, 5)}
    assert merged({"aim_1": "mine"}, {}, now, ROWS) == ({"aim_1": "mine"}, {"aim_1"})


def test_adding_puts_rows_behind_and_keeps_what_is_alike():
    now = {"aim_1": "a", "outcome_1": "b"}
    typed = {"aim_1": "a", "outcome_1": "b", "aim_2": "c", "outcome_2": "d", "more": "e"}
    assert append(typed, now, ROWS) == {"aim_2": "c", "outcome_2": "d", "more": "e"}


names = st.sampled_from(["minutes", "time", "aim_1", "outcome_1", "aim_2", "outcome_2", "aim_3"])
texts = st.sampled_from(["", "a", "b", "c"])
forms = st.dictionaries(names, texts)


@given(forms, forms, forms, st.sampled_from([(), ROWS]))
def test_nothing_is_replaced_in_silence_and_nothing_typed_is_dropped(typed, read, now, rows):
    found = merge(typed, read, now, rows)
    after = now | dict(found.written)
    for name, value in now.items():
        unseen = not same(value, read.get(name))
        assert same(after[name], value) or not unseen or name in found.overtaken
    for name, value in typed.items():
        if value and not same(value, read.get(name)):
            assert value in after.values()


@given(forms, forms, forms, st.sampled_from([(), ROWS]))
@example({"aim_2": "b", "outcome_2": "a"}, {"aim_1": "b"}, {"aim_1": "", "aim_2": "a"}, ROWS)  # a row emptied since
def test_sent_twice_is_written_once(typed, read, now, rows):
    after = now | dict(merge(typed, read, now, rows).written)
    again = merge(typed, read, after, rows)
    assert again == Merged({}, frozenset()) or all(same(after.get(name), v) for name, v in again.written.items())


def test_only_texts_and_lists_of_texts_are_fields():
    odd = [None, 1, True, {"a": "b"}, ["a", 1], "a\x00", "x" * 20_001, ["x"] * 201, ["a\x00"]]
    assert [sound(value) for value in [*odd, "", "a", ["a", ""]]] == [None] * len(odd) + ["", "a", ["a", ""]]
