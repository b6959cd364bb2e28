"""Who can read what a pair writes: the mode that they have signed, as every room below the agreement knows it."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    PRIVATE = "private"
    SHARED_ON_CONCERN = "shared-on-concern"
    SUPERVISED = "supervised"
