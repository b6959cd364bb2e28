"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughline.foundation.rights.holdings import Erasure, Holding
from throughline.programs.models import Coordinator

RUN = _("The programme goes on for the people in it.")
GIVEN = _("It shows the others on what consent a coordinator could see counts, so it stays with the relationship.")


def what_closing_means(person_id: UUID) -> Iterable[str]:
    """A sentence for each programme that nobody else coordinates."""
    others = Coordinator.objects.filter(programme=OuterRef("programme")).exclude(person_id=person_id)
    alone = Coordinator.objects.filter(~Exists(others), person_id=person_id).order_by("programme__name")
    for name in alone.values_list("programme__name", flat=True):
        yield gettext("Nobody else coordinates %(programme)s: its people will have no coordinator.") % {
            "programme": name
        }


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
