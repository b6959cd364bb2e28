"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.foundation.rights.holdings import Erasure, Holding

MET = _("That a call took place is as much the others' record as yours; nothing of what was said is kept.")

HOLDINGS = [
    Holding("calls.Call", _("Calls"), Erasure.JOINT, MET, owner=("opened_by",), shared_by="relationship"),
    Holding(
        "calls.Presence", _("When you were connected to calls"), Erasure.AUTHORED, MET,
        owner=("person",), leave_out=("connection",),
    ),
    Holding(
        "calls.HiddenAddress", _("That your calls hide your address"), Erasure.GOES, _("It is about you alone."),
        owner=("person",),
    ),
    Holding(
        "calls.SpanRow", _("What your browser reported in calls"), Erasure.AUTHORED, MET, owner=("presence__person",)
    ),
]  # fmt: skip
