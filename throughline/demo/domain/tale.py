"""The whole demonstration: a programme, its pairs, and two invitations on their way."""

from __future__ import annotations

from throughline.demo.domain import with_marisol, with_others
from throughline.demo.domain.story import Asked, Pair

PROGRAMME = "Across the Fence"
ABOUT_THE_PROGRAMME = (
    "People who mentor somebody outside their own organisation: research, engineering, hospitals and young companies. "
    "A year, at your own rhythm. Coordinators see how often pairs meet, and never what they say."
)
PAIRS: tuple[Pair, ...] = (*with_marisol.PAIRS, *with_others.PAIRS)
INVITATIONS = (
    Asked(
        "marisol",
        "w.hakobyan@example.org",
        "We talked after the panel on field data in Yerevan, and I still think about your question. Shall we go on?",
        days_ago=2,
    ),
)
