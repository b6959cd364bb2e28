"""Mentoring between peers: both give, both take."""

from __future__ import annotations

from throughline.agreements.domain.sentences import _
from throughline.agreements.domain.starting.text import (
    Paragraph,
    StartingText,
    channels,
    objectives,
    preparation,
    responses,
)
from throughline.agreements.domain.terms import PartKind

TEXT = StartingText(
    "peers",
    _("Between peers"),
    _("For two at the same height who want to be of use to each other, in turns."),
    {
        PartKind.OBJECTIVES: objectives(
            (
                _("Each gets honest comments on real work while it can still be changed"),
                _("Every draft that one of us brought had comments within a week, and at least one changed the work."),
            ),
            (
                _("Each carries one promise through that would slip alone"),
                _("Both can name the promise, and the day on which it was kept or knowingly given up."),
            ),
        ),
        PartKind.CHANNELS: channels(("video", "voice", "phone"), ("message", "voice", "email")),
        PartKind.RESPONSES: responses(2, 2),
        PartKind.PREPARATION: preparation(
            (_("What each of us brings: a draft, a decision or a knot, in three lines"), "both", 24),
        ),
        PartKind.CONFIDENTIALITY: {
            "mode": "private",
            "notes": "own",
            "recordings": "asked",
            "at_end": "kept",
            "off_limits": _("Third people who are not here to speak for themselves, beyond what the matter needs."),
            "may_be_told": _("What each learnt about their own work may be told. What the other said stays here."),
        },
    },
    (
        Paragraph(
            _("Taking turns"),
            _(
                "Half of each meeting belongs to one of us, half to the other, by the clock; who begins "
                "alternates. In your half I ask more than I tell."
            ),
        ),
        Paragraph(
            _("Honest and kind"),
            _(
                "We ask each other which kind of comment is wanted before we give one: on the idea, on the making, "
                "or only an ear. We say first what should stay."
            ),
        ),
        Paragraph(
            _("When it gets lopsided"),
            _(
                "If one of us gives more than they get for three meetings in a row, we say so and change "
                "something. Being equals is something that one has to look after."
            ),
        ),
    ),
)
