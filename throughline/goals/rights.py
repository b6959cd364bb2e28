"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py.

A private goal is exported to its owner alone and goes with them: it has no Sharing row, so that the lookup from its
rows to a relationship ends nowhere.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.foundation.rights.holdings import Erasure, Holding
from throughline.goals.actions import forget_private_goals_of

TOGETHER = _(
    "You worked towards it together, so what you shared stays with the others until they delete it too. What only you "
    "saw goes with you."
)
SHARED = "goal__sharing__relationship"

HOLDINGS = [
    Holding(
        "goals.Goal", _("Goals"), Erasure.JOINT, TOGETHER,
        owner=("by",), named=("owner",), shared_by="sharing__relationship", leave_out=("picture",),
        erase=forget_private_goals_of,
    ),
    Holding("goals.Sharing", _("Goals that were shared"), Erasure.JOINT, TOGETHER,
            owner=("by",), shared_by="relationship"),
    Holding("goals.Rewording", _("Earlier words of goals"), Erasure.JOINT, TOGETHER, owner=("by",), shared_by=SHARED),
    Holding("goals.Measure", _("Measures of goals"), Erasure.JOINT, TOGETHER, owner=("by",), shared_by=SHARED),
    Holding("goals.Agreed", _("Agreement to levels"), Erasure.JOINT, TOGETHER,
            owner=("person",), shared_by="measure__goal__sharing__relationship"),
    Holding("goals.Milestone", _("Milestones"), Erasure.JOINT, TOGETHER,
            owner=("by",), named=("dropped_by",), shared_by=SHARED),
    Holding("goals.NewDate", _("Dates that were moved"), Erasure.JOINT, TOGETHER, owner=("by",), shared_by=SHARED),
    Holding("goals.Point", _("Progress"), Erasure.JOINT, TOGETHER, owner=("by",), shared_by=SHARED),
    Holding("goals.Correction", _("What progress said before"), Erasure.JOINT, TOGETHER,
            owner=("by",), shared_by="point__goal__sharing__relationship"),
    Holding("goals.Closing", _("Ends of goals"), Erasure.JOINT, TOGETHER,
            owner=("by",), named=("undone_by",), shared_by=SHARED),
    Holding("goals.Link", _("What goals go with"), Erasure.JOINT, TOGETHER, owner=("by",), shared_by=SHARED),
    Holding("goals.Opening", _("When you looked at goals"), Erasure.JOINT,
            _("It says that a session touched a goal, never why."), owner=("person",), shared_by="relationship"),
    Holding("goals.Bringing", _("Goals that came from a file"), Erasure.JOINT, TOGETHER,
            owner=("by",), shared_by=SHARED),
    Holding("goals.Asking", _("Goals that you are asked about by mail"), Erasure.GOES,
            _("Nobody else is told that you are asked."), owner=("person",)),
]  # fmt: skip
