"""What a person needs from every meeting."""

from __future__ import annotations

from enum import StrEnum


class Need(StrEnum):
    CAPTIONS = "captions"
    LOW_BANDWIDTH = "low bandwidth"
    NO_CAMERA = "no camera"
    SCREEN_READER = "screen reader"
    PHONE_ONLY = "phone only"
