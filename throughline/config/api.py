"""/api/v1: the rooms' routers, put together."""

from __future__ import annotations

from throughline.foundation.api import open_api
from throughline.goals.api import router as goals
from throughline.meetings.api import router as meetings

api = open_api("Throughline", "1")
api.add_router("", meetings)
api.add_router("", goals)
