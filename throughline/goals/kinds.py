"""The mail that asks about a goal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from throughline.goals.models import Goal
from throughline.notices.domain.kinds import NoticeKind

ASK = "goals.ask"
ANSWER = "goals.answer"


def _asked(ids: Mapping[str, str]) -> dict[str, Any]:
    """Days alone; what the goal is about stays here. Raises DoesNotExist once it is gone."""
    goal = Goal.objects.get(pk=ids["goal_id"])
    return {"due": goal.due, "last_at": goal.last_at}


NOTICE = NoticeKind(ASK, "goals/notices/ask.txt", agreed=True, values=_asked, answer=ANSWER)
