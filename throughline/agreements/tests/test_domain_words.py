"""Sentences, differences and prose as people read them, in English."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.accounts.domain.channels import Channel
from throughline.agreements.domain.descriptions import describe, who_can_see
from throughline.agreements.domain.differences import differences
from throughline.agreements.domain.draft import Content, Party, read_content
from throughline.agreements.domain.prose import lines_of
from throughline.agreements.domain.sentences import Sentence
from throughline.agreements.domain.terms import (
    Cadence,
    Ending,
    Mode,
    PartKind,
    Preparation,
    PreparationItem,
    Reconnection,
    Responses,
    ResponseTime,
    Schedule,
    Unit,
    Who,
    WorkingHours,
)
from throughline.agreements.tests.strategies import few, terms

ID = UUID(int=1)


def english(value) -> str:
    """As `say` does it, without a translation."""
    if isinstance(value, Sentence):
        pattern = value.several if value.several and value.number != 1 else value.pattern
        return pattern % {name: english(inner) for name, inner in value.values} if value.values else pattern
    return ", ".join(map(english, value)) if isinstance(value, tuple) else str(value)


def told(part) -> list[str]:
    return [english(sentence) for sentence in describe(part)]


def schedule(cadence, weekday, week=None, last=None):
    return Schedule(cadence, weekday, week, time(18), "America/Los_Angeles", 25, date(2026, 11, 3), last)


@pytest.mark.parametrize(
    ("part", "sentences"),
    [
        (
            schedule(Cadence.WEEKLY, 1),
            ["We meet every Tuesday at 18:00:00 Los Angeles time, 25 minutes, from 2026-11-03."],
        ),
        (
            schedule(Cadence.MONTHLY, 4, -1, date(2027, 5, 1)),
            [
                "We meet on the last Friday of each month at 18:00:00 Los Angeles time, 25 minutes, "
                "from 2026-11-27 until 2027-05-01 at the latest."
            ],
        ),
        (
            Responses(ResponseTime(1, Unit.DAYS), ResponseTime(4, Unit.HOURS)),
            [
                "The mentor answers the mentee within 1 working day.",
                "The mentee answers the mentor within 4 working hours.",
                "Working hours are Monday to Friday from 09:00:00 to 17:00:00, each on the clock of whoever answers.",
            ],
        ),
        (
            Responses(
                ResponseTime(1, Unit.DAYS),
                ResponseTime(4, Unit.HOURS),
                WorkingHours((0, 1, 3, 5), time(8), time(12)),
                None,
            ),
            [
                "The mentor answers the mentee within 1 working day.",
                "The mentee answers the mentor within 4 working hours.",
                "Working hours are Monday, Tuesday, Thursday and Saturday from 08:00:00 to 12:00:00, "
                "on the mentor's clock.",
                "Working days are those that each of us has named in our profile, on the mentee's clock.",
            ],
        ),
        (
            Reconnection(14, Who.BOTH, Channel.MESSAGE, Channel.PHONE, "One line is enough"),
            [
                "After 14 days of silence whoever thinks of it first reaches out with a message here, "
                "and then by phone.",
                "And: “One line is enough”",
            ],
        ),
        (
            Ending(1, True),
            [
                "Each of us can end this at any time, without a reason, and nobody is at fault.",
                "Where we can, we say so 1 day before.",
                "We meet once more, to look back and to say goodbye.",
            ],
        ),
        (
            Preparation((PreparationItem("100 % of the notes", Who.BOTH, 48), PreparationItem("b", Who.MENTOR, 1))),
            [
                "Everybody: “100 % of the notes”, ready at least 2 days before we meet.",
                "The mentor: “b”, ready at least 1 hour before we meet.",
            ],
        ),
    ],
)
def test_what_a_term_will_do(part, sentences):
    assert told(part) == sentences


@few
@given(terms)
def test_every_part_says_something_and_holds_peoples_words_as_they_are(value):
    for kind in PartKind:
        assert all(told(getattr(value, kind.value)))
    assert all(
        item.aim in sentence for item, sentence in zip(value.objectives.items, told(value.objectives), strict=True)
    )


def test_every_mode_says_who_can_see_what_in_the_same_rows():
    tables = [who_can_see(mode) for mode in Mode]
    assert len({tuple(who for who, _what in table) for table in tables}) == 1


def content(terms, prose=""):
    return Content(ID, "salt", 1, "", (Party(ID, "mentor"), Party(UUID(int=2), "mentee")), terms, prose)


@few
@given(terms, st.text(st.characters(exclude_categories=["Cs"])))
def test_a_content_comes_back_from_its_canonical_text_with_the_same_digest(value, prose):
    first = content(value, prose)
    assert read_content(first.text()).digest() == first.digest()


@few
@given(terms, terms)
def test_only_parts_that_differ_are_told(one, other):
    changed = [kind for kind in PartKind if getattr(one, kind.value) != getattr(other, kind.value)]
    assert [change.part for change in differences(content(one), content(other))] == changed
    assert list(differences(content(one), content(one))) == []


@few
@given(terms)
def test_a_changed_line_of_prose_is_told_alone(value):
    before, after = content(value, "<p>One</p><p>Two</p>"), content(value, "<p>One</p><p>Three</p>")
    (change,) = differences(before, after)
    assert (change.part, told_lines(change.removed), told_lines(change.added)) == (None, ["Two"], ["Three"])


def told_lines(sentences):
    return [english(sentence) for sentence in sentences]


@few
@given(terms)
def test_a_shorter_meeting_is_one_sentence_out_and_one_in(value):
    shorter = replace(value, schedule=replace(value.schedule, minutes=value.schedule.minutes + 1))
    (change,) = differences(content(value), content(shorter))
    assert (len(change.removed), len(change.added)) == (1, 1)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "[" * 100_000, '{"format": 1}', '{"format": 2}', "1", '"a"'])
def test_what_is_no_content_is_refused(text):
    with pytest.raises(ValueError):
        read_content(text)


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("", ()),
        ("<p>One <b>and</b> two</p><ul><li><p>three</p></li></ul>", ("One and two", "three")),
        ("<p>a<br>b &amp; c</p>", ("a", "b & c")),
    ],
)
def test_prose_as_lines(html, lines):
    assert lines_of(html) == lines
