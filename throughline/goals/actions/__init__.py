"""Verbs about goals. Each locks the goal's row, so that two at once take their turns."""

from throughline.goals.actions.asking import ask_who_wants, be_asked, be_asked_no_more
from throughline.goals.actions.bringing import bring_in
from throughline.goals.actions.dating import move_milestone, set_due
from throughline.goals.actions.ending import drop_goal, reach_goal, reopen_goal, split_goal
from throughline.goals.actions.linking import link_goal, unlink_goal
from throughline.goals.actions.measuring import (
    NothingToAgreeError,
    UnitChangedError,
    add_milestone,
    agree_to_levels,
    drop_milestone,
    measure_by_milestones,
    measure_goal,
)
from throughline.goals.actions.proving import prove_point, unprove_point
from throughline.goals.actions.recording import (
    Evidence,
    FutureDayError,
    MeanwhileCorrectedError,
    correct_point,
    note_opening,
    record_line,
    record_value,
    withdraw_point,
)
from throughline.goals.actions.writing import (
    PrivateOwnerError,
    forget_private_goals_of,
    reword_goal,
    share_goal,
    take_up_objective,
    write_goal,
)

__all__ = [
    "Evidence",
    "FutureDayError",
    "MeanwhileCorrectedError",
    "NothingToAgreeError",
    "PrivateOwnerError",
    "UnitChangedError",
    "add_milestone",
    "agree_to_levels",
    "ask_who_wants",
    "be_asked",
    "be_asked_no_more",
    "bring_in",
    "correct_point",
    "drop_goal",
    "drop_milestone",
    "forget_private_goals_of",
    "link_goal",
    "measure_by_milestones",
    "measure_goal",
    "move_milestone",
    "note_opening",
    "prove_point",
    "reach_goal",
    "record_line",
    "record_value",
    "reopen_goal",
    "reword_goal",
    "set_due",
    "share_goal",
    "split_goal",
    "take_up_objective",
    "unlink_goal",
    "unprove_point",
    "withdraw_point",
    "write_goal",
]
