"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.foundation.rights.holdings import Erasure, Holding

PRIVATE = _("You answered for yourself alone.")

HOLDINGS = [
    Holding("practices.CameraAnswer", _("Why sessions had no camera"), Erasure.GOES, PRIVATE, owner=("person",)),
    Holding("practices.StepAside", _("Steps you put aside"), Erasure.GOES, PRIVATE, owner=("person",)),
]
