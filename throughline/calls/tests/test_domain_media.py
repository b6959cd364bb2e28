"""Seconds of a talk from spans: worked examples, and what holds for all spans against counting second by second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from throughline.calls.domain.media import Span, Talk, talk
from throughline.ledger.domain.facts import Part

START = datetime(2026, 11, 3, 17, tzinfo=UTC)
MIRA, TOMAS, ANA, BEN = (UUID(int=n) for n in range(1, 5))
PAIR = [(MIRA, TOMAS)]
CIRCLE = [(MIRA, TOMAS), (MIRA, ANA)]


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def mira(start: float, end: float, **said: object) -> Span:
    return _span(MIRA, TOMAS, start, end, **said)


def tomas(start: float, end: float, **said: object) -> Span:
    return _span(TOMAS, MIRA, start, end, **said)


def _span(person: UUID, other: UUID, start: float, end: float, *, sends: str = "av", gets: str = "av") -> Span:
    return Span(
        person,
        at(start),
        at(end),
        sends_voice="a" in sends,
        sends_video="v" in sends,
        hears=frozenset([other] if "a" in gets else []),
        sees=frozenset([other] if "v" in gets else []),
    )


def test_both_see_each_other():
    assert talk([mira(0, 100), tomas(5, 90)], PAIR) == Talk(
        at(5),
        at(90),
        together=85,
        both_video=85,
        both_voice=85,
        parts=(Part(MIRA, 100, 85, 85), Part(TOMAS, 85, 85, 85)),
    )


def test_nobody_came():
    assert talk([mira(0, 600)], PAIR) is None
    assert talk([], PAIR) is None


def test_camera_off_in_the_middle():
    spans = [
        mira(0, 100),
        tomas(0, 40),
        tomas(40, 70, sends="a"),
        tomas(70, 100),
        # She goes on saying that she sees him for a moment after he has stopped: his word is needed too.
    ]
    assert talk(spans, PAIR) == Talk(
        at(0),
        at(100),
        together=100,
        both_video=70,
        both_voice=100,
        parts=(Part(MIRA, 100, 100, 100), Part(TOMAS, 100, 100, 70)),
    )


def test_one_side_reloads():
    spans = [mira(0, 100), tomas(0, 40), tomas(47, 100)]
    assert talk(spans, PAIR) == Talk(
        at(0),
        at(100),
        together=93,
        both_video=93,
        both_voice=93,
        parts=(Part(MIRA, 100, 93, 93), Part(TOMAS, 93, 93, 93)),
    )


def test_one_sides_word_is_voice_at_most():
    """He says that he sends pictures; she never decodes one. She says that she sees him; he sends nothing."""
    assert talk([mira(0, 60, gets=""), tomas(0, 60, sends="v")], PAIR) == Talk(
        at(0), at(60), together=60, both_video=0, both_voice=60, parts=(Part(MIRA, 60, 60, 60), Part(TOMAS, 60, 60, 0))
    )
    assert talk([mira(0, 60), tomas(0, 60, sends="")], PAIR) == Talk(
        at(0), at(60), together=60, both_video=0, both_voice=60, parts=(Part(MIRA, 60, 60, 60), Part(TOMAS, 60, 60, 0))
    )


def test_present_and_silent():
    assert talk([mira(0, 60, sends="", gets=""), tomas(0, 60, sends="", gets="")], PAIR) == Talk(
        at(0), at(60), together=60, both_video=0, both_voice=0, parts=(Part(MIRA, 60), Part(TOMAS, 60))
    )


def test_two_tabs_of_one_person_count_once():
    assert talk([mira(0, 60), tomas(0, 40), tomas(20, 60, sends="a", gets="a")], PAIR) == Talk(
        at(0),
        at(60),
        together=60,
        both_video=40,
        both_voice=60,
        parts=(Part(MIRA, 60, 60, 40), Part(TOMAS, 60, 60, 40)),
    )


def test_parts_of_seconds_add_up_before_they_are_rounded():
    spans = [mira(0, 1.5), mira(2, 3.5), tomas(0, 3.5)]
    assert talk(spans, PAIR).together == 3


def test_a_circle_is_together_when_any_mentor_and_mentee_are():
    spans = [
        _span(MIRA, TOMAS, 0, 60),
        _span(TOMAS, MIRA, 0, 30),
        _span(ANA, MIRA, 40, 100, sends="a", gets="a"),
        _span(TOMAS, ANA, 80, 100),  # two mentees by themselves
    ]
    found = talk(spans, CIRCLE)
    assert (found.started_at, found.ended_at) == (at(0), at(60))
    assert (found.together, found.both_video, found.both_voice) == (50, 30, 50)
    assert talk(spans, [(MIRA, ANA)]).together == 20


seconds = st.integers(0, 120)
people = st.sampled_from([MIRA, TOMAS, ANA])
sets = st.frozensets(people, max_size=3)
spans_of_any_kind = st.lists(
    st.builds(
        lambda person, start, length, voice, video, hears, sees: Span(
            person, at(start), at(start + length), voice, video, hears - {person}, sees - {person}
        ),
        people, seconds, st.integers(0, 60), st.booleans(), st.booleans(), sets, sets,
    ),
    max_size=8,
)  # fmt: skip
edges = st.sampled_from([PAIR, CIRCLE])


class Second:
    """The definition, for the spans that run in one second."""

    def __init__(self, running: list[Span]) -> None:
        self.running = running

    def sends(self, person, kind):
        return any(getattr(s, f"sends_{kind}") for s in self.running if s.person_id == person)

    def gets(self, person, of, how):
        return any(of in getattr(s, how) for s in self.running if s.person_id == person)

    def here(self, person):
        return any(s.person_id == person for s in self.running)

    def video(self, a, b):
        return self.sends(a, "video") and self.gets(b, a, "sees")

    def voice(self, a, b):
        return any([self.sends(a, "video"), self.sends(a, "voice"), self.gets(b, a, "sees"), self.gets(b, a, "hears")])


def counted(spans: list[Span], edges: list[tuple[UUID, UUID]]) -> dict[str, int]:
    """Second by second: spans here begin and end on whole seconds."""
    totals = dict.fromkeys(("together", "video", "voice"), 0)
    for n in range(200):
        second = Second([span for span in spans if span.start <= at(n) < span.end])
        both = [(a, b) for a, b in edges if second.here(a) and second.here(b)]
        totals["together"] += bool(both)
        totals["video"] += any(second.video(a, b) and second.video(b, a) for a, b in both)
        totals["voice"] += any(second.voice(a, b) and second.voice(b, a) for a, b in both)
    return totals


@given(spans_of_any_kind, edges)
def test_it_equals_counting_second_by_second(spans, edges):
    found, by_hand = talk(spans, edges), counted(spans, edges)
    if found is None:
        assert by_hand["together"] == 0
    else:
        assert by_hand == {"together": found.together, "video": found.both_video, "voice": found.both_voice}


@given(spans_of_any_kind, edges, st.randoms())
def test_order_does_not_matter_and_seconds_nest(spans, edges, chance):
    found = talk(spans, edges)
    shuffled = list(spans)
    chance.shuffle(shuffled)
    assert talk(shuffled, edges) == found
    if found:
        assert 0 <= found.both_video <= found.both_voice <= found.together
        assert found.together <= (found.ended_at - found.started_at).total_seconds()
        for part in found.parts:
            assert 0 <= part.video <= part.voice <= part.present


@given(spans_of_any_kind, edges, seconds)
def test_cutting_a_span_in_two_changes_nothing(spans, edges, cut):
    pieces = []
    for span in spans:
        middle = min(max(span.start, at(cut)), span.end)
        for start, end in ((span.start, middle), (middle, span.end)):
            pieces.append(Span(span.person_id, start, end, span.sends_voice, span.sends_video, span.hears, span.sees))
    assert talk(pieces, edges) == talk(spans, edges)


@given(spans_of_any_kind, people, people)
def test_nobody_makes_video_alone(spans, liar, other):
    """Whatever one person claims of both directions, without the other's reports there is no video."""
    honest = [
        Span(s.person_id, s.start, s.end, s.sends_voice, False, s.hears, frozenset())
        for s in spans
        if s.person_id != liar
    ]
    claims = [s for s in spans if s.person_id == liar]
    found = talk(honest + claims, CIRCLE)
    assert found is None or found.both_video == 0
