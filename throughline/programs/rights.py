"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.foundation.rights.holdings import Erasure, Holding

RUN = _("The programme goes on for the people in it.")
GIVEN = _("It shows the others on what consent a coordinator could see counts, so it stays with the relationship.")

HOLDINGS = [
    Holding("programs.Programme", _("Programmes you started"), Erasure.AUTHORED, RUN, owner=("by",)),
    Holding(
        "programs.Coordinator", _("Programmes you coordinate"), Erasure.GOES,
        _("Who has left coordinates nothing."), owner=("person",), named=("by",),
    ),
    Holding(
        "programs.Enrolment", _("Programmes your relationships take part in"), Erasure.JOINT, GIVEN,
        owner=("by",), shared_by="relationship",
    ),
    Holding(
        "programs.Consent", _("Consents to take part"), Erasure.RECORD, GIVEN,
        owner=("person",), shared_by="enrolment__relationship",
    ),
    Holding(
        "programs.Leaving", _("Programmes left"), Erasure.RECORD, GIVEN,
        owner=("by",), shared_by="enrolment__relationship",
    ),
]  # fmt: skip
