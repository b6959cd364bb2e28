"""One small form for each part of an agreement."""

from __future__ import annotations

from throughline.agreements.domain.terms import PartKind
from throughline.agreements.forms.base import PartForm
from throughline.agreements.forms.channels import ChannelsForm
from throughline.agreements.forms.confidentiality import ConfidentialityForm
from throughline.agreements.forms.ending import EndingForm
from throughline.agreements.forms.objectives import ObjectivesForm
from throughline.agreements.forms.preparation import PreparationForm
from throughline.agreements.forms.reconnection import ReconnectionForm
from throughline.agreements.forms.responses import ResponsesForm
from throughline.agreements.forms.review import ReviewForm
from throughline.agreements.forms.schedule import ScheduleForm

FORMS: dict[PartKind, type[PartForm]] = {
    PartKind.OBJECTIVES: ObjectivesForm,
    PartKind.SCHEDULE: ScheduleForm,
    PartKind.CHANNELS: ChannelsForm,
    PartKind.RESPONSES: ResponsesForm,
    PartKind.PREPARATION: PreparationForm,
    PartKind.CONFIDENTIALITY: ConfidentialityForm,
    PartKind.RECONNECTION: ReconnectionForm,
    PartKind.ENDING: EndingForm,
    PartKind.REVIEW: ReviewForm,
}

__all__ = ["FORMS", "PartForm"]
