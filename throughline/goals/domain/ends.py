"""How a goal comes to its end."""

from __future__ import annotations

from enum import StrEnum


class End(StrEnum):
    REACHED = "reached"
    DROPPED = "dropped"
    SPLIT = "split"
