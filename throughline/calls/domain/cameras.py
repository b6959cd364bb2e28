"""How much camera a call begins with, for a person with these needs."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from throughline.accounts.domain.needs import Need


class Camera(StrEnum):
    """NEVER: we do not ask for a camera at all. SMALL: 320 by 240 at 15 pictures a second. FULL: what fits."""

    NEVER = "never"
    SMALL = "small"
    FULL = "full"


def camera_for(needs: Collection[Need]) -> Camera:
    if Need.NO_CAMERA in needs:
        return Camera.NEVER
    return Camera.SMALL if Need.LOW_BANDWIDTH in needs else Camera.FULL
