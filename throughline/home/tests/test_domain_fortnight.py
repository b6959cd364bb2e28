from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from throughline.home.domain.fortnight import LONGEST, UNDER_WAY, Facts, Line, Standing, Step, fortnight_of, next_of

ME, OTHER = UUID(int=1), UUID(int=2)
BEGUN = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = BEGUN + timedelta(days=10)
BOTH = frozenset({ME, OTHER})
DONE, NEXT, WAITING = Standing.DONE, Standing.NEXT, Standing.WAITING
PLANNED, LATER = Standing.PLANNED, Standing.LATER


def stands(facts: Facts) -> list[Standing]:
    return [line.standing for line in fortnight_of(facts, NOW)]


def test_alone_with_an_open_invitation_one_can_prepare():
    facts = Facts(ME, (), BEGUN, invitation_open=True)
    assert stands(facts) == [WAITING, NEXT, LATER, LATER, LATER]
    facts = Facts(ME, (), BEGUN, invitation_open=True, prepared=frozenset({ME}))
    assert stands(facts) == [WAITING, WAITING, LATER, LATER, LATER]
    assert next_of(fortnight_of(facts, NOW)) is None


def test_an_invitation_that_came_to_nothing_is_the_next_act():
    assert stands(Facts(ME, (), BEGUN)) == [NEXT, LATER, LATER, LATER, LATER]


def test_whoever_is_prepared_can_begin_to_write_while_the_other_is_not():
    lines = fortnight_of(Facts(ME, (OTHER,), BEGUN, prepared=frozenset({ME})), NOW)
    assert lines[1] == Line(Step.PREPARE, WAITING, (OTHER,))
    assert [line.standing for line in lines] == [DONE, WAITING, NEXT, LATER, LATER]


def test_a_signature_goes_before_everything_else():
    assert stands(Facts(ME, (OTHER,), BEGUN, signed=frozenset({OTHER}))) == [DONE, LATER, NEXT, LATER, LATER]


def test_waiting_for_the_other_to_sign():
    lines = fortnight_of(Facts(ME, (OTHER,), BEGUN, prepared=BOTH, signed=frozenset({ME})), NOW)
    assert lines[2] == Line(Step.AGREE, WAITING, (OTHER,))
    assert next_of(lines) is None


def test_a_meeting_that_stands_is_waited_for_by_nobody():
    agreed = Facts(ME, (OTHER,), BEGUN, prepared=BOTH, in_force=True, next_meeting=NOW)
    assert stands(agreed) == [DONE, DONE, DONE, PLANNED, LATER]
    assert stands(Facts(ME, (OTHER,), BEGUN, prepared=BOTH, in_force=True)) == [DONE, DONE, DONE, NEXT, LATER]


def test_the_check_in_comes_after_the_meeting_from_both():
    met = NOW - timedelta(days=2)

    def words(**at: datetime) -> list[Standing]:
        known = {"me": ME, "other": OTHER}
        last = {known[name]: instant for name, instant in at.items()}
        return stands(Facts(ME, (OTHER,), BEGUN, prepared=BOTH, in_force=True, held=1, met_until=met, last_words=last))

    before, after = met - timedelta(hours=1), met + timedelta(hours=1)
    assert words() == [DONE, DONE, DONE, DONE, NEXT]
    assert words(me=before, other=after) == [DONE, DONE, DONE, DONE, NEXT]
    assert words(me=after, other=before) == [DONE, DONE, DONE, DONE, WAITING]
    assert words(me=after, other=after) == []  # all is done: it goes by itself


def test_it_goes_when_the_pair_is_under_way_or_no_longer_new():
    new = Facts(ME, (OTHER,), BEGUN)
    assert fortnight_of(new, BEGUN + LONGEST)
    assert fortnight_of(new, BEGUN + LONGEST + timedelta(seconds=1)) == ()
    assert fortnight_of(Facts(ME, (OTHER,), BEGUN, held=UNDER_WAY, met_until=NOW), NOW) == ()


people = st.frozensets(st.sampled_from([ME, OTHER, UUID(int=3)]))
instants = st.none() | st.integers(0, 40).map(lambda days: BEGUN + timedelta(days=days))


@given(
    st.sampled_from([(), (OTHER,), (OTHER, UUID(int=3))]), st.booleans(), people, people, st.booleans(),
    st.integers(0, 4), instants, instants, st.dictionaries(st.sampled_from([ME, OTHER]), instants.filter(bool)),
)  # fmt: skip
def test_one_act_at_most_and_never_waiting_for_oneself(
    others, asked, prepared, signed, in_force, held, met, ahead, words
):
    facts = Facts(ME, others, BEGUN, asked, prepared, signed, in_force, held, met if held else None, ahead, words)
    lines = fortnight_of(facts, NOW)
    assert [line.step for line in lines] in ([], list(Step))
    assert sum(line.standing is NEXT for line in lines) <= 1
    assert all(ME not in line.waits_for for line in lines)
    assert fortnight_of(facts, NOW) == lines
