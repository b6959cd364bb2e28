"""How much camera a call begins with, for a person with these needs."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from throughline.accounts.domain.channels import Channel
from throughline.accounts.domain.needs import Need
from throughline.agreements.domain.terms import Ways


class Camera(StrEnum):
    """NEVER: we do not ask for a camera at all. SMALL: 320 by 240 at 15 pictures a second. FULL: what fits."""

    NEVER = "never"
    SMALL = "small"
    FULL = "full"


def camera_for(needs: Collection[Need]) -> Camera:
    if Need.NO_CAMERA in needs:
        return Camera.NEVER
    return Camera.SMALL if Need.LOW_BANDWIDTH in needs else Camera.FULL


def by_voice(ways: Ways) -> bool:
    """Whether people who signed this talk without pictures unless they switch them on."""
    order = [channel for channel in ways.preferred if channel in (Channel.VIDEO, Channel.VOICE)]
    return order[:1] == [Channel.VOICE]
