"""Reads about goals, named by what they return."""

from throughline.goals.queries.facts import goal_facts_of, touches_of
from throughline.goals.queries.lines import GoalLine, goals_in, going_goals_of, own_goals_of, stalest_goals
from throughline.goals.queries.objectives import OpenObjective, objectives_to_take_up

__all__ = [
    "GoalLine",
    "OpenObjective",
    "goal_facts_of",
    "goals_in",
    "going_goals_of",
    "objectives_to_take_up",
    "own_goals_of",
    "stalest_goals",
    "touches_of",
]
