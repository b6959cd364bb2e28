"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.foundation.rights.holdings import Erasure, Holding

COUNTED = _(
    "That there was contact, and how long, is as much the others' record as yours; it says nothing of what was said."
)

HOLDINGS = [
    Holding("ledger.FactRow", _("Contacts"), Erasure.JOINT, COUNTED, owner=("initiator",), shared_by="relationship"),
    Holding("ledger.PartRow", _("Your part in contacts"), Erasure.AUTHORED, COUNTED, owner=("person",)),
]
