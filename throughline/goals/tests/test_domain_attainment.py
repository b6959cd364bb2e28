"""Goal attainment scores: the worked checks, what has been published, and what holds for all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from throughline.goals.domain.attainment import LEVELS, Attained, t_score

attained = some.lists(some.builds(Attained, some.sampled_from(LEVELS), some.integers(1, 10)), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("levels", "weights", "score"),
    [
        ([1], [1], 60.00),
        ([-2], [1], 30.00),
        ([1, 0, -1], [1, 1, 1], 50.00),
        ([2, 2, 2], [1, 1, 1], 77.39),
        ([-1, -1, -1], [1, 1, 1], 36.31),
        ([1, 0], [3, 1], 58.73),
        ([-2, 1, 2], [2, 1, 4], 59.22),
    ],
)
def test_worked_checks(levels, weights, score) -> None:
    assert round(t_score([*map(Attained, levels, weights)]), 2) == score


@pytest.mark.parametrize(
    ("levels", "score"),
    [
        # Turner-Stokes and Williams (2010), Clinical Rehabilitation 24, 82: medians and quartiles of 243 patients'
        # scores, whose one to six goals of equal weight stood at these levels when work began.
        ([-1] * 5, 34.9),
        ([-1] * 4 + [-2], 31.9),
        ([-1] * 4, 35.5),
        # The same, with every goal at its lowest when work began.
        ([-2] * 4, 21.0),
        ([-2] * 5, 19.8),
        ([-2] * 3, 22.6),
        ([0, 0, 0], 50.0),
    ],
)
def test_published_scores(levels, score) -> None:
    assert t_score([Attained(level) for level in levels]) == pytest.approx(score, abs=0.051)


@pytest.mark.parametrize("goals", [[Attained(1, 0)], [Attained(3, 1)], [Attained(-3, 1)], [Attained(0, -1)]])
def test_what_is_no_weight_or_level_is_refused(goals) -> None:
    with pytest.raises(ValueError, match="weight"):
        t_score(goals)


def test_without_goals_there_is_no_score() -> None:
    assert t_score([]) is None


@given(attained)
def test_fifty_is_as_expected_and_the_score_is_symmetric(goals) -> None:
    mirrored = [Attained(-goal.level, goal.weight) for goal in goals]
    assert t_score(goals) - 50 == pytest.approx(50 - t_score(mirrored))
    assert t_score([Attained(0, goal.weight) for goal in goals]) == 50


@given(attained, some.integers(2, 5))
def test_only_the_proportion_of_weights_counts(goals, times) -> None:
    heavier = [Attained(goal.level, goal.weight * times) for goal in goals]
    assert t_score(heavier) == pytest.approx(t_score(goals))


@given(attained, some.randoms())
def test_the_order_does_not_count_and_a_better_level_is_never_worse(goals, dice) -> None:
    shuffled = dice.sample(goals, len(goals))
    assert t_score(shuffled) == pytest.approx(t_score(goals))
    better = [Attained(min(2, goals[0].level + 1), goals[0].weight), *goals[1:]]
    assert t_score(better) >= t_score(goals)
