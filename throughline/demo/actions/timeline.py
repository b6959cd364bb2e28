"""What happens when, in order; each at its instant of the one clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from throughline.foundation.standing import standing_at


@dataclass
class Timeline:
    """Acts may add later acts. Of two at one instant, the one that was added first comes first."""

    _acts: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    _number: count[int] = field(default_factory=count)

    def at(self, instant: datetime, act: Callable[[], object]) -> None:
        heappush(self._acts, (instant, next(self._number), act))

    def live(self) -> None:
        while self._acts:
            instant, _number, act = heappop(self._acts)
            with standing_at(instant):
                act()
