"""The guide's other practices, each with what has to exist before it can be measured. A practice that gets a file
of its own leaves this list."""

from __future__ import annotations

from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.practices.domain.measure import Figure, Reading, Status
from throughline.practices.domain.record import Record
from throughline.practices.kinds import Practice, register


def _not_yet(awaited: str | Promise, record: Record) -> Reading:
    return Reading(Figure("", "", None, _("Not measured yet"), Status.NOT_MEASURED, note=str(awaited)))


_WAITING: list[tuple[str, int, str | Promise, str | Promise, str | Promise]] = [
    (
        "workspace",
        7,
        lazy("Shared workspace"),
        lazy("Use shared digital workspaces for collaboration"),
        lazy("It needs shared documents."),
    ),
    (
        "structured-work",
        9,
        lazy("Structured work"),
        lazy("Focus on structured activities"),
        lazy("It needs activities."),
    ),
    (
        "adapt",
        10,
        lazy("Adapting channels"),
        lazy("Adjust communication methods based on mentee needs"),
        lazy("It needs contacts by several channels."),
    ),
    (
        "feedback-loop",
        11,
        lazy("Feedback"),
        lazy("Regularly solicit and incorporate feedback"),
        lazy("It needs requests for feedback."),
    ),
    (
        "engagement",
        12,
        lazy("Engagement"),
        lazy("Maintain regular engagement"),
        lazy("It needs messages and the pulse."),
    ),
    (
        "live-contact",
        14,
        lazy("Live contact"),
        lazy("Supplement formal meetings with brief check-ins through messages or quick calls to sustain engagement."),
        lazy("It needs messages to be compared with."),
    ),
]

for _id, _order, _title, _sentence, _awaited in _WAITING:
    register(Practice(_id, _order, _title, _sentence, partial(_not_yet, _awaited)))
