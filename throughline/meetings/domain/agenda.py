"""What people mean to talk about at a meeting, and how an item of it ends."""

from __future__ import annotations

from enum import StrEnum

MOST_ITEMS = 40
LONGEST = 300  # characters of one item


class ItemEnd(StrEnum):
    """COVERED: talked about. DROPPED: taken off. CARRIED: it stands on a later meeting's agenda instead."""

    COVERED = "covered"
    DROPPED = "dropped"
    CARRIED = "carried"
