"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.foundation.rights.holdings import Erasure, Holding

SHARED = _("You made it to each other, so it stays with the others until they delete it too.")

HOLDINGS = [
    Holding(
        "commitments.Commitment", _("Commitments"), Erasure.JOINT, SHARED,
        owner=("owner",), named=("by",), shared_by="relationship",
    ),
    Holding(
        "commitments.NewDate", _("New dates of commitments"), Erasure.JOINT, SHARED,
        owner=("by",), shared_by="relationship",
    ),
    Holding(
        "commitments.Closing", _("How commitments ended"), Erasure.JOINT, SHARED,
        owner=("by",), shared_by="relationship",
    ),
]  # fmt: skip
