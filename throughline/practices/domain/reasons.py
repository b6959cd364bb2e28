"""Why sessions are held without cameras, as one person answers in private."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    CHOICE = "choice"
    CONNECTION = "connection"
    TIRED = "tired of cameras"
    HABIT = "habit"
